"""A visit that does it again, free of charge: until when, in which windows, and placed once."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from core import compensations, customers, visits
from core.complaints import finding, history
from core.complaints.remedies import RemedyGone
from core.complaints.tables import Complaint, Remedy, RemedyKind, RemedyStatus
from core.customers import Customer
from core.matching import Need
from core.visits import Visit

if TYPE_CHECKING:
    from core.company import Company


def until(company: "Company", now: datetime) -> datetime:
    """Until when what was left out is done again, if the customer chooses so now."""
    return now + timedelta(hours=company.complaints.redo_hours)


def need(session: Session, company: "Company", complaint: Complaint) -> Need:
    """What windows are looked for in which the visit can be done again."""
    again = wanted(session, company, complaint)
    customer, service, address = again["customer"], again["service"], again["address"]
    quantity, add_ons = again["quantity"], again["add_ons"]
    return visits.need(session, company, customer, service, quantity, add_ons, address.area_code)


def place(
    session: Session,
    company: "Company",
    complaint: Complaint,
    remedy: Remedy,
    starts_at: datetime,
    now: datetime,
) -> Visit:
    """Place the visit that does it again, at that window and free of charge; once for each remedy.

    Raises RemedyGone, WindowTaken and what else `visits.place` raises, then nothing has changed.
    """
    finding.latest(session, complaint)
    session.refresh(remedy, with_for_update=True)
    if remedy.visit_id is not None:
        return session.get_one(Visit, remedy.visit_id)
    if remedy.kind is not RemedyKind.REDO or remedy.status is not RemedyStatus.CHOSEN:
        raise RemedyGone(status=remedy.status.value)
    again = wanted(session, company, complaint)
    made = visits.place(session, company, **again, starts_at=starts_at, now=now)
    remedy.visit_id = made.id
    session.add(remedy)
    session.flush()
    if made.total:
        customer_id, amount = complaint.customer_id, made.total
        compensations.grant_chosen(
            session, customer_id, remedy.id or 0, "discount", amount, visit_id=made.id, now=now
        )
    detail = {"visit": made.reference, "starts_at": starts_at.isoformat()}
    history.add(session, complaint, "redone", actor="customer", detail=detail, for_customer=True, now=now)
    return made


def wanted(
    session: Session, company: "Company", complaint: Complaint
) -> dict[str, Any]:  # Any: the arguments of `visits.place`
    """The visit that the complaint is about, as it is to be done again."""
    visit = session.get_one(Visit, complaint.visit_id)
    return {
        "customer": session.get_one(Customer, complaint.customer_id),
        "service": company.service(visit.service_code),
        "quantity": visit.quantity,
        "add_ons": visit.add_ons,
        "address": customers.address(session, complaint.customer_id, visit.address_id),
        "note": visit.note,
    }
