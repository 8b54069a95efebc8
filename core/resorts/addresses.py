"""Which addresses of people are theirs: told, proved by a code that is sent there, and lost again."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select, update

from core.bindings import hiding, merging, tries
from core.correspondence.tables import short
from core.customers import Customer
from core.database import exclude
from core.errors import DomainError
from core.identities import Identity, Speaker
from core.resorts.tables import AddressCode, NotifyAddress

if TYPE_CHECKING:
    from core.company import Company

EMAIL, SMS = "email", "sms"
"""The channels of last resort, in the order in which they are tried."""
LASTS = timedelta(minutes=10)
"""How long a code is good for."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_DIGITS = 6


class TooManyCodes(DomainError):
    """So many codes were sent there, or asked for, that no more are for a while."""

    key = "mailing-too-many"


class CodeWrong(DomainError):
    """This is not the code that was sent; `left` is how often one may still be tried."""

    key = "mailing-code-wrong"


class AddressGone(DomainError):
    """The code's time is over, or another address took the place of this one."""

    key = "mailing-code-gone"


class Asked(NamedTuple):
    """A code that is to be sent to an address, and until when it is good."""

    address: str
    code: str
    until: datetime


def ask(session: Session, company: "Company", customer_id: int, address: str, now: datetime) -> Asked:
    """A code for this e-mail address, to be sent there; it ends the former one. Raises TooManyCodes."""
    merging.lock(session, customer_id)
    exclude(session, f"address_code {address}")  # several people may ask for one address at once
    most = company.resorts.codes_per_hour
    theirs = select(func.count()).where(
        AddressCode.customer_id == customer_id, col(AddressCode.at) > now - HOUR
    )
    there = select(func.count()).where(AddressCode.address == address, col(AddressCode.at) > now - DAY)
    if session.exec(theirs).one() >= most or session.exec(there).one() >= most:
        raise TooManyCodes(most=most)
    _end(session, customer_id, now)
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    made = AddressCode(
        customer_id=customer_id, address=address, digest=_digest(address, code), at=now, until=now + LASTS
    )
    session.add(made)
    session.flush()
    return Asked(address, code, made.until)


def asked(session: Session, customer_id: int) -> AddressCode | None:
    """The code that was asked for last."""
    theirs = select(AddressCode).where(AddressCode.customer_id == customer_id)
    return session.exec(theirs.order_by(col(AddressCode.id).desc()).limit(1)).first()


def confirm(
    session: Session, identity: Identity | Speaker, address: str, code: str, now: datetime
) -> NotifyAddress:
    """The code came to that address, so it is the customer's; it takes the place of a former one.

    Raises AddressGone, CodeWrong, and TooManyTries as `core.bindings.tries` does: a wrong one is counted in
    this transaction, commit it though this raises.
    """
    tries.check(session, identity, now)
    customer_id = identity.customer_id
    assert customer_id is not None
    merging.lock(session, customer_id)
    found = asked(session, customer_id)
    if found is None or found.address != address or found.ended_at is not None or found.until <= now:
        raise AddressGone
    if not hmac.compare_digest(found.digest, _digest(address, code)):
        raise CodeWrong(left=tries.count_wrong(session, identity, now))
    _end(session, customer_id, now)
    kept = session.get(NotifyAddress, (customer_id, EMAIL)) or NotifyAddress(
        customer_id=customer_id, channel=EMAIL, address=address
    )
    kept.address, kept.confirmed_at, kept.lost_at, kept.why = address, now, None, None
    session.add(kept)
    session.flush()
    return kept


def of(session: Session, customer_id: int) -> NotifyAddress | None:
    """Their e-mail address, whether or not anything arrives there."""
    return session.get(NotifyAddress, (customer_id, EMAIL))


def remove(session: Session, customer_id: int, now: datetime) -> bool:
    """They want no e-mail any more; False where we knew no address. What was asked for to prove one ends."""
    _end(session, customer_id, now)
    found = of(session, customer_id)
    if found is None:
        return False
    session.delete(found)
    session.flush()
    return True


def good(session: Session, customer: Customer, channel: str) -> str | None:
    """Where they can be reached that way: their e-mail address, or the number they proved to be theirs."""
    assert customer.id is not None
    known = session.get(NotifyAddress, (customer.id, channel))
    if channel == EMAIL:
        return known.address if known is not None and known.confirmed_at and not known.lost_at else None
    phone = customer.phone if customer.phone_verified_at else None
    lost = known is not None and known.lost_at is not None and known.address == phone
    return None if lost else phone


def lose(session: Session, customer_id: int, channel: str, address: str, *, why: str, now: datetime) -> None:
    """Nothing arrives there any more; where they have another address by now, nothing changes."""
    known = session.get(NotifyAddress, (customer_id, channel))
    if known is None and channel == SMS:
        known = NotifyAddress(customer_id=customer_id, channel=channel, address=address)
    if known is None or (channel == EMAIL and known.address != address):
        return
    known.address, known.lost_at, known.why = address, now, short(why)
    session.add(known)
    session.flush()


def _end(session: Session, customer_id: int, now: datetime) -> None:
    open_ones = (col(AddressCode.customer_id) == customer_id, col(AddressCode.ended_at).is_(None))
    session.exec(update(AddressCode).where(*open_ones).values(ended_at=now))


def _digest(address: str, code: str) -> str:
    return hiding.digest(f"{address} {code}")
