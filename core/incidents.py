"""What went wrong at a visit, as the worker reported it; damage is a case for the insurance."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, Session, SQLModel, col, select

from core import timeline
from core.database import stored
from core.errors import DomainError
from core.visits.tables import Visit


class Kind(StrEnum):
    """What a worker may report."""

    DIRTIER = "dirtier"
    """Much more to do than was said."""
    DAMAGE = "damage"
    UNSAFE = "unsafe"
    OTHER = "other"


class Status(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    CLOSED = "closed"


_OPEN = text("status = 'open'")


class Incident(SQLModel, table=True):
    """One report. It is open until a member of staff says what came of it."""

    __table_args__ = (
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("(closed_at IS NULL) = (reason IS NULL)", name="closed_for_a_reason"),
        Index("ix_incident_open", "opened_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    worker_id: int = Field(foreign_key="worker.id")
    kind: Kind = Field(sa_type=stored(Kind))
    words: str = ""
    media: list[str] = Field(default_factory=list, sa_type=JSON)
    """Photos that prove it, by their ids."""
    status: Status = Field(default=Status.OPEN, sa_type=stored(Status))
    opened_at: datetime
    closed_at: datetime | None = None
    closed_by: int | None = Field(default=None, foreign_key="staff_member.id")
    reason: str | None = None
    """What came of it, in the words of whoever closed it."""


class IncidentClosed(DomainError):
    """This case was closed before, or there never was one of that number."""

    key = "incident-closed"


def report(
    session: Session,
    visit: Visit,
    kind: Kind,
    *,
    words: str = "",
    media: Sequence[str] = (),
    worker_id: int,
    now: datetime,
) -> Incident:
    """Open a case about a visit, and write it into the visit's story.

    The same said again by the same worker while it is open is the same case, with more words and photos.
    """
    known = session.exec(
        select(Incident)
        .where(Incident.visit_id == visit.id, Incident.kind == kind, Incident.worker_id == worker_id, _OPEN)
        .with_for_update()
    ).first()
    case = known or Incident(visit_id=visit.id or 0, worker_id=worker_id, kind=kind, opened_at=now)
    case.words = "\n".join(dict.fromkeys(filter(None, (case.words, words))))
    case.media = [*case.media, *media]
    session.add(case)
    session.flush()
    detail = {"incident": case.id, "kind": kind.value, "words": words, "media": list(media)}
    concerns = kind is Kind.DAMAGE
    timeline.add(
        session,
        case.visit_id,
        f"problem-{kind.value}",
        actor="worker",
        now=now,
        detail=detail,
        for_customer=concerns,
    )
    return case


def open_ones(session: Session, limit: int) -> list[Incident]:
    """The cases that nobody closed yet, the oldest first."""
    query = select(Incident).where(_OPEN).order_by(col(Incident.opened_at), col(Incident.id)).limit(limit)
    return list(session.exec(query))


def close(session: Session, incident_id: int, *, reason: str, staff_id: int, now: datetime) -> Incident:
    """Say what came of a case. Raises IncidentClosed."""
    case = session.get(Incident, incident_id, with_for_update=True, populate_existing=True)
    if case is None or case.status is Status.CLOSED:
        raise IncidentClosed
    case.status, case.closed_at, case.closed_by, case.reason = Status.CLOSED, now, staff_id, reason
    session.add(case)
    timeline.add(
        session,
        case.visit_id,
        "problem-closed",
        actor="staff",
        now=now,
        detail={"incident": case.id},
        for_customer=False,
        for_worker=False,
        reason=reason,
    )
    session.flush()
    return case
