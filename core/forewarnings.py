"""What staff should speak of with a customer before it becomes a complaint: why, and who has done it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import JSON, CheckConstraint, Index, func, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Field, Session, SQLModel, col, select

from core import acceptance, compensations, dropouts, timeline
from core.acceptance import Acceptance
from core.database import stored
from core.dropouts import Dropout
from core.errors import DomainError
from core.identities import Role
from core.ratings import Rating
from core.visits.tables import Status, Visit

EARLIER = 3
"""So many visits before are looked at to know what a customer usually does..."""
USUAL = 2
"""... and so often they did it."""
_ANSWERS = (
    acceptance.State.ACCEPTED, acceptance.State.LATER, acceptance.State.REDO, acceptance.State.REDONE,
)  # fmt: skip
"""The customer said something of the work."""


class Kind(StrEnum):
    """What may become a complaint, or follows one."""

    LATE_NEW = "late_new"
    """Nobody has come in time to somebody who is with us for the first time."""
    CHANGED = "changed"
    """We changed one visit again and again."""
    DROPOUTS = "dropouts"
    """Workers dropped out of several visits to one customer."""
    SILENT = "silent"
    """Somebody who usually says how it was says nothing."""
    OWED = "owed"
    """They have not got what they were promised."""
    CARE_BEFORE = "care_before"
    """The day before the first visit after a complaint..."""
    CARE_AFTER = "care_after"
    """... and the day after it."""


URGENT = frozenset({Kind.LATE_NEW, Kind.CHANGED, Kind.DROPOUTS})
"""Told at once; the rest is told in the morning."""
_OPEN, _UNSAID = text("done_at IS NULL"), text("said_at IS NULL")


class Forewarning(SQLModel, table=True):
    """One thing for staff to speak of with a customer. There is one for each `key`, for ever."""

    __table_args__ = (
        CheckConstraint("(taken_at IS NULL) = (taken_by IS NULL)", name="taken_by_somebody"),
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done_by_somebody"),
        Index("ix_forewarning_open", "raised_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_forewarning_unsaid", "raised_at", sqlite_where=_UNSAID, postgresql_where=_UNSAID),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: Kind = Field(sa_type=cast(Any, stored(Kind)))  # Any: as SQLModel says
    customer_id: int = Field(foreign_key="customer.id", index=True)
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    facts: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON
    )  # Any: what the kind's sentence mentions
    raised_at: datetime
    said_at: datetime | None = None
    taken_at: datetime | None = None
    taken_by: int | None = Field(default=None, foreign_key="staff_member.id")
    done_at: datetime | None = None
    done_by: int | None = Field(default=None, foreign_key="staff_member.id")


class UnknownForewarning(DomainError):
    """There is none of that number."""

    key = "forewarning-unknown"


_TABLE = SQLModel.metadata.tables["forewarning"]
_ADD: Mapping[str, ReturningInsert[int]] = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(["key"]).returning(_TABLE.c.id),
    "postgresql": postgresql.insert(_TABLE)
    .on_conflict_do_nothing(index_elements=["key"])
    .returning(_TABLE.c.id),
}


def add(
    session: Session,
    kind: Kind,
    about: str,
    *,
    customer_id: int,
    visit_id: int | None = None,
    facts: Mapping[str, object] | None = None,
    now: datetime,
) -> Forewarning | None:
    """Have staff speak with a customer; None where the same (by kind and `about`) was raised before."""
    key = f"{kind.value}:{about}"
    values: dict[str, object] = {"key": key, "kind": kind, "customer_id": customer_id, "visit_id": visit_id}
    values |= {"facts": dict(facts or {}), "raised_at": now}
    connection = session.connection()
    id = connection.execute(_ADD[connection.dialect.name], values).scalar()
    return session.get_one(Forewarning, id) if id is not None else None


def find(session: Session, id: int) -> Forewarning:
    """The one of that number. Raises UnknownForewarning."""
    found = session.get(Forewarning, id)
    if found is None:
        raise UnknownForewarning
    return found


def open_ones(session: Session, limit: int) -> list[Forewarning]:
    """What nobody has done yet, the oldest first."""
    query = select(Forewarning).where(_OPEN).order_by(col(Forewarning.raised_at), col(Forewarning.id))
    return list(session.exec(query.limit(limit)))


def unsaid(session: Session) -> list[Forewarning]:
    """What staff have not been told of yet, the oldest first."""
    query = select(Forewarning).where(_UNSAID).order_by(col(Forewarning.raised_at), col(Forewarning.id))
    return list(session.exec(query))


def said(session: Session, told: Sequence[Forewarning], now: datetime) -> None:
    """Staff have been told of these."""
    for one in told:
        one.said_at = now
        session.add(one)
    session.flush()


def take(session: Session, one: Forewarning, staff_id: int, now: datetime) -> bool:
    """A member of staff sees to it; False when somebody had taken it or done it before."""
    free = (col(Forewarning.id) == one.id, col(Forewarning.taken_by).is_(None), _OPEN)
    taken = session.exec(update(Forewarning).where(*free).values(taken_by=staff_id, taken_at=now)).rowcount
    session.refresh(one)
    return taken > 0


def finish(session: Session, one: Forewarning, staff_id: int, now: datetime) -> bool:
    """It was done; False when somebody had said so before. What was owed has then been given."""
    still = (col(Forewarning.id) == one.id, _OPEN)
    done = session.exec(update(Forewarning).where(*still).values(done_by=staff_id, done_at=now)).rowcount
    session.refresh(one)
    if done and one.kind is Kind.OWED:
        for owed in compensations.overdue(session, one.customer_id, one.raised_at):
            compensations.settle(session, owed, now)
    return done > 0


def latest(session: Session, kind: Kind, customer_id: int) -> Forewarning | None:
    """The last one of a kind about a customer."""
    theirs = (Forewarning.customer_id == customer_id, Forewarning.kind == kind)
    return session.exec(
        select(Forewarning).where(*theirs).order_by(col(Forewarning.id).desc()).limit(1)
    ).first()


def is_first_time(session: Session, customer_id: int) -> bool:
    """Whether nobody has ever finished a visit to this customer."""
    ever = select(Visit.id).where(Visit.customer_id == customer_id, Visit.status == Status.FINISHED)
    return session.exec(ever.limit(1)).first() is None


def changes(session: Session, visit: Visit) -> int:
    """How often the customer heard that we change a visit: other people, another time, or nobody comes."""
    ours = [
        entry
        for entry in timeline.of(session, visit.id or 0, viewer=Role.CUSTOMER)
        if (entry.what == "replaced" and entry.actor == "staff")
        or (entry.what == "moved" and entry.actor != "customer")
    ]
    return len(ours) + len(dropouts.of_visit(session, visit.id or 0))


def dropouts_of(session: Session, customer_id: int, since: datetime) -> int:
    """Of how many of a customer's visits somebody dropped out after that moment."""
    query = (
        select(func.count(func.distinct(col(Dropout.visit_id))))
        .join(Visit, col(Visit.id) == col(Dropout.visit_id))
        .where(Visit.customer_id == customer_id, Dropout.at > since)
    )
    return session.exec(query).one()


