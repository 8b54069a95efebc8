"""Whether a balance and a price cost the same with a million lots of points as with a thousand.

    python benchmarks/ledger.py [--most 1000000] [--url postgresql+psycopg://…]

Fills a database with lots (an SQLite file in a temporary folder, or the empty PostgreSQL database at --url):
each customer has forty, of which four are not used up, but for one regular with a thousand, of which twelve
are not; all are silver members and have a coupon. At both sizes the same is asked and done, each the median
of many times. Prints microseconds, and the ratio of the larger database to the smaller one.
"""

import argparse
import gc
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Engine, insert
from sqlmodel import Session

import core.tables  # noqa: F401 - its tables are what a database has
from core import company as companies
from core import migrate, pricing, quotes
from core.coupons import Coupon, Kind, State
from core.customers import Customer
from core.database import connect, transaction
from core.members import Membership, PointEntry, PointLot, Tier, points
from core.pricing import Choice

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
HOUSE = companies.load()
FEWEST, ROUNDS, BATCH = 1_000, 300, 20_000
YEAR = timedelta(days=365)
STARTS = NOW + timedelta(days=1)
DAILY, AREA = HOUSE.service("DAILY"), HOUSE.areas[0]
LISTED = quotes.quote(HOUSE, DAILY, 4, {}, area=AREA, starts_at=STARTS)
LOTS, OPEN, REGULAR, REGULAR_OPEN = 40, 4, 1_000, 12


def fill(engine: Engine, customers: int, since: int) -> None:
    """Customers with numbers from `since` on, each with lots; the first of all is the regular."""
    rows: list[tuple[list[dict[str, object]], list[dict[str, object]]]] = []
    lot_id = since * LOTS + REGULAR
    people = range(since, since + customers)
    with transaction(engine) as session:
        named = [{"id": n, "language": "en", "created_at": NOW} for n in people]
        session.execute(insert(Customer), named)
        joined = {"joined_at": NOW, "tier": Tier.SILVER, "tier_since": NOW, "tier_until": NOW + YEAR}
        session.execute(insert(Membership), [{"customer_id": n} | joined for n in people])
        one = {"kind": Kind.FEN, "amount": 20_00, "least": 0, "valid_until": NOW + YEAR, "state": State.OPEN}
        one |= {"services": [], "areas": [], "windows": [], "reason": "gift", "issued_at": NOW}
        session.execute(insert(Coupon), [one | {"customer_id": n, "key": f"gift:{n}"} for n in people])
    for who in people:
        first = 1 if who == 1 else lot_id
        count, unused = (REGULAR, REGULAR_OPEN) if who == 1 else (LOTS, OPEN)
        rows.append(lots_of(who, first, count, unused))
        lot_id += 0 if who == 1 else count
        if len(rows) * LOTS >= BATCH or who == people[-1]:
            write(engine, rows)
            rows.clear()


def lots_of(
    who: int, first: int, count: int, unused: int
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """A customer's lots and their entries; but for the last ones everything was spent."""
    lots, entries = [], []
    for n in range(count):
        at, is_open = NOW - timedelta(days=300 - 300 * n // count), n >= count - unused
        shared = {"customer_id": who, "subject": f"V{first + n}"}
        lots.append(
            shared
            | {"id": first + n, "points": 100, "reason": "visit", "earned_at": at, "usable_from": at}
            | {"expires_at": at + timedelta(days=380), "state": "open" if is_open else "closed"}
            | {"key": f"visit:{first + n}"}
        )
        entry = shared | {"lot_id": first + n, "at": at}
        entries.append(entry | {"points": 100, "what": "earned"})
        if not is_open:
            entries.append(entry | {"points": -100, "what": "spent", "subject": f"W{first + n}"})
    return lots, entries


def write(engine: Engine, rows: list[tuple[list[dict[str, object]], list[dict[str, object]]]]) -> None:
    with transaction(engine) as session:
        session.execute(insert(PointLot), [one for lots, _ in rows for one in lots])
        session.execute(insert(PointEntry), [one for _, entries in rows for one in entries])


def everything(session: Session, who: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is asked and done, by name; nothing of it stays."""
    yield "balance", lambda: points.balance(session, who, NOW)
    yield "a page of the ledger", lambda: points.history(session, who, 11)
    customer = session.get_one(Customer, who)
    asked = {
        "service": DAILY,
        "starts_at": STARTS,
        "area": AREA.code,
        "choice": Choice(points=True),
        "now": NOW,
    }
    yield "what can be used", lambda: pricing.benefits_of(session, HOUSE, who, NOW)
    yield "a price with points", lambda: pricing.price(session, HOUSE, customer, LISTED, **asked)
    yield "redeemable", lambda: points.redeemable(session, HOUSE, who, 180_00, NOW)
    yield "spend 100", lambda: points.spend(session, HOUSE, who, 100, subject="W", now=NOW)
    yield "give back", lambda: points.give_back(session, "W", NOW)
    yield "expire none", lambda: points.expire(session, NOW)


def measured(engine: Engine, who: int) -> dict[str, float]:
    """The median of many times, in microseconds."""
    gc.collect()
    gc.freeze()  # what filling left behind would be gone through now and then, always in the same step
    times: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        with Session(engine) as session:
            for name, work in everything(session, who):
                began = perf_counter()
                work()
                times.setdefault(name, []).append((perf_counter() - began) * 1e6)
            session.rollback()
    return {name: median(each) for name, each in times.items()}


def main() -> None:
    """Measure at both sizes, and say the ratio."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--most", type=int, default=1_000_000, help="lots in the larger database")
    asked.add_argument("--url", help="an empty PostgreSQL database")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(given.url or f"sqlite:///{folder}/ledger.db")
        migrate.upgrade(engine)
        made, found = 0, []
        for size in (FEWEST, given.most):
            # The regular's lots come on top, in both.
            wanted = max(2, size // LOTS)
            fill(engine, wanted - made, made + 1)
            made = wanted
            found.append({who: measured(engine, who) for who in (1, 2)})
            print(f"{size:>9} lots of {made} customers")
        small, large = found
        for who, name in ((2, "customer of 40 lots"), (1, "customer of 1,000 lots")):
            print(f"\n{name:<24}{FEWEST:>10}{given.most:>10}   ratio")
            for what, before in small[who].items():
                after = large[who][what]
                print(f"  {what:<22}{before:>10.0f}{after:>10.0f}{after / before:>8.2f}")
        engine.dispose()


if __name__ == "__main__":
    main()
