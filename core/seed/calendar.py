"""The demo company's last four and next two weeks: visits carried out, under way and to come."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from core import offers, visits, windows
from core.catalogue import Service, Unit
from core.company import Company
from core.customers import Address, Customer
from core.visits import Status, Visit
from core.workers import Worker

PAST_DAYS, COMING_DAYS = 28, 13
PAST_VISITS, COMING_VISITS = 4, 3
"""For each household, which may have two more to come: those are for the days that are sold out."""
SOLD_OUT_DAYS = (3, 5, 8)
"""Days from today on which as much as possible is sold of what few workers can do."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Household:
    """A customer of the demo company, their homes and what they ask for."""

    customer: Customer
    homes: tuple[Address, ...]
    wants: tuple[Service, ...]
    """The likeliest first."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A visit that somebody is about to place."""

    placed_at: datetime
    household: Household
    home: Address
    service: Service
    day: date


def live(
    session: Session,
    company: Company,
    households: Sequence[Household],
    team: Sequence[Worker],
    chance: random.Random,
    now: datetime,
) -> None:
    """Let the households place their visits one by one, and the workers carry out what is over by `now`."""
    today = now.astimezone(company.zone).date()
    wishes = [
        *_past(company, households, chance, now, today),
        *_coming(company, households, chance, now, today),
    ]
    for wish in sorted(wishes, key=lambda wish: wish.placed_at):
        visit = _place(session, company, wish, chance)
        if visit is not None:
            _carry_out(session, company, visit, chance, now)
    _cancel_one(session, company, households[-1], now)
    _fill(session, company, households, chance, now, today)
    _ask(session, company, households, chance, now)


def _past(
    company: Company, households: Sequence[Household], chance: random.Random, now: datetime, today: date
) -> Iterator[_Wish]:
    for household in households:
        for number in chance.sample(range(1, PAST_DAYS), PAST_VISITS):
            day = today - number * DAY
            yield _wish(company, household, chance, day, now - (number + 2) * DAY)


def _coming(
    company: Company, households: Sequence[Household], chance: random.Random, now: datetime, today: date
) -> Iterator[_Wish]:
    for household in households:
        for number in chance.sample(range(COMING_DAYS + 1), COMING_VISITS):
            placed_at = now - timedelta(days=2, hours=chance.randrange(60))
            yield _wish(company, household, chance, today + number * DAY, placed_at)


def _wish(
    company: Company, household: Household, chance: random.Random, day: date, placed_at: datetime
) -> _Wish:
    windowed = [service for service in household.wants if not service.by_request]
    service = chance.choice(windowed or [company.services[0]])
    return _Wish(placed_at, household, chance.choice(household.homes), service, day)


def _place(
    session: Session, company: Company, wish: _Wish, chance: random.Random, *, first: bool = False
) -> Visit | None:
    """Place a visit in one of the day's free windows (the first one if asked for); None when it is full."""
    customer, service = wish.household.customer, wish.service
    quantity = _quantity(service, wish.home)
    need = visits.need(session, company, customer, service, quantity, {}, wish.home.area_code)
    free = windows.free(session, company, need, wish.day, wish.day, now=wish.placed_at)[wish.day]
    if not free:
        return None
    try:
        return visits.place(
            session,
            company,
            customer,
            service=service,
            quantity=quantity,
            add_ons={},
            address=wish.home,
            starts_at=(free[0] if first else chance.choice(free)).starts_at,
            now=wish.placed_at,
        )
    except visits.TooManyOpen:
        return None


def _quantity(service: Service, home: Address) -> int:
    """What suits the home: its floor where that is what is sold, else the usual."""
    if service.unit is Unit.SQUARE_METRE and home.size_m2 and service.crew > 1:
        return min(max(home.size_m2, service.smallest), service.largest)
    return service.usual


def _carry_out(
    session: Session, company: Company, visit: Visit, chance: random.Random, now: datetime
) -> None:
    """Take every step of the visit whose time has come."""
    answered_at = visit.placed_at + timedelta(minutes=20)
    if visit.status is Status.REQUESTED and answered_at <= now:
        visits.confirm(session, company, visit, actor="staff", now=answered_at)
    if visit.status is Status.CONFIRMED:
        offers.settle(session, company, visit, by="staff", now=visit.placed_at)
    late = timedelta(minutes=chance.randrange(-10, 9))
    steps = (
        (Status.ON_THE_WAY, visit.starts_at - timedelta(minutes=35) + late),
        (Status.ARRIVED, visit.starts_at + late),
        (Status.WORKING, visit.starts_at + timedelta(minutes=10)),
        (Status.FINISHED, visit.ends_at + late),
    )
    for status, at in steps:
        if at <= now and visit.status is not Status.REQUESTED:
            visits.advance(session, visit, status, actor="worker", now=at)


def _cancel_one(session: Session, company: Company, household: Household, now: datetime) -> None:
    """Somebody changed their mind, in good time."""
    assert household.customer.id is not None
    for visit in reversed(visits.upcoming(session, household.customer.id, now)):
        if visit.status is Status.CONFIRMED:
            fee = visits.fee_to_cancel(session, company, visit, now)
            visits.cancel(
                session, company, visit, actor="customer", reason="plans", agreed_fee=fee.amount, now=now
            )
            offers.withdraw(session, visit, now)
            return


def _fill(
    session: Session,
    company: Company,
    households: Sequence[Household],
    chance: random.Random,
    now: datetime,
    today: date,
) -> None:
    """Sell out a few days for services that few workers can do, as far as households may place more."""
    placed_at = now - timedelta(hours=3)
    for number in SOLD_OUT_DAYS:
        for household in households:
            rare = [service for service in household.wants if service.crew > 1 or service.needs_confirmation]
            for service in rare:
                wish = _Wish(placed_at, household, household.homes[0], service, today + number * DAY)
                while (visit := _place(session, company, wish, chance, first=True)) is not None:
                    _carry_out(session, company, visit, chance, now)


def _ask(
    session: Session, company: Company, households: Sequence[Household], chance: random.Random, now: datetime
) -> None:
    """One request that still waits for the company's answer, if anything sold by request can be had."""
    today = now.astimezone(company.zone).date()
    asked_at = now - timedelta(minutes=5)
    unsure = [
        service for service in company.services if service.needs_confirmation and not service.by_request
    ]
    for service in unsure:
        for household in households:
            for number in range(4, COMING_DAYS):
                wish = _Wish(asked_at, household, household.homes[0], service, today + number * DAY)
                if _place(session, company, wish, chance) is not None:
                    return
