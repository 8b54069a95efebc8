"""Points: earned in lots, spent by the earliest expiry first; every change is an entry that says why.

What a customer has is the sum of the entries of the lots that are not closed. Whoever changes it locks the
customer first, so that what is spent from two phones at once is there for one of them.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, or_, text
from sqlmodel import Session, col, select

from core.members import expiring, lots
from core.members.tables import PointEntry, PointLot, What

if TYPE_CHECKING:
    from core.company import Company

FEN_PER_YUAN = 100
lock = lots.lock


class Balance(NamedTuple):
    """What a customer has at a moment."""

    usable: int
    """May be spent; below 0 while more was taken back than was left."""
    pending: int
    """Earned, and usable later."""
    expires_at: datetime | None = None
    """When the first of the usable points expire..."""
    expiring: int = 0
    """... and how many do so then."""
    pending_until: datetime | None = None
    """When the next of the pending points may be used."""


def balance(session: Session, customer_id: int, now: datetime) -> Balance:
    """What a customer has now. What expired and was not yet written off does not count."""
    there = [one for one in lots.left(session, customer_id) if one.lot.expires_at > now or one.points < 0]
    ready = [one for one in there if one.lot.usable_from <= now or one.points < 0]
    waiting = [one for one in there if one not in ready]
    first = min((one.lot.expires_at for one in ready if one.points > 0), default=None)
    return Balance(
        usable=sum(one.points for one in ready),
        pending=sum(one.points for one in waiting),
        expires_at=first,
        expiring=sum(one.points for one in ready if one.points > 0 and one.lot.expires_at == first),
        pending_until=min((one.lot.usable_from for one in waiting), default=None),
    )


def earn(
    session: Session,
    company: "Company",
    customer_id: int,
    points: int,
    *,
    reason: str,
    subject: str,
    now: datetime,
    pending_days: int = 0,
    key: str,
    what: What = What.EARNED,
    note: str | None = None,
) -> PointLot:
    """A lot of so many points (above 0), usable after `pending_days`, once for each key.

    The same key again changes nothing and returns the lot it made. What the customer owes is paid first.
    """
    if points <= 0:
        raise ValueError("nobody earns less than a point")
    lots.lock(session, customer_id)
    known = session.exec(select(PointLot).where(PointLot.key == key)).first()
    if known is not None:
        return known
    until = lots.month_end(company, now, company.members.valid_months)
    usable = min(until, now + timedelta(days=pending_days))
    made = lots.open_lot(session, customer_id, points, reason, subject, now, usable, until, key)
    lots.book(session, lots.Left(made, 0), points, what, subject, now, note)
    lots.even_out(session, customer_id, now)
    expiring.watch(session, company, made)
    return made


def spend(
    session: Session, company: "Company", customer_id: int, points: int, *, subject: str, now: datetime
) -> PointEntry:
    """Spend so many points (above 0) on `subject`, the earliest expiry first. Raises NotEnoughPoints.

    Returns the first of its entries, of which there is one for each lot that it took from.
    """
    if points <= 0:
        raise ValueError("nobody spends less than a point")
    lots.lock(session, customer_id)
    return lots.take(session, customer_id, points, What.SPENT, subject, now)[0]


def spent(session: Session, subject: str) -> int:
    """How many points are spent on `subject` and were not given back."""
    return -sum(lots.spent_by_lot(session, subject).values())


def give_back(session: Session, subject: str, now: datetime) -> int:
    """What was spent on `subject` goes back into the lots it came from; how many points. Safe to repeat.

    Points of a lot that expired meanwhile are good for `lots.GRACE` more.
    """
    owners = session.exec(select(PointEntry.customer_id).where(PointEntry.subject == subject)).all()
    lots.lock(session, *owners)
    returned = 0
    for lot_id, points in lots.spent_by_lot(session, subject).items():
        if points < 0:
            lot = lots.latest(session, lot_id)
            lots.book(session, lots.with_left(session, lot), -points, What.GIVEN_BACK, subject, now)
            lots.extend(session, lot, -points, now)
            returned -= points
    for owner in sorted(set(owners)):
        lots.even_out(session, owner, now)
    return returned


def take_back(session: Session, about: str, points: int | None, now: datetime) -> int:
    """What was earned by `about`, a lot's key or subject, was refunded: take so many points from its lots,
    all of them where None; how many were taken.

    Never more than were earned and have not expired or been taken before, so that a refund after expiry
    costs nothing. A lot may owe points afterwards.
    """
    owners = {lot.customer_id for lot in lots.earned_by(session, about)}
    lots.lock(session, *owners)
    taken = 0
    for lot in lots.earned_by(session, about):
        there = lots.worth_of(session, lot)
        part = there if points is None else min(there, points - taken)
        if part > 0:
            lots.book(session, lots.with_left(session, lot), -part, What.TAKEN_BACK, lot.subject, now)
            taken += part
    for owner in sorted(owners):
        lots.even_out(session, owner, now)
    return taken


def worth(session: Session, about: str) -> int:
    """How many points `about`, a lot's key or subject, earned that have not expired or been taken back."""
    return sum(lots.worth_of(session, lot) for lot in lots.earned_by(session, about))


