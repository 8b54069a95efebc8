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
from collections.abc import AsyncIterator, Iterator, Sequence
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
    run = asyncio.run
else:
    from uvloop import run

LATENCY = 0.05
"""Seconds in which a slow platform answers."""
IN_STEP = 100
REMEMBERED = 1_000
HEAD = f"{'':34}{'turns':>7}{'CPU ms':>8}{'a second':>10}{'p50':>8}{'p95':>8}{'p99 ms':>8}{'busy':>7}"


class Bench:
    """The platform, the people, and how the programs that are measured come and go."""

    def __init__(self, double: Double, folder: Path, given: argparse.Namespace) -> None:
        self.double, self.folder, self.given = double, folder, given
        self._planted = folder / "planted.db"
        self._numbers, self._chance = count(int(time.time())), Random(1)  # noqa: S311
        self._runs = count(1)

    def plant(self) -> None:
        """Make the database of the demo company, of which every run gets a copy."""
        database = self.given.database or f"sqlite:///{self._planted}"
        processes.run(self.folder, "migrate", database=database)
        processes.run(self.folder, "seed", database=database)

    @asynccontextmanager
    async def menling(self) -> AsyncIterator[Program]:
        """The service, known to the platform, over a fresh copy of the demo company."""
        folder = self._room()
        if self.given.database is None:
            shutil.copy(self._planted, folder / "menling.db")
        database = self.given.database or f"sqlite:///{folder / 'menling.db'}"
        await self.double.reset()
        program = processes.menling(
            folder, self.double.url, self.double.token, database, mode=self.given.mode
        )
        try:
            await program.up()
            while not self.double.counts["setMyCommands"]:
                await asyncio.sleep(0.01)
            await asyncio.sleep(1)
            yield program
        finally:
            program.end()
            self._complain()

    @asynccontextmanager
    async def bare(self) -> AsyncIterator[Program]:
        """The least, known to the platform."""
        await self.double.reset()
        program = processes.bare(self._room(), self.double.url, self.double.token)
        try:
            await program.up()
            self.double.webhook.point(f"{program.address}{HOOK}", max_connections=40)
            yield program
        finally:
            program.end()

    def somebody(self) -> Talk:
        """Somebody new who writes the same again and again."""
        return Talk(self.double.person(next(self._numbers), started=True))

    def customer(self) -> Booking:
        """Somebody new who books."""
        return Booking(self.double.person(next(self._numbers)), self._chance)

    def _room(self) -> Path:
        folder = self.folder / str(next(self._runs))
        folder.mkdir()
        return folder

    def _complain(self) -> None:
        said = self.double.statistics()
        if said["refusals"] or said["updates"]["failed"]:
            print(f"  the platform refused {said['refusals']}; {said['updates']['failed']} updates failed")


def row(label: str, found: Figures) -> None:
    """One line of the large table."""
    waits = "".join(f"{found.slowest(percent):8.1f}" for percent in (50, 95, 99))
    busy = f"{found.people / found.lasted:6.0%}"
    print(f"{label:34}{found.turns:7}{found.cost:8.2f}{found.rate:10.0f}{waits} {busy}")
    if found.lost:
        print(f"  {found.lost} talks went wrong")


async def beside_the_least(
    bench: Bench, people: int, turns: int, profile: Path | None
) -> tuple[Figures, float]:
    """So many people with us and with the bare program; our figures, and what a turn of the other costs."""
    async with bench.bare() as program:
        least = await loads.closed(program, bench.somebody, people, turns)
    async with bench.menling() as program:
        with processes.recorded(program, profile):
            ours = await loads.closed(program, bench.customer, people, turns)
    row(f"{people} people", ours)
    row("  the bare program", least)
    print(f"{'  ratio':41}{ours.cost / least.cost:8.1f}{ours.rate / least.rate:10.2f}")
    return ours, least.cost


async def kinds(bench: Bench, people: int) -> None:
    """What each kind of turn costs, in CPU."""
    print(f"\nkinds of turn, {people} people in step{'CPU ms':>15}")
    async with bench.menling() as program:
        for kind, found in (await loads.in_step(program, bench.customer, people)).items():
            print(f"  {kind:40}{found.cost:7.2f}")


async def at_rest(bench: Bench) -> Iterator[tuple[str, str, str]]:
    """How it starts and how it idles, beside the budgets."""
    async with bench.menling() as program:
        yield "starts within", "2 s", f"{program.started_in:.1f} s"
        yield "idles below", "150 MB", f"{program.memory:.0f} MB"


def budgets(rows: Sequence[tuple[str, str, str]]) -> None:
    """What was promised, and what was measured."""
    print(f"\n{'budget':52}{'promised':>12}{'measured':>12}")
    for what, promised, measured in rows:
        print(f"{what:52}{promised:>12}{measured:>12}")


async def measure(bench: Bench) -> None:
    """Every load, one after the other."""
    given, found = bench.given, []
    bench.plant()
    found += [one async for one in at_rest(bench)]
    print(HEAD)
    for place, people in enumerate(given.people):
        is_last = place == len(given.people) - 1
        turns = given.turns if people > 10 else given.turns // 4
        ours, least = await beside_the_least(bench, people, turns, given.profile if is_last else None)
        found.append((f"CPU of a turn, {people} people", "1.6 ms", f"{ours.cost:.2f} ms"))
        found.append((f"  times the bare program's ({least:.2f} ms)", "4.4", f"{ours.cost / least:.1f}"))
        if people == 2:
            found.append(("p99, 2 people", "10 ms", f"{ours.slowest(99):.0f} ms"))
    async with bench.menling() as program:
        half = await loads.at_rate(program, bench.customer, ours.rate / 2, given.turns)
    row(f"half of that: {ours.rate / 2:.0f} a second", half)
    async with bench.menling() as program:
        bench.double.latency = LATENCY
        slow = await loads.closed(program, bench.customer, people, given.turns)
    bench.double.latency = 0.0
    row(f"{people} people, platform takes {LATENCY * 1000:.0f} ms", slow)
    found.append(("p99 at half of the full load", "50 ms", f"{half.slowest(99):.0f} ms"))
    found.append((f"p50, {people} people, slow platform", "150 ms", f"{slow.slowest(50):.0f} ms"))
    await kinds(bench, IN_STEP)
    budgets(found)


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
    double = Double(strict=False, remember=REMEMBERED)
    with tempfile.TemporaryDirectory() as folder:
        await double.start()
        try:
            await measure(Bench(double, Path(folder), arguments()))
        except processes.Failed as failed:
            print(f"nothing was measured: {failed} did not work")
        finally:
            await double.stop()


if __name__ == "__main__":
    run(main())
