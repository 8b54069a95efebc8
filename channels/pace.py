"""How fast we write: answers at once where the platform bears it, everything else at the channel's rates."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from math import inf

from channels.base import TryLater
from core.correspondence import Purpose
from core.rates import Rate, Whose

STRICT = 60.0
"""Seconds for which answers have to wait like the rest after we were asked to slow down."""
TOGETHER = 5.0
"""Two persons' chats that ask us to slow down within so many seconds: it is meant for the whole account."""
LONGEST = 5.0
"""Seconds that a send waits here in all; what must wait longer goes back to the outbox."""

_FORGET_ABOVE = 1_000
_ROUNDING = 1e-6
"""Seconds that are none: a clock that has run for years tells no less."""
_TURN = 0.04
"""Seconds after which whoever stands behind another one of the same chat asks again at the earliest."""
_RANKS = {Purpose.ANSWER: 0, Purpose.NOTICE: 1, Purpose.BULK: 2}


class _Bucket:
    """A rate with a burst, kept as the moment from which all of that could come at once again."""

    __slots__ = ("_burst", "_most", "_turn", "idle_at")

    def __init__(self, rate: Rate) -> None:
        self._turn, self.idle_at = rate.span.total_seconds() / rate.messages, -inf
        self._burst = (rate.burst or 0) * self._turn
        self._most = self._burst + rate.debt * self._turn

    def ready_at(self, now: float, behind: int) -> float:
        return max(self.idle_at, now) + (behind + 1) * self._turn - self._burst

    def take(self, now: float) -> float:
        """Count one; when the next may go."""
        self.idle_at = max(self.idle_at, min(max(self.idle_at, now) + self._turn, now + self._most))
        return self.idle_at + self._turn - self._burst

    def hold(self, until: float) -> None:
        """One message then, and the next ones evenly."""
        self.idle_at = until + self._burst - self._turn


class _Window:
    """A rate without a burst: when the latest messages went."""

    __slots__ = ("_most", "_sent", "_span", "idle_at")

    def __init__(self, rate: Rate) -> None:
        self._most, self._span, self.idle_at = rate.messages, rate.span.total_seconds(), -inf
        self._sent: deque[float] = deque(maxlen=rate.messages)

    def ready_at(self, now: float, behind: int) -> float:
        if (over := len(self._sent) + behind - self._most) < 0:
            return now
        return (self._sent[over] if over < len(self._sent) else now) + self._span

    def take(self, now: float) -> float:
        """Count one; when the next may go."""
        self._sent.append(now)
        self.idle_at = now + self._span
        return self._sent[0] + self._span if len(self._sent) == self._most else -inf

    def hold(self, until: float) -> None:
        """It knows of silence by itself."""


class _Lane:
    """What is counted for one person, for one group, or for the whole account."""

    __slots__ = ("_bends", "free_at", "held_until", "meters", "strict_until")

    def __init__(self, rates: Sequence[Rate]) -> None:
        self.meters = tuple(_Window(rate) if rate.burst is None else _Bucket(rate) for rate in rates)
        self._bends = all(rate.debt for rate in rates)
        self.free_at = self.held_until = self.strict_until = -inf
        """When the next may go; until when the platform wants silence, and has answers keep to the rates."""

    def wait(self, now: float, behind: int = 0) -> float:
        """Seconds until one may go when `behind` others have gone."""
        at = self.free_at
        if behind:
            at = max([at, *(meter.ready_at(now, behind) for meter in self.meters)])
        return at - now if at > now + _ROUNDING else 0.0

    def bends_at(self, now: float) -> bool:
        """Whether an answer may overdraw."""
        return self._bends and self.strict_until <= now

    def take(self, now: float) -> None:
        for meter in self.meters:
            if (at := meter.take(now)) > self.free_at:
                self.free_at = at

    def hold(self, now: float, seconds: float) -> None:
        self.held_until = max(self.held_until, now + seconds)
        self.free_at, self.strict_until = max(self.free_at, self.held_until), self.held_until + STRICT
        for meter in self.meters:
            meter.hold(self.held_until)

    def is_idle(self, now: float) -> bool:
        return self.strict_until <= now and all(meter.idle_at <= now for meter in self.meters)


@dataclass(eq=False, slots=True)
class Ticket:
    """A message that wants to go, from `Pace.queue` until `Pace.leave`."""

    whom: str
    rank: tuple[int, int]
    """Answers before notices before bulk, and within each in the order they came."""
    since: float


