"""What happened to a complaint, line by line: everything for staff, and only what was said to them for
customers."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from core.complaints.tables import Complaint, Step

NOTE = "note"
"""What staff write down for each other. Such a line is never for the customer, whatever else it holds."""


def add(
    session: Session,
    complaint: Complaint,
    what: str,
    *,
    actor: str,
    now: datetime,
    staff_id: int | None = None,
    words: str = "",
    detail: Mapping[str, object] | None = None,
    for_customer: bool = False,
) -> Step:
    """Write down what happened. `actor` is customer, worker, staff or bot; `staff_id` who, if staff."""
    step = Step(
        complaint_id=complaint.id or 0,
        what=what,
        at=now,
        actor=actor,
        staff_id=staff_id,
        words=words,
        detail=dict(detail or {}),
        for_customer=for_customer and what != NOTE,
    )
    session.add(step)
    session.flush()
    return step


def of(session: Session, complaint: Complaint) -> list[Step]:
    """Everything that happened, the oldest first; for staff."""
    every = select(Step).where(Step.complaint_id == complaint.id)
    return list(session.exec(every.order_by(col(Step.id))))


def for_customer(session: Session, complaint: Complaint) -> list[Step]:
    """What the customer said and was told, the oldest first."""
    return [step for step in of(session, complaint) if step.for_customer and step.what != NOTE]
