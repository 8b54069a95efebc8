"""Where each customer stands with us, what was suggested to them, and whom staff are to call."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel

from core.database import stored


class Stage(StrEnum):
    """How close a customer is to us. Whoever never had a finished visit is none of these."""

    NEW = "new"
    ACTIVE = "active"
    LOYAL = "loyal"
    AT_RISK = "at_risk"
    DORMANT = "dormant"
    LOST = "lost"


CLOSE = frozenset({Stage.NEW, Stage.ACTIVE, Stage.LOYAL})
HERE = CLOSE | {Stage.AT_RISK}
"""They have not gone yet."""


class Segment(StrEnum):
    """What a customer is worth, as a step."""

    SMALL = "small"
    MIDDLE = "middle"
    HIGH = "high"
    TOP = "top"

    @property
    def step(self) -> int:
        """0 for the smallest."""
        return list(Segment).index(self)


class Lifecycle(SQLModel, table=True):
    """Where a customer stands, found anew each day. There is none before the first finished visit."""

    __table_args__ = (Index("ix_lifecycle_look_at", "look_at"), Index("ix_lifecycle_stage", "stage"))

    customer_id: int = Field(primary_key=True, foreign_key="customer.id")
    stage: Stage = Field(default=Stage.NEW, sa_type=stored(Stage))
    since: datetime
    """Since when they are in this stage."""
    why: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Why: a code under `why`, and the figures its words name."""
    segment: Segment = Field(default=Segment.SMALL, sa_type=stored(Segment))
    score: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """What the segment comes from: points by name."""
    interval_days: int = 0
    """Their own rhythm; 0 before it was looked at."""
    last_at: datetime | None = None
    """When their last finished visit began."""
    returned_at: datetime | None = None
    """When we last asked how things are, or had staff call."""
    looked_at: datetime | None = None
    look_at: datetime


class Suggestion(SQLModel, table=True):
    """A visit we suggested. A customer has at most one that is open."""

    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        Index(
            "uq_suggestion_open",
            "customer_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
        Index("ix_suggestion_customer", "customer_id", "made_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    kind: str
    """`next`, `risk`, `why`, `last`, or a season's name."""
    key: str = Field(unique=True)
    """So that the same is never suggested twice."""
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    """The visit that is to come again."""
    service_code: str
    starts_at: datetime | None = None
    """When; None where no time was named."""
    made_at: datetime
    until: datetime
    """So long it stands."""
    answer: str | None = None
    """`booked`, `later`, `over`, or what they said is the reason."""
    answered_at: datetime | None = None


class CareTask(SQLModel, table=True):
    """Somebody whom staff are to call, until when and why."""

    __tablename__ = "care_task"
    __table_args__ = (
        Index(
            "ix_care_task_open",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    what: str
    """What it is about, as a code: `return`, `first`, `left`, `contract`."""
    key: str = Field(unique=True)
    about: str = ""
    """What else the words about it name: a contract's number, a reason."""
    made_at: datetime
    due_at: datetime
    tries: int = 0
    """How often they were called in vain."""
    done_at: datetime | None = None
    done_by: int | None = Field(default=None, foreign_key="staff_member.id")
    outcome: str = ""
    """`reached`, `given-up`, `dropped`."""


class Contract(SQLModel, table=True):
    """Long-term care that was agreed upon with a person of ours, from one day to another."""

    __table_args__ = (CheckConstraint("first_day <= last_day", name="order"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    service_code: str
    first_day: date
    last_day: date
    made_at: datetime
    answer: str | None = None
    """What the customer wants when it ends: `renew`, `end`, `talk`."""
    answered_at: datetime | None = None


_TABLE = SQLModel.metadata.tables["lifecycle"]
_VALUES = {"stage": Stage.NEW, "why": {}, "segment": Segment.SMALL, "score": {}, "interval_days": 0}


def note(session: Session, customer_id: int, now: datetime) -> None:
    """Have a customer looked at soon: something happened that may change where they stand."""
    connection = session.connection()
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    values = {**_VALUES, "customer_id": customer_id, "since": now, "look_at": now}
    new = make(_TABLE).values(values)
    connection.execute(new.on_conflict_do_update(index_elements=["customer_id"], set_={"look_at": now}))
