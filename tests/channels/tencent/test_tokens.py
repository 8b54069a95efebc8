import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import Engine

from channels.gone import Gone
from channels.tencent.tokens import LOOKS, NoToken, Tokens
from core import tokens as stored
from core.database import connect, transaction
from core.tokens import LEASE
from tests.conftest import Moment

pytestmark = pytest.mark.both_databases

ROOT = Path(__file__).parents[3]
KEY = ("post", "main")
TWO_HOURS = timedelta(hours=2)


class Platform:
    """Gives tokens t1, t2, … unless it is told to fail, when `gate` lets it."""

    def __init__(self) -> None:
        self.fetches = 0
        self.fails: Exception | None = None
        self.always: str | None = None
        self.expires_in = TWO_HOURS
        self.asked, self.gate = asyncio.Event(), asyncio.Event()
        self.gate.set()

    async def fetch(self) -> tuple[str, timedelta]:
        self.fetches += 1
        self.asked.set()
        await self.gate.wait()
        if self.fails:
            raise self.fails
        return self.always or f"t{self.fetches}", self.expires_in


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


@pytest.fixture
def tokens(engine: Engine, threads: Executor, platform: Platform, moment: Moment) -> Tokens:
    return made(engine, threads, platform)


def made(engine: Engine, threads: Executor, platform: Platform, **more: object) -> Tokens:
    return Tokens(engine, threads, *KEY, fetch=platform.fetch, **more)


def lease(engine: Engine, moment: Moment) -> None:
    """Somebody else fetches."""
    with transaction(engine) as session:
        assert stored.may_fetch(session, *KEY, moment.now) is True


async def test_a_token_is_fetched_once_and_then_remembered(tokens: Tokens, platform: Platform) -> None:
    assert [await tokens.get() for _ in range(3)] == ["t1"] * 3
    assert platform.fetches == 1


async def test_a_token_that_is_remembered_needs_no_database(tokens: Tokens, engine: Engine) -> None:
    await tokens.get()
    with transaction(engine) as session:
        session.delete(session.get(stored.PlatformToken, KEY))

    assert await tokens.get() == "t1"


async def test_fifty_tasks_at_once_fetch_once(tokens: Tokens, platform: Platform) -> None:
    assert await asyncio.gather(*(tokens.get() for _ in range(50))) == ["t1"] * 50
    assert platform.fetches == 1


async def test_fifty_tasks_that_saw_one_token_refused_fetch_once(tokens: Tokens, platform: Platform) -> None:
    await tokens.get()

    assert await asyncio.gather(*(tokens.get("t1") for _ in range(50))) == ["t2"] * 50
    assert platform.fetches == 2


async def test_a_platform_that_gives_the_refused_token_again_is_asked_once_by_a_crowd(
    tokens: Tokens, platform: Platform
) -> None:
    platform.always = "t1"
    await tokens.get()

    assert await asyncio.gather(*(tokens.get("t1") for _ in range(50))) == ["t1"] * 50
    assert platform.fetches == 2


async def test_what_was_refused_before_the_last_fetch_is_not_fetched_again(
    tokens: Tokens, platform: Platform
) -> None:
    await tokens.get()
    await tokens.get("t1")

    assert await tokens.get("t1") == "t2"
    assert platform.fetches == 2


async def test_who_comes_later_finds_what_was_kept(
    tokens: Tokens, engine: Engine, threads: Executor, platform: Platform
) -> None:
    await tokens.get()
    other = made(engine, threads, platform)

    assert await other.get() == "t1"
    assert await other.get("t1") == "t2"
    assert await tokens.get("t1") == "t2"
    assert platform.fetches == 2


async def test_a_token_is_renewed_five_minutes_before_it_ends(
    tokens: Tokens, platform: Platform, moment: Moment
) -> None:
    await tokens.get()
    moment.forward(minutes=115)
    assert await tokens.get() == "t1"
    moment.forward(seconds=1)

    assert await tokens.get() == "t2"


async def test_a_token_for_less_than_five_minutes_is_not_fetched_for_each_call(
    tokens: Tokens, platform: Platform, moment: Moment
) -> None:
    platform.expires_in = timedelta(minutes=2)

    assert [await tokens.get() for _ in range(3)] == ["t1"] * 3
    moment.forward(minutes=1)
    assert await tokens.get() == "t2"


