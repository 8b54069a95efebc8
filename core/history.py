"""Everything that happened with one customer, in one line: the latest first, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from sqlmodel import Session, col, select

from core.compensations import Compensation
from core.complaints import Complaint
from core.handoffs import Handoff
from core.ratings import Rating
from core.visits import Visit


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing: when, what it was, and which."""

    at: datetime
    kind: str
    """visit, rating, complaint, compensation or talk."""
    reference: str
    """The visit's reference, or the complaint's number; "" for what has neither."""
    result: str
    """How it stands or ended, as a code."""
    amount: int = 0
    """Fen of a visit or a compensation in money, points of one in points, stars of a rating."""
    what: str = ""
    """The service, or what it was about, as a code."""


def of_customer(
    session: Session, customer_id: int, *, limit: int, before: datetime | None = None
) -> list[Happening]:
    """The latest `limit` things, or those `before` a moment; each kind is read by its index, so far only."""
    every = sorted(_all(session, customer_id, limit, before), key=lambda one: one.at, reverse=True)
    return list(islice(every, limit))


def _all(session: Session, customer_id: int, limit: int, before: datetime | None) -> Iterator[Happening]:
    visits = select(Visit).where(Visit.customer_id == customer_id)
    visits = visits if before is None else visits.where(col(Visit.starts_at) < before)
    found = session.exec(visits.order_by(col(Visit.starts_at).desc()).limit(limit)).all()
    for visit in found:
        status, service = visit.status.value, visit.service_code
        yield Happening(visit.starts_at, "visit", visit.reference, status, visit.total, service)
    references = {visit.id: visit.reference for visit in found}
    rated = select(Rating).where(col(Rating.visit_id).in_(list(references)))
    for rating in session.exec(rated):
        if rating.rated_at is not None and (before is None or rating.rated_at < before):
            yield Happening(rating.rated_at, "rating", references[rating.visit_id], "", rating.stars or 0)
    yield from _apart(session, customer_id, limit, before)


def _apart(session: Session, customer_id: int, limit: int, before: datetime | None) -> Iterator[Happening]:
    """What need not be about a visit."""
    until = before or datetime.max.replace(tzinfo=UTC)
    of = (Complaint.customer_id == customer_id, col(Complaint.opened_at) < until)
    newest = col(Complaint.id).desc()
    for complaint in session.exec(select(Complaint).where(*of).order_by(newest).limit(limit)):
        number, status = str(complaint.id), complaint.status.value
        yield Happening(complaint.opened_at, "complaint", number, status, what=complaint.kind.value)
    owed = (Compensation.customer_id == customer_id, col(Compensation.granted_at) < until)
    newest = col(Compensation.id).desc()
    for one in session.exec(select(Compensation).where(*owed).order_by(newest).limit(limit)):
        result = "given" if one.settled_at else "owed"
        yield Happening(one.granted_at, "compensation", "", result, one.amount, one.kind)
    asked = (Handoff.customer_id == customer_id, col(Handoff.asked_at) < until)
    for talk in session.exec(select(Handoff).where(*asked).order_by(col(Handoff.id).desc()).limit(limit)):
        yield Happening(talk.asked_at, "talk", "", talk.status.value, what=talk.topic)
