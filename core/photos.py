"""Photos that workers take at a visit: only with the customer's consent for that visit, and for so long."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Field, Session, SQLModel

from core import media, timeline
from core.media import Media
from core.visits.life import latest
from core.visits.tables import Visit

BEFORE, AFTER = "visit.before", "visit.after"
"""The steps that photos of a visit are filed to."""


class PhotoConsent(SQLModel, table=True):
    """Whether a customer allows photos of their home at one visit. Without a row: no."""

    __tablename__ = "photo_consent"

    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    allowed: bool
    at: datetime


def is_allowed(session: Session, visit: Visit) -> bool:
    """Whether the customer agreed to photos at this visit."""
    consent = session.get(PhotoConsent, visit.id)
    return consent is not None and consent.allowed


def allow(session: Session, visit: Visit, now: datetime) -> bool:
    """The customer agrees to photos at this visit; False if they had already."""
    return _answer(session, visit, allowed=True, now=now)


def refuse(session: Session, visit: Visit, now: datetime) -> int:
    """The customer does not agree, or not any more: nobody sees what was taken; how many photos that were."""
    taken = of_visit(session, visit, now)
    media.take_back(session, taken, now)
    _answer(session, visit, allowed=False, now=now)
    return len(taken)


def of_visit(session: Session, visit: Visit, now: datetime) -> Sequence[Media]:
    """The photos of a visit that are still kept, the oldest first."""
    return media.of_subject(session, visit.reference, (BEFORE, AFTER), now)


def _answer(session: Session, visit: Visit, *, allowed: bool, now: datetime) -> bool:
    latest(session, visit)
    consent = session.get(PhotoConsent, visit.id)
    if consent is not None and consent.allowed == allowed:
        return False
    consent = consent or PhotoConsent(visit_id=visit.id or 0, allowed=allowed, at=now)
    consent.allowed, consent.at = allowed, now
    session.add(consent)
    what = "photos-allowed" if allowed else "photos-refused"
    timeline.add(session, visit.id or 0, what, actor="customer", now=now)
    session.flush()
    return True
