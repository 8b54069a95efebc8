"""A worker objects to a rating: why, and what staff find. The customer hears nothing of it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import Session, col, select

from core import ratings, timeline
from core.errors import DomainError
from core.ratings import APPEALED, MOST, Exclusion, Rating
from core.visits import Visit

if TYPE_CHECKING:
    from core.company import Company


class NotToAppeal(DomainError):
    """The worker has objected before, or too late, or it is not about them."""

    key = "appeal-not-now"


class AppealSettled(DomainError):
    """Somebody decided this before."""

    key = "appeal-settled-before"


def open_for(
    session: Session, company: "Company", worker_id: int, now: datetime, limit: int
) -> list[tuple[Rating, Visit]]:
    """What a worker may still object to: less than full marks of the last days, the latest first."""
    since = now - timedelta(days=company.policies.appeal_days)
    found = ratings.of_worker(session, worker_id, since, limit * 4)
    return [one for one in found if _is_open(one[0])][:limit]


def _is_open(rating: Rating) -> bool:
    return rating.appealed_at is None and rating.excluded is None and (rating.stars or MOST) < MOST


def make(
    session: Session, company: "Company", visit: Visit, worker_id: int, words: str, now: datetime
) -> Rating:
    """The worker objects, in these words. Raises NotToAppeal."""
    rating = session.get(Rating, visit.id, with_for_update=True, populate_existing=True)
    last = now - timedelta(days=company.policies.appeal_days)
    if rating is None or rating.rated_at is None or rating.worker_id != worker_id:
        raise NotToAppeal
    if not _is_open(rating) or rating.rated_at < last:
        raise NotToAppeal
    rating.appeal, rating.appealed_at = words, now
    session.add(rating)
    session.flush()
    _note(session, rating, "appealed", actor="worker", now=now, reason=words)
    return rating


def waiting(session: Session, limit: int) -> list[tuple[Rating, Visit]]:
    """The objections nobody has decided yet, the oldest first."""
    found = session.exec(
        select(Rating, Visit)
        .join(Visit, col(Visit.id) == col(Rating.visit_id))
        .where(APPEALED)  # a literal, so that the partial index serves it
        .order_by(col(Rating.appealed_at))
        .limit(limit)
    )
    return [(rating, visit) for rating, visit in found]


def settle(session: Session, rating: Rating, staff_id: int, *, upheld: bool, now: datetime) -> None:
    """Staff decide: upheld, it does not count any more. Raises AppealSettled when somebody did before."""
    values: dict[str, object] = {
        "appeal_settled_at": now,
        "appeal_settled_by": staff_id,
        "appeal_upheld": upheld,
    }
    if upheld:
        values["excluded"] = Exclusion.APPEAL
    settled = session.exec(
        update(Rating).where(col(Rating.visit_id) == rating.visit_id, APPEALED).values(values)
    ).rowcount
    session.refresh(rating)
    if not settled:
        raise AppealSettled
    what = "appeal-upheld" if upheld else "appeal-refused"
    _note(session, rating, what, actor="staff", now=now)


def _note(
    session: Session, rating: Rating, what: str, *, actor: str, now: datetime, reason: str | None = None
) -> None:
    timeline.add(session, rating.visit_id, what, actor=actor, now=now, for_customer=False, reason=reason)
