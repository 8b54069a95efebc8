"""What customers say of finished visits: one rating each, while a week lasts, changed at most once."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, Session, SQLModel, col, select

from core import aftercare, alarms, complaints, handoffs, timeline, ways
from core.complaints import UNSETTLED, Complaint
from core.database import stored
from core.errors import DomainError
from core.timeline import Entry
from core.visits import Status, Visit, crew
from core.visits.life import latest

if TYPE_CHECKING:
    from core.company import Company

LOW, HALF, HIGH = 2, 3, 4
"""Up to LOW something went wrong, HALF is half content, from HIGH on they are content."""
MOST = 5
LOOKED_BACK = 8
"""So many earlier visits tell what a customer says of a series."""
SHOWN = 5
UNCONFIRMED = (*UNSETTLED, complaints.Status.RESOLVED)
"""The customer has not said yet that it is solved."""


class Dimension(StrEnum):
    """What about a visit may be good or bad."""

    PUNCTUAL = "punctual"
    QUALITY = "quality"
    ATTITUDE = "attitude"
    CONTACT = "contact"


class Tag(StrEnum):
    """What else may be said of it by one tap."""

    CAREFUL = "careful"
    MORE = "more"
    """They did more than they had to."""
    MISSED = "missed"
    """Something was left out."""
    OVERCHARGED = "overcharged"


PRAISING, BLAMING = (Tag.CAREFUL, Tag.MORE), (Tag.MISSED, Tag.OVERCHARGED)


class Exclusion(StrEnum):
    """Why a rating does not count for its worker."""

    APPEAL = "appeal"
    """They objected, and staff agreed."""
    CALLED_OFF = "called_off"
    """Staff ended the visit, not the worker."""


APPEALED = text("appealed_at IS NOT NULL AND appeal_settled_at IS NULL")


class Rating(SQLModel, table=True):
    """What the customer says of one visit. Begun when they are asked, or when they say it by themselves."""

    __table_args__ = (
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        CheckConstraint("(stars IS NULL) = (rated_at IS NULL)", name="rated"),
        CheckConstraint("edited_at IS NULL OR rated_at IS NOT NULL", name="edited"),
        CheckConstraint("(appeal_settled_at IS NULL) = (appeal_upheld IS NULL)", name="appeal_settled"),
        Index("ix_rating_worker", "worker_id", "rated_at"),
        Index("ix_rating_appealed", "appealed_at", sqlite_where=APPEALED, postgresql_where=APPEALED),
    )

    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    worker_id: int = Field(foreign_key="worker.id")
    """Who led: the one of the crew whom the customer sees and talks to."""
    asked_at: datetime | None = None
    nudged_at: datetime | None = None
    stars: int | None = None
    rated_at: datetime | None = None
    edited_at: datetime | None = None
    dimensions: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    """`Dimension` to 1 where it was good and -1 where it was bad; what nobody spoke of is not there."""
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    words: str = ""
    media: list[str] = Field(default_factory=list, sa_type=JSON)
    """Recordings and photos, by their ids."""
    bars: bool = False
    """Whether it is because of this rating that the worker does not come to this customer any more."""
    referred_at: datetime | None = None
    """When the customer was asked to tell their friends."""
    excluded: Exclusion | None = Field(default=None, sa_type=cast(Any, stored(Exclusion)))  # Any: as SQLModel

    appeal: str = ""
    """Why the worker objects, in their words."""
    appealed_at: datetime | None = None
    appeal_settled_at: datetime | None = None
    appeal_settled_by: int | None = Field(default=None, foreign_key="staff_member.id")
    appeal_upheld: bool | None = None


class NotToRate(DomainError):
    """The visit is not to be rated (again) now; `state` says why: unfinished, over, edited."""

    key = "rating-not-now"


def of(session: Session, visit: Visit) -> Rating | None:
    """What was said or asked of a visit so far."""
    return session.get(Rating, visit.id)


def until(company: "Company", visit: Visit) -> datetime:
    """Until when a visit may be rated."""
    return (visit.closed_at or visit.ends_at) + timedelta(days=company.policies.rating_days)


def told_at(company: "Company", at: datetime) -> datetime:
    """The first moment from `at` (aware) on when customers may be asked how a visit was."""
    rules, local = company.policies, at.astimezone(company.zone)
    begins, ends = rules.rating_from, rules.rating_until
    if begins <= local.time() <= ends:
        return at
    morning = local.replace(hour=begins.hour, minute=begins.minute, second=0, microsecond=0)
    return morning if local.time() < begins else morning + timedelta(days=1)


def may_rate(company: "Company", visit: Visit, rating: Rating | None, now: datetime) -> None:
    """Raises NotToRate when the visit may not be rated now, or its rating not be changed any more."""
    if visit.status is not Status.FINISHED:
        raise NotToRate(state="unfinished")
    if now > until(company, visit):
        raise NotToRate(state="over")
    if rating is not None and rating.edited_at is not None:
        raise NotToRate(state="edited")


def open_of(session: Session, company: "Company", customer_id: int, now: datetime) -> list[Visit]:
    """The customer's visits that may be rated, or rated anew, now; the latest first."""
    first = now - timedelta(days=company.policies.rating_days + 2)
    found = session.exec(
        select(Visit, Rating)
        .join(Rating, col(Rating.visit_id) == col(Visit.id), isouter=True)
        .where(Visit.customer_id == customer_id, Visit.starts_at > first, Visit.status == Status.FINISHED)
        .order_by(col(Visit.starts_at).desc())
        .limit(SHOWN)
    )
    open_ = [visit for visit, rating in found if rating is None or rating.edited_at is None]
    return [visit for visit in open_ if now <= until(company, visit)]


