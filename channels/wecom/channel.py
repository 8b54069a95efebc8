"""A company's own WeCom application as a channel, for workers and staff."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Engine
from starlette.routing import BaseRoute

from bot import texts
from bot.messages import Outbound, Sender, Tap
from bot.turn import TurnFailed
from channels import stores
from channels.base import Check, Receive, Undelivered
from channels.gone import threaded
from channels.keeping import Keeping
from channels.pace import Pace
from channels.tencent import webhook
from channels.tencent.crypto import Cipher
from channels.tencent.files import Files
from channels.tencent.gate import Gate, Opened
from channels.tencent.webhook import Answer
from channels.tencent.xml import Fields
from channels.wecom import checking, replies, showing, updates
from channels.wecom.cards import Closed
from channels.wecom.client import Client, connect
from channels.wecom.sending import ANSWERED, Sending
from channels.wecom.updates import Read
from core import clock
from core.company import Company
from core.correspondence import Purpose
from core.settings import Settings

ANSWER_BY = 4.5
"""Seconds after which an answer would find nobody: the platform waits for five."""
Hears = Callable[[Fields], Awaitable[bool]]
"""Whether an event of the application is somebody else's: that of an account of customer service."""


class WeComChannel:
    """One application; every setting that `Settings.wecom_lacks` asks for must be there.

    A card that was pressed is closed in the answer to the press, or by the code that came with the press when
    the platform does not wait for that answer any more. One that was answered in words is closed by the code
    that came when it was sent.
    """

    name = updates.CHANNEL
    can = showing.CAN

    def __init__(
        self,
        settings: Settings,
        *,
        engine: Engine,
        company: Company,
        threads: Executor,
        hears: Hears | None = None,
    ) -> None:
        self.account, self._settings, self._threads = account_of(settings), settings, threads
        self._hears = hears
        self._client, self._closed = client_of(settings, engine=engine, threads=threads), Closed()
        keeping = Keeping(engine, stores.of(settings))
        self._files = Files(self._client.media.download, threaded(keeping.threads, keeping.keep))
        self._language = texts.closest(company.languages[0]) or texts.languages()[0]
        pace = Pace(self.can.limits.pace, lambda: clock.now().timestamp())
        self._sending = Sending(
            self._client,
            int(self.account),
            pace,
            self._closed,
            language=self._language,
            markdown=settings.wecom_markdown,
        )

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """Where the platform checks the address and brings what members do."""

        async def take(opened: Opened) -> Answer | None:
            return await self._take(opened, receive)

        gate = gate_of(self._settings)
        return [webhook.route(updates.PATH, gate, take, echo=gate.sealed_echo, done="")]

    async def run(self) -> None:
        """Nothing by itself; lets go of the connections when cancelled."""
        try:
            await asyncio.Event().wait()
        finally:
            await self._client.close()

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        """A card or a text; its receipt. Raises `Undelivered`."""
        return await self._sending.send(to, message, replaces=replaces)

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """Take the buttons off a card, unless the answer to the press does. Raises `Undelivered`."""
        await self._sending.close(to, shown, external_id, chosen=chosen)

    async def check(self) -> Sequence[Check]:
        """Ask the platform how things are, as `menling channels` shows it."""
        return await checking.checks(self._client, self._settings)

    async def _take(self, opened: Opened, receive: Receive) -> Answer | None:
        if self._hears and await self._hears(opened.fields):
            return None
        read = updates.read(opened.fields, account=self.account, now=clock.now())
        inbound = read.inbound
        if read.file:
            inbound = replace(inbound, content=await self._files.content(inbound, read.file))
        if not read.task:
            await receive(inbound)
            return None
        self._closed.add(read.task)
        loop = asyncio.get_running_loop()
        until = loop.time() + ANSWER_BY
        try:
            await receive(inbound)
        except TurnFailed:
            self._closed.discard(read.task)
            raise
        if loop.time() < until or not read.code:
            return self._closing(read)
        with suppress(Undelivered):  # it stays open then, and a press on it is answered as on any old one
            await self._sending.change(inbound.sender, read.code, self._label(read))
        return None

    def _closing(self, read: Read) -> Answer:
        """The answer that closes the card somebody pressed, also when it is asked for once more."""
        assert self._settings.wecom_corp_id is not None
        user, label = read.inbound.sender.user, self._label(read)
        return Answer(replies.closed_buttons(user, self._settings.wecom_corp_id, label, clock.now()))

    def _label(self, read: Read) -> str:
        assert isinstance(read.inbound.content, Tap)
        return read.inbound.content.label or texts.say(self._language, ANSWERED)


def account_of(settings: Settings) -> str:
    """Our application, as the record names it: its agent id."""
    return str(settings.wecom_agent_id)


def gate_of(settings: Settings) -> Gate:
    """The gate of the application that is set."""
    assert settings.wecom_corp_id is not None
    assert settings.wecom_token is not None
    assert settings.wecom_encoding_aes_key is not None
    cipher = Cipher(settings.wecom_encoding_aes_key.get_secret_value(), settings.wecom_corp_id)
    return Gate(settings.wecom_token.get_secret_value(), cipher, mode="safe", now=clock.now)


async def examine(settings: Settings, engine: Engine) -> Sequence[Check]:
    """`WeComChannel.check` without anything running."""
    client = client_of(settings, engine=engine, threads=None)
    try:
        return await checking.checks(client, settings)
    finally:
        await client.close()


def client_of(settings: Settings, *, engine: Engine, threads: Executor | None) -> Client:
    """A client of the API."""
    assert settings.wecom_corp_id is not None
    assert settings.wecom_secret is not None
    return connect(
        settings.wecom_corp_id,
        settings.wecom_agent_id or 0,  # only names the token
        settings.wecom_secret.get_secret_value(),
        engine=engine,
        threads=threads,
        base_url=settings.wecom_api_url,
    )
