"""Who asks, from which phone and in which language: what every request and every socket begins with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from bot import texts
from channels.web.frames import Refused
from channels.web.session import Visitor
from core.correspondence import Peer

if TYPE_CHECKING:
    from channels.web.channel import WebChannel

ACCOUNT = "main"
CUSTOMER = "customer"
DEMO_USERS = {"worker": "demo-worker", "staff": "demo-staff", "manager": "demo-manager"}
"""The demo's other phones, by the users that its seed binds to a worker, a clerk and a manager."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One visitor with one phone in hand."""

    visitor: Visitor
    peer: Peer
    address: str
    language: str
    """The language of ours that the page is in."""
    hint: str | None
    """The language the browser asks for, as it says it."""


def by(connection: HTTPConnection, channel: "WebChannel") -> Asking:
    """Who asks. Raises `Refused` for other sites' pages, and for phones that do not exist here."""
    may_change = connection.scope["type"] == "websocket" or connection.scope["method"] == "POST"
    if may_change and not channel.is_ours(connection):
        raise Refused("other-site", status=403)
    visitor = channel.sessions.visitor(connection)
    phone = connection.query_params.get("phone", CUSTOMER)
    if phone == CUSTOMER:
        user = visitor.id
    elif channel.demo and phone in DEMO_USERS:
        user = DEMO_USERS[phone]
    else:
        raise Refused("no-such-phone", status=404)
    return Asking(
        visitor,
        Peer(channel.name, ACCOUNT, user),
        connection.client.host if connection.client else "",
        spoken(connection, channel.house_language),
        wished(connection),
    )


def spoken(connection: HTTPConnection, otherwise: str) -> str:
    """The language of ours that suits this browser best."""
    found = (texts.closest(tag) for tag in _tags(connection.headers.get("accept-language", "")))
    return next((tag for tag in found if tag), otherwise)


def wished(connection: HTTPConnection) -> str | None:
    """The language this browser asks for first, whether it is ours or not."""
    return next(iter(_tags(connection.headers.get("accept-language", ""))), None)


def _tags(header: str) -> list[str]:
    """The tags of an Accept-Language header, the most wanted first; nonsense is passed over."""
    wishes: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, weight = part.strip().partition(";")
        if not tag or not all(piece.isascii() and piece.isalnum() for piece in tag.strip().split("-")):
            continue
        try:
            wishes.append((float(weight.strip().removeprefix("q=") or 1), tag.strip()))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(wishes, key=lambda wish: -wish[0]) if weight > 0]
