"""The topics of a forum: made when something is to be said in one, named and closed as the record wants."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from bot.messages import Sender
from channels.base import (
    ContentRefused,
    NoRoom,
    OutcomeUnknown,
    Overheard,
    TryLater,
    Undelivered,
    Unreachable,
)
from channels.telegram.addresses import Address
from channels.telegram.errors import Remedy
from channels.telegram.record import Record
from core.correspondence import Purpose
from core.topics import PATIENCE

LONGEST_NAME = 128
"""Characters in the name of a topic."""
LOOK_AGAIN = timedelta(seconds=5)
"""When to look again for a topic that somebody else is making."""

_IN_GROUP = frozenset({"creator", "administrator", "member"})

# Any: what a method returns is the platform's to say.
Call = Callable[[Sender, Purpose, str, dict[str, object]], Awaitable[Any]]
Attempt = Callable[[Sender, str, dict[str, object]], Awaitable[Any]]
Ask = Callable[[Callable[[], Any]], Awaitable[Any]]


def is_in(member: Mapping[str, object]) -> bool:
    """Whether somebody, as this member of a group, reads what is said there."""
    return member.get("status") in _IN_GROUP or bool(member.get("is_member"))


class Rooms:
    """Topics by their addresses, for one bot.

    `call` waits for its turn and returns what the platform does, or the remedy for its refusal; `attempt`
    does not wait, and `ask` has the `record` do something in a thread. All raise `Undelivered`.
    """

    def __init__(self, record: Record, call: Call, attempt: Attempt, ask: Ask) -> None:
        self._record, self._call, self._attempt, self._ask = record, call, attempt, ask

    async def thread(self, to: Sender, purpose: Purpose) -> int:
        """The thread of a topic's address, made now if there is none.

        That we are about to make one is written down before. While it is not known how that ended, nobody
        makes another: the platform tells of a topic that is there, and only in the end it is tried again.

        Raises Overheard where somebody reads along who may not; a topic that was there is deleted then.
        """
        known: int | None = await self._ask(lambda: self._record.thread_of(to))
        if await self._is_overheard(to):
            raise Overheard(
                "somebody who was at the visit is in the group", left=not await self._drop(to, known)
            )
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

    async def _is_overheard(self, to: Sender) -> bool:
        """Looked at each time: whoever may not hear of it can come into the group whenever they like."""
        concerned: list[str] = await self._ask(lambda: self._record.concerned(to))
        chat = Address.of(to.user).chat
        for user in concerned:
            try:
                who = {"chat_id": chat, "user_id": int(user)}
                found = await self._attempt(to, "getChatMember", who)
            except (Unreachable, ContentRefused):
                continue  # the platform knows nobody of that name there
            if is_in(found):
                return True
        return False

    async def _drop(self, to: Sender, thread: int | None) -> bool:
        """Delete what was said so far; whether nothing is left of it. What cannot be deleted is closed."""
        if thread is None:
            return True
        where: dict[str, object] = {"chat_id": Address.of(to.user).chat, "message_thread_id": thread}
        is_gone = True
        try:
            await self._attempt(to, "deleteForumTopic", where)
        except Unreachable:
            is_gone = False
            with suppress(Unreachable):
                await self._attempt(to, "closeForumTopic", where)
        await self._ask(lambda: self._record.abandon_thread(to))
        return is_gone

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
