"""Waiting for a window: a place in the queue, a window held for who is first, and then the next one."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, text
from sqlmodel import Session, col, select

from core import calendars, catalogue, customers, peaks, plans, quiet, visits, windows
from core.customers import Address, Customer
from core.errors import DomainError
from core.members import tiers
from core.members.tables import Tier
from core.pricing import PAID, Choice
from core.visits import Visit
from core.waitings import LIVE, Status, Waiting, is_opening, rouse, wake
from core.windows import Hold, Window, WindowTaken

if TYPE_CHECKING:
    from core.company import Company

_LIVE = text("status IN ('waiting', 'offered')")
AGAIN = timedelta(minutes=15)
"""So often it is looked whether a window opened, beside every time that somebody's time is given back."""
LATE = timedelta(hours=1)
"""A window that is held over night is held so much longer, should the morning's sweep come late."""
RANKS = tuple(Tier)
BEST_FOR_THEM, BY_ITSELF = Choice(), Choice(PAID)
"""What is used for a visit, and for one that belongs to a plan."""


class Looked(StrEnum):
    """What came of looking after somebody who waits."""

    OFFERED = "offered"
    HELD = "held"
    """A window is held, of which they are told in the morning."""
    EXPIRED = "expired"
    """They did not answer in time; the next one is asked, they keep waiting."""
    DROPPED = "dropped"
    """They did not answer again, and wait no longer."""
    PASSED = "passed"
    NOTHING = "nothing"


class NotWaiting(DomainError):
    """This customer does not wait for that (any more); or nobody of that number does."""

    key = "waiting-unknown"


class TooManyWaits(DomainError):
    """The customer waits for as many windows as they may: `limit`."""

    key = "waiting-too-many"


def join(
    session: Session,
    company: "Company",
    customer: Customer,
    *,
    service_code: str,
    quantity: int,
    add_ons: dict[str, int],
    address: Address,
    day: date,
    begins_at: datetime,
    ends_at: datetime,
    note: str | None = None,
    now: datetime,
) -> Waiting:
    """Queue for a window of that day that begins within these hours; asked again, the place is kept.

    Raises TooManyWaits.
    """
    session.get_one(Customer, customer.id, with_for_update=True)
    theirs = of_customer(session, customer.id or 0)
    mine = next((one for one in theirs if (one.service_code, one.day) == (service_code, day)), None)
    if mine is None and len(theirs) >= company.waitlist.most:
        raise TooManyWaits(limit=company.waitlist.most)
    mine = mine or Waiting(
        customer_id=customer.id or 0,
        service_code=service_code,
        quantity=quantity,
        address_id=address.id or 0,
        day=day,
        begins_at=begins_at,
        ends_at=ends_at,
        since=now,
        look_at=now,
    )
    mine.quantity, mine.add_ons, mine.address_id, mine.note = quantity, add_ons, address.id or 0, note
    mine.begins_at, mine.ends_at, mine.rank = begins_at, ends_at, _rank(session, mine.customer_id)
    session.add(mine)
    session.flush()
    return mine


def of_customer(session: Session, customer_id: int) -> list[Waiting]:
    """What the customer waits for, the nearest day first."""
    theirs = select(Waiting).where(Waiting.customer_id == customer_id, col(Waiting.status).in_(LIVE))
    return list(session.exec(theirs.order_by(col(Waiting.day), col(Waiting.id))))


def mine(session: Session, customer_id: int, number: int) -> Waiting:
    """The customer's own place, locked, as it is now. Raises NotWaiting, for other people's too."""
    found = session.get(Waiting, number, with_for_update=True, populate_existing=True)
    if found is None or found.customer_id != customer_id:
        raise NotWaiting
    return found


def place_of(session: Session, one: Waiting) -> int:
    """Which place in the queue they have, from one: who waits for the same service in hours that overlap."""
    before = or_(
        col(Waiting.rank) > one.rank,
        and_(col(Waiting.rank) == one.rank, col(Waiting.since) < one.since),
        and_(col(Waiting.rank) == one.rank, col(Waiting.since) == one.since, col(Waiting.id) < one.id),
    )
    ahead = select(func.count()).where(
        _LIVE,
        Waiting.day == one.day,
        Waiting.service_code == one.service_code,
        col(Waiting.begins_at) < one.ends_at,
        col(Waiting.ends_at) > one.begins_at,
        before,
    )
    return session.exec(ahead.select_from(Waiting)).one() + 1


