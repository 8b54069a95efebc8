"""The tier a member is in, and what it is good for."""

from typing import TYPE_CHECKING

from sqlmodel import Session, select

from core.members.tables import Membership, Tier

if TYPE_CHECKING:
    from core.company import Company
    from core.members.rules import Level

__all__ = ["Tier", "goodwill", "level", "membership", "of"]


def of(session: Session, customer_id: int) -> Tier:
    """The tier a customer is in; the first one for whoever has not joined."""
    found = session.exec(select(Membership.tier).where(Membership.customer_id == customer_id)).first()
    return Tier(found) if found else Tier.BASIC


def membership(session: Session, customer_id: int, *, lock: bool = False) -> Membership | None:
    """The membership of a customer; None for whoever has not joined."""
    query = select(Membership).where(Membership.customer_id == customer_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).first()


def level(session: Session, company: "Company", customer_id: int) -> "Level":
    """What the tier of a customer is good for."""
    return company.members.of(of(session, customer_id))


def goodwill(session: Session, company: "Company", customer_id: int, usual: int) -> int:
    """How many late cancellations of a customer are forgiven, where `usual` are without a tier."""
    theirs = level(session, company, customer_id).goodwill
    return usual if theirs is None else max(usual, theirs)
