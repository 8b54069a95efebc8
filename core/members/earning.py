"""How points are earned: by visits that are paid, by joining and telling, and because we owe them."""

from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from core import compensations, customers
from core.compensations import Compensation
from core.customers import Customer
from core.members import climbing, expiring, lots, points, redeeming, tiers
from core.members.climbing import Gap
from core.members.tables import PointEntry, PointLot, Tier, What
from core.payments import Payment
from core.visits.tables import Visit

if TYPE_CHECKING:
    from core.company import Company

VISIT, SIGN_UP, PROFILE, RATING, OWED = "visit", "sign-up", "profile", "rating", "compensation"
BIRTHDAY = "birthday"
BESIDES = (SIGN_UP, PROFILE, RATING, BIRTHDAY)
"""What is earned besides orders, which has a limit a month."""


class Paid(NamedTuple):
    """What a paid visit brought its member."""

    points: int
    usable_from: datetime | None
    risen: Tier | None
    """The tier they reached by it."""
    gap: Gap | None
    """What is missing to the next tier."""
    kept: int
    """So many points that would have expired soon are good for longer..."""
    kept_until: datetime | None
    """... until then, the first of them."""


def worth_of(company: "Company", tier: Tier, visit: Visit, fen: int) -> int:
    """The points for so much money (fen) really paid for a visit, by a member of that tier; rounded down."""
    rules = company.members
    day = visit.starts_at.astimezone(company.zone).day
    times = rules.member_day_times if day == rules.member_day else 1
    return fen * rules.of(tier).factor * times // (100 * points.FEN_PER_YUAN)


def paid(session: Session, company: "Company", visit: Visit, now: datetime) -> Paid | None:
    """A finished visit is paid: its member gets the points, and the tier that they reach by it.

    Safe to repeat. None for whoever has not joined, and for what is not paid.
    """
    payment = session.get(Payment, visit.id)
    member = tiers.membership(session, visit.customer_id)
    if member is None or payment is None or payment.paid_at is None:
        return None
    lot = _earn_visit(session, company, visit, member.tier, payment, now)
    risen = climbing.rise(session, company, visit.customer_id, now)
    redeeming.quarterly(session, company, member, now)
    stands = climbing.standing(session, company, visit.customer_id, now)
    gap = climbing.gap_to_next(company, member.tier, stands)
    kept = expiring.prolong(session, company, visit.customer_id, now)
    return Paid(
        points=lot.points if lot else 0,
        usable_from=lot.usable_from if lot else None,
        risen=risen,
        gap=gap,
        kept=sum(one.points for one in kept),
        kept_until=min((one.expires_at for one in kept), default=None),
    )


def _earn_visit(
    session: Session, company: "Company", visit: Visit, tier: Tier, payment: Payment, now: datetime
) -> PointLot | None:
    count = worth_of(company, tier, visit, payment.amount - _refunded(session, visit))
    known = _lots_of(session, visit)
    if known and points.worth(session, known[-1].key) > 0:
        return known[-1]
    if count <= 0:
        return None
    return points.earn(
        session,
        company,
        visit.customer_id,
        count,
        reason=VISIT,
        subject=visit.reference,
        now=now,
        pending_days=company.members.pending_days,
        key=f"{VISIT}:{visit.reference}:{len(known)}",  # paid, found unpaid after all, and paid again
    )


def unpaid(session: Session, visit: Visit, now: datetime) -> int:
    """Staff say that a visit was not paid after all: its points go back; how many."""
    return sum(points.take_back(session, lot.key, None, now) for lot in _lots_of(session, visit))


