"""What Telegram needs to be kept beyond the messages: its only transactions."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlmodel import Session

from bot.messages import Sender
from channels.telegram.addresses import Address
from core import topics
from core.database import is_gone, transaction


class Gone(Exception):
    """The database does not answer now; the same may be asked again in a while."""


class Record:
    """Which thread of a forum is about what. All of it blocks: call it in a thread. Raises `Gone`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def thread_of(self, to: Sender) -> int | None:
        """The thread that a topic's address stands for; None if it was not made yet."""
        at = Address.of(to.user)
        with _watched(self._engine) as session:
            topic = topics.find(session, to.channel, to.account, at.chat, at.subject)
            return topic.thread if topic else None

    def remember_thread(self, to: Sender, thread: int, name: str) -> None:
        """A topic was made for this address, in the place of any earlier one."""
        at = Address.of(to.user)
        with _watched(self._engine) as session:
            topics.remember(session, to.channel, to.account, at.chat, at.subject, thread=thread, name=name)

    def forget_thread(self, to: Sender) -> None:
        """The thread of this address is gone."""
        at = Address.of(to.user)
        with _watched(self._engine) as session:
            topics.forget(session, to.channel, to.account, at.chat, at.subject)

    def move_threads(self, to: Sender, chat: str) -> None:
        """The chat of this address has another id now."""
        at = Address.of(to.user)
        with _watched(self._engine) as session:
            topics.move(session, to.channel, to.account, at.chat, to=chat)


@contextmanager
def _watched(engine: Engine) -> Iterator[Session]:
    try:
        with transaction(engine) as session:
            yield session
    except NoConnectionFree as error:
        raise Gone from error
    except DBAPIError as error:
        if not is_gone(error):
            raise
        raise Gone from error
