"""Everything that tells where a customer stands, read at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlmodel import Session, col, select

from core import customers, facts, plans
from core.complaints.tables import UNSETTLED, Complaint, Severity
from core.customers import Customer, HomeProfile
from core.facts import Fact
from core.lifecycle import rhythm
from core.lifecycle.tables import Suggestion
from core.members import tiers
from core.members.tables import Tier
from core.payments import Payment
from core.ratings import Rating
from core.referrals import Referral
from core.visits import LIVE, Status, Visit

if TYPE_CHECKING:
    from core.company import Company

READ, SUGGESTED = 150, 20
"""So many of the last visits are read, and of the last suggestions."""
YEAR, DAY = timedelta(days=365), timedelta(days=1)
BAD = frozenset({Severity.S1, Severity.S2})


@dataclass(frozen=True, slots=True)
class History:
    """What there was between a customer and us; visits with the latest first."""

    customer: Customer
    finished: Sequence[Visit] = ()
    ahead: Sequence[Visit] = ()
    """Asked for, sold or under way."""
    cancelled: Sequence[Visit] = ()
    """By the customer."""
    ratings: Sequence[Rating] = ()
    complaints: Sequence[Complaint] = ()
    paid: int = 0
    """Fen, in twelve months."""
    friends: int = 0
    """Who came because they told them, and paid."""
    has_plan: bool = False
    tier: Tier = Tier.BASIC
    home: HomeProfile = field(default_factory=lambda: HomeProfile(customer_id=0))
    size_m2: int = 0
    told: Sequence[Fact] = ()
    suggestions: Sequence[Suggestion] = ()

    def interval(self, company: "Company") -> int:
        """Their own rhythm in days."""
        return rhythm.interval(rhythm.occasions(company.zone, self.finished), company.care)

    def in_a_year(self, now: datetime) -> int:
        """How many finished visits there were in twelve months."""
        return sum(one.starts_at > now - YEAR for one in self.finished)

    def silent_days(self, now: datetime) -> int:
        """Whole days since the last finished visit; 0 while a visit is ahead."""
        if self.ahead or not self.finished:
            return 0
        return max(0, (now - self.finished[0].starts_at) // DAY)

    def stars(self, since: datetime) -> list[int]:
        """What they gave since then."""
        return [one.stars for one in self.ratings if one.stars and one.rated_at and one.rated_at > since]

    def is_unsolved(self) -> bool:
        """Whether a complaint is still to be settled."""
        return any(one.status in UNSETTLED for one in self.complaints)

    def was_bad(self, now: datetime) -> bool:
        """Whether a bad complaint of twelve months was right."""
        return any(
            one.upheld and one.severity in BAD and one.opened_at > now - YEAR for one in self.complaints
        )


def read(session: Session, customer_id: int, now: datetime) -> History:
    """Everything there was with a customer, as far back as it matters."""
    theirs = select(Visit).where(Visit.customer_id == customer_id).order_by(col(Visit.starts_at).desc())
    visits = session.exec(theirs.limit(READ)).all()
    finished = [one for one in visits if one.status is Status.FINISHED]
    ids = [one.id for one in finished[:60]]
    homes = customers.addresses(session, customer_id)
    suggested = select(Suggestion).where(Suggestion.customer_id == customer_id)
    return History(
        customer=session.get_one(Customer, customer_id),
        finished=finished,
        ahead=[one for one in visits if one.status in LIVE],
        cancelled=[
            one for one in visits if one.status is Status.CANCELLED and one.cancelled_by == "customer"
        ],
        ratings=session.exec(select(Rating).where(col(Rating.visit_id).in_(ids))).all() if ids else (),
        complaints=session.exec(select(Complaint).where(Complaint.customer_id == customer_id)).all(),
        paid=_paid(session, [one.id for one in finished if one.starts_at > now - YEAR]),
        friends=_friends(session, customer_id),
        has_plan=bool(plans.running(session, customer_id)),
        tier=tiers.of(session, customer_id),
        home=customers.home(session, customer_id),
        size_m2=max((one.size_m2 or 0 for one in homes), default=0),
        told=facts.standing(session, customer_id),
        suggestions=session.exec(suggested.order_by(col(Suggestion.made_at).desc()).limit(SUGGESTED)).all(),
    )


def _paid(session: Session, visits: Sequence[int | None]) -> int:
    if not visits:
        return 0
    sums = select(func.coalesce(func.sum(Payment.amount), 0)).where(col(Payment.visit_id).in_(visits))
    return int(session.exec(sums.where(col(Payment.paid_at).is_not(None))).one())


def _friends(session: Session, customer_id: int) -> int:
    theirs = select(func.count()).where(Referral.referrer_id == customer_id)
    return session.exec(theirs.where(col(Referral.paid_at).is_not(None))).one()
