"""A light for homes with elders or infants: with the family's consent, how the worker found them.

What is written here is about health. It is read by the family and by staff, never by other workers, and
stands in no log and in no line of the timeline: only that there was a light.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, Session, SQLModel, col, select

from core import timeline
from core.database import stored
from core.errors import DomainError
from core.vault import Sealed
from core.visits import Visit

_STANDS = text("revoked_at IS NULL")


class Light(StrEnum):
    """How the worker found them."""

    GREEN = "green"
    YELLOW = "yellow"
    """Something is different; the family should look."""
    RED = "red"
    """Somebody may be in danger."""


class WelfareConsent(SQLModel, table=True):
    """The family agreed that we look and tell them, to which text and when. One stands at a time."""

    __tablename__ = "welfare_consent"
    __table_args__ = (
        CheckConstraint("contact_phone LIKE '+%'", name="phone_is_e164"),
        CheckConstraint("(contact_name IS NULL) = (contact_phone IS NULL)", name="whole_contact"),
        Index(
            "uq_welfare_consent", "customer_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    text_version: str
    given_at: datetime
    revoked_at: datetime | None = None
    contact_name: str | None = None
    """Whom staff call as well..."""
    contact_phone: str | None = None
    """... at this number (E.164)."""


class WelfareReport(SQLModel, table=True):
    """One light of one visit; the same light again is the same report."""

    __tablename__ = "welfare_report"
    __table_args__ = (UniqueConstraint("visit_id", "light"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id")
    worker_id: int = Field(foreign_key="worker.id")
    light: Light = Field(sa_type=stored(Light))
    words: str = Field(default="", sa_type=Sealed)
    at: datetime


class NotWatched(DomainError):
    """The family has not agreed to this, or not any more."""

    key = "welfare-not-watched"


def agree(
    session: Session,
    customer_id: int,
    *,
    text_version: str,
    contact: tuple[str, str] | None,
    now: datetime,
) -> WelfareConsent:
    """The family agrees; `contact` is the name and the number (E.164) of somebody whom staff call as well.

    Agreeing again takes the place of the former consent, which is kept as revoked.
    """
    revoke(session, customer_id, now)
    name, phone = contact or (None, None)
    consent = WelfareConsent(
        customer_id=customer_id,
        text_version=text_version,
        given_at=now,
        contact_name=name,
        contact_phone=phone,
    )
    session.add(consent)
    session.flush()
    return consent


def revoke(session: Session, customer_id: int, now: datetime) -> bool:
    """The family wants it no more; False where there was no consent."""
    stands = consent_of(session, customer_id)
    if stands is None:
        return False
    stands.revoked_at = now
    session.add(stands)
    session.flush()
    return True


def consent_of(session: Session, customer_id: int) -> WelfareConsent | None:
    """The consent that stands."""
    theirs = select(WelfareConsent).where(_STANDS, WelfareConsent.customer_id == customer_id)
    return session.exec(theirs).one_or_none()


def report(
    session: Session, visit: Visit, worker_id: int, light: Light, *, words: str = "", now: datetime
) -> bool:
    """Write down a light; False when the same was told before and there are no new words.

    Raises NotWatched without a consent that stands.
    """
    if consent_of(session, visit.customer_id) is None:
        raise NotWatched
    found = session.exec(
        select(WelfareReport).where(WelfareReport.visit_id == visit.id, WelfareReport.light == light)
    ).one_or_none()
    if found is not None and not words:
        return False
    if found is None:
        found = WelfareReport(visit_id=visit.id or 0, worker_id=worker_id, light=light, at=now)
        timeline.add(
            session, visit.id or 0, f"light-{light.value}", actor="worker", now=now, for_worker=False
        )
    found.words = "\n".join(filter(None, (found.words, words)))
    session.add(found)
    session.flush()
    return True


def reports_of(session: Session, visit: Visit) -> list[WelfareReport]:
    """The lights of a visit, in the order they were told; for the family and for staff."""
    theirs = select(WelfareReport).where(WelfareReport.visit_id == visit.id)
    return list(session.exec(theirs.order_by(col(WelfareReport.id))))
