"""What we know of a customer, each thing with who said it, when, and how sure that is."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, insert, text
from sqlmodel import Field, Session, SQLModel, col, select

from core.catalogue import Section
from core.database import stored
from core.vault import Sealed

_STANDS = text("ended_at IS NULL")


class Source(StrEnum):
    """Who says so."""

    CUSTOMER = "customer"
    WORKER = "worker"
    """A worker noticed it, and the customer or staff said that it is so."""
    STAFF = "staff"
    IMPORT = "import"
    """It came from a list of the company's."""


CONFIDENCE: Mapping[Source, int] = {
    Source.CUSTOMER: 100,
    Source.WORKER: 80,
    Source.STAFF: 80,
    Source.IMPORT: 50,
}
"""How sure a thing is, in percent, by who says so."""


class Event(StrEnum):
    """What happens in a life and matters to a home."""

    MOVING = "moving"
    RENOVATED = "renovated"
    BABY = "baby"
    ELDER = "elder"
    """Somebody old lives with them from now on."""
    PET = "pet"


class Habit(StrEnum):
    """What customers tell of their ways, any time; a fact each, in their words or as codes."""

    TIMES = "times"
    """When they are free: weekdays of ISO 8601, then from which hour until which: `67/12-18`."""
    PRODUCTS = "products"
    """What must not be used in their home, in their words."""
    MANNERS = "manners"
    """What they ask of whoever comes, in their words."""
    QUIET = "quiet"
    """On which weekdays they do not want to hear from us but for what cannot wait: `3`."""
    BIRTHDAY = "birthday"
    """Month and day: `05-03`."""


JOINS: Mapping[Event, str] = {Event.BABY: "infants", Event.ELDER: "elderly", Event.PET: "pets"}
"""What of a home is so after it happened; it is kept there only once the customer says that it may."""
EVENTS_LAST = timedelta(days=90)
"""So long what happened is worth a word; then it is forgotten."""
PUT_OFF = timedelta(days=14)
"""So long nothing is asked about what they said is not yet so."""


class Rules(Section):
    """What follows from what customers tell of themselves."""

    new_home: str = "MOVEIN"
    """The service for a home that was just finished; where it is not sold, nothing is offered."""


class Fact(SQLModel, table=True):
    """One thing that was told. Told anew it takes the place of the former, which is kept as ended."""

    __table_args__ = (
        CheckConstraint("confidence BETWEEN 1 AND 100", name="confidence"),
        Index(
            "uq_fact_standing",
            "customer_id",
            "what",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    what: str
    """A field of `core.customers.HomeProfile`, an `Event`, or a `Habit`."""
    value: str = Field(sa_type=Sealed)
    source: Source = Field(sa_type=stored(Source))
    confidence: int
    told_at: datetime
    """When it was said, or said again."""
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    """The visit on which it was noticed."""
    expires_at: datetime | None = None
    used_at: datetime | None = None
    """When we made something of it; of an event nothing is made twice."""
    ended_at: datetime | None = None


def tell(
    session: Session,
    customer_id: int,
    values: Mapping[str, str],
    *,
    source: Source,
    visit_id: int | None = None,
    expires_at: datetime | None = None,
    first: bool = False,
    now: datetime,
) -> None:
    """Write down what was said. The same said again is as fresh as new, and as sure as whoever says so.

    `first`: none of it was ever told before, so that nothing need be looked up.
    """
    known = {} if first else {one.what: one for one in standing(session, customer_id)}
    new: list[dict[str, object]] = []
    for what, value in values.items():
        former = known.get(what)
        if former is not None and former.value == value:
            former.source, former.confidence = source, CONFIDENCE[source]
            former.told_at, former.visit_id, former.expires_at = now, visit_id, expires_at
            session.add(former)
            continue
        if former is not None:
            former.ended_at = now
            session.add(former)
        told = {"customer_id": customer_id, "what": what, "value": value, "source": source, "told_at": now}
        sure = {"confidence": CONFIDENCE[source], "visit_id": visit_id, "expires_at": expires_at}
        new.append(told | sure)
    session.flush()  # before the new ones, of which one may stand where another stood
    if new:
        session.connection().execute(insert(Fact), new)  # one statement, however many there are


def standing(session: Session, customer_id: int) -> list[Fact]:
    """What we know now, in the order it was first told; who tells what is so is up to `HomeProfile`."""
    theirs = select(Fact).where(Fact.customer_id == customer_id, _STANDS)
    return list(session.exec(theirs.order_by(col(Fact.id))))


def of(session: Session, customer_id: int, what: str) -> Fact | None:
    """What we know of one thing."""
    theirs = select(Fact).where(Fact.customer_id == customer_id, Fact.what == what, _STANDS)
    return session.exec(theirs).one_or_none()


def confirm(session: Session, customer_id: int, now: datetime) -> None:
    """The customer says that all of it is still so."""
    for one in standing(session, customer_id):
        if one.what in set(Event):
            continue  # it happened when it did
        one.told_at, one.source = now, Source.CUSTOMER
        one.confidence = CONFIDENCE[Source.CUSTOMER]
        session.add(one)
    session.flush()


def happens(session: Session, customer_id: int, event: Event, now: datetime) -> None:
    """The customer says that this happens; asked about by nobody, and forgotten after a while."""
    until = now + EVENTS_LAST
    tell(session, customer_id, {event.value: "yes"}, source=Source.CUSTOMER, expires_at=until, now=now)


def happening(told: Iterable[Fact], now: datetime) -> list[Event]:
    """What happened lately, of what stands, that something is to be made of; not what was just put off."""
    return [
        Event(one.what)
        for one in told
        if one.what in set(Event)
        and (one.expires_at is None or now < one.expires_at)
        and (one.used_at is None or one.used_at + PUT_OFF <= now)
    ]


def spend(session: Session, customer_id: int, events: Collection[Event], now: datetime) -> None:
    """Something was made of these, so nothing more is."""
    for one in standing(session, customer_id):
        if one.what in set(events):
            one.used_at = one.ended_at = now
            session.add(one)
    session.flush()


def put_off(session: Session, customer_id: int, event: Event, now: datetime) -> None:
    """It is not so yet; asked about again after `PUT_OFF`."""
    if (known := of(session, customer_id, event)) is not None:
        known.used_at = now
        session.add(known)


def end(session: Session, fact: Fact, now: datetime) -> None:
    """It is not so any more, or of no use."""
    fact.ended_at = now
    session.add(fact)
    session.flush()


def use(session: Session, fact: Fact, now: datetime) -> None:
    """Something was made of it."""
    fact.used_at = now
    session.add(fact)
    session.flush()
