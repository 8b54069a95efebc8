"""Wrong codes: how many one account may give, and all of them together, whatever the code is for."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from core.bindings.tables import LASTS, MOST_TRIES, MOST_TRIES_OF_ALL, TRIES_COUNT_FOR, BindingTry
from core.errors import DomainError
from core.identities import Identity, Speaker


class TooManyTries(DomainError):
    """Too many wrong codes from this account; `minutes` until it may try again."""

    key = "binding-tries"


def check(session: Session, identity: Identity | Speaker, now: datetime) -> None:
    """Whether this account may give a code now. Raises TooManyTries."""
    count, oldest = _tries(session, identity, now)
    if count >= MOST_TRIES and oldest is not None:
        left = oldest + TRIES_COUNT_FOR - now
        raise TooManyTries(minutes=max(1, -(-left // timedelta(minutes=1))))
    lately = select(func.count()).where(col(BindingTry.at) > now - LASTS)
    if session.exec(lately).one() >= MOST_TRIES_OF_ALL:
        raise TooManyTries(minutes=LASTS // timedelta(minutes=1))


def count_wrong(session: Session, identity: Identity | Speaker, now: datetime) -> int:
    """This account gave a wrong code; how often it may still try. Raises TooManyTries when that was the last.

    Counted in this transaction: commit it though this raises.
    """
    session.exec(delete(BindingTry).where(col(BindingTry.at) <= now - TRIES_COUNT_FOR))
    one = BindingTry(channel=identity.channel, account=identity.account, user=identity.user, at=now)
    session.add(one)
    session.flush()
    check(session, identity, now)
    return MOST_TRIES - _tries(session, identity, now)[0]


def _tries(session: Session, identity: Identity | Speaker, now: datetime) -> tuple[int, datetime | None]:
    """How many wrong codes count against an account, and since when the oldest."""
    row = session.exec(
        select(func.count(), func.min(BindingTry.at)).where(
            BindingTry.channel == identity.channel,
            BindingTry.account == identity.account,
            BindingTry.user == identity.user,
            BindingTry.at > now - TRIES_COUNT_FOR,
        )
    ).one()
    return row[0], row[1]
