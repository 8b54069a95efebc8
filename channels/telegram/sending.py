"""The way out to Telegram: one message, sent or changed, at the pace that the platform bears."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from datetime import timedelta
from random import SystemRandom
from typing import Any, TypeVar

import structlog
from telegram.error import TelegramError

from bot import texts
from bot.messages import Outbound, Sender
from channels.base import ContentRefused, Misconfigured, Moved, NoRoom, TryLater, Undelivered
from channels.gone import Gone
from channels.pace import Pace
from channels.telegram import errors, showing
from channels.telegram.addresses import Address, external_id, message_id
from channels.telegram.api import Api
from channels.telegram.errors import Remedy
from channels.telegram.record import Record
from channels.telegram.rooms import Rooms
from channels.telegram.showing import Parameters
from channels.telegram.transport import SlowDown
from core.correspondence import Purpose

SHARE_LABELS = {"contact": "telegram-share-contact", "place": "telegram-share-place"}
NO_DATABASE = timedelta(seconds=5)
"""When to try again what could not be looked up."""

log = structlog.get_logger()
_chance = SystemRandom()
T = TypeVar("T")


class Sending:
    """Sends for one bot. What a refusal allows to be mended is mended within the same send.

    `record` is asked in a thread of `executor`. `pace` must count the seconds that `sleep` lets pass:
    `asyncio`'s by default. `said_in_room` hears of each message in a topic. Every failure is one of
    `channels.base.Undelivered`.
    """

    def __init__(
        self,
        api: Api,
        pace: Pace,
        record: Record,
        executor: Executor,
        *,
        said_in_room: Callable[[], None] = lambda: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = _chance.random,
    ) -> None:
        self._api, self._pace, self._record, self._executor = api, pace, record, executor
        self._sleep, self._jitter, self._said_in_room = sleep, jitter, said_in_room
        self.rooms = Rooms(record, self._call, self._attempt, self._in_thread)

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str:
        """Deliver one message that fits `showing.CAN`; the id under which we keep it.

        It takes the place of `replaces` where that can be changed; what asks to share something cannot
        change another message, since its button belongs to the keyboard and not to the message.
        """
        at = Address.of(to.user)
        share = _share_label(message) if message.shares and not at.is_group else ""
        earlier = message_id(replaces, at.chat) if replaces and not share else None
        if earlier is not None and await self._change(to, message, purpose, earlier):
            return external_id(at.chat, earlier)
        return await self._send_new(to, message, purpose, share)

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """Take the buttons off an answered question, and write below it what was pressed, if it was.

        A keyboard for sharing belongs to no message and stays until one takes it away, which then can have
        no buttons of its own: so that is said in a word.
        """
        at = Address.of(to.user)
        if shown.shares and not at.is_group:
            language = shown.language or texts.languages()[0]
            thanks = Outbound(texts.say(language, "telegram-keyboard-gone"))
            await self._send_new(to, thanks, Purpose.ANSWER, "")
            return
        number = message_id(external_id, at.chat)
        if number is None:
            return
        where: Parameters = {"chat_id": at.chat, "message_id": number}
        words = showing.closed(shown, chosen) if chosen else None
        method = "editMessageText" if words else "editMessageReplyMarkup"
        if await self._call(to, Purpose.ANSWER, method, where | (words or {})) is Remedy.PLAIN:
            await self._call(to, Purpose.ANSWER, "editMessageReplyMarkup", where)

    async def acknowledge(self, query: str, text: str = "") -> None:
        """End the waiting sign on a pressed button, at any pace; words of at most 200 characters are shown.

        Too late is as good as done.
        """
        await self._attempt(None, "answerCallbackQuery", {"callback_query_id": query, "text": text or None})

    async def show_typing(self, to: Sender) -> None:
        """Let the person see for some seconds that an answer is on its way; at any pace."""
        at = Address.of(to.user)
        await self._attempt(to, "sendChatAction", {"chat_id": at.chat, "action": "typing"})

    async def _change(self, to: Sender, message: Outbound, purpose: Purpose, earlier: int) -> bool:
        """Whether an earlier message shows this one now."""
        at = Address.of(to.user)
        where: Parameters = {"chat_id": at.chat, "message_id": earlier}
        for plain in (False, True):
            words = showing.changed(message, group=at.is_group, plain=plain)
            outcome = await self._call(to, purpose, "editMessageText", where | words)
            if outcome is not Remedy.PLAIN:
                break
        return outcome is Remedy.DONE or not isinstance(outcome, Remedy)

    async def _send_new(self, to: Sender, message: Outbound, purpose: Purpose, share: str) -> str:
        at = Address.of(to.user)
        thread = await self.rooms.thread(to, purpose) if at.subject else None
        mendable = {Remedy.PLAIN, Remedy.TOPIC} if at.subject else {Remedy.PLAIN}
        while True:
            words = showing.new(message, group=at.is_group, share=share, plain=Remedy.PLAIN not in mendable)
            where: Parameters = {"chat_id": at.chat, "message_thread_id": thread}
            outcome = await self._call(to, purpose, "sendMessage", where | words)
            if not isinstance(outcome, Remedy):
                if at.subject:
                    self._said_in_room()
                return external_id(at.chat, outcome["message_id"])
            if outcome not in mendable:
                raise ContentRefused(f"refused, and no remedy helped: {outcome.name}")
            mendable.remove(outcome)
            if outcome is Remedy.TOPIC:
                await self.rooms.lost(to)
                thread = await self.rooms.thread(to, purpose)

    # Any: what a method returns is the platform's to say.
    async def _call(self, to: Sender, purpose: Purpose, method: str, parameters: Parameters) -> Any:
        """What the platform returns when its turn has come, or the remedy; raises what cannot be mended."""
        ticket = self._pace.queue(Address.of(to.user).chat, purpose)
        try:
            while (seconds := self._pace.wait(ticket)) > 0:
                await self._sleep(seconds)
        finally:
            self._pace.leave(ticket)
        return await self._attempt(to, method, parameters)

    async def _attempt(self, to: Sender | None, method: str, parameters: Parameters) -> Any:  # as above
        at = Address.of(to.user) if to else None
        try:
            return await self._api.call(method, **parameters)
        except TelegramError as error:
            whole = isinstance(error, SlowDown) and self._pace.throttled(
                at.chat if at else None, error.after.total_seconds()
            )
            meaning = errors.meaning(error, whole=whole, jitter=timedelta(seconds=self._jitter()))
            reason = str(error)
        if isinstance(meaning, Remedy):
            if meaning is Remedy.PLAIN:
                log.error("telegram.markup_refused", method=method, reason=reason)
            return meaning
        if isinstance(meaning, Misconfigured) and at and at.subject and errors.is_of_group(reason):
            raise NoRoom(reason)
        if isinstance(meaning, ContentRefused):
            log.error("telegram.content_refused", method=method, reason=reason)
        raise await self._moved(to, at, meaning.user) if isinstance(meaning, Moved) and to and at else meaning

    async def _moved(self, to: Sender, at: Address, chat: str) -> Undelivered:
        """Where to send instead: the chat by its new id, or the topic there."""
        await self._in_thread(lambda: self._record.move_threads(to, chat))
        return Moved(at.moved_to(chat).user)

    async def _in_thread(self, ask: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, ask)
        except Gone as gone:
            raise TryLater(NO_DATABASE) from gone


def _share_label(message: Outbound) -> str:
    assert message.shares is not None
    return texts.say(texts.closest(message.language) or texts.languages()[0], SHARE_LABELS[message.shares])
