"""People: what they do to a bot, and what they see of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from tests.doubles.telegram import hypertext, keyboards, shelf
from tests.doubles.telegram.chats import Chat, Kept, Seen, Standing
from tests.doubles.telegram.membership import moved
from tests.doubles.telegram.writing import tell, write

if TYPE_CHECKING:
    from tests.doubles.telegram.double import Double
    from tests.doubles.telegram.groups import Group

MOST_PRESSES = 10_000
FOREVER = 0x7FFFFFFF
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Did:
    """What somebody did: the update it made, 0 when the bot asked not to know, and the message concerned."""

    update_id: int
    message_id: int
    query_id: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a button that the bot has not answered yet."""

    id: str
    at: float
    chat: Chat
    person: "Person"


@dataclass
class Person:
    """Somebody with Telegram. Everything they do is in their own chat with the bot, or `in_` a group.

    `toasts` is what the bot answered to presses: the text and whether it has to be closed.
    """

    double: "Double"
    card: dict
    chat: Chat
    phone: str = "8613800138000"
    toasts: list[tuple[str, bool]] = field(default_factory=list)
    _read: dict[int, int] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.card["id"]

    @property
    def screen(self) -> list[Seen]:
        """Their chat with the bot as it looks now."""
        return self.chat.screen

    @property
    def keyboard(self) -> tuple[tuple[str, ...], ...]:
        """The words on the keys that stand in place of their keyboard."""
        return keyboards.labels((self.chat.keyboard or {}).get("keyboard"))

    async def starts(self, token: str = "") -> Did:
        """Press Start, or follow a link with a token. Somebody who blocked the bot unblocks it first."""
        if self.chat.standing is Standing.BLOCKED:
            await self.unblocks()
        return await self.says(f"/start {token}".strip())

    async def says(
        self, text: str, *, in_: "Group | None" = None, thread: int | None = None, reply_to: int | None = None
    ) -> Did:
        """Type something and send it."""
        content: dict = {"text": text}
        if entities := hypertext.found_in(text):
            content["entities"] = entities
        return await self.sends(content, in_=in_, thread=thread, reply_to=reply_to)

    async def sends(
        self,
        content: dict,
        *,
        in_: "Group | None" = None,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> Did:
        """Send anything: the fields of a message besides who, where and when."""
        chat = self._place(in_)
        kept = write(self.double, chat, content, sender=self.card, thread=thread, reply_to=reply_to)
        return Did(tell(self.double, chat, kept), kept.json["message_id"])

    async def taps(
        self,
        label: str,
        *,
        message_id: int | None = None,
        in_: "Group | None" = None,
        by: "Person | None" = None,
    ) -> Did:
        """Press the button with these words: on this message, else on the latest one that has it.

        When no message has it, the key with these words is meant. `by` is another one's finger.
        """
        chat = self._chat(in_)
        for number in [message_id] if message_id else list(reversed(chat.messages)):
            markup = chat.messages[number].json.get("reply_markup", {})
            if button := keyboards.named(markup.get("inline_keyboard"), label):
                assert "callback_data" in button, f"{label!r} is not a button to press: {button}"
                return await self.presses(number, button["callback_data"], in_=in_, by=by)
        return await self._hits((chat.keyboard or {}), label, in_)

    async def presses(
        self, message_id: int, data: str, *, in_: "Group | None" = None, by: "Person | None" = None
    ) -> Did:
        """Send what a button sends, whether or not there is such a button or (any longer) such a message."""
        chat, finger = self._chat(in_), by or self
        press = Press(f"{finger.id}{next(_numbers):010}", self.double.now(), chat, finger)
        presses = self.double.presses
        presses[press.id] = press
        if len(presses) > MOST_PRESSES:
            del presses[next(iter(presses))]
        kept = chat.messages.get(message_id)
        inaccessible = {"chat": chat.card, "message_id": message_id, "date": 0}
        query = {
            "id": press.id,
            "from": finger.card,
            "message": dict(kept.json) if kept else inaccessible,
            "chat_instance": str(chat.id * 1_000_003),
            "data": data,
        }
        if chat.asked_at is None:
            chat.asked_at = press.at
        return Did(
            self.double.updates.put("callback_query", query, ("press", finger.id)), message_id, press.id
        )

    async def edits(self, message_id: int, text: str, *, in_: "Group | None" = None) -> Did:
        """Change a message of theirs."""
        content: dict = {"text": text}
        if entities := hypertext.found_in(text):
            content["entities"] = entities
        return self._changes(message_id, content, in_)

    async def shares_contact(
        self, phone: str | None = None, *, own: bool = True, user_id: int | None = None
    ) -> Did:
        """Send a phone number: their own, or a card of somebody else who may have Telegram too."""
        contact = {"phone_number": phone or self.phone, "first_name": self.card["first_name"]}
        if own or user_id is not None:
            contact["user_id"] = self.id if user_id is None else user_id
        return await self.sends({"contact": contact})

    async def shares_place(
        self, latitude: float, longitude: float, *, live: int | None = None, in_: "Group | None" = None
    ) -> Did:  # fmt: skip
        """Send where they are; `live` is for how many seconds they go on showing it."""
        place: dict = {"latitude": latitude, "longitude": longitude}
        return await self.sends({"location": place | ({"live_period": live} if live else {})}, in_=in_)

    async def moves(
        self,
        message_id: int,
        latitude: float,
        longitude: float,
        *,
        ends: bool = False,
        in_: "Group | None" = None,
    ) -> Did:
        """Go on with a place that is shown live; at its end it has no more seconds."""
        place = self._chat(in_).messages[message_id].json["location"]
        place = {**place, "latitude": latitude, "longitude": longitude}
        if ends:
            del place["live_period"]
        return self._changes(message_id, {"location": place}, in_)

    async def sends_photo(
        self, data: bytes, *, caption: str | None = None, album: str | None = None, in_: "Group | None" = None
    ) -> Did:  # fmt: skip
        """Send a picture, alone or as part of the album with this name."""
        content: dict = {"photo": shelf.photo(self.double.shelf.put("photo", data))}
        if caption:
            content["caption"] = caption
        if album:
            content["media_group_id"] = album
        return await self.sends(content, in_=in_)

    async def sends_album(
        self, pictures: list[bytes], *, caption: str | None = None, in_: "Group | None" = None
    ) -> list[Did]:
        """Send pictures together; the caption is on the first. Each is an update of its own."""
        album = f"album{next(_numbers)}"
        captions = [caption] + [None] * len(pictures)
        return [
            await self.sends_photo(data, caption=words, album=album, in_=in_)
            for data, words in zip(pictures, captions, strict=False)
        ]

    async def sends_voice(self, data: bytes, *, seconds: int = 3, in_: "Group | None" = None) -> Did:
        file = self.double.shelf.put("voice", data).json
        return await self.sends({"voice": {**file, "duration": seconds, "mime_type": "audio/ogg"}}, in_=in_)

    async def sends_sticker(self, emoji: str = "👍", *, in_: "Group | None" = None) -> Did:
        """Send a sticker; it stands for an emoji."""
        file = self.double.shelf.put("sticker", emoji.encode()).json
        looks = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return await self.sends({"sticker": {**file, **looks, "emoji": emoji}}, in_=in_)

    async def reacts(self, message_id: int, emoji: str | None, *, in_: "Group | None" = None) -> Did:
        """Put a reaction on a message, or take it off; a bot hears of it when it asked to."""
        chat = self._place(in_)
        kept = chat.messages[message_id]
        before = kept.reactions
        kept.reactions = [{"type": "emoji", "emoji": emoji}] if emoji else []
        content = {
            "chat": chat.card,
            "message_id": message_id,
            "date": int(self.double.now()),
            "user": self.card,
            "old_reaction": before,
            "new_reaction": kept.reactions,
        }
        return Did(self.double.updates.put("message_reaction", content, ("reaction", chat.id)), message_id)

    async def blocks(self) -> Did:
        return Did(moved(self.double, self.chat, by=self.card, to=Standing.BLOCKED), 0)

    async def unblocks(self) -> Did:
        return Did(moved(self.double, self.chat, by=self.card, to=Standing.IN), 0)

    async def deactivates(self) -> None:
        """Delete their account; the bot is told nothing."""
        self.chat.standing = Standing.GONE

    async def hears(self, n: int = 1, *, within: float = 30.0, in_: "Group | None" = None) -> list[Seen]:
        """The next n messages of the bot that they have not read yet, as they look when the last has come.

        Fails when they do not come within so many seconds of real time.
        """
        chat = self._chat(in_)
        read = self._read.get(chat.id, 0)
        await self._waits(chat, lambda: len(chat.heard(read)) >= n, within, f"{n} messages")
        heard = chat.heard(read)[:n]
        self._read[chat.id] = max([read, *(seen.message_id for seen in heard)])
        return heard

    async def sees(self, text: str, *, within: float = 30.0, in_: "Group | None" = None) -> Seen:
        """The latest message of the bot with these words in it, now or after some edit to come."""
        chat = self._chat(in_)
        found: list[Seen] = []

        def there() -> bool:
            found[:] = [seen for seen in chat.heard(0) if text in seen.text]
            return bool(found)

        await self._waits(chat, there, within, repr(text))
        return found[-1]

    async def is_toasted(self, n: int = 1, *, within: float = 30.0) -> list[tuple[str, bool]]:
        """All answers to their presses in their own chat, as soon as there are n."""
        await self._waits(self.chat, lambda: len(self.toasts) >= n, within, f"{n} answers to presses")
        return self.toasts

    async def _waits(self, chat: Chat, fact: Callable[[], bool], within: float, what: str) -> None:
        try:
            async with asyncio.timeout(within):
                await chat.changed.until(fact)
        except TimeoutError:
            name, shown = self.card["first_name"], "\n".join(map(str, chat.screen[-5:]))
            raise AssertionError(
                f"{name} did not get {what} within {within} s; the end of the screen:\n{shown}"
            ) from None

    async def _hits(self, keyboard: dict, label: str, in_: "Group | None") -> Did:
        key = keyboards.named(keyboard.get("keyboard"), label)
        assert key, f"{self.card['first_name']} has no button {label!r}"
        if keyboard.get("one_time_keyboard"):
            self._chat(in_).keyboard = None
        if key.get("request_contact"):
            return await self.shares_contact()
        assert not key.get("request_location"), "say where: shares_place(latitude, longitude)"
        return await self.says(label, in_=in_)

    def _changes(self, message_id: int, content: dict, in_: "Group | None") -> Did:
        chat = self._place(in_)
        kept: Kept = chat.messages[message_id]
        assert kept.json["from"]["id"] == self.id, "people edit only what they wrote themselves"
        kept.json = {**kept.json, **content, "edit_date": int(self.double.now())}
        chat.changed.ring()
        return Did(tell(self.double, chat, kept, kind="edited_message"), message_id)

    def _chat(self, in_: "Group | None") -> Chat:
        return in_.chat if in_ else self.chat

    def _place(self, in_: "Group | None") -> Chat:
        chat = self._chat(in_)
        if chat.standing is Standing.STRANGER:
            chat.standing = Standing.IN
        assert chat.standing is Standing.IN, f"nothing can be said there: {chat.standing.value}"
        return chat
