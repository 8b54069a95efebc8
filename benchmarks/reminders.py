"""What it costs to look for what is due, with a thousand and with a million reminders still to come.

    python benchmarks/reminders.py [--most 1000000] [--due 2000] [--database both]

Works in an SQLite file in a temporary folder, or in a PostgreSQL that it starts for itself as the tests do,
or in one after the other. Prints the milliseconds of CPU (with PostgreSQL, of waiting for it) that a look and
a claim take at each size, the ratio between them, and how many due reminders a second one process settles.
"""

import argparse
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import structlog
from sqlalchemy import Engine, insert, text

import bot.turn  # noqa: F401 - first, as it loads the flows before what they need
import core.tables  # noqa: F401 - its tables are what a database has
from benchmarks.load import databases
from bot import due, falling_due
from core import clock, reminders
from core import company as companies
from core.database import transaction
from core.reminders import Reminder, Status

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ROUNDS, WARMING, CLAIMED, PART = 40, 10, 10, 20_000
KIND = "benchmark"


def main() -> None:
    """Measure at a thousand, and at --most."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--most", type=int, default=1_000_000)
    arguments.add_argument("--due", type=int, default=2_000)
    databases.choice(arguments)
    given = arguments.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    clock.now = lambda: NOW
    for kind in databases.chosen(given.database):
        with databases.opened(kind) as engine:
            measure(engine, given.most, given.due)


def measure(engine: Engine, most: int, due_now: int) -> None:
    """Print what it costs in this database at both sizes."""
    figures = []
    for size in (1_000, most):
        fill(engine, size)
        figures.append((size, cost(engine, look), cost(engine, claim)))
    print(engine.dialect.name)
    for size, looked, claimed in figures:
        print(f"{size:>9,} to come: a look {looked:.2f} ms, a claim of {CLAIMED} {claimed:.2f} ms")
    (_, look_few, claim_few), (_, look_many, claim_many) = figures
    print(f"ratio: a look {look_many / look_few:.2f}, a claim {claim_many / claim_few:.2f}")
    print(f"settled: {settled(engine, due_now):,.0f} a second by one process")


def fill(engine: Engine, size: int) -> None:
    """As many reminders as that, spread over the year to come."""
    with transaction(engine) as session:
        there = session.connection().execute(text("SELECT count(*) FROM reminder")).scalar_one()
    for start in range(there, size, PART):
        rows = [
            {
                "kind": KIND,
                "subject": str(n),
                "due_at": NOW + timedelta(days=1, seconds=n * 31_536_000 / size),
                "status": Status.WAITING,
                "attempts": 0,
                "failures": 0,
                "dedupe_key": f"{KIND}:{n}",
                "payload": {},
            }
            for n in range(start, min(start + PART, size))
        ]
        with transaction(engine) as session:
            session.connection().execute(insert(Reminder), rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE reminder"))


def look(engine: Engine, _round: int) -> None:
    """Nothing is due."""
    with transaction(engine) as session:
        assert reminders.claim(session, NOW) == []


def claim(engine: Engine, round: int) -> None:
    """Some are due, are claimed and settled."""
    with transaction(engine) as session:
        for n in range(CLAIMED):
            reminders.schedule(session, KIND, str(n), NOW, dedupe_key=f"due:{round}:{n}:{perf_counter()}")
    with transaction(engine) as session:
        for one in reminders.claim(session, NOW):
            reminders.done(session, one, "said", NOW)


def cost(engine: Engine, work: Callable[[Engine, int], None]) -> float:
    """The median of milliseconds of CPU, with what the database's own process took."""
    took = []
    for round in range(ROUNDS + WARMING):
        began, waited = process_time(), perf_counter()
        work(engine, round)
        spent, waited = process_time() - began, perf_counter() - waited
        took.append(spent if engine.dialect.name == "sqlite" else waited)
    return median(took[WARMING:]) * 1_000


def settled(engine: Engine, count: int) -> float:
    """How many due reminders a second are looked at and settled, each in a transaction of its own."""
    vars(falling_due)["SAYS"] = {**due.SAYS, KIND: lambda _turn, _reminder: "said"}
    with transaction(engine) as session:
        for n in range(count):
            reminders.schedule(session, KIND, str(n), NOW, dedupe_key=f"settled:{n}")
    began = perf_counter()
    falling_due.say(engine, companies.load())
    return count / (perf_counter() - began)


if __name__ == "__main__":
    main()
