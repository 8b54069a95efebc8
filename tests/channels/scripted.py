"""A server in the place of a platform that answers as it is told, also badly: what all of them share."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from aiohttp import web

CUT = "cut"
"""Take the call and close the connection."""
HALF = "half"
"""Begin the answer and close the connection."""
HANG = "hang"
"""Take the call and answer when `released` is set."""


@dataclass
class Scripted:
    """Answers from `script` in order; how it answers well is each platform's own."""

    base: str = ""
    script: deque[web.Response | str] = field(default_factory=deque)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def fail(self, how: str) -> None:
        """Let the next call end as `CUT`, `HALF` or `HANG`."""
        self.script.append(how)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        raise AssertionError("each platform answers in its own way")


S = TypeVar("S", bound=Scripted)


@asynccontextmanager
async def serving(server: S) -> AsyncIterator[S]:
    """That server on a free port of this machine; what still hangs at the end is released."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        server.released.set()
        await runner.cleanup()
