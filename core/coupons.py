"""Coupons: something off one visit, where it fits; each is used once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, Index, bindparam, func, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Field, Session, SQLModel, col, select

from core import database
from core.errors import DomainError

if TYPE_CHECKING:
    from core.company import Company

GRACE = timedelta(days=7)
"""A coupon that comes back from a visit which fell through is good for so long at least."""
LOOKED_AT = 50
"""So many open coupons of a customer are weighed for one price, those that end first."""


class Kind(StrEnum):
    """What a coupon takes off."""

    FEN = "fen"
    """So much money."""
    PERCENT = "percent"
    """So many percent, up to `most`."""
    ADD_ON = "add_on"
    """An add-on costs nothing."""
    HOURS = "hours"
    """So many hours cost nothing, of services sold by the hour."""


class State(StrEnum):
    """Where a coupon stands. One that was not used until its end stays open, and fits nothing."""

    OPEN = "open"
    HELD = "held"
    """A visit that was placed with it is ahead."""
    USED = "used"
    VOID = "void"
    """Taken back."""


class CouponGone(DomainError):
    """It was just used for another visit, or taken back."""

    key = "coupon-gone"


class Window(SQLModel):
    """When a visit must begin: on these weekdays (Monday 0), from and until these times, local."""

    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    begins: time = time.min
    ends: time = time.max

    def holds(self, local: datetime) -> bool:
        """Whether a visit that begins at this moment, in the company's zone, is within."""
        return local.weekday() in self.days and self.begins <= local.time() <= self.ends


@dataclass(frozen=True, slots=True)
class Limits:
    """What a coupon is good for. Empty: everything. Money in fen."""

    least: int = 0
    """What the visit must cost by the list."""
    most: int | None = None
    """What a percentage takes off at most."""
    add_on: str | None = None
    services: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()


