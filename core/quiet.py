"""When people are left in peace."""

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from sqlmodel import Session, select

from core.visits import LIVE, MOVABLE, Visit

if TYPE_CHECKING:
    from core.company import Company

DAY = timedelta(days=1)


def until(company: "Company", now: datetime) -> datetime | None:
    """When a worker may be told something again that can wait; None where that is now."""
    rules, local = company.policies, now.astimezone(company.zone)
    begins, ends = rules.worker_quiet_from, rules.worker_quiet_until
    morning = local.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
    if local.time() < ends:
        return morning
    return morning + timedelta(days=1) if local.time() >= begins else None


def told_at(company: "Company", at: datetime, zone: tzinfo | None = None) -> datetime:
    """The first moment from `at` (aware) on when customers may be told of a visit that is not under way.

    By the clock of `zone`, by default the company's.
    """
    rules, local = company.policies, at.astimezone(zone or company.zone)
    begins, ends = rules.told_from, rules.told_until
    if begins <= local.time() < ends:
        return at
    morning = local.replace(hour=begins.hour, minute=begins.minute, second=0, microsecond=0)
    return morning if local.time() < begins else morning + timedelta(days=1)


def is_anybody_there(session: Session, customer_id: int, now: datetime) -> bool:
    """Whether a visit of this customer is under way."""
    theirs = select(Visit.status).where(Visit.customer_id == customer_id)
    near = (Visit.starts_at > now - DAY, Visit.starts_at < now + DAY)
    return any(status in LIVE - MOVABLE for status in session.exec(theirs.where(*near)))


def is_under_way(visit: Visit) -> bool:
    """Whether the visit's workers are at it just now, so that nothing about it waits."""
    return visit.status in LIVE - MOVABLE
