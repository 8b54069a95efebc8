"""Which thread of a group chat is about what: staff talk about each case in a topic of its own."""

from datetime import datetime, timedelta

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

PATIENCE = timedelta(minutes=2)
"""So long we wait to hear of a thread that may have been made: made twice it is worse than made late."""


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
    thread: int | None
    """None until we know of one."""
    name: str
    """What people see above it."""
    making_since: datetime | None = None
    """Since when one is being made, as far as we do not know how that ended."""
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


def begin(
    session: Session, channel: str, account: str, chat: str, subject: str, *, name: str, now: datetime
) -> bool:
    """A thread with this name is about to be made; False while somebody else may be making it.

    Two who begin at once: the unique key lets one stand, the other call raises IntegrityError.
    """
    topic = _locked(session, channel, account, chat, subject)
    if topic is None:
        topic = Topic(channel=channel, account=account, chat=chat, subject=subject, thread=None, name=name)
    if topic.thread is not None:
        return False
    if topic.making_since is not None and topic.making_since + PATIENCE > now:
        return False
    topic.name, topic.making_since = name, now
    session.add(topic)
    session.flush()
    return True


def give_up(session: Session, channel: str, account: str, chat: str, subject: str) -> None:
    """No thread was made, that is sure: it may be tried again at any time."""
    topic = _locked(session, channel, account, chat, subject)
    if topic is not None and topic.thread is None:
        topic.making_since = None
        session.add(topic)


def adopt(session: Session, channel: str, account: str, chat: str, *, name: str, thread: int) -> bool:
    """The platform says that we made this thread; whether it is one that we did not know of."""
    missing = (col(Topic.thread).is_(None), Topic.name == name)
    in_chat = (Topic.channel == channel, Topic.account == account, Topic.chat == chat)
    topic = session.exec(select(Topic).where(*in_chat, *missing).with_for_update()).first()
    if topic is None:
        return False
    topic.thread, topic.making_since, topic.closed_at = thread, None, None
    session.add(topic)
    session.flush()
    return True


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
    topic.thread, topic.name, topic.closed_at, topic.making_since = thread, name, None, None
    session.add(topic)
    session.flush()
    return topic


def shown(
    session: Session,
    channel: str,
    account: str,
    chat: str,
    subject: str,
    *,
    name: str | None = None,
    closed_at: datetime | None = None,
) -> None:
    """How the thread looks now: its name where that changed, and since when it is closed, if it is."""
    topic = _locked(session, channel, account, chat, subject)
    if topic is not None:
        topic.name, topic.closed_at = name or topic.name, closed_at
        session.add(topic)


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


def _locked(session: Session, channel: str, account: str, chat: str, subject: str) -> Topic | None:
    found = find(session, channel, account, chat, subject)
    if found is not None:
        session.refresh(found, with_for_update=True)
    return found


def _all(session: Session, channel: str, account: str, chat: str) -> list[Topic]:
    kept = select(Topic).where(Topic.channel == channel, Topic.account == account, Topic.chat == chat)
    return list(session.exec(kept.order_by(col(Topic.id)).with_for_update()))
