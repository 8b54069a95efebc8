"""Requests of the platform that are still open, each of which takes one message in its answer for nothing."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Slot:
    """One open request of one person."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._text: asyncio.Future[str] = loop.create_future()
        self._is_said: asyncio.Future[bool] = loop.create_future()

    @property
    def is_free(self) -> bool:
        """Whether nobody has put anything into it, and somebody still waits for that."""
        return not self._text.done()

    async def text(self, within: float) -> str | None:
        """What was put into it within so many seconds."""
        with suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(self._text), within)
        return None

    async def put(self, text: str) -> bool:
        """Have it said; whether it went out with the answer."""
        self._text.set_result(text)
        return await self._is_said

    async def said(self) -> None:
        """The answer is on its way."""
        self.close(is_said=True)

    def close(self, *, is_said: bool = False) -> None:
        """It takes nothing more; without `is_said`, what was put into it was not said."""
        self._text.cancel()
        if not self._is_said.done():
            self._is_said.set_result(is_said and not self._text.cancelled())


class Slots:
    """The open requests of one account in this process, by person."""

    def __init__(self) -> None:
        self._open: defaultdict[str, deque[Slot]] = defaultdict(deque)

    @contextmanager
    def open(self, user: str) -> Iterator[Slot]:
        """A slot for this person; what is not said when the block ends must be claimed by `Slot.said`."""
        slot = Slot()
        self._open[user].append(slot)
        try:
            yield slot
        finally:
            self._open[user].remove(slot)
            if not self._open[user]:
                del self._open[user]
            if slot.is_free:
                slot.close()

    async def put(self, user: str, text: str) -> bool:
        """Say this in the answer to the person's oldest open request; False if none is open."""
        free = next((slot for slot in self._open.get(user, ()) if slot.is_free), None)
        return free is not None and await free.put(text)
