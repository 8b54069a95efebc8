"""What the company owes a customer for a fault of its own: kept until it is settled."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import CheckConstraint, Insert, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col, select

from core import database  # noqa: F401 - names the constraints of every table

if TYPE_CHECKING:
    from core.visits.tables import Visit

Kind = Literal["points", "coupon", "discount", "refund"]


class Compensation(SQLModel, table=True):
    """One thing that is owed for one visit, and why. Never changed but for being settled."""

    __table_args__ = (
        UniqueConstraint("visit_id", "kind", "reason"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("kind IN ('points', 'coupon', 'discount', 'refund')", name="kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    visit_id: int = Field(foreign_key="visit.id")
    kind: str
    amount: int
    """Points, or fen."""
    reason: str
    """Which fault, as a code: `called-off`, `dropped-out`, `missed`, `late`, `kept`."""
    granted_at: datetime
    settled_at: datetime | None = None
    """Since when it is owed no more: credited, paid out, or taken off what was due."""


_TABLE = SQLModel.metadata.tables["compensation"]
_ONCE = ["visit_id", "kind", "reason"]
_GRANT: Mapping[str, Insert] = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(_ONCE),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(index_elements=_ONCE),
}


def grant(
    session: Session,
    customer_id: int,
    visit_id: int,
    kind: Kind,
    amount: int,
    *,
    reason: str,
    now: datetime,
) -> Compensation:
    """Owe the customer so many points or fen (above 0) for a visit, once for each kind and reason.

    The same again, also at the same moment from elsewhere, changes nothing; what is owed is returned.
    """
    connection = session.connection()
    values: dict[str, object] = {"customer_id": customer_id, "visit_id": visit_id, "kind": kind}
    values |= {"amount": amount, "reason": reason, "granted_at": now}
    connection.execute(_GRANT[connection.dialect.name], values)
    owed = (Compensation.visit_id == visit_id, Compensation.kind == kind, Compensation.reason == reason)
    return session.exec(select(Compensation).where(*owed)).one()


def make_good(session: Session, visit: "Visit", coupon: int, *, reason: str, now: datetime) -> None:
    """A visit falls through by a fault of ours: what it cost so far goes back, and a coupon (fen) is owed."""
    to = visit.customer_id, visit.id or 0
    if visit.fee:
        grant(session, *to, "refund", visit.fee, reason=reason, now=now)
    if coupon:
        grant(session, *to, "coupon", coupon, reason=reason, now=now)


def of_visit(session: Session, visit_id: int) -> list[Compensation]:
    """Everything that is or was owed for a visit, in the order it was granted."""
    theirs = select(Compensation).where(Compensation.visit_id == visit_id)
    return list(session.exec(theirs.order_by(col(Compensation.id))))


def due(session: Session, visit: "Visit") -> int:
    """What the visit costs after its discounts, in fen; never below 0."""
    discounts = [one.amount for one in of_visit(session, visit.id or 0) if one.kind == "discount"]
    return max(0, visit.total - sum(discounts))
