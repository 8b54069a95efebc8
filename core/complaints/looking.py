"""What the ladder looks up: what was missed, how much somebody has, which complaint a customer means."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, text
from sqlmodel import Session, col, select

from core.complaints import clocks, owners
from core.complaints.tables import UNSETTLED, Complaint, Rung, Status, Step

MOST = 20
"""So many are looked through for one that somebody may take."""


def missed(session: Session, now: datetime, limit: int = 100) -> list[Complaint]:
    """What is unsettled though something was not done in time, the most urgent first."""
    unsettled = text("status IN ('open', 'waiting')")
    query = select(Complaint).where(unsettled).order_by(col(Complaint.next_at), col(Complaint.id))
    return [one for one in session.exec(query.limit(limit)) if clocks.was_missed(one, now)]


def asked_of(session: Session, staff_id: int) -> Complaint | None:
    """What a member of staff is asked to take, the most urgent; else what nobody at the top has taken."""
    waiting = (text("status IN ('open', 'waiting')"), col(Complaint.acknowledge_by).is_not(None))
    for whose in (Complaint.owner_id == staff_id, Complaint.rung == Rung.OWNER):
        query = select(Complaint).where(*waiting, whose).order_by(col(Complaint.acknowledge_by))
        for one in session.exec(query.limit(MOST)):
            if staff_id not in owners.witnesses(session, one.visit_id):
                return one
    return None


class Untaken(NamedTuple):
    """Complaints at the top that nobody said they have: how many, and since when the oldest is there."""

    complaints: int = 0
    since: datetime | None = None


def untaken(session: Session) -> Untaken:
    """What the whole staff was told to call the company's head about, and nobody did yet."""
    top = (text("status IN ('open', 'waiting')"), Complaint.rung == Rung.OWNER)
    query = select(func.count(), func.min(Complaint.asked_at)).where(
        *top, col(Complaint.acknowledged_at).is_(None)
    )
    return Untaken(*session.exec(query).one())


def count_of_owner(session: Session, staff_id: int) -> int:
    """How many unsettled complaints somebody owns."""
    unclosed = text("status <> 'closed'")
    theirs = select(func.count()).where(
        Complaint.owner_id == staff_id, unclosed, col(Complaint.status).in_(UNSETTLED)
    )
    return session.exec(theirs).one()


def latest_of_customer(session: Session, customer_id: int, number: str = "") -> Complaint | None:
    """The customer's complaint of that number, else their last one that is not closed."""
    theirs = select(Complaint).where(Complaint.customer_id == customer_id, Complaint.status != Status.CLOSED)
    if number.isascii() and number.isdecimal():
        theirs = theirs.where(Complaint.id == int(number))
    unsettled_first = case((col(Complaint.status) == Status.RESOLVED, 1), else_=0)
    return session.exec(theirs.order_by(unsettled_first, col(Complaint.id).desc()).limit(1)).first()


def last_said(session: Session, complaint: Complaint) -> str:
    """What staff last said to the customer about it."""
    said = select(Step.words).where(
        Step.complaint_id == complaint.id, Step.what == "said", col(Step.for_customer)
    )
    return session.exec(said.order_by(col(Step.id).desc()).limit(1)).first() or ""
