"""Points that will expire: whoever has many of them is told a month and a week before."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, col, select

from core import reminders
from core.members import lots
from core.members.tables import PointLot

if TYPE_CHECKING:
    from core.company import Company

KIND = "points-expiring"


class Together(NamedTuple):
    """Points that expire at the same moment, and how many of them were given a longer time already."""

    points: int
    last: int


def watch(session: Session, company: "Company", lot: PointLot, *, last: bool = False) -> None:
    """Look at what expires with this lot so many days before, for the first or the last time."""
    rules = company.members
    days = rules.warn_last_days if last else rules.warn_days
    day = (lot.expires_at - timedelta(days=days)).astimezone(company.zone)
    due = day.replace(hour=rules.warn_hour, minute=0, second=0, microsecond=0)
    key = f"{KIND}:{lot.customer_id}:{lot.expires_at:%Y%m%d}:{days}"
    reminders.schedule(session, KIND, str(lot.id), due, dedupe_key=key, payload={"last": last})


def together(session: Session, lot: PointLot) -> Together:
    """What of its owner's points expires at the moment at which this lot does."""
    theirs = [one for one in lots.left(session, lot.customer_id) if one.lot.expires_at == lot.expires_at]
    last = sum(one.points for one in theirs if one.points > 0 and lots.is_moved(one.lot))
    return Together(sum(one.points for one in theirs if one.points > 0), last)


def prolong(session: Session, company: "Company", customer_id: int, now: datetime) -> list[PointLot]:
    """A visit was paid: the points that expire soon are good for some months more, each of them once.

    The lots they lie in now. Safe to repeat: what was moved before is moved no more.
    """
    rules = company.members
    lots.lock(session, customer_id)
    ends = now + timedelta(days=rules.warn_days)
    made = []
    for one in lots.left(session, customer_id) if rules.extend_months else ():
        if one.points > 0 and now < one.lot.expires_at <= ends and not lots.is_moved(one.lot):
            last = one.lot.expires_at - timedelta(microseconds=1)
            until = lots.month_end(company, last, rules.extend_months)
            made.append(lots.move(session, one, one.points, until, now))
    for lot in made:
        watch(session, company, lot)
    return made


def is_spokesman(session: Session, lot: PointLot) -> bool:
    """Whether it is by this lot that its owner is told: the first of all that expire then.

    Two customers who became one have a reminder each.
    """
    first = select(PointLot.id).where(
        PointLot.customer_id == lot.customer_id, PointLot.expires_at == lot.expires_at
    )
    return session.exec(first.order_by(col(PointLot.id)).limit(1)).first() == lot.id


def is_told_of(session: Session, company: "Company", lot: PointLot, now: datetime) -> str | None:
    """Why nobody is told of the points that expire with this lot; None where its owner is to hear of it."""
    if lot.expires_at <= now:
        return "they have expired"
    if not is_spokesman(session, lot):
        return "it is told with others"
    if together(session, lot).points < company.members.warn_from:
        return "there are few"
    return None
