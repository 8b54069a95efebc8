"""Where people get news who have no chat left, the codes that proved it, and what was sent there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from core.database import stored
from core.decency.tables import Class


class NotifyAddress(SQLModel, table=True):
    """What is known of one address of a customer's: that it is theirs, or that nothing arrives there."""

    __tablename__ = "notify_address"

    customer_id: int = Field(foreign_key="customer.id", primary_key=True)
    channel: str = Field(primary_key=True)
    """One of `EMAIL`, `SMS`."""
    address: str
    confirmed_at: datetime | None = None
    """When a code proved it; None for a number, which is proved elsewhere."""
    lost_at: datetime | None = None
    """Since when nothing arrives there..."""
    why: str | None = None
    """... and why, in words for staff."""


class AddressCode(SQLModel, table=True):
    """A code that was sent to an address, as a digest."""

    __tablename__ = "address_code"
    __table_args__ = (Index("ix_address_code_customer", "customer_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    address: str = Field(index=True)
    digest: str
    at: datetime
    until: datetime
    ended_at: datetime | None = None
    """Since when it is good no more: it was given, or another address took its place."""


class RefusalLink(SQLModel, table=True):
    """A link in an e-mail by which its reader gets no more of them, by the digest of what it carries."""

    __tablename__ = "refusal_link"

    token_digest: str = Field(primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    kind: Class = Field(sa_type=stored(Class))
    """What the e-mail was."""
    language: str
    until: datetime = Field(index=True)


class Notification(SQLModel, table=True):
    """One e-mail or text message that was put on its way. Never changed."""

    __table_args__ = (
        CheckConstraint("cost >= 0", name="costs_something_or_nothing"),
        Index("ix_notification_customer", "customer_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    channel: str
    account: str
    user: str
    """The address."""
    message_id: int
    instead_of: int | None = None
    """The message of a chat that could not be said there."""
    kind: str
    """Which news it was, or "code"."""
    about: str = ""
    """The reference of the visit, if it was about one."""
    why: str
    """Why it was said in no chat, in words for staff."""
    cost: int
    """Fen, as the company reckons it."""
    at: datetime
