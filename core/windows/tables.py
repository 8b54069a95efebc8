"""What a bookable time is: windows, the holds that keep one for a customer, and the refusals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel

from core.errors import DomainError

HALF_HOUR = timedelta(minutes=30)

Obstacle = Literal[
    "past", "horizon", "closed", "notice", "nobody", "full", "by-request", "early", "share", "member-day"
]


class Hold(SQLModel, table=True):
    """A window kept for a customer while they make up their mind. One each; it dies at `expires_at`."""

    __table_args__ = (CheckConstraint("starts_at < ends_at", name="order"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", unique=True)
    service_code: str
    area_code: str
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime = Field(index=True)
    worker_ids: list[int] = Field(sa_type=JSON)
    """The team, the one who leads first."""


@dataclass(frozen=True, slots=True)
class Window:
    """A time that can be had. `workers` is everybody who could come, by number, not by merit."""

    starts_at: datetime
    ends_at: datetime
    workers: tuple[int, ...]


class WindowTaken(DomainError):
    """The window cannot be had (any more). `nearest` holds the three nearest that can."""

    key = "window-taken"

    def __init__(self, nearest: Sequence[Window]) -> None:
        super().__init__(nearest=tuple(nearest))
        self.nearest = tuple(nearest)
