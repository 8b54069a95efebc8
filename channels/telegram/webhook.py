"""Where the platform brings updates: checked before anything is read, answered when all is committed."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.turn import TurnFailed
from channels.telegram.updates import Malformed

PATH = "/hooks/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
MOST_BYTES = 256 * 1024
"""Of one update; the platform's own are far smaller."""
COME_BACK = 2
"""Seconds after which an update that could not be taken is worth another delivery."""

Take = Callable[[object], Awaitable[None]]
"""Takes one update whole. Raises `updates.Malformed`, and `bot.turn.TurnFailed` to have it once more."""


class _TooLarge(Exception):
    """More bytes than an update has."""


def route(secret: str, take: Take) -> Route:
    """The address the platform is told. Who does not know `secret` learns nothing and changes nothing."""
    expected = secret.encode()

    async def hear(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1")
        if not hmac.compare_digest(given, expected):
            return Response(status_code=403)
        try:
            await take(_update(await _body(request)))
        except (Malformed, ClientDisconnect):
            return Response(status_code=400)
        except _TooLarge:
            return Response(status_code=413)
        except TurnFailed:
            return Response(status_code=503, headers={"Retry-After": str(COME_BACK)})
        return Response()

    return Route(PATH, hear, methods=["POST"])


def _update(body: bytes) -> Any:
    """The JSON that the platform sent. Raises Malformed if it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed from None


async def _body(request: Request) -> bytes:
    """The body, counted while it comes: not every client says how long it will be, and some lie."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        raise _TooLarge
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > MOST_BYTES:
            raise _TooLarge
    return bytes(found)
