"""`menling serve` as processes that can be killed at any moment, and requests that do not give up."""

import asyncio
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import aiohttp

from tests.browser.house import ROOT, free_port

PATIENCE = 60.0
"""Seconds for a start, or for one message to be accepted, on a busy machine."""
ANSWER_WITHIN = 20.0
LOOK_AGAIN = 0.02
AGAIN = (0.01, 0.12)
"""Seconds after which something that was not accepted is brought again."""

# The program itself; only its imports are done ahead, so that a restart takes tenths of a second. A spare
# that nobody needs ends when its standard input does, also when the tests themselves are killed.
LAUNCH = """
import sys
import channels.app, channels.cli, core.company, core.migrate, core.seed, uvicorn
print("prepared", flush=True)
if sys.stdin.readline():
    channels.cli.main()
"""
SPARES = 1
"""How many processes of each server are made ready ahead, so that the next one is there at once."""


class DidNotStart(Exception):
    """The program ended by itself or did not come up; the text is what it said last."""


class NotAccepted(Exception):
    """Something was refused for good, or not accepted for a whole minute."""


class Process:
    """One run of the program: made ready first, then started, then killed."""

    def __init__(self, settings: Mapping[str, str], log: Path, *, command: str = "serve") -> None:
        self._log = log
        with log.open("ab") as errors:
            self._running = subprocess.Popen(
                [sys.executable, "-c", LAUNCH, command],
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), **settings},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,  # it says little: the pipe holds it all
                stderr=errors,
                start_new_session=True,
            )
        assert self._running.stdout is not None
        assert self._running.stdin is not None
        self._said, self._told = self._running.stdout, self._running.stdin
        os.set_blocking(self._said.fileno(), False)
        self._is_prepared = False

    @property
    def is_prepared(self) -> bool:
        """Whether it has everything in memory and only waits to be started."""
        self._is_prepared = self._is_prepared or bool(self._said.read())
        return self._is_prepared

    def start(self) -> None:
        """Let it do its work."""
        self._told.write(b"now\n")
        self._told.flush()

    def kill(self) -> None:
        """SIGKILL: nothing of it runs any longer when this returns."""
        self._running.kill()
        self._running.wait(PATIENCE)
        self._told.close()
        self._said.close()

    def finish(self) -> None:
        """Return when it has done its work. Raises `DidNotStart` when it could not."""
        if self._running.wait(PATIENCE) != 0:
            raise DidNotStart(f"it ended with {self._running.returncode}:\n{self._tail()}")
        self.kill()

    def check(self) -> None:
        """Raise `DidNotStart` when it has ended without having been killed."""
        if self._running.poll() is not None:
            raise DidNotStart(f"it ended with {self._running.returncode}:\n{self._tail()}")

    def _tail(self) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-40:])


@dataclass
class Server:
    """One place where the program runs: a port, the process there now and those to follow it."""

    settings: Mapping[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    up: bool = False
    _now: Process | None = None
    _spares: deque[Process] = field(default_factory=deque)

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def prepare(self, spares: int = SPARES) -> None:
        """Have so many processes made ready, beside the one that serves."""
        while len(self._spares) < spares:
            settings = {**self.settings, "MENLING_PORT": str(self.port)}
            self._spares.append(Process(settings, self.log))

    def has_prepared(self, spares: int) -> bool:
        """Whether so many could be started at once."""
        return sum(one.is_prepared for one in self._spares) >= spares

    def start(self, *, spares: int = SPARES) -> None:
        """Start the next process, and have so many made ready behind it."""
        self.prepare(max(spares, 1))
        self._now = self._spares.popleft()
        self._now.start()
        self.prepare(spares)

    def kill(self) -> None:
        """Kill the process that serves, if one does."""
        self.up = False
        if self._now:
            self._now.kill()
            self._now = None

    def close(self) -> None:
        """Leave no process behind."""
        self.kill()
        while self._spares:
            self._spares.popleft().kill()

    async def ready(self, client: aiohttp.ClientSession) -> None:
        """Return when it serves and its database answers. Raises `DidNotStart`."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            assert self._now is not None, "nothing was started"
            self._now.check()
            try:
                async with client.get(f"{self.url}/readyz") as answer:
                    if answer.status == 200:
                        self.up = True
                        return
            except (aiohttp.ClientError, OSError, TimeoutError):
                pass
            await asyncio.sleep(LOOK_AGAIN)
        raise DidNotStart(f"port {self.port}: not ready after {PATIENCE:.0f} s")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back at last, and after how many tries that failed."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    failures: int


class Cluster:
    """All servers over one database. Entered with `async with`; nothing of it runs afterwards."""

    def __init__(self, servers: list[Server], chance: Random) -> None:
        self.servers, self._chance = servers, chance

    async def __aenter__(self) -> "Cluster":
        self.client = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        for server in self.servers:
            server.close()
        await self.client.close()

    async def start(self, *, spares: int = SPARES) -> None:
        """Start every server that does not serve, and return when all are ready."""
        for server in self.servers:
            if not server.up:
                server.start(spares=spares)
        for server in self.servers:
            await server.ready(self.client)

    async def prepared(self, servers: Sequence[Server], spares: int) -> None:
        """Return when each of these could be killed and started so often."""
        for server in servers:
            server.prepare(spares)
        async with asyncio.timeout(PATIENCE):
            while not all(server.has_prepared(spares) for server in servers):  # noqa: ASYNC110 - a process
                await asyncio.sleep(LOOK_AGAIN)

    def kill(self) -> None:
        """Kill every server that serves."""
        for server in self.servers:
            server.kill()

    async def insist(
        self, method: str, path: str, *, data: bytes | None = None, headers: Mapping[str, str]
    ) -> Answer:
        """Bring the same request until it is accepted, each time to any of the servers.

        As platforms and pages do: no answer, "come later" and "too fast" mean again; a refusal raises
        `NotAccepted` at once.
        """
        failures, give_up = 0, time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            url = self._chance.choice([one for one in self.servers if one.up] or self.servers).url
            pause = self._chance.uniform(*AGAIN)
            try:
                async with self.client.request(method, url + path, data=data, headers=headers) as answer:
                    body = await answer.read()
            except (aiohttp.ClientError, OSError, TimeoutError):
                failures += 1
            else:
                if 200 <= answer.status < 300:
                    return Answer(answer.status, body, answer.headers, failures)
                if answer.status not in (429, 503):
                    raise NotAccepted(f"{method} {path} was refused with {answer.status}: {body[:300]!r}")
                if answer.status == 429:
                    pause = float(answer.headers.get("Retry-After", 1))
                else:
                    failures += 1
            await asyncio.sleep(pause)
        raise NotAccepted(f"{method} {path} was not accepted within {PATIENCE:.0f} s: {data!r}")
