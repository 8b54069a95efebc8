"""How people, groups, topics and messages of Telegram are named in our records."""

from dataclasses import dataclass, replace

_TOPIC, _MEMBER = "#", "@"


@dataclass(frozen=True, slots=True)
class Address:
    """Where to write: a chat, or with `subject` the topic of a forum that is about it.

    With `member`, it is the talk of that one person there; what is said in it stands in the same topic.
    """

    chat: str
    subject: str = ""
    member: str = ""

    @classmethod
    def of(cls, user: str) -> "Address":
        """The address that `Sender.user` holds: "42", "-100123", "-100123#complaint-17" or
        "-100123#complaint-17@42"."""
        chat, _, rest = user.partition(_TOPIC)
        subject, _, member = rest.partition(_MEMBER)
        return cls(chat, subject, member)

    @property
    def user(self) -> str:
        """The address as `Sender.user`."""
        topic = f"{self.chat}{_TOPIC}{self.subject}" if self.subject else self.chat
        return f"{topic}{_MEMBER}{self.member}" if self.member else topic

    @property
    def is_group(self) -> bool:
        """Whether several people read there."""
        return is_group(self.chat)

    def moved_to(self, chat: str) -> "Address":
        """The same under the id that the platform gave the chat."""
        return replace(self, chat=chat)


def topics_of(chat: str) -> str:
    """Where the topics of a forum are written to: `{subject}` stands for what one is about."""
    return f"{chat}{_TOPIC}{{subject}}"


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
