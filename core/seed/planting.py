"""Puts the demo company's people into an empty database, once, and lets them live through a few weeks."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Engine, delete, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from core import customers, identities, matching, papers, staff, workers
from core.company import Company
from core.customers import Address, Customer
from core.database import transaction
from core.seed import calendar, opinions
from core.seed.calendar import Household
from core.seed.households import CUSTOMERS, DemoCustomer
from core.seed.team import STAFF, WORKERS, DemoWorker
from core.staff import Rank
from core.visits import Visit
from core.workers import Coverage, Gender, Shift, TimeOff, Worker

SEED = 7
DEMO_ACCOUNT = ("web", "main")
"""The channel and account of the demo's phones that are not the customer's."""
DEMO_WORKER, DEMO_STAFF, DEMO_MANAGER = "demo-worker", "demo-staff", "demo-manager"
DAY = timedelta(days=1)


class RealCustomers(Exception):
    """The database holds customers of a real company, so nothing invented is put beside them."""


class NotTheDemoCompany(Exception):
    """The demo people live in the demo company's areas, and this company does not go there."""


@dataclass(frozen=True, slots=True)
class Planted:
    """How many of each there are now."""

    workers: int
    customers: int
    visits: int


def is_planted(session: Session) -> bool:
    """Whether the demo people are there already."""
    return identities.find(session, *DEMO_ACCOUNT, DEMO_WORKER) is not None


def plant(engine: Engine, company: Company, *, now: datetime, force: bool = False) -> Planted | None:
    """Plant everything in one transaction, as of `now`; None when it was planted before.

    Raises RealCustomers for a database in use, unless `force` is given, and NotTheDemoCompany.
    """
    try:
        with transaction(engine) as session:
            if is_planted(session):
                return None
            if not force and _has_real_customers(session):
                raise RealCustomers
            return _plant(session, company, now)
    except IntegrityError:
        with Session(engine) as session:
            if is_planted(session):  # another process planted at the same moment
                return None
        raise


def _has_real_customers(session: Session) -> bool:
    joined = select(Customer.id).where(col(Customer.joined_at).is_not(None)).limit(1)
    return session.exec(joined).first() is not None


def _plant(session: Session, company: Company, now: datetime) -> Planted:
    theirs = {home.area for customer in CUSTOMERS for home in customer.homes}
    if not theirs <= {area.code for area in company.areas}:
        raise NotTheDemoCompany
    chance = random.Random(SEED)  # noqa: S311 - for variety, not for secrets
    team = [_hire(session, company, one, chance, now) for one in WORKERS]
    assert team[0].id is not None
    identities.bind_worker(session, *DEMO_ACCOUNT, DEMO_WORKER, team[0].id, now=now)
    _employ(session, now)
    households = [_welcome(session, company, one, n, now) for n, one in enumerate(CUSTOMERS)]
    favourite = households[0].customer.id
    assert favourite is not None
    matching.favour(session, favourite, team[0].id)
    calendar.live(session, company, households, team, chance, now)
    opinions.rate(session, company, chance, now)
    _put_forward(session, company, team[0])
    placed = session.exec(select(func.count()).select_from(Visit)).one()
    return Planted(len(team), len(households), placed)


def _put_forward(session: Session, company: Company, worker: Worker) -> None:
    """Make the worker of the demo phone the one whom matching prefers: a newcomer sees visits arrive there.

    Only after the past weeks were lived, or those visits would all have been theirs.
    """
    worker.rating, worker.senior, worker.tags = 5.0, True, ["pets", "elderly", "infants", "allergy"]
    known = set(session.exec(select(Coverage.area_code).where(Coverage.worker_id == worker.id)))
    session.add_all(
        Coverage(worker_id=worker.id or 0, area_code=one.code)
        for one in company.areas
        if one.code not in known
    )
    session.exec(delete(Shift).where(col(Shift.worker_id) == worker.id))
    session.add_all(
        Shift(worker_id=worker.id or 0, weekday=day, begins=time(8), ends=time(20)) for day in range(7)
    )
    session.flush()


def _hire(
    session: Session, company: Company, one: DemoWorker, chance: random.Random, now: datetime
) -> Worker:
    today = now.astimezone(company.zone).date()
    sold = [service for service in company.services if service.code in one.services]
    runs_out = today + one.papers_end_in * DAY
    worker = workers.hire(
        session,
        name=one.name,
        gender=Gender(one.gender),
        since_day=today - timedelta(days=365 * one.years + chance.randrange(200)),
        areas=one.areas,
        skills={skill for service in sold for skill in service.skills},
        papers={
            kind: runs_out + chance.randrange(60) * DAY * (one.papers_end_in > 60)
            for kind in sorted({"health", *(paper for service in sold for paper in service.papers)})
        },
        shifts=[(day, begins, ends) for day in range(7) if day != one.day_off for begins, ends in one.hours],
        languages=("zh-CN", "en") if one.speaks_english else ("zh-CN",),
        tags=one.tags,
        senior=one.senior,
        bio=one.bio,
        card_consent=one.card_consent,
    )
    worker.rating, worker.rated, worker.visits_done = one.rating, one.rated, one.visits_done
    assert worker.id is not None
    session.add_all(_leave(company, worker.id, one.away, today))
    session.flush()
    for paper in papers.of(session, worker.id):
        papers.plan(session, company, paper, now)
    return worker


def _leave(
    company: Company, worker_id: int, away: Iterable[tuple[int, int, str]], today: date
) -> Iterable[TimeOff]:
    for first, last, reason in away:
        begins_at, ends_at = (
            datetime.combine(today + n * DAY, time(0), company.zone) for n in (first, last + 1)
        )
        yield TimeOff(worker_id=worker_id, begins_at=begins_at, ends_at=ends_at, reason=reason)


def _employ(session: Session, now: datetime) -> None:
    for (name, role), user in zip(STAFF, (DEMO_STAFF, DEMO_MANAGER), strict=True):
        member = staff.hire(session, name=name, role=Rank(role), language="zh-CN")
        identities.bind_staff(session, *DEMO_ACCOUNT, user, member.id or 0, now=now)


def _welcome(session: Session, company: Company, one: DemoCustomer, number: int, now: datetime) -> Household:
    joined_at = now - timedelta(days=200 - 11 * number, hours=number)
    customer = customers.greet(session, language=one.language, now=joined_at)
    phone = f"+861380000{number + 1:04}"
    customers.join(session, customer, name=one.name, phone=phone, now=joined_at)
    customers.set_phone(session, customer, phone, verified_at=joined_at)
    customers.tell_home(
        session, customer.id or 0, pets=one.pets, elderly=one.elderly, infants=one.infants, now=joined_at
    )
    homes: list[Address] = [
        customers.add_address(
            session,
            customer,
            line=home.line,
            area_code=home.area,
            detail=home.detail,
            size_m2=home.size_m2,
            rooms=home.rooms,
            now=joined_at,
        )
        for home in reversed(one.homes)
    ]
    wants = tuple(service for code in one.wants for service in company.services if service.code == code)
    return Household(customer, tuple(reversed(homes)), wants or company.services[:1])
