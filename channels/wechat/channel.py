"""A WeChat Official Account as a channel."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from starlette.routing import BaseRoute

from bot.messages import Outbound, Sender
from bot.turn import Receipt
from channels import stores
from channels.base import Capabilities, Check, Misconfigured, Receive, TemplateRefused
from channels.gone import threaded
from channels.keeping import Keeping
from channels.tencent import webhook, xml
from channels.tencent.crypto import Cipher
from channels.tencent.files import Files
from channels.tencent.gate import Gate, Opened
from channels.tencent.webhook import Answer
from channels.wechat import checking, menus, pages, replies, templates, updates
from channels.wechat.client import Client, connect
from channels.wechat.record import Record
from channels.wechat.sending import Sending
from channels.wechat.slots import Slot, Slots
from channels.wechat.templates import Templates
from channels.wechat.typing import Typing
from core import clock
from core.company import Company
from core.correspondence import Purpose
from core.grants import Allowance
from core.settings import Settings
from core.ways import Limits

if TYPE_CHECKING:
    from channels.web.channel import WebChannel

LONGEST_TEXT = 2_048
"""Bytes of one text; longer ones are refused, or shown to the person as an error."""
MOST_CHOICES = 10
"""Lines of a menu in a message; nobody reads more."""
ANSWER_BY = 4.5
"""Seconds after which an answer would find nobody: the platform waits for five. It is pushed then."""
IN_A_MINUTE = timedelta(minutes=1)
EARNS: Mapping[str, Allowance] = MappingProxyType(
    {
        "message": Allowance("message", 5, timedelta(hours=48)),
        "menu": Allowance("menu", 3, IN_A_MINUTE),
        "follow": Allowance("follow", 3, IN_A_MINUTE),
        "scan": Allowance("scan", 3, IN_A_MINUTE),
    }
)
"""What the platform lets us say unasked, by what somebody did (since 12 June 2023)."""


class WeChatChannel:
    """One Official Account of any kind; `settings` must hold its AppID and Token.

    A reply goes in the answer to the platform's own request, which costs nothing. What comes later takes
    from the person's budget; an unverified account has none, so it only answers.
    """

    name = updates.CHANNEL

    def __init__(
        self,
        settings: Settings,
        *,
        engine: Engine,
        company: Company,
        threads: Executor,
        web: "WebChannel | None" = None,
    ) -> None:
        """`web` has the visitors who may log in."""
        assert settings.wechat_app_id is not None
        self.account, self._settings, self._threads = settings.wechat_app_id, settings, threads
        pushes = settings.wechat_account != "unverified"
        limits = Limits(counted=True, earns=EARNS if pushes else {}, joins=True, pushes=pushes)
        self._client = client_of(settings, engine=engine, threads=threads)
        self._templates = Templates(self._client, settings.templates) if self._client else None
        if self._templates:
            limits = templates.limited(limits, settings.templates, settings.public_url)
        self.can = Capabilities(buttons=MOST_CHOICES, text=LONGEST_TEXT, limits=limits)
        self.can_answer = Capabilities(text=LONGEST_TEXT, limits=limits)
        self._slots, self._record = Slots(), Record(engine, self.can_answer, company)
        keeping = Keeping(engine, stores.of(settings))
        fetch = self._client.media.download if self._client else None
        self._files = Files(fetch, threaded(keeping.threads, keeping.keep))
        self._sending = Sending(self._client if pushes else None, self._slots, most=LONGEST_TEXT)
        self._typing = Typing(self._client if pushes else None)
        self._engine, self._web = engine, web

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """Where the platform checks the address and brings what people do; and the account's pages."""

        async def take(opened: Opened) -> Answer | None:
            return await self._take(opened, receive)

        gate = gate_of(self._settings)
        hook = webhook.route(updates.PATH, gate, take, echo=gate.echo, done="success")
        if self._web is None:
            return [hook]
        others = pages.routes(
            self._settings,
            self._web,
            self._client,
            self._record,
            engine=self._engine,
            threads=self._threads,
            notices=templates.asked_for(self._settings.templates),
        )
        return [hook, *others]

    async def run(self) -> None:
        """Nothing by itself; lets go of the connections when cancelled."""
        try:
            await asyncio.Event().wait()
        finally:
            self._typing.close()
            if self._client:
                await self._client.close()

    async def answer(self, to: Sender, message: Outbound) -> bool:
        """Say it in the answer to the person's open request."""
        return await self._sending.answer(to, message)

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        """A customer-service message; the platform has no name for it. Raises `Undelivered`."""
        await self._sending.send(to, message)
        return None

    async def send_by_template(self, to: Sender, message: Outbound, *, once: str) -> str | None:
        """A template message or a subscription notice. Raises `Undelivered`."""
        if self._templates is None:
            raise TemplateRefused("this account can only answer")
        return await self._templates.send(to, message, once=once)

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """Nothing that was sent can be changed."""

    async def check(self) -> Sequence[Check]:
        """Ask the platform how things are, as `menling channels` shows it."""
        return await checking.checks(self._client, self._settings)

    async def _take(self, opened: Opened, receive: Receive) -> Answer | None:
        until = asyncio.get_running_loop().time() + ANSWER_BY
        read = updates.read(opened.fields, account=self.account, now=clock.now())
        inbound = replace(read.inbound, earns=read.earns or "")
        user = inbound.sender.user
        with self._typing.unless_over(inbound, until):
            if read.file:
                inbound = replace(inbound, content=await self._files.content(inbound, read.file))
            with self._slots.open(user) as slot:
                receipt = await receive(inbound)
                text = await self._answer_of(receipt, slot, until)
        if text is None:
            slot.close()
            return None
        ours = xml.text(opened.fields, "ToUserName")
        return Answer(replies.text_reply(user, ours, text, clock.now()), slot.said)

    async def _answer_of(self, receipt: Receipt, slot: Slot, until: float) -> str | None:
        """What is said at once: the reply of this turn, or for a repetition the one it had before.

        Nothing once it is too late (`until`, by the loop's clock).
        """
        if receipt.repeated:
            return await threaded(self._threads, self._record.former)(receipt.message_id)
        left = until - asyncio.get_running_loop().time()
        return await slot.text(left) if receipt.claimed and left > 0 else None


