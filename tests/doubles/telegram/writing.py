"""Putting a message into a chat, whoever wrote it."""

from typing import TYPE_CHECKING

from tests.doubles.telegram.chats import Chat, Kept

if TYPE_CHECKING:
    from tests.doubles.telegram.double import Double

TOPIC_MARKS = ("forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened")


def write(
    double: "Double",
    chat: Chat,
    content: dict,
    *,
    sender: dict | None = None,
    thread: int | None = None,
    reply_to: int | None = None,
    by_keyboard: bool = False,
) -> Kept:
    """Keep a new message; without a sender the bot wrote it.

    What is written into a topic answers the message that made the topic, when it answers nothing else.
    """
    message = {
        "message_id": chat.next_id(),
        "from": sender or double.bot,
        "chat": chat.card,
        "date": int(double.now()),
    }
    if thread is not None:
        message["message_thread_id"] = thread
        message["is_topic_message"] = True
        if not any(mark in content for mark in TOPIC_MARKS):
            message["reply_to_message"] = chat.topics[thread].root
    if reply_to is not None:
        answered = chat.messages[reply_to].json
        message["reply_to_message"] = {
            name: value for name, value in answered.items() if name != "reply_to_message"
        }
    message.update(content)
    kept = Kept(message, by_bot=sender is None, by_keyboard=by_keyboard)
    chat.keep(kept)
    return kept


def tell(double: "Double", chat: Chat, kept: Kept, *, kind: str = "message") -> int:
    """Let the bot know of a message as it is now; the number of the update."""
    if kind == "message" and not kept.by_bot and chat.asked_at is None:
        chat.asked_at = double.now()
    return double.updates.put(kind, dict(kept.json), ("chat", chat.id))
