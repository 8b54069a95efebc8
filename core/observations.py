"""What workers noticed in a home: proposals, until the customer or staff say that it is so."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import CheckConstraint, Index, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from core import customers, timeline
from core.customers import Address
from core.database import stored
from core.errors import DomainError
from core.facts import Source
from core.vault import Sealed
from core.visits import Visit


class What(StrEnum):
    """What about a home may change."""

    PETS = "pets"
    INFANTS = "infants"
    ELDERLY = "elderly"
    ALLERGY = "allergy"
    ACCESS = "access"
    """How to get in."""
    OTHER = "other"
    NEXT = "next"
    """What whoever comes next should know."""


class Status(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPIRED = "expired"


FLAGS = (What.PETS, What.INFANTS, What.ELDERLY)
"""What is so or is not so; everything else needs words."""
_PROPOSED = text("status = 'proposed'")
_STILL_PROPOSED = text("observation.status = 'proposed'")


class Observation(SQLModel, table=True):
    """One thing a worker noticed on a visit."""

    __table_args__ = (
        CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="decided"),
        Index("ix_observation_waiting", "at", sqlite_where=_PROPOSED, postgresql_where=_PROPOSED),
        Index("ix_observation_open", "visit_id", sqlite_where=_PROPOSED, postgresql_where=_PROPOSED),
    )

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    worker_id: int = Field(foreign_key="worker.id")
    what: What = Field(sa_type=stored(What))
    is_there: bool = True
    """For what is so or not: whether it is there now."""
    words: str = Field(default="", sa_type=Sealed)
    status: Status = Field(default=Status.PROPOSED, sa_type=stored(Status))
    at: datetime
    asked_at: datetime | None = None
    """When the customer was asked, once a visit."""
    decided_at: datetime | None = None
    decided_by: str | None = None
    """customer or staff; bot when it expired."""


class _Seen(TypedDict):
    source: Source
    visit_id: int | None
    now: datetime


class ObservationGone(DomainError):
    """Nothing of this visit waits for a yes or no any more."""

    key = "observation-gone"


def propose(
    session: Session,
    visit: Visit,
    worker_id: int,
    what: What,
    *,
    is_there: bool = True,
    words: str = "",
    now: datetime,
) -> Observation:
    """Write down what a worker noticed; nothing known of the home changes by it."""
    visit_id = visit.id or 0
    noticed = Observation(
        visit_id=visit_id, worker_id=worker_id, what=what, is_there=is_there, words=words, at=now
    )
    session.add(noticed)
    session.flush()
    _note(session, visit_id, "observed", "worker", now)
    return noticed


def was_told(session: Session, visit: Visit) -> bool:
    """Whether the worker has told something of this visit already."""
    return session.exec(select(Observation.id).where(Observation.visit_id == visit.id)).first() is not None


def open_of(session: Session, visit: Visit) -> list[Observation]:
    """What was noticed on a visit and waits for a yes or no."""
    theirs = select(Observation).where(_PROPOSED, Observation.visit_id == visit.id)
    return list(session.exec(theirs.order_by(col(Observation.id))))


def unasked(session: Session, customer_id: int) -> list[Observation]:
    """What of a customer's latest visit with such waits for a yes or no and was not asked about yet."""
    theirs = (
        select(Observation)
        .join(Visit, col(Visit.id) == col(Observation.visit_id))
        .where(Visit.customer_id == customer_id, _STILL_PROPOSED, col(Observation.asked_at).is_(None))
        .order_by(col(Observation.visit_id).desc(), col(Observation.id))
    )
    found = session.exec(theirs).all()
    return [one for one in found if one.visit_id == found[0].visit_id]


def asked(session: Session, noticed: Sequence[Observation], now: datetime) -> None:
    """The customer has been asked about these, and is not asked again."""
    for one in noticed:
        one.asked_at = now
        session.add(one)
    session.flush()


def waiting(session: Session, limit: int) -> list[Observation]:
    """Everything that waits for a yes or no, the oldest first."""
    oldest = (col(Observation.at), col(Observation.id))
    return list(session.exec(select(Observation).where(_PROPOSED).order_by(*oldest).limit(limit)))


def confirm(session: Session, visit: Visit, *, source: str, actor: str, now: datetime) -> list[Observation]:
    """It is so: the record of the home changes, with `source` (who said so and when) behind words.

    Raises ObservationGone when somebody decided before.
    """
    confirmed = _decide(session, visit, Status.CONFIRMED, actor, now)
    for one in confirmed:
        _apply(session, visit, one, source, now)
    return confirmed


def refuse(session: Session, visit: Visit, *, actor: str, now: datetime) -> None:
    """It is not so, or not to be kept: nothing changes. Raises ObservationGone."""
    _decide(session, visit, Status.REFUSED, actor, now)


def expire(session: Session, visit: Visit, now: datetime) -> int:
    """What nobody decided in time is dropped; how much that was."""
    try:
        return len(_decide(session, visit, Status.EXPIRED, "bot", now))
    except ObservationGone:
        return 0


def _decide(session: Session, visit: Visit, status: Status, actor: str, now: datetime) -> list[Observation]:
    # The condition stands in the statement itself, so that of two people at once one wins.
    still = (col(Observation.visit_id) == visit.id, _PROPOSED)
    values = {"status": status, "decided_at": now, "decided_by": actor}
    ids = session.exec(update(Observation).where(*still).values(values).returning(col(Observation.id)))
    found = [session.get_one(Observation, id, populate_existing=True) for id in sorted(ids.scalars())]
    if not found:
        raise ObservationGone
    _note(session, visit.id or 0, f"observation-{status.value}", actor, now)
    return found


def _apply(session: Session, visit: Visit, one: Observation, source: str, now: datetime) -> None:
    words = f"{one.words} ({source})"
    seen: _Seen = {"source": Source.WORKER, "visit_id": visit.id, "now": now}
    match one.what:
        case What.PETS:
            customers.tell_home(session, visit.customer_id, pets=one.is_there, **seen)
        case What.INFANTS:
            customers.tell_home(session, visit.customer_id, infants=one.is_there, **seen)
        case What.ELDERLY:
            customers.tell_home(session, visit.customer_id, elderly=one.is_there, **seen)
        case What.ALLERGY:
            customers.tell_home(session, visit.customer_id, allergy=words, **seen)
        case What.ACCESS | What.OTHER | What.NEXT:
            customers.add_to_note(session, session.get_one(Address, visit.address_id), words)


def _note(session: Session, visit_id: int, what: str, actor: str, now: datetime) -> None:
    timeline.add(session, visit_id, what, actor=actor, now=now, for_customer=what != "observed")
