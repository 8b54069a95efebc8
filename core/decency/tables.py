"""What people were told without having asked, what waits for a better hour, and what they want of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from core.database import stored


class Class(StrEnum):
    """How much a message matters to the one who gets it; the first wins over the others."""

    EMERGENCY = "emergency"
    """Somebody may come to harm. Always said."""
    SERVICE = "service"
    """A visit, a complaint or money of theirs."""
    CARE = "care"
    """Kind, and useful to them: how it was, what expires, a birthday."""
    MARKETING = "marketing"
    """Useful to us."""


WAITS = (Class.CARE, Class.MARKETING)
"""What is counted, can be refused, and may be dropped."""


class Pace(StrEnum):
    """How much somebody wants to hear from us unasked."""

    USUAL = "usual"
    FEWER = "fewer"
    DIGEST = "digest"
    """Nothing but one message a month that has all of it."""


class Sent(SQLModel, table=True):
    """One message of care or marketing that a customer was told, in whichever chats. Never changed."""

    __tablename__ = "unasked_message"
    __table_args__ = (Index("ix_unasked_message_customer", "customer_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    kind: Class = Field(sa_type=stored(Class))
    about: str
    """Which message it was, as a code."""
    at: datetime
    after_id: int = 0
    """The newest message there was then: what the customer says with a higher number is an answer."""


class Held(SQLModel, table=True):
    """A message that waits for its hour, so that what matters less does not take its place."""

    __tablename__ = "held_message"

    customer_id: int = Field(foreign_key="customer.id", primary_key=True)
    key: str = Field(primary_key=True)
    kind: Class = Field(sa_type=stored(Class))
    rank: int = 0
    until: datetime


class Refusal(SQLModel, table=True):
    """A customer wants no messages of a class: in one channel, or anywhere."""

    __tablename__ = "message_refusal"

    customer_id: int = Field(foreign_key="customer.id", primary_key=True)
    kind: Class = Field(sa_type=stored(Class), primary_key=True)
    channel: str = Field(default="", primary_key=True)
    """"" for everywhere."""
    at: datetime


class Wish(SQLModel, table=True):
    """How much a customer wants to hear unasked, and on which clock they live."""

    __tablename__ = "message_wish"

    customer_id: int = Field(foreign_key="customer.id", primary_key=True)
    pace: Pace = Field(default=Pace.USUAL, sa_type=stored(Pace))
    zone: str | None = None
    """IANA's name of it; None for the company's."""
    at: datetime
