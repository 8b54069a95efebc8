"""Everything that happened with one customer, in one line: the latest first, page by page."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice

from sqlmodel import Session, col, select

from core.compensations import Compensation
from core.complaints import Complaint
from core.consents import Consent
from core.correspondence import Message
from core.coupons import Coupon
from core.handoffs import Handoff
from core.members.tables import PointEntry
from core.packages.tables import Package
from core.ratings import Rating
from core.resorts.notifications import CODE
from core.resorts.tables import Notification
from core.visits import Visit

LOTS = 4
"""From so many lots points are taken together, mostly; more make a page shorter, and lose nothing."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing: when, what it was, and which."""

    at: datetime
    kind: str
    """visit, rating, complaint, compensation, talk, points, coupon, package, consent or notification."""
    reference: str
    """The visit's reference, the number of a complaint, coupon or package; "" for what has none."""
    result: str
    """How it stands or ended, as a code."""
    amount: int = 0
    """Fen of a visit or a compensation in money, points of one in points or that came or went, stars."""
    what: str = ""
    """The service, the channel of a notification, or what it was about, as a code."""


OF_WORDS = frozenset({"rating", "complaint", "talk"})
"""The kinds of which only those may know who may read what was said."""


def of_customer(
    session: Session,
    customer_id: int,
    *,
    limit: int,
    before: datetime | None = None,
    but: Collection[str] = (),
) -> list[Happening]:
    """The latest `limit` things, or those `before` a moment, `but` some kinds; each is read by its index."""
    found = chain(_all(session, customer_id, limit, before), _of_value(session, customer_id, limit, before))
    every = sorted((one for one in found if one.kind not in but), key=lambda one: one.at, reverse=True)
    return list(islice(every, limit))


def _of_value(session: Session, customer_id: int, limit: int, before: datetime | None) -> Iterator[Happening]:
    """Points, coupons, packages, and what they agreed to for no single visit."""
    until = before or datetime.max.replace(tzinfo=UTC)
    yield from _points(session, customer_id, limit, until)
    given = (Coupon.customer_id == customer_id, col(Coupon.issued_at) < until)
    for coupon in session.exec(select(Coupon).where(*given).order_by(col(Coupon.id).desc()).limit(limit)):
        yield Happening(coupon.issued_at, "coupon", str(coupon.id), coupon.state.value)
    bought = (Package.customer_id == customer_id, col(Package.bought_at) < until)
    for package in session.exec(select(Package).where(*bought).order_by(col(Package.id).desc()).limit(limit)):
        state = package.state.value
        yield Happening(package.bought_at, "package", str(package.id), state, package.price)
    yield from _consents(session, customer_id, limit, until)


def _points(session: Session, customer_id: int, limit: int, until: datetime) -> Iterator[Happening]:
    """What came or went together is one thing, however many lots it was taken from."""
    theirs = (PointEntry.customer_id == customer_id, col(PointEntry.at) < until)
    newest = select(PointEntry).where(*theirs).order_by(col(PointEntry.id).desc()).limit(limit * LOTS)
    together: dict[tuple[datetime, str, str], int] = {}
    for entry in session.exec(newest):
        key = (entry.at, entry.what.value, entry.subject)
        together[key] = together.get(key, 0) + entry.points
    for (at, what, subject), points in together.items():
        if points:
            yield Happening(at, "points", subject, "", points, what)


def _consents(session: Session, customer_id: int, limit: int, until: datetime) -> Iterator[Happening]:
    theirs = select(Consent).where(Consent.customer_id == customer_id, Consent.subject == "")
    for one in session.exec(theirs.order_by(col(Consent.id).desc()).limit(limit)):
        if one.given_at < until:
            yield Happening(one.given_at, "consent", "", "given", what=one.purpose.value)
        if one.withdrawn_at is not None and one.withdrawn_at < until:
            yield Happening(one.withdrawn_at, "consent", "", "withdrawn", what=one.purpose.value)


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


def _notified(session: Session, customer_id: int, limit: int, until: datetime) -> Iterator[Happening]:
    """What went by e-mail or text message; codes that they asked for aside."""
    theirs = select(Notification, Message.status).join(Message, col(Message.id) == Notification.message_id)
    theirs = theirs.where(Notification.customer_id == customer_id, col(Notification.at) < until)
    theirs = theirs.where(Notification.kind != CODE).order_by(col(Notification.at).desc()).limit(limit)
    for one, status in session.exec(theirs):
        about = one.about or ("campaign" if one.kind == "campaign" else "care")
        yield Happening(one.at, "notification", about, str(status), one.cost, one.channel)


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
    yield from _notified(session, customer_id, limit, until)
    asked = (Handoff.customer_id == customer_id, col(Handoff.asked_at) < until)
    for talk in session.exec(select(Handoff).where(*asked).order_by(col(Handoff.id).desc()).limit(limit)):
        yield Happening(talk.asked_at, "talk", "", talk.status.value, what=talk.topic)
