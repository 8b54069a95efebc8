"""Complaints by number, by customer and by urgency; and who on the staff may see one."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from core.complaints import owners
from core.complaints.clocks import Deadline, Promise
from core.complaints.tables import UNSETTLED, Complaint, Status, UnknownComplaint
from core.identities import Identity
from core.matching import Assignment
from core.staff import StaffMember
from core.workers import Worker

LOOKED_AT = 200
"""So many of the complaints that are next to be looked at are put in order."""


def find(session: Session, number: int) -> Complaint:
    """The complaint of that number. Raises UnknownComplaint."""
    found = session.get(Complaint, number)
    if found is None:
        raise UnknownComplaint
    return found


def latest(session: Session, complaint: Complaint) -> Complaint:
    """The same complaint as it is now, kept from changing until the transaction ends."""
    session.refresh(complaint, with_for_update=True)
    return complaint


def of_customer(session: Session, customer_id: int, number: int) -> Complaint:
    """The customer's own complaint of that number. Raises UnknownComplaint, for other people's too."""
    found = find(session, number)
    if found.customer_id != customer_id:
        raise UnknownComplaint
    return found


def last_of_customer(session: Session, customer_id: int) -> Complaint | None:
    """The complaint that the customer made last, whatever became of it."""
    theirs = select(Complaint).where(Complaint.customer_id == customer_id)
    return session.exec(theirs.order_by(col(Complaint.id).desc()).limit(1)).first()


def for_staff(session: Session, number: int, staff_id: int) -> Complaint:
    """The complaint of that number. Raises UnknownComplaint, and NotYours where they are a witness."""
    found = find(session, number)
    owners.refuse_witness(session, found, staff_id)
    return found


def visible(session: Session, found: Iterable[Complaint], staff_id: int) -> list[Complaint]:
    """Those of these complaints that are not about a visit at which this member of staff worked."""
    every = list(found)
    accounts = select(Identity.worker_id).where(Identity.staff_id == staff_id)
    called = select(Worker.id).where(Worker.name == session.get_one(StaffMember, staff_id).name)
    as_worker = {id for id in (*session.exec(accounts), *session.exec(called)) if id is not None}
    if not as_worker:
        return every
    about = {one.visit_id for one in every if one.visit_id is not None}
    at = select(Assignment.visit_id).where(
        col(Assignment.visit_id).in_(about), col(Assignment.worker_id).in_(as_worker)
    )
    attended = set(session.exec(at))
    return [one for one in every if one.visit_id not in attended]


def queue(session: Session, limit: int, owner_id: int | None = None) -> list[Complaint]:
    """What somebody has to see to (of that owner, if given), by the deadline that is next."""
    # Literals, so that the partial indexes serve them.
    unsettled = select(Complaint).where(text("status IN ('open', 'waiting')"))
    if owner_id is not None:
        unsettled = select(Complaint).where(
            Complaint.owner_id == owner_id, text("status <> 'closed'"), col(Complaint.status).in_(UNSETTLED)
        )
    found = session.exec(unsettled.order_by(col(Complaint.next_at), col(Complaint.id)).limit(LOOKED_AT))
    return sorted(found, key=_urgency)[:limit]


def deadline(complaint: Complaint) -> Promise | None:
    """What was promised first of what has not been done yet, also when that is over.

    None while nothing is promised: it waits for the customer, or somebody thinks it is done.
    """
    if complaint.status not in UNSETTLED:
        return None
    promised = [
        Promise(Deadline.HUMAN, complaint.human_by) if complaint.human_at is None else None,
        Promise(Deadline.PLAN, complaint.plan_by) if complaint.plan_at is None else None,
        Promise(Deadline.RESOLVED, complaint.resolve_by) if complaint.status is Status.OPEN else None,
    ]
    return min((one for one in promised if one is not None), key=lambda one: one.by, default=None)


def _urgency(complaint: Complaint) -> tuple[bool, datetime, str, int]:
    next_one = deadline(complaint)
    by = next_one.by if next_one else complaint.resolve_by
    return (next_one is None, by, complaint.severity.value, complaint.id or 0)
