"""What staff hear when people cannot be written to any more, or a whole channel is down."""

from datetime import datetime

from sqlmodel import Session

from bot import telling
from bot.messages import Arrived
from bot.outbox import pass_on, post
from bot.turn import turn_of
from core import accounts, identities, visits, ways
from core.accounts import ChannelAccount
from core.company import Company
from core.correspondence import Claimed, Message, Peer, Purpose
from core.identities import Role

LONGEST_QUOTE = 80
"""So much of what did not arrive is told, in characters; the rest is in the record."""


def lose(
    session: Session, company: Company, message: Claimed, *, why: str, now: datetime
) -> tuple[Peer, ...]:
    """Remember that this person cannot be reached here, and tell staff if it is a customer; who was told.

    Nobody is told of somebody known to be lost, nor of what went to many people, unless a visit is ahead.
    """
    identity = identities.find(session, *message.peer)
    if identity is None or identity.unreachable_at is not None:
        return ()
    identities.lose(session, identity, now=now)
    turn = turn_of(session, company, identity, now, Arrived())
    if turn.role is not Role.CUSTOMER:
        return ()
    ahead = visits.upcoming(session, turn.customer_id, now)
    if not ahead and message.purpose is Purpose.BULK:
        return ()
    said = message.body.replace("\n", " ")[:LONGEST_QUOTE]
    telling.staff_of_unreachable(turn, why=why, said=said, ahead=ahead[0] if ahead else None)
    return pass_on(turn)


def needs_call(
    session: Session, company: Company, message: Claimed | Message, *, why: str, now: datetime
) -> tuple[Peer, ...]:
    """Have staff call a customer whom this cannot reach in time; who was told.

    `why` is a key of ours. Once for each visit that is ahead, whatever else does not reach them.
    """
    identity = identities.find(session, *message.peer)
    turn = turn_of(session, company, identity, now, Arrived()) if identity else None
    if turn is None or turn.role is not Role.CUSTOMER:
        return ()
    ahead = next(iter(visits.upcoming(session, turn.customer_id, now)), None)
    about, by = (ahead.reference, ahead.starts_at) if ahead else ("news", None)
    said = message.body.replace("\n", " ")[:LONGEST_QUOTE]
    zone = company.zone
    if not ways.call(session, turn.customer_id, about=about, words=said, by=by, zone=zone, now=now):
        return ()
    telling.staff_of_unreachable(turn, why=why, said=said, ahead=ahead)
    return pass_on(turn)


def account_down(
    session: Session, company: Company, account: ChannelAccount, now: datetime
) -> tuple[Peer, ...]:
    """Tell staff, once, of an account that has not worked for a while; who was told."""
    if not accounts.is_news(account, now):
        return ()
    account.told_at = now
    told: list[Peer] = []
    for identity in identities.of_staff(session):
        turn = turn_of(session, company, identity, now, Arrived())
        said = turn.say(
            "told-account-down",
            channel=account.channel,
            since=account.failing_since,
            why=account.reason or "",
        )
        peer = Peer(identity.channel, identity.account, identity.user)
        post(session, peer, said, now)
        told.append(peer)
    return tuple(told)
