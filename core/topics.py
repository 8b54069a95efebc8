"""Which thread of a group chat is about what: staff talk about each case in a topic of its own."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select


class Topic(SQLModel, table=True):
    """A thread in one chat, by the platform's number for it, and what is talked about there."""

    __table_args__ = (
        UniqueConstraint("channel", "account", "chat", "subject"),
        UniqueConstraint("channel", "account", "chat", "thread"),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    account: str
    chat: str
    subject: str
    """What it is about, as our addresses name it: "complaint-17"."""
    thread: int
    name: str
    """What people see above it."""
    closed_at: datetime | None = None


def find(session: Session, channel: str, account: str, chat: str, subject: str) -> Topic | None:
    """The topic about `subject` in this chat, if one was made."""
    return session.exec(
        select(Topic).where(
            Topic.channel == channel,
            Topic.account == account,
            Topic.chat == chat,
            Topic.subject == subject,
        )
    ).one_or_none()


def about(session: Session, channel: str, account: str, chat: str, thread: int) -> Topic | None:
    """The topic that is kept in this thread, if it is one of ours: what an answer written there is about."""
    return session.exec(
        select(Topic).where(
            Topic.channel == channel,
            Topic.account == account,
            Topic.chat == chat,
            Topic.thread == thread,
        )
    ).one_or_none()


def remember(
    session: Session, channel: str, account: str, chat: str, subject: str, *, thread: int, name: str
) -> Topic:
    """From now on this is talked about in this thread, which is open, and in no other of the chat.

    When two threads are made for one subject at once, the unique key lets one stand; the other call
    raises IntegrityError.
    """
    topic = find(session, channel, account, chat, subject)
    if topic is None:
        topic = Topic(channel=channel, account=account, chat=chat, subject=subject, thread=thread, name=name)
    topic.thread, topic.name, topic.closed_at = thread, name, None
    session.add(topic)
    session.flush()
    return topic


def forget(session: Session, channel: str, account: str, chat: str, subject: str) -> None:
    """The thread is gone. Harmless when there was none."""
    if topic := find(session, channel, account, chat, subject):
        session.delete(topic)
        session.flush()


def move(session: Session, channel: str, account: str, chat: str, *, to: str) -> None:
    """The platform gave the chat another id; topics that are already kept under it stay."""
    there = {topic.subject for topic in _all(session, channel, account, to)}
    for topic in _all(session, channel, account, chat):
        if topic.subject in there:
            session.delete(topic)
        else:
            topic.chat = to
    session.flush()


def _all(session: Session, channel: str, account: str, chat: str) -> list[Topic]:
    kept = select(Topic).where(Topic.channel == channel, Topic.account == account, Topic.chat == chat)
    return list(session.exec(kept.order_by(col(Topic.id)).with_for_update()))
