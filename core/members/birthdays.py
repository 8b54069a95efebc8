"""Points on a member's birthday: where they told it themselves, on the day, once a year."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlmodel import Session, col, select

from core import facts, reminders
from core.facts import Fact, Source
from core.members import earning, tiers
from core.members.tables import Membership, PointLot

if TYPE_CHECKING:
    from core.company import Company

KIND = "birthday"
"""The reminder by a membership's number, on the day."""
LEAP_YEAR = 2000
"""One that has every day on which somebody is born."""
APART = timedelta(days=300)
"""Whoever tells another day meanwhile has no second birthday within so long."""


def tell(
    session: Session,
    company: "Company",
    customer_id: int,
    month: int,
    day: int,
    *,
    source: Source = Source.CUSTOMER,
    now: datetime,
) -> None:
    """The day of the year on which a customer was born (29 February is a day too). ValueError for none."""
    said = date(LEAP_YEAR, month, day)
    facts.tell(session, customer_id, {facts.Habit.BIRTHDAY: f"{said:%m-%d}"}, source=source, now=now)
    member = tiers.membership(session, customer_id)
    if member is not None:
        watch(session, company, member, now)


def watch(session: Session, company: "Company", member: Membership, now: datetime) -> None:
    """Look on the member's next birthday, today's included, at the hour at which members are told things."""
    fact = facts.of(session, member.customer_id, facts.Habit.BIRTHDAY)
    if fact is None:
        return
    today, hour = now.astimezone(company.zone).date(), time(company.members.warn_hour)
    for year in (today.year, today.year + 1):
        on = _in_year(fact.value, year)
        due = datetime.combine(on, hour, company.zone)
        key = f"{KIND}:{member.id}:{on:%Y%m%d}"
        if on >= today:
            reminders.schedule(session, KIND, str(member.id), due, dedupe_key=key)
            return


def is_on(session: Session, member: Membership, day: date) -> bool:
    """Whether it is the birthday that they told us themselves; what others say of it is not enough."""
    fact = facts.of(session, member.customer_id, facts.Habit.BIRTHDAY)
    if fact is None or fact.source is not Source.CUSTOMER:
        return False
    return _in_year(fact.value, day.year) == day


def told_by(session: Session, customers: Sequence[int]) -> dict[int, date]:
    """The birthdays (in a leap year) that some of these customers told us themselves."""
    told = select(Fact.customer_id, Fact.value).where(
        col(Fact.customer_id).in_(list(customers)),
        Fact.what == facts.Habit.BIRTHDAY,
        Fact.source == Source.CUSTOMER,
        text("fact.ended_at IS NULL"),
    )
    return {one: _in_year(said, LEAP_YEAR) for one, said in session.exec(told)}


def give(session: Session, company: "Company", member: Membership, now: datetime) -> int:
    """The points of a birthday, within the month's limit for what is no order; how many, 0 the second time.

    Look at `is_on` first.
    """
    earlier = select(PointLot.id).where(
        PointLot.customer_id == member.customer_id,
        PointLot.reason == earning.BIRTHDAY,
        col(PointLot.earned_at) > now - APART,
    )
    count, year = company.members.birthday, now.astimezone(company.zone).year
    if not count or session.exec(earlier.limit(1)).first() is not None:
        return 0
    about = f"{member.customer_id}:{year}"
    return earning.besides(session, company, member.customer_id, count, earning.BIRTHDAY, about, now)


def given(session: Session, member: Membership, now: datetime) -> int:
    """The points of a birthday that was just now."""
    lately = select(PointLot.points).where(
        PointLot.customer_id == member.customer_id,
        PointLot.reason == earning.BIRTHDAY,
        col(PointLot.earned_at) > now - timedelta(days=7),
    )
    return session.exec(lately.limit(1)).first() or 0


def _in_year(said: str, year: int) -> date:
    """When a birthday is in a year: who was born on 29 February celebrates on the 28th of most years."""
    month, day = (int(part) for part in said.split("-"))
    if (month, day) == (2, 29) and not _is_leap(year):
        day = 28
    return date(year, month, day)


def _is_leap(year: int) -> bool:
    return (date(year, 3, 1) - date(year, 2, 28)).days == 2
