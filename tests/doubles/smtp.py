"""A real mail server on this machine that keeps what it is given, and makes trouble when told to."""

import asyncio
import warnings
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "menling", "the password of the mailbox"
HANG_UP = "hang up"
"""Take the whole e-mail and close the connection without a word."""


@dataclass
class Sink:
    """What came, and what it answers instead: at each step the first of its list, while there is one."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    at_sender: deque[str] = field(default_factory=deque)
    at_recipient: deque[str] = field(default_factory=deque)
    at_data: deque[str] = field(default_factory=deque)
    recipients: list[str] = field(default_factory=list)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_sender:
            return self.at_sender.popleft()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_recipient:
            return self.at_recipient.popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.at_data and self.at_data[0] != HANG_UP:
            return self.at_data.popleft()
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        if self.at_data:
            self.at_data.popleft()
            server.transport.abort()
        return "250 OK"


def _knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
    is_ours = isinstance(given, LoginPassword)
    good = is_ours and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)


@asynccontextmanager
async def listening() -> AsyncIterator[Sink]:
    """Such a server on a free port; it wants a login, and takes it in the clear."""
    sink, talks = Sink(), []

    def talk() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that a password in the clear is no good idea
            talks.append(
                SMTP(
                    sink, authenticator=_knows, auth_required=True, auth_require_tls=False, decode_data=False
                )
            )
        return talks[-1]

    server = await asyncio.get_running_loop().create_server(talk, "127.0.0.1", 0)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()
        for one in talks:
            if one.transport is not None:
                one.transport.abort()
        await asyncio.sleep(0)
