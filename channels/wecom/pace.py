"""How fast we write to a member: the platform drops what is beyond without a word, so we wait."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from channels.base import TryLater

MOST = ((30, timedelta(minutes=1)), (1_000, timedelta(hours=1)))
"""Messages that one member gets from one application within any such time."""

_FORGET_ABOVE = 1_000
_LONGEST = max(span for _, span in MOST)


class Pace:
    """Counts what went to each member of one application from this process; `now` is aware."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._sent: dict[str, deque[datetime]] = {}
        self._forget_above = _FORGET_ABOVE

    def take(self, user: str) -> None:
        """One more for this member. Raises TryLater when it would be dropped; then it is not counted."""
        now, sent = self._now(), self._sent_to(user)
        while sent and sent[0] <= now - _LONGEST:
            sent.popleft()
        for most, span in MOST:
            if len(sent) >= most and (free_at := sent[-most] + span) > now:
                raise TryLater(min(free_at - now, span))
        sent.append(now)

    def _sent_to(self, user: str) -> deque[datetime]:
        if user not in self._sent:
            if len(self._sent) >= self._forget_above:
                self._forget()
            self._sent[user] = deque()
        return self._sent[user]

    def _forget(self) -> None:
        since = self._now() - _LONGEST
        self._sent = {user: sent for user, sent in self._sent.items() if sent and sent[-1] > since}
        self._forget_above = max(_FORGET_ABOVE, 2 * len(self._sent))