class CouponCode(SQLModel, table=True):
    """What a code is good for. Its coupons keep what held when they were given."""

    __tablename__ = "coupon_code"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND (most IS NULL OR taken <= most) AND each > 0", name="taken"),
        CheckConstraint("begins_at < ends_at", name="order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    """In capitals."""
    kind: Kind = Field(sa_type=database.stored(Kind))
    amount: int
    limits: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # Any: `Limits` as JSON
    begins_at: datetime
    ends_at: datetime
    """Codes are taken until then, and their coupons are good until then."""
    most: int | None = None
    """So many coupons in all; None: any number."""
    each: int = 1
    """So many for one customer."""
    taken: int = 0
    made_at: datetime


OPEN = text("state = 'open'")
_TAKEN = text("state IN ('held', 'used')")


class Coupon(SQLModel, table=True):
    """Something off one visit. Never changed but for what becomes of it."""

    __table_args__ = (
        CheckConstraint("amount > 0 AND least >= 0", name="amount"),
        CheckConstraint("kind <> 'percent' OR amount <= 100", name="percent"),
        CheckConstraint("(kind = 'add_on') = (add_on IS NOT NULL)", name="add_on"),
        CheckConstraint("(state IN ('held', 'used')) = (visit_id IS NOT NULL)", name="taken"),
        Index("ix_coupon_open", "customer_id", "valid_until", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("uq_coupon_visit", "visit_id", unique=True, sqlite_where=_TAKEN, postgresql_where=_TAKEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    kind: Kind = Field(sa_type=database.stored(Kind))
    amount: int
    """Fen, percent, hours, or 1 for an add-on."""
    most: int | None = None
    least: int = 0
    add_on: str | None = None
    services: list[str] = Field(default_factory=list, sa_type=JSON)
    areas: list[str] = Field(default_factory=list, sa_type=JSON)
    windows: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # Any: `Window` as JSON
    valid_until: datetime
    state: State = Field(default=State.OPEN, sa_type=database.stored(State))
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    """The visit it is held or was used for."""
    reason: str
    """Why it was given, as a code: `referral`, `called-off`, `code`, `gift`."""
    code_id: int | None = Field(default=None, foreign_key="coupon_code.id", index=True)
    key: str = Field(unique=True)
    """Whatever it was given for; the same again gives nothing."""
    issued_at: datetime
    settled_at: datetime | None = None
    """Since when it is used or void."""

    def hours(self) -> list[Window]:
        """When a visit must begin; any time where the list is empty."""
        return [Window.model_validate(one) for one in self.windows]


_TABLE = SQLModel.metadata.tables["coupon"]
_GIVE: Mapping[str, ReturningInsert[int]] = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(["key"]).returning(_TABLE.c.id),
    "postgresql": postgresql.insert(_TABLE)
    .on_conflict_do_nothing(index_elements=["key"])
    .returning(_TABLE.c.id),
}
_THEIRS = (
    select(Coupon)
    .where(Coupon.customer_id == bindparam("customer"), OPEN, col(Coupon.valid_until) > bindparam("now"))
    .order_by(col(Coupon.valid_until), col(Coupon.id))
    .limit(LOOKED_AT)
)


def issue(
    session: Session,
    company: "Company",
    customer_id: int,
    *,
    kind: Kind,
    amount: int,
    reason: str,
    key: str,
    until: datetime | None = None,
    limits: Limits | None = None,
    code_id: int | None = None,
    now: datetime,
) -> Coupon:
    """Give a customer a coupon, once for each `key`; the same key again returns what was given then.

    Good until `until`, else for as long as the company says. `amount` is fen, percent or hours, above 0.
    """
    ends = until or now + timedelta(days=company.pricing.coupon_days)
    return give(
        session, customer_id, kind=kind, amount=amount, reason=reason, key=key, until=ends,
        limits=limits, code_id=code_id, now=now,
    )  # fmt: skip


def give(
    session: Session,
    customer_id: int,
    *,
    kind: Kind,
    amount: int,
    reason: str,
    key: str,
    until: datetime,
    limits: Limits | None = None,
    code_id: int | None = None,
    now: datetime,
) -> Coupon:
    """As `issue`, where the end is known."""
    what = limits or Limits()
    values: dict[str, object] = {"customer_id": customer_id, "kind": kind, "amount": amount, "key": key}
    values |= {"least": what.least, "most": what.most, "add_on": what.add_on, "code_id": code_id}
    values |= {"services": list(what.services), "areas": list(what.areas), "state": State.OPEN}
    values |= {"windows": [one.model_dump(mode="json") for one in what.windows], "reason": reason}
    values |= {"valid_until": until, "issued_at": now}
    connection = session.connection()
    connection.execute(_GIVE[connection.dialect.name], values)
    return session.exec(select(Coupon).where(Coupon.key == key)).one()


def usable(session: Session, customer_id: int, now: datetime) -> list[Coupon]:
    """A customer's open coupons that have not ended, those that end first in front."""
    return list(session.execute(_THEIRS, {"customer": customer_id, "now": now}).scalars())


def fits(
    company: "Company", coupon: Coupon, *, service: str, area: str, starts_at: datetime, worth: int
) -> bool:
    """Whether a coupon is good for a visit: its service and area by code, its start, its price (fen)."""
    local = starts_at.astimezone(company.zone)
    hours = coupon.hours()
    return (
        coupon.least <= worth
        and (not coupon.services or service in coupon.services)
        and (not coupon.areas or area in coupon.areas)
        and (not hours or any(one.holds(local) for one in hours))
    )


def hold(session: Session, coupon_id: int, customer_id: int, visit_id: int) -> None:
    """Keep a coupon for a visit that is being placed. Of two at the same second one raises CouponGone."""
    mine = (col(Coupon.id) == coupon_id, col(Coupon.customer_id) == customer_id, OPEN)
    taken = update(Coupon).where(*mine).values(state=State.HELD, visit_id=visit_id)
    if session.exec(taken.execution_options(synchronize_session="fetch")).rowcount == 0:
        raise CouponGone


def use(session: Session, visit_id: int, now: datetime) -> None:
    """The visit a coupon was held for is over: it is used."""
    held_for_it = (col(Coupon.visit_id) == visit_id, _TAKEN, col(Coupon.state) == State.HELD)
    used = update(Coupon).where(*held_for_it).values(state=State.USED, settled_at=now)
    session.exec(used.execution_options(synchronize_session="fetch"))


def give_back(session: Session, visit_id: int, now: datetime) -> Coupon | None:
    """The visit fell through: its coupon is open again, for a while at least. None if it had none."""
    kept = select(Coupon).where(_TAKEN, Coupon.visit_id == visit_id).with_for_update()
    coupon = session.exec(kept).one_or_none()
    if coupon is not None:
        coupon.state, coupon.visit_id, coupon.settled_at = State.OPEN, None, None
        coupon.valid_until = max(coupon.valid_until, now + GRACE)
        session.add(coupon)
        session.flush()
    return coupon


def held(session: Session, customer_id: int) -> int:
    """How many coupons of a customer are kept for visits ahead."""
    theirs = select(func.count()).where(Coupon.customer_id == customer_id, Coupon.state == State.HELD)
    return session.exec(theirs).one()


def void(session: Session, coupon_id: int, now: datetime) -> bool:
    """Take back a coupon that nobody has used yet; False if that is too late."""
    open_still = (col(Coupon.id) == coupon_id, OPEN)
    gone = update(Coupon).where(*open_still).values(state=State.VOID, settled_at=now)
    return session.exec(gone.execution_options(synchronize_session="fetch")).rowcount > 0


def by_key(session: Session, key: str) -> Coupon | None:
    """The coupon that was given for something."""
    return session.exec(select(Coupon).where(Coupon.key == key)).one_or_none()


def of_customer(session: Session, customer_id: int, limit: int) -> list[Coupon]:
    """Everything a customer was ever given, the newest first."""
    theirs = select(Coupon).where(Coupon.customer_id == customer_id)
    return list(session.exec(theirs.order_by(col(Coupon.id).desc()).limit(limit)))
