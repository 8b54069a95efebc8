"""A complaint: what is kept of it, from the first word to the last measure."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from core.database import stored
from core.errors import DomainError


class Severity(StrEnum):
    """How bad it is, by facts; the worst first. Deadlines and the first owner follow from it."""

    S1 = "s1"
    S2 = "s2"
    S3 = "s3"
    S4 = "s4"


class Kind(StrEnum):
    """What a complaint is about."""

    INJURY = "injury"
    ENDANGERED = "endangered"
    """An elder or a baby is not safe."""
    THEFT = "theft"
    HARASSMENT = "harassment"
    LEAK = "leak"
    """Gas, water, fire or electricity."""
    DAMAGE = "damage"
    NO_SHOW = "no_show"
    OVERCHARGED = "overcharged"
    PRIVACY = "privacy"
    DRUNK = "drunk"
    QUALITY = "quality"
    LATE = "late"
    ATTITUDE = "attitude"
    MISSED = "missed"
    """Something that belongs to the service was left out."""
    FLAW = "flaw"
    SUGGESTION = "suggestion"
    OTHER = "other"


class Source(StrEnum):
    """How we came to hear of it."""

    WORDS = "words"
    BUTTON = "button"
    RATING = "rating"
    DANGER = "danger"
    """Words of danger, wherever they stood."""
    STAFF = "staff"
    """Typed in by staff, after a call or a visit to the shop."""
    OUTSIDE = "outside"
    """A platform or an authority passed it on."""


class Status(StrEnum):
    """Where a complaint stands."""

    OPEN = "open"
    """Somebody works on it."""
    WAITING = "waiting"
    """The customer has to say something first; only the clock of the resolution stands still."""
    RESOLVED = "resolved"
    """Done, as we see it; the customer is yet to be asked whether it is."""
    CLOSED = "closed"


UNSETTLED = (Status.OPEN, Status.WAITING)
"""Somebody has to do something about it."""

ALLOWED: Mapping[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.WAITING, Status.RESOLVED, Status.CLOSED}),
    Status.WAITING: frozenset({Status.OPEN, Status.RESOLVED, Status.CLOSED}),
    Status.RESOLVED: frozenset({Status.OPEN, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.OPEN}),
}
"""A closed one is opened again within the days that the policies say; later there is a new, linked one."""


class Rung(StrEnum):
    """How far up the ladder a complaint is; the lowest first."""

    DESK = "desk"
    LEAD = "lead"
    MANAGER = "manager"
    OWNER = "owner"
    """The company's owner, who is called by phone and needs no chat with us."""


class Cause(StrEnum):
    """Why it came to it, as reports count it."""

    SKILL = "skill"
    CONDUCT = "conduct"
    PROCESS = "process"
    DISPATCH = "dispatch"
    INFORMATION = "information"
    PRICE = "price"
    EXPECTATION = "expectation"
    MATERIAL = "material"
    THIRD_PARTY = "third_party"
    UNFOUNDED = "unfounded"


class RemedyKind(StrEnum):
    """What a customer may be offered."""

    APOLOGY = "apology"
    REDO = "redo"
    REPLACE = "replace"
    """Somebody else comes from now on."""
    REFUND = "refund"
    COUPON = "coupon"
    POINTS = "points"
    INSURANCE = "insurance"


class RemedyStatus(StrEnum):
    """Where a remedy stands."""

    DRAFTED = "drafted"
    """It is beyond the authority of whoever proposed it, and waits for somebody above them."""
    OFFERED = "offered"
    CHOSEN = "chosen"
    REFUSED = "refused"
    """The customer did not want it, or chose another one."""
    WITHDRAWN = "withdrawn"


_UNSETTLED = text("status IN ('open', 'waiting')")
_UNCLOSED = text("status <> 'closed'")
_RESOLVED = text("status = 'resolved'")


