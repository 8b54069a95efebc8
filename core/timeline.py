"""What happened to a visit, told once; customer, worker and staff each read the lines meant for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from core.identities import Role


class Entry(SQLModel, table=True):
    """One thing that happened to a visit. Never changed, never removed."""

    __table_args__ = (CheckConstraint("actor IN ('customer', 'worker', 'staff', 'bot')", name="actor"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    what: str
    """What happened, as part of a sentence's key: `placed`, `confirmed`, `moved`."""
    at: datetime
    actor: str
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # Any: JSON as `what` defines it
    for_customer: bool = True
    for_worker: bool = True
    reason: str | None = None
    """Why an automatic decision was made, in words that only staff read."""


def add(
    session: Session,
    visit_id: int,
    what: str,
    *,
    actor: str,
    now: datetime,
    detail: Mapping[str, object] | None = None,
    for_customer: bool = True,
    for_worker: bool = True,
    reason: str | None = None,
) -> Entry:
    """Write down what happened to a visit. `actor` is customer, worker, staff or bot.

    The line gets its number with the next flush, together with whatever else is new then.
    """
    entry = Entry(
        visit_id=visit_id,
        what=what,
        at=now,
        actor=actor,
        detail=dict(detail or {}),
        for_customer=for_customer,
        for_worker=for_worker,
        reason=reason,
    )
    session.add(entry)
    return entry


def of(session: Session, visit_id: int, *, viewer: Role) -> list[Entry]:
    """The visit's story as `viewer` may read it, oldest first.

    Customers and workers get copies without the reasons, which are for staff.
    """
    query = select(Entry).where(Entry.visit_id == visit_id).order_by(col(Entry.id))
    if viewer == Role.STAFF:
        return list(session.exec(query))
    meant = Entry.for_customer if viewer == Role.CUSTOMER else Entry.for_worker
    return [_without_reason(entry) for entry in session.exec(query.where(col(meant)))]


def _without_reason(entry: Entry) -> Entry:
    return Entry(
        id=entry.id,
        visit_id=entry.visit_id,
        what=entry.what,
        at=entry.at,
        actor=entry.actor,
        detail=entry.detail,
        for_customer=entry.for_customer,
        for_worker=entry.for_worker,
    )
