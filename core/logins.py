"""Logins that are under way: who went to prove on another platform who they are, and has to come back."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, delete

from core.errors import DomainError

LASTS = timedelta(minutes=10)
"""How long somebody may be away."""
_STATE_BYTES = 24


class Login(SQLModel, table=True):
    """One login from the web page of `user`, by the digest of the secret that they bring back."""

    state_digest: str = Field(primary_key=True)
    user: str = Field(index=True)
    until: datetime = Field(index=True)
    is_second: bool = False
    """Whether it took the place of one whose code was no good; there is no third."""


class WrongState(DomainError):
    """Nobody was sent away with this, or somebody else, or too long ago, or it was brought back before."""

    key = "login-wrong-state"


def begin(session: Session, user: str, now: datetime, *, is_second: bool = False) -> str:
    """Let somebody go and log in; the secret they must bring back. It ends whichever they had before."""
    session.exec(delete(Login).where((col(Login.user) == user) | (col(Login.until) <= now)))
    state = secrets.token_urlsafe(_STATE_BYTES)
    session.add(Login(state_digest=_digest(state), user=user, until=now + LASTS, is_second=is_second))
    session.flush()
    return state


def end(session: Session, user: str, state: str, now: datetime) -> bool:
    """Somebody is back: whether it was their second login. Of two who bring one secret one is believed.

    Raises WrongState; what was somebody else's stays good for whom it was given to.
    """
    # Found by its digest, which tells nobody how near a guess was.
    found = session.get(Login, _digest(state), populate_existing=True)
    if found is None or not hmac.compare_digest(found.user.encode(), user.encode()):
        raise WrongState
    is_second, until, digest = found.is_second, found.until, found.state_digest
    session.expunge(found)
    ended = delete(Login).where(col(Login.state_digest) == digest).returning(col(Login.state_digest))
    if session.exec(ended).first() is None or until <= now:
        raise WrongState
    return is_second


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()