def gate_of(settings: Settings) -> Gate:
    """The gate of the account that is set."""
    assert settings.wechat_app_id is not None
    assert settings.wechat_token is not None
    key = settings.wechat_encoding_aes_key
    cipher = Cipher(key.get_secret_value(), settings.wechat_app_id) if key else None
    token = settings.wechat_token.get_secret_value()
    return Gate(token, cipher, mode=settings.wechat_mode, now=clock.now)


async def examine(settings: Settings, engine: Engine) -> Sequence[Check]:
    """`WeChatChannel.check` without anything running."""
    client = client_of(settings, engine=engine, threads=None)
    try:
        return await checking.checks(client, settings)
    finally:
        if client:
            await client.close()


async def publish_menu(settings: Settings, engine: Engine, language: str) -> None:
    """Show people the menu. Raises `Misconfigured` without an AppSecret, else as calls do."""
    client = client_of(settings, engine=engine, threads=None)
    if client is None:
        raise Misconfigured("a menu needs MENLING_WECHAT_APP_SECRET")
    try:
        await menus.publish(client, language)
    finally:
        await client.close()


def client_of(settings: Settings, *, engine: Engine, threads: Executor | None) -> Client | None:
    """A client of the API; None where no AppSecret is set."""
    if settings.wechat_app_secret is None or settings.wechat_app_id is None:
        return None
    return connect(
        settings.wechat_app_id,
        settings.wechat_app_secret.get_secret_value(),
        engine=engine,
        threads=threads,
        base_url=settings.wechat_api_url,
    )
