"""One inbound message is one database transaction. Flows and core never commit."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from bot import (
    consents,
    dialogue,
    filing,
    meeting,
    outbox,
    overhearing,
    resuming,
    state,
    store,
    talks,
    telling,
    texts,
)
from bot.flow import Turn
from bot.flows import FLOWS
from bot.messages import (
    MEMBER_LEFT,
    Arrived,
    Bounced,
    Consented,
    Contact,
    Content,
    Door,
    Inbound,
    Left,
    Noted,
    Outbound,
    Photo,
    Place,
    Proven,
    Returned,
    Sender,
    Silent,
    Tap,
    Text,
    Unsupported,
    Voice,
)
from bot.state import State
from bot.trail import Outcome, Trail
from core import clock, complaints, correspondence, identities, ways
from core.company import Company
from core.correspondence import Arrival, Claimed, Fate, Peer, Purpose
from core.database import is_gone, lost_race, transaction
from core.ways import FREE, Limits

log = structlog.get_logger()
TRIES = 3
_OUTCOMES = {Fate.NEW: Outcome.ANSWERED, Fate.AGAIN: Outcome.AGAIN}
Account = tuple[str, str]
"""One of our accounts: the channel and its name there."""


class TurnFailed(Exception):
    """Nothing of this turn remains; the same message may be delivered again later."""


class Unavailable(TurnFailed):
    """The database is gone or busy for a while; nothing is half done."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an inbound message: its row, the rows that answer it, and everyone with something
    new."""

    message_id: int
    outcome: Outcome
    replies: tuple[int, ...]
    peers: tuple[Peer, ...] = ()
    claimed: tuple[Claimed, ...] = ()
    """Of the replies, what the caller must send now: nobody else will before its lease is over."""
    released: bool = False
    """Whether something older is to be sent to this person as well, because they are there again."""

    @property
    def repeated(self) -> bool:
        """Whether the message was answered before."""
        return self.outcome is Outcome.REPEATED


class Bot:
    """The conversation with everybody, over one database and one company.

    Safe to use from several threads.
    """

    def __init__(
        self,
        engine: Engine,
        company: Company,
        *,
        sends: Collection[Account] = (),
        limits: Mapping[Account, Limits] = MappingProxyType({}),
        doors: Callable[[], Sequence[Door]] = tuple,
    ) -> None:
        """`sends` are the accounts whose replies the caller of `receive` sends itself: `Receipt.claimed`.

        `limits` says how much may be said where, if not everything; `doors` where else people may talk to us
        just now.
        """
        self.engine, self.company, self.sends, self.limits = engine, company, frozenset(sends), limits
        self.doors = doors

    def receive(self, inbound: Inbound, arrived: Sequence[Arrival] = ()) -> Receipt:
        """Take one turn, exactly once: a repeated message gets its former answer.

        Its transaction also takes along that earlier messages have `arrived`, whatever becomes of the turn;
        only when this raises was that not written down.

        A turn touches nothing but the database, so one that loses a race is simply taken again. Raises
        `Unavailable` while the database is gone, `TurnFailed` when the channel should deliver the message
        again; a message that failed three times is set aside with an apology instead, and staff are told.
        """
        trail = Trail(inbound.sender.channel, recorded(inbound.content)[0])
        for left in reversed(range(TRIES)):
            trail.tries += 1
            try:
                with transaction(self.engine) as session:
                    correspondence.arrived(session, arrived)
                    receipt = self._take(session, inbound, trail)
            except Exception as error:  # the edge of a turn: every failure has its planned reaction here
                if lost_race(error) and left:
                    continue
                if is_gone(error):
                    log.warning("turn.unavailable", error=type(error).__name__)
                    raise Unavailable from error
                receipt = self._fail(inbound, error, arrived, trail)
                if receipt.outcome is Outcome.FAILED:
                    trail.ends(receipt.outcome, receipt.message_id)
                    raise TurnFailed from error
            trail.ends(receipt.outcome, receipt.message_id, len(receipt.replies))
            return receipt
        raise AssertionError("the last try returns or raises")

    def _take(self, session: Session, inbound: Inbound, trail: Trail) -> Receipt:
        now, peer = clock.now(), Peer(*_key(inbound.sender))
        inbound = overhearing.screened(session, inbound)
        kind, body, content = recorded(inbound.content)
        record = correspondence.record(
            session, peer, external_id=inbound.external_id, kind=kind, body=body, content=content, now=now
        )
        if record.fate is Fate.REPEATED:
            return _former(session, peer, record.message_id)
        if record.fate is Fate.AGAIN:
            correspondence.settle(session, record.message_id)
        if overhearing.is_outsider(inbound.content):
            told = overhearing.send_away(session, self.company, inbound, peer, now)
            return _kept(peer, inbound, record.message_id, told)
        silent = self._is_silent(session, peer, inbound, record.message_id, now)
        if silent and not isinstance(inbound.content, Photo):
            ways.met(session, peer, inbound.earns, self.limits.get(peer[:2], FREE), now)
            told = meeting.pass_on(telling.house_turn(session, self.company, now))
            return _kept(peer, inbound, record.message_id, told)
        turn = self._turn(session, inbound, now)
        talks_with_us = talks.heard(turn)
        if silent or (talks_with_us and not talks.is_for_both(turn.content)):
            return self._passed(turn, peer, inbound, record.message_id, talks_with_us, filed=silent)
        return self._answer(turn, peer, inbound, record, trail, aside=talks_with_us)

    def _passed(
        self, turn: Turn, peer: Peer, inbound: Inbound, message_id: int, passed: bool, *, filed: bool
    ) -> Receipt:
        """Nothing is answered. Where somebody of ours talks with this person, they were told what it was."""
        session, now = turn.session, turn.now
        if not filed:
            filing.silently(session, peer, inbound.content, message_id, self.company.policies, now)
        told = meeting.pass_on(turn)
        released = ways.met(session, peer, inbound.earns, self.limits.get(peer[:2], FREE), now)
        if not passed:
            return _kept(peer, inbound, message_id, told)
        return Receipt(message_id, Outcome.PASSED, (), (peer, *told), released=bool(released))

    def _answer(
        self,
        turn: Turn,
        peer: Peer,
        inbound: Inbound,
        record: correspondence.Recorded,
        trail: Trail,
        *,
        aside: bool,
    ) -> Receipt:
        """Answer, and keep where it stands; `aside`, that stays as it is, as a person of ours has it."""
        session, now = turn.session, turn.now
        conversation = store.load(session, peer, now)
        standing = state.load(conversation.state, FLOWS)
        trail.starts(conversation.id, standing)
        limits = self.limits.get(peer[:2], FREE)
        asked, room = standing.offer, overhearing.number_of(inbound)
        said = dialogue.aside(turn) if aside else _said(standing, turn, inbound, room)
        trail.leads(standing)
        if limits.joins:
            said = [_joined(session, peer, said, limits, now)]
        claims = self._claims(session, peer)
        posted = outbox.reply(
            turn, peer, said, standing, asked=asked, answers_id=record.message_id, owner=inbound.by,
            claimed=claims,
        )  # fmt: skip
        store.save(session, conversation, standing, self.company.policies, now)
        claimed = correspondence.with_earlier(session, posted[:1]) if claims else ()
        peers = (peer, *meeting.pass_on(turn, here=room), *resuming.go_on(turn))
        # After the answer, which is given at once; what was held for this person follows it.
        released = ways.met(session, peer, inbound.earns, limits, now)
        outcome, ids = _OUTCOMES[record.fate], tuple(one.id for one in posted)
        outcome = Outcome.NOTED if room is not None and not ids else outcome
        return Receipt(record.message_id, outcome, ids, peers, tuple(claimed), bool(released))

    def _is_silent(
        self, session: Session, peer: Peer, inbound: Inbound, message_id: int, now: datetime
    ) -> bool:
        """Let what asks for no answer have its effect; False for everything else."""
        silent = isinstance(inbound.content, Silent)
        match inbound.content:
            case Left() if identity := identities.find(session, *peer):
                identities.lose(session, identity, now=now)
                complaints.lose(session, self.company, identity, now)
            case Returned() if identity := identities.find(session, *peer):
                identities.regain(session, identity)
            case Consented(answers):
                consents.keep(session, peer, answers, now)
                silent = not any(answers.values())
            case Bounced(messages):
                for receipt, why in messages.items():
                    correspondence.bounce(session, peer, receipt, why, now)
            case Noted(kind) if kind == MEMBER_LEFT:
                meeting.hears_of_leaving(session, self.company, inbound, now)
            case Photo(_, "", album) if album and not inbound.room:
                silent = correspondence.of_album(session, peer, album, message_id) is not None
        if silent:
            filing.silently(session, peer, inbound.content, message_id, self.company.policies, now)
        return silent

    def _claims(self, session: Session, peer: Peer) -> bool:
        """Whether the caller sends the reply itself: its account, and nothing older waits for this person."""
        return peer[:2] in self.sends and correspondence.is_next(session, peer)

    def _turn(self, session: Session, inbound: Inbound, now: datetime) -> Turn:
        language = texts.closest(inbound.language) or self.company.languages[0]
        if overhearing.number_of(inbound) is None:
            speaker = identities.speaker(session, *_key(inbound.sender), language=language, now=now)
        else:
            speaker = overhearing.speaker(session, inbound)
        turn = telling.turn_of(session, self.company, speaker, now, inbound.content)
        turn.limits = self.limits.get((inbound.sender.channel, inbound.sender.account), FREE)
        turn.doors, turn.sent_at, turn.accounts = self.doors(), inbound.at, self.limits
        return turn

    def _fail(self, inbound: Inbound, error: Exception, arrived: Sequence[Arrival], trail: Trail) -> Receipt:
        """Count a failed turn; the third failure sets the message aside, so that it blocks nobody's queue."""
        now, peer = clock.now(), Peer(*_key(inbound.sender))
        kind, body, content = recorded(inbound.content)
        log.error(
            "turn.failed", conversation=trail.conversation, channel=peer.channel, kind=kind, exc_info=error
        )
        with transaction(self.engine) as session:
            correspondence.arrived(session, arrived)
            failed = correspondence.fail(
                session,
                peer,
                external_id=inbound.external_id,
                kind=kind,
                body=body,
                content=content,
                failure=type(error).__name__,
                now=now,
            )
            if failed.attempts < correspondence.FAILURES_BEFORE_SET_ASIDE:
                return Receipt(failed.message_id, Outcome.FAILED, ())
            turn = self._turn(session, inbound, now)
            filing.aside(turn, peer)
            telling.staff_of_trouble(turn, failed.message_id)
            sorry = turn.say("error-ours", phone=turn.house_phone)
            reply = correspondence.post(
                session,
                peer,
                body=sorry.text,
                content=outbox.as_json(sorry),
                purpose=Purpose.ANSWER,
                answers_id=failed.message_id,
                now=now,
            )
            return Receipt(failed.message_id, Outcome.SET_ASIDE, (reply,), (peer, *outbox.pass_on(turn)))


