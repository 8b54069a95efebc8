"""Whether complaints can have topics in the staff's group: looked at, told, and seen to."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.messages import Sender
from bot.turn import TurnFailed
from channels.base import Health, NoRoom, Undelivered
from channels.telegram.checking import GIVE_RIGHT, may_manage_topics
from channels.telegram.files import Platform
from channels.telegram.rooms import Rooms
from channels.telegram.standing import Standing

EVERY, SOON = timedelta(minutes=10), timedelta(minutes=1)
"""How often we look while all is well, and while it is not."""
NO_TOPICS = "the staff chat has no topics, so complaints are told in private chats"
NO_RIGHT = "the bot may not manage topics in the staff chat, so complaints are told in private chats"
SWITCH_ON = "Switch topics on in the group's settings; the bot makes one for each complaint."
LET_IN = "Put the bot into the group, or set another one as MENLING_TELEGRAM_STAFF_CHAT."

Chat = Callable[[], Sender | None]


class Halls:
    """Looks after the staff's group until cancelled; `chat` is where it is now, None without one.

    `works` and `fails` write down how it stands, the latter with the reason, and `vacant` that there is none
    for the `account`. `unsettled` are the topics that
    are not as they should be, which `rooms` sees to.
    """

    def __init__(
        self,
        platform: Platform,
        rooms: Rooms,
        *,
        account: tuple[str, str],
        chat: Chat,
        standing: Standing,
        works: Callable[[Sender], Awaitable[None]],
        fails: Callable[[Sender, str], Awaitable[None]],
        vacant: Callable[[str, str], Awaitable[None]],
        unsettled: Callable[[Sender], Awaitable[list[Sender]]],
        every: timedelta = EVERY,
        soon: timedelta = SOON,
    ) -> None:
        self._platform, self._rooms, self._chat, self._standing = platform, rooms, chat, standing
        self._account = account
        self._works, self._fails, self._vacant, self._unsettled = works, fails, vacant, unsettled
        self._every, self._soon = every, soon
        self._asked, self._unsure = asyncio.Event(), True

    def look(self) -> None:
        """Something about the group has changed."""
        self._unsure = True
        self._asked.set()

    def tidy(self) -> None:
        """Something was said in a topic, which may want another name, or to be opened or closed."""
        self._asked.set()

    async def run(self) -> None:
        """Look whenever it may have changed, and from time to time."""
        loop, again = asyncio.get_running_loop(), 0.0
        while True:
            self._asked.clear()
            whole, self._unsure = self._unsure, False
            well = await self._round(whole=whole)
            if whole or not well:
                again = loop.time() + (self._every if well else self._soon).total_seconds()
            try:
                async with asyncio.timeout_at(again):
                    await self._asked.wait()
            except TimeoutError:
                self._unsure = True

    async def _round(self, *, whole: bool) -> bool:
        try:
            if not whole:
                return (chat := self._chat()) is None or await self._settle(chat)
            if (chat := self._chat()) is None:
                self._standing.well("no staff chat is set")
                await self._vacant(*self._account)
                return True
            why = await self._trouble(chat)
            if why is not None:
                reason, advice = why
                self._standing.trouble(Health.PROBLEM, reason, advice)
                await self._fails(chat, reason)
                return False
            self._standing.well("each complaint has a topic in the staff chat")
            await self._works(chat)
            return await self._settle(chat)
        except (TelegramError, TurnFailed):
            return False  # nothing is known; the ones that send and poll say that

    async def _trouble(self, chat: Sender) -> tuple[str, str] | None:
        """What keeps topics from being made, and what to do about it. Raises TelegramError."""
        try:
            found = await self._platform.call("getChat", chat_id=chat.user)
            if not found.get("is_forum"):
                return NO_TOPICS, SWITCH_ON
            us = {"chat_id": chat.user, "user_id": int(chat.account)}
            member = await self._platform.call("getChatMember", **us)
        except ChatMigrated:
            raise
        except (BadRequest, Forbidden) as failed:
            return f"the staff chat cannot be reached: {failed.message}", LET_IN
        return None if may_manage_topics(member) else (NO_RIGHT, GIVE_RIGHT)

    async def _settle(self, chat: Sender) -> bool:
        done = True
        for room in await self._unsettled(chat):
            try:
                done = await self._rooms.settle(room) and done
            except NoRoom as failed:
                await self._fails(chat, str(failed))
                return False
            except Undelivered:
                done = False
        return done