def why_not(session: Session, company: "Company", visit: Visit, now: datetime) -> str | None:
    """Why the customer is not to be asked of this visit now, in words for staff; None when they are."""
    rating = of(session, visit)
    if visit.status is not Status.FINISHED or is_called_off(session, visit):
        return "the visit was not carried out to its end"
    if rating is not None and rating.stars is not None:
        return "it is rated"
    if now >= until(company, visit):
        return "too long ago"
    if alarms.is_frozen(session, visit.id or 0):
        return "a call for help is open"
    if _has_complaint(session, visit.customer_id, UNCONFIRMED):
        return "a complaint is open"
    if (rating is None or rating.asked_at is None) and _is_asked_lately(session, company, visit):
        return "asked lately in this series, and they always say the same"
    return None


def is_with_person(session: Session, customer_id: int) -> bool:
    """Whether the customer waits for a person of ours, or talks with one."""
    found = handoffs.open_of(session, customer_id)
    return found is not None and found.topic != ways.CALL


def has_complaint(session: Session, customer_id: int) -> bool:
    """Whether a complaint of the customer's is still worked on."""
    return _has_complaint(session, customer_id, UNSETTLED)


def _has_complaint(session: Session, customer_id: int, states: Collection[complaints.Status]) -> bool:
    theirs = select(Complaint.id).where(Complaint.customer_id == customer_id)
    return session.exec(theirs.where(col(Complaint.status).in_(states)).limit(1)).first() is not None


def is_called_off(session: Session, visit: Visit) -> bool:
    """Whether staff ended the visit in the worker's place."""
    ended = select(Entry).where(Entry.visit_id == visit.id)
    return any(one.actor == "staff" for one in session.exec(ended) if one.what == Status.FINISHED.value)


def _is_asked_lately(session: Session, company: "Company", visit: Visit) -> bool:
    """Whether the visit belongs to a series of which they were asked lately and always say the same."""
    rules = company.policies
    found = session.exec(
        select(Visit, Rating)
        .join(Rating, col(Rating.visit_id) == col(Visit.id), isouter=True)
        .where(Visit.customer_id == visit.customer_id, Visit.starts_at < visit.starts_at)
        .where(Visit.service_code == visit.service_code, Visit.status == Status.FINISHED)
        .order_by(col(Visit.starts_at).desc())
        .limit(LOOKED_BACK)
    )
    follows, series = visit, list[Rating | None]()
    for earlier, rating in found:
        if follows.starts_at - earlier.starts_at > timedelta(days=rules.rating_series_days):
            break
        series.append(rating)
        follows = earlier
    lead = lead_of(session, visit)
    asked = [one for one in series[: rules.rating_series_visits] if one is not None and one.asked_at]
    said = [one.stars for one in series if one is not None and one.stars is not None]
    if not asked or any(one.worker_id != lead for one in asked):
        return False
    return len(said) < LOW or said[0] == said[1]


