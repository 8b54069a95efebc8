"""Groups: where people and the bot write together, with topics if it is a forum."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.doubles.telegram.chats import Chat, Seen, Standing
from tests.doubles.telegram.membership import changed, left, member, moved
from tests.doubles.telegram.methods import topics
from tests.doubles.telegram.writing import tell, write

if TYPE_CHECKING:
    from tests.doubles.telegram.double import Double
    from tests.doubles.telegram.people import Person


@dataclass
class Group:
    """A group whose administrator the bot is, and so hears everything."""

    double: "Double"
    chat: Chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def screen(self) -> list[Seen]:
        """What stands in the group now, the oldest first."""
        return self.chat.screen

    @property
    def topics(self) -> dict[int, str]:
        """The names of the topics that are there, by their threads; closed ones begin with a lock."""
        return {
            topic.thread: f"🔒 {topic.name}" if topic.closed else topic.name
            for topic in self.chat.topics.values()
            if not topic.deleted
        }

    def in_thread(self, thread: int) -> list[Seen]:
        """What stands in one topic."""
        return [seen for seen in self.screen if seen.thread == thread]

    async def makes_topic(self, name: str, by: "Person") -> int:
        """A member makes a topic; its thread."""
        return topics.make(self.double, self.chat, name, by=by.card).thread

    async def drops_topic(self, thread: int) -> None:
        """A member deletes a topic; the bot is told nothing."""
        topics.drop(self.chat, self.chat.topics[thread])

    async def kicks_bot(self, by: "Person") -> int:
        """A member throws the bot out; the number of the update."""
        return moved(self.double, self.chat, by=by.card, to=Standing.KICKED)

    async def lets_bot_in(self, by: "Person") -> int:
        return moved(self.double, self.chat, by=by.card, to=Standing.IN)

    async def lets_bot_manage_topics(self, may: bool, by: "Person") -> int:
        """The bot may make topics from now on, or may not; the number of the update."""
        old = member(self.double, self.chat, self.chat.standing)
        self.chat.manages_topics = may
        return changed(self.double, self.chat, by=by.card, old=old)

    async def switches_topics(self, on: bool) -> None:
        """Switch topics on or off; the bot is told nothing."""
        self.chat.is_forum = on
        if on:
            self.chat.card["is_forum"] = True
        else:
            self.chat.card.pop("is_forum", None)

    async def lets_in(self, person: "Person") -> None:
        """Somebody comes in and reads along; the bot is told nothing."""
        self.chat.members.add(person.id)

    async def lets_bot_delete(self, may: bool) -> None:
        """The bot may delete messages and topics from now on, or may not."""
        self.chat.deletes = may

    async def loses(self, person: "Person") -> int:
        """A member leaves; the number of the update."""
        self.chat.members.discard(person.id)
        return left(self.double, self.chat, person.card)

    async def migrates(self, to: int, by: "Person") -> "Group":
        """Become a supergroup with another id; the new group. The bot hears of it in both."""
        title = self.chat.card["title"]
        new = self.double.group(to, title)
        self.chat.migrated_to = to
        for chat, content in (
            (self.chat, {"migrate_to_chat_id": to}),
            (new.chat, {"migrate_from_chat_id": self.chat.id}),
        ):
            tell(self.double, chat, write(self.double, chat, content, sender=by.card))
        return new
