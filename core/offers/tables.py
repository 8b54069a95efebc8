"""What an offer is, which moves its life allows, and how the company says no about one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from core.database import stored
from core.errors import DomainError


class Status(StrEnum):
    """Where an offer stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    """Nobody answered until `until`."""
    WITHDRAWN = "withdrawn"
    """The visit got another time, other people, or does not take place."""


class Mode(StrEnum):
    """How the visit was offered."""

    SEQUENCE = "sequence"
    """To whoever is pencilled in; after a no to the next."""
    BROADCAST = "broadcast"
    """To several at once; the first yes counts."""


ALLOWED: Mapping[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.ACCEPTED, Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN}),
    Status.ACCEPTED: frozenset({Status.WITHDRAWN}),
    # Whoever is still pencilled in, because nobody else was found, may think again.
    Status.DECLINED: frozenset({Status.ACCEPTED}),
    Status.EXPIRED: frozenset({Status.ACCEPTED}),
    Status.WITHDRAWN: frozenset(),
}
STANDING = frozenset({Status.OPEN, Status.ACCEPTED})
"""The worker has an answer to give, or gave a yes that holds."""
REFUSED = frozenset({Status.DECLINED, Status.EXPIRED})

IS_OPEN = text("status = 'open'")
_STANDING, _ACCEPTED = text("status IN ('open', 'accepted')"), text("status = 'accepted'")


class Offer(SQLModel, table=True):
    """One worker asked whether they take one place of a visit at one time."""

    __table_args__ = (
        CheckConstraint("answered_by IN ('worker', 'staff', 'bot')", name="answered_by"),
        CheckConstraint(
            "status NOT IN ('accepted', 'declined') OR answered_at IS NOT NULL AND answered_by IS NOT NULL",
            name="answered",
        ),
        CheckConstraint("status <> 'accepted' OR place IS NOT NULL", name="placed"),
        Index(
            "uq_offer_standing",
            "visit_id",
            "worker_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index(
            "uq_offer_place",
            "visit_id",
            "place",
            unique=True,
            sqlite_where=_ACCEPTED,
            postgresql_where=_ACCEPTED,
        ),
        Index("ix_offer_open", "worker_id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_offer_worker", "worker_id", "made_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    worker_id: int = Field(foreign_key="worker.id")
    place: int | None = None
    """Which of the visit's places, from 0; None while several are asked for the same one."""
    expected_id: int | None = Field(default=None, foreign_key="worker.id")
    """Whom the customer expects in that place, as far as they were told."""
    starts_at: datetime
    """The time it was offered for: for another one the visit is offered anew."""
    round: int = 1
    """The how-manieth who is asked for the place at that time."""
    mode: Mode = Field(sa_type=stored(Mode))
    status: Status = Field(default=Status.OPEN, sa_type=stored(Status))
    reasons: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # Any: `Reason.as_json` of each
    made_at: datetime
    told_at: datetime | None = None
    """When the worker was told; None while it waits for the morning."""
    until: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    """Who gave the answer: worker, or for them staff or bot."""
    because: str | None = None
    """Why not, in the worker's words or as the code of a reason."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of offering a visit: the offers `made` and those that were `withdrawn` for it."""

    made: tuple[Offer, ...] = ()
    withdrawn: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A yes: the `offer`, and what others should hear of it."""

    offer: Offer
    instead: int | None
    """Whom the customer expected in that place (an id), if it was somebody else."""
    staff_wait: bool
    """Staff were already looking for somebody."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What follows a no: the next one's offer; or nobody is left to ask, and staff must decide."""

    made: tuple[Offer, ...] = ()
    for_staff: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """How a worker answered offers: so many yes, no, and no answer in time."""

    accepted: int
    declined: int
    expired: int


class UnknownOffer(DomainError):
    """There is no such offer to this worker."""

    key = "offers-unknown"


class AlreadyYours(DomainError):
    """The worker accepted before."""

    key = "offers-already-yours"


class AlreadyDeclined(DomainError):
    """The worker declined before, and need not do anything."""

    key = "offers-already-declined"


class WentElsewhere(DomainError):
    """Somebody else attends the visit by now."""

    key = "offers-elsewhere"


class NoLongerStands(DomainError):
    """The visit has another time by now, or does not take place."""

    key = "offers-over"


class Busy(DomainError):
    """The worker has something else at that time by now."""

    key = "offers-busy"
