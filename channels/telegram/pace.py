"""How fast we write on Telegram: answers at once, everything else as the platform likes it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import inf

from channels.base import TryLater
from core.correspondence import Purpose

CHAT_RATE, CHAT_BURST = 1.0, 3
"""Messages a second to one chat, and how many may come at once after a silence."""
GROUP_MOST, GROUP_SPAN = 20, 60.0
"""Messages to one group within any so many seconds."""
WHOLE_RATE, WHOLE_BURST = 25.0, 5
"""Messages a second of the whole bot; with the burst never more than 30 in one, the platform's number."""
CHAT_DEBT, WHOLE_DEBT = 3, 25
"""How far answers may overdraw: others wait that many messages longer, and no more."""
STRICT = 60.0
"""Seconds for which answers have to wait like the rest after we were asked to slow down."""
TOGETHER = 5.0
"""Two private chats that ask us to slow down within so many seconds: it is meant for the whole bot."""
LONGEST = 5.0
"""Seconds that a send waits here in all; what must wait longer goes back to the outbox."""

_FORGET_ABOVE = 1_000
_TURN = 1 / WHOLE_RATE
_RANKS = {Purpose.ANSWER: 0, Purpose.NOTICE: 1, Purpose.BULK: 2}


@dataclass(slots=True)
class _Bucket:
    """Tokens that come back at `rate` a second, up to `most`; below zero they are a debt."""

    rate: float
    most: float
    tokens: float
    at: float
    held_until: float = -inf
    """Nothing may be sent before this: the platform said so."""
    strict_until: float = -inf

    def fill(self, now: float) -> None:
        if now > self.at:
            self.tokens, self.at = min(self.most, self.tokens + (now - self.at) * self.rate), now

    def wait(self, now: float, behind: int = 0) -> float:
        """Seconds until there is a token when `behind` others have taken theirs."""
        self.fill(now)
        missing = max(0.0, behind + 1 - self.tokens)
        ready = max(now, self.at) + missing / self.rate if missing > 1e-9 else now
        return max(ready, self.held_until) - now

    def take(self, now: float, debt: float) -> None:
        self.fill(now)
        self.tokens = max(self.tokens - 1, -debt)

    def hold(self, now: float, seconds: float) -> None:
        """Silence for so long; after it one message, and the next ones at the usual rate."""
        self.fill(now)
        self.held_until = max(self.held_until, now + seconds)
        self.strict_until = self.held_until + STRICT
        self.tokens, self.at = 1.0, self.held_until


@dataclass(slots=True)
class _Chat:
    bucket: _Bucket
    sent: deque[float] | None
    """When the latest messages to a group went out; None for a private chat."""

    def wait(self, now: float, behind: int = 0) -> float:
        wait = self.bucket.wait(now, behind)
        if self.sent is not None and len(self.sent) + behind >= GROUP_MOST:
            nth = min(len(self.sent) + behind - GROUP_MOST, len(self.sent) - 1)
            wait = max(wait, self.sent[nth] + GROUP_SPAN - now)
        return wait

    def take(self, now: float) -> None:
        self.bucket.take(now, 0 if self.sent is not None else CHAT_DEBT)
        if self.sent is not None:
            self.sent.append(now)

    def is_idle(self, now: float) -> bool:
        self.bucket.fill(now)
        quiet = not self.sent or self.sent[-1] + GROUP_SPAN <= now
        return quiet and self.bucket.tokens >= CHAT_BURST and self.bucket.strict_until <= now


@dataclass(eq=False, slots=True)
class Ticket:
    """A message that wants to go, from `Pace.queue` until `Pace.leave`."""

    chat: str
    rank: tuple[int, int]
    """Answers before notices before bulk, and within each in the order they came."""
    since: float


