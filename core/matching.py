"""Who suits a home best, and why: preferences, household facts, and the reasons people get to read."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from sqlalchemy import JSON, BindParameter, bindparam, column, func, table
from sqlalchemy import select as columns
from sqlmodel import Field, Session, SQLModel, col

from core import aftercare, workers
from core.catalogue import Service
from core.customers import HomeProfile
from core.database import stored
from core.members import tiers
from core.workers import Gender, Occupied, Worker

if TYPE_CHECKING:
    from core.company import Company

ReasonKey = Literal[
    "favourite", "been-here", "same-area", "rated", "senior",
    "pets", "elderly", "infants", "allergy", "language", "gender", "care",
]  # fmt: skip

SENIORS_FIRST = 5.0
"""So many times as much counts experience for members whose tier has it so: more than the way or a star,
less than two visits together."""
WEIGHTS: Mapping[str, float] = {
    "favourite": 100.0,
    "been-here": 10.0,  # for each visit, at most MOST_FAMILIAR of them
    "same-area": 8.0,
    "rated": 4.0,  # for each star
    "senior": 4.0,  # as often as SENIORS_FIRST says where a member's tier has it so
    "pets": 8.0,
    "elderly": 8.0,
    "infants": 8.0,
    "allergy": 8.0,
    "language": 12.0,
    "gender": 0.0,  # who does not meet this wish is not ranked at all
    "care": 40.0,  # for the experienced, at the first visit after a complaint...
    "care-rated": 10.0,  # ... and there for each star besides...
    "care-concerned": -60.0,  # ... but not for those whom it was about
    "busy": -3.0,  # for each stay the worker already has that day, so that work is spread
}
FOR_STAFF = frozenset({"care"})
"""Reasons that neither customers nor workers read: it is nobody's business that somebody complained."""
MOST_FAMILIAR = 3
WORTH_SAYING = 4.5
"""Stars from which a rating is given as a reason."""
RATING_OF_NEWCOMERS = 4.0
"""Stars by which a worker is ranked whom nobody rated yet, so that newcomers get work."""

# Visits stand above this module, so their table is named here and not imported.
_visit = table("visit", column("id"), column("customer_id"), column("status"))


class PreferenceKind(StrEnum):
    """What a customer thinks of a worker."""

    FAVOURITE = "favourite"
    BLOCKED = "blocked"


class Preference(SQLModel, table=True):
    """A worker the customer wants first, or never again. Only the customer may know or change it."""

    customer_id: int = Field(foreign_key="customer.id", primary_key=True)
    worker_id: int = Field(foreign_key="worker.id", primary_key=True)
    kind: PreferenceKind = Field(sa_type=stored(PreferenceKind))