async def test_while_somebody_else_fetches_we_look_until_it_is_there(
    engine: Engine, threads: Executor, platform: Platform, moment: Moment
) -> None:
    looks = []

    async def sleep(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            with transaction(engine) as session:
                stored.keep(session, *KEY, "theirs", expires_in=TWO_HOURS, now=moment.now)

    lease(engine, moment)

    assert await made(engine, threads, platform, sleep=sleep).get() == "theirs"
    assert looks == [0.2] * 3
    assert platform.fetches == 0


async def test_when_somebody_else_does_not_get_it_we_do(
    engine: Engine, threads: Executor, platform: Platform, moment: Moment
) -> None:
    async def sleep(_seconds: float) -> None:
        with transaction(engine) as session:
            stored.give_up(session, *KEY)

    lease(engine, moment)

    assert await made(engine, threads, platform, sleep=sleep).get() == "t1"


async def test_what_does_not_come_is_not_waited_for_for_ever(
    engine: Engine, threads: Executor, platform: Platform, moment: Moment
) -> None:
    looks = []

    async def sleep(seconds: float) -> None:
        looks.append(moment.forward(seconds=seconds))

    lease(engine, moment)
    tokens = made(engine, threads, platform, sleep=sleep)

    with pytest.raises(NoToken):
        await tokens.get()
    assert len(looks) == LOOKS - 1
    moment.forward(seconds=LEASE.total_seconds())
    assert await tokens.get() == "t1"


async def test_a_crowd_fails_together_and_the_next_one_tries_anew(tokens: Tokens, platform: Platform) -> None:
    platform.fails = ConnectionError("no")

    failures = await asyncio.gather(*(tokens.get() for _ in range(50)), return_exceptions=True)

    assert {type(failure) for failure in failures} == {ConnectionError}
    assert platform.fetches == 1
    platform.fails = None
    assert await tokens.get() == "t2"


async def test_who_gives_up_waiting_leaves_it_to_the_next_one(tokens: Tokens, platform: Platform) -> None:
    platform.gate.clear()
    first = asyncio.create_task(tokens.get())
    second = asyncio.create_task(tokens.get())
    await platform.asked.wait()
    first.cancel()
    platform.gate.set()

    assert await second == "t2"
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_a_token_that_cannot_be_kept_is_good_for_us_all_the_same(
    tmp_path: Path, threads: Executor, platform: Platform, moment: Moment, engine: Engine
) -> None:
    tokens = made(engine, threads, platform)

    async def fetch() -> tuple[str, timedelta]:
        tokens._engine = connect(f"sqlite:///{tmp_path}/no/tables.db")
        return "t1", TWO_HOURS

    tokens._fetch = fetch

    assert await tokens.get() == "t1"
    assert await tokens.get() == "t1"
    tokens._engine.dispose()


async def test_without_a_database_it_is_gone(
    tmp_path: Path, threads: Executor, platform: Platform, moment: Moment
) -> None:
    engine = connect(f"sqlite:///{tmp_path}/empty.db")

    with pytest.raises(Gone):
        await made(engine, threads, platform).get()
    engine.dispose()


@pytest.fixture
async def slow_platform() -> AsyncIterator[tuple[str, asyncio.Event, list[str]]]:
    """An address that gives a token as soon as it is released, and whoever asked there."""
    released, asked = asyncio.Event(), list[str]()

    async def give(request: web.Request) -> web.Response:
        asked.append(request.path)
        await released.wait()
        return web.Response(text=f"t{len(asked)}")

    app = web.Application()
    app.router.add_get("/token", give)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/token", released, asked
    released.set()
    await runner.cleanup()


async def test_two_processes_fetch_once(
    engine: Engine, slow_platform: tuple[str, asyncio.Event, list[str]]
) -> None:
    address, released, asked = slow_platform
    database = engine.url.render_as_string(hide_password=False)
    both = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.channels.tencent.token_process", database, address),
            cwd=ROOT,
            stdin=PIPE,
            stdout=PIPE,
        )
        for _ in range(2)
    ]

    async def says(process: Process) -> str:
        assert process.stdout is not None
        return (await process.stdout.readline()).decode().strip()

    async def result(process: Process) -> str:
        while (said := await says(process)) == "waits":
            released.set()  # the other one is at the platform
        await process.wait()
        return said

    assert [await says(process) for process in both] == ["ready"] * 2
    for process in both:
        assert process.stdin is not None
        process.stdin.write(b"now\n")
    results = await asyncio.gather(*map(result, both))

    assert [json.loads(each) for each in results] == [["t1"] * 10] * 2
    assert asked == ["/token"]
