"""What it costs to tell each of a campaign's people, when they are a thousand and when they are many.

    python benchmarks/campaigns.py [--most 20000] [--database both]

Fills a database with customers who each had a visit, have written and want to hear of offers: an SQLite file
in a temporary folder, or a PostgreSQL that it starts for itself as the tests do, or one after the other. A
campaign is for all of them; half way it is stopped and gone on with. At the end everybody but those held out
must have been told exactly once, or have a reason why not. Prints the milliseconds of CPU (with PostgreSQL,
of waiting for it) for each of them, at the beginning and at the end, and the ratios.
"""

import argparse
import logging
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import structlog
from sqlalchemy import Engine, func, insert
from sqlmodel import col, select

import bot.turn  # noqa: F401 - first, as it loads the flows before what they need
import core.tables  # noqa: F401 - its tables are what a database has
from benchmarks import crowd
from benchmarks.load import databases
from bot import notices
from core import campaigns, clock
from core import company as companies
from core.campaigns import Campaign, Part, Plan, Target, effects
from core.company import Company
from core.consents import Consent, ConsentText, Purpose
from core.correspondence import Message
from core.correspondence import Purpose as Why
from core.database import transaction
from core.identities import Identity

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
"""Eleven in the morning where the company is."""
FEW, PART = 1_000, 20_000
LOOKS_WHILE_STOPPED = 3
OFFER = {
    "name": "benchmark",
    "kind": "discount",
    "from": "2026-11-20",
    "until": "2026-12-20",
    "text": {"zh-CN": "{name}，送您{gift}。", "en": "{name}: {gift}."},
    "coupon": {"yuan": 20},
    "budget": 10_000_000,
}


def main() -> None:
    """Measure with a thousand, and with --most."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--most", type=int, default=20_000)
    databases.choice(arguments)
    given = arguments.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    clock.now = lambda: NOW
    for kind in databases.chosen(given.database):
        figures = []
        for size in (FEW, given.most):
            with databases.opened(kind) as engine:
                figures.append(measure(engine, size))
        (few, _), (many, last) = figures
        print(f"{kind}: ratio to a thousand {many / few:.2f}, of the last to the first {last / many:.2f}")


def measure(engine: Engine, size: int) -> tuple[float, float]:
    """Tell so many people, and print what it cost; milliseconds for each of the first and of the last."""
    company = companies.load()
    crowd.found(engine, company, NOW)
    for _ in crowd.grow(engine, company, NOW, 0, size):
        pass
    agree(engine)
    with transaction(engine) as session:
        campaigns.start(session, company, Plan.model_validate(OFFER), NOW)
    began, costs, halted = perf_counter(), [], False
    for settled, cost in told(engine, company):
        costs.append(cost)
        if not halted and settled * 2 >= size:
            halted = True
            stopped(engine, company)
    took = perf_counter() - began
    first, last = (median(some) * 1_000 for some in (costs[: len(costs) // 2], costs[len(costs) // 2 :]))
    figures = f"{first:.2f} ms each, later {last:.2f} ms, {took:.0f} s in all"
    print(f"{engine.dialect.name}, {size:,} people: {figures}")
    print(f"  {checked(engine, size)}")
    return first, last


def agree(engine: Engine) -> None:
    """Every customer wants to hear of offers in the chat they have."""
    with transaction(engine) as session:
        session.add(ConsentText(version="v", body="offers", first_at=NOW))
        theirs = select(Identity).where(col(Identity.customer_id).is_not(None))
        rows = [
            {
                "customer_id": one.customer_id,
                "channel": one.channel,
                "account": one.account,
                "purpose": Purpose.MARKETING,
                "subject": "",
                "text_version": "v",
                "given_at": NOW - timedelta(days=9),
            }
            for one in session.exec(theirs)
        ]
        session.flush()
        for start in range(0, len(rows), PART):
            session.connection().execute(insert(Consent), rows[start : start + PART])


def told(engine: Engine, company: Company) -> Iterator[tuple[int, float]]:
    """Look for what is due until everybody was; how many are settled, and what each of the new ones cost."""
    settled = 0
    while True:
        before = _spent(engine)
        notices.due(engine, company)
        spent, now_settled = _spent(engine) - before, counted(engine)
        if now_settled == settled:
            return
        yield now_settled, spent / (now_settled - settled)
        settled = now_settled


def counted(engine: Engine) -> int:
    """How many people are settled: told, held out, or not told for a reason."""
    with transaction(engine) as session:
        settled = select(func.count()).select_from(Target).where(col(Target.settled_at).is_not(None))
        return session.exec(settled).one()


def stopped(engine: Engine, company: Company) -> None:
    """Stop it, see that nobody is told any more, and go on."""
    with transaction(engine) as session:
        campaigns.stop(session, campaigns.called(session, "benchmark", lock=True), "half way", NOW)
    before = counted(engine)
    for _ in range(LOOKS_WHILE_STOPPED):
        notices.due(engine, company)
    assert counted(engine) == before, "somebody was told after it was stopped"
    with transaction(engine) as session:
        campaigns.resume(session, campaigns.called(session, "benchmark", lock=True), NOW)


def checked(engine: Engine, size: int) -> str:
    """How many were told, held out, or left out. Everybody is one of these, and nobody was told twice."""
    with transaction(engine) as session:
        campaign = session.exec(select(Campaign)).one()
        parts = effects.parts(session, campaign)
        said = Counter(session.exec(select(Message.user).where(Message.purpose == Why.BULK)))
    assert sum(parts.values()) == size, parts
    assert parts.get(Part.WAITING, 0) == 0, parts
    assert len(said) == parts[Part.SENT] == campaign.sent, (len(said), parts, campaign.sent)
    assert set(said.values()) == {1}, "somebody was told twice"
    return ", ".join(f"{count:,} {part.value}" for part, count in parts.items() if count)


def _spent(engine: Engine) -> float:
    return process_time() if engine.dialect.name == "sqlite" else perf_counter()


if __name__ == "__main__":
    main()
