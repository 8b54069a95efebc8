"""Text messages as a channel: news by registered texts, for people who can be reached in no other way."""

import asyncio
from collections.abc import Sequence

from starlette.routing import BaseRoute

from bot.messages import Outbound, Sender
from channels.base import Capabilities, Check, ContentRefused, Health, Receive
from channels.sms.aliyun import Aliyun
from channels.sms.gateway import Gateway
from core.company import Company
from core.correspondence import Purpose
from core.news import Kind
from core.settings import Settings

CHANNEL = "sms"
CAN = Capabilities(text=100_000, cards=True)
"""The words themselves are not sent, so they may be of any length."""
LONGEST_VALUE = 35
"""Characters that a variable may have."""
EMPTY = "-"


class SmsChannel:
    """One signed name; every setting that `Settings.sms_lacks` asks for must be there."""

    name, can = CHANNEL, CAN

    def __init__(self, settings: Settings, *, company: Company, gateway: Gateway | None = None) -> None:
        assert settings.sms_sign is not None
        self.account, self._texts = settings.sms_sign, company.resorts.sms
        self._gateway = gateway or gateway_of(settings)

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """None: nobody answers a text message of ours."""
        return []

    async def run(self) -> None:
        """Nothing by itself; lets go of the connections when cancelled."""
        try:
            await asyncio.Event().wait()
        finally:
            await self._gateway.close()

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        """Fill the facts of a message into the text for its kind; the provider's id. Raises `Undelivered`."""
        text = self._texts.get(Kind(message.news)) if message.news in set(Kind) else None
        if text is None:
            raise ContentRefused(f"no text tells {message.news}")
        values = {name: fit(value) for name, value in text.filled(message.facts).items()}
        once = message.facts.get("reference", "")
        return await self._gateway.send(to.user, text.code, values, once=once)

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """Is never asked: a text message has no buttons."""


def fit(value: str) -> str:
    """A fact as it can stand for a variable: on one line, not too long, never empty."""
    line = " ".join("".join(one if one.isprintable() else " " for one in value).split())
    return (line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1].rstrip() + "…") or EMPTY


def gateway_of(settings: Settings) -> Gateway:
    """The provider that is set."""
    assert settings.sms_key_id is not None
    assert settings.sms_key_secret is not None
    assert settings.sms_sign is not None
    secret = settings.sms_key_secret.get_secret_value()
    return Aliyun(settings.sms_api_url, settings.sms_key_id, secret, settings.sms_sign)


async def examine(settings: Settings, company: Company) -> Sequence[Check]:
    """What the provider says of the texts we use, as `menling channels` shows it."""
    codes = list(dict.fromkeys(one.code for one in company.resorts.sms.values()))
    if not codes:
        return [Check(Health.WARNING, "no text is registered", "Add [resorts.sms] to the company's file.")]
    gateway = gateway_of(settings)
    try:
        return await gateway.look(codes)
    finally:
        await gateway.close()
