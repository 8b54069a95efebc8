"""How fast one visitor, and one address on the network, may talk."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from math import ceil

SESSION_BURST, SESSION_PER_SECOND = 20, 1.0
ADDRESS_BURST, ADDRESS_PER_SECOND = 60, 5.0
MOST_REMEMBERED = 10_000
"""Buckets kept at once. The one used longest ago is forgotten first, in its owner's favour."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime


class Buckets:
    """Token buckets by key: `burst` at once, then `per_second`."""

    def __init__(self, burst: int, per_second: float, *, most: int = MOST_REMEMBERED) -> None:
        self._burst, self._per_second, self._most = burst, per_second, most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key: str, *, now: datetime) -> int:
        """Take one token. Returns 0, or the whole seconds after which there will be one."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(float(self._burst), now)
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        passed = max(0.0, (now - bucket.at).total_seconds())
        bucket.tokens = min(float(self._burst), bucket.tokens + passed * self._per_second)
        bucket.at = now
        if bucket.tokens < 1:
            return ceil((1 - bucket.tokens) / self._per_second)
        bucket.tokens -= 1
        return 0


class Limits:
    """Both limits of the web chat together. They live in memory: each process counts for itself."""

    def __init__(self) -> None:
        self._sessions = Buckets(SESSION_BURST, SESSION_PER_SECOND)
        self._addresses = Buckets(ADDRESS_BURST, ADDRESS_PER_SECOND)

    def wait(self, visitor: str, address: str, *, now: datetime) -> int:
        """Whole seconds this visitor has to wait; 0 when they may go on."""
        return self._addresses.take(address, now=now) or self._sessions.take(visitor, now=now)

    def wait_at(self, address: str, *, now: datetime) -> int:
        """The same for what is asked before anybody is known."""
        return self._addresses.take(address, now=now)
