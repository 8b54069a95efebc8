"""What staff hear when people cannot be written to any more, or a whole channel is down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot import resorting, telling
from bot.flow import Turn
from bot.messages import Arrived, Outbound
from bot.outbox import pass_on, post
from core import accounts, complaints, identities, timeline, visits, ways
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
    if resorting.NOTIFIES in message.content:
        return notification_failed(session, company, message, why=why, lost=True, now=now)
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
        return _otherwise(turn, message, ahead, why)
    if message.purpose is Purpose.BULK or turn.role is not Role.CUSTOMER:
        return ()
    telling.staff_of_unreachable(turn, why=why, said=_quoted(message.body), ahead=None)
    return pass_on(turn)


def needs_call(
    session: Session, company: Company, message: Claimed | Message, *, why: str, now: datetime
) -> tuple[Peer, ...]:
    """Tell a customer this by a way of last resort, as it cannot reach them in time, else have staff call.

    Who was told; `why` is a key of ours. Staff are asked once for each visit ahead, whatever else does not
    reach them.
    """
    identity = identities.find(session, *message.peer)
    turn = telling.turn_of(session, company, identity, now, Arrived()) if identity else None
    if turn is None or turn.identity.customer_id is None:
        return ()
    ahead = next(iter(visits.upcoming(session, turn.customer_id, now)), None)
    return _otherwise(turn, message, ahead, why)


def by_notification(
    session: Session, company: Company, message: Claimed, *, why: str, now: datetime
) -> tuple[Peer, ...]:
    """Tell a customer this by e-mail, where no chat lets us before they write; who was told.

    It is worth no call: it waits in the chat as well.
    """
    identity = identities.find(session, *message.peer)
    if identity is None or identity.customer_id is None:
        return ()
    turn = telling.turn_of(session, company, identity, now, Arrived())
    if resorting.is_told(turn, message.id):
        return ()
    peer, _ = resorting.instead(turn, resorting.unsaid(message), why=why, of=message.id)
    return (peer,) if peer else ()


def say_by_call(
    session: Session, company: Company, visit: Visit, make: Callable[[Turn], Outbound], now: datetime
) -> tuple[Peer, ...]:
    """Have a customer told what `make` says, as it can be written to them in no chat; who was told.

    By a way of last resort, else by a call, once for each visit, as `needs_call`.
    """
    account = identities.last_of_customer(session, visit.customer_id)
    if account is None:
        return ()
    turn = telling.turn_of(session, company, account, now, Arrived())
    turn.language = telling.customer_language(turn, visit)
    return _by_notification_or_call(turn, make(turn), visit, WHY_NOWHERE)


def _otherwise(turn: Turn, message: Claimed | Message, ahead: Visit | None, why: str) -> tuple[Peer, ...]:
    said = resorting.unsaid(message)
    kept = turn.session.get(Message, message.id)  # words that were never a message have none
    said = replace(said, until=kept.expires_at if kept is not None else None)
    if message.purpose is not Purpose.NOTICE:  # an answer belongs where they asked
        said = replace(said, news=None, critical=False)
    return _by_notification_or_call(turn, said, ahead, why, of=message.id if kept is not None else None)


def _by_notification_or_call(
    turn: Turn,
    said: Outbound,
    ahead: Visit | None,
    why: str,
    *,
    avoid: frozenset[str] = frozenset(),
    of: int | None = None,
) -> tuple[Peer, ...]:
    if of is not None and resorting.is_told(turn, of):
        return ()
    peer, no = resorting.instead(turn, said, why=why, avoid=avoid, of=of)
    if peer is not None:
        return (peer,)
    return _call(turn, said.text, ahead, why, no)


def _call(turn: Turn, said: str, ahead: Visit | None, why: str, no: str = "") -> tuple[Peer, ...]:
    """Put them on the list; `no` is why no way of last resort will do, for the story of the visit."""
    about, by = (ahead.reference, ahead.starts_at) if ahead else ("news", None)
    zone, words = turn.company.zone, _quoted(said)
    if not ways.call(
        turn.session, turn.customer_id, about=about, words=words, by=by, zone=zone, now=turn.now
    ):
        return ()
    if ahead is not None and ahead.id is not None:
        reason = resorting.because(why, no)
        timeline.add(
            turn.session, ahead.id, "call_asked", actor="bot", now=turn.now,
            for_customer=False, for_worker=False, reason=reason,
        )  # fmt: skip
    telling.staff_of_unreachable(turn, why=why, said=words, ahead=ahead)
    return pass_on(turn)


def notification_failed(
    session: Session, company: Company, message: Claimed, *, why: str, lost: bool, now: datetime
) -> tuple[Peer, ...]:
    """An e-mail or text message did not arrive: the next way, and at last a call; who was told."""
    found = resorting.failed(session, company, message, why=why, lost=lost, now=now)
    if found is None:
        return ()
    turn, said, avoid = found
    ahead = next(iter(visits.upcoming(session, turn.customer_id, now)), None)
    if not said.critical:
        peer, _ = resorting.instead(turn, said, why=why, avoid=avoid)
        return (peer,) if peer else ()
    return _by_notification_or_call(turn, said, ahead, WHY_NOWHERE, avoid=avoid)


def _quoted(said: str) -> str:
    return said.replace("\n", " ")[:LONGEST_QUOTE]


def refused(
    session: Session, company: Company, message: Claimed, *, why: str, now: datetime
) -> tuple[Peer, ...]:
    """The platform did not take this: a member of staff whose words these were hears so; who was told."""
    if resorting.NOTIFIES in message.content:
        return notification_failed(session, company, message, why=why, lost=False, now=now)
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
