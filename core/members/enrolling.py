"""Becoming a member: for whoever left a number, asked for nothing more."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from core.customers import Customer
from core.errors import DomainError
from core.members import birthdays, climbing, earning, points, tiers
from core.members.tables import Membership

if TYPE_CHECKING:
    from core.company import Company


class NoNumber(DomainError):
    """Nobody becomes a member without a telephone number."""

    key = "member-no-number"


def join(session: Session, company: "Company", customer: Customer, now: datetime) -> tuple[Membership, bool]:
    """Make a customer a member, with what new members get; False for whoever is one already.

    Raises NoNumber.
    """
    if customer.phone is None:
        raise NoNumber
    points.lock(session, customer.id or 0)
    known = tiers.membership(session, customer.id or 0)
    if known is not None:
        return known, False
    made = Membership(customer_id=customer.id or 0, joined_at=now, tier_since=now)
    session.add(made)
    session.flush()
    earning.welcome(session, company, customer, now)
    climbing.rise(session, company, customer.id or 0, now)
    birthdays.watch(session, company, made, now)
    return made, True
