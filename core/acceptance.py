"""Whether the customer is content with a visit: they look at it, and say so, or what must be done again."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, Session, SQLModel

from core import timeline
from core.database import stored
from core.errors import DomainError
from core.visits.life import latest
from core.visits.tables import Visit


class State(StrEnum):
    """Where acceptance stands."""

    ASKED = "asked"
    LATER = "later"
    """The customer will look later."""
    ACCEPTED = "accepted"
    REDO = "redo"
    """Something must be done again."""
    REDONE = "redone"
    """The worker says that it was; the customer looks again."""
    UNCHECKED = "unchecked"
    """Nobody looked in time."""


ALLOWED: Mapping[State, frozenset[State]] = {
    State.ASKED: frozenset({State.LATER, State.ACCEPTED, State.REDO, State.UNCHECKED}),
    State.LATER: frozenset({State.ACCEPTED, State.REDO, State.UNCHECKED}),
    State.ACCEPTED: frozenset(),
    State.REDO: frozenset({State.REDONE, State.ACCEPTED}),
    State.REDONE: frozenset({State.ACCEPTED, State.REDO, State.UNCHECKED}),
    State.UNCHECKED: frozenset(),
}
"""Work to be done again stays so until it is done: time alone does not settle it."""

WAITING = frozenset({State.ASKED, State.LATER, State.REDONE})
"""The customer may still look and say."""

_STORIES = {State.ACCEPTED: "approved", State.REDO: "redo", State.REDONE: "redone"}


class Acceptance(SQLModel, table=True):
    """What the customer of a finished visit says of the work."""

    __table_args__ = (CheckConstraint("state <> 'redo' OR place IS NOT NULL", name="redo_somewhere"),)

    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    state: State = Field(default=State.ASKED, sa_type=stored(State))
    asked_at: datetime
    at: datetime
    """When it came to be in this state."""
    place: str | None = None
    """What must be done again, in the customer's words or the name of a room."""
    media: list[str] = Field(default_factory=list, sa_type=JSON)
    """Photos that show it, by their ids."""
    redos: int = 0


class NotToAccept(DomainError):
    """The visit is not to be judged now; `state` is where acceptance stands, `none` before the end."""

    key = "acceptance-not-now"


def ask(session: Session, visit: Visit, now: datetime) -> Acceptance:
    """The work is done, the customer is asked to look. The visit must be locked."""
    asked = Acceptance(visit_id=visit.id or 0, asked_at=now, at=now)
    session.add(asked)
    session.flush()
    return asked


def of(session: Session, visit: Visit) -> Acceptance | None:
    """Where acceptance of a visit stands; None before it is finished."""
    return session.get(Acceptance, visit.id)


def accept(session: Session, visit: Visit, now: datetime) -> None:
    """The customer is content. Raises NotToAccept."""
    _move(session, visit, State.ACCEPTED, "customer", now)


def put_off(session: Session, visit: Visit, now: datetime) -> None:
    """The customer looks later. Raises NotToAccept."""
    _move(session, visit, State.LATER, "customer", now)


def send_back(session: Session, visit: Visit, *, place: str, media: list[str], now: datetime) -> None:
    """Something must be done again, at `place`. Raises NotToAccept."""
    found = _locked(session, visit, State.REDO)
    found.place, found.media, found.redos = place, media, found.redos + 1
    _put(session, visit, found, State.REDO, "customer", now)


def redone(session: Session, visit: Visit, now: datetime) -> None:
    """The worker did it again. Raises NotToAccept."""
    _move(session, visit, State.REDONE, "worker", now)


def give_up(session: Session, visit: Visit, now: datetime) -> bool:
    """Nobody looked in time; False if somebody did, or work is being done again."""
    latest(session, visit)
    found = of(session, visit)
    if found is None or State.UNCHECKED not in ALLOWED[found.state]:
        return False
    _put(session, visit, found, State.UNCHECKED, "bot", now)
    return True


def _move(session: Session, visit: Visit, state: State, actor: str, now: datetime) -> None:
    _put(session, visit, _locked(session, visit, state), state, actor, now)


def _locked(session: Session, visit: Visit, state: State) -> Acceptance:
    latest(session, visit)
    found = session.get(Acceptance, visit.id, populate_existing=True)
    if found is None or state not in ALLOWED[found.state]:
        raise NotToAccept(state=found.state.value if found else "none")
    return found


def _put(session: Session, visit: Visit, found: Acceptance, state: State, actor: str, now: datetime) -> None:
    found.state, found.at = state, now
    session.add(found)
    session.flush()
    if state in _STORIES:
        detail = {"place": found.place} if state is State.REDO else {}
        timeline.add(session, visit.id or 0, _STORIES[state], actor=actor, now=now, detail=detail)
