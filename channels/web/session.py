"""Who sits at the web page: a signed cookie that holds a random visitor id and nothing else."""

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256

from itsdangerous import BadSignature, Signer
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response

COOKIE = "menling_session"
ONE_YEAR = 365 * 24 * 3600
_ID = re.compile(r"[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser. `fresh` when it has just been given its id and must still be told."""

    id: str
    fresh: bool


class Sessions:
    """Gives visitors their ids and knows them again.

    A cookie that is missing, broken, forged or signed with another key makes a new visitor, so nobody is ever
    taken for somebody else.
    """

    def __init__(self, secret: str, *, secure: bool) -> None:
        self._signer = Signer(secret, salt="menling.web.session", digest_method=sha256)
        self._secure = secure

    def visitor(self, connection: HTTPConnection) -> Visitor:
        """Whoever sends this request."""
        try:
            known = self._signer.unsign(connection.cookies.get(COOKIE, "")).decode("ascii")
        except (BadSignature, UnicodeError):
            known = ""
        if _ID.fullmatch(known):
            return Visitor(known, fresh=False)
        return Visitor(secrets.token_urlsafe(18), fresh=True)

    def remember(self, response: Response, visitor: Visitor) -> None:
        """Have the browser keep its id for another year."""
        response.set_cookie(
            COOKIE,
            self._signed(visitor),
            max_age=ONE_YEAR,
            httponly=True,
            samesite="lax",
            secure=self._secure,
            path="/",
        )

    def handshake(self, visitor: Visitor) -> list[tuple[bytes, bytes]]:
        """The same for a socket, as headers of its handshake."""
        answer = Response()
        self.remember(answer, visitor)
        return [(b"set-cookie", MutableHeaders(raw=answer.raw_headers)["set-cookie"].encode("latin-1"))]

    def _signed(self, visitor: Visitor) -> str:
        return self._signer.sign(visitor.id.encode("ascii")).decode("ascii")


def same_site(connection: HTTPConnection, public_url: str | None) -> bool:
    """Whether a page of ours asks, as far as the browser tells.

    Only programs leave `Origin` out of a POST or a handshake; they bring no visitor's cookie along unasked.
    """
    origin = connection.headers.get("origin")
    if origin is None:
        return connection.headers.get("sec-fetch-site", "none") in ("same-origin", "none")
    if public_url and origin.casefold() == _origin(public_url):
        return True
    scheme, _, host = origin.partition("://")
    return scheme in ("http", "https") and host.casefold() == connection.headers.get("host", "").casefold()


def _origin(url: str) -> str:
    return "/".join(url.casefold().split("/", 3)[:3])
