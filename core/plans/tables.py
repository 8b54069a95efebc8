"""What a plan is: a rule, what differs on single dates, when it rests; and how the company says no to it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core.database import stored
from core.errors import DomainError


class Every(StrEnum):
    """How often."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    FOUR_WEEKS = "four-weeks"
    MONTH = "month"
    """On the same weekday of the month: the second Tuesday; the last one, if it began on a fifth."""


class Closed(StrEnum):
    """What the customer wants where the company is closed on a date."""

    MOVE = "move"
    """The nearest day on which it is open."""
    SKIP = "skip"


class State(StrEnum):
    """What became of one date."""

    OPEN = "open"
    """It only differs from the rule; nothing was arranged yet."""
    ASKED = "asked"
    """The customer must say yes first: a public holiday, or it costs more."""
    PLACED = "placed"
    SKIPPED = "skipped"
    """The customer does not want it, or did not say that they do."""
    CLOSED = "closed"
    """The company is closed, and there is no day near it."""
    UNPLACED = "unplaced"
    """Nobody is free: the customer chooses another time, and staff see it."""


DECIDED = frozenset({State.ASKED, State.PLACED, State.SKIPPED, State.CLOSED, State.UNPLACED})
"""Nothing is to be arranged for such a date by itself."""


@dataclass(frozen=True, slots=True)
class Until:
    """How long a plan goes on: through a day, or for so many visits in all; neither: until told otherwise."""

    day: date | None = None
    times: int | None = None

    def __bool__(self) -> bool:
        return self.day is not None or self.times is not None


_RUNNING = text("ended_at IS NULL")
_UNPLACED = text("state = 'unplaced'")


class Plan(SQLModel, table=True):
    """Visits of one service to one home, again and again. What may change in time is in its rules."""

    __table_args__ = (Index("ix_plan_look_at", "look_at", sqlite_where=_RUNNING, postgresql_where=_RUNNING),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    address_id: int = Field(foreign_key="address.id")
    service_code: str
    add_ons: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    note: str | None = None
    if_closed: Closed = Field(sa_type=stored(Closed))
    ends: date | None = None
    """The last day on which a visit may be; None: open."""
    times: int | None = None
    """So many visits in all; those that are left out do not count. None: no such number."""
    began_at: datetime
    ended_at: datetime | None = None
    """Since when it makes no visits any more."""
    look_at: datetime
    """When to see next whether a visit is to be placed."""


class PlanRule(SQLModel, table=True):
    """How a plan goes from one date on, until a later rule takes over."""

    __tablename__ = "plan_rule"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    since: date
    """The first of the former rule's dates that this one replaces."""
    anchor: date
    """Its own first date: what says the weekday, and which weeks."""
    every: Every = Field(sa_type=stored(Every))
    at: time
    """On the clock of the company's wall."""
    quantity: int
    worker_id: int | None = Field(default=None, foreign_key="worker.id")
    """Whom the customer wishes for."""
    total: int
    """What a visit costs, in fen, as it was agreed to; more is asked first."""
    made_at: datetime
    void_at: datetime | None = None
    """Since when a newer rule stands in its place."""


class PlanWorker(SQLModel, table=True):
    """A worker who said yes to visits of a plan, and so is not asked about each."""

    __tablename__ = "plan_worker"

    plan_id: int = Field(foreign_key="plan.id", primary_key=True)
    worker_id: int = Field(foreign_key="worker.id", primary_key=True)
    since: datetime


class PlanPause(SQLModel, table=True):
    """Days, both included, on which a plan rests."""

    __tablename__ = "plan_pause"
    __table_args__ = (CheckConstraint("last IS NULL OR first <= last", name="order"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    first: date
    last: date | None = None
    """None: until the customer says so."""
    void_at: datetime | None = None
    """Since when it does not count any more."""


class PlanDate(SQLModel, table=True):
    """One date of a plan, called by the day that the rule gives it: what differs, and what became of it.

    The unique key keeps two processes from placing it twice.
    """

    __tablename__ = "plan_date"
    __table_args__ = (
        UniqueConstraint("plan_id", "day"),
        CheckConstraint("(state = 'placed') = (visit_id IS NOT NULL)", name="placed"),
        Index("ix_plan_date_unplaced", "day", sqlite_where=_UNPLACED, postgresql_where=_UNPLACED),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    day: date
    state: State = Field(default=State.OPEN, sa_type=stored(State))
    to_day: date | None = None
    at: time | None = None
    worker_id: int | None = Field(default=None, foreign_key="worker.id")
    quantity: int | None = None
    kept: bool = False
    """The customer wants it although it is a public holiday."""
    total: int | None = None
    """What they agreed to pay that day, in fen, where it is not the rule's."""
    saving: str | None = None
    """What they want used that day, as `pricing.Choice` is written, where it is not as always."""
    answer_by: datetime | None = None
    visit_id: int | None = Field(default=None, foreign_key="visit.id", unique=True)
    reason: str | None = None
    """Why it is as it is, in words for staff."""


class UnknownPlan(DomainError):
    """This customer has no such plan; whether somebody else has it is not told."""

    key = "plan-unknown"


class PlanEnded(DomainError):
    """The plan makes no visits any more."""

    key = "plan-ended"


class TooManyPlans(DomainError):
    """The customer has as many plans as they may: `limit`."""

    key = "plan-too-many"


class NoSuchDate(DomainError):
    """The plan has no visit on `day` that could be changed."""

    key = "plan-no-such-date"


class DayTaken(DomainError):
    """Another visit of the plan is on `day` already."""

    key = "plan-day-taken"


class DayUnfit(DomainError):
    """`day` is closed, past, in a pause, or too far from the date it would stand for."""

    key = "plan-day-unfit"


class TooLateToChange(DomainError):
    """The visit of that date (`reference`) cannot be changed free any more."""

    key = "plan-too-late"
