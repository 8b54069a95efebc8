"""A worker's score: the mean of what customers said, which begins with a good word and forgets slowly."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, func, text
from sqlmodel import Field, Session, SQLModel, col, select

from core import coaching
from core.coaching import Coaching, Reason
from core.complaints import UNSETTLED, Cause, Complaint
from core.policies import Policies
from core.ratings import LOW, Rating
from core.workers import Worker

if TYPE_CHECKING:
    from core.company import Company

DAY = timedelta(days=1)
_COUNTS = (text("rating.stars IS NOT NULL AND rating.excluded IS NULL"),)


class Brought(SQLModel, table=True):
    """What a worker's customers had said before we asked any: a mean of so many, as we first knew it."""

    __tablename__ = "brought_score"

    worker_id: int = Field(foreign_key="worker.id", primary_key=True)
    stars: float = 0.0
    times: int = 0
    at: datetime


class Said(NamedTuple):
    """So many stars, that many days ago, said by so many."""

    stars: float
    age: float
    times: int = 1


class Score(NamedTuple):
    """A worker's score, and how many customers it rests on."""

    stars: float
    times: int


def mean(rules: Policies, said: Iterable[Said]) -> float:
    """The score that these make; their order does not matter.

    It lies between the lowest and the highest of them and what every score begins with, to which it goes
    back as they grow old.
    """
    weighed = [(one.stars, one.times * 0.5 ** (max(one.age, 0) / rules.score_half_life_days)) for one in said]
    total = math.fsum(stars * weight for stars, weight in weighed)
    weight = math.fsum(weight for _, weight in weighed)
    return (rules.score_prior * rules.score_weight + total) / (rules.score_weight + weight)


def of_worker(session: Session, company: "Company", worker: Worker, now: datetime) -> Score:
    """What the worker's score is now.

    Neither what a worker objected to with success counts, nor what goes with a complaint that staff found
    to be without ground.
    """
    rules, brought = company.policies, _brought(session, worker, now)
    given = select(Rating.stars, Rating.rated_at).where(Rating.worker_id == worker.id, *_COUNTS, _founded())
    lately = session.exec(given.order_by(col(Rating.rated_at).desc()).limit(rules.score_visits)).all()
    said = [Said(stars, (now - at) / DAY) for stars, at in lately if stars is not None and at is not None]
    places = min(brought.times, rules.score_visits - len(said))
    if places > 0:
        said.append(Said(brought.stars, (now - brought.at) / DAY, places))
    return Score(mean(rules, said), brought.times + _times(session, worker, len(lately), rules.score_visits))


def _times(session: Session, worker: Worker, lately: int, most: int) -> int:
    """How many said something, of whom so many were looked at."""
    if lately < most:
        return lately
    return session.exec(
        select(func.count()).select_from(Rating).where(Rating.worker_id == worker.id, *_COUNTS)
    ).one()


def renew(session: Session, company: "Company", worker_id: int, now: datetime) -> Coaching | None:
    """Put down the score as it is now, for matching and for customers to see.

    The talk that becomes due because of it, if one does; one that it no longer calls for is taken back.
    """
    session.flush()
    # Two ratings at once: the second counts the first.
    worker = session.get_one(Worker, worker_id, with_for_update=True, populate_existing=True)
    session.add(_brought(session, worker, now))
    score = of_worker(session, company, worker, now)
    worker.rating, worker.rated = (score.stars, score.times) if score.times else (0.0, 0)
    session.add(worker)
    session.flush()
    holds = _calls_for(session, company.policies, worker_id, score, now)
    coaching.lift(session, worker_id, holds, now)
    begun = [coaching.start(session, worker_id, reason, now) for reason in sorted(holds)]
    return next(filter(None, begun), None)


def reconsider(session: Session, company: "Company", visit_id: int | None, now: datetime) -> list[Coaching]:
    """A complaint about a visit was settled or opened again: with that, what was said of it counts or not.

    The talk that becomes due because of it, if one does.
    """
    rating = session.get(Rating, visit_id) if visit_id else None
    if rating is None or rating.stars is None:
        return []
    begun = renew(session, company, rating.worker_id, now)
    return [begun] if begun else []


def _calls_for(
    session: Session, rules: Policies, worker_id: int, score: Score, now: datetime
) -> frozenset[Reason]:
    """Why somebody must talk to the worker; what was before the last talk is not held against them."""
    talked = coaching.last_done(session, worker_id)
    holds = set()
    low_since = now - timedelta(days=rules.training_low_days)
    low = _given(session, worker_id, max(low_since, talked) if talked else low_since)
    if sum(stars <= LOW for stars in low) >= rules.training_low_times:
        holds.add(Reason.LOW)
    enough = score.times if talked is None else len(_given(session, worker_id, talked))
    if score.stars < rules.training_below and enough >= rules.training_ratings:
        holds.add(Reason.SCORE)
    return frozenset(holds)


def _given(session: Session, worker_id: int, since: datetime) -> list[int]:
    """The stars of everything that counts and was said after a moment."""
    theirs = select(Rating.stars).where(Rating.worker_id == worker_id, col(Rating.rated_at) > since)
    return [stars for stars in session.exec(theirs.where(*_COUNTS, _founded())) if stars is not None]


def _founded() -> ColumnElement[bool]:
    """Not of a visit whose complaint staff found to be without ground."""
    groundless = select(Complaint.id).where(
        Complaint.visit_id == Rating.visit_id,
        Complaint.cause == Cause.UNFOUNDED,
        col(Complaint.status).not_in(UNSETTLED),
    )
    return ~groundless.exists()


def _brought(session: Session, worker: Worker, now: datetime) -> Brought:
    """What the worker came with: what stood there before there was a score of ours."""
    found = session.get(Brought, worker.id)
    return found or Brought(worker_id=worker.id or 0, stars=worker.rating, times=worker.rated, at=now)
