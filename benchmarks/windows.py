"""What finding free windows costs: one service and address, 1,000 workers, one day and 14 days.

    python benchmarks/windows.py [--workers 1000] [--past-days 0] [--url sqlite:///…]

Prints the CPU milliseconds of this process, the median of 20 searches, once with everybody trained and
going everywhere (the worst that can be) and once with four areas of twelve each, which is usual.
"""

import argparse
import random
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time

from sqlalchemy import Engine, delete, insert
from sqlmodel import SQLModel

import core.tables  # noqa: F401 - its tables are what a database has
from core import company as companies
from core import windows
from core.company import Company
from core.customers import Address, Customer
from core.database import connect, transaction
from core.matching import Assignment, Need
from core.visits.tables import Status, Visit
from core.windows.board import half_hour
from core.workers import Coverage, Occupied, Paper, Shift, Skill, Worker

TODAY = date(2026, 11, 23)
AHEAD_DAYS = 30
SHIFTS = ((8, 17), (9, 18), (7, 12), (13, 21), (8, 20))
STAYS = ((8, 3), (12, 4), (17, 2))
"""Hour of the beginning and hours it lasts; most workers have two of them on most days."""
BATCH = 20_000
Row = dict[str, object]


def people(engine: Engine, company: Company, workers: int) -> None:
    """Workers with six shifts a week; trained for everything, going everywhere."""
    chance = random.Random(1)  # noqa: S311 - the same people every time
    skills = {skill for service in company.services for skill in service.skills}
    papers = {paper for service in company.services for paper in service.papers}
    ids = range(1, workers + 1)
    with transaction(engine) as session:
        session.execute(
            insert(Worker),
            [
                {"id": id, "name": f"W{id}", "gender": "female", "since_day": TODAY, "languages": ["zh-CN"],
                 "senior": id % 5 == 0, "rating": 4.0 + id % 10 / 10, "rated": id % 7, "visits_done": 0,
                 "card_consent": True, "bio": {}, "tags": ["pets"] if id % 3 else [], "active": True}
                for id in ids
            ],
        )  # fmt: skip
        session.execute(insert(Skill), [{"worker_id": w, "code": s, "level": 1} for w in ids for s in skills])
        good = {"number": "", "valid_until_day": TODAY + timedelta(days=400)}
        session.execute(insert(Paper), [{"worker_id": w, "kind": k, **good} for w in ids for k in papers])
        shifts = []
        for w in ids:
            begins, ends = chance.choice(SHIFTS)
            free_day = w % 7
            shifts += [
                {"worker_id": w, "weekday": day, "begins": time(begins), "ends": time(ends)}
                for day in range(7)
                if day != free_day
            ]
        session.execute(insert(Shift), shifts)
        session.execute(
            insert(Customer),
            [{"id": 1, "language": "zh-CN", "created_at": datetime(2026, 1, 1, tzinfo=UTC)}],
        )
        session.execute(
            insert(Address),
            [{"id": 1, "customer_id": 1, "line": "-", "area_code": company.areas[0].code,
              "created_at": datetime(2026, 1, 1, tzinfo=UTC)}],
        )  # fmt: skip


def cover(engine: Engine, company: Company, workers: int, each: int) -> None:
    """Every worker goes to `each` areas."""
    chance = random.Random(2)  # noqa: S311 - the same areas every time
    codes = [area.code for area in company.areas]
    rows = [
        {"worker_id": w, "area_code": code}
        for w in range(1, workers + 1)
        for code in chance.sample(codes, each)
    ]
    with transaction(engine) as session:
        session.execute(delete(Coverage))
        session.execute(insert(Coverage), rows)


def calendar(engine: Engine, company: Company, workers: int, past_days: int) -> int:
    """Two visits of most workers on most days, past and ahead; returns how many visits there are."""
    chance = random.Random(3)  # noqa: S311 - the same visits every time
    codes = [area.code for area in company.areas]
    visits, stays, crews = [], [], []
    ids = count(1)
    for ahead in range(-past_days, AHEAD_DAYS):
        day = TODAY + timedelta(days=ahead)
        for worker in range(1, workers + 1):
            for hour, lasts in chance.sample(STAYS, 2) if worker % 9 else ():
                id, area = next(ids), chance.choice(codes)
                starts = datetime.combine(day, time(hour), company.zone).astimezone(UTC)
                visits.append(_visit(id, area, starts, starts + timedelta(hours=lasts), ahead < 0))
                crews.append({"visit_id": id, "worker_id": worker, "leads": True, "reasons": [],
                              "assigned_at": starts})  # fmt: skip
                first = half_hour(starts)
                stays += [
                    {"worker_id": worker, "half_hour": first + n, "visit_id": id, "hold_id": None,
                     "lasts": 0 if n else lasts * 2, "area_code": "" if n else area, "prepares": 0}
                    for n in range(lasts * 2)
                ]  # fmt: skip
        if len(visits) > BATCH or ahead == AHEAD_DAYS - 1:
            with transaction(engine) as session:
                session.execute(insert(Visit), visits)
                session.execute(insert(Assignment), crews)
                session.execute(insert(Occupied), stays)
            visits, stays, crews = [], [], []
    return next(ids) - 1


def _visit(id: int, area: str, starts: datetime, ends: datetime, is_past: bool) -> Row:
    return {
        "id": id, "reference": f"{id:06d}", "customer_id": 1, "address_id": 1, "address_line": "-",
        "area_code": area, "service_code": "DAILY", "quantity": 3, "add_ons": {}, "starts_at": starts,
        "ends_at": ends, "status": Status.FINISHED if is_past else Status.CONFIRMED, "quote": {}, "total": 0,
        "company_version": "", "policy_version": "", "rules_accepted_at": starts, "placed_at": starts,
        "moves": 0, "fee": 0,
    }  # fmt: skip


def measured(search: Callable[[], object], times: int = 20) -> float:
    """The median CPU milliseconds, after one search that fills the caches."""
    search()
    spent = []
    for _ in range(times):
        begun = process_time()
        search()
        spent.append((process_time() - begun) * 1000)
    return median(spent)


def report(engine: Engine, company: Company, label: str) -> None:
    now = datetime.combine(TODAY, time(7), company.zone)
    service = company.service("DAILY")
    need = Need(service, service.minutes(service.usual), service.crew, company.areas[0].code)
    for days in (1, 14):
        first = TODAY + timedelta(days=1)
        last = TODAY + timedelta(days=days)

        def search(first: date = first, last: date = last) -> dict[date, list[windows.Window]]:
            with transaction(engine) as session:
                return windows.free(session, company, need, first, last, now=now)

        found = search()
        names = sum(len(window.workers) for day in found.values() for window in day)
        number = sum(map(len, found.values()))
        spent = measured(search)
        print(f"{label:28} {days:3} days {spent:7.1f} ms CPU  {number} windows, {names} names in them")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--workers", type=int, default=1000)
    options.add_argument("--past-days", type=int, default=0)
    options.add_argument("--url")
    given = options.parse_args()
    company = companies.load()
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(given.url or f"sqlite:///{Path(folder) / 'windows.db'}")
        SQLModel.metadata.create_all(engine)
        people(engine, company, given.workers)
        number = calendar(engine, company, given.workers, given.past_days)
        print(f"{given.workers} workers, {number} visits")
        cover(engine, company, given.workers, len(company.areas))
        report(engine, company, "everybody goes everywhere")
        cover(engine, company, given.workers, 4)
        report(engine, company, "four areas each")
        engine.dispose()


if __name__ == "__main__":
    main()
