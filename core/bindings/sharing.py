"""A telephone number that two customers confirmed, each on their own channel: a proof, once they say so."""

from datetime import datetime

from sqlmodel import Session, col, exists, or_, select

from core.bindings import merging, offers
from core.bindings.offers import Bound
from core.bindings.tables import BindingQuestion, Proof
from core.customers import Customer
from core.errors import DomainError
from core.identities import Identity, Speaker


class ProofGone(DomainError):
    """The two have not the same confirmed number any more, or one of them was merged meanwhile."""

    key = "binding-proof-gone"


def find_same_phone(session: Session, customer_id: int) -> int | None:
    """Another customer with the very number that this one has, confirmed by both; the earliest, by id.

    Nobody about whom this one was asked before, nor who was asked about this one. Numbers that were only
    typed are no proof and find nobody.
    """
    mine = session.get_one(Customer, customer_id)
    if mine.phone is None or mine.phone_verified_at is None:
        return None
    asked = exists().where(
        or_(
            (col(BindingQuestion.customer_id) == customer_id)
            & (col(BindingQuestion.other_id) == col(Customer.id)),
            (col(BindingQuestion.other_id) == customer_id)
            & (col(BindingQuestion.customer_id) == col(Customer.id)),
        )
    )
    others = select(Customer.id).where(
        Customer.phone == mine.phone,
        col(Customer.phone_verified_at).is_not(None),
        col(Customer.given_up_at).is_(None),
        Customer.id != customer_id,
        ~asked,
    )
    return session.exec(others.order_by(col(Customer.id)).limit(1)).first()


def ask_once(session: Session, customer_id: int, other_id: int, now: datetime) -> None:
    """They are asked now whether both are them, and never again."""
    session.add(BindingQuestion(customer_id=customer_id, other_id=other_id, at=now))
    session.flush()


def bind_by_phone(session: Session, identity: Identity | Speaker, other_id: int, now: datetime) -> Bound:
    """The person behind `identity` says that the other customer is them too, and their number proves it.

    The other customer stays; the one that the account spoke for is given up. Raises ProofGone.
    """
    mine_id = identity.customer_id
    if mine_id is None or mine_id == other_id:
        raise ProofGone
    both = {merging.id_of(one): one for one in merging.lock(session, other_id, mine_id)}
    other, mine = both[other_id], both[mine_id]
    if other.given_up_at or mine.given_up_at or not _is_proved(other, mine):
        raise ProofGone
    made = merging.merge(session, other, mine, identity, now, proof=Proof.PHONE)
    offers.end(session, mine_id, now, accounts_of=other_id)
    return offers.bound(other, made)


def _is_proved(one: Customer, other: Customer) -> bool:
    confirmed = one.phone_verified_at is not None and other.phone_verified_at is not None
    return confirmed and one.phone is not None and one.phone == other.phone
