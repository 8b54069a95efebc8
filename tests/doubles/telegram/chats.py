"""Chats as the Bot API keeps them: who is in, what was written, which topics there are."""

from dataclasses import dataclass, field
from enum import Enum

from tests.doubles.bell import Bell
from tests.doubles.telegram.keyboards import labels
from tests.doubles.telegram.refusals import Refused, bad, forbidden

KEPT_PER_CHAT = 10_000


class Standing(Enum):
    """How the bot stands with a chat."""

    STRANGER = "the person never started the bot"
    IN = "the bot may write"
    BLOCKED = "the person blocked the bot"
    GONE = "the account is deactivated"
    KICKED = "the bot was thrown out"
    LEFT = "the bot left"


@dataclass(slots=True)
class Topic:
    """A topic of a forum. Its thread is the number of the service message that created it."""

    thread: int
    name: str
    icon_color: int
    root: dict
    closed: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Kept:
    """A message as the Bot API shows it, and what the Bot API knows besides."""

    json: dict
    by_bot: bool
    by_keyboard: bool = False
    reactions: list[dict] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as people see it: the text without tags, the words on its buttons, edits done."""

    message_id: int
    sender: str
    text: str
    buttons: tuple[tuple[str, ...], ...] = ()
    thread: int | None = None
    reply_to: int | None = None
    kind: str = "text"
    edited: bool = False
    reactions: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The words on all buttons, one after the other."""
        return tuple(label for row in self.buttons for label in row)


KINDS = (
    "text", "photo", "voice", "sticker", "contact", "location", "document", "video", "migrate_to_chat_id",
    "migrate_from_chat_id", "forum_topic_created", "forum_topic_edited", "forum_topic_closed",
    "forum_topic_reopened",
)  # fmt: skip


@dataclass
class Chat:
    """One chat. `card` is how it stands in messages; numbers of messages grow by one."""

    id: int
    type: str
    card: dict
    standing: Standing = Standing.IN
    is_forum: bool = False
    manages_topics: bool = True
    deletes: bool = True
    """Whether the bot may delete what others see, topics among it."""
    members: set[int] = field(default_factory=set)
    """The people in a group, by their numbers, as far as they came in or wrote there."""
    messages: dict[int, Kept] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    keyboard: dict | None = None
    migrated_to: int | None = None
    asked_at: float | None = None
    doings: list[str] = field(default_factory=list)
    changed: Bell = field(default_factory=Bell)
    _last: int = 0

    @property
    def private(self) -> bool:
        return self.type == "private"

    def next_id(self) -> int:
        self._last += 1
        return self._last

    def keep(self, kept: Kept) -> None:
        """Remember a message, the oldest is forgotten when there are too many, and wake who waits for it."""
        self.messages[kept.json["message_id"]] = kept
        if len(self.messages) > KEPT_PER_CHAT:
            del self.messages[next(iter(self.messages))]
        self.changed.ring()

    def check(self) -> None:
        """Raise `Refused` unless the bot may act here."""
        if self.standing is Standing.IN and self.migrated_to is None:
            return
        if self.migrated_to is not None:
            upgraded = "group chat was upgraded to a supergroup chat"
            raise bad(upgraded, {"migrate_to_chat_id": self.migrated_to})
        kind = "supergroup chat" if self.type == "supergroup" else "group chat"
        raise forbidden(
            {
                Standing.STRANGER: "bot can't initiate conversation with a user",
                Standing.BLOCKED: "bot was blocked by the user",
                Standing.GONE: "user is deactivated",
                Standing.KICKED: f"bot was kicked from the {kind}",
                Standing.LEFT: f"bot is not a member of the {kind}",
            }[self.standing]
        )

    def topic(self, thread: int | None, *, missing: str = "message thread not found") -> Topic:
        """The topic with this thread. Raises `Refused` when it was never there or was deleted."""
        topic = self.topics.get(thread) if isinstance(thread, int) else None
        if topic is None:
            raise bad(missing)
        if topic.deleted:
            raise bad("TOPIC_DELETED")
        return topic

    @property
    def screen(self) -> list[Seen]:
        """What stands in the chat now, the oldest first."""
        return [self.seen(kept) for kept in list(self.messages.values())]

    def seen(self, kept: Kept) -> Seen:
        """One message as people see it."""
        message = kept.json
        return Seen(
            message_id=message["message_id"],
            sender="bot" if kept.by_bot else message["from"]["first_name"],
            text=message.get("text", message.get("caption", "")),
            buttons=labels(message.get("reply_markup", {}).get("inline_keyboard")),
            thread=message.get("message_thread_id"),
            reply_to=message.get("reply_to_message", {}).get("message_id"),
            kind=next((kind for kind in KINDS if kind in message), "other"),
            edited="edit_date" in message,
            reactions=tuple(reaction.get("emoji", "") for reaction in kept.reactions),
        )

    def heard(self, after: int) -> list[Seen]:
        """What the bot wrote after the message with this number."""
        found = []
        for number in reversed(self.messages):
            if number <= after:
                break
            if self.messages[number].by_bot:
                found.append(self.seen(self.messages[number]))
        return found[::-1]


def unknown() -> Refused:
    return bad("chat not found")