class Pace:
    """Says when a message may go, by the `rates` of one account. Nobody sleeps here; `now` tells seconds.

    Where the rates leave room for a debt, an answer to what a person just did is paced by that person, so it
    goes at once: it is counted, may overdraw, and its debt is bounded so that others do not wait for long.
    But when the platform has asked for silence in a chat or altogether, then answers there keep to the rates
    until a minute after it. Notices and bulk always keep to them, and bulk lets everything else go first.

    Whoever has been left alone for a while is forgotten: memory follows what is going on now.
    """

    def __init__(
        self,
        rates: Sequence[Rate],
        now: Callable[[], float],
        *,
        is_group: Callable[[str], bool] = lambda _whom: False,
    ) -> None:
        self._rates = {whose: [rate for rate in rates if rate.whose is whose] for whose in Whose}
        self._now, self._is_group = now, is_group
        self._whole = _Lane(self._rates[Whose.ACCOUNT])
        self._lanes: dict[str, _Lane] = {}
        self._queue: dict[Ticket, None] = {}
        self._arrivals = count()
        self._forget_above = _FORGET_ABOVE
        self._asked: tuple[str, float] = ("", -inf)

    def queue(self, whom: str, purpose: Purpose) -> Ticket:
        """Stand in line. `leave` must be called in any case, gone or not."""
        ticket = Ticket(whom, (_RANKS[purpose], next(self._arrivals)), self._now())
        self._queue[ticket] = None
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give up the place in line, or what is left of it after going; harmless twice."""
        self._queue.pop(ticket, None)

    def wait(self, ticket: Ticket) -> float:
        """0.0: go now, it is counted. Otherwise the seconds after which to ask again.

        Raises TryLater when the whole wait would be longer than LONGEST; then, too, nothing was counted.
        """
        now, lane = self._now(), self._lane(ticket.whom)
        may_overdraw = ticket.rank[0] == 0 and lane.bends_at(now) and self._whole.bends_at(now)
        seconds = 0.0 if may_overdraw else self._due(ticket, lane, now)
        if now + seconds > ticket.since + LONGEST:
            raise TryLater(timedelta(seconds=seconds), whole=self._whole.held_until - now > LONGEST)
        if seconds > 0:
            return seconds
        lane.take(now)
        self._whole.take(now)
        self.leave(ticket)
        return 0.0

    def take(self, whom: str) -> None:
        """One more goes now, where nobody ever stands in line. Raises TryLater; then it is not counted."""
        now, lane = self._now(), self._lane(whom)
        if (at := max(lane.free_at, self._whole.free_at)) > now + _ROUNDING:
            raise TryLater(timedelta(seconds=at - now), whole=self._whole.held_until > now)
        lane.take(now)
        self._whole.take(now)

    def throttled(self, whom: str | None, seconds: float) -> bool:
        """The platform wants silence for so many seconds: in one chat, or with None altogether.

        True when it is taken to be meant for the whole account: a refusal does not say so. It is when two
        different persons' chats were told so within TOGETHER seconds, for one of them alone has its own
        limit only. Groups do not count in this: their limit is low and reached in daily work.
        """
        now = self._now()
        if whom is not None:
            self._lane(whom).hold(now, seconds)
            if self._is_group(whom):
                return False
            (former, at), self._asked = self._asked, (whom, now)
            if former in ("", whom) or now - at > TOGETHER:
                return False
        self._whole.hold(now, seconds)
        return True

    def _due(self, ticket: Ticket, lane: _Lane, now: float) -> float:
        here = ready = 0
        for other in self._queue:
            if other.rank < ticket.rank:
                mine, theirs = other.whom == ticket.whom, self._lanes.get(other.whom)
                here += mine
                # Who waits for their own chat takes nothing from the others meanwhile.
                ready += mine or theirs is None or theirs.wait(now) <= 0
        wait = max(lane.wait(now, here), self._whole.wait(now, ready))
        return max(wait, _TURN) if here else wait

    def _lane(self, whom: str) -> _Lane:
        if (lane := self._lanes.get(whom)) is None:
            if len(self._lanes) >= self._forget_above:
                self._forget()
            whose = Whose.GROUP if self._is_group(whom) else Whose.PERSON
            lane = self._lanes[whom] = _Lane(self._rates[whose])
        return lane

    def _forget(self) -> None:
        now = self._now()
        self._lanes = {whom: lane for whom, lane in self._lanes.items() if not lane.is_idle(now)}
        self._forget_above = max(_FORGET_ABOVE, 2 * len(self._lanes))
