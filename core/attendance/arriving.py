"""Being there: the code, the proof, how late it is, and that work begins."""

import secrets
from datetime import datetime, timedelta

from sqlmodel import Session

from core import visits
from core.attendance.disputing import is_disputed, settle
from core.attendance.finding import known, of
from core.attendance.noting import note, rules_of
from core.attendance.owing import owe
from core.attendance.tables import (
    DIGITS,
    EXPECTED,
    UNDER_WAY,
    AlreadyThere,
    ArrivalCode,
    Disputed,
    Evidence,
    NoMoreCodes,
    NotThereYet,
    Proof,
    TooEarly,
    WrongCode,
)
from core.visits import Status, Visit
from core.visits.life import latest


def code(session: Session, visit: Visit) -> str:
    """The digits that the customer of a visit tells the worker when they meet; the same every time."""
    found = session.get(ArrivalCode, visit.id)
    if found is None:
        digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        found = ArrivalCode(visit_id=visit.id or 0, digits=digits)
        session.add(found)
        session.flush()
    return found.digits


def check_code(session: Session, visit: Visit, worker_id: int, digits: str) -> None:
    """Whether these are the digits of the visit. Raises WrongCode and NoMoreCodes; a wrong try counts."""
    mine = of(session, visit, worker_id)
    most = rules_of(session, visit).arrival_tries
    if mine.tries >= most:
        raise NoMoreCodes
    if not secrets.compare_digest(code(session, visit).encode(), digits.encode()):
        mine.tries += 1
        session.add(mine)
        session.flush()
        raise NoMoreCodes if mine.tries >= most else WrongCode(left=most - mine.tries)


def check_arrival(session: Session, visit: Visit, worker_id: int, now: datetime) -> None:
    """Whether the worker may arrive now. Raises TooEarly, AlreadyThere, MoveNotAllowed.

    Somebody of whom the customer says that they are not there may prove it again.
    """
    visits.attended_by(session, worker_id, visit.reference)
    if visit.status not in EXPECTED | UNDER_WAY:
        raise visits.MoveNotAllowed(status=visit.status.value, wanted=Status.ARRIVED.value)
    mine = known(session, visit).get(worker_id)
    if mine and mine.arrived_at and not mine.is_disputed:
        raise AlreadyThere(at=mine.arrived_at)
    since = visit.starts_at - timedelta(minutes=rules_of(session, visit).arrive_early_minutes)
    if now < since:
        raise TooEarly(since=since)


def arrive(session: Session, visit: Visit, worker_id: int, shown: Evidence, now: datetime) -> bool:
    """The worker is there. True for the first of the crew, or when a dispute is settled by the code.

    Somebody who is late is remembered to be, and the customer of a late visit is owed what the rules say.
    Raises as `check_arrival`.
    """
    latest(session, visit)
    check_arrival(session, visit, worker_id, now)
    mine = of(session, visit, worker_id)
    again = mine.arrived_at is not None
    mine.proof, mine.distance_m, mine.media_id = shown.proof, shown.distance_m, shown.media_id
    mine.arrived_at = mine.arrived_at or now
    late = max(0, int((mine.arrived_at - visit.starts_at).total_seconds()) // 60)
    mine.late_minutes = late
    first = visit.status in EXPECTED
    detail = {"worker": worker_id, "proof": shown.proof.value, "late": late}
    reason = _proved(worker_id, shown, late)
    session.add(mine)
    if first:
        visits.advance(session, visit, Status.ARRIVED, actor="worker", now=now, detail=detail, reason=reason)
        owe(session, visit, late, now)
    else:
        what = "proved-again" if again else "checked-in"
        note(session, visit, what, "worker", now, detail, reason)
    session.flush()
    settled = again and shown.proof is Proof.CODE
    if settled:
        settle(session, visit, actor="worker", reason="the customer told the code", now=now)
    return first or settled


def start_work(session: Session, visit: Visit, worker_id: int, now: datetime) -> None:
    """Work begins. Raises NotThereYet, Disputed, MoveNotAllowed."""
    latest(session, visit)
    visits.attended_by(session, worker_id, visit.reference)
    mine = known(session, visit).get(worker_id)
    if visit.status in EXPECTED or (visit.status in UNDER_WAY and not (mine and mine.arrived_at)):
        raise NotThereYet
    if is_disputed(session, visit):
        raise Disputed
    detail = {"worker": worker_id}
    visits.advance(session, visit, Status.WORKING, actor="worker", now=now, detail=detail)


def _proved(worker_id: int, shown: Evidence, late: int) -> str:
    how = f"{shown.distance_m} m from the home" if shown.distance_m is not None else shown.proof.value
    return f"worker {worker_id} by {how}; {late} minutes late"
