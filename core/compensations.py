"""What the company owes a customer for a fault of its own: kept until it is settled."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Field, Session, SQLModel, col, select

from core import coupons, database, reminders  # noqa: F401 - names the constraints of every table

if TYPE_CHECKING:
    from core.visits.tables import Visit

Kind = Literal["points", "coupon", "discount", "refund"]
OWED = "compensation-owed"
"""The reminder that looks, by its number, whether something promised was given."""
LOOKED_AT = timedelta(days=1)
"""It is looked at first so long after it was promised; nothing is overdue before."""
DISCOUNT = "discount"
"""Taken off what is due, so that it needs no settling."""
COUPON = "coupon"
COUPON_LASTS = timedelta(days=180)
"""Whoever was let down need not come back within a month to have what they were promised."""
COMPLAINT = "complaint"
_FAULT = text("remedy_id IS NULL")
_POINTS_OWED = text("kind = 'points' AND settled_at IS NULL")


class Compensation(SQLModel, table=True):
    """One thing that is owed for a visit or a complaint, and why. Never changed but for being settled."""

    __table_args__ = (
        Index(
            "uq_compensation_fault",
            "visit_id",
            "kind",
            "reason",
            unique=True,
            sqlite_where=_FAULT,
            postgresql_where=_FAULT,
        ),
        Index("ix_compensation_points_owed", "id", sqlite_where=_POINTS_OWED, postgresql_where=_POINTS_OWED),
        CheckConstraint("visit_id IS NOT NULL OR remedy_id IS NOT NULL", name="about"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("kind IN ('points', 'coupon', 'discount', 'refund')", name="kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    remedy_id: int | None = Field(default=None, foreign_key="remedy.id", unique=True)
    """What the customer chose to settle a complaint; it is paid once, and nothing else is paid for it."""
    kind: str
    amount: int
    """Points, or fen."""
    reason: str
    """Which fault, as a code: `called-off`, `dropped-out`, `missed`, `late`, `kept`; `complaint` for what was
    chosen."""
    granted_at: datetime
    settled_at: datetime | None = None
    """Since when it is owed no more: credited, paid out, or taken off what was due."""


_TABLE = SQLModel.metadata.tables["compensation"]
_ONCE = ["visit_id", "kind", "reason"]
_GRANT: Mapping[str, ReturningInsert[int]] = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(_ONCE, _FAULT).returning(_TABLE.c.id),
    "postgresql": postgresql.insert(_TABLE)
    .on_conflict_do_nothing(index_elements=_ONCE, index_where=_FAULT)
    .returning(_TABLE.c.id),
}
_CHOSEN: Mapping[str, ReturningInsert[int]] = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(["remedy_id"]).returning(_TABLE.c.id),
    "postgresql": postgresql.insert(_TABLE)
    .on_conflict_do_nothing(index_elements=["remedy_id"])
    .returning(_TABLE.c.id),
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
    is_new = connection.execute(_GRANT[connection.dialect.name], values).scalar() is not None
    known = (Compensation.visit_id == visit_id, Compensation.kind == kind, Compensation.reason == reason)
    owed = session.exec(select(Compensation).where(*known, _FAULT)).one()
    return _looked_at(session, owed) if is_new else owed


def grant_chosen(
    session: Session,
    customer_id: int,
    remedy_id: int,
    kind: Kind,
    amount: int,
    *,
    visit_id: int | None,
    now: datetime,
) -> Compensation:
    """Owe the customer what they chose to settle a complaint, in fen or points (above 0).

    Once for each remedy, as `grant`, whether or not the complaint is about a visit.
    """
    connection = session.connection()
    values: dict[str, object] = {"customer_id": customer_id, "visit_id": visit_id, "remedy_id": remedy_id}
    values |= {"kind": kind, "amount": amount, "reason": COMPLAINT, "granted_at": now}
    is_new = connection.execute(_CHOSEN[connection.dialect.name], values).scalar() is not None
    owed = session.exec(select(Compensation).where(Compensation.remedy_id == remedy_id)).one()
    return _looked_at(session, owed) if is_new else owed


def _looked_at(session: Session, owed: Compensation) -> Compensation:
    """Have it looked at whether it was given, but for what is taken off what is due.

    A coupon is given at once.
    """
    if owed.kind == COUPON:
        key, until = f"compensation:{owed.id}", owed.granted_at + COUPON_LASTS
        coupons.give(
            session,
            owed.customer_id,
            kind=coupons.Kind.FEN,
            amount=owed.amount,
            reason=owed.reason,
            key=key,
            until=until,
            now=owed.granted_at,
        )
        settle(session, owed, owed.granted_at)
    elif owed.kind != DISCOUNT:
        about, at = str(owed.id), owed.granted_at + LOOKED_AT
        reminders.schedule(session, OWED, about, at, dedupe_key=f"{OWED}:{about}")
    return owed


def make_good(session: Session, visit: "Visit", coupon: int, *, reason: str, now: datetime) -> None:
    """A visit falls through by a fault of ours: what it cost so far goes back, and a coupon (fen) is owed."""
    to = visit.customer_id, visit.id or 0
    if visit.fee:
        grant(session, *to, "refund", visit.fee, reason=reason, now=now)
    if coupon:
        grant(session, *to, "coupon", coupon, reason=reason, now=now)


def find(session: Session, id: int) -> Compensation | None:
    """What is or was owed, by its number."""
    return session.get(Compensation, id)


def settle(session: Session, owed: Compensation, now: datetime) -> None:
    """It was given: credited, or paid out. Once settled it stays so."""
    owed.settled_at = owed.settled_at or now
    session.add(owed)
    session.flush()


def overdue(session: Session, customer_id: int, before: datetime) -> list[Compensation]:
    """What a customer was promised before that moment and has not been given, in that order."""
    theirs = (Compensation.customer_id == customer_id, Compensation.granted_at <= before)
    open_ones = (col(Compensation.settled_at).is_(None), Compensation.kind != DISCOUNT)
    query = select(Compensation).where(*theirs, *open_ones)
    return list(session.exec(query.order_by(col(Compensation.id))))


def of_visit(session: Session, visit_id: int) -> list[Compensation]:
    """Everything that is or was owed for a visit, in the order it was granted."""
    theirs = select(Compensation).where(Compensation.visit_id == visit_id)
    return list(session.exec(theirs.order_by(col(Compensation.id))))


def due(session: Session, visit: "Visit") -> int:
    """What the visit costs after its discounts, in fen; never below 0."""
    discounts = [one.amount for one in of_visit(session, visit.id or 0) if one.kind == "discount"]
    return max(0, visit.total - sum(discounts))
