"""An account of WeCom's customer service (微信客服) as a channel, for customers who write from WeChat."""

import secrets
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from types import MappingProxyType

from sqlalchemy import Engine
from starlette.routing import BaseRoute

from bot import texts
from bot.messages import Outbound, Sender
from channels import stores
from channels.base import Capabilities, Check, Health, Receive
from channels.gone import threaded
from channels.keeping import Keeping
from channels.kf import checking, updates
from channels.kf.api import Api
from channels.kf.pulling import Pulling
from channels.kf.record import Record
from channels.kf.sending import LONGEST_LABEL, LONGEST_TEXT, MOST_CHOICES, Sending
from channels.kf.updates import Raw, Read
from channels.tencent import webhook
from channels.tencent.files import Files
from channels.tencent.gate import Opened
from channels.tencent.reading import word
from channels.tencent.webhook import Answer
from channels.tencent.xml import Fields
from channels.wecom import updates as application
from channels.wecom.channel import client_of, gate_of
from core import clock
from core.company import Company
from core.correspondence import Purpose
from core.grants import Allowance
from core.mailboxes import Mailbox
from core.settings import Settings
from core.ways import Limits

EARNS = MappingProxyType(
    {
        "message": Allowance("message", 5, updates.WRITTEN_WITHIN),
        "welcome": Allowance("welcome", 1, updates.GREETED_WITHIN),
    }
)
"""What the platform lets us say, by what a customer did."""


class KFChannel:
    """One account; every setting that `Settings.kf_lacks` asks for must be there.

    The platform only says that there is something, at the address of the WeCom application; everything
    is fetched.
    """

    name = updates.CHANNEL
    can = Capabilities(
        buttons=MOST_CHOICES,
        label=LONGEST_LABEL,
        text=LONGEST_TEXT,
        limits=Limits(counted=True, earns=EARNS, joins=True),
    )

    def __init__(self, settings: Settings, *, engine: Engine, company: Company, threads: Executor) -> None:
        assert settings.wecom_kf_id is not None
        self.account, self._settings, self._threads = settings.wecom_kf_id, settings, threads
        self._api = api_of(settings, engine=engine, threads=threads)
        self._record = Record(engine, company, self.account, secrets.token_hex(8))
        keeping = Keeping(engine, stores.of(settings))
        self._files = Files(self._api.file, threaded(keeping.threads, keeping.keep))
        self._sending = Sending(
            self._api,
            mark=threaded(threads, self._record.mark),
            code=threaded(threads, self._record.code),
            tell=threaded(threads, self._record.tell_staff),
            language=texts.closest(company.languages[0]) or texts.languages()[0],
        )
        self._pulling: Pulling | None = None

    @property
    def standing(self) -> Sequence[Check]:
        """How it does, without asking the platform."""
        trouble = self._pulling.trouble if self._pulling else ""
        return [Check(Health.PROBLEM, f"messages cannot be fetched: {trouble}")] if trouble else []

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """None where the WeCom application's own hands events over; else where the platform tells of them."""

        async def take(read: Read) -> None:
            await self._take(read, receive)

        self._pulling = Pulling(self._api, self._record, self._threads, read=self._read, take=take)
        if not self._settings.wecom_lacks:
            return []

        async def hear(opened: Opened) -> Answer | None:
            await self.hears(opened.fields)
            return None

        gate = gate_of(self._settings)
        return [webhook.route(application.PATH, gate, hear, echo=gate.sealed_echo, done="")]

    async def hears(self, fields: Fields) -> bool:
        """Whether this event of the application says that there is something for this account.

        It is kept before it is acknowledged. Raises `bot.turn.Unavailable` while it cannot be.
        """
        if word(fields, "Event").lower() != updates.EVENT or word(fields, "OpenKfId") != self.account:
            return False
        await threaded(self._threads, self._record.ring)(word(fields, "Token"))
        if self._pulling:
            self._pulling.wake()
        return True

    async def run(self) -> None:
        """Fetch what customers write; lets go of the connections when cancelled."""
        assert self._pulling is not None
        try:
            await self._pulling.run()
        finally:
            await self._api.close()

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        """As `send_once`, under a key that is never used again."""
        return await self.send_once(to, message, key=f"0-{secrets.token_hex(4)}")

    async def send_once(self, to: Sender, message: Outbound, *, key: str) -> str | None:
        """A menu or a text; its id. Raises `Undelivered`."""
        return await self._sending.send(to, message, key)

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """Nothing that was sent can be changed."""

    async def check(self) -> Sequence[Check]:
        """Ask the platform how things are, as `menling channels` shows it."""
        return await checking.checks(self._api, self._settings)

    def _read(self, raw: Raw, box: Mailbox) -> Read:
        return updates.read(raw, account=self.account, now=clock.now(), opened_at=box.opened_at)

    async def _take(self, read: Read, receive: Receive) -> None:
        inbound = read.inbound
        if read.file:
            inbound = replace(inbound, content=await self._files.content(inbound, read.file))
        if read.code:
            await threaded(self._threads, self._record.allow)(read.peer, read)
        await receive(inbound)


async def examine(settings: Settings, engine: Engine) -> Sequence[Check]:
    """`KFChannel.check` without anything running."""
    api = api_of(settings, engine=engine, threads=None)
    try:
        return await checking.checks(api, settings)
    finally:
        await api.close()


def api_of(settings: Settings, *, engine: Engine, threads: Executor | None) -> Api:
    """The calls about the account that is set."""
    assert settings.wecom_kf_id is not None
    return Api(client_of(settings, engine=engine, threads=threads), settings.wecom_kf_id)
