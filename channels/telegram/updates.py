"""One update of the Bot API, read: which conversation it belongs to, and what is to be done about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeAlias

from telegram import Chat, ChatMember, Message, MessageEntity, User

from bot.messages import MEMBER_LEFT, Content, Inbound, Left, Noted, Returned, Sender, Tap, Text, Unsupported
from channels.telegram import commands, contents
from channels.telegram.addresses import Address, external_id
from channels.telegram.commands import ForAnother, NextLanguage
from channels.telegram.contents import File, number, words
from core.media import Family

CHANNEL = "telegram"
LARGEST_ID = 2**63 - 1
UNREADABLE = (TypeError, ValueError, LookupError, AttributeError, OverflowError, OSError, RecursionError)
"""What the library and we raise at something that has not the shape of an update."""
_GONE = (ChatMember.LEFT, ChatMember.BANNED)


class Malformed(Exception):
    """This is no update: it has no number, so it cannot be known again."""


@dataclass(frozen=True, slots=True)
class Us:
    """Who we are on the platform."""

    id: str
    name: str = ""
    """Our user name without the @; "" while the platform has not told us."""
    staff_chat: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Something for the bot.

    With `wants`, the content is still to be had; `inbound` holds what is handed in if it cannot be.
    """

    inbound: Inbound
    wants: File | NextLanguage | None = None
    thread: int | None = None
    """The forum topic it was written in; the sender's address is then without its subject."""
    aside: bool = False
    """Written in a forum topic and not to us: it is for us only if the topic is one of ours."""
    message: int | None = None
    """Which message of theirs it is, where it is one."""


@dataclass(frozen=True, slots=True)
class NotYours:
    """Somebody used the buttons of somebody else. `reply_to` is the message to answer, None for a press."""

    chat: int
    language: str | None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Strange:
    """A group that we do not serve took us in."""

    chat: int
    language: str | None


@dataclass(frozen=True, slots=True)
class Migrated:
    """The platform gave the staff's group a new id."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class TopicMade:
    """A forum topic that we made ourselves is there."""

    chat: int
    thread: int
    name: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Not for us; it is acknowledged and forgotten."""


Meaning: TypeAlias = Said | NotYours | Strange | Migrated | TopicMade | Nothing


@dataclass(frozen=True, slots=True)
class Read:
    """An update that was read."""

    id: int
    chat: int
    """What has to stay in order with it; 0 for what belongs to no chat."""
    meaning: Meaning
    press: str = ""
    """The id of the press that it is, to be acknowledged; the person's button turns until then."""


def update_id(raw: object) -> int:
    """The number of an update. Raises Malformed if there is none."""
    given = raw.get("update_id") if isinstance(raw, Mapping) else None
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= LARGEST_ID:
        raise Malformed
    return given


def read(raw: object, us: Us, *, now: datetime) -> Read:
    """What an update means. Whatever it holds, it is at least noted; raises Malformed without a number."""
    id = update_id(raw)
    assert isinstance(raw, dict)
    reader = _Reader(id, us, now)
    try:
        return reader.read(raw)
    except UNREADABLE:
        return Read(id, 0, reader.noted("malformed"))


def subjected(said: Said, subject: str) -> Inbound:
    """What was said in a forum topic, in the talk of whoever said it about its subject."""
    inbound, sender = said.inbound, said.inbound.sender
    there = Address(sender.user, subject, inbound.by).user
    return replace(inbound, sender=replace(sender, user=there), room=subject)