def fell_silent(session: Session, visit: Visit) -> bool:
    """Whether the customer of a finished visit says nothing of it and has not booked since, although they
    usually say how it was."""
    if _spoke(session, [visit]):
        return False
    theirs = select(Visit).where(Visit.customer_id == visit.customer_id)
    after = theirs.where(
        Visit.starts_at > visit.starts_at, Visit.placed_at > (visit.closed_at or visit.ends_at)
    )
    if session.exec(after.limit(1)).first() is not None:
        return False
    before = theirs.where(Visit.status == Status.FINISHED, Visit.starts_at < visit.starts_at)
    earlier = session.exec(before.order_by(col(Visit.starts_at).desc()).limit(EARLIER)).all()
    return len(_spoke(session, earlier)) >= USUAL


def _spoke(session: Session, about: Sequence[Visit]) -> set[int]:
    """Of which of these visits (ids) the customer said something: of the work, or by stars."""
    ids = [one.id for one in about]
    looked = col(Acceptance.visit_id).in_(ids), col(Acceptance.state).in_(_ANSWERS)
    rated = col(Rating.visit_id).in_(ids), col(Rating.stars).is_not(None)
    accepted = session.exec(select(Acceptance.visit_id).where(*looked))
    return {*accepted, *session.exec(select(Rating.visit_id).where(*rated))}