class Pace:
    """Says when a message may go. Pure: `now` tells seconds that only grow, and nobody sleeps here.

    An answer to what a person just did is paced by that person, so it goes at once: it takes its tokens,
    may overdraw, and its debt is bounded so that others do not wait for long. But when the platform has
    said 429 to a chat or to the bot, then answers there are held to the same buckets until a minute after
    the silence that it asked for. Notices and bulk always wait for the buckets, and bulk lets everything
    else go first. Groups are always strict, for everyone.

    Chats that have been silent for a while are forgotten: memory follows what is going on now.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._whole = _Bucket(WHOLE_RATE, WHOLE_BURST, WHOLE_BURST, now())
        self._chats: dict[str, _Chat] = {}
        self._queue: list[Ticket] = []
        self._arrivals = 0
        self._forget_above = _FORGET_ABOVE
        self._asked: tuple[str, float] = ("", -inf)

    def queue(self, chat: str, purpose: Purpose) -> Ticket:
        """Stand in line. `leave` must be called in any case, gone or not."""
        self._arrivals += 1
        ticket = Ticket(chat, (_RANKS[purpose], self._arrivals), self._now())
        self._queue.append(ticket)
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give up the place in line, or what is left of it after going; harmless twice."""
        if ticket in self._queue:
            self._queue.remove(ticket)

    def wait(self, ticket: Ticket) -> float:
        """0.0: go now, the tokens are taken. Otherwise the seconds after which to ask again.

        Raises TryLater when the whole wait would be longer than LONGEST; then, too, nothing was taken.
        """
        now, chat = self._now(), self._chat(ticket.chat)
        seconds = 0.0 if self._may_overdraw(ticket, chat, now) else self._due(ticket, chat, now)
        if now + seconds > ticket.since + LONGEST:
            raise TryLater(timedelta(seconds=seconds), whole=self._whole.held_until - now > LONGEST)
        if seconds > 0:
            return seconds
        chat.take(now)
        self._whole.take(now, WHOLE_DEBT)
        self.leave(ticket)
        return 0.0

    def throttled(self, chat: str | None, seconds: float) -> bool:
        """The platform wants silence for so many seconds: in one chat, or with None altogether.

        True when it is taken to be meant for the whole bot: a refusal does not say so. It is when two
        different private chats were told so within TOGETHER seconds, for one of them alone has its
        own limit only. Groups do not count in this: their limit is low and reached in daily work.
        """
        now = self._now()
        if chat is not None:
            self._chat(chat).bucket.hold(now, seconds)
            if _is_group(chat):
                return False
            (former, at), self._asked = self._asked, (chat, now)
            if former in ("", chat) or now - at > TOGETHER:
                return False
        self._whole.hold(now, seconds)
        return True

    def _may_overdraw(self, ticket: Ticket, chat: _Chat, now: float) -> bool:
        strict = max(chat.bucket.strict_until, self._whole.strict_until)
        return ticket.rank[0] == _RANKS[Purpose.ANSWER] and chat.sent is None and strict <= now

    def _due(self, ticket: Ticket, chat: _Chat, now: float) -> float:
        before = [other for other in self._queue if other.rank < ticket.rank]
        here = sum(other.chat == ticket.chat for other in before)
        wait = chat.wait(now, here)
        # Who waits for their own chat takes nothing from the others meanwhile.
        ready = here + sum(other.chat != ticket.chat and self._is_ready(other.chat, now) for other in before)
        wait = max(wait, self._whole.wait(now, ready))
        return max(wait, _TURN) if here else wait

    def _is_ready(self, id: str, now: float) -> bool:
        return id not in self._chats or self._chats[id].wait(now) <= 0

    def _chat(self, id: str) -> _Chat:
        if (chat := self._chats.get(id)) is None:
            if len(self._chats) >= self._forget_above:
                self._forget()
            bucket = _Bucket(CHAT_RATE, CHAT_BURST, CHAT_BURST, self._now())
            chat = _Chat(bucket, deque(maxlen=GROUP_MOST) if _is_group(id) else None)
            self._chats[id] = chat
        return chat

    def _forget(self) -> None:
        now = self._now()
        self._chats = {id: chat for id, chat in self._chats.items() if not chat.is_idle(now)}
        self._forget_above = max(_FORGET_ABOVE, 2 * len(self._chats))


def _is_group(chat: str) -> bool:
    return chat.startswith("-")
