"""What is kept of members: who they are, the lots of points they got, and every entry that changed one."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from core.database import stored
from core.errors import DomainError


class Tier(StrEnum):
    """How much a member is with us, from the first step to the last."""

    BASIC = "basic"
    SILVER = "silver"
    GOLD = "gold"
    DIAMOND = "diamond"

    @property
    def step(self) -> int:
        """0 for the first."""
        return STEPS.index(self)


STEPS = tuple(Tier)


class LotState(StrEnum):
    """Whether anything is left of a lot: follows from its entries, and only makes lots quick to find."""

    OPEN = "open"
    OWING = "owing"
    """More was taken back than was left: the next points pay it off."""
    CLOSED = "closed"


class What(StrEnum):
    """Why points came or went."""

    EARNED = "earned"
    SPENT = "spent"
    GIVEN_BACK = "given_back"
    """What they had been spent on fell through."""
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"
    """What they had been earned by was refunded."""
    ADJUSTED = "adjusted"
    """By staff."""
    OFFSET = "offset"
    """One lot paid what another owed: two entries whose sum is 0."""
    EXTENDED = "extended"
    """Moved into a lot that is good for longer: given back when they had expired meanwhile, or soon to expire
    when a visit was paid. Two entries whose sum is 0."""


FIRST_NUMBER = 100_000


class Membership(SQLModel, table=True):
    """Somebody who joined, and the tier they are in."""

    __table_args__ = (CheckConstraint("(tier = 'basic') = (tier_until IS NULL)", name="kept_until"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", unique=True)
    joined_at: datetime
    tier: Tier = Field(default=Tier.BASIC, sa_type=stored(Tier))
    tier_since: datetime
    tier_until: datetime | None = None
    """How long the tier was earned for; a time of grace comes after it. None for the first tier."""
    manager_id: int | None = Field(default=None, foreign_key="staff_member.id", index=True)
    """Who of the staff looks after them in person."""

    @property
    def number(self) -> str:
        """What a member is called by."""
        return str(FIRST_NUMBER + (self.id or 0))


_WAITS = text("decided_at IS NULL")
_UNGIVEN = text("given_at IS NULL AND cancelled_at IS NULL")
_NOT_CLOSED, _OPEN = text("state <> 'closed'"), text("state = 'open'")


class PointLot(SQLModel, table=True):
    """Points that were earned together, and until when they are good. Only its state ever changes."""

    __tablename__ = "point_lot"
    __table_args__ = (
        CheckConstraint("points > 0", name="points"),
        CheckConstraint("usable_from <= expires_at", name="order"),
        Index("ix_point_lot_customer", "customer_id", "earned_at"),
        Index(
            "ix_point_lot_not_closed",
            "customer_id",
            "expires_at",
            sqlite_where=_NOT_CLOSED,
            postgresql_where=_NOT_CLOSED,
        ),
        Index("ix_point_lot_expiring", "expires_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    points: int
    reason: str
    """A code: `visit`, `sign-up`, `profile`, `rating`, `compensation`, `adjusted`, ..."""
    subject: str = Field(index=True)
    """What they were earned by, such as a visit's reference."""
    earned_at: datetime
    usable_from: datetime
    expires_at: datetime
    """From this moment on they are worth nothing."""
    state: LotState = Field(default=LotState.OPEN, sa_type=stored(LotState))
    key: str = Field(unique=True)
    """What is earned under the same key is earned once."""


class PointEntry(SQLModel, table=True):
    """Points that came into a lot or left it. Never changed; all of a customer's together are the balance."""

    __tablename__ = "point_entry"
    __table_args__ = (
        CheckConstraint("points <> 0", name="points"),
        Index("ix_point_entry_customer", "customer_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    lot_id: int = Field(foreign_key="point_lot.id", index=True)
    customer_id: int = Field(foreign_key="customer.id")
    points: int
    what: What = Field(sa_type=stored(What))
    subject: str = Field(index=True)
    """What they were earned by, spent on or taken for."""
    at: datetime
    note: str | None = None
    """Why staff changed it, as its customer may read it."""


class Adjustment(SQLModel, table=True):
    """Points that staff give or take, and why; above a limit once a second person has said yes."""

    __tablename__ = "point_adjustment"
    __table_args__ = (
        CheckConstraint("points <> 0", name="points"),
        CheckConstraint("decided_by <> asked_by", name="two_people"),
        CheckConstraint("approved IS NULL OR decided_at IS NOT NULL", name="decided"),
        Index("ix_point_adjustment_waiting", "asked_at", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    points: int
    reason: str
    """As its customer reads it."""
    asked_by: int = Field(foreign_key="staff_member.id")
    asked_at: datetime
    approved: bool | None = None
    """None while it waits for a second person."""
    decided_by: int | None = Field(default=None, foreign_key="staff_member.id")
    """The second person; None where the first one's word was enough."""
    decided_at: datetime | None = None


class Redemption(SQLModel, table=True):
    """Something that a member got for points."""

    __table_args__ = (
        Index("ix_redemption_waiting", "asked_at", sqlite_where=_UNGIVEN, postgresql_where=_UNGIVEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    what: str
    """The code of goods."""
    points: int
    asked_at: datetime
    given_at: datetime | None = None
    given_by: int | None = Field(default=None, foreign_key="staff_member.id")
    cancelled_at: datetime | None = None
    """The points went back."""


class NotEnoughPoints(DomainError):
    """The customer has fewer points than that: `usable`, which may be below 0."""

    key = "points-not-enough"
