"""E-mail as a channel: it carries news to people who have no chat left, and hears nothing."""

import asyncio
from collections.abc import Sequence

from starlette.routing import BaseRoute

from bot.messages import Outbound, Sender
from channels.base import Capabilities, Check, Health, Misconfigured, Receive, Undelivered, Unreachable
from channels.email import letters
from channels.email.sending import Sending, Server
from core.company import Company
from core.correspondence import Purpose
from core.settings import Settings

CHANNEL = "email"
CAN = Capabilities(text=100_000, cards=True)
LONGEST_LOOK = 15.0
"""Seconds that `examine` waits for the server."""


class EmailChannel:
    """One address that we send from; every setting that `Settings.email_lacks` asks for must be there."""

    name, can = CHANNEL, CAN

    def __init__(self, settings: Settings, *, company: Company, server: Server | None = None) -> None:
        assert settings.email_from is not None
        self.account = settings.email_from
        self._name = company.name.get(company.languages[0])
        self._sending = Sending(server or server_of(settings))

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """None: answers are not read."""
        return []

    async def run(self) -> None:
        """Nothing by itself."""
        await asyncio.Event().wait()

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        """Hand it to the mail server; its Message-ID. Raises `Undelivered`."""
        try:
            mail = letters.write(to.user, message, sender=self.account, name=self._name)
        except ValueError as wrong:
            raise Unreachable(f"this is no e-mail address: {wrong}") from None
        await self._sending.send(mail, self.account, to.user)
        return str(mail["Message-ID"])

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """Is never asked: an e-mail has no buttons."""


def server_of(settings: Settings) -> Server:
    """The mail server that is set."""
    assert settings.email_host is not None
    password = settings.email_password.get_secret_value() if settings.email_password else None
    return Server(settings.email_host, settings.email_port, settings.email_tls, settings.email_user, password)


async def examine(settings: Settings) -> Sequence[Check]:
    """Whether the mail server is there and takes our login, as `menling channels` shows it."""
    try:
        async with asyncio.timeout(LONGEST_LOOK):
            await Sending(server_of(settings)).look()
    except Misconfigured as wrong:
        advice = "Check MENLING_EMAIL_USER, MENLING_EMAIL_PASSWORD and MENLING_EMAIL_TLS."
        return [Check(Health.PROBLEM, str(wrong), advice)]
    except (Undelivered, TimeoutError) as failed:
        words = str(failed) or "the mail server does not answer in time"
        advice = "Check MENLING_EMAIL_HOST and MENLING_EMAIL_PORT, and that this machine may connect there."
        return [Check(Health.PROBLEM, words, advice)]
    how = "without a login" if settings.email_user is None else f"as {settings.email_user}"
    found = [Check(Health.OK, f"the mail server takes us {how}")]
    if settings.email_tls == "none":
        found.append(Check(Health.WARNING, "nothing is encrypted on the way to the mail server"))
    if not settings.safe_page:
        advice = "Set MENLING_PUBLIC_URL to the https:// address people reach us at."
        words = "only news of visits goes by e-mail: there is no page where care and offers could be refused"
        found.append(Check(Health.WARNING, words, advice))
    return found
