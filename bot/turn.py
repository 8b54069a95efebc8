"""One inbound message is one database transaction. Flows and core never commit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from bot import dialogue, state, store, telling, texts
from bot.flow import Turn
from bot.flows import FLOWS
from bot.messages import (
    Arrived,
    Contact,
    Content,
    Inbound,
    Left,
    Noted,
    Outbound,
    Photo,
    Place,
    Returned,
    Sender,
    Tap,
    Text,
    Unsupported,
    Voice,
)
from core import clock, correspondence, identities
from core.company import Company
from core.correspondence import Fate, Peer
from core.customers import Customer
from core.database import is_gone, lost_race, transaction

log = structlog.get_logger()
TRIES = 3


class TurnFailed(Exception):
    """Nothing of this turn remains; the same message may be delivered again later."""


class Unavailable(TurnFailed):
    """The database is gone or busy for a while; nothing is half done."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an inbound message: its row, the rows that answer it, and everyone with something
    new."""

    message_id: int
    repeated: bool
    replies: tuple[int, ...]
    peers: tuple[Peer, ...] = ()


class Bot:
    """The conversation with everybody, over one database and one company.

    Safe to use from several threads.
    """

    def __init__(self, engine: Engine, company: Company) -> None:
        self.engine, self.company = engine, company

    def receive(self, inbound: Inbound) -> Receipt:
        """Take one turn, exactly once: a repeated message gets its former answer.

        A turn touches nothing but the database, so one that loses a race is simply taken again. Raises
        `Unavailable` while the database is gone, `TurnFailed` when the channel should deliver the message
        again; a message that failed three times is set aside with an apology instead, and staff are told.
        """
        for left in reversed(range(TRIES)):
            try:
                with transaction(self.engine) as session:
                    return self._take(session, inbound)
            except Exception as error:  # the edge of a turn: every failure has its planned reaction here
                if lost_race(error) and left:
                    continue
                if is_gone(error):
                    log.warning("turn.unavailable", error=type(error).__name__)
                    raise Unavailable from error
                return self._fail(inbound, error)
        raise AssertionError("the last try returns or raises")

    def _take(self, session: Session, inbound: Inbound) -> Receipt:
        now, peer = clock.now(), Peer(*_key(inbound.sender))
        kind, body, content = recorded(inbound.content)
        record = correspondence.record(
            session, peer, external_id=inbound.external_id, kind=kind, body=body, content=content, now=now
        )
        if record.fate is Fate.REPEATED:
            former = tuple(_id(message.id) for message in correspondence.answers(session, record.message_id))
            return Receipt(record.message_id, True, former, (peer,))
        conversation = store.load(session, inbound.sender, now)
        turn = self._turn(session, inbound, now)
        standing = state.load(conversation.state, FLOWS)
        said = dialogue.take_turn(standing, turn)
        replies = tuple(post(session, peer, message, now, answers_id=record.message_id) for message in said)
        store.save(conversation, standing, self.company.policies, now)
        if record.fate is Fate.AGAIN:
            correspondence.settle(session, record.message_id)
        return Receipt(record.message_id, False, replies, (peer, *pass_on(turn)))

    def _turn(self, session: Session, inbound: Inbound, now: datetime) -> Turn:
        language = texts.closest(inbound.language) or self.company.languages[0]
        identity = identities.behind(session, *_key(inbound.sender), language=language, now=now)
        return turn_of(session, self.company, identity, now, inbound.content)

    def _fail(self, inbound: Inbound, error: Exception) -> Receipt:
        """Count a failed turn; the third failure sets the message aside, so that it blocks nobody's queue."""
        now, peer = clock.now(), Peer(*_key(inbound.sender))
        kind, body, content = recorded(inbound.content)
        log.error("turn.failed", external_id=inbound.external_id, kind=kind, exc_info=error)
        with transaction(self.engine) as session:
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
                raise_after = True
            else:
                raise_after = False
                turn = self._turn(session, inbound, now)
                telling.staff_of_trouble(turn, failed.message_id)
                sorry = turn.say("error-ours", phone=turn.house_phone)
                reply = post(session, peer, sorry, now, answers_id=failed.message_id)
                receipt = Receipt(failed.message_id, False, (reply,), (peer, *pass_on(turn)))
        if raise_after:
            raise TurnFailed from error
        return receipt


def turn_of(
    session: Session, company: Company, identity: identities.Identity, now: datetime, content: Content
) -> Turn:
    """A turn for the person behind an identity, in the language they are known to speak."""
    customer = session.get(Customer, identity.customer_id) if identity.customer_id is not None else None
    language = customer.language if customer else telling.language_of(session, identity, company)
    return Turn(session, company, identity, customer, language, now, content)


def pass_on(turn: Turn) -> tuple[Peer, ...]:
    """Post what a turn has to tell other people; who they are."""
    told = [(Peer(one.channel, one.account, one.user), message) for one, message in turn.told]
    for peer, message in told:
        post(turn.session, peer, message, turn.now)
    return tuple(peer for peer, _ in told)


def post(
    session: Session, peer: Peer, message: Outbound, now: datetime, *, answers_id: int | None = None
) -> int:
    """Put one message into the outbox, in this same transaction."""
    card = message.card
    content = {
        "choices": [{"label": one.label, "data": one.data, "kind": one.kind} for one in message.choices],
        "card": {"title": card.title, "lines": [list(line) for line in card.lines], "footer": card.footer}
        if card
        else None,
    }
    return correspondence.post(
        session, peer, body=message.text, content=content, answers_id=answers_id, now=now
    )


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
        case Unsupported(kind):
            return "unsupported", "", {"kind": kind}
        case Left():
            return "left", "", {}
        case Returned():
            return "returned", "", {}
        case Noted(kind, data):
            return "noted", "", {"kind": kind, "data": dict(data)}


def _key(sender: Sender) -> tuple[str, str, str]:
    return sender.channel, sender.account, sender.user


def _id(row_id: int | None) -> int:
    assert row_id is not None
    return row_id