def due(session: Session, now: datetime, limit: int = 100) -> list[Waiting]:
    """Who is to be looked after now, locked, in the order in which windows are offered."""
    rouse(session, now)
    found = session.exec(
        select(Waiting)
        .where(_LIVE, col(Waiting.look_at) <= now)
        .order_by(col(Waiting.rank).desc(), col(Waiting.since), col(Waiting.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    return sorted(found, key=lambda one: (one.status is Status.WAITING, -one.rank, one.since, one.id))


def look(session: Session, company: "Company", one: Waiting, now: datetime) -> Looked:
    """Offer them a window if there is one, end an offer whose time is over; say what came of it.

    Whoever looks has locked the row, and goes in the order of the queue.
    """
    if one.status is Status.OFFERED:
        return _see_offer(session, company, one, now)
    if one.status is not Status.WAITING:
        return Looked.NOTHING
    if _is_over(session, company, one, now):
        if (morning := quiet.told_at(company, now)) > now:
            one.look_at = morning
            return Looked.NOTHING
        one.status = Status.PASSED
        session.flush()
        return Looked.PASSED
    one.rank = _rank(session, one.customer_id)
    opens_at = opening(company, one)
    if opens_at is not None and now < opens_at:
        one.look_at = opens_at
        session.flush()
        return Looked.NOTHING
    one.look_at = _look_again(company, one, now)
    held = windows.held(session, one.customer_id, now)
    if held is not None:  # they are choosing something else just now
        one.look_at = held.expires_at
        session.flush()
        return Looked.NOTHING
    offered = _offer(session, company, one, now)
    session.flush()
    return offered


def accept(session: Session, company: "Company", one: Waiting, now: datetime) -> Visit:
    """They say yes: the window that is held for them is theirs, also in the very last second.

    The row must be locked. Raises NotWaiting when nothing is offered to them, and as `visits.place`; then
    they keep their place.
    """
    if one.status not in LIVE or one.offered_at is None:
        raise NotWaiting
    if one.status is Status.WAITING and _others_come_first(session, one):
        raise WindowTaken(())
    customer = session.get_one(Customer, one.customer_id)
    date_of_plan = plans.open_date(session, one.customer_id, one.service_code, one.address_id, one.day)
    visit = visits.place(
        session,
        company,
        customer,
        service=company.service(one.service_code),
        quantity=one.quantity,
        add_ons=one.add_ons,
        address=customers.address(session, one.customer_id, one.address_id),
        starts_at=one.offered_at,
        note=one.note,
        choice=BEST_FOR_THEM if date_of_plan is None else BY_ITSELF,
        now=now,
    )
    if date_of_plan is not None:
        plans.keep_late(session, date_of_plan, visit)
    one.status, one.offer_until, one.visit_id = Status.BOOKED, None, visit.id
    session.flush()
    return visit


def lost(session: Session, one: Waiting, now: datetime) -> None:
    """What was offered to them is gone: they wait on, at their old place."""
    one.status, one.offer_until, one.offered_at, one.told = Status.WAITING, None, None, False
    one.look_at = now
    session.flush()


def decline(session: Session, one: Waiting, now: datetime) -> None:
    """They do not want that window but wait on: the next one is asked. The row must be locked."""
    if one.status is Status.OFFERED:
        _give_back(session, one, now)
        one.silent = 0
        session.flush()


def leave(session: Session, one: Waiting, now: datetime) -> None:
    """They wait no longer. The row must be locked."""
    if one.status is Status.OFFERED:
        _give_back(session, one, now)
    if one.status in LIVE:
        one.status = Status.LEFT
        session.flush()


def _see_offer(session: Session, company: "Company", one: Waiting, now: datetime) -> Looked:
    assert one.offer_until is not None
    if not one.told:
        return _tell(session, company, one, now)
    if now < one.offer_until:
        one.look_at = one.offer_until
        return Looked.NOTHING
    _give_back(session, one, now)
    one.silent += 1
    dropped = one.silent >= company.waitlist.silent_times
    if dropped:
        one.status = Status.LEFT
    session.flush()
    return Looked.DROPPED if dropped else Looked.EXPIRED


def _tell(session: Session, company: "Company", one: Waiting, now: datetime) -> Looked:
    """It is morning: their minutes begin now, if the window is still held."""
    if (morning := quiet.told_at(company, now)) > now:
        one.look_at = morning
        return Looked.NOTHING
    hold = _held_for(session, one)
    if hold is None or hold.expires_at <= now:
        lost(session, one, now)
        return Looked.NOTHING
    until = now + timedelta(minutes=company.waitlist.minutes)
    one.told, one.offer_until, one.look_at, hold.expires_at = True, until, until, until
    session.add(hold)
    session.flush()
    return Looked.OFFERED


def _held_for(session: Session, one: Waiting) -> Hold | None:
    """The customer's hold, if it is the one for what they wait for."""
    hold = session.exec(select(Hold).where(Hold.customer_id == one.customer_id)).one_or_none()
    if hold is None or (hold.starts_at, hold.service_code) != (one.offered_at, one.service_code):
        return None
    return hold


def _offer(session: Session, company: "Company", one: Waiting, now: datetime) -> Looked:
    """Hold the first window for them that will do; told at night, in the morning they have their minutes."""
    customer = session.get_one(Customer, one.customer_id)
    service, area = company.service(one.service_code), _area(session, one)
    need = visits.need(session, company, customer, service, one.quantity, one.add_ons, area)
    found = windows.free(session, company, need, one.day, one.day, now=now)[one.day]
    told_at = _told_at(company, now)
    if told_at > now:  # what is too near by then is of no use
        earliest = service.notice.earliest(told_at, company.zone)
        found = [window for window in found if window.starts_at >= earliest]
    fitting = [window for window in found if _fits(one, window)]
    if fitting and is_opening(session):
        one.look_at = now  # it opened since this sweep began, and others may come before them
        return Looked.NOTHING
    for window in fitting:
        try:
            with session.begin_nested():
                hold = windows.hold(session, company, need, window.starts_at, now=now)
        except WindowTaken:
            continue
        until = told_at + timedelta(minutes=company.waitlist.minutes)
        hold.expires_at = until if told_at <= now else until + LATE
        one.status, one.offered_at, one.offer_until = Status.OFFERED, window.starts_at, until
        one.told = told_at <= now
        one.look_at = until if one.told else told_at
        session.add(hold)
        return Looked.OFFERED if one.told else Looked.HELD
    return Looked.NOTHING


def _told_at(company: "Company", now: datetime) -> datetime:
    """When they can be told, with all their minutes before it is night."""
    minutes = timedelta(minutes=company.waitlist.minutes)
    at = quiet.told_at(company, now)
    return (
        at if quiet.told_at(company, at + minutes) == at + minutes else quiet.told_at(company, at + minutes)
    )


def _fits(one: Waiting, window: Window) -> bool:
    """Whether they wait for such a window and did not refuse one that is much the same."""
    starts, lasts = int(window.starts_at.timestamp()), window.ends_at - window.starts_at
    if any(abs(starts - refused) < lasts.total_seconds() for refused in one.refused):
        return False
    return one.begins_at <= window.starts_at < one.ends_at


def _is_over(session: Session, company: "Company", one: Waiting, now: datetime) -> bool:
    """Whether no window they wait for can begin any more."""
    service = company.service(one.service_code)
    earliest = service.notice.earliest(now, company.zone)
    lasts = timedelta(minutes=catalogue.minutes(company, service, one.quantity, one.add_ons))
    last = [closes - lasts for _, closes in calendars.periods(company, one.day)]
    return one.ends_at <= earliest or max(last, default=now) < earliest


def _give_back(session: Session, one: Waiting, now: datetime) -> None:
    """They wait again, that window is not offered to them again, and is free for the next one."""
    assert one.offered_at is not None
    one.refused = [*one.refused, int(one.offered_at.timestamp())]
    if _held_for(session, one) is not None:
        windows.release(session, one.customer_id)
    wake(session, one.offered_at)
    one.status, one.offer_until, one.told = Status.WAITING, None, False
    one.look_at = now + AGAIN


def _others_come_first(session: Session, one: Waiting) -> bool:
    """Whether somebody else is being asked about that window now."""
    asked = select(Waiting.id).where(
        _LIVE, Waiting.day == one.day, Waiting.offered_at == one.offered_at, Waiting.status == Status.OFFERED
    )
    return session.exec(asked.limit(1)).first() is not None


def _area(session: Session, one: Waiting) -> str:
    return customers.address(session, one.customer_id, one.address_id).area_code


def _rank(session: Session, customer_id: int) -> int:
    return RANKS.index(tiers.of(session, customer_id))


def _look_again(company: "Company", one: Waiting, now: datetime) -> datetime:
    """When to look without being woken: soon, or the very moment at which more of the day opens to them."""
    hours = company.members.of(RANKS[one.rank]).access_hours
    opens = [at for at in peaks.openings(company, one.day, hours) if at > now]
    return min([now + AGAIN, *opens])


def opening(company: "Company", one: Waiting) -> datetime | None:
    """When the day they wait for opens to them, in the busy season; None where it is open to everybody."""
    return peaks.opens_to(company, one.day, company.members.of(RANKS[one.rank]).access_hours)