class _Reader:
    """Reads the parts of one update. Its methods raise what is UNREADABLE."""

    def __init__(self, id: int, us: Us, now: datetime) -> None:
        self._id, self._us, self._now = id, us, now

    def read(self, raw: dict[str, Any]) -> Read:
        if press := raw.get("callback_query"):
            return self._press(press)
        for kind in ("message", "edited_message"):
            if written := raw.get(kind):
                message = Message.de_json(contents.essence(written), None)
                said = self._written(message, written, is_new=kind == "message")
                return Read(self._id, number(message.chat.id), said)
        if change := raw.get("my_chat_member"):
            return self._membership(change)
        if change := raw.get("chat_member"):
            return self._member(change)
        kind = next((str(key) for key in raw if key != "update_id"), "nothing")
        return Read(self._id, 0, self.noted(kind[: contents.LONGEST_KIND]))

    def noted(self, kind: str) -> Said:
        """Something that belongs to no conversation; it is kept as what the platform itself told us."""
        return self._said(self._us.id, "", self._now, Noted(kind))

    def _press(self, raw: dict[str, Any]) -> Read:
        """By hand: the library makes an object of every button, and we want the words on one."""
        press, person, message = words(raw["id"]), User.de_json(raw["from"], None), raw.get("message")
        by = number(person.id)
        if message is None or raw.get("data") is None:
            return Read(self._id, 0, self.noted("callback_query"), press)
        chat, written = number(message["chat"]["id"]), words(raw["data"])
        is_private = message["chat"]["type"] == Chat.PRIVATE
        if not is_private and chat != self._us.staff_chat:
            return Read(self._id, chat, Nothing(), press)
        owner, data = _owned(written)
        if (is_private and by != chat) or (owner and owner != str(by)):
            return Read(self._id, chat, NotYours(chat, _language(person)), press)
        content = Tap(data, _label(message, written))
        said = self._said(str(chat), press, self._now, content, person, is_private=is_private)
        return Read(self._id, chat, replace(said, thread=_thread(message)), press)

    def _written(self, message: Message, raw: dict[str, Any], *, is_new: bool) -> Meaning:
        chat, is_private = number(message.chat.id), message.chat.type == Chat.PRIVATE
        if not is_private:
            if migrated := self._migrated(message, chat):
                return migrated
            if chat != self._us.staff_chat:
                return Nothing()
            if made := self._made(message, raw, chat):
                return made
        person = message.from_user
        is_anonymous = message.sender_chat is not None and message.sender_chat.id == chat
        if person is None or (is_private and person.id != chat) or (person.is_bot and not is_anonymous):
            return Nothing()
        name = self._us.name
        said = contents.of(message, name, list(raw)) if is_new else contents.of_edited(message, name)
        thread = _thread(raw)
        meant = said if is_private or said is None else self._for_us(message, raw, said, person)
        aside = thread is not None and isinstance(meant, NotYours | None)
        if aside and not isinstance(said, ForAnother | Noted | None):
            meant = said
        if isinstance(meant, NotYours | None):
            return meant or Nothing()
        at = message.date if is_new else message.edit_date or message.date
        stamp, is_alone = str(int(at.timestamp())), is_private or is_anonymous
        handed = self._said(str(chat), stamp, at, meant, person, is_private=is_alone)
        if thread is not None and (replied := message.reply_to_message) is not None:
            to = external_id(chat, number(replied.message_id))
            handed = replace(handed, inbound=replace(handed.inbound, replies_to=to))
        return replace(handed, thread=thread, aside=aside, message=number(message.message_id))

    def _for_us(
        self, message: Message, raw: dict[str, Any], meant: contents.Meaning, person: User
    ) -> contents.Meaning | NotYours | None:
        """What a message in the staff's group means for us: a command, a reply, a mention; else None."""
        text = message.text or message.caption or ""
        if isinstance(meant, ForAnother | Noted):
            return None
        if commands.calls_us(text, self._us.name):
            return meant
        if self._is_to_ours(message):
            buttons = _buttons(raw["reply_to_message"])
            owners = {_owned(data)[0] for data, _ in buttons} - {"", str(person.id)}
            stranger = NotYours(number(message.chat.id), _language(person), number(message.message_id))
            return stranger if owners else meant
        mention = self._mention(message)
        return None if mention is None else _without(meant, mention, self._us.name)

    def _is_to_ours(self, message: Message) -> bool:
        """Whether it replies to a message of ours."""
        replied = message.reply_to_message
        author = replied.from_user if replied else None
        return author is not None and str(author.id) == self._us.id

    def _mention(self, message: Message) -> str | None:
        """How a message calls us by name, if it does."""
        kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
        found: dict[MessageEntity, str] = {}
        if message.text:
            found |= message.parse_entities(kinds)
        if message.caption:
            found |= message.parse_caption_entities(kinds)
        for entity, name in found.items():
            is_us = entity.user is not None and str(entity.user.id) == self._us.id
            if is_us or (self._us.name and name.lower() == f"@{self._us.name.lower()}"):
                return name
        return None

    def _made(self, message: Message, raw: dict[str, Any], chat: int) -> TopicMade | None:
        created, thread = raw.get("forum_topic_created"), raw.get("message_thread_id")
        author = message.from_user
        if created is None or thread is None or author is None or str(author.id) != self._us.id:
            return None
        return TopicMade(chat, number(thread), words(created["name"]))

    def _migrated(self, message: Message, chat: int) -> Migrated | None:
        if message.migrate_to_chat_id:
            move = Migrated(chat, number(message.migrate_to_chat_id))
        elif message.migrate_from_chat_id:
            move = Migrated(number(message.migrate_from_chat_id), chat)
        else:
            return None
        return move if self._us.staff_chat in (move.old, move.new) else None

    def _membership(self, raw: dict[str, Any]) -> Read:
        """By hand: the library asks for every right of an administrator, and we for none."""
        chat, kind, person = number(raw["chat"]["id"]), raw["chat"]["type"], User.de_json(raw["from"], None)
        was_in, is_in = _is_in(raw["old_chat_member"]), _is_in(raw["new_chat_member"])
        is_private = kind == Chat.PRIVATE
        if not is_private and chat != self._us.staff_chat:
            came = kind in (Chat.GROUP, Chat.SUPERGROUP) and is_in and not was_in
            return Read(self._id, chat, Strange(chat, _language(person)) if came else Nothing())
        content = Noted("my_chat_member") if was_in == is_in else Returned() if is_in else Left()
        at = datetime.fromtimestamp(number(raw["date"]), UTC)
        stamp = str(raw["date"])
        said = self._said(str(chat), stamp, at, content, person, is_private=is_private)
        return Read(self._id, chat, said)

    def _member(self, raw: dict[str, Any]) -> Read:
        """Somebody came into a chat or left it, by hand as above; only who leaves the staff's is news."""
        chat, person = number(raw["chat"]["id"]), User.de_json(raw["new_chat_member"]["user"], None)
        left = _is_in(raw["old_chat_member"]) and not _is_in(raw["new_chat_member"])
        if chat != self._us.staff_chat or not left or person.is_bot:
            return Read(self._id, chat, Nothing())
        at, content = datetime.fromtimestamp(number(raw["date"]), UTC), Noted(MEMBER_LEFT)
        return Read(
            self._id, chat, self._said(str(chat), str(raw["date"]), at, content, person, is_private=False)
        )

    def _said(
        self,
        user: str,
        stamp: str,
        at: datetime,
        meant: contents.Meaning,
        person: User | None = None,
        *,
        is_private: bool = True,
    ) -> Said:
        content, wants = _at_least(meant)
        inbound = Inbound(
            Sender(CHANNEL, self._us.id, user),
            # Numbers are chosen anew after a week of silence; with the stamp they stay what they were.
            external_id=f"{self._id}:{stamp}",
            at=at,
            content=content,
            language=_language(person) if person else None,
            by="" if is_private or person is None else str(number(person.id)),
        )
        return Said(inbound, wants)


