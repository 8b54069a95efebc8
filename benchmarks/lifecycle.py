"""What it costs to look each night at where customers stand, with a thousand and with 100,000 of them.

    python benchmarks/lifecycle.py [--most 100000] [--database both]

Fills a database with customers who each had a visit, have written and are known to care: an SQLite file in a
temporary folder, or a PostgreSQL that it starts for itself as the tests do, or one after the other. At each
size it is the turn of the same number of customers. Prints the milliseconds of CPU (with PostgreSQL, of
waiting for it) for each of them, the ratio between the sizes, how long a few of them took at most at once (on
SQLite somebody who writes may have to wait for that), and what a look costs when it is nobody's turn.
"""

import argparse
import logging
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import structlog
from sqlalchemy import Engine, insert, select, text, update
from sqlmodel import col

import bot.turn  # noqa: F401 - first, as it loads the flows before what they need
import core.tables  # noqa: F401 - its tables are what a database has
from benchmarks import crowd
from benchmarks.load import databases
from bot import notices
from core import clock
from core import company as companies
from core.customers import Customer
from core.database import transaction
from core.lifecycle import Lifecycle, Segment, Stage, looking

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
"""Two at night where the company is."""
FEW, ROUNDS, WARMING, PART = 1_000, 60, 10, 20_000


def main() -> None:
    """Measure with a thousand, and with --most."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--most", type=int, default=100_000)
    databases.choice(arguments)
    given = arguments.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    clock.now = lambda: NOW
    for kind in databases.chosen(given.database):
        with databases.opened(kind) as engine:
            measure(engine, given.most)


def measure(engine: Engine, most: int) -> None:
    """Print what it costs in this database at both sizes."""
    company, figures, there = companies.load(), [], 0
    crowd.found(engine, company, NOW)
    for size in (FEW, most):
        for _ in crowd.grow(engine, company, NOW, there, size):
            pass
        care(engine)
        there = size
        figures.append((size, *cost(engine)))
    print(engine.dialect.name)
    for size, each, longest, nothing in figures:
        print(f"{size:>9,} customers: {each:.2f} ms each, {longest:.0f} ms at once, nothing {nothing:.2f} ms")
    (_, few, _, idle), (_, many, _, still) = figures
    print(f"ratio: a customer {many / few:.2f}, nothing {still / idle:.2f}")


def care(engine: Engine) -> None:
    """Everybody is known to care, and it is nobody's turn tonight."""
    with transaction(engine) as session:
        known = select(col(Lifecycle.customer_id))
        ids = session.scalars(select(col(Customer.id)).where(col(Customer.id).not_in(known))).all()
    for start in range(0, len(ids), PART):
        rows: list[dict[str, object]] = [
            {
                "customer_id": id,
                "stage": Stage.NEW,
                "since": NOW,
                "why": {},
                "segment": Segment.SMALL,
                "score": {},
                "interval_days": 0,
                "look_at": NOW + timedelta(days=1, seconds=id or 0),
            }
            for id in ids[start : start + PART]
        ]
        with transaction(engine) as session:
            session.connection().execute(insert(Lifecycle), rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def cost(engine: Engine) -> tuple[float, float, float]:
    """Milliseconds: the median for one customer, the most for a few at once, the median where none is due."""
    each, nothing, company = [], [], companies.load()
    longest = 0.0
    for round in range(ROUNDS + WARMING):  # of the same customers at each size: what they have differs
        turn = [1 + (round * looking.AT_ONCE + n) * 37 % FEW for n in range(looking.AT_ONCE)]
        with transaction(engine) as session:
            session.execute(update(Lifecycle).where(col(Lifecycle.customer_id).in_(turn)).values(look_at=NOW))
        before = _spent(engine), perf_counter()
        assert notices.look_after(engine, company) == len(set(turn))
        spent, waited = _spent(engine) - before[0], perf_counter() - before[1]
        if round >= WARMING:
            each.append(spent / len(set(turn)))
            longest = max(longest, waited)
        before_nothing = _spent(engine)
        assert notices.look_after(engine, company) == 0
        nothing.append(_spent(engine) - before_nothing)
    return median(each) * 1_000, longest * 1_000, median(nothing[WARMING:]) * 1_000


def _spent(engine: Engine) -> float:
    return process_time() if engine.dialect.name == "sqlite" else perf_counter()


if __name__ == "__main__":
    main()
