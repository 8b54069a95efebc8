"""Workers who cannot come to a visit after all: who comes instead, and what its customer makes of it."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, Session, SQLModel, col, select

from core.database import stored


class Outcome(StrEnum):
    """How a drop-out ended."""

    AGREED = "agreed"
    """The customer agreed to whoever comes instead."""
    KEPT = "kept"
    """Nobody objected in time, or had to be asked: whoever was found comes."""
    MOVED = "moved"
    ENDED = "ended"
    """The visit does not take place any more."""
    OVERTAKEN = "overtaken"
    """Somebody else again is to come, or to be found: the replacement dropped out as well, or staff chose."""


_OPEN = text("outcome IS NULL")


class Dropout(SQLModel, table=True):
    """A worker who cannot come. A visit has at most one that is open."""

    __table_args__ = (
        Index("uq_dropout_open", "visit_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled"),
    )

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    worker_id: int = Field(foreign_key="worker.id")
    instead_id: int | None = Field(default=None, foreign_key="worker.id")
    """Who was found to come instead; None while nobody is."""
    reason: str
    """A code, or the worker's own words."""
    at: datetime
    answer_by: datetime | None = None
    """Until when the customer may choose what to do; None where they need not be asked."""
    outcome: Outcome | None = Field(default=None, sa_type=stored(Outcome))
    settled_at: datetime | None = None


def add(
    session: Session,
    visit_id: int,
    worker_id: int,
    *,
    instead_id: int | None,
    reason: str,
    answer_by: datetime | None,
    now: datetime,
) -> Dropout:
    """A worker cannot come to a visit. None may be open; two at once raise IntegrityError in one of them."""
    made = Dropout(
        visit_id=visit_id,
        worker_id=worker_id,
        instead_id=instead_id,
        reason=reason,
        at=now,
        answer_by=answer_by,
    )
    session.add(made)
    session.flush()
    return made


def of_visit(session: Session, visit_id: int) -> list[Dropout]:
    """Everybody who could not come to a visit, in order."""
    theirs = select(Dropout).where(Dropout.visit_id == visit_id)
    return list(session.exec(theirs.order_by(col(Dropout.id))))


def open_of(session: Session, visit_id: int | None) -> Dropout | None:
    """The drop-out of a visit that is not settled."""
    return session.exec(select(Dropout).where(Dropout.visit_id == visit_id, _OPEN)).one_or_none()


def asked_of(session: Session, visit_id: int | None) -> Dropout | None:
    """The one whose customer may still choose: what they do about the visit costs nothing meanwhile."""
    found = open_of(session, visit_id)
    return found if found is not None and found.answer_by is not None else None


def missing(session: Session, visit_id: int | None, crew: Collection[int]) -> set[int]:
    """Who of the crew (ids) is not coming, without anybody found instead."""
    gone = select(Dropout.worker_id).where(
        Dropout.visit_id == visit_id,
        col(Dropout.instead_id).is_(None),
        col(Dropout.outcome).is_(None) | (col(Dropout.outcome) == Outcome.OVERTAKEN),
    )
    return {*session.exec(gone)} & {*crew}


def settle(session: Session, visit_id: int | None, outcome: Outcome, now: datetime) -> Dropout | None:
    """The open drop-out of a visit, if there is one, ended like this; the visit must be locked."""
    found = open_of(session, visit_id)
    if found is not None:
        found.outcome, found.settled_at = outcome, now
        session.add(found)
        session.flush()
    return found
