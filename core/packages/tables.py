"""What a package is, the lines of its ledger, and how the company says no about one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from core import database
from core.errors import DomainError
from core.paying import Way


class State(StrEnum):
    """Where a package stands."""

    PENDING = "pending"
    """Agreed to, and nobody of ours has the money yet."""
    ACTIVE = "active"
    ENDED = "ended"
    """Its time is over; what was left is forfeit."""
    REFUNDED = "refunded"
    WITHDRAWN = "withdrawn"
    """Never paid."""


class What(StrEnum):
    """Why the number of units in a package changed."""

    SOLD = "sold"
    USED = "used"
    GIVEN_BACK = "given_back"
    """The visit fell through."""
    ENDED = "ended"
    REFUNDED = "refunded"


ACTIVE = text("state = 'active'")
PENDING = text("state = 'pending'")


class Package(SQLModel, table=True):
    """What a customer bought, as it was sold. How much is left in it is the sum of its ledger."""

    __table_args__ = (
        CheckConstraint("units > 0 AND quantity > 0 AND price >= 0 AND each > 0", name="sold"),
        CheckConstraint("unit IN ('visit', 'hour')", name="unit"),
        CheckConstraint("(state = 'refunded') = (refund IS NOT NULL)", name="refund"),
        Index("ix_package_active", "customer_id", "ends_at", sqlite_where=ACTIVE, postgresql_where=ACTIVE),
        Index("ix_package_pending", "bought_at", sqlite_where=PENDING, postgresql_where=PENDING),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    product: str
    """The code it was sold under; the product may be sold no more."""
    service_code: str
    unit: str
    quantity: int
    """How much of the service one visit of it covers."""
    units: int
    price: int
    """What it cost, in fen..."""
    each: int
    """... and what one unit cost by the list then."""
    months: int
    state: State = Field(default=State.PENDING, sa_type=database.stored(State))
    bought_at: datetime
    paid_at: datetime | None = None
    way: Way | None = Field(default=None, sa_type=cast(Any, database.stored(Way)))  # Any: as SQLModel says
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id")
    """Who had the money."""
    ends_at: datetime | None = None
    """None until it is paid."""
    paused_at: datetime | None = None
    """It may be paused once..."""
    paused_until: datetime | None = None
    """... and is not used until then."""
    refund: int | None = None
    """What goes back, in fen..."""
    refunded_at: datetime | None = None
    closed_at: datetime | None = None
    back_at: datetime | None = None
    """... and since when the customer has it."""


class PackageEntry(SQLModel, table=True):
    """A line of a package's ledger. Never changed, never removed."""

    __tablename__ = "package_entry"
    __table_args__ = (
        CheckConstraint("units <> 0", name="units"),
        CheckConstraint("(what IN ('used', 'given_back')) = (visit_id IS NOT NULL)", name="visit"),
    )

    id: int | None = Field(default=None, primary_key=True)
    package_id: int = Field(foreign_key="package.id", index=True)
    what: What = Field(sa_type=database.stored(What))
    units: int
    """Above 0: so many more are left."""
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    at: datetime
    key: str = Field(unique=True)
    """What the line is for, so that it is written once."""


@dataclass(frozen=True, slots=True)
class Left:
    """A package and the units that are left in it."""

    package: Package
    units: int


class NothingLeft(DomainError):
    """The package has too few units left, was paused, or is over."""

    key = "package-nothing-left"


class NotAllowed(DomainError):
    """The package is not in a state for this. Says the `state`."""

    key = "package-not-now"


class PausedBefore(DomainError):
    """A package may be paused once."""

    key = "package-paused-before"
