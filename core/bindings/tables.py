"""What is kept of bindings: codes on offer, wrong tries, and merges with all that they changed."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from core.vault import SealedJson

LASTS = timedelta(minutes=10)
"""How long a code is good for."""
MOST_TRIES = 5
"""So many wrong codes may one account give within TRIES_COUNT_FOR."""
TRIES_COUNT_FOR = timedelta(hours=1)
MOST_TRIES_OF_ALL = 100
"""So many may all accounts together give within LASTS: who opens many accounts could try many codes."""
KEPT_FOR = timedelta(days=1)
"""How long a code is remembered, so that who is late with it hears just that."""


class Proof(StrEnum):
    """How somebody showed that two accounts are theirs."""

    CODE = "code"
    """Six digits from the one, given on the other."""
    LINK = "link"
    """A link from the one, opened on the other."""
    PHONE = "phone"
    """One telephone number, confirmed on both by their platforms."""
    LOGIN = "login"
    """The one's platform said so, when the person logged in on the other."""
    STAFF = "staff"
    """Somebody of ours looked into it and said so, by command."""


class Offer(NamedTuple):
    """What to give on the other channel, either of the two. Our tables know their digests only."""

    code: str
    """Six digits."""
    token: str
    """The same for a link: letters, digits, `-` and `_`."""
    until: datetime


class BindingOffer(SQLModel, table=True):
    """A code that somebody asked for, as digests: whoever sees the table must not read the code off it."""

    __tablename__ = "binding_offer"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    code_digest: str = Field(unique=True)
    """Unique, so that two people never hold the same code."""
    token_digest: str = Field(unique=True)
    until: datetime = Field(index=True)
    used_at: datetime | None = None
    hidden_at: datetime | None = None
    """Since when neither stands readable in the record of what was said: from the moment it ended."""


class BindingTry(SQLModel, table=True):
    """A code that was wrong, and the account that gave it."""

    __tablename__ = "binding_try"
    __table_args__ = (Index("ix_binding_try_account", "channel", "account", "user", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    account: str
    user: str
    at: datetime = Field(index=True)


class BindingQuestion(SQLModel, table=True):
    """A customer was asked whether another with the same confirmed number is them. It is asked once."""

    __tablename__ = "binding_question"

    customer_id: int = Field(primary_key=True, foreign_key="customer.id")
    other_id: int = Field(primary_key=True, foreign_key="customer.id")
    at: datetime


class Merge(SQLModel, table=True):
    """Two customers who turned out to be one: `given_id` was given up for `kept_id`."""

    __table_args__ = (
        CheckConstraint("kept_id != given_id", name="two_customers"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kept_id: int = Field(foreign_key="customer.id", index=True)
    given_id: int = Field(foreign_key="customer.id", index=True)
    channel: str
    account: str
    user: str
    """The account on which the proof was given."""
    proof: str
    """One of `Proof`."""
    at: datetime
    moved: dict[str, list[Any]] = Field(sa_type=SealedJson)  # Any: one `core.bindings.changes.Change` as JSON
    """What was changed, by table and in order: which row, the former values and the new ones."""
    undone_at: datetime | None = None
    undone_by: int | None = Field(default=None, foreign_key="staff_member.id")


class Split(SQLModel, table=True):
    """A customer who turned out to be two: `made_id` is who was taken out of `kept_id`."""

    __table_args__ = (CheckConstraint("kept_id != made_id", name="two_customers"),)

    id: int | None = Field(default=None, primary_key=True)
    kept_id: int = Field(foreign_key="customer.id", index=True)
    made_id: int = Field(foreign_key="customer.id", index=True)
    why: str
    """What staff wrote of it."""
    at: datetime
    moved: dict[str, list[Any]] = Field(sa_type=SealedJson)  # Any: as in `Merge`
    """What was changed, as in `Merge`."""
    undone_at: datetime | None = None
