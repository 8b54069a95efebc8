"""Points that will expire: whoever has many of them is told a month and a week before."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import reminders
from core.members import lots
from core.members.tables import PointLot

if TYPE_CHECKING:
    from core.company import Company

KIND = "points-expiring"


def watch(session: Session, company: "Company", lot: PointLot, *, last: bool = False) -> None:
    """Look at what expires with this lot so many days before, for the first or the last time."""
    rules = company.members
    days = rules.warn_last_days if last else rules.warn_days
    day = (lot.expires_at - timedelta(days=days)).astimezone(company.zone)
    due = day.replace(hour=rules.warn_hour, minute=0, second=0, microsecond=0)
    key = f"{KIND}:{lot.customer_id}:{lot.expires_at:%Y%m%d}:{days}"
    reminders.schedule(session, KIND, str(lot.id), due, dedupe_key=key, payload={"last": last})


def together(session: Session, lot: PointLot) -> int:
    """How many points of its owner expire at the moment at which this lot does."""
    theirs = lots.left(session, lot.customer_id)
    return sum(one.points for one in theirs if one.lot.expires_at == lot.expires_at and one.points > 0)


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
    if together(session, lot) < company.members.warn_from:
        return "there are few"
    return None
