"""What is kept of a worker at a visit, how being there is proved, and how the company says no about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from core.database import stored
from core.errors import DomainError
from core.visits import Status

UNDER_WAY = frozenset({Status.ARRIVED, Status.WORKING})
"""Somebody of the crew is there."""
EXPECTED = frozenset({Status.CONFIRMED, Status.ON_THE_WAY})
"""Nobody of the crew is there yet, and somebody is to come."""
DIGITS = 4
UNCONFIRMED = text("listed_at IS NOT NULL AND confirmed_at IS NULL")


class Proof(StrEnum):
    """How it is known that a worker was there."""

    CODE = "code"
    """The customer told them the code of the visit."""
    PLACE = "place"
    PHOTO = "photo"
    STAFF = "staff"
    """A member of staff says so, or the customer."""


class Attendance(SQLModel, table=True):
    """What one worker did about one visit. Of another start than the visit's own, it is no longer true."""

    __table_args__ = (
        CheckConstraint("(arrived_at IS NULL) = (proof IS NULL)", name="proved"),
        CheckConstraint("late_minutes >= 0", name="late"),
        CheckConstraint("tries >= 0", name="tries"),
        Index(
            "ix_attendance_unconfirmed",
            "starts_at",
            sqlite_where=UNCONFIRMED,
            postgresql_where=UNCONFIRMED,
        ),
    )

    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    worker_id: int = Field(foreign_key="worker.id", primary_key=True)
    starts_at: datetime
    """The start of the visit that this is about."""
    listed_at: datetime | None = None
    """When it stood in the list of the evening before."""
    confirmed_at: datetime | None = None
    """When the worker said that they have seen it there."""
    set_out_at: datetime | None = None
    eta_at: datetime | None = None
    """When they say they will be there."""
    told_eta_at: datetime | None = None
    """What the customer was told of that..."""
    corrected_at: datetime | None = None
    """... and when it was corrected, which happens once."""
    tries: int = 0
    """So many wrong codes."""
    arrived_at: datetime | None = None
    proof: Proof | None = Field(default=None, sa_type=cast(Any, stored(Proof)))  # Any: as SQLModel says
    distance_m: int | None = None
    media_id: str | None = None
    """The picture of the door; it may be deleted before this."""
    late_minutes: int | None = None
    disputed_at: datetime | None = None
    """Since when the customer says that nobody is there..."""
    settled_at: datetime | None = None
    """... and since when that is settled."""

    @property
    def is_disputed(self) -> bool:
        """Whether the customer says otherwise, and nobody has settled it."""
        return self.disputed_at is not None and self.settled_at is None


class ArrivalCode(SQLModel, table=True):
    """What the customer tells the worker face to face."""

    __tablename__ = "arrival_code"

    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    digits: str = Field(max_length=DIGITS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a worker shows for being there."""

    proof: Proof
    distance_m: int | None = None
    media_id: str | None = None


class TooSoonToSetOut(DomainError):
    """Nobody sets out before `since`."""

    key = "attendance-too-soon"


class AlreadyOnTheWay(DomainError):
    """The worker said so before, and that they will be there at `eta` (None: they did not say)."""

    key = "attendance-on-the-way"


class TooEarly(DomainError):
    """Nobody arrives before `since`."""

    key = "attendance-too-early"


class AlreadyThere(DomainError):
    """The worker is there since `at`."""

    key = "attendance-there"


class WrongCode(DomainError):
    """Not the code of this visit; `left` more tries."""

    key = "attendance-wrong-code"


class NoMoreCodes(DomainError):
    """Too many wrong codes: another proof is needed."""

    key = "attendance-no-more-codes"


class NotThereYet(DomainError):
    """Work cannot begin: the worker has not arrived."""

    key = "attendance-not-there"


class Disputed(DomainError):
    """Work cannot begin: the customer says that nobody is there."""

    key = "attendance-disputed"
