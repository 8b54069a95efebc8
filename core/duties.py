"""Who on the staff is on duty: weekly shifts, and what somebody said last for a while."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import CheckConstraint, delete
from sqlmodel import Field, Session, SQLModel, col, select

from core import identities, staff
from core.staff import StaffMember

if TYPE_CHECKING:
    from core.company import Company

DAY = timedelta(days=1)
WITHOUT_SHIFT = timedelta(hours=12)
"""So long somebody who has no shift now is on duty who says that they are."""


class StaffShift(SQLModel, table=True):
    """Hours of a weekday (0 is Monday) on the company's wall clock; one that ends before it begins ends the
    next day."""

    __tablename__ = "staff_shift"
    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),)

    staff_id: int = Field(foreign_key="staff_member.id", primary_key=True)
    weekday: int = Field(primary_key=True)
    begins: time = Field(primary_key=True)
    ends: time


class StaffDuty(SQLModel, table=True):
    """What a member of staff said last: on duty or away, whatever their shifts say, until then."""

    __tablename__ = "staff_duty"

    staff_id: int = Field(foreign_key="staff_member.id", primary_key=True)
    on_duty: bool
    said_at: datetime
    until: datetime | None = None
    """None: until they say otherwise."""


class Standing(NamedTuple):
    """A member of staff, whether they are on duty, and until when as far as that is known."""

    member: StaffMember
    on_duty: bool
    until: datetime | None


def roster(session: Session, staff_id: int, shifts: Iterable[tuple[int, time, time]]) -> None:
    """Somebody's week from now on: weekday (0 is Monday), beginning and end."""
    session.exec(delete(StaffShift).where(col(StaffShift.staff_id) == staff_id))
    session.add_all(StaffShift(staff_id=staff_id, weekday=day, begins=b, ends=e) for day, b, e in shifts)
    session.flush()


def shifts_of(session: Session, staff_id: int) -> list[StaffShift]:
    """Somebody's shifts, through the week."""
    theirs = select(StaffShift).where(StaffShift.staff_id == staff_id)
    return list(session.exec(theirs.order_by(col(StaffShift.weekday), col(StaffShift.begins))))


def come(session: Session, company: "Company", staff_id: int, now: datetime) -> datetime:
    """Somebody begins: they are on duty until their shift ends, or for a while; until when."""
    running = [ends for begins, ends in _spans(session, company, staff_id, now) if begins <= now < ends]
    until = max(running, default=now + WITHOUT_SHIFT)
    _say(session, staff_id, now, on_duty=True, until=until)
    return until


def go(
    session: Session, company: "Company", staff_id: int, now: datetime, *, until: datetime | None = None
) -> datetime | None:
    """Somebody goes, or is away until then; when they are on duty again, None while nothing says so."""
    first = until or now
    coming = [begins for begins, _ in _spans(session, company, staff_id, first) if begins > now]
    away = until or min(coming, default=None)
    _say(session, staff_id, now, on_duty=False, until=away)
    back = [max(begins, first) for begins, ends in _spans(session, company, staff_id, first) if ends > first]
    return min((one for one in back if one >= first and one > now), default=away) if until else away


def standings(session: Session, company: "Company", now: datetime) -> list[Standing]:
    """Everybody active, and whether they are on duty, in the order they came; chats are on duty never."""
    members = staff.people(session)
    said = {one.staff_id: one for one in session.exec(select(StaffDuty))}
    shifts: dict[int, list[StaffShift]] = {}
    for shift in session.exec(select(StaffShift)):
        shifts.setdefault(shift.staff_id, []).append(shift)
    return [
        _standing(company, one, said.get(one.id or 0), shifts.get(one.id or 0, []), now) for one in members
    ]


def present(session: Session, company: "Company", now: datetime) -> frozenset[int]:
    """Who is on duty now, by number."""
    return frozenset(one.member.id or 0 for one in standings(session, company, now) if one.on_duty)


def reachable(session: Session) -> frozenset[int]:
    """Which active members of staff can be written to at all, by number."""
    return frozenset(one.staff_id for one in identities.of_staff(session) if one.staff_id is not None)


def _standing(
    company: "Company",
    member: StaffMember,
    said: StaffDuty | None,
    shifts: Iterable[StaffShift],
    now: datetime,
) -> Standing:
    if said is not None and (said.until is None or now < said.until):
        return Standing(member, said.on_duty, said.until)
    spans = [span for span in _around(company, shifts, now) if span[1] > now]
    running = [ends for begins, ends in spans if begins <= now]
    if running:
        return Standing(member, True, max(running))
    return Standing(member, False, min((begins for begins, _ in spans), default=None))


def _spans(
    session: Session, company: "Company", staff_id: int, around: datetime
) -> list[tuple[datetime, datetime]]:
    return _around(company, shifts_of(session, staff_id), around)


def _around(
    company: "Company", shifts: Iterable[StaffShift], moment: datetime
) -> list[tuple[datetime, datetime]]:
    """When the shifts begin and end, from the day before that moment to a week after it."""
    weekly = list(shifts)
    today = moment.astimezone(company.zone).date()
    spans = []
    for ahead in range(-1, 8):
        day = today + ahead * DAY
        for shift in weekly:
            if shift.weekday == day.weekday():
                last = day if shift.ends > shift.begins else day + DAY
                begins = datetime.combine(day, shift.begins, company.zone)
                spans.append((begins, datetime.combine(last, shift.ends, company.zone)))
    return sorted(spans)


def _say(session: Session, staff_id: int, now: datetime, *, on_duty: bool, until: datetime | None) -> None:
    row = session.get(StaffDuty, staff_id) or StaffDuty(staff_id=staff_id, on_duty=on_duty, said_at=now)
    row.on_duty, row.said_at, row.until = on_duty, now, until
    session.add(row)
    session.flush()
