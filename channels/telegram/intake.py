"""Takes one update, however it came: acknowledges presses, fetches what has to be fetched, tells the bot."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog
from telegram.error import TelegramError

from bot import texts
from bot.messages import Inbound, Left, Noted, Returned, Sender, Text
from bot.trail import Outcome
from channels.base import Receive
from channels.telegram import updates
from channels.telegram.addresses import Address
from channels.telegram.commands import NextLanguage
from channels.telegram.contents import File
from channels.telegram.files import Files, Platform
from channels.telegram.updates import Migrated, NotYours, Read, Said, Strange, TopicMade, Us
from core import clock, rooms
from core.company import Company
from core.correspondence import Peer

MOST_ACKNOWLEDGEMENTS = 100
"""Presses that are acknowledged at the same time. Beyond it a button turns a while longer, no more."""
REMEMBERED = 1_000
"""Updates that were answered beside the bot and are not answered again when they are repeated."""

SEEN = [{"type": "emoji", "emoji": "✍"}]
"""What we put on a message that was written down and asks for no answer."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Memory:
    """What the intake asks of the record, which blocks and is therefore asked in a thread."""

    subject_of: Callable[[Sender, int], Awaitable[str | None]]
    """What a thread of the sender's chat is about, if it is a topic of ours."""
    language_of: Callable[[Sender], Awaitable[str | None]]
    """What a person is spoken to in, if we know them."""
    move: Callable[[Peer, str], Awaitable[None]]
    """Puts everything of somebody under another name."""
    adopt: Callable[[Sender, int, str], Awaitable[None]]
    """Learns of a topic of ours in a chat, by its thread and its name."""


class Intake:
    """Everything between an update and the bot, for one account. `us` may be told more as it is learnt."""

    def __init__(
        self,
        us: Us,
        platform: Platform,
        files: Files,
        memory: Memory,
        company: Company,
        *,
        unsure: Callable[[], None] = lambda: None,
    ) -> None:
        """`unsure` is told when something about the staff's group may have changed."""
        self.us, self._unsure = us, unsure
        self._platform, self._files, self._memory, self._company = platform, files, memory, company
        self._acknowledging: set[asyncio.Task[None]] = set()
        self._answered: OrderedDict[int, None] = OrderedDict()

    def read(self, raw: object) -> Read:
        """What an update means. Raises `updates.Malformed`."""
        return updates.read(raw, self.us, now=clock.now())

    async def take(self, read: Read, receive: Receive) -> None:
        """Do what an update asks; when this returns, it is committed and need not be delivered again.

        Raises `bot.turn.TurnFailed` when it should be.
        """
        if read.press:
            self._acknowledge(read)
        match read.meaning:
            case Said() as said:
                await self._hand_in(said, receive)
            case NotYours(chat, language, int(message)):
                await self._answer_aside(read.id, chat, "telegram-not-yours", language, reply_to=message)
            case Strange(chat, language):
                await self._answer_aside(read.id, chat, "telegram-private-only", language)
            case Migrated() as migrated:
                await self.move(migrated)
            case TopicMade(chat, thread, name):
                await self._memory.adopt(Sender(updates.CHANNEL, self.us.id, str(chat)), thread, name)

    async def finish(self) -> None:
        """Let go of what is still under way beside turns."""
        await self._files.finish()
        for task in self._acknowledging:
            task.cancel()
        await asyncio.gather(*self._acknowledging, return_exceptions=True)

    async def _hand_in(self, said: Said, receive: Receive) -> None:
        inbound = said.inbound
        if said.thread is not None:
            subject = await self._memory.subject_of(inbound.sender, said.thread)
            inbound = updates.subjected(said, subject) if subject else inbound
        is_room = rooms.complaint_of(inbound.room) is not None
        if said.aside and not is_room:
            return
        match said.wants:
            case File() as file:
                content = await self._files.content(inbound, file)
                if (original := self._files.original(inbound, content)) is not None:
                    await receive(original)
                inbound = replace(inbound, content=content)
            case NextLanguage():
                inbound = replace(inbound, content=await self._other_language(inbound))
        receipt = await receive(inbound)
        if is_room and said.message and receipt.outcome is Outcome.NOTED:
            self._mark(inbound.sender, said.message)
        if isinstance(inbound.content, Left | Returned | Noted) and self._is_staffs(inbound.sender):
            self._unsure()

    def _is_staffs(self, sender: Sender) -> bool:
        return self.us.staff_chat is not None and sender.user == str(self.us.staff_chat)

    def _mark(self, sender: Sender, message: int) -> None:
        """Show, beside the turn, that a message was written down. What becomes of it changes nothing."""
        chat = Address.of(sender.user).chat
        if len(self._acknowledging) < MOST_ACKNOWLEDGEMENTS:
            call = self._platform.call("setMessageReaction", chat_id=chat, message_id=message, reaction=SEEN)
            self._beside(call, "setMessageReaction")

    async def _other_language(self, inbound: Inbound) -> Text:
        """The words that ask for the language after the one they are spoken to in."""
        known = await self._memory.language_of(inbound.sender)
        spoken = known or self._language(inbound.language)
        every = [tag for tag in texts.languages() if tag in self._company.languages] or [spoken]
        place = every.index(spoken) + 1 if spoken in every else 0
        return Text(texts.say(every[place % len(every)], "language-name"))

    async def move(self, migrated: Migrated) -> None:
        """Go on with a group under its new id. Raises `bot.turn.TurnFailed`."""
        await self._memory.move(Peer(updates.CHANNEL, self.us.id, str(migrated.old)), str(migrated.new))
        if self.us.staff_chat == migrated.old:
            self.us = replace(self.us, staff_chat=migrated.new)
            self._unsure()
            log.warning("telegram.staff_chat_moved", setting="MENLING_TELEGRAM_STAFF_CHAT", now=migrated.new)

    def _acknowledge(self, read: Read) -> None:
        """Stop the button's turning, before the turn and beside it. What becomes of it changes nothing."""
        if len(self._acknowledging) >= MOST_ACKNOWLEDGEMENTS:
            return
        match read.meaning:
            case NotYours(language=language):
                said = texts.say(self._language(language), "telegram-not-yours")
                call = self._platform.call(
                    "answerCallbackQuery", callback_query_id=read.press, text=said, show_alert=True
                )
            case _:
                call = self._platform.call("answerCallbackQuery", callback_query_id=read.press)
        self._beside(call, "answerCallbackQuery")

    def _beside(self, call: Awaitable[object], what: str) -> None:
        task = asyncio.create_task(self._tried(call, what))
        self._acknowledging.add(task)
        task.add_done_callback(self._acknowledging.discard)

    async def _answer_aside(
        self, update: int, chat: int, key: str, language: str | None, *, reply_to: int | None = None
    ) -> None:
        """Say something that is no part of any conversation, once; nobody is told if it does not arrive."""
        if update in self._answered:
            return
        self._answered[update] = None
        while len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)
        said = texts.say(self._language(language), key, company=self._company.name)
        reply = {"message_id": reply_to, "allow_sending_without_reply": True} if reply_to else None
        sending = self._platform.call("sendMessage", chat_id=chat, text=said, reply_parameters=reply)
        await self._tried(sending, "sendMessage")

    async def _tried(self, call: Awaitable[object], what: str) -> None:
        try:
            await call
        except TelegramError as failed:
            log.debug("telegram.not_said", method=what, reason=str(failed))

    def _language(self, tag: str | None) -> str:
        return texts.closest(tag) or self._company.languages[0]
