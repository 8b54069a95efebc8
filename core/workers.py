"""The people who do the work: what they can do, where and when, and which of their half hours are taken."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Index, bindparam, text
from sqlmodel import Field, Session, SQLModel, col, select

from core import waitings
from core.database import stored
from core.errors import DomainError


class Gender(StrEnum):
    """As the worker's papers say; customers may ask for one or the other."""

    FEMALE = "female"
    MALE = "male"


class Worker(SQLModel, table=True):
    """Someone who attends visits. `rating` is the mean of `rated` ratings, 0 while nobody rated."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    gender: Gender = Field(sa_type=stored(Gender))
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    senior: bool = False
    rating: float = 0.0
    rated: int = 0
    visits_done: int = 0
    since_day: date
    card_consent: bool = False
    """Whether customers may be shown the worker's card."""
    bio: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Language tag to a sentence about the worker."""
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    """The household facts the worker is at ease with: "pets", "elderly", "infants", "allergy"."""
    active: bool = True


class Skill(SQLModel, table=True):
    """One thing a worker was trained for. `level` grows with mastery, from 1."""

    worker_id: int = Field(foreign_key="worker.id", primary_key=True)
    code: str = Field(primary_key=True)
    level: int = 1


class Paper(SQLModel, table=True):
    """The worker's latest paper of one kind (health card, trade certificate), good through its last day."""

    worker_id: int = Field(foreign_key="worker.id", primary_key=True)
    kind: str = Field(primary_key=True)
    number: str = ""
    valid_until_day: date


class Coverage(SQLModel, table=True):
    """An area the worker goes to."""

    __table_args__ = (Index("ix_coverage_area", "area_code", "worker_id"),)

    worker_id: int = Field(foreign_key="worker.id", primary_key=True)
    area_code: str = Field(primary_key=True)


class Shift(SQLModel, table=True):
    """Hours of a weekday (0 is Monday) that the worker works, on the company's wall clock; several a day."""

    __table_args__ = (
        CheckConstraint("begins < ends", name="order"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        Index("ix_shift_weekday", "weekday", "begins", "ends", "worker_id"),
    )

    worker_id: int = Field(foreign_key="worker.id", primary_key=True)
    weekday: int = Field(primary_key=True)
    begins: time = Field(primary_key=True)
    ends: time


class TimeOff(SQLModel, table=True):
    """A stretch in which the worker is not there: leave, illness, training."""

    __tablename__ = "time_off"
    __table_args__ = (CheckConstraint("begins_at < ends_at", name="order"),)

    id: int | None = Field(default=None, primary_key=True)
    worker_id: int = Field(foreign_key="worker.id", index=True)
    begins_at: datetime
    ends_at: datetime = Field(index=True)
    reason: str = ""


class Occupied(SQLModel, table=True):
    """One half hour of one worker, sold to a visit or kept by a hold. The primary key sells it once.

    `half_hour` counts half hours since 1970 in UTC. The first half hour of a stay also carries what the
    search must know of the whole stay, so that it reads one row a stay: how many half hours it `lasts` (0
    on all other rows), its area, and the minutes of preparation its service needs before it.
    """

    __table_args__ = (
        CheckConstraint("(hold_id IS NULL) <> (visit_id IS NULL)", name="one_owner"),
        Index(
            "ix_occupied_stay",
            *("half_hour", "lasts", "area_code", "prepares", "worker_id", "hold_id", "visit_id"),
            sqlite_where=text("lasts > 0"),
            postgresql_where=text("lasts > 0"),
        ),
        Index(
            "ix_occupied_hold",
            "hold_id",
            # Nearly all half hours belong to visits.
            sqlite_where=text("hold_id IS NOT NULL"),
            postgresql_where=text("hold_id IS NOT NULL"),
        ),
        {"sqlite_with_rowid": False},
    )

    worker_id: int = Field(foreign_key="worker.id", primary_key=True)
    half_hour: int = Field(primary_key=True)
    hold_id: int | None = Field(default=None, foreign_key="hold.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    lasts: int = 0
    area_code: str = ""
    prepares: int = 0


class UnknownWorker(DomainError):
    """Nobody works here under that number."""

    key = "worker-unknown"


def worker(session: Session, id: int) -> Worker:
    """The worker of that number, working here still or not. Raises UnknownWorker."""
    found = session.get(Worker, id)
    if found is None:
        raise UnknownWorker(worker=id)
    return found


_NAMED = select(Worker).where(col(Worker.id).in_(bindparam("ids", expanding=True)))


def named(session: Session, ids: Collection[int]) -> list[Worker]:
    """The workers of these numbers, in the order of `ids`; numbers of nobody are left out."""
    if not ids:
        return []
    found = {one.id: one for one in session.execute(_NAMED, {"ids": list(ids)}).scalars()}
    return [found[id] for id in ids if id in found]


def hire(
    session: Session,
    *,
    name: str,
    gender: Gender,
    since_day: date,
    areas: Iterable[str],
    skills: Iterable[str] = (),
    papers: Mapping[str, date] | None = None,
    shifts: Iterable[tuple[int, time, time]] = (),
    languages: Iterable[str] = ("zh-CN",),
    tags: Iterable[str] = (),
    senior: bool = False,
    bio: Mapping[str, str] | None = None,
    card_consent: bool = False,
) -> Worker:
    """A new worker with everything the search asks about. `papers` says until which day each kind is good;
    `shifts` are weekday (0 is Monday), beginning and end."""
    hired = Worker(
        name=name,
        gender=gender,
        since_day=since_day,
        languages=list(languages),
        tags=list(tags),
        senior=senior,
        bio=dict(bio or {}),
        card_consent=card_consent,
    )
    session.add(hired)
    session.flush()
    id = hired.id or 0
    session.add_all(Skill(worker_id=id, code=code) for code in set(skills))
    session.add_all(Coverage(worker_id=id, area_code=area) for area in set(areas))
    session.add_all(
        Paper(worker_id=id, kind=kind, valid_until_day=day) for kind, day in (papers or {}).items()
    )
    session.add_all(Shift(worker_id=id, weekday=day, begins=b, ends=e) for day, b, e in shifts)
    waitings.wake(session)
    session.flush()
    return hired


def train(session: Session, worker_id: int, code: str, level: int) -> Skill:
    """The worker was trained for this, up to that level."""
    skill = session.get(Skill, (worker_id, code)) or Skill(worker_id=worker_id, code=code)
    skill.level = level
    waitings.wake(session)
    session.add(skill)
    session.flush()
    return skill


def consent(session: Session, worker: Worker, *, shown: bool) -> None:
    """Whether customers may be shown the worker's card, from now on."""
    worker.card_consent = shown
    session.add(worker)


def skills_of(session: Session, worker_id: int) -> list[Skill]:
    """What the worker was trained for, in one order."""
    return list(session.exec(select(Skill).where(Skill.worker_id == worker_id).order_by(col(Skill.code))))


def areas_of(session: Session, worker_id: int) -> list[str]:
    """The codes of the areas the worker goes to, in one order."""
    theirs = select(Coverage.area_code).where(Coverage.worker_id == worker_id)
    return list(session.exec(theirs.order_by(col(Coverage.area_code))))


def shifts_of(session: Session, worker_id: int) -> list[Shift]:
    """The worker's hours, through the week."""
    theirs = select(Shift).where(Shift.worker_id == worker_id)
    return list(session.exec(theirs.order_by(col(Shift.weekday), col(Shift.begins))))
