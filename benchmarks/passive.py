"""What a turn costs on WeChat when the reply goes out in the answer to the request.

    python benchmarks/passive.py [--people 2 100] [--turns 2400]

Runs `menling serve` with the demo company as a process of its own, for an unverified account in safe mode,
which calls nobody; this process is the platform and the people, who hold whole bookings of fifteen turns
by typing what they were offered. Beside it stands a bare program, measured in the same run: a route, one
committed row, an answer, unsealed. `benchmarks/turns.py` is the same where replies are calls of their own.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from random import Random

import aiohttp

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.load import loads, processes
from benchmarks.load.bare import PASSIVE_HOOK
from benchmarks.load.follower import APP_ID, KEY, TOKEN, Follower
from benchmarks.load.people import Booking, Talk
from benchmarks.load.processes import Program
from benchmarks.turns import HEAD, IN_STEP, run, show

HOOK = "/hooks/wechat"
SETTINGS = {
    "MENLING_WECHAT_APP_ID": APP_ID,
    "MENLING_WECHAT_TOKEN": TOKEN,
    "MENLING_WECHAT_ENCODING_AES_KEY": KEY,
    "MENLING_WECHAT_ACCOUNT": "unverified",
}
PROMISED = 0.55


class Bench:
    """How people and the programs that are measured come and go."""

    def __init__(self, session: aiohttp.ClientSession, folder: Path) -> None:
        self._session, self._folder, self._planted = session, folder, folder / "planted.db"
        self._ids, self._runs, self._chance = count(1), count(1), Random(1)  # noqa: S311

    def plant(self) -> None:
        """Make the database of the demo company, of which every run gets a copy."""
        for command in ("migrate", "seed"):
            processes.run(self._folder, command, database=f"sqlite:///{self._planted}")

    @asynccontextmanager
    async def menling(self) -> AsyncIterator[Program]:
        """The service over a fresh copy of the demo company."""
        folder = self._room()
        shutil.copy(self._planted, folder / "menling.db")
        program = processes.menling(folder, f"sqlite:///{folder / 'menling.db'}", SETTINGS)
        try:
            yield await program.up()
        finally:
            program.end()

    @asynccontextmanager
    async def bare(self) -> AsyncIterator[Program]:
        """The least."""
        program = processes.bare(self._room(), "http://nobody.invalid")
        try:
            yield await program.up()
        finally:
            program.end()

    def somebody(self, program: Program) -> Talk:
        """Somebody new who writes the same again and again."""
        hook = f"{program.address}{PASSIVE_HOOK}"
        return Talk(Follower(self._session, hook, next(self._ids), mode="plain"))

    def customer(self, program: Program) -> Booking:
        """Somebody new who books."""
        follower = Follower(self._session, f"{program.address}{HOOK}", next(self._ids), mode="safe")
        return Booking(follower, self._chance)

    def _room(self) -> Path:
        folder = self._folder / str(next(self._runs))
        folder.mkdir()
        return folder


async def beside_the_least(bench: Bench, people: int, turns: int) -> float:
    """So many people who are answered at once, by us and by the bare program; what a turn of ours costs."""
    async with bench.bare() as program:
        least = await loads.closed(program, lambda: bench.somebody(program), people, turns)
    async with bench.menling() as program:
        ours = await loads.closed(program, lambda: bench.customer(program), people, turns)
    show(f"{people} people", ours)
    show("  the bare program", least)
    print(f"{'  times the bare program':43}{ours.cost / least.cost:8.1f}")
    return ours.cost


async def kinds(bench: Bench) -> None:
    """What each kind of turn costs."""
    print(f"\n{f'kinds of turn, {IN_STEP} people in step':36}{'CPU ms':>15}")
    async with bench.menling() as program:
        found = await loads.in_step(program, lambda: bench.customer(program), IN_STEP)
    for kind, figures in found.items():
        print(f"  {kind:41}{figures.cost:8.2f}")


async def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, nargs="+", default=[2, 100])
    options.add_argument("--turns", type=int, default=2400)
    given = options.parse_args()
    connections = aiohttp.TCPConnector(limit=0)
    with tempfile.TemporaryDirectory() as folder:
        async with aiohttp.ClientSession(connector=connections) as session:
            bench = Bench(session, Path(folder))
            bench.plant()
            print(HEAD)
            costs = [await beside_the_least(bench, people, given.turns) for people in given.people]
            await kinds(bench)
    for people, cost in zip(given.people, costs, strict=True):
        print(f"{f'CPU of a turn, {people} people':43}{PROMISED:>7} ms{cost:>9.2f} ms")


if __name__ == "__main__":
    run(main())
