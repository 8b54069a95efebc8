"""The topics of a forum: made when something is to be said in one, named and closed as the record wants."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.messages import Sender
from channels.base import NoRoom, OutcomeUnknown, TryLater, Undelivered
from channels.telegram.addresses import Address
from channels.telegram.errors import Remedy
from channels.telegram.record import Record
from core.correspondence import Purpose
from core.topics import PATIENCE

LONGEST_NAME = 128
"""Characters in the name of a topic."""
LOOK_AGAIN = timedelta(seconds=5)
"""When to look again for a topic that somebody else is making."""

# Any: what a method returns is the platform's to say.
Call = Callable[[Sender, Purpose, str, dict[str, object]], Awaitable[Any]]
Ask = Callable[[Callable[[], Any]], Awaitable[Any]]


class Rooms:
    """Topics by their addresses, for one bot.

    `call` waits for its turn and returns what the platform does, or the remedy for its refusal; `ask` has
    the `record` do something in a thread. Both raise `Undelivered`.
    """

    def __init__(self, record: Record, call: Call, ask: Ask) -> None:
        self._record, self._call, self._ask = record, call, ask

    async def thread(self, to: Sender, purpose: Purpose) -> int:
        """The thread of a topic's address, made now if there is none.

        That we are about to make one is written down before. While it is not known how that ended, nobody
        makes another: the platform tells of a topic that is there, and only in the end it is tried again.
        """
        known: int | None = await self._ask(lambda: self._record.thread_of(to))
        if known is not None:
            return known
        name: str | None = await self._ask(lambda: self._record.begin_thread(to))
        if name is None:
            raise TryLater(LOOK_AGAIN)
        try:
            where: dict[str, object] = {"chat_id": Address.of(to.user).chat, "name": name[:LONGEST_NAME]}
            made = await self._call(to, purpose, "createForumTopic", where)
        except OutcomeUnknown as failed:
            raise TryLater(PATIENCE) from failed
        except Undelivered:
            await self._ask(lambda: self._record.give_up_thread(to))
            raise
        if isinstance(made, Remedy):
            await self._ask(lambda: self._record.give_up_thread(to))
            raise NoRoom(f"no topic could be made: {made.name}")
        thread: int = made["message_thread_id"]
        await self._ask(lambda: self._record.remember_thread(to, thread, name))
        return thread

    async def lost(self, to: Sender) -> None:
        """Somebody deleted the topic: it is made again, and what was said in it has to be told again."""
        await self._ask(lambda: self._record.lose_thread(to))

    async def settle(self, to: Sender) -> bool:
        """Let a topic be called and be open as is wanted; False if some of it has to be tried again."""
        difference = await self._ask(lambda: self._record.difference(to))
        if difference is None:
            return True
        where: dict[str, object] = {
            "chat_id": Address.of(to.user).chat,
            "message_thread_id": difference.thread,
        }
        try:
            # A closed topic is opened first and an open one closed last, so that people see the right name.
            if difference.opens:
                await self._make(to, "reopenForumTopic", where)
            if difference.name is not None:
                named = where | {"name": difference.name[:LONGEST_NAME]}
                await self._make(to, "editForumTopic", named)
            if difference.closes:
                await self._make(to, "closeForumTopic", where)
        except NoRoom:
            raise
        except Undelivered:
            return False
        await self._ask(lambda: self._record.settled(to, difference))
        return True

    async def _make(self, to: Sender, method: str, parameters: dict[str, object]) -> None:
        """As good as done when it was so before; where the topic is gone, there is nothing to change."""
        if await self._call(to, Purpose.NOTICE, method, parameters) is Remedy.TOPIC:
            await self.lost(to)
