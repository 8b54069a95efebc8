"""Delicate changes that customers make themselves: done at once, looked at by staff, who can undo them."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from core import audit, customers
from core.audit import AuditEntry, Deed, What
from core.customers import Customer
from core.errors import DomainError

PHONE = "phone-changed"
"""Why a change of a number is written down that nobody has looked at..."""
ACCEPTED, UNDONE = "phone-accepted", "phone-undone"
"""... and what became of it."""


class Decided(DomainError):
    """Somebody on the staff has decided about this change before, or the number was changed again since."""

    key = "review-decided"


def change_phone(
    session: Session, customer: Customer, phone: str, *, proven: bool, now: datetime
) -> AuditEntry | None:
    """The customer gives another number (E.164). What staff should look at, if anything.

    A first number needs no look, nor one that its platform vouches for (`proven`).
    """
    was, verified = customer.phone, customer.phone_verified_at
    customers.set_phone(session, customer, phone, verified_at=now if proven else None)
    if was is None or was == phone:
        return None
    kept = was if verified is None else f"{was} {verified.isoformat()}"
    entry = audit.note(
        session,
        Deed.CHANGED,
        What.PHONE,
        customer.id or 0,
        actor="customer",
        why=ACCEPTED if proven else PHONE,
        was=kept,
        became=phone,
        now=now,
    )
    session.flush()
    return None if proven else entry


def accept(session: Session, entry_id: int) -> AuditEntry:
    """It is all right. Raises Decided."""
    return _decide(session, entry_id, ACCEPTED)


def undo(session: Session, entry_id: int, *, by: int, now: datetime) -> AuditEntry:
    """Give the customer their former number back, with its proof. Raises Decided."""
    entry = _decide(session, entry_id, UNDONE)
    customer = session.get_one(Customer, entry.customer_id, with_for_update=True, populate_existing=True)
    if customer.phone != entry.became or not entry.was:
        raise Decided
    phone, _, verified = entry.was.partition(" ")
    customers.set_phone(session, customer, phone)
    customer.phone_verified_at = datetime.fromisoformat(verified) if verified else None
    audit.note(
        session,
        Deed.CHANGED,
        What.PHONE,
        entry.customer_id,
        actor="staff",
        actor_id=by,
        why=UNDONE,
        was=entry.became,
        became=phone,
        now=now,
    )
    session.flush()
    return entry


def _decide(session: Session, entry_id: int, what: str) -> AuditEntry:
    # The condition stands in the statement itself, so that of two people at once one decides.
    waits = (col(AuditEntry.id) == entry_id, col(AuditEntry.why) == PHONE)
    if session.exec(update(AuditEntry).where(*waits).values(why=what)).rowcount == 0:
        raise Decided
    return session.get_one(AuditEntry, entry_id, populate_existing=True)
