"""Topics of a forum: made, renamed, closed, opened again, deleted."""

from typing import TYPE_CHECKING

from tests.doubles.telegram.chats import Chat, Topic
from tests.doubles.telegram.refusals import bad
from tests.doubles.telegram.writing import tell, write

if TYPE_CHECKING:
    from tests.doubles.telegram.double import Double

LONGEST_NAME = 128
COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def create_forum_topic(double: "Double", params: dict) -> dict:
    """A new topic; its thread is the number of the service message that says so."""
    chat = _forum(double, params)
    name = _name(params)
    colour = params.get("icon_color", COLOURS[0])
    if colour not in COLOURS:
        raise bad("TOPIC_ICON_COLOR_INVALID")
    double.count(chat)
    topic = make(double, chat, name, colour)
    return {"message_thread_id": topic.thread, "name": name, "icon_color": colour}


def make(double: "Double", chat: Chat, name: str, colour: int = COLOURS[0], by: dict | None = None) -> Topic:
    """Make a topic, for the bot or by somebody's hand, and let the bot know."""
    created = {"forum_topic_created": {"name": name, "icon_color": colour}, "is_topic_message": True}
    kept = write(double, chat, created, sender=by)
    thread = kept.json["message_thread_id"] = kept.json["message_id"]
    chat.topics[thread] = topic = Topic(thread, name, colour, kept.json)
    tell(double, chat, kept)
    return topic


def edit_forum_topic(double: "Double", params: dict) -> bool:
    """Another name for a topic."""
    chat = _forum(double, params)
    topic = _topic(chat, params)
    name = _name(params) if "name" in params else topic.name
    if name == topic.name and "icon_custom_emoji_id" not in params:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name = name
    return _note(double, chat, topic, {"forum_topic_edited": {"name": name}})


def close_forum_topic(double: "Double", params: dict) -> bool:
    return _turn(double, params, closed=True)


def reopen_forum_topic(double: "Double", params: dict) -> bool:
    return _turn(double, params, closed=False)


def delete_forum_topic(double: "Double", params: dict) -> bool:
    chat = _forum(double, params)
    if not chat.deletes:
        raise bad("not enough rights to delete a topic")
    drop(chat, _topic(chat, params))
    return True


def drop(chat: Chat, topic: Topic) -> None:
    """Delete a topic and everything that was written in it."""
    topic.deleted = True
    for number, kept in list(chat.messages.items()):
        if kept.json.get("message_thread_id") == topic.thread:
            del chat.messages[number]
    chat.changed.ring()


def _turn(double: "Double", params: dict, *, closed: bool) -> bool:
    chat = _forum(double, params)
    topic = _topic(chat, params)
    if topic.closed is closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    return _note(double, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})


def _note(double: "Double", chat: Chat, topic: Topic, what: dict) -> bool:
    tell(double, chat, write(double, chat, what, thread=topic.thread))
    return True


def _forum(double: "Double", params: dict) -> Chat:
    chat = double.reach(params)
    if not chat.is_forum:
        raise bad("the chat is not a forum")
    if not chat.manages_topics:
        raise bad("not enough rights to manage topics")
    return chat


def _topic(chat: Chat, params: dict) -> Topic:
    return chat.topic(params.get("message_thread_id"), missing="TOPIC_ID_INVALID")


def _name(params: dict) -> str:
    name = str(params.get("name", "")).strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise bad("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    return name


METHODS = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
}
