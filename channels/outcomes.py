"""How sends ended, and what each end means for the message, its person and the account it went from."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import meeting, resorting, store, telling, undelivered
from channels.base import (
    ContentRefused,
    Down,
    Misconfigured,
    Moved,
    OutcomeUnknown,
    Overheard,
    TemplateRefused,
    TryLater,
    Unreachable,
    WindowClosed,
)
from core import (
    accounts,
    bindings,
    correspondence,
    grants,
    handoffs,
    identities,
    mailboxes,
    media,
    rooms,
    templates,
)
from core.company import Company
from core.correspondence import Arrival, Claimed, Peer

SOON = timedelta(seconds=10)
"""When a message is tried again that did not fail by itself; until then its account rests anyway."""

TRIES_OF_NOTIFICATIONS = 3
"""So often an e-mail or text message is tried while its account is down, before it goes another way."""


class PutBack(Exception):
    """Nobody tried: the account rests, or too much is under way."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a send ended: `failure` is None when it arrived."""

    message: Claimed
    failure: BaseException | None
    at: datetime
    receipt: str | None = None
    parts_sent: int = 0
    seconds: float = 0.0
    answered: bool = False
    """It went in the answer to a request, which tells nothing of how calls of the platform do."""

    @property
    def arrival(self) -> Arrival:
        """That it arrived, as it is written down."""
        return Arrival(self.message.id, self.at, self.receipt)

    @property
    def kind(self) -> str:
        """The end in one word, from a small closed set, for logs and metrics."""
        match self.failure:
            case None:
                return "sent"
            case PutBack():
                return "put-back"
            case Unreachable():
                return "unreachable"
            case Moved():
                return "moved"
            case TryLater():
                return "slowed"
            case Down():
                return "down"
            case OutcomeUnknown() | TimeoutError():
                return "unknown"
            case ContentRefused():
                return "refused"
            case TemplateRefused():
                return "closed"
            case WindowClosed():
                return "closed"
            case Misconfigured():
                return "misconfigured"
        return "broken"

    @property
    def reason(self) -> str:
        """Why it did not arrive, in words for staff."""
        return f"{type(self.failure).__name__}: {self.failure}".rstrip(": ")


def write_down(session: Session, company: Company, outcome: Outcome) -> tuple[Peer, ...]:
    """Keep what became of a message and what went along, and act on it; whoever has something new by that."""
    told = _write_down(session, company, outcome)
    correspondence.likewise(session, outcome.message)
    return told


def _write_down(session: Session, company: Company, outcome: Outcome) -> tuple[Peer, ...]:
    message, at = outcome.message, outcome.at
    match outcome.failure:
        case None:
            correspondence.sent(session, message.id, at, receipt=outcome.receipt)
        case Unreachable() | ContentRefused() | WindowClosed() | TemplateRefused():
            return _given_up(session, company, outcome)
        case Moved(user=user):
            _again(session, outcome, at)
            move(session, message.peer, user)
        case OutcomeUnknown() | TimeoutError():
            due_at = at + _pause(message.attempts)
            correspondence.unsure(session, message, due_at, outcome.reason, parts_sent=outcome.parts_sent)
            _account_failed(session, outcome)
        case Down() | Misconfigured():
            _again(session, outcome, at + SOON)
            _account_failed(session, outcome)
            if resorting.NOTIFIES in message.content and _is_long(outcome):
                return _given_up(session, company, outcome)
        case PutBack():
            _again(session, outcome, at)
        case TryLater(after=after, whole=whole):
            _again(session, outcome, at + (after if after > timedelta(0) else _pause(message.attempts)))
            if whole:
                accounts.rest(session, *message.peer[:2], at + after, outcome.reason)
        case _:
            _again(session, outcome, at + _pause(message.attempts))
    return ()


def _given_up(session: Session, company: Company, outcome: Outcome) -> tuple[Peer, ...]:
    """It will not arrive like this: whoever can do something about it hears so."""
    message, at, why = outcome.message, outcome.at, str(outcome.failure)
    correspondence.give_up(session, message.id, outcome.reason)
    match outcome.failure:
        case Overheard(left=left):
            told = meeting.keep_private(session, company, message, left=left, now=at)
        case Unreachable():
            told = (
                *undelivered.lose(session, company, message, why=why, now=at),
                *meeting.fall_back(session, company, message, why=why, now=at),
            )
        case failure:
            if isinstance(failure, TemplateRefused):
                _template_rests(session, outcome)
            return undelivered.refused(session, company, message, why=why, now=at)
    return (*told, *meeting.pass_on(telling.house_turn(session, company, at)))


def move(session: Session, peer: Peer, user: str) -> None:
    """This conversation goes on under another address, with everything that belongs to it."""
    correspondence.readdress(session, peer, user)
    identities.readdress(session, *peer, user)
    media.readdress(session, *peer, user)
    grants.readdress(session, peer, user)
    bindings.readdress(session, peer, user)
    mailboxes.readdress(session, peer, user)
    store.readdress(session, peer, user)
    if (identity := identities.find(session, *peer._replace(user=user))) and identity.customer_id:
        handoffs.readdress(session, identity.customer_id, peer, user)
    rooms.readdress(session, peer, user)


def _again(session: Session, outcome: Outcome, due_at: datetime) -> None:
    correspondence.postpone(
        session, outcome.message.id, due_at, outcome.reason, parts_sent=outcome.parts_sent
    )


def _is_long(outcome: Outcome) -> bool:
    """Whether another way is better than to wait for this account."""
    return isinstance(outcome.failure, Misconfigured) or outcome.message.attempts >= TRIES_OF_NOTIFICATIONS


def _template_rests(session: Session, outcome: Outcome) -> None:
    """Nothing goes by this template for a while. Where messages are counted, that is known by now."""
    failure, peer = outcome.failure, outcome.message.peer
    if isinstance(failure, TemplateRefused) and failure.template:
        templates.refuse(session, *peer[:2], failure.template, str(failure), outcome.at)


def _account_failed(session: Session, outcome: Outcome) -> None:
    wrong = isinstance(outcome.failure, Misconfigured)
    channel, name = outcome.message.peer[:2]
    accounts.failed(session, channel, name, outcome.reason, for_good=wrong, now=outcome.at)


def _pause(attempts: int) -> timedelta:
    return correspondence.BACKOFF[max(0, min(attempts, len(correspondence.BACKOFF)) - 1)]
