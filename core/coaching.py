"""Workers who get no new customers until somebody has talked to them: since when, why, and who did."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BindParameter, ColumnElement, Index, Select, column, table, text, update
from sqlalchemy import select as columns
from sqlmodel import Field, Session, SQLModel, col, select

from core.errors import DomainError
from core.matching import Assignment

_OPEN = text("done_at IS NULL")
_STILL_OPEN = text("coaching.done_at IS NULL")
# Visits stand above this module, so their table is named here and not imported.
_visit = table("visit", column("id"), column("customer_id"), column("status"))


class Reason(StrEnum):
    """Why somebody must talk to a worker."""

    SCORE = "score"
    LOW = "low"
    """Bad ratings, one soon after another."""
    COMPLAINTS = "complaints"
    """Customers complained, and were right."""


BY_RATINGS = frozenset({Reason.SCORE.value, Reason.LOW.value})


class Coaching(SQLModel, table=True):
    """A talk that is due to a worker, or was held. Each has at most one that is due."""

    __table_args__ = (
        Index("uq_coaching_open", "worker_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    worker_id: int = Field(foreign_key="worker.id", index=True)
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)
    begun_at: datetime
    done_at: datetime | None = None
    done_by: int | None = Field(default=None, foreign_key="staff_member.id")
    """Nobody, where the reason turned out not to hold."""


class UnknownCoaching(DomainError):
    """No such talk is due, or was."""

    key = "coaching-unknown"


class CoachingDone(DomainError):
    """Somebody talked to this worker before."""

    key = "coaching-done-before"


def start(session: Session, worker_id: int, reason: Reason, now: datetime) -> Coaching | None:
    """Somebody must talk to the worker, who gets no new customers until then; None if that was due before.

    Two at once raise IntegrityError in one of the turns; taken again, it finds the other.
    """
    found = of_worker(session, worker_id)
    if found is not None:
        if reason.value not in found.reasons:
            found.reasons = [*found.reasons, reason.value]
            session.add(found)
            session.flush()
        return None
    made = Coaching(worker_id=worker_id, reasons=[reason.value], begun_at=now)
    session.add(made)
    session.flush()
    return made


def of_worker(session: Session, worker_id: int) -> Coaching | None:
    """The talk that is due to a worker."""
    return session.exec(select(Coaching).where(_OPEN, Coaching.worker_id == worker_id)).one_or_none()


def due(session: Session, limit: int) -> list[Coaching]:
    """The talks that are due, the longest first."""
    waiting = select(Coaching).where(_OPEN).order_by(col(Coaching.begun_at), col(Coaching.id))
    return list(session.exec(waiting.limit(limit)))


def find(session: Session, id: int) -> Coaching:
    """The talk of that number. Raises UnknownCoaching."""
    found = session.get(Coaching, id)
    if found is None:
        raise UnknownCoaching
    return found


def done(session: Session, coaching: Coaching, staff_id: int, now: datetime) -> None:
    """A member of staff has talked to the worker, who gets new customers again. Raises CoachingDone."""
    values = {"done_at": now, "done_by": staff_id}
    still = (col(Coaching.id) == coaching.id, col(Coaching.done_at).is_(None))
    settled = session.exec(update(Coaching).where(*still).values(values)).rowcount
    session.refresh(coaching)
    if not settled:
        raise CoachingDone


def lift(session: Session, worker_id: int, holds: frozenset[Reason], now: datetime) -> None:
    """Of what ratings gave rise to only what still `holds` counts; without any reason no talk is due."""
    found = of_worker(session, worker_id)
    if found is None:
        return
    found.reasons = [one for one in found.reasons if one not in BY_RATINGS or one in holds]
    if not found.reasons:
        found.done_at = now
    session.add(found)
    session.flush()


def last_done(session: Session, worker_id: int) -> datetime | None:
    """When somebody last talked to the worker."""
    held = select(Coaching.done_at).where(Coaching.worker_id == worker_id, col(Coaching.done_by).is_not(None))
    return session.exec(held.order_by(col(Coaching.done_at).desc()).limit(1)).first()


def held_back(customer: BindParameter[Any]) -> Select[int]:  # Any: a customer's id, or nobody's
    """The workers who may not come to this customer, as part of another statement.

    These are the ones to whom a talk is due, but for those who finished a visit there before.
    """
    known: ColumnElement[bool] = col(Coaching.worker_id).not_in(
        columns(col(Assignment.worker_id))
        .join(_visit, _visit.c.id == col(Assignment.visit_id))
        .where(_visit.c.customer_id == customer, _visit.c.status == "finished")
        .where(col(Assignment.released_at).is_(None))
    )
    return columns(col(Coaching.worker_id)).where(_STILL_OPEN, known)
