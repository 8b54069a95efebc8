"""The worker says that they are there, and the customer that nobody is."""

from datetime import datetime

from sqlmodel import Session

from core import visits
from core.attendance.finding import known
from core.attendance.noting import note
from core.attendance.tables import UNDER_WAY
from core.visits import Visit
from core.visits.life import latest


def is_disputed(session: Session, visit: Visit) -> bool:
    """Whether the customer says that nobody is there, and nobody has settled that."""
    return any(one.is_disputed for one in known(session, visit).values())


def dispute(session: Session, visit: Visit, now: datetime) -> bool:
    """The customer says that nobody is there. False if they said so before and nothing came of it yet.

    Raises MoveNotAllowed where nobody is said to be there.
    """
    latest(session, visit)
    if visit.status not in UNDER_WAY:
        raise visits.MoveNotAllowed(status=visit.status.value, wanted="disputed")
    there = [one for one in known(session, visit).values() if one.arrived_at]
    new = [one for one in there if not one.is_disputed]
    for one in new:
        one.disputed_at, one.settled_at = now, None
        session.add(one)
    what = "disputed" if new or not there else "still-disputed"
    told = ", ".join(f"worker {one.worker_id} by {one.proof}" for one in there if one.proof)
    note(session, visit, what, "customer", now, {}, f"arrived according to {told or 'nobody'}")
    session.flush()
    return bool(new)


def settle(session: Session, visit: Visit, *, actor: str, reason: str, now: datetime) -> bool:
    """Customer and worker have met. False if nobody ever said otherwise."""
    disputed = [one for one in known(session, visit).values() if one.is_disputed]
    for one in disputed:
        one.settled_at = now
        session.add(one)
    if disputed:
        note(session, visit, "met", actor, now, {}, reason)
        session.flush()
    return bool(disputed)
