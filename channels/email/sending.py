"""Hands an e-mail to the mail server, step by step, so that it is known how far it came when that fails."""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Literal

from aiosmtplib import SMTP
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from channels.base import (
    ContentRefused,
    Down,
    Misconfigured,
    OutcomeUnknown,
    TryLater,
    Undelivered,
    Unreachable,
)

AT_ONCE = 4
"""So many connections to the mail server; more is rude."""
LONGEST_STEP = 8.0
"""Seconds that a mail server may take to answer one command."""
NO_SUCH_ADDRESS = frozenset({550, 551, 553})
NO_TLS = "STARTTLS"
"""What the library names when the server knows no such thing; it has no error of its own for that."""
SOON = timedelta(0)
"""After the pause that the outbox makes between tries."""


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server, and as whom we use it. `trusts` checks its certificate; None: the usual way."""

    host: str
    port: int
    tls: Literal["tls", "starttls", "none"]
    user: str | None = None
    password: str | None = None
    trusts: ssl.SSLContext | None = None


class Sending:
    """Sends by one server. Every failure is one of `channels.base.Undelivered`."""

    def __init__(self, server: Server) -> None:
        self._server, self._room = server, asyncio.Semaphore(AT_ONCE)

    async def send(self, mail: EmailMessage, sender: str, to: str) -> None:
        """Hand it over; when this returns, the server has taken it."""
        async with self._room:
            client = await self._connected()
            try:
                await self._hand_over(client, mail, sender, to)
            finally:
                with suppress(SMTPException, OSError):
                    await client.quit()
                client.close()

    async def look(self) -> None:
        """Log in and go. Raises `Undelivered`."""
        async with self._room:
            client = await self._connected()
            client.close()

    async def _connected(self) -> SMTP:
        server = self._server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls == "tls",
            start_tls=server.tls == "starttls",
            tls_context=server.trusts,
            timeout=LONGEST_STEP,
        )
        try:
            await client.connect()
        except ssl.SSLError as failed:
            raise Misconfigured(f"no safe connection to the mail server: {failed}") from None
        except SMTPResponseException as refused:
            raise Down(_said(refused)) from None
        except (SMTPException, OSError) as failed:
            if isinstance(failed.__cause__, ssl.SSLError) or NO_TLS in str(failed):
                raise Misconfigured(f"no safe connection to the mail server: {failed}") from None
            raise Down(f"the mail server cannot be reached: {failed}") from None
        if server.user is not None and server.password is not None:
            await self._log_in(client, server.user, server.password)
        return client

    async def _log_in(self, client: SMTP, user: str, password: str) -> None:
        try:
            await client.login(user, password)
        except SMTPAuthenticationError as refused:
            client.close()
            wrong = Misconfigured if _is_final(refused.code) else Down
            raise wrong(f"the mail server lets us not log in: {_said(refused)}") from None
        except SMTPResponseException as refused:
            client.close()
            raise Down(_said(refused)) from None
        except SMTPNotSupported as failed:
            client.close()
            raise Misconfigured(f"the mail server takes no login: {failed}") from None
        except (SMTPException, OSError) as failed:
            client.close()
            raise Down(f"the mail server is gone: {failed}") from None

    async def _hand_over(self, client: SMTP, mail: EmailMessage, sender: str, to: str) -> None:
        try:
            await client.mail(sender)
        except SMTPSenderRefused as refused:
            raise _of_sender(refused) from None
        except (SMTPException, OSError) as failed:
            raise Down(f"the mail server is gone: {failed}") from None
        try:
            await client.rcpt(to)
        except SMTPRecipientRefused as refused:
            raise _of_recipient(refused) from None
        except (SMTPException, OSError) as failed:
            raise Down(f"the mail server is gone: {failed}") from None
        try:
            await client.data(mail.as_bytes())
        except SMTPResponseException as refused:
            if _is_final(refused.code):
                raise ContentRefused(_said(refused)) from None
            raise TryLater(SOON) from None
        except (SMTPException, OSError) as failed:
            raise OutcomeUnknown(f"cut off while the e-mail was handed over: {failed}") from None


def _of_sender(refused: SMTPResponseException) -> Undelivered:
    if _is_final(refused.code):
        return Misconfigured(f"the mail server takes nothing from this address: {_said(refused)}")
    return TryLater(SOON)


def _of_recipient(refused: SMTPResponseException) -> Undelivered:
    """Nobody there, or not now, or not from us: only the first tells anything of the address."""
    if not _is_final(refused.code):
        return TryLater(SOON)
    enhanced = refused.message.partition(" ")[0]
    is_ours = enhanced.startswith("5.7.") or enhanced.startswith("5.2.2")
    if refused.code in NO_SUCH_ADDRESS and not is_ours:
        return Unreachable(_said(refused))
    return ContentRefused(_said(refused))


def _is_final(code: int) -> bool:
    return code >= 500


def _said(refused: SMTPResponseException) -> str:
    return f"{refused.code} {refused.message}"