def refunded(session: Session, visit: Visit, fen: int, now: datetime) -> int:
    """So much of what a visit cost goes back to its customer: its points go back in proportion, rounded
    down; how many. What expired is not taken."""
    payment = session.get(Payment, visit.id)
    if payment is None or not payment.amount:
        return 0
    share = min(fen, payment.amount)
    return sum(
        points.take_back(session, lot.key, lot.points * share // payment.amount, now)
        for lot in _lots_of(session, visit)[-1:]
    )


def brought(session: Session, visit: Visit) -> bool:
    """Whether a visit ever earned points."""
    return bool(_lots_of(session, visit))


def taken_at(session: Session, visit: Visit, at: datetime) -> int:
    """How many points of a visit were taken back at that very moment."""
    query = select(func.sum(PointEntry.points)).where(
        PointEntry.subject == visit.reference, PointEntry.what == What.TAKEN_BACK, PointEntry.at == at
    )
    return -int(session.exec(query).one() or 0)


def welcome(session: Session, company: "Company", customer: Customer, now: datetime) -> int:
    """What a new member gets at once: for joining, for what they told, for visits they paid lately.

    How many of these points may be used now.
    """
    customer_id = customer.id or 0
    besides(session, company, customer_id, company.members.sign_up, SIGN_UP, str(customer_id), now)
    profile(session, company, customer, now)
    for visit, payment in _paid_lately(session, company, customer_id, now):
        _earn_visit(session, company, visit, Tier.BASIC, payment, now)
    return points.balance(session, customer_id, now).usable


def profile(session: Session, company: "Company", customer: Customer, now: datetime) -> int:
    """The points for a record that says everything, once; how many, 0 for whoever has not joined."""
    customer_id = customer.id or 0
    if tiers.membership(session, customer_id) is None or not is_complete(session, customer):
        return 0
    return besides(session, company, customer_id, company.members.profile, PROFILE, str(customer_id), now)


def is_complete(session: Session, customer: Customer) -> bool:
    """Whether a customer told their name and number, a home and its size, and who lives there."""
    homes = customers.addresses(session, customer.id or 0)
    home = customers.home(session, customer.id or 0)
    told = home.told_at is not None and None not in (home.pets, home.elderly, home.infants)
    return bool(customer.name and customer.phone and told and any(one.size_m2 for one in homes))


def rated(session: Session, company: "Company", visit: Visit, now: datetime) -> int:
    """The points for a rating in words, once for each visit; how many, 0 for whoever has not joined."""
    if tiers.membership(session, visit.customer_id) is None:
        return 0
    count = company.members.rating
    return besides(session, company, visit.customer_id, count, RATING, visit.reference, now)


def credit(session: Session, company: "Company", now: datetime, customer_id: int | None = None) -> int:
    """Credit the points that we owe for faults of ours, to one customer or up to a hundred; to how many.

    Safe to repeat and to race.
    """
    owed = select(Compensation).where(text("kind = 'points' AND settled_at IS NULL"))
    if customer_id is not None:
        owed = owed.where(Compensation.customer_id == customer_id)
    found = session.exec(owed.order_by(col(Compensation.id)).limit(100)).all()
    for one in found:
        points.earn(
            session,
            company,
            one.customer_id,
            one.amount,
            reason=OWED,
            subject=f"owed:{one.id}",
            now=now,
            key=f"{OWED}:{one.id}",
        )
        compensations.settle(session, one, now)
    return len(found)


def besides(
    session: Session,
    company: "Company",
    customer_id: int,
    count: int,
    reason: str,
    subject: str,
    now: datetime,
) -> int:
    """Earn what is not for an order, up to the month's limit; how many points, 0 the second time."""
    points.lock(session, customer_id)
    key = f"{reason}:{subject}"
    if session.exec(select(PointLot.id).where(PointLot.key == key)).first() is not None:
        return 0
    month = now.astimezone(company.zone).replace(day=1)
    since = datetime.combine(month.date(), time(), company.zone)
    had = select(func.sum(PointLot.points)).where(
        PointLot.customer_id == customer_id,
        col(PointLot.earned_at) >= since,
        col(PointLot.reason).in_(BESIDES),
        col(PointLot.key).not_like(f"%{lots.MOVED}%"),  # were earned when the first of their lots was
    )
    room = company.members.other_month - int(session.exec(had).one() or 0)
    if (allowed := min(count, room)) <= 0:
        return 0
    points.earn(session, company, customer_id, allowed, reason=reason, subject=subject, now=now, key=key)
    return allowed


def _lots_of(session: Session, visit: Visit) -> list[PointLot]:
    """What a visit earned, each time it was paid."""
    query = select(PointLot).where(PointLot.subject == visit.reference, PointLot.reason == VISIT)
    every = session.exec(query.order_by(col(PointLot.id)))
    return [one for one in every if not lots.is_moved(one)]


def _refunded(session: Session, visit: Visit) -> int:
    theirs = compensations.of_visit(session, visit.id or 0)
    return sum(one.amount for one in theirs if one.kind == "refund" and one.remedy_id is not None)


def _paid_lately(
    session: Session, company: "Company", customer_id: int, now: datetime
) -> list[tuple[Visit, Payment]]:
    since = points.days_before(now, company.members.join_back_days)
    query = (
        select(Visit, Payment)
        .join(Payment, col(Payment.visit_id) == col(Visit.id))
        .where(Visit.customer_id == customer_id, col(Visit.starts_at) >= since)
        .where(col(Payment.paid_at).is_not(None))
        .order_by(col(Visit.starts_at))
    )
    return list(session.exec(query))
