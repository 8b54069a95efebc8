"""What a visit is, which moves its life allows, and how the company says no about one."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, Index, literal_column, text
from sqlmodel import Field, SQLModel, col

from core.database import stored
from core.errors import DomainError


class Status(StrEnum):
    """Where a visit stands."""

    REQUESTED = "requested"
    """Asked for; the company has not said yes yet and must by `answer_by`."""
    CONFIRMED = "confirmed"
    ON_THE_WAY = "on_the_way"
    ARRIVED = "arrived"
    WORKING = "working"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    LAPSED = "lapsed"
    """Requested, and nobody answered in time."""
    NO_ACCESS = "no_access"
    """The worker came and could not get in."""
    MISSED = "missed"
    """The worker did not come."""


ALLOWED: Mapping[Status, frozenset[Status]] = {
    Status.REQUESTED: frozenset({Status.CONFIRMED, Status.DECLINED, Status.LAPSED, Status.CANCELLED}),
    # A worker may forget to say that they are on their way; their arrival still counts.
    Status.CONFIRMED: frozenset({Status.ON_THE_WAY, Status.ARRIVED, Status.CANCELLED, Status.MISSED}),
    # Back to confirmed when somebody else comes instead.
    Status.ON_THE_WAY: frozenset({Status.CONFIRMED, Status.ARRIVED, Status.CANCELLED, Status.MISSED}),
    Status.ARRIVED: frozenset({Status.WORKING, Status.NO_ACCESS, Status.CANCELLED}),
    Status.WORKING: frozenset({Status.FINISHED}),
    Status.FINISHED: frozenset(),
    Status.CANCELLED: frozenset(),
    Status.DECLINED: frozenset(),
    Status.LAPSED: frozenset(),
    Status.NO_ACCESS: frozenset(),
    Status.MISSED: frozenset(),
}

LIVE = frozenset(status for status, moves in ALLOWED.items() if moves)
"""The visit is still ahead or under way."""
OCCUPYING = LIVE | {Status.FINISHED}
"""The visit takes its workers' half hours: a finished one did, and counts for the day's cap."""
AHEAD = frozenset({Status.REQUESTED, Status.CONFIRMED, Status.ON_THE_WAY})
"""Nobody has arrived yet: somebody else may still come instead."""
MOVABLE = frozenset({Status.REQUESTED, Status.CONFIRMED})
"""The visit may still get another time."""

_FINISHED = text("status = 'finished'")
_LIVE = text("status IN ('requested', 'confirmed', 'on_the_way', 'arrived', 'working')")


class Visit(SQLModel, table=True):
    """One attendance at a home. Price, rules and address are as they were when it was placed."""

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("total >= 0", name="total"),
        CheckConstraint("(status = 'requested') = (answer_by IS NOT NULL)", name="answer_due"),
        Index("ix_visit_customer", "customer_id", "starts_at"),
        Index("ix_visit_live", "customer_id", "starts_at", sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_visit_finished", "closed_at", sqlite_where=_FINISHED, postgresql_where=_FINISHED),
        Index(
            "ix_visit_answer_by",
            "answer_by",
            sqlite_where=text("answer_by IS NOT NULL"),
            postgresql_where=text("answer_by IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True, max_length=6)
    customer_id: int = Field(foreign_key="customer.id")
    address_id: int = Field(foreign_key="address.id")
    address_line: str
    area_code: str
    service_code: str
    quantity: int
    add_ons: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    starts_at: datetime
    ends_at: datetime
    status: Status = Field(sa_type=stored(Status))
    quote: dict[str, Any] = Field(sa_type=JSON)  # Any: `core.quotes.Quote.as_json`
    total: int
    company_version: str
    policy_version: str
    rules_accepted_at: datetime
    note: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    """Who is there, and their number (E.164), where that is not the customer."""
    moves: int = 0
    fee: int = 0
    """What moving, cancelling or no access cost so far, in fen."""
    fee_rule: str | None = None
    """The rule by which the cancellation's fee was found, waived or not; None while not cancelled."""
    wants_worker_id: int | None = Field(default=None, foreign_key="worker.id")
    answer_by: datetime | None = None
    placed_at: datetime
    closed_at: datetime | None = None
    cancelled_by: str | None = None
    cancel_reason: str | None = None


def is_live() -> ColumnElement[bool]:
    """Whether a visit is still ahead or under way, for a query of one customer's."""
    # Written out and in the order of the index, so that SQLite sees that it need not read years of visits.
    live = [status for status in Status if status in LIVE]
    return col(Visit.status).in_([literal_column(f"'{status.value}'") for status in live])


class UnknownVisit(DomainError):
    """No visit of this customer has that reference."""

    key = "visit-unknown"


class MoveNotAllowed(DomainError):
    """The visit's life does not allow this now. Says the `status` it is in and what was `wanted`."""

    key = "visit-move-not-allowed"


class TooManyOpen(DomainError):
    """The customer already has as many visits ahead as they may: `limit`."""

    key = "visit-too-many-open"


class OutOfArea(DomainError):
    """The company does not go to this address."""

    key = "visit-out-of-area"


class ByRequestOnly(DomainError):
    """This service is not sold by window: a person of ours talks it through first."""

    key = "visit-by-request"


class NobodyFree(DomainError):
    """No other worker could attend the visit at its time, or not the one who was named."""

    key = "visit-nobody-free"


class TooFar(DomainError):
    """A visit may be moved to a day at most `days` days ahead."""

    key = "visit-too-far"


class FeeChanged(DomainError):
    """The fee rose since the customer agreed: `fee` is now due, in fen, where `agreed` was said."""

    key = "visit-fee-changed"


class TotalChanged(DomainError):
    """The visit costs more at the new time: `total` instead of `agreed`, in fen."""

    key = "visit-total-changed"
