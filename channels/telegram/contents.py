"""What one message of the platform says, in our own words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeAlias

from telegram import Document, Location, Message, PhotoSize
from telegram.constants import MessageType

from bot.messages import Contact, Content, Noted, Place, Text, Unsupported
from channels.telegram import commands
from channels.telegram.commands import ForAnother, NextLanguage
from core.media import Family

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes that the Bot API lets bots fetch."""

_UNREAD = frozenset(
    "animation checklist dice document game giveaway giveaway_winners invoice live_photo paid_media"
    " passport_data poll sticker story video".split()
)
"""What people send and we cannot read. Everything else that the platform knows happens by itself."""
LONGEST_KIND = 64
"""Characters of a name the platform gives to what we do not know."""
_HAPPENS = frozenset(str(kind) for kind in MessageType) - _UNREAD
_WHERE = frozenset({"message_id", "date", "edit_date", "from", "sender_chat", "chat"})
_READ = _WHERE | frozenset(
    "audio caption caption_entities contact document entities is_topic_message location media_group_id"
    " message_thread_id migrate_from_chat_id migrate_to_chat_id photo text venue video_note voice".split()
)


@dataclass(frozen=True, slots=True)
class File:
    """Something that has to be fetched before the bot can be told of it."""

    id: str
    family: Family
    size: int
    """In bytes as far as we are told, else 0."""
    caption: str = ""
    album: str = ""


Meaning: TypeAlias = Content | File | NextLanguage | ForAnother


# Any: JSON, of whatever shape it came.
def essence(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a message that we read, for the library to read them.

    It is strict with each thing it knows, also with those that do not concern us: a new sort of gift in a
    message replied to must not cost us the reply.
    """
    kept = {name: value for name, value in raw.items() if name in _READ}
    replied = raw.get("reply_to_message")
    # In a forum whatever is written counts as a reply to the line that opened the topic, which says nothing.
    if isinstance(replied, dict) and "forum_topic_created" not in replied:
        kept["reply_to_message"] = {name: value for name, value in replied.items() if name in _WHERE}
    return kept


def of(message: Message, our_name: str, fields: Collection[str]) -> Meaning:
    """What a new message says; `fields` are the names of all that came with it.

    Raises ValueError and its like when it has not the shape it should have.
    """
    if message.text is not None:
        text = words(message.text)
        return commands.meaning(text, our_name) or Text(text)
    if file := _file(message):
        return file
    if message.venue:
        venue = message.venue
        label = ", ".join(words(part) for part in (venue.title, venue.address) if part)
        return _place(venue.location, label)
    if message.location:
        return _place(message.location)
    if message.contact:
        return _contact(message)
    return _unread(fields)


def of_edited(message: Message, our_name: str) -> Meaning | None:
    """What a message says since it was changed; None if nothing new.

    People correct themselves, so changed words are words. A live location moves all the time.
    """
    if message.location:
        return None
    if (text := message.text if message.text is not None else message.caption) is not None:
        return commands.meaning(words(text), our_name) or Text(words(text))
    return Noted("edited_message")


def words(value: object) -> str:
    """A text of the platform. Raises ValueError when it is something else."""
    if not isinstance(value, str):
        raise ValueError
    return value


def number(value: object) -> int:
    """A whole number of the platform. Raises ValueError when it is something else."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError
    return value


def _file(message: Message) -> File | None:
    caption = words(message.caption or "")
    album = words(message.media_group_id or "")
    if message.photo:
        return _described(_best(message.photo), Family.PICTURE, caption, album)
    if sound := message.voice or message.audio or message.video_note:
        return File(words(sound.file_id), Family.SOUND, _size(sound.file_size))
    document = message.document
    if document and words(document.mime_type or "").startswith("image/"):
        return _described(document, Family.PICTURE, caption, album)
    return None


def _best(sizes: tuple[PhotoSize, ...]) -> PhotoSize:
    """The largest one that may be fetched; else the smallest, which will be refused with the reason."""
    ranked = sorted(sizes, key=lambda one: number(one.width) * number(one.height))
    return next((one for one in reversed(ranked) if _size(one.file_size) <= LARGEST_FILE), ranked[0])


def _described(file: PhotoSize | Document, family: Family, caption: str, album: str) -> File:
    return File(words(file.file_id), family, _size(file.file_size), caption, album)


def _size(told: int | None) -> int:
    return 0 if told is None else number(told)


def _place(location: Location, label: str = "") -> Place:
    latitude, longitude = float(location.latitude), float(location.longitude)
    if not (isfinite(latitude) and abs(latitude) <= 90 and isfinite(longitude) and abs(longitude) <= 180):
        raise ValueError
    return Place(latitude, longitude, label)


def _contact(message: Message) -> Content:
    """The sender's own number, which the platform vouches for. A card of somebody else proves nothing."""
    contact, sender = message.contact, message.from_user
    assert contact is not None
    if sender is None or contact.user_id != sender.id:
        return Unsupported("contact-of-another")
    digits = "".join(filter(str.isdecimal, words(contact.phone_number)))
    if not digits:
        raise ValueError
    names = (contact.first_name, contact.last_name)
    # The platform gives numbers in full, with the country, but not always with the plus.
    return Contact(f"+{digits}", " ".join(words(name) for name in names if name))


def _unread(fields: Collection[str]) -> Content:
    known = next((name for name in fields if name in _UNREAD), None)
    # What the library does not know yet was sent by somebody who waits for an answer.
    new = next((name for name in fields if name not in Message.__slots__ and name not in _WHERE), None)
    happened = next((name for name in fields if name in _HAPPENS), None)
    kind = known or (None if happened else new)
    return Unsupported(kind[:LONGEST_KIND]) if kind else Noted(happened or "message")
