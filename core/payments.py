"""What is due for a finished visit, and how it was paid."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, Session, SQLModel, col, select

from core import compensations, timeline
from core.database import stored
from core.errors import DomainError
from core.paying import Way as Way
from core.visits.life import latest
from core.visits.tables import Visit

_UNPAID = text("paid_at IS NULL")


class Payment(SQLModel, table=True):
    """What a visit came to. Made when it is finished, paid when somebody says how."""

    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("paid_at IS NULL OR (way IS NOT NULL AND way <> 'later')", name="paid_somehow"),
        CheckConstraint("paid_at IS NOT NULL OR way IS NULL OR way = 'later'", name="unpaid"),
        Index("ix_payment_unpaid", "due_at", sqlite_where=_UNPAID, postgresql_where=_UNPAID),
    )

    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    amount: int
    """In fen."""
    way: Way | None = Field(default=None, sa_type=cast(Any, stored(Way)))  # Any: as SQLModel says
    due_at: datetime
    paid_at: datetime | None = None
    worker_id: int | None = Field(default=None, foreign_key="worker.id")
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id")
    """Who said so last."""


class AlreadyPaid(DomainError):
    """The visit is paid; only staff may correct how."""

    key = "payment-paid"


class NothingDue(DomainError):
    """The visit is not finished, so nothing is due yet."""

    key = "payment-not-due"


def due(session: Session, visit: Visit) -> int:
    """What a visit comes to, in fen: its total with extras, less its discounts, and what moving it cost."""
    return compensations.due(session, visit) + visit.fee


def ask(session: Session, visit: Visit, now: datetime) -> Payment:
    """The visit is finished, its amount is due. The visit must be locked."""
    made = Payment(visit_id=visit.id or 0, amount=due(session, visit), due_at=now)
    session.add(made)
    session.flush()
    return made


def of(session: Session, visit: Visit) -> Payment:
    """What a visit came to, and whether it is paid. Raises NothingDue."""
    found = session.get(Payment, visit.id)
    if found is None:
        raise NothingDue
    return found


def settle(
    session: Session,
    visit: Visit,
    way: Way,
    *,
    worker_id: int | None = None,
    staff_id: int | None = None,
    now: datetime,
) -> bool:
    """A worker or a member of staff says how a visit was paid; False when that is known already.

    Raises NothingDue, and AlreadyPaid for a worker who wants to say something else.
    """
    latest(session, visit)
    found = session.get(Payment, visit.id, populate_existing=True)
    if found is None:
        raise NothingDue
    if found.way is way:
        return False
    if found.paid_at is not None and staff_id is None:
        raise AlreadyPaid
    found.way = way
    found.paid_at = None if way is Way.LATER else now
    found.worker_id, found.staff_id = worker_id, staff_id
    session.add(found)
    session.flush()
    what = "not-paid-yet" if way is Way.LATER else "paid"
    actor = "worker" if staff_id is None else "staff"
    detail = {"way": way.value, "amount": found.amount}
    timeline.add(session, visit.id or 0, what, actor=actor, now=now, detail=detail)
    return True


def unpaid(session: Session, limit: int) -> list[tuple[Visit, Payment]]:
    """The finished visits for which money is due and not paid, the oldest first."""
    query = (
        select(Visit, Payment)
        .join(Payment, col(Payment.visit_id) == col(Visit.id))
        .where(_UNPAID, Payment.amount > 0)
        .order_by(col(Payment.due_at))
        .limit(limit)
    )
    return list(session.exec(query))
