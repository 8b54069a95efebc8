"""Everything said, in and out, once: the one table of messages, and what may become of each."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, FromClause, Index, UniqueConstraint, literal_column, text
from sqlmodel import Field, SQLModel

from core.database import stored

FAILURES_BEFORE_SET_ASIDE = 3
RESTS = "rests"
"""The way of what waits for the morning, as it may wake nobody."""
LEASE = timedelta(seconds=30)
"""How long whoever claimed a message has to say what became of it."""
BACKOFF = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
"""How long a message waits after its first, second, … failed attempt to be sent."""


class Direction(StrEnum):
    """Whose words they are."""

    IN = "in"
    OUT = "out"


class Purpose(StrEnum):
    """Why we write; the more urgent goes first, and only what may arrive twice is risked twice."""

    ANSWER = "answer"
    """They wrote or pressed something and wait for this."""
    NOTICE = "notice"
    """They should know it, about a visit or a case of their own."""
    BULK = "bulk"
    """The same thing goes to many people: campaigns, care."""


class Status(StrEnum):
    """Where a message stands."""

    RECEIVED = "received"
    FAILING = "failing"
    """In: its turn failed and may be tried again."""
    SET_ASIDE = "set_aside"
    """In: its turn failed for good; staff were told."""
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    """Out: it may have arrived or not, and is not worth the risk of arriving twice."""
    UNDELIVERED = "undelivered"
    EXPIRED = "expired"


UNSENT = (Status.WAITING, Status.SENDING)


class Peer(NamedTuple):
    """The person at the other end, as their channel knows them."""

    channel: str
    account: str
    user: str


class Message(SQLModel, table=True):
    """One thing said by a person or to a person. Ids grow in the order things were said to one person."""

    __table_args__ = (
        UniqueConstraint("direction", "channel", "account", "external_id"),
        Index("ix_message_talk", "channel", "account", "user", "id"),
        Index(
            "ix_message_queue",
            "channel",
            "account",
            "user",
            "id",
            sqlite_where=text("status IN ('waiting', 'sending')"),
            postgresql_where=text("status IN ('waiting', 'sending')"),
        ),
        Index(
            "ix_message_unsent",
            "channel",
            "account",
            "purpose",
            "due_at",
            sqlite_where=text("status IN ('waiting', 'sending')"),
            postgresql_where=text("status IN ('waiting', 'sending')"),
        ),
        Index(
            "ix_message_set_aside",
            "created_at",
            sqlite_where=text("status = 'set_aside'"),
            postgresql_where=text("status = 'set_aside'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    direction: Direction = Field(sa_type=stored(Direction))
    channel: str
    account: str
    user: str
    external_id: str | None = None
    kind: str
    body: str
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # Any: JSON as the kind defines it
    answers_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    status: Status = Field(sa_type=stored(Status))
    purpose: Purpose | None = Field(default=None, sa_type=stored(Purpose))
    """Out only."""
    attempts: int = 0
    parts_sent: int = 0
    """How many parts of a long message have arrived, so that the rest is sent and not all of it again."""
    receipt: str | None = None
    """The platform's own name for it, once sent, by which it can be changed."""
    failure: str | None = None
    created_at: datetime
    due_at: datetime | None = None
    """When it is to be sent. None, of what waits: held until the person can be written to again."""
    lease_until: datetime | None = None
    expires_at: datetime | None = None
    sent_at: datetime | None = None
    way: str | None = None
    """Out: which way it went, or why it is held, as a short code for staff."""

    @property
    def peer(self) -> Peer:
        """Whom this was said by, or to."""
        return Peer(self.channel, self.account, self.user)


class Fate(StrEnum):
    """What to do with something a person said."""

    NEW = "new"
    AGAIN = "again"
    """Its turn failed before and is to be tried again."""
    REPEATED = "repeated"
    """It was answered or set aside before; answer as then."""


class Claimed(NamedTuple):
    """A message to be sent by whoever claimed it."""

    id: int
    peer: Peer
    body: str
    content: Mapping[str, Any]  # Any: JSON as the kind defines it
    purpose: Purpose
    attempts: int
    """This one included."""
    parts_sent: int
    earlier: "Earlier | None" = None
    along: tuple[int, ...] = ()
    """What is said in the same message after it, by ids; `body` and `content` are those of the whole."""


class Earlier(NamedTuple):
    """A message on the person's screen that this one closes (the question is answered) or replaces."""

    id: int
    receipt: str
    body: str
    content: Mapping[str, Any]  # Any: JSON as the kind defines it


class Taken(NamedTuple):
    """What an answer says besides."""

    body: str
    content: Mapping[str, Any]  # Any: JSON


class Arrival(NamedTuple):
    """That a message was taken by its channel, when, and how the platform calls it."""

    message_id: int
    at: datetime
    receipt: str | None = None


class Failed(NamedTuple):
    """A message whose turn failed, and how often it did so far."""

    message_id: int
    attempts: int


class Recorded(NamedTuple):
    """What became of an inbound message."""

    message_id: int
    fate: Fate


MESSAGE = SQLModel.metadata.tables["message"]
_FAILURE_LENGTH = 500
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")  # PostgreSQL keeps no NUL, UTF-8 has no lone surrogates


def unsent(messages: FromClause) -> ColumnElement[bool]:
    """Whether a message is still to arrive."""
    # Written out in the statement, so that both databases see that the partial index serves it.
    return messages.c.status.in_([literal_column(f"'{status.value}'") for status in UNSENT])


def kept(words: str) -> str:
    """The words as every database can keep them: NUL and lone surrogates become U+FFFD."""
    return _UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", words)


def short(failure: str) -> str:
    """A failure as it is kept for staff to read."""
    return kept(failure)[:_FAILURE_LENGTH]
