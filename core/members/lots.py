"""The lots that points lie in: what is left of each, and the one way in which that changes."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, text, update
from sqlmodel import Session, col, select

from core.customers import Customer
from core.members.tables import LotState, NotEnoughPoints, PointEntry, PointLot, What

if TYPE_CHECKING:
    from core.company import Company

GRACE = timedelta(days=30)
"""Points that come back when they had expired meanwhile are good for so long."""
MOVED = "~"
"""Stands in the keys of lots that others were moved into, and in no other."""
_NOT_CLOSED = text("point_lot.state <> 'closed'")


class Left(NamedTuple):
    """A lot and what is left of it, below 0 where it owes."""

    lot: PointLot
    points: int


def lock(session: Session, *customer_ids: int) -> None:
    """Let nobody else change these customers' points until the transaction is over."""
    for id in sorted({*customer_ids}):
        query = select(Customer.id).where(Customer.id == id)
        session.exec(query.with_for_update(key_share=True)).one()


def latest(session: Session, lot_id: int) -> PointLot:
    """A lot as it is now; its customer must be locked."""
    return session.get_one(PointLot, lot_id, populate_existing=True)


def with_left(session: Session, lot: PointLot) -> Left:
    """A lot and what is left of it."""
    total = session.exec(select(func.sum(PointEntry.points)).where(PointEntry.lot_id == lot.id)).one()
    return Left(lot, int(total or 0))


def left(session: Session, customer_id: int) -> list[Left]:
    """The lots of which something is left, or which owe something; the earliest expiry first."""
    query = (
        select(PointLot, func.sum(PointEntry.points))
        .join(PointEntry, col(PointEntry.lot_id) == col(PointLot.id))
        .where(PointLot.customer_id == customer_id, _NOT_CLOSED)
        .group_by(col(PointLot.id))
        .order_by(col(PointLot.expires_at), col(PointLot.id))
        .execution_options(populate_existing=True)
    )
    return [Left(lot, int(points)) for lot, points in session.exec(query)]


def month_end(company: "Company", moment: datetime, months: int) -> datetime:
    """When the month is over that comes so many months after the one of `moment`: aware UTC, and as the
    days of the company's zone go."""
    day = moment.astimezone(company.zone).date()
    years, month = divmod(day.year * 12 + day.month + months, 12)
    return datetime.combine(date(years, month + 1, 1), time(), company.zone).astimezone(UTC)


def open_lot(
    session: Session,
    customer_id: int,
    points: int,
    reason: str,
    subject: str,
    now: datetime,
    usable_from: datetime,
    expires_at: datetime,
    key: str,
) -> PointLot:
    """A lot with nothing in it yet: its first entry must follow."""
    made = PointLot(
        customer_id=customer_id,
        points=points,
        reason=reason,
        subject=subject,
        earned_at=now,
        usable_from=usable_from,
        expires_at=expires_at,
        key=key,
    )
    session.add(made)
    session.flush()
    return made


def book(
    session: Session, of: Left, points: int, what: What, subject: str, now: datetime, note: str | None = None
) -> PointEntry:
    """Write an entry, and whether anything is left of the lot then."""
    lot, after = of.lot, of.points + points
    entry = PointEntry(
        lot_id=lot.id or 0,
        customer_id=lot.customer_id,
        points=points,
        what=what,
        subject=subject,
        at=now,
        note=note,
    )
    lot.state = LotState.CLOSED if after == 0 else LotState.OPEN if after > 0 else LotState.OWING
    session.add_all([entry, lot])
    session.flush()
    return entry


def take(
    session: Session,
    customer_id: int,
    points: int,
    what: What,
    subject: str,
    now: datetime,
    note: str | None = None,
) -> list[PointEntry]:
    """From the lots that may be used, the earliest expiry first. The customer must be locked."""
    lots = left(session, customer_id)
    owed = sum(one.points for one in lots if one.points < 0)
    ready = [one for one in lots if one.points > 0 and one.lot.usable_from <= now < one.lot.expires_at]
    usable = sum(one.points for one in ready) + owed
    if points > usable:
        raise NotEnoughPoints(usable=usable, wanted=points)
    entries, missing = [], points
    for one in ready:
        if missing:
            part = min(one.points, missing)
            entries.append(book(session, one, -part, what, subject, now, note))
            missing -= part
    return entries


