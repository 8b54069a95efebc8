"""Takes a code and its link out of the record of what was said, once they are good for nothing."""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from core import correspondence
from core.bindings.tables import LASTS, BindingOffer
from core.correspondence import Peer
from core.identities import Identity, Speaker

HIDDEN = "••••••"
"""What is read in the place of a code, and in that of a link's token."""
_SALT = b"menling.binding:"
"""The same for all, or a code could not be looked up, nor be kept from being given out twice. Six digits are
found again from any digest with a little patience; what protects them is that they are good for minutes, and
that few may be tried."""
_CODE = re.compile(r"(?<!\d)\d(?:\W{0,3}\d){5}(?!\d)")
_TOKEN = re.compile(r"[A-Za-z0-9_-]*[A-Za-z0-9_-]{24}")


def digest(secret: str) -> str:
    """All that our tables know of a code or token."""
    return hashlib.sha256(_SALT + secret.encode()).hexdigest()


def hide(session: Session, offer: BindingOffer, peers: Iterable[Peer]) -> None:
    """Take the code and the link of an offer out of what was said to and by these since it was made.

    The record does not tell which words they were; it is asked of each that could be them.
    """

    def hidden(words: str) -> str:
        words = _CODE.sub(lambda found: _unless(found[0], _digits(found[0]), offer.code_digest), words)
        return _TOKEN.sub(lambda found: _unless(found[0], found[0][-24:], offer.token_digest), words)

    for peer in dict.fromkeys(peers):
        correspondence.reword(session, peer, offer.until - LASTS, hidden)


def sweep(session: Session, now: datetime, limit: int = 50) -> int:
    """Hide up to `limit` offers whose time is over; how many. What others hide right now is passed by."""
    over = select(BindingOffer).where(col(BindingOffer.until) <= now, col(BindingOffer.hidden_at).is_(None))
    ended = session.exec(
        over.order_by(col(BindingOffer.until)).limit(limit).with_for_update(skip_locked=True)
    )
    count = 0
    for one in ended.all():
        hide(session, one, accounts_of(session, one.customer_id))
        one.hidden_at = now
        session.add(one)
        count += 1
    session.flush()
    return count


def accounts_of(session: Session, customer_id: int) -> list[Peer]:
    """Where a customer talks to us, also where they cannot be written to any more."""
    theirs = select(Identity).where(Identity.customer_id == customer_id).order_by(col(Identity.id))
    return [peer_of(one) for one in session.exec(theirs)]


def peer_of(identity: Identity | Speaker) -> Peer:
    """An account as the record calls it."""
    return Peer(identity.channel, identity.account, identity.user)


def _unless(words: str, secret: str, kept: str) -> str:
    """The words, unless they hold the secret behind this digest."""
    if digest(secret) != kept:
        return words
    return f"{words[: -len(secret)]}{HIDDEN}" if words.endswith(secret) else HIDDEN


def _digits(words: str) -> str:
    return "".join(str(int(sign)) for sign in words if sign.isdecimal())
