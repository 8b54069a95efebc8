"""The long form: `python -m tests.crash --kills 1000`. Ends with 1 when anything was lost or came twice."""

import argparse
import asyncio
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from tests.crash import beginnings, databases, episode
from tests.crash.databases import Ground
from tests.crash.episode import Counts, Plan, Report

PLANS = (
    Plan(4, load=(0.5, 3.0)),
    Plan(8),
    Plan(12, load=(0.05, 0.6), early=0.5),
    Plan(6, seats=24, load=(0.3, 2.0)),
)
"""Few kills and much work, many kills and little, and a crowd."""
BEGINNINGS_EVERY, KILLS_OF_A_BEGINNING = 7, 4
SHOWN = 40


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="so many in all")
    parser.add_argument("--seed", type=int, default=1, help="of the first episode; each next one adds one")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--minutes", type=float, default=60, help="begin nothing more after so many")
    return parser.parse_args()


def rounds(ground: Ground, folder: Path, seed: int) -> Iterator[tuple[int, Report]]:
    """Episodes without end, each from a seed of its own; every few of them a first start."""
    for number in count():
        if number % BEGINNINGS_EVERY == BEGINNINGS_EVERY - 1:
            held = beginnings.begin(ground, folder, seed + number, KILLS_OF_A_BEGINNING)
        else:
            held = episode.hold(ground, folder, seed + number, PLANS[number % len(PLANS)])
        yield seed + number, asyncio.run(held)


def run(kind: str, folder: Path, first: int, kills: int, until: float) -> tuple[Counts, list[str]]:
    """So many kills on one kind of database, or as many as there is time for."""
    total, broken = Counts(), []
    with databases.own(kind, folder) as ground:
        for seed, report in rounds(ground, folder, first):
            total += report.counts
            found = [f"{kind}, seed {seed}: {one}" for one in report.broken]
            broken += found
            say(f"{kind:10} seed {seed}: {report.counts.kills:2} kills, {report.counts.accepted:4} messages, "
                f"{len(report.broken)} violations; {total.kills} of {kills} kills")  # fmt: skip
            for one in found[:SHOWN]:
                say(one)
            if total.kills >= kills or time.monotonic() > until:
                return total, broken
    raise AssertionError("rounds never end by themselves")


def say(line: str) -> None:
    """At once, for whoever watches."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """The half of the kills, and of the time, on each database. 1 when an invariant was broken, else 0."""
    chosen = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as an end by Ctrl-C: nothing is left running
    began, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="menling-crash-"))
    kinds = ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,)
    totals: dict[str, Counts] = {}
    broken: list[str] = []
    with ExitStack() as cleaning:
        cleaning.callback(lambda: broken or shutil.rmtree(folder, ignore_errors=True))
        for number, kind in enumerate(kinds, start=1):
            until = began + chosen.minutes * 60 * number / len(kinds)
            totals[kind], found = run(kind, folder / kind, chosen.seed, -(-chosen.kills // len(kinds)), until)
            broken += found
        for kind, total in totals.items():
            say(f"{kind}: {total}")
        say(f"{len(broken)} violations in {(time.monotonic() - began) / 60:.1f} minutes")
        if broken:
            say(f"what was left behind: {folder}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
