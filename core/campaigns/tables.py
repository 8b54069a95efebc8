"""What a campaign is, whom it is for, and where it stands with each of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.database import stored
from core.errors import DomainError

NAME_LENGTH = 40


class Kind(StrEnum):
    """What a campaign offers."""

    DISCOUNT = "discount"
    """A coupon or points, given to everybody who is told."""
    DRAW = "draw"
    """Whoever takes part may win a coupon or points."""
    REFERRAL = "referral"
    """To bring a friend."""
    PACKAGE = "package"
    """To buy a package."""


class State(StrEnum):
    """Where a campaign stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    """By hand or by its own rules; it may go on."""
    OVER = "over"
    """Its last day is over."""


class Part(StrEnum):
    """Where a campaign stands with one customer."""

    WAITING = "waiting"
    """To be told."""
    SENT = "sent"
    DROPPED = "dropped"
    """Was not told; says why."""
    HELD_OUT = "held_out"
    """Is never told, so that one sees what it changed for the others."""


RUNNING = text("state = 'running'")
WAITING = text("state = 'waiting'")
SENT = text("state = 'sent'")
ENTERED = text("entered_at IS NOT NULL")


class Campaign(SQLModel, table=True):
    """An offer to many people, as its file said when it was started."""

    __table_args__ = (
        CheckConstraint("spent >= 0 AND spent <= budget", name="budget"),
        CheckConstraint("begins_at < ends_at", name="order"),
        Index("ix_campaign_running", "ends_at", sqlite_where=RUNNING, postgresql_where=RUNNING),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=NAME_LENGTH)
    kind: Kind = Field(sa_type=stored(Kind))
    file: dict[str, Any] = Field(sa_type=JSON)  # Any: `core.campaigns.files.Plan` as JSON
    state: State = Field(default=State.RUNNING, sa_type=stored(State))
    why: str | None = None
    """Why it is stopped, in words for staff."""
    budget: int
    """What everything it gives may be worth together, in fen..."""
    spent: int = 0
    """... and what has been given is."""
    sent: int = 0
    """How many people were told."""
    begins_at: datetime
    ends_at: datetime
    started_at: datetime
    round: int = 0
    """How often it went on after it was stopped."""
    looked_to: int = 0
    """Every customer up to this number was looked at."""
    all_looked_at: datetime | None = None
    """Since when there is nobody left to look at."""
    again_from: int = 0
    again_to: int = 0
    """Between these are the parts (by number) that have to be planned once more."""
    drawn_at: datetime | None = None


class Target(SQLModel, table=True):
    """One customer's part in a campaign; there is one at most."""

    __tablename__ = "campaign_target"
    __table_args__ = (
        UniqueConstraint("campaign_id", "customer_id"),
        Index(
            "ix_campaign_target_waiting", "campaign_id", "id", sqlite_where=WAITING, postgresql_where=WAITING
        ),
        Index("ix_campaign_target_sent", "campaign_id", "id", sqlite_where=SENT, postgresql_where=SENT),
        Index(
            "ix_campaign_target_entered", "campaign_id", "id", sqlite_where=ENTERED, postgresql_where=ENTERED
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    customer_id: int = Field(foreign_key="customer.id", index=True)
    state: Part = Field(default=Part.WAITING, sa_type=stored(Part))
    planned_at: datetime
    settled_at: datetime | None = None
    """Since when they were told, or are not to be."""
    channel: str | None = None
    """Where they were told."""
    why: str | None = None
    """Why they were not, in words for staff."""
    entered_at: datetime | None = None
    """Since when they take part in the draw."""
    won: int | None = None
    """Which prize they won, counted from 1."""


class NameTaken(DomainError):
    """A campaign of that name was started before."""

    key = "campaign-name-taken"


class UnknownCampaign(DomainError):
    """There is none of that name."""

    key = "campaign-unknown"


class NotNow(DomainError):
    """It is not in a state for this. Says the `state`."""

    key = "campaign-not-now"


class EntriesOpen(DomainError):
    """People may still take part in the draw, until `until`."""

    key = "campaign-entries-open"
