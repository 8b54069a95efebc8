"""What a customer wants to hear unasked: asked for, refused, by class and by channel."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from core import consents, facts
from core.consents import Purpose
from core.decency.tables import WAITS, Class, Pace, Refusal, Wish
from core.facts import Habit

if TYPE_CHECKING:
    from core.company import Company


def of(session: Session, customer_id: int) -> Wish | None:
    """What they said about how much; None where they never did."""
    return session.get(Wish, customer_id)


def pace(session: Session, customer_id: int) -> Pace:
    """How much they want to hear."""
    known = of(session, customer_id)
    return known.pace if known is not None else Pace.USUAL


def zone(session: Session, company: "Company", customer_id: int) -> ZoneInfo:
    """The zone whose clock their day goes by."""
    known = of(session, customer_id)
    return ZoneInfo(known.zone) if known is not None and known.zone else company.zone


def abroad(session: Session, company: "Company", customer_id: int) -> ZoneInfo | None:
    """Their zone, where its clock is not the company's."""
    theirs = zone(session, company, customer_id)
    return theirs if theirs != company.zone else None


def quiet_days(session: Session, customer_id: int) -> frozenset[int]:
    """The weekdays of theirs (Monday is 1) on which they want to hear nothing that can wait."""
    told = facts.of(session, customer_id, Habit.QUIET)
    return frozenset(int(day) for day in told.value) if told is not None else frozenset()


def want(session: Session, customer_id: int, pace: Pace, now: datetime) -> None:
    """From now on they hear so much."""
    known = of(session, customer_id) or Wish(customer_id=customer_id, at=now)
    known.pace, known.at = pace, now
    session.add(known)
    session.flush()


def live_in(session: Session, customer_id: int, zone: str | None, now: datetime) -> None:
    """Their day goes by the clock of that zone (IANA's name); None: by the company's.

    Raises ZoneInfoNotFoundError or ValueError for what is no zone.
    """
    if zone is not None:
        ZoneInfo(zone)
    known = of(session, customer_id) or Wish(customer_id=customer_id, at=now)
    known.zone, known.at = zone, now
    session.add(known)
    session.flush()


def refuse(session: Session, customer_id: int, kind: Class, now: datetime, *, channel: str = "") -> None:
    """They want none of that: in this channel, or (by default) anywhere. Again changes nothing.

    Raises ValueError for what cannot be refused.
    """
    if kind not in WAITS:
        raise ValueError(f"{kind.value} messages cannot be refused")
    if session.get(Refusal, (customer_id, kind, channel)) is None:
        session.add(Refusal(customer_id=customer_id, kind=kind, channel=channel, at=now))
        session.flush()


def refuse_all(session: Session, customer_id: int, now: datetime) -> None:
    """They want nothing that they did not ask for, anywhere, nor the one message a month that has all."""
    refuse(session, customer_id, Class.CARE, now)
    consents.withdraw(session, customer_id, Purpose.MARKETING, now=now)
    if pace(session, customer_id) is Pace.DIGEST:
        want(session, customer_id, Pace.USUAL, now)


def allow(session: Session, customer_id: int, kind: Class, *, channel: str = "") -> None:
    """They want that again: in this channel, or (by default) wherever they had refused it."""
    theirs = select(Refusal).where(Refusal.customer_id == customer_id, Refusal.kind == kind)
    for one in session.exec(theirs.where(col(Refusal.channel) == channel) if channel else theirs).all():
        session.delete(one)
    session.flush()


def refused(session: Session, customer_id: int, kind: Class) -> frozenset[str]:
    """In which channels they want none of that; "" among them where they want it nowhere."""
    theirs = select(Refusal.channel).where(Refusal.customer_id == customer_id, Refusal.kind == kind)
    return frozenset(session.exec(theirs))
