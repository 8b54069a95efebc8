"""When customers are called back: chosen by them, and by staff who say that they will be in touch again."""

from datetime import datetime, timedelta

from bot import cards, handing_over
from bot.answers import a_phone
from bot.flow import Flow, Option, Options, Reader, Turn, ask, one_of
from bot.messages import Outbound, Text
from bot.readers import when
from bot.verdicts import Retry
from core import calendars, customers, handoffs
from core.correspondence import Peer

OFFERED = 4
STEP = timedelta(minutes=30)
NOW = timedelta(minutes=1)


def times(turn: Turn) -> Options[datetime]:
    """As soon as possible, and some times at which people of ours are there."""
    first = handing_over.opening(turn)
    soon = [Option(turn.now, turn.text("callingback-soon", by=_by(turn, turn.now)))]
    at, found = _rounded(max(first, turn.now) + STEP), list[datetime]()
    while len(found) < OFFERED - len(soon):
        open_at = calendars.later(turn.company, at, 0)
        at = open_at if open_at > at else at
        found.append(at)
        at = at + 2 * STEP
    return [*soon, *(Option(one, handing_over.moment(turn, one)) for one in found)]


def _rounded(at: datetime) -> datetime:
    """The next half hour."""
    over = timedelta(minutes=at.minute % 30, seconds=at.second, microseconds=at.microsecond)
    return at - over + STEP if over else at


def _by(turn: Turn, at: datetime) -> str:
    return handing_over.moment(turn, _promised(turn, at))


def _promised(turn: Turn, at: datetime) -> datetime:
    """By when they are called who want it from then on."""
    if at <= turn.now + NOW:
        return handing_over.promise(turn)
    return calendars.later(turn.company, at, turn.company.policies.handoff_minutes)


def _spot(turn: Turn, text: str) -> datetime | None:
    """A day or a time in words; the first open moment of a day. Raises `Retry` for what cannot be."""
    local = turn.now.astimezone(turn.company.zone)
    reading = when.read(text, local, turn.language)
    if reading is None or reading.starts is None:
        return None
    wanted = reading.starts
    if wanted < turn.now - NOW and reading.has_time and reading.grain == "minute":
        raise Retry("callingback-past")
    open_at = calendars.later(turn.company, max(wanted, turn.now), 0)
    if reading.grain == "minute" and open_at > wanted:
        raise Retry("callingback-closed", [Option(open_at, handing_over.moment(turn, open_at))])
    return open_at


a_moment: Reader[datetime] = Reader(
    lambda turn, content: _spot(turn, content.body) if isinstance(content, Text) else None,
    _spot,
    worded=lambda turn, at: handing_over.moment(turn, at),
)
"""A time at which people of ours can ring up."""


def their_number(turn: Turn) -> str | None:
    """The number we have."""
    return turn.customer.phone


class CallingBack(Flow):
    """Which number, and when."""

    phone: str = ask(a_phone, known=their_number)
    at: datetime = ask(one_of(times, other=a_moment))

    def done(self, turn: Turn) -> list[Outbound]:
        """Put them on the list for then; where that is soon those on duty hear of it now."""
        if turn.customer.phone != self.phone:
            customers.set_phone(turn.session, turn.customer, self.phone)
        by, who = _promised(turn, self.at), turn.identity
        handoff = handoffs.ask(
            turn.session,
            turn.customer_id,
            topic="callback",
            words="",
            reason="callback",
            now=turn.now,
            peer=Peer(who.channel, who.account, who.user),
        )
        handoffs.call_back(turn.session, handoff, self.at, by=by, now=turn.now)
        if self.at <= turn.now + NOW and handing_over.present(turn):
            handoff.rung = 1
            handing_over.alert(turn, handoff, "handoff-told")
            handoffs.look(turn.session, handoff, by)
        at = handing_over.moment(turn, max(self.at, handing_over.opening(turn)))
        choices = [cards.go(turn, "robot"), cards.go(turn, "visits")]
        return [turn.say("callingback-done", at=at, by=_by(turn, self.at), choices=choices)]
