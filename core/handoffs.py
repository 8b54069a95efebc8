"""People asking for a person: what they wanted, why the bot gave way, and who took it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from core.database import stored
from core.errors import DomainError


class Status(StrEnum):
    """Where a hand-off stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    CLOSED = "closed"


OPEN = (Status.WAITING, Status.TAKEN)

ALLOWED: Mapping[Status, frozenset[Status]] = {
    Status.WAITING: frozenset({Status.TAKEN, Status.CLOSED}),
    Status.TAKEN: frozenset({Status.WAITING, Status.CLOSED}),
    Status.CLOSED: frozenset(),
}


class Handoff(SQLModel, table=True):
    """One request for a person. A customer has at most one that is open."""

    __table_args__ = (
        Index(
            "uq_handoff_open",
            "customer_id",
            unique=True,
            sqlite_where=text("status IN ('waiting', 'taken')"),
            postgresql_where=text("status IN ('waiting', 'taken')"),
        ),
        Index(
            "ix_handoff_waiting",
            "asked_at",
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    topic: str
    """What it is about, as a code: a service, `complaint`, `other`."""
    words: str
    """What the person said, one line for each time they asked."""
    reason: str
    """Why the bot gave way, for staff."""
    status: Status = Field(default=Status.WAITING, sa_type=stored(Status))
    asked_at: datetime
    taken_by: int | None = Field(default=None, foreign_key="staff_member.id")
    taken_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None


class HandoffGone(DomainError):
    """Somebody else took it first, or it is closed. `status` says which."""

    key = "handoff-gone"


def ask(session: Session, customer_id: int, *, topic: str, words: str, reason: str, now: datetime) -> Handoff:
    """Ask for a person. Asking again while one is open adds the words to it and keeps its place in the queue.

    Two first requests at once raise IntegrityError in one of the turns; taken again, it adds to the other.
    """
    handoff = open_of(session, customer_id, lock=True)
    if handoff is None:
        handoff = Handoff(customer_id=customer_id, topic=topic, words=words, reason=reason, asked_at=now)
    else:
        handoff.words = _with_line(handoff.words, words)
        handoff.reason = _with_line(handoff.reason, reason)
    session.add(handoff)
    session.flush()
    return handoff


def open_of(session: Session, customer_id: int, *, lock: bool = False) -> Handoff | None:
    """The customer's hand-off that waits or is taken; `lock` keeps it from changing until the turn ends."""
    query = select(Handoff).where(Handoff.customer_id == customer_id, col(Handoff.status).in_(OPEN))
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def waiting(session: Session, limit: int = 50) -> list[Handoff]:
    """Those that nobody took yet, oldest first."""
    return list(
        session.exec(
            select(Handoff)
            .where(text("status = 'waiting'"))  # a literal, so that the partial index serves it
            .order_by(col(Handoff.asked_at), col(Handoff.id))
            .limit(limit)
        )
    )


def take(session: Session, handoff: Handoff, staff_id: int, *, now: datetime) -> None:
    """A member of staff answers this person from now on. Taking one's own again changes nothing.

    Raises HandoffGone when somebody else was faster or it is closed.
    """
    session.refresh(handoff)
    if handoff.status != Status.TAKEN or handoff.taken_by != staff_id:
        _move(session, handoff, Status.WAITING, Status.TAKEN, {"taken_by": staff_id, "taken_at": now})


def give_back(session: Session, handoff: Handoff) -> None:
    """Whoever took it cannot go on: it waits again, at its old place in the queue. Raises HandoffGone."""
    _move(session, handoff, Status.TAKEN, Status.WAITING, {"taken_by": None, "taken_at": None})


def close(session: Session, handoff: Handoff, *, outcome: str | None = None, now: datetime) -> None:
    """Settled, or no longer wanted; the bot answers again. Raises HandoffGone when it was closed before."""
    session.refresh(handoff)
    _move(session, handoff, handoff.status, Status.CLOSED, {"closed_at": now, "outcome": outcome})


def _move(
    session: Session, handoff: Handoff, before: Status, after: Status, values: Mapping[str, object]
) -> None:
    # The condition stands in the statement itself, so that of two people at once one wins.
    here = (col(Handoff.id) == handoff.id, col(Handoff.status) == before)
    moved = 0
    if after in ALLOWED[before]:
        moved = session.exec(update(Handoff).where(*here).values({**values, "status": after})).rowcount
    session.refresh(handoff)
    if not moved:
        raise HandoffGone(status=handoff.status.value)


def with_lines(text_before: str, lines: str) -> str:
    """Words asked with before, and those of `lines` that are new."""
    for line in lines.split("\n"):
        text_before = _with_line(text_before, line)
    return text_before


def _with_line(text_before: str, line: str) -> str:
    known = text_before.split("\n")
    return text_before if not line or line in known else f"{text_before}\n{line}"
