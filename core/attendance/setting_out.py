"""Setting out, and when they say they will be there."""

from datetime import datetime, timedelta

from sqlmodel import Session

from core import visits
from core.attendance.finding import known, of
from core.attendance.noting import note, rules_of
from core.attendance.tables import EXPECTED, UNDER_WAY, AlreadyOnTheWay, AlreadyThere, TooSoonToSetOut
from core.visits import Status, Visit
from core.visits.life import latest


def check_set_out(session: Session, visit: Visit, worker_id: int, now: datetime) -> None:
    """Whether the worker may set out now. Raises TooSoonToSetOut, AlreadyOnTheWay, MoveNotAllowed."""
    visits.attended_by(session, worker_id, visit.reference)
    if visit.status not in EXPECTED | UNDER_WAY:
        raise visits.MoveNotAllowed(status=visit.status.value, wanted=Status.ON_THE_WAY.value)
    mine = known(session, visit).get(worker_id)
    if mine and mine.arrived_at:
        raise AlreadyThere(at=mine.arrived_at)
    if mine and mine.set_out_at:
        raise AlreadyOnTheWay(eta=mine.eta_at)
    since = visit.starts_at - timedelta(hours=rules_of(session, visit).set_out_hours)
    if now < since:
        raise TooSoonToSetOut(since=since)


def set_out(session: Session, visit: Visit, worker_id: int, eta: datetime, now: datetime) -> bool:
    """The worker sets out and will be there at `eta`. True for the first of the crew.

    Raises as `check_set_out`.
    """
    latest(session, visit)
    check_set_out(session, visit, worker_id, now)
    mine = of(session, visit, worker_id)
    mine.set_out_at, mine.eta_at = now, eta
    detail = {"worker": worker_id, "eta": eta.isoformat()}
    reason = f"worker {worker_id} says they set out and will be there at {eta.isoformat()}"
    first = visit.status is Status.CONFIRMED
    if first:
        mine.told_eta_at = eta
        visits.advance(
            session, visit, Status.ON_THE_WAY, actor="worker", now=now, detail=detail, reason=reason
        )
    else:
        note(session, visit, "set-out", "worker", now, detail, reason)
    session.add(mine)
    session.flush()
    return first


def expect(session: Session, visit: Visit, worker_id: int, eta: datetime, now: datetime) -> bool:
    """The worker will be there at another time than they said, or than was agreed.

    True if the customer is to be told: once for each worker, and only of ten minutes and more (a policy).
    Raises MoveNotAllowed and AlreadyThere.
    """
    latest(session, visit)
    visits.attended_by(session, worker_id, visit.reference)
    if visit.status not in EXPECTED | UNDER_WAY:
        raise visits.MoveNotAllowed(status=visit.status.value, wanted=Status.ARRIVED.value)
    mine = of(session, visit, worker_id)
    if mine.arrived_at:
        raise AlreadyThere(at=mine.arrived_at)
    mine.eta_at = eta
    promised = mine.told_eta_at or visit.starts_at
    slips = eta - promised >= timedelta(minutes=rules_of(session, visit).eta_slip_minutes)
    tell = slips and mine.corrected_at is None and visit.status in EXPECTED
    if tell:
        mine.corrected_at, mine.told_eta_at = now, eta
    reason = f"worker {worker_id} now says {eta.isoformat()}; promised was {promised.isoformat()}"
    detail = {"worker": worker_id, "eta": eta.isoformat()}
    note(session, visit, "eta", "worker", now, detail, reason, for_customer=tell)
    session.add(mine)
    session.flush()
    return tell
