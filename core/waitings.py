"""Who waits for a window, as rows; and waking them when somebody's time is given back."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Index, delete, insert, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from core.catalogue import Section
from core.database import stored
from core.policies import Count

NEAR = timedelta(hours=16)
"""Time that is given back may serve those who wait for a window so near to it."""
AT_ONCE = 500
"""So many openings are seen to in one sweep."""
_LIVE = text("status IN ('waiting', 'offered')")


class Rules(Section):
    """How long somebody who waits has to say yes: a section of the company's file."""

    minutes: Count = 10
    """A window is held so long for whoever it is offered to, while they can see it."""
    silent_times: Count = 2
    """Who did not answer so often waits no longer."""
    most: Count = 3
    """So many windows may one customer wait for."""


class Status(StrEnum):
    """Where somebody stands who waits."""

    WAITING = "waiting"
    OFFERED = "offered"
    """A window is held for them, until `offer_until`."""
    BOOKED = "booked"
    LEFT = "left"
    """They do not want to wait any more."""
    PASSED = "passed"
    """What they waited for is over."""


LIVE = frozenset({Status.WAITING, Status.OFFERED})


class Waiting(SQLModel, table=True):
    """A visit that a customer would have if a window opened. One for each service and day."""

    __table_args__ = (
        CheckConstraint("begins_at < ends_at", name="order"),
        CheckConstraint("(status = 'offered') = (offer_until IS NOT NULL)", name="offered"),
        Index("ix_waiting_look_at", "look_at", sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_waiting_queue", "day", "service_code", sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index(
            "uq_waiting_live",
            "customer_id",
            "service_code",
            "day",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    service_code: str
    quantity: int
    add_ons: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    address_id: int = Field(foreign_key="address.id")
    day: date
    begins_at: datetime
    ends_at: datetime
    """It may begin from `begins_at` until before this."""
    note: str | None = None
    since: datetime
    rank: int = 0
    """By tier: who has a higher one is offered a window first."""
    status: Status = Field(default=Status.WAITING, sa_type=stored(Status))
    look_at: datetime
    """When to see next whether there is a window, or to end an offer."""
    offered_at: datetime | None = None
    """The beginning of the window that is held for them."""
    offer_until: datetime | None = None
    told: bool = False
    """Whether they know of that offer already: at night nobody is told."""
    refused: list[int] = Field(default_factory=list, sa_type=JSON)
    """Beginnings of windows that they did not want, or did not answer about; seconds since 1970."""
    silent: int = 0
    """How often in a row they did not answer."""
    visit_id: int | None = Field(default=None, foreign_key="visit.id")


class Opened(SQLModel, table=True):
    """Time that can be sold again, until those who wait for some near it are looked at.

    A row of its own, so that whoever gives time back never waits for those who look after the queue.
    """

    id: int | None = Field(default=None, primary_key=True)
    first: datetime | None = None
    last: datetime | None = None
    """From when to when visits could begin again; None: whenever."""


def wake(session: Session, first: datetime | None = None, last: datetime | None = None) -> None:
    """Time from `first` to `last` (or at `first`) can be sold again: whoever waits for some near it is looked
    at with the next sweep. Without any: somebody is there more often, or can do more, than before."""
    session.execute(insert(Opened).values(first=first, last=last or first))


def is_opening(session: Session) -> bool:
    """Whether time opened that no sweep has taken up yet: then whoever is first must be looked at first."""
    return session.exec(select(Opened.id).limit(1)).first() is not None


def rouse(session: Session, now: datetime) -> None:
    """Look at once after everybody near whom time opened since the last sweep."""
    opened = session.exec(select(Opened).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    for first, last in {(one.first, one.last) for one in opened}:
        near = () if first is None or last is None else (
            col(Waiting.begins_at) <= last + NEAR, col(Waiting.ends_at) > first - NEAR
        )  # fmt: skip
        session.execute(
            update(Waiting)
            .where(_LIVE, col(Waiting.status) == Status.WAITING, col(Waiting.look_at) > now, *near)
            .values(look_at=now)
            .execution_options(synchronize_session=False)
        )
    if opened:
        ids = [one.id for one in opened]
        session.execute(delete(Opened).where(col(Opened.id).in_(ids)))
