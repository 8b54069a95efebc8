"""What a turn costs on Telegram, from the update that comes in to the reply that stands on the platform.

    python benchmarks/turns.py [--people 2 100] [--turns 2400] [--mode polling] [--database URL]
                               [--profile FILE]

Runs `menling serve` with the demo company as a process of its own; this process is the platform and the
people, who hold whole bookings of fifteen turns. Prints the CPU milliseconds of the server per turn, beside
those of a bare program that does the least (a route, one committed row, one call), measured in the same
run; how long people wait under several loads; and what each kind of turn costs. On PostgreSQL the CPU of
the database is not counted, and the database is filled: give one that is empty. `--profile` records the
server under the largest load by py-spy, as a picture if the name ends in .svg.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.load import loads, processes
from benchmarks.load.bare import HOOK
from benchmarks.load.loads import Figures
from benchmarks.load.people import Booking, Talk
from benchmarks.load.processes import Program
from tests.doubles.telegram import Double

if sys.platform == "win32":
    from asyncio import run as run
else:
    from uvloop import run as run

LATENCY = 0.05
"""Seconds in which a slow platform answers."""
REMEMBERED = 1_000
"""Calls and updates that the platform keeps in mind."""
IN_STEP = 100
CROWD = 10
"""People from whom on a load has all its turns; fewer of them take a quarter."""
INTRODUCTIONS = "setMyCommands"
"""What a bot tells the platform last, before people may write."""
HEAD = f"{'':36}{'turns':>7}{'CPU ms':>8}{'a second':>10}{'p50':>8}{'p95':>8}{'p99 ms':>8}"
Budget = tuple[str, str, str]
"""What, how it should be, and how it is."""


class Bench:
    """The platform, the people, and how the programs that are measured come and go."""

    def __init__(self, double: Double, folder: Path, *, database: str | None, mode: str) -> None:
        """Without a `database`, every run has its own SQLite file."""
        self.double = double
        self._folder, self._database, self._mode = folder, database, mode
        self._planted = folder / "planted.db"
        self._ids, self._runs, self._chance = count(int(time.time())), count(1), Random(1)  # noqa: S311

    def plant(self) -> None:
        """Make the database of the demo company, of which every run gets a copy."""
        database = self._database or f"sqlite:///{self._planted}"
        processes.run(self._folder, "migrate", database=database)
        processes.run(self._folder, "seed", database=database)

    @asynccontextmanager
    async def menling(self) -> AsyncIterator[Program]:
        """The service, known to the platform, over a fresh copy of the demo company."""
        folder = self._room()
        if self._database is None:
            shutil.copy(self._planted, folder / "menling.db")
        database = self._database or f"sqlite:///{folder / 'menling.db'}"
        await self.double.reset()
        program = processes.menling(
            folder,
            database,
            {
                "MENLING_TELEGRAM_TOKEN": self.double.token,
                "MENLING_TELEGRAM_API_URL": self.double.url,
                "MENLING_TELEGRAM_MODE": self._mode,
            },
        )
        try:
            await program.up()
            await program.until(lambda: self.double.counts[INTRODUCTIONS])
            await asyncio.sleep(loads.SETTLE)
            yield program
        finally:
            program.end()
        said = self.double.statistics()
        if said["refusals"] or said["updates"]["failed"]:
            print(f"  the platform refused {said['refusals']}; {said['updates']['failed']} updates failed")

    @asynccontextmanager
    async def bare(self) -> AsyncIterator[Program]:
        """The least, known to the platform."""
        await self.double.reset()
        program = processes.bare(self._room(), f"{self.double.url}/bot{self.double.token}")
        try:
            await program.up()
            self.double.webhook.point(f"{program.address}{HOOK}")
            yield program
        finally:
            program.end()

    def somebody(self) -> Talk:
        """Somebody new who writes the same again and again."""
        return Talk(self.double.person(next(self._ids), started=True))

    def customer(self) -> Booking:
        """Somebody new who books."""
        return Booking(self.double.person(next(self._ids)), self._chance)

    def _room(self) -> Path:
        folder = self._folder / str(next(self._runs))
        folder.mkdir()
        return folder


def show(label: str, found: Figures) -> None:
    """One line of the large table."""
    waits = "".join(f"{found.slowest(percent):8.1f}" for percent in (50, 95, 99))
    print(f"{label:36}{found.turns:7}{found.cost:8.2f}{found.rate:10.0f}{waits}", flush=True)
    if found.lost:
        print(f"  {found.lost} talks went wrong")


async def at_rest(bench: Bench) -> list[Budget]:
    """How it starts and how it idles."""
    async with bench.menling() as program:
        started, memory = f"{program.started_in:.1f} s", f"{program.memory:.0f} MB"
    return [("starts within", "2 s", started), ("idles below", "150 MB", memory)]


async def beside_the_least(
    bench: Bench, people: int, turns: int, profile: Path | None
) -> tuple[Figures, list[Budget]]:
    """So many people who are answered at once, by us and by the bare program."""
    async with bench.bare() as program:
        least = await loads.closed(program, bench.somebody, people, turns)
    async with bench.menling() as program:
        with processes.recorded(program, profile):
            ours = await loads.closed(program, bench.customer, people, turns)
    show(f"{people} people", ours)
    show("  the bare program", least)
    ratio = ours.cost / least.cost
    print(f"{'  times the bare program':43}{ratio:8.1f}")
    return ours, [
        (f"CPU of a turn, {people} people", "1.6 ms", f"{ours.cost:.2f} ms"),
        ("  times the bare program's", "4.4", f"{ratio:.1f}"),
        *([("p99, 2 people", "10 ms", f"{ours.slowest(99):.0f} ms")] if people == 2 else []),
    ]


async def waits(bench: Bench, full: float, people: int, turns: int) -> list[Budget]:
    """How long people wait at half of the `full` rate, and when the platform is slow."""
    rate = max(1.0, full / 2)
    async with bench.menling() as program:
        half = await loads.at_rate(program, bench.customer, rate, turns)
    show(f"half of that, {rate:.0f} a second", half)
    async with bench.menling() as program:
        bench.double.latency = LATENCY
        slow = await loads.closed(program, bench.customer, people, turns)
        bench.double.latency = 0.0
    show(f"{people} people, platform takes {LATENCY * 1000:.0f} ms", slow)
    return [
        ("p99 at half of the full load", "50 ms", f"{half.slowest(99):.0f} ms"),
        (f"p50, {people} people, slow platform", "150 ms", f"{slow.slowest(50):.0f} ms"),
    ]


async def kinds(bench: Bench) -> None:
    """What each kind of turn costs."""
    print(f"\n{f'kinds of turn, {IN_STEP} people in step':36}{'CPU ms':>15}")
    async with bench.menling() as program:
        found = await loads.in_step(program, bench.customer, IN_STEP)
    for kind, figures in found.items():
        print(f"  {kind:41}{figures.cost:8.2f}")


async def measure(bench: Bench, given: argparse.Namespace) -> None:
    """Every load, one after the other, and what was promised of them."""
    bench.plant()
    budgets = await at_rest(bench)
    print(HEAD)
    for people in given.people:
        turns = given.turns if people >= CROWD else given.turns // 4
        profile = given.profile if people == given.people[-1] else None
        ours, found = await beside_the_least(bench, people, turns, profile)
        budgets += found
    budgets += await waits(bench, ours.rate, people, given.turns)
    await kinds(bench)
    print(f"\n{'budget':43}{'promised':>10}{'measured':>12}")
    for what, promised, measured in budgets:
        print(f"{what:43}{promised:>10}{measured:>12}")


def arguments() -> argparse.Namespace:
    """What the command line says."""
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, nargs="+", default=[2, 100])
    options.add_argument("--turns", type=int, default=2400)
    options.add_argument("--mode", choices=("webhook", "polling"), default="webhook")
    options.add_argument("--database")
    options.add_argument("--profile", type=Path)
    return options.parse_args()


async def main() -> None:
    given = arguments()
    double = Double(strict=False, remember=REMEMBERED)
    await double.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(double, Path(folder), database=given.database, mode=given.mode)
            await measure(bench, given)
    except processes.Failed as failed:
        print(f"nothing was measured: {failed} did not come up")
    finally:
        await double.stop()


if __name__ == "__main__":
    run(main())
