"""Where a platform of Tencent brings what people do: verified, read, answered within five seconds."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.turn import TurnFailed
from channels.tencent.crypto import Refused
from channels.tencent.gate import Gate, Opened
from channels.tencent.xml import LARGEST, Malformed

READ_WITHIN = 4.0
"""Seconds that a body may take to arrive; the platform has given up by then."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown to the person at once, and what to do when it is on its way."""

    xml: str
    told: Callable[[], Awaitable[None]] | None = None


Echo = Callable[[Mapping[str, str]], str]
"""What is said when the platform asks whether this is the address. Raises `Refused` and `Malformed`."""
Take = Callable[[Opened], Awaitable[Answer | None]]
"""Takes what a request held. Raises `Malformed`, and `bot.turn.TurnFailed` to have it once more."""


class _TooLarge(Exception):
    """More bytes than a message has."""


def route(path: str, gate: Gate, take: Take, *, echo: Echo, done: str) -> Route:
    """The address the platform is told. Who cannot sign learns nothing and changes nothing.

    `done` tells the platform that all is well and nothing is to be shown.
    """

    async def hear(request: Request) -> Response:
        try:
            if request.method in ("GET", "HEAD"):
                return PlainTextResponse(echo(request.query_params))
            opened = gate.open(request.query_params, await _body(request))
            answer = await take(opened)
            if answer is None:
                return PlainTextResponse(done)
            shown = gate.seal(answer.xml) if opened.sealed else answer.xml
            told = BackgroundTask(answer.told) if answer.told else None
            return Response(shown, media_type="application/xml", background=told)
        except Refused:
            return Response(status_code=403)
        except (Malformed, ClientDisconnect):
            return Response(status_code=400)
        except _TooLarge:
            return Response(status_code=413)
        except TimeoutError:
            return Response(status_code=408)
        except TurnFailed:
            return Response(status_code=503)  # the platform brings it again

    return Route(path, hear, methods=["GET", "POST"])


async def _body(request: Request) -> bytes:
    """The body, counted while it comes. Raises `_TooLarge`, and TimeoutError for a slow one."""
    found = bytearray()
    async with asyncio.timeout(READ_WITHIN):
        async for chunk in request.stream():
            found += chunk
            if len(found) > LARGEST:
                raise _TooLarge
    return bytes(found)
