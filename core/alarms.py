"""Calls for help: who called from which visit, who on the staff took it, and how it ended.

While one is open its visit is frozen: only staff may change it.
"""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import CheckConstraint, Index, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from core import timeline
from core.database import stored
from core.errors import DomainError

if TYPE_CHECKING:
    from core.visits import Visit

STAFF = "staff"


class Outcome(StrEnum):
    """How a call for help ended."""

    GOES_ON = "goes_on"
    """The worker is safe and the visit goes on."""
    CALLED_OFF = "called_off"
    """The worker is safe and the visit ends here."""
    MISTAKEN = "mistaken"
    """Nobody was in danger; the visit goes on."""


_OPEN = text("settled_at IS NULL")


class Alarm(SQLModel, table=True):
    """A worker's call for help. A worker has at most one that is open."""

    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_by_somebody"),
        CheckConstraint("(settled_at IS NULL) = (outcome IS NULL)", name="settled_somehow"),
        CheckConstraint("(taken_at IS NULL) = (taken_by IS NULL)", name="taken_by_somebody"),
        Index("uq_alarm_open", "raised_by", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_alarm_unsettled", "raised_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_alarm_frozen", "visit_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    raised_at: datetime
    raised_by: int = Field(foreign_key="worker.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    """The visit the worker was at or on the way to, if any."""
    latitude: float | None = None
    longitude: float | None = None
    place_at: datetime | None = None
    """When the worker was there, as far as we were told."""
    taken_by: int | None = Field(default=None, foreign_key="staff_member.id")
    taken_at: datetime | None = None
    mistaken_at: datetime | None = None
    """When the worker said that it was a slip; staff settle it all the same."""
    settled_at: datetime | None = None
    settled_by: int | None = Field(default=None, foreign_key="staff_member.id")
    outcome: Outcome | None = Field(default=None, sa_type=cast(Any, stored(Outcome)))  # Any: as SQLModel says
    words: str = ""
    """What staff wrote down at the end."""


class Frozen(DomainError):
    """A worker called for help from this visit: until staff have settled that, nobody else changes it."""

    key = "visit-frozen"


class UnknownAlarm(DomainError):
    """No call for help has that number."""

    key = "alarm-unknown"


class AlarmSettled(DomainError):
    """Somebody settled this call for help before."""

    key = "alarm-settled-before"


def sound(session: Session, worker_id: int, visit: "Visit | None", now: datetime) -> tuple[Alarm, bool]:
    """A worker calls for help; the call, and whether it is a new one: while one is open it stays the one.

    Two first calls at once raise IntegrityError in one of the turns; taken again, it finds the other.
    """
    if (found := of_worker(session, worker_id)) is not None:
        return found, False
    if visit is not None:
        session.refresh(visit, with_for_update=True)  # whoever is changing it comes before or after this
    alarm = Alarm(raised_at=now, raised_by=worker_id, visit_id=visit.id if visit else None)
    session.add(alarm)
    session.flush()
    _note(session, alarm, "alarm", actor="worker", now=now)
    return alarm, True


def of_worker(session: Session, worker_id: int) -> Alarm | None:
    """The worker's call for help that is open."""
    return session.exec(select(Alarm).where(_OPEN, Alarm.raised_by == worker_id)).one_or_none()


def find(session: Session, id: int) -> Alarm:
    """The call for help of that number. Raises UnknownAlarm."""
    found = session.get(Alarm, id)
    if found is None:
        raise UnknownAlarm
    return found


def unsettled(session: Session, limit: int) -> list[Alarm]:
    """The calls for help that staff have not settled yet, the oldest first."""
    return list(
        session.exec(select(Alarm).where(_OPEN).order_by(col(Alarm.raised_at), col(Alarm.id)).limit(limit))
    )


def place(session: Session, alarm: Alarm, latitude: float, longitude: float, at: datetime) -> None:
    """Where the worker is, or was at that moment; WGS-84 degrees."""
    alarm.latitude, alarm.longitude, alarm.place_at = latitude, longitude, at
    session.add(alarm)
    session.flush()


def take(session: Session, alarm: Alarm, staff_id: int, now: datetime) -> bool:
    """A member of staff sees to it; False when somebody had taken it before. Raises AlarmSettled."""
    free = (col(Alarm.id) == alarm.id, col(Alarm.taken_by).is_(None), col(Alarm.settled_at).is_(None))
    taken = session.exec(update(Alarm).where(*free).values(taken_by=staff_id, taken_at=now)).rowcount
    session.refresh(alarm)
    if alarm.settled_at is not None:
        raise AlarmSettled
    if taken:
        _note(session, alarm, "alarm-taken", actor=STAFF, now=now)
    return taken > 0


def mistake(session: Session, alarm: Alarm, now: datetime) -> bool:
    """The worker says it was a slip; False when they had said so before. The visit stays frozen."""
    new = (col(Alarm.id) == alarm.id, col(Alarm.mistaken_at).is_(None), col(Alarm.settled_at).is_(None))
    said = session.exec(update(Alarm).where(*new).values(mistaken_at=now)).rowcount
    session.refresh(alarm)
    return said > 0


def settle(
    session: Session, alarm: Alarm, staff_id: int, outcome: Outcome, *, words: str = "", now: datetime
) -> None:
    """Staff say how it ended; the visit is free again. Raises AlarmSettled when somebody did before."""
    values = {"settled_at": now, "settled_by": staff_id, "outcome": outcome, "words": words}
    still = (col(Alarm.id) == alarm.id, col(Alarm.settled_at).is_(None))
    settled = session.exec(update(Alarm).where(*still).values(values)).rowcount
    session.refresh(alarm)
    if not settled:
        raise AlarmSettled
    _note(
        session, alarm, "alarm-settled", actor=STAFF, now=now, reason=f"{outcome.value}: {words}".strip(": ")
    )


def is_frozen(session: Session, visit_id: int) -> bool:
    """Whether a call for help from this visit is open."""
    return (
        session.exec(select(Alarm.id).where(_OPEN, Alarm.visit_id == visit_id).limit(1)).first() is not None
    )


def refuse_frozen(session: Session, visit: "Visit", actor: str) -> None:
    """Raises Frozen where anybody but staff would change a visit from which a call for help is open."""
    if actor != STAFF and is_frozen(session, visit.id or 0):
        raise Frozen


def _note(
    session: Session, alarm: Alarm, what: str, *, actor: str, now: datetime, reason: str | None = None
) -> None:
    if alarm.visit_id is not None:
        timeline.add(
            session,
            alarm.visit_id,
            what,
            actor=actor,
            now=now,
            detail={"alarm": alarm.id},
            for_customer=False,
            reason=reason,
        )