def recorded(content: Content) -> tuple[str, str, dict[str, Any]]:  # Any: JSON, by kind
    """How a message is kept: its kind, its words, and the rest of it as JSON."""
    match content:
        case Text(body):
            return "text", body, {}
        case Tap(data, label):
            return "tap", label, {"data": data}
        case Photo(media, caption, album):
            return "photo", caption, {"media": media} | ({"album": album} if album else {})
        case Voice(media):
            return "voice", "", {"media": media}
        case Place(latitude, longitude, label):
            return "place", label, {"latitude": latitude, "longitude": longitude}
        case Contact(phone, name):
            return "contact", name, {"phone": phone}
        case Arrived(start):
            return "arrived", "", {"start": start}
        case Proven(channel, account, user):
            return "proven", "", {"channel": channel, "account": account, "user": user}
        case Unsupported(kind):
            return "unsupported", "", {"kind": kind}
        case Left():
            return "left", "", {}
        case Returned():
            return "returned", "", {}
        case Noted(kind, data):
            return "noted", "", {"kind": kind, "data": dict(data)}
        case Consented(answers):
            return "consented", "", {"answers": dict(answers)}
        case Bounced(messages):
            return "bounced", "", {"messages": dict(messages)}


def _said(standing: State, turn: Turn, inbound: Inbound, room: int | None) -> list[Outbound]:
    """One step of the conversation; in the room of a case, colleagues talk as well."""
    if room is None:
        return dialogue.take_turn(standing, turn)
    return overhearing.take_turn(standing, turn, room, inbound.replies_to)


def _kept(peer: Peer, inbound: Inbound, message_id: int, told: tuple[Peer, ...] = ()) -> Receipt:
    """Nothing is answered; what did not arrive is to be sent again, and others may be `told`."""
    again = isinstance(inbound.content, Bounced)
    peers = (peer, *told) if again else told
    return Receipt(message_id, Outcome.KEPT, (), peers, released=bool(peers))


def _former(session: Session, peer: Peer, message_id: int) -> Receipt:
    """The answer that a message got before."""
    ids = tuple(_id(message.id) for message in correspondence.answers(session, message_id))
    return Receipt(message_id, Outcome.REPEATED, ids, (peer,))


def _joined(
    session: Session, peer: Peer, said: Sequence[Outbound], limits: Limits, now: datetime
) -> Outbound:
    """The answers of a turn as one; before them what waits, where nothing can be said but answers."""
    waiting = [] if limits.pushes else correspondence.take_along(session, peer, now)
    return outbox.as_one([*map(outbox.outbound, waiting), *said])


def _key(sender: Sender) -> tuple[str, str, str]:
    return sender.channel, sender.account, sender.user


def _id(row_id: int | None) -> int:
    assert row_id is not None
    return row_id