class Complaint(SQLModel, table=True):
    """One complaint. Until it is closed it has an owner and a next moment at which somebody looks at it."""

    __table_args__ = (
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("(status = 'closed') = (next_at IS NULL)", name="next"),
        CheckConstraint("owner_id IS NOT NULL OR rung = 'owner' OR status = 'closed'", name="owned"),
        CheckConstraint("(status = 'waiting') = (paused_at IS NOT NULL)", name="paused"),
        CheckConstraint("(acknowledged_at IS NULL) OR (acknowledge_by IS NULL)", name="acknowledged"),
        Index("ix_complaint_unsettled", "next_at", sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED),
        Index("ix_complaint_resolved", "next_at", sqlite_where=_RESOLVED, postgresql_where=_RESOLVED),
        Index("ix_complaint_owner", "owner_id", sqlite_where=_UNCLOSED, postgresql_where=_UNCLOSED),
        Index("ix_complaint_opened", "opened_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    """Also its number, as people say it."""
    customer_id: int = Field(foreign_key="customer.id", index=True)
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    follows_id: int | None = Field(default=None, foreign_key="complaint.id")
    """An earlier complaint that this one continues."""
    kind: Kind = Field(sa_type=cast(Any, stored(Kind)))  # Any: as SQLModel says
    severity: Severity = Field(sa_type=cast(Any, stored(Severity)))
    severity_reason: str
    """Why it is that bad, in words for staff."""
    source: Source = Field(sa_type=cast(Any, stored(Source)))
    words: str = ""
    """Everything the customer said about it, a line for each time."""
    media: list[str] = Field(default_factory=list, sa_type=JSON)
    """Photos and recordings, by their ids."""
    wish: str = ""
    """What the customer wants, in their words or as a remedy's code."""
    status: Status = Field(default=Status.OPEN, sa_type=cast(Any, stored(Status)))
    opened_at: datetime
    opened_by: int | None = Field(default=None, foreign_key="staff_member.id")
    """The member of staff who typed it in."""
    since: datetime
    """Since when its clocks run: when it was opened, or opened again."""

    rung: Rung = Field(sa_type=cast(Any, stored(Rung)))
    owner_id: int | None = Field(default=None, foreign_key="staff_member.id")
    asked_at: datetime
    """Since when it is this owner's."""
    acknowledge_by: datetime | None = None
    """Until when the owner has to say that they have it; None once they did, or nobody is asked to."""
    acknowledged_at: datetime | None = None

    human_by: datetime
    """Until when a person answers the customer..."""
    human_at: datetime | None = None
    """... and when one did."""
    plan_by: datetime
    """Until when the customer hears what will be done..."""
    plan_at: datetime | None = None
    resolve_by: datetime
    """Until when it is done; moves while the customer has to say something."""
    resolved_at: datetime | None = None
    paused_at: datetime | None = None
    resolve_left: int | None = None
    """Minutes of the clock that were left to resolve it when it paused."""
    outside_by: datetime | None = None
    """What a platform or an authority gives us; no deadline above is later."""
    outside_reference: str | None = None
    next_at: datetime | None = None
    """When something is due next: a tap, a warning, a deadline, a nudge, or whether it is solved."""
    said: list[str] = Field(default_factory=list, sa_type=JSON)
    """The steps of its clocks that were taken already since it was opened last, by name."""

    cause: Cause | None = Field(default=None, sa_type=cast(Any, stored(Cause)))
    upheld: bool | None = None
    """Whether the customer was right, as staff found."""
    outcome: str = ""
    """What came of it, as the customer was told."""
    reopened: int = 0
    """How often it was opened again."""
    closed_at: datetime | None = None
    solved: bool | None = None
    """What the customer answered to the question whether it is solved."""


class Step(SQLModel, table=True):
    """One thing that happened to a complaint. Never changed, never removed."""

    __tablename__ = "complaint_step"
    __table_args__ = (CheckConstraint("actor IN ('customer', 'worker', 'staff', 'bot')", name="actor"),)

    id: int | None = Field(default=None, primary_key=True)
    complaint_id: int = Field(foreign_key="complaint.id", index=True)
    what: str
    """What happened, as part of a sentence's key: `opened`, `asked`, `acknowledged`, `passed`, `note`,
    `said`, `heard`."""
    at: datetime
    actor: str
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id")
    """Who did it, or whom it is about, on the staff."""
    words: str = ""
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # Any: JSON as `what` defines it
    for_customer: bool = False


class Remedy(SQLModel, table=True):
    """Something the customer is offered to make it good."""

    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("(status = 'chosen') = (chosen_at IS NOT NULL)", name="chosen"),
    )

    id: int | None = Field(default=None, primary_key=True)
    complaint_id: int = Field(foreign_key="complaint.id", index=True)
    kind: RemedyKind = Field(sa_type=cast(Any, stored(RemedyKind)))
    amount: int = 0
    """Fen, or points; 0 where it is neither."""
    status: RemedyStatus = Field(sa_type=cast(Any, stored(RemedyStatus)))
    proposed_by: int = Field(foreign_key="staff_member.id")
    proposed_at: datetime
    needs: Rung = Field(sa_type=cast(Any, stored(Rung)))
    """Whose authority it takes."""
    approved_by: int | None = Field(default=None, foreign_key="staff_member.id")
    chosen_at: datetime | None = None
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    """The visit that does it again."""


class Statement(SQLModel, table=True):
    """How a worker saw it. They are a witness: they neither read nor change the complaint."""

    __tablename__ = "complaint_statement"

    complaint_id: int = Field(foreign_key="complaint.id", primary_key=True)
    worker_id: int = Field(foreign_key="worker.id", primary_key=True, index=True)
    asked_at: datetime
    due_at: datetime
    reminded_at: datetime | None = None
    words: str = ""
    media: list[str] = Field(default_factory=list, sa_type=JSON)
    given_at: datetime | None = None


class Measure(SQLModel, table=True):
    """What is done so that it does not happen again; its effect is what later months show of its cause."""

    __table_args__ = (Index("ix_measure_cause", "cause", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    cause: Cause = Field(sa_type=cast(Any, stored(Cause)))
    what: str
    """A code: `training`, `checklist`, `wording`, `price`, `other`."""
    words: str = ""
    complaint_id: int | None = Field(default=None, foreign_key="complaint.id")
    at: datetime
    staff_id: int = Field(foreign_key="staff_member.id")
    from_day: date
    """Since when it counts."""


class UnknownComplaint(DomainError):
    """No complaint has that number, or it is not theirs."""

    key = "complaint-unknown"


class ComplaintMoved(DomainError):
    """It does not allow that where it stands now: `status`."""

    key = "complaint-moved"


class NotYours(DomainError):
    """This member of staff was at the visit themselves: they are a witness and nothing else."""

    key = "complaint-witness"


class TakenByOther(DomainError):
    """Somebody else said first that they have it: `name`."""

    key = "complaint-taken"


class BeyondAuthority(DomainError):
    """That is more than this member of staff may promise; it waits for somebody above them: `rung`."""

    key = "complaint-beyond"
