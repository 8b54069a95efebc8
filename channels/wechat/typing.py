"""Shows somebody that an answer is on its way, when it will not come in the answer to their own request."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from bot.messages import Inbound, Silent
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.wechat.client import Client

REMEMBERED = 1_000
"""Messages for which it was shown: the platform brings a late one again, and it is not shown twice."""


class Typing:
    """Says so for one account, once a message and beside the turn; without a client it says nothing.

    Nothing depends on it: whatever the platform answers, if it answers, is left at that.
    """

    def __init__(self, client: Client | None) -> None:
        self._client = client
        self._shown: deque[str] = deque(maxlen=REMEMBERED)
        self._calls: set[asyncio.Task[None]] = set()

    @contextmanager
    def unless_over(self, inbound: Inbound, at: float) -> Iterator[None]:
        """Show it if the block is not over `at` that second of the loop's clock; for what is answered."""
        if self._client is None or isinstance(inbound.content, Silent):
            yield
            return
        timer = asyncio.get_running_loop().call_at(at, self._begin, inbound)
        try:
            yield
        finally:
            timer.cancel()

    def close(self) -> None:
        """Give up what is under way."""
        for call in self._calls:
            call.cancel()

    def _begin(self, inbound: Inbound) -> None:
        if inbound.external_id in self._shown:
            return
        self._shown.append(inbound.external_id)
        call = asyncio.create_task(self._show(inbound.sender.user))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _show(self, user: str) -> None:
        assert self._client is not None
        try:
            await self._client.message.typing(user)
        except (Refused, NotSent, MayHaveArrived):
            return  # it was no more than a courtesy