def adjust(
    session: Session,
    company: "Company",
    customer_id: int,
    points: int,
    *,
    note: str,
    subject: str,
    now: datetime,
) -> None:
    """Staff give points, or take some (below 0), and say why. Raises NotEnoughPoints."""
    if points > 0:
        earn(
            session,
            company,
            customer_id,
            points,
            reason="adjusted",
            subject=subject,
            now=now,
            key=f"adjusted:{subject}",
            what=What.ADJUSTED,
            note=note,
        )
        return
    lots.lock(session, customer_id)
    lots.take(session, customer_id, -points, What.ADJUSTED, subject, now, note)


def redeemable(
    session: Session, company: "Company", customer_id: int, total: int, now: datetime
) -> tuple[int, int]:
    """How many points may be used for an order of `total` (fen), and what they take off it, in fen.

    Whole yuan only; (0, 0) below the least that is taken.
    """
    rules = company.members
    most = total * rules.redeem_percent // 100 // FEN_PER_YUAN
    yuan = min(most, max(0, balance(session, customer_id, now).usable) // rules.points_per_yuan)
    points = yuan * rules.points_per_yuan
    return (points, yuan * FEN_PER_YUAN) if points and points >= rules.redeem_from else (0, 0)


def expire(session: Session, now: datetime, limit: int = 100) -> int:
    """Write off what has expired, from at most `limit` lots; from how many. Safe to repeat and to race."""
    query = (
        select(PointLot.id, PointLot.customer_id)
        .where(text("point_lot.state = 'open'"), col(PointLot.expires_at) <= now)
        .order_by(col(PointLot.expires_at))
        .limit(limit)
    )
    found = session.exec(query).all()
    lots.lock(session, *(customer_id for _, customer_id in found))
    for lot_id, _ in found:
        of = lots.with_left(session, lots.latest(session, lot_id or 0))
        if of.points > 0:
            lots.book(session, of, -of.points, What.EXPIRED, of.lot.subject, now)
    return len(found)


def days_before(now: datetime, days: int) -> datetime:
    """So many days before a moment."""
    return now - timedelta(days=days)


def history(
    session: Session, customer_id: int, limit: int, before: int | None = None
) -> list[tuple[PointEntry, PointLot]]:
    """A customer's entries with their lots, the newest first: at most `limit`, before an entry's number.

    Those by which one lot paid for another are left out, and that points moved into a lot which is good for
    longer is one entry, of the new lot.
    """
    longer = or_(col(PointEntry.what) != What.EXTENDED, col(PointEntry.points) > 0)
    shown = and_(col(PointEntry.what) != What.OFFSET, longer)
    query = (
        select(PointEntry, PointLot)
        .join(PointLot, col(PointLot.id) == col(PointEntry.lot_id))
        .where(PointEntry.customer_id == customer_id, shown)
    )
    if before is not None:
        query = query.where(col(PointEntry.id) < before)
    return list(session.exec(query.order_by(col(PointEntry.id).desc()).limit(limit)))
