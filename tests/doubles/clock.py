"""A clock for doubles: moved by hand; whoever sleeps by it wakes when it has been moved far enough."""

import asyncio
from datetime import UTC, datetime

from tests.conftest import Moment
from tests.doubles.bell import Bell

TICK = 0.001  # moments are counted in microseconds, seconds in floats


class Clock:
    """Gives a double its `now` and its `sleep`; moves a test's `moment` along, when it is given one."""

    def __init__(self, moment: Moment | None = None) -> None:
        self.moment = moment or Moment(datetime(2026, 11, 23, 1, tzinfo=UTC))
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []
        self._fallen_asleep = Bell()

    def now(self) -> float:
        """Seconds since 1970."""
        return self.moment.now.timestamp()

    @property
    def pauses(self) -> list[float]:
        """How many seconds each sleeper still has before it, the shortest first."""
        return sorted(round(until - self.now(), 3) for until, sleeper in self._sleepers if not sleeper.done())

    async def sleep(self, seconds: float) -> None:
        """Return as soon as the clock has been moved by so many seconds; at once for nothing."""
        if seconds <= 0:
            return
        sleeper = (self.now() + seconds, asyncio.get_running_loop().create_future())
        self._sleepers.append(sleeper)
        self._fallen_asleep.ring()
        try:
            await sleeper[1]
        finally:
            self._sleepers.remove(sleeper)

    async def until_asleep(self, n: int = 1, *, within: float = 30.0) -> None:
        """Return as soon as n sleep by this clock. Raises TimeoutError after so many seconds of real time."""
        async with asyncio.timeout(within):
            await self._fallen_asleep.until(lambda: len(self.pauses) >= n)

    def forward(self, **by: float) -> None:
        """Let time pass, in `timedelta`'s words: `forward(minutes=5)`. Sleepers wake in their order."""
        now = self.moment.forward(**by).timestamp()
        for until, sleeper in sorted(self._sleepers, key=lambda sleeper: sleeper[0]):
            if until <= now + TICK and not sleeper.done():
                sleeper.set_result(None)
