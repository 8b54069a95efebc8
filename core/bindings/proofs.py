"""A platform's word that two accounts are one person's: no code is needed then."""

from datetime import datetime

from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from core.bindings import merging, offers
from core.bindings.tables import Merge, Proof
from core.identities import Identity, Speaker


def bind_proven(session: Session, identity: Identity | Speaker, other: Identity, now: datetime) -> Merge:
    """Whoever speaks from `identity` proved that `other` is theirs too: it speaks for `other`'s customer.

    The customer it spoke for is given up, as in `bind`. Both must be customers' accounts. Raises SameCustomer
    and TwoVerified; when an account is bound twice at once, one turn is taken again.
    """
    given_id, kept_id = identity.customer_id, other.customer_id
    if given_id is None or kept_id is None:
        raise ValueError("only customers' accounts are bound")
    if given_id == kept_id:
        raise offers.SameCustomer
    both = {merging.id_of(one): one for one in merging.lock(session, kept_id, given_id)}
    if any(one.given_up_at for one in both.values()):
        raise StaleDataError("one of the customers was merged meanwhile")
    made = merging.merge(session, both[kept_id], both[given_id], identity, now, proof=Proof.LOGIN)
    offers.end(session, given_id, now, accounts_of=kept_id)
    return made
