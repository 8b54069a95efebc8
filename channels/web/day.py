"""The recorded day of the demo: held once by a process of its own, whose clock is not ours, then played."""

import asyncio
import sys

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

HELD_BY = (sys.executable, "-m", "channels.demoday")
MOST = 300
"""Seconds that holding the day may take."""

log = structlog.get_logger()


class Day:
    """The record of the day, for whoever asks first and then for everybody."""

    def __init__(self) -> None:
        self._record: bytes | None = None
        self._holding = asyncio.Lock()

    async def record(self, _request: Request) -> Response:
        """What was said on the three phones, as JSON; 503 when the day could not be held."""
        async with self._holding:
            if self._record is None:
                self._record = await _held()
        if self._record is None:
            return PlainTextResponse("the day could not be held", 503)
        return Response(self._record, media_type="application/json", headers={"Cache-Control": "no-store"})


async def _held() -> bytes | None:
    """The record, from `python -m channels.demoday`; None if that fails."""
    process = await asyncio.create_subprocess_exec(*HELD_BY, stdout=asyncio.subprocess.PIPE)
    try:
        async with asyncio.timeout(MOST):
            out, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        out = b""
    if process.returncode or not out:
        log.error("demo.day_failed", code=process.returncode)
        return None
    return out