def even_out(session: Session, customer_id: int, now: datetime) -> None:
    """Lots that have something pay for those that owe, so that nobody has both. Lock the customer first."""
    lots = left(session, customer_id)
    owing = [one for one in lots if one.points < 0]
    # What may be used pays before what is pending.
    paying = sorted(
        (one for one in lots if one.points > 0 and one.lot.expires_at > now),
        key=lambda one: one.lot.usable_from > now,
    )
    for debt in owing:
        missing = -debt.points
        for n, one in enumerate(paying):
            part = min(one.points, missing)
            if part:
                book(session, one, -part, What.OFFSET, debt.lot.subject, now)
                book(session, Left(debt.lot, -missing), part, What.OFFSET, debt.lot.subject, now)
                paying[n] = Left(one.lot, one.points - part)
                missing -= part


def follow(session: Session, lot_ids: Collection[int]) -> None:
    """The entries of these lots belong to whom the lots belong to."""
    owner = select(PointLot.customer_id).where(PointLot.id == PointEntry.lot_id).scalar_subquery()
    session.flush()
    for id in lot_ids:
        session.exec(update(PointEntry).where(col(PointEntry.lot_id) == id).values(customer_id=owner))


def extend(session: Session, lot: PointLot, points: int, now: datetime) -> None:
    """Points that came back into an expired lot move into one that lasts a little longer."""
    there = with_left(session, lot)
    moved = min(points, there.points)
    if lot.expires_at <= now and moved > 0:
        move(session, there, moved, now + GRACE, now)


def move(session: Session, of: Left, points: int, until: datetime, now: datetime) -> PointLot:
    """So many points of a lot, which has them, are good until then: they move into a lot of their own."""
    lot = of.lot
    book(session, of, -points, What.EXTENDED, lot.subject, now)
    key = f"{lot.key}{MOVED}{len(_kin(session, [lot]))}"
    usable = max(now, lot.usable_from)
    made = open_lot(session, lot.customer_id, points, lot.reason, lot.subject, now, usable, until, key)
    book(session, Left(made, 0), points, What.EXTENDED, lot.subject, now)
    return made


def is_moved(lot: PointLot) -> bool:
    """Whether its points were in another lot before, which was not good for so long."""
    return MOVED in lot.key


def earned_by(session: Session, about: str) -> list[PointLot]:
    """The lots with that key, or of that subject, and those they were extended into."""
    by_key = session.exec(select(PointLot).where(PointLot.key == about)).all()
    return _kin(session, by_key) if by_key else _of_subject(session, about)


def _kin(session: Session, lots: Iterable[PointLot]) -> list[PointLot]:
    """These lots, and those they were extended into."""
    roots = {lot.key.partition(MOVED)[0] for lot in lots}
    subjects = {lot.subject for lot in lots}
    return [
        one
        for subject in sorted(subjects)
        for one in _of_subject(session, subject)
        if one.key.partition(MOVED)[0] in roots
    ]


def _of_subject(session: Session, subject: str) -> list[PointLot]:
    query = select(PointLot).where(PointLot.subject == subject).order_by(col(PointLot.id))
    return list(session.exec(query.execution_options(populate_existing=True)))


def worth_of(session: Session, lot: PointLot) -> int:
    """What a lot really brought its owner: neither what they did with it counts, nor who paid for whom."""
    doings = (What.SPENT, What.GIVEN_BACK, What.OFFSET)
    own = (PointEntry.lot_id == lot.id, PointEntry.subject == lot.subject)
    query = select(func.sum(PointEntry.points)).where(*own, col(PointEntry.what).not_in(doings))
    return int(session.exec(query).one() or 0)


def spent_by_lot(session: Session, subject: str) -> dict[int, int]:
    """What is spent on `subject` and not given back, below 0, by lot."""
    query = (
        select(PointEntry.lot_id, func.sum(PointEntry.points))
        .where(PointEntry.subject == subject, col(PointEntry.what).in_((What.SPENT, What.GIVEN_BACK)))
        .group_by(col(PointEntry.lot_id))
        .order_by(col(PointEntry.lot_id))
    )
    return {lot_id: int(points) for lot_id, points in session.exec(query)}
