"""What happened, in its order, until the bot has taken it: by polling here, by webhook next door."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property

from tests.doubles.bell import Bell
from tests.doubles.telegram.refusals import Refused, conflict
from tests.doubles.telegram.wire import packed

KINDS = {
    "message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction",
    "message_reaction_count",
}  # fmt: skip
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
DAY = 86_400.0
PRESS_LIVES = 150.0

Sleep = Callable[[float], Awaitable[None]]


@dataclass
class Update:
    """One update and the queue it stands in: a chat's, a person's presses, or one of the rest."""

    id: int
    kind: str
    content: dict
    queue: tuple[str, int]
    put_at: float
    expires_at: float

    @property
    def json(self) -> dict:
        return {"update_id": self.id, self.kind: self.content}

    @cached_property
    def body(self) -> bytes:
        """As it goes over the wire."""
        return packed(self.json).encode()


class Updates:
    """Keeps updates until they are confirmed, delivered or expired; `remember` bounds what is kept later."""

    def __init__(
        self, *, now: Callable[[], float], sleep: Sleep, first: int = 700_000_001, remember: int | None = None
    ) -> None:
        self.allowed: list[str] | None = None
        self.pending: dict[int, Update] = {}
        self.arrived = Bell()
        self.put_count = self.expired = 0
        self.on_put: Callable[[Update], None] | None = None
        self._history: dict[int, Update] = {}
        self._order: deque[int] = deque()
        self._remember = remember
        self._now, self._sleep = now, sleep
        self._next = first
        self._poll: asyncio.Future[Refused] | None = None

    def allow(self, kinds: list[str] | None) -> None:
        """Choose what is wanted; nothing said keeps the earlier choice, an empty list is the usual choice."""
        if kinds is not None:
            self.allowed = [kind for kind in kinds if kind in KINDS] or None

    def wants(self, kind: str) -> bool:
        return kind not in UNASKED if self.allowed is None else kind in self.allowed

    def put(self, kind: str, content: dict, queue: tuple[str, int]) -> int:
        """Store one update; its number, or 0 when this kind is not wanted."""
        if not self.wants(kind):
            return 0
        now = self._now()
        lives = PRESS_LIVES if kind == "callback_query" else DAY
        update = Update(self._next, kind, content, queue, now, now + lives)
        self._next += 1
        self.put_count += 1
        self._history[update.id] = update
        self._order.append(update.id)
        if self._remember is not None and len(self._order) > self._remember:
            del self._history[self._order.popleft()]
        self.again(update)
        return update.id

    def again(self, update: Update) -> None:
        """Let an update wait to be taken (again)."""
        self.pending[update.id] = update
        self.arrived.ring()
        if self.on_put:
            self.on_put(update)

    def past(self, number: int) -> Update:
        """An update that was put in at any time. Raises KeyError when it is not remembered (any more)."""
        return self._history[number]

    def drop_expired(self) -> None:
        now = self._now()
        for update in [update for update in self.pending.values() if update.expires_at < now]:
            del self.pending[update.id]
            self.expired += 1

    def interrupt(self, why: Refused) -> None:
        """End the poll that is under way, if there is one, with this answer."""
        if self._poll and not self._poll.done():
            self._poll.set_result(why)

    async def poll(self, *, offset: int, limit: int, timeout: float) -> list[dict]:  # noqa: ASYNC109
        """Wait until there is something, or so many seconds; what is before the offset is confirmed and gone.

        A poll that already waits is ended with a conflict. Raises `Refused` when that happens to this one.
        """
        self.interrupt(
            conflict(
                "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        )
        self._poll = ended = asyncio.get_running_loop().create_future()
        self._confirm(offset)
        self.drop_expired()
        if not self.pending and timeout > 0:
            await self._wait(ended, timeout)
        if ended.done():
            raise ended.result()
        ended.cancel()
        return [update.json for update in sorted(self.pending.values(), key=lambda update: update.id)[:limit]]

    def _confirm(self, offset: int) -> None:
        numbers = sorted(self.pending)
        for number in numbers[:offset] if offset < 0 else [n for n in numbers if n < offset]:
            del self.pending[number]

    async def _wait(self, ended: asyncio.Future[Refused], seconds: float) -> None:
        waits = {
            asyncio.ensure_future(self.arrived.until(lambda: bool(self.pending))),
            asyncio.ensure_future(self._sleep(seconds)),
        }
        try:
            await asyncio.wait({*waits, ended}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
