"""How people, groups, topics and messages of Telegram are named in our records."""

from dataclasses import dataclass, replace

_TOPIC = "#"


@dataclass(frozen=True, slots=True)
class Address:
    """Where to write: a chat, or with `subject` the topic of a forum that is about it."""

    chat: str
    subject: str = ""

    @classmethod
    def of(cls, user: str) -> "Address":
        """The address that `Sender.user` holds: "42", "-100123" or "-100123#complaint-17"."""
        chat, _, subject = user.partition(_TOPIC)
        return cls(chat, subject)

    @property
    def user(self) -> str:
        """The address as `Sender.user`."""
        return f"{self.chat}{_TOPIC}{self.subject}" if self.subject else self.chat

    @property
    def is_group(self) -> bool:
        """Whether several people read there."""
        return is_group(self.chat)

    def moved_to(self, chat: str) -> "Address":
        """The same under the id that the platform gave the chat."""
        return replace(self, chat=chat)


def is_group(chat: str) -> bool:
    """Whether a chat is one of several people. The platform numbers groups below zero."""
    return chat.startswith("-")


def external_id(chat: str | int, message_id: int) -> str:
    """The id under which we keep a message: their own ids are unique in a chat only."""
    return f"{chat}:{message_id}"


def message_id(external_id: str, chat: str) -> int | None:
    """Their id of a message that we keep under `external_id`; None if it does not stand in `chat`."""
    there, _, number = external_id.partition(":")
    return int(number) if there == chat and number.isdecimal() else None