def _at_least(meant: contents.Meaning) -> tuple[Content, File | NextLanguage | None]:
    """What can be handed in as it is, and what would have to be had first to say more."""
    match meant:
        case ForAnother():
            return Noted("command-for-another"), None
        case NextLanguage():
            return Text("menu"), meant
        case File(family=Family.PICTURE):
            return Unsupported("photo-lost"), meant
        case File():
            return Unsupported("voice"), meant
    return meant, None


def _owned(data: str) -> tuple[str, str]:
    """Whose button it is ("" for anybody's) and what we wrote on it."""
    owner, bar, rest = data.partition("|")
    return (owner, rest) if bar and (owner.isdecimal() or not owner) else ("", data)


def _without(meant: contents.Meaning, mention: str, our_name: str) -> contents.Meaning:
    """The same without our name in it; the name alone asks what we can do."""
    match meant:
        case Text(body):
            rest = body.replace(mention, "", 1).strip()
            return commands.meaning(rest, our_name) or Text(rest or "menu")
        case File(caption=caption):
            return replace(meant, caption=caption.replace(mention, "", 1).strip())
    return meant


def _buttons(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the buttons below a message send, and what stands on them."""
    rows = (raw.get("reply_markup") or {}).get("inline_keyboard", ())
    shown = (button for row in rows for button in row)
    return [(words(one["callback_data"]), words(one["text"])) for one in shown if one.get("callback_data")]


def _label(raw: Mapping[str, Any], data: str) -> str:
    return next((label for sent, label in _buttons(raw) if sent == data), "")


def _thread(raw: Mapping[str, Any]) -> int | None:
    """The forum topic a message stands in. In other groups threads are only replies to replies."""
    thread = raw.get("message_thread_id")
    return number(thread) if thread is not None and raw.get("is_topic_message", False) else None


def _is_in(member: dict[str, Any]) -> bool:
    """Whether somebody is in a chat; a restricted member may be or not."""
    return words(member["status"]) not in _GONE and member.get("is_member", True) is not False


def _language(person: User) -> str | None:
    return words(person.language_code) if person.language_code else None
