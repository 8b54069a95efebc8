"""A real mail server on this machine that keeps what it is given, and makes trouble when told to."""

import asyncio
import ipaddress
import ssl
import warnings
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

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
    raw: list[bytes] = field(default_factory=list)
    """Each e-mail as it came over the wire."""
    sealed: list[bool] = field(default_factory=list)
    """Whether each came by an encrypted connection."""

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
        self.raw.append(envelope.content)
        self.sealed.append(server.transport.get_extra_info("ssl_object") is not None)
        self.recipients += envelope.rcpt_tos
        if self.at_data:
            self.at_data.popleft()
            server.transport.abort()
        return "250 OK"


def _knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
    is_ours = isinstance(given, LoginPassword)
    good = is_ours and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)


def certificate(folder: Path, *, name: str = "127.0.0.1") -> ssl.SSLContext:
    """What a server needs that shows a certificate of its own making for that address, good for a day."""
    key, address = ec.generate_private_key(ec.SECP256R1()), ipaddress.ip_address(name)
    whose = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a mail server in a test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(whose, whose, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(address)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(Encoding.PEM) + key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    (folder / "server.pem").write_bytes(pem)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem")
    return context


@asynccontextmanager
async def listening(*, tls: str = "none", shows: ssl.SSLContext | None = None) -> AsyncIterator[Sink]:
    """Such a server on a free port that wants a login; `shows` is its certificate for "tls" or "starttls".

    With "none" it takes the login in the clear.
    """
    sink, talks = Sink(), []
    needs = {"tls_context": shows, "require_starttls": True} if tls == "starttls" else {}

    def talk() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that a password in the clear is no good idea
            known = {"authenticator": _knows, "auth_required": True, "auth_require_tls": tls == "starttls"}
            talks.append(SMTP(sink, **known, **needs, decode_data=False))
        return talks[-1]

    loop = asyncio.get_running_loop()
    server = await loop.create_server(talk, "127.0.0.1", 0, ssl=shows if tls == "tls" else None)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()
        for one in talks:
            if one.transport is not None:
                one.transport.abort()
        await asyncio.sleep(0)