def lead_of(session: Session, visit: Visit) -> int:
    """Whom a rating of this visit is about: whoever led."""
    return crew(session, visit)[0][1].id or 0


def asked(session: Session, visit: Visit, now: datetime) -> Rating:
    """The customer is asked, or asked once more."""
    latest(session, visit)
    rating = _begun(session, visit)
    if rating.asked_at is None:
        rating.asked_at = now
    else:
        rating.nudged_at = now
    session.add(rating)
    session.flush()
    return rating


def rate(session: Session, company: "Company", visit: Visit, stars: int, now: datetime) -> int | None:
    """The customer gives so many stars; how many it were before, if any.

    The same again changes nothing, another number is the one change there may be. Raises NotToRate.
    """
    latest(session, visit)
    known = session.get(Rating, visit.id, populate_existing=True)
    before = known.stars if known is not None else None
    if before == stars:
        return before
    may_rate(company, visit, known, now)
    rating = known or _begun(session, visit)
    excluded = Exclusion.CALLED_OFF if is_called_off(session, visit) else rating.excluded
    if before is None:
        rating.stars, rating.rated_at, rating.excluded = stars, now, excluded
    else:
        rating.stars, rating.edited_at = stars, now
        rating.dimensions, rating.tags = {}, []  # said of another number of stars
    session.add(rating)
    session.flush()
    what = "rated" if before is None else "rated-anew"
    detail = {"stars": stars, "before": before}
    timeline.add(
        session,
        visit.id or 0,
        what,
        actor="customer",
        now=now,
        detail=detail,
        for_worker=False,
        reason=f"{stars} of {MOST}",
    )
    return before


def describe(
    session: Session,
    rating: Rating,
    *,
    what: Sequence[str] = (),
    words: str = "",
    media: Sequence[str] = (),
) -> None:
    """What was good or bad about it, by dimension or tag, and in their own words. Words are added."""
    sign = 1 if (rating.stars or 0) >= HIGH else -1
    if what:
        rating.dimensions = {one: sign for one in what if one in set(Dimension)}
        rating.tags = [one for one in what if one in set(Tag)]
    rating.words = "\n".join(filter(None, (rating.words, words)))
    rating.media = [*rating.media, *media]
    session.add(rating)
    session.flush()


def is_to_refer(session: Session, company: "Company", visit: Visit, now: datetime) -> bool:
    """Whether this customer may be asked to tell their friends: at most once in so many days, and not soon
    after a complaint."""
    if aftercare.is_quiet(session, visit.customer_id, now):
        return False
    rules = company.policies
    since = now - timedelta(days=rules.referral_days)
    first = since - timedelta(days=rules.rating_days + 2)
    lately = (
        select(Rating.visit_id)
        .join(Visit, col(Visit.id) == col(Rating.visit_id))
        .where(Visit.customer_id == visit.customer_id, Visit.starts_at > first)
        .where(col(Rating.referred_at) > since)
        .limit(1)
    )
    return session.exec(lately).first() is None


def of_worker(session: Session, worker_id: int, first: datetime, limit: int) -> list[tuple[Rating, Visit]]:
    """A worker's ratings given from `first` on, the latest first, with their visits."""
    found = session.exec(
        select(Rating, Visit)
        .join(Visit, col(Visit.id) == col(Rating.visit_id))
        .where(Rating.worker_id == worker_id, col(Rating.rated_at) >= first)
        .order_by(col(Rating.rated_at).desc())
        .limit(limit)
    )
    return [(rating, visit) for rating, visit in found]


def _begun(session: Session, visit: Visit) -> Rating:
    found = session.get(Rating, visit.id, populate_existing=True)
    return found or Rating(visit_id=visit.id or 0, worker_id=lead_of(session, visit))
