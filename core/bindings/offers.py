"""A code from one channel, given on another: how somebody proves that two accounts are theirs."""

import hmac
import secrets
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, col, delete, select

from core.bindings import hiding, merging, tries
from core.bindings.hiding import digest as _digest
from core.bindings.tables import (
    KEPT_FOR,
    LASTS,
    BindingOffer,
    Merge,
    Offer,
    Proof,
)
from core.customers import Customer
from core.errors import DomainError
from core.identities import Identity, Speaker

_DIGITS = 6
_TOKEN_BYTES = 18  # a link with it fits into Telegram's 64 characters for a start parameter


class Bound(NamedTuple):
    """An account speaks for another customer now."""

    customer: Customer
    merge_id: int
    merged: bool
    """Whether the customer it spoke for before had anything that went over with it."""


class WrongCode(DomainError):
    """Nobody was given this code; `left` is how often one may still be tried."""

    key = "binding-wrong"


class CodeExpired(DomainError):
    """Its time is over, or a newer one took its place."""

    key = "binding-expired"


class CodeUsed(DomainError):
    """It was given before, and counts once."""

    key = "binding-used"


class SameCustomer(DomainError):
    """The code is this very customer's: it belongs on another channel."""

    key = "binding-same"


def offer(session: Session, identity: Identity | Speaker, now: datetime) -> Offer:
    """A code for the customer behind `identity`, good for LASTS and once; it ends the former one."""
    customer_id = _customer_of(identity)
    merging.lock(session, customer_id)
    end(session, customer_id, now)
    old = (col(BindingOffer.until) <= now - KEPT_FOR, col(BindingOffer.hidden_at).is_not(None))
    session.exec(delete(BindingOffer).where(*old))
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    made = BindingOffer(
        customer_id=customer_id,
        code_digest=_digest(code := _new_code(session)),
        token_digest=_digest(token),
        until=now + LASTS,
    )
    session.add(made)
    session.flush()
    return Offer(code, token, made.until)


def verify(session: Session, identity: Identity | Speaker, code_or_token: str, now: datetime) -> int:
    """Whose code this is: the customer's id. It stays good, and stands no more in what the account said.

    Raises WrongCode, CodeExpired, CodeUsed, SameCustomer; and TooManyTries for the fifth wrong one within an
    hour, for whatever is given after it, and while all accounts together give far too many. A wrong one is
    counted in this transaction: commit it though this raises. One account's turns are taken one after the
    other, so that none of its tries is missed.
    """
    tries.check(session, identity, now)
    found = _find(session, code_or_token)
    if found is None:
        raise WrongCode(left=tries.count_wrong(session, identity, now))
    if found.customer_id != identity.customer_id or found.hidden_at is not None:
        hiding.hide(session, found, [hiding.peer_of(identity)])
    if found.used_at is not None:
        raise CodeUsed
    if found.until <= now:
        raise CodeExpired
    if found.customer_id == identity.customer_id:
        raise SameCustomer
    return found.customer_id


def is_token(code_or_token: str) -> bool:
    """Whether this came with a link rather than having been read out or typed."""
    return len("".join(code_or_token.split())) != _DIGITS


def bind(session: Session, identity: Identity | Speaker, code_or_token: str, now: datetime) -> Bound:
    """The account `identity` gave the code, so it speaks for the customer who asked for it from now on.

    The customer it spoke for is given up, and whatever they have goes over, with their other accounts: see
    `core.bindings.merging`. Raises as `verify`, and TwoVerified. Of two accounts that give one code at once
    one is bound, the other raises CodeUsed; when an account is bound twice at once, one turn is taken again.
    """
    given_id = _customer_of(identity)
    kept_id = verify(session, identity, code_or_token, now)
    # Customers before codes, as in `offer`, so that nobody waits in a circle.
    both = {merging.id_of(one): one for one in merging.lock(session, kept_id, given_id)}
    used = _find(session, code_or_token, lock=True)
    if used is None or used.customer_id != kept_id or both[kept_id].given_up_at or both[given_id].given_up_at:
        raise StaleDataError("one of the customers was merged meanwhile")
    if used.used_at is not None:
        raise CodeUsed
    if used.until <= now:
        raise CodeExpired
    proof = Proof.LINK if is_token(code_or_token) else Proof.CODE
    made = merging.merge(session, both[kept_id], both[given_id], identity, now, proof=proof)
    used.used_at = used.hidden_at = now
    session.add(used)
    hiding.hide(session, used, hiding.accounts_of(session, kept_id))
    end(session, given_id, now, accounts_of=kept_id)
    session.flush()
    return bound(both[kept_id], made)


def end(session: Session, customer_id: int, now: datetime, *, accounts_of: int | None = None) -> None:
    """Whatever code this customer was given is good no more, and can be read in the record no more.

    `accounts_of` is who has the customer's accounts by now, where they were given up.
    """
    open_ones = select(BindingOffer).where(
        BindingOffer.customer_id == customer_id,
        col(BindingOffer.until) > now,
        col(BindingOffer.used_at).is_(None),
    )
    for one in session.exec(open_ones.execution_options(populate_existing=True)).all():
        hiding.hide(session, one, hiding.accounts_of(session, accounts_of or customer_id))
        one.until = one.hidden_at = now
        session.add(one)
    session.flush()


def bound(kept: Customer, made: Merge) -> Bound:
    """What a merge means to the account that brought it about."""
    return Bound(kept, made.id or 0, _is_more_than_accounts(made.moved))


def _is_more_than_accounts(moved: dict[str, list[dict[str, object]]]) -> bool:
    return len(moved["customer"]) > 1 or bool(set(moved) - {"identity", "customer"})


def _customer_of(identity: Identity | Speaker) -> int:
    if identity.customer_id is None:
        raise ValueError("only customers' accounts are bound by a code")
    return identity.customer_id


def _new_code(session: Session) -> str:
    """A code nobody was given lately. Should another transaction take it first, the turn is taken again."""
    while True:
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
        if _find(session, code) is None:
            return code


def _find(session: Session, said: str, *, lock: bool = False) -> BindingOffer | None:
    """The offer of a code or token. The index is asked for a digest, which says nothing of near misses."""
    digest = _digest("".join(said.split()))
    is_code = not is_token(said)
    column = col(BindingOffer.code_digest if is_code else BindingOffer.token_digest)
    query = select(BindingOffer).where(column == digest).execution_options(populate_existing=True)
    found = session.exec(query.with_for_update() if lock else query).one_or_none()
    kept = "" if found is None else found.code_digest if is_code else found.token_digest
    return found if hmac.compare_digest(kept, digest) else None
