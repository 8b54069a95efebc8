"""Waiting for something to happen, without asking again and again."""

import asyncio
from collections.abc import Callable


class Bell:
    """Rung when something changed; whoever waits then looks whether it is what they wait for."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everybody who waits. Costs nothing when nobody does."""
        if self._waiting:
            for waiter in self._waiting:
                if not waiter.done():
                    waiter.set_result(None)
            self._waiting.clear()

    async def rung(self) -> None:
        """Return at the next ring."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)

    async def until(self, fact: Callable[[], bool]) -> None:
        """Return when the fact holds; it is looked at now and after each ring."""
        while not fact():
            await self.rung()
