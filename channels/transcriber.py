"""Has somebody else's program write down what people said aloud."""

import asyncio
import contextlib
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

import structlog

LONGEST = 20.0
"""Seconds that the program may take."""
MOST_OUTPUT = 16 * 1024
"""Bytes of what it prints that are read."""
AT_ONCE = 2
"""So many run at the same time; others wait. They take whole processors."""

log = structlog.get_logger()


class Transcriber:
    """Runs `command` with the path of a sound file as its last argument; what it prints are the words."""

    def __init__(self, command: str, *, longest: float = LONGEST) -> None:
        self._command = shlex.split(command)
        self._longest = longest
        self._room = asyncio.Semaphore(AT_ONCE)

    async def words(self, sound: bytes) -> str:
        """What is said in a recording; "" when the program finds nothing, fails, or takes too long."""
        async with self._room:
            try:
                with _file(sound) as path:
                    return await self._printed(path)
            except OSError as failed:
                log.error("transcriber.cannot_start", reason=failed.strerror or type(failed).__name__)
                return ""

    async def _printed(self, path: Path) -> str:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            str(path),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(self._longest):
                said = await _output(process)
                code = await process.wait()
        except TimeoutError:
            log.warning("transcriber.too_slow", seconds=self._longest)
            return ""
        finally:
            await _end(process)
        if code != 0:
            log.warning("transcriber.failed", code=code)
            return ""
        return said.decode("utf-8", "replace").strip()


@contextlib.contextmanager
def _file(sound: bytes) -> Iterator[Path]:
    """A file that only we can read, for as long as it is needed: the store may be on another machine."""
    with tempfile.NamedTemporaryFile(prefix="menling-") as file:
        file.write(sound)
        file.flush()
        yield Path(file.name)


async def _output(process: asyncio.subprocess.Process) -> bytes:
    """The beginning of what it prints. The rest is read too, or it would never end."""
    assert process.stdout is not None
    found = bytearray()
    while chunk := await process.stdout.read(MOST_OUTPUT):
        found += chunk[: MOST_OUTPUT - len(found)]
    return bytes(found)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Kill it if it still runs, and wait until it is gone."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
