"""Where the platform brings what people do: verified, read, answered within its five seconds."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.turn import TurnFailed
from channels.tencent.crypto import Refused
from channels.tencent.gate import Gate, Opened
from channels.tencent.xml import LARGEST, Malformed

PATH = "/hooks/wechat"
DONE = "success"
"""What tells the platform that all is well and nothing is to be shown."""
READ_WITHIN = 4.0
"""Seconds that a body may take to arrive; the platform has given up by then."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown to the person at once, and what to do when it is on its way."""

    xml: str
    told: Callable[[], Awaitable[None]]


Take = Callable[[Opened], Awaitable[Answer | None]]
"""Takes what a request held. Raises `Malformed`, and `bot.turn.TurnFailed` to have it once more."""


class _TooLarge(Exception):
    """More bytes than a message has."""


def route(gate: Gate, take: Take) -> Route:
    """The address the platform is told. Who cannot sign learns nothing and changes nothing."""

    async def hear(request: Request) -> Response:
        try:
            if request.method in ("GET", "HEAD"):
                return PlainTextResponse(gate.echo(request.query_params))
            opened = gate.open(request.query_params, await _body(request))
            answer = await take(opened)
            if answer is None:
                return PlainTextResponse(DONE)
            shown = gate.seal(answer.xml) if opened.sealed else answer.xml
            return Response(shown, media_type="application/xml", background=BackgroundTask(answer.told))
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

    return Route(PATH, hear, methods=["GET", "POST"])


async def _body(request: Request) -> bytes:
    """The body, counted while it comes. Raises `_TooLarge`, and TimeoutError for a slow one."""
    found = bytearray()
    async with asyncio.timeout(READ_WITHIN):
        async for chunk in request.stream():
            found += chunk
            if len(found) > LARGEST:
                raise _TooLarge
    return bytes(found)