class Assignment(SQLModel, table=True):
    """A worker who attends a visit, and why it was this one."""

    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    worker_id: int = Field(foreign_key="worker.id", primary_key=True, index=True)
    leads: bool
    """The one of a crew whom the customer sees and talks to."""
    reasons: list[dict[str, object]] = Field(default_factory=list, sa_type=JSON)
    """`Reason.as_json` of each."""
    assigned_at: datetime
    released_at: datetime | None = None
    """Since when the worker has nothing to do with the visit any more."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a window is looked for: a service, so many `minutes`, so many people, in an area (its code)."""

    service: Service
    minutes: int
    crew: int
    area: str
    customer_id: int | None = None
    home: HomeProfile | None = None
    instead_of: int | None = None
    """A visit that would be moved: its own half hours count as free."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a worker: a sentence's key and what the sentence mentions."""

    key: ReasonKey
    args: Mapping[str, int | float | str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """As plain JSON values."""
        return {"key": self.key, "args": dict(self.args)}


@dataclass(frozen=True, slots=True)
class Match:
    """A worker, how well they suit (more is better), and why, the strongest reason first."""

    worker: Worker
    score: float
    reasons: tuple[Reason, ...]


_workers: BindParameter[int] = bindparam("workers", expanding=True)
_customer: BindParameter[int] = bindparam("customer")
_PREFERENCES = columns(col(Preference.worker_id), col(Preference.kind)).where(
    col(Preference.customer_id) == _customer
)
_MERITS = columns(
    col(Worker.id),
    col(Worker.gender),
    col(Worker.languages),
    col(Worker.tags),
    col(Worker.senior),
    col(Worker.rating),
    col(Worker.rated),
).where(col(Worker.id).in_(_workers))
_TOGETHER = (
    columns(col(Assignment.worker_id), func.count())
    .join(_visit, _visit.c.id == col(Assignment.visit_id))
    .where(_visit.c.customer_id == _customer, _visit.c.status == "finished")
    .where(col(Assignment.released_at).is_(None))
    .group_by(col(Assignment.worker_id))
)
_AREAS = columns(col(Occupied.worker_id), col(Occupied.area_code)).where(
    col(Occupied.half_hour).between(bindparam("first"), bindparam("last")),
    col(Occupied.half_hour) != bindparam("but"),
    col(Occupied.lasts) > 0,
    col(Occupied.worker_id).in_(_workers),
)


_CONCERNED = columns(col(Assignment.worker_id)).where(
    col(Assignment.visit_id) == bindparam("visit"), col(Assignment.released_at).is_(None)
)


def favour(session: Session, customer_id: int, worker_id: int) -> None:
    """The customer wants this worker first. Takes a block back."""
    _prefer(session, customer_id, worker_id, PreferenceKind.FAVOURITE)


def block(session: Session, customer_id: int, worker_id: int) -> None:
    """Never send this worker to the customer again; the worker is not told."""
    _prefer(session, customer_id, worker_id, PreferenceKind.BLOCKED)


def forget(session: Session, customer_id: int, worker_id: int) -> None:
    """Whatever the customer thought of the worker no longer counts."""
    known = session.get(Preference, (customer_id, worker_id))
    if known is not None:
        session.delete(known)
        session.flush()


def preferences(session: Session, customer_id: int | None) -> dict[int, PreferenceKind]:
    """What the customer thinks of which worker (by id)."""
    if customer_id is None:
        return {}
    found = session.connection().execute(_PREFERENCES, {"customer": customer_id})
    return {row.worker_id: row.kind for row in found}


def rank(
    session: Session,
    company: "Company",
    need: Need,
    worker_ids: Collection[int],
    *,
    starts_at: datetime,
    best: int | None = None,
) -> list[Match]:
    """These workers, the one who suits best first (only the `best` so many, if given).

    Never one whom the customer blocked or whose gender they refused. It does not ask who is free or
    trained: `worker_ids` come from a window. Equal scores go to the smaller number, so that the same
    question has the same answer.
    """
    thinks = preferences(session, need.customer_id)
    wanted = [id for id in worker_ids if thinks.get(id) is not PreferenceKind.BLOCKED]
    been = _visits_together(session, need.customer_id)
    day = _areas_that_day(session, company, wanted, starts_at)
    care = _care(session, company, need.customer_id, starts_at)
    seniority = _seniority(session, company, need.customer_id)
    scored = [
        (*_judge(one, need, thinks.get(one.id), been[one.id], day.get(one.id, ()), care, seniority), one.id)
        for one in _merits(session, wanted)
        if suits_gender(one.gender, need)
    ]
    scored.sort(key=lambda each: (-each[0], each[2]))
    scored = scored[:best]
    team = {worker.id: worker for worker in workers.named(session, [id for _, _, id in scored])}
    return [Match(team[id], score, reasons) for score, reasons, id in scored]


def suits_gender(gender: str, need: Need) -> bool:
    """Whether a worker of this gender may come: always, unless the customer asked for the other one."""
    wish = need.home.worker_gender if need.home else None
    return not wish or gender == wish


class _Merits(NamedTuple):
    """What is weighed of a worker, without the rest of the row."""

    id: int
    gender: Gender
    languages: list[str]
    tags: list[str]
    senior: bool
    rating: float
    rated: int


def _merits(session: Session, ids: Collection[int]) -> list[_Merits]:
    found = session.connection().execute(_MERITS, {"workers": list(ids)})
    return [_Merits._make(row) for row in found]


def _judge(
    worker: _Merits,
    need: Need,
    thinks: PreferenceKind | None,
    been: int,
    areas: Sequence[str],
    care: Collection[int] | None,
    seniority: float,
) -> tuple[float, tuple[Reason, ...]]:
    """The worker's score and what speaks for them; `areas` is where they already work that day.

    `care`: the customer complained before (about these workers, by id), so that experience counts for more.
    """
    weighed: list[tuple[float, Reason]] = []

    def speaks(key: ReasonKey, times: float = 1.0, **args: int | float | str) -> None:
        weighed.append((WEIGHTS[key] * times, Reason(key, args)))

    if thinks is PreferenceKind.FAVOURITE:
        speaks("favourite")
    if been:
        speaks("been-here", min(been, MOST_FAMILIAR), visits=been)
    if need.area in areas:
        speaks("same-area")
    for key in _facts_met(worker, need.home):
        speaks(key)
    if worker.senior:
        speaks("senior", seniority)
    stars = worker.rating if worker.rated else RATING_OF_NEWCOMERS
    if care is not None and worker.id not in care and (worker.senior or stars >= WORTH_SAYING):
        speaks("care", float(worker.senior))
    score = sum(weight for weight, _ in weighed) + WEIGHTS["rated"] * stars + WEIGHTS["busy"] * len(areas)
    if care is not None:
        score += WEIGHTS["care-concerned"] if worker.id in care else WEIGHTS["care-rated"] * stars
    if worker.rated and worker.rating >= WORTH_SAYING:
        # Said after what concerns this very home, whatever its weight.
        weighed.append((1.0, Reason("rated", {"stars": round(worker.rating, 1), "times": worker.rated})))
    weighed.sort(key=lambda pair: -pair[0])
    return score, tuple(reason for _, reason in weighed)


def _seniority(session: Session, company: "Company", customer_id: int | None) -> float:
    """How much experience counts for: more where the customer's tier has it so."""
    if customer_id is None:
        return 1.0
    return SENIORS_FIRST if tiers.level(session, company, customer_id).seniors_first else 1.0


def _facts_met(worker: _Merits, home: HomeProfile | None) -> list[ReasonKey]:
    """Which of the household's facts and wishes the worker meets."""
    if home is None:
        return []
    facts: tuple[tuple[ReasonKey, bool], ...] = (
        ("pets", bool(home.pets) and "pets" in worker.tags),
        ("elderly", bool(home.elderly) and "elderly" in worker.tags),
        ("infants", bool(home.infants) and "infants" in worker.tags),
        ("allergy", bool(home.allergy) and "allergy" in worker.tags),
        ("language", bool(home.worker_language) and _speaks(worker, home.worker_language)),
        ("gender", bool(home.worker_gender) and worker.gender == home.worker_gender),
    )
    return [key for key, met in facts if met]


def _speaks(worker: _Merits, language: str | None) -> bool:
    """Whether the worker speaks the language (BCP 47): "zh" is met by "zh-CN", "zh-TW" by nothing else."""
    return any(
        spoken == language or spoken.startswith(f"{language}-") or language == spoken.split("-")[0]
        for spoken in worker.languages
    )


def _care(
    session: Session, company: "Company", customer_id: int | None, starts_at: datetime
) -> set[int] | None:
    """Whom the complaint was about (ids) after which this would be the customer's next visit; None without
    such a complaint."""
    if customer_id is None:
        return None
    number = aftercare.complaint_before(session, customer_id, starts_at, company.complaints.care_days)
    if number is None:
        return None
    found = session.connection().execute(_CONCERNED, {"visit": aftercare.visit_of(session, number)})
    return {row[0] for row in found}


def _prefer(session: Session, customer_id: int, worker_id: int, kind: PreferenceKind) -> None:
    known = session.get(Preference, (customer_id, worker_id))
    session.add(known or Preference(customer_id=customer_id, worker_id=worker_id, kind=kind))
    if known is not None:
        known.kind = kind
    session.flush()


def _visits_together(session: Session, customer_id: int | None) -> Counter[int]:
    """How many visits to this customer each worker finished."""
    if customer_id is None:
        return Counter()
    found = session.connection().execute(_TOGETHER, {"customer": customer_id})
    return Counter({row[0]: row[1] for row in found})


def _areas_that_day(
    session: Session, company: "Company", ids: Collection[int], starts_at: datetime
) -> dict[int, list[str]]:
    """The areas where each worker has a stay on the company's day of `starts_at`.

    The stay at that very moment is left out: it is the one that is being decided.
    """
    midnight = datetime.combine(starts_at.astimezone(company.zone).date(), time(0), company.zone)
    first, now = (int(moment.timestamp()) // 1800 for moment in (midnight, starts_at))
    values = {"first": first, "last": first + 47, "but": now, "workers": list(ids)}
    found = session.connection().execute(_AREAS, values)
    areas: dict[int, list[str]] = {}
    for worker_id, area in found:
        areas.setdefault(worker_id, []).append(area)
    return areas
