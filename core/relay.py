"""Customer and worker write to each other through us, without numbers: while which visit, and with whom."""

from datetime import datetime, timedelta

from sqlmodel import Session

from core import policies
from core.errors import DomainError
from core.visits import LIVE, Status, Visit, crew, of_worker, recent, upcoming
from core.workers import Worker

LOOKED_AT = 5
"""So many visits that are over are looked at: the others are too long ago."""


class RelayClosed(DomainError):
    """Nobody has this visit yet, it fell through, or it has been over for too long."""

    key = "relay-closed"


def is_open(session: Session, visit: Visit, now: datetime) -> bool:
    """Whether the two may write: from the yes to the visit until some hours after its end."""
    if visit.status is Status.FINISHED:
        rules = policies.as_of(session, visit.policy_version)
        return now <= (visit.closed_at or visit.ends_at) + timedelta(hours=rules.relay_hours_after)
    return visit.status in LIVE - {Status.REQUESTED}


def partner(session: Session, visit: Visit, now: datetime) -> Worker:
    """The worker whom the customer talks to: the one who leads. Raises RelayClosed."""
    team = crew(session, visit) if is_open(session, visit, now) else []
    if not team:
        raise RelayClosed
    return team[0][1]


def open_for_customer(session: Session, customer_id: int, now: datetime) -> list[Visit]:
    """The visits about which the customer may write to a worker, the next one first."""
    found = [*upcoming(session, customer_id, now), *recent(session, customer_id, LOOKED_AT)]
    return [visit for visit in found if is_open(session, visit, now) and crew(session, visit)]


def open_for_worker(session: Session, worker_id: int, now: datetime, days: int) -> list[Visit]:
    """The visits of the days around now about which the worker, who leads, may write to the customer."""
    found = of_worker(session, worker_id, now - timedelta(days=days), now + timedelta(days=days))
    return [visit for visit in found if is_open(session, visit, now) and leads(session, visit, worker_id)]


def leads(session: Session, visit: Visit, worker_id: int) -> bool:
    """Whether the worker is the one of the visit's crew who talks to its customer."""
    return [worker.id for _, worker in crew(session, visit)][:1] == [worker_id]
