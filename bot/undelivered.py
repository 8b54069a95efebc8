"""What staff hear when people cannot be written to any more, or a whole channel is down."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from bot import telling
from bot.flow import Turn
from bot.messages import Arrived, Outbound
from bot.outbox import pass_on, post
from core import accounts, complaints, identities, visits, ways
from core.accounts import ChannelAccount
from core.company import Company
from core.correspondence import Claimed, Message, Peer, Purpose
from core.identities import Role
from core.visits import Visit

WHY_NOWHERE = "why-nowhere"
LONGEST_QUOTE = 80
"""So much of what did not arrive is told, in characters; the rest is in the record."""


def lose(
    session: Session, company: Company, message: Claimed, *, why: str, now: datetime
) -> tuple[Peer, ...]:
    """Remember that this person cannot be reached here, and tell staff if it is a customer; who was told.

    Nobody is told of somebody known to be lost or reached elsewhere, nor of what went to many people or to
    somebody who speaks as something else, unless a visit is ahead.
    """
    identity = identities.find(session, *message.peer)
    if identity is None or identity.unreachable_at is not None:
        return ()
    identities.lose(session, identity, now=now)
    complaints.lose(session, company, identity, now)
    turn = telling.turn_of(session, company, identity, now, Arrived())
    if identity.customer_id is None or identities.of_customer(session, turn.customer_id):
        return ()
    ahead = next(iter(visits.upcoming(session, turn.customer_id, now)), None)
    if ahead:
        return _call(turn, message.body, ahead, why)
    if message.purpose is Purpose.BULK or turn.role is not Role.CUSTOMER:
        return ()
    telling.staff_of_unreachable(turn, why=why, said=_quoted(message.body), ahead=None)
    return pass_on(turn)


def needs_call(
    session: Session, company: Company, message: Claimed | Message, *, why: str, now: datetime
) -> tuple[Peer, ...]:
    """Have staff call a customer whom this cannot reach in time; who was told.

    `why` is a key of ours. Once for each visit that is ahead, whatever else does not reach them.
    """
    identity = identities.find(session, *message.peer)
    turn = telling.turn_of(session, company, identity, now, Arrived()) if identity else None
    if turn is None or turn.identity.customer_id is None:
        return ()
    ahead = next(iter(visits.upcoming(session, turn.customer_id, now)), None)
    return _call(turn, message.body, ahead, why)


def say_by_call(
    session: Session, company: Company, visit: Visit, make: Callable[[Turn], Outbound], now: datetime
) -> tuple[Peer, ...]:
    """Have staff tell a customer what `make` says, as it can be written to them nowhere; who was told.

    Once for each visit, as `needs_call`.
    """
    account = identities.last_of_customer(session, visit.customer_id)
    if account is None:
        return ()
    turn = telling.turn_of(session, company, account, now, Arrived())
    turn.language = telling.customer_language(turn, visit)
    return _call(turn, make(turn).text, visit, WHY_NOWHERE)


def _call(turn: Turn, said: str, ahead: Visit | None, why: str) -> tuple[Peer, ...]:
    about, by = (ahead.reference, ahead.starts_at) if ahead else ("news", None)
    zone, words = turn.company.zone, _quoted(said)
    if not ways.call(
        turn.session, turn.customer_id, about=about, words=words, by=by, zone=zone, now=turn.now
    ):
        return ()
    telling.staff_of_unreachable(turn, why=why, said=words, ahead=ahead)
    return pass_on(turn)


def _quoted(said: str) -> str:
    return said.replace("\n", " ")[:LONGEST_QUOTE]


def refused(
    session: Session, company: Company, message: Claimed, *, why: str, now: datetime
) -> tuple[Peer, ...]:
    """The platform did not take this: a member of staff whose words these were hears so; who was told."""
    staff_id = message.content.get("said_by")
    if staff_id is None:
        return ()
    turn = telling.house_turn(session, company, now)
    said = _quoted(message.body)
    for chat in identities.of_member(session, int(staff_id)):
        language = telling.language_of(session, chat, company, Role.STAFF)
        turn.tell([chat], language, lambda their: their.say("talk-refused", words=said, why=why))
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
        turn = telling.turn_of(session, company, identity, now, Arrived())
        turn.language = telling.language_of(session, identity, company, Role.STAFF)
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
