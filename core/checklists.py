"""What is done at a visit, line by line: made from the service's checklist, ticked by who does the work."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from core import timeline
from core.catalogue import Room, Words
from core.database import stored
from core.visits.life import latest
from core.visits.tables import MoveNotAllowed, Status, Visit

if TYPE_CHECKING:
    from core.company import Company

UNDER_WAY = frozenset({Status.ARRIVED, Status.WORKING})
"""Somebody is in the home and at work, or about to be."""


class Item(SQLModel, table=True):
    """One line of a visit's checklist, in the words it had when work began."""

    __tablename__ = "check_item"
    __table_args__ = (CheckConstraint("why_not IS NULL OR settled_at IS NOT NULL", name="settled"),)

    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    position: int = Field(primary_key=True)
    words: dict[str, str] = Field(sa_type=JSON)
    """By language."""
    room: Room = Field(sa_type=stored(Room))
    must: bool
    settled_at: datetime | None = None
    """Since when it is done, or known not to be possible: then `why_not` says why."""
    settled_by: int | None = Field(default=None, foreign_key="worker.id")
    why_not: str | None = None

    @property
    def is_done(self) -> bool:
        """Whether the work was done."""
        return self.settled_at is not None and self.why_not is None

    def said(self, language: str) -> str:
        """What is to be done, in `language`."""
        return Words(self.words).get(language)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a room is: so many lines of so many are settled."""

    room: Room
    settled: int
    lines: int

    @property
    def percent(self) -> int:
        """From 0 to 100, rounded down."""
        return self.settled * 100 // self.lines


def items(session: Session, company: "Company", visit: Visit) -> list[Item]:
    """The visit's checklist in order. Made at the first look while somebody is there; before, it is empty."""
    found = _items(session, visit)
    if found or visit.status not in UNDER_WAY:
        return found
    latest(session, visit)  # so that of two first looks one makes it
    if not (found := _items(session, visit)):
        tasks = company.service(visit.service_code).checklist
        found = [
            Item(
                visit_id=visit.id or 0,
                position=position,
                words=dict(task.words.root),
                room=task.room,
                must=task.must,
            )
            for position, task in enumerate(tasks, start=1)
        ]
        session.add_all(found)
        session.flush()
    return found


def tick(
    session: Session,
    company: "Company",
    visit: Visit,
    positions: Collection[int],
    *,
    worker_id: int,
    now: datetime,
) -> list[Item]:
    """These lines are done; returns those that were open until now.

    What could not be done may be done after all. Raises MoveNotAllowed when nobody is at work there.
    """
    _check(session, visit)
    changed = [
        item for item in items(session, company, visit) if item.position in positions and not item.is_done
    ]
    for item in changed:
        item.settled_at, item.settled_by, item.why_not = now, worker_id, None
        session.add(item)
    session.flush()
    return changed


def leave_out(
    session: Session,
    company: "Company",
    visit: Visit,
    position: int,
    *,
    why: str,
    worker_id: int,
    now: datetime,
) -> Item | None:
    """This line cannot be done, and `why`, which customer and staff read. None when it is settled already.

    Raises MoveNotAllowed when nobody is at work there.
    """
    _check(session, visit)
    found = next((one for one in items(session, company, visit) if one.position == position), None)
    if found is None or found.settled_at is not None:
        return None
    found.settled_at, found.settled_by, found.why_not = now, worker_id, why
    session.add(found)
    detail = {"item": found.words, "why": why}
    timeline.add(session, visit.id or 0, "left-out", actor="worker", now=now, detail=detail)
    session.flush()
    return found


def missing(found: Sequence[Item]) -> list[Item]:
    """The lines without which a visit is not finished."""
    return [item for item in found if item.must and item.settled_at is None]


def progress(session: Session, company: "Company", visit: Visit) -> list[Progress]:
    """How far each room is, in the checklist's order; nothing before work began."""
    found = items(session, company, visit)
    rooms = dict.fromkeys(item.room for item in found)
    return [_progress(room, [item for item in found if item.room is room]) for room in rooms]


def is_half_done(found: Sequence[Item]) -> bool:
    """Whether at least half of the lines are settled."""
    return bool(found) and 2 * sum(item.settled_at is not None for item in found) >= len(found)


def _progress(room: Room, found: Sequence[Item]) -> Progress:
    return Progress(room, sum(item.settled_at is not None for item in found), len(found))


def _items(session: Session, visit: Visit) -> list[Item]:
    query = select(Item).where(Item.visit_id == visit.id).order_by(col(Item.position))
    return list(session.exec(query))


def _check(session: Session, visit: Visit) -> None:
    latest(session, visit)
    if visit.status not in UNDER_WAY:
        raise MoveNotAllowed(status=visit.status.value, wanted="ticked")
