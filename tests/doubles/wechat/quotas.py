"""How often each path was called today; a day begins at midnight in Beijing."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.doubles.wechat.refusals import Refused

BEIJING = timedelta(hours=8)
RESETS_PER_MONTH = 10


class Quotas:
    """Counts calls against the limits of the day. `limits` may be changed at any time."""

    def __init__(self, now: Callable[[], float], limits: dict[str, int]) -> None:
        self.limits = limits
        self._now = now
        self._day = ""
        self._used: Counter[str] = Counter()
        self._resets: Counter[str] = Counter()

    def count(self, path: str) -> None:
        """Count a call. Raises `Refused` (45009) when the day has no more of them."""
        if self.used(path) >= self.limits.get(path, float("inf")):
            raise Refused(45009)
        self._used[path] += 1

    def used(self, path: str) -> int:
        if (today := self._today()) != self._day:
            self._day = today
            self._used.clear()
        return self._used[path]

    def clear(self) -> None:
        """Begin the day again. Raises `Refused` (48006) after ten times in a month."""
        month = self._today()[:7]
        if self._resets[month] >= RESETS_PER_MONTH:
            raise Refused(48006)
        self._resets[month] += 1
        self._used.clear()

    def _today(self) -> str:
        return (datetime.fromtimestamp(self._now(), UTC) + BEIJING).date().isoformat()
