"""Days of which not all is sold at once: the busy season before Spring Festival, and member days.

In the season: who may book a day from when, and how much of it is for everybody. A day's capacity are the
half hours of those who suit the wish, as many as each may work. Until a day has been open for `member_hours`,
members together may have `member_percent` of it before anybody else's turn, and whoever books early has
nothing of the rest: that is open to everybody from the first minute on.

On a member day so much of the capacity is sold as leaves our people time to do it well.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import DateTime, and_, bindparam, column, func, or_, table
from sqlalchemy import select as columns
from sqlmodel import Session, col

from core import calendars
from core.catalogue import Section
from core.policies import Count, Percent
from core.workers import Occupied

if TYPE_CHECKING:
    from core.company import Company
    from core.windows.board import Board

Verdict = Literal["open", "early", "share", "member-day"]
_WHOLE = 100

# Members, visits and holds stand above this module, so their tables are named here and not imported.
_membership = table("membership", column("customer_id"), column("tier"))
_visit = table("visit", column("id"), column("customer_id"))
_hold = table("hold", column("id"), column("customer_id"), column("expires_at", DateTime(timezone=True)))


class Rules(Section):
    """What holds in the busy season: a section of the company's file."""

    days: Count = 30
    """So many days before Spring Festival..."""
    opens_days: Count = 28
    """... a day opens to everybody so many days before it..."""
    opens_at: time = time(9)
    """... at this time; to members by tier earlier."""
    member_percent: Percent = 60
    """So much of each day is for members..."""
    member_hours: Count = 48
    """... until it has been open to everybody for so many hours."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands towards a day of the season."""

    is_member: bool
    opens_at: datetime
    """When it opens to them..."""
    general: datetime
    """... and to everybody..."""
    freed_at: datetime
    """... and when nothing of it is kept for anybody any more."""


def is_peak(company: "Company", day: date) -> bool:
    """Whether a day belongs to the busy season."""
    festival = calendars.spring_festival(day.year)
    return festival - timedelta(days=company.peak.days) <= day < festival


def is_member_day(company: "Company", day: date) -> bool:
    """Whether members earn more on a day."""
    return day.day == company.members.member_day


def next_member_day(company: "Company", day: date) -> date:
    """The first member day after a day."""
    following = day.replace(day=1) + timedelta(days=32)
    month = day if day.day < company.members.member_day else following
    return month.replace(day=company.members.member_day)


def is_limited(company: "Company", day: date) -> bool:
    """Whether not all of a day can be had by everybody; `allows` tells what can."""
    few = company.members.member_day_percent < _WHOLE
    return is_peak(company, day) or (few and is_member_day(company, day))


def opens_general(company: "Company", day: date) -> datetime:
    """When a day of the season opens to everybody."""
    opens = day - timedelta(days=company.peak.opens_days)
    return datetime.combine(opens, company.peak.opens_at, company.zone)


def opens_to(company: "Company", day: date, access_hours: int) -> datetime | None:
    """When a day opens to whoever may book so many hours earlier; None outside of the season."""
    if not is_peak(company, day):
        return None
    return opens_general(company, day) - timedelta(hours=access_hours)


def standing(session: Session, company: "Company", day: date, customer_id: int | None) -> Standing:
    """How a customer stands towards a day of the season."""
    general = opens_general(company, day)
    mine = columns(_membership.c.tier).where(_membership.c.customer_id == bindparam("customer"))
    tier = session.execute(mine, {"customer": customer_id or -1}).scalar()
    hours = getattr(company.members, tier).access_hours if tier else 0
    freed_at = general + timedelta(hours=company.peak.member_hours)
    return Standing(tier is not None, general - timedelta(hours=hours), general, freed_at)


def allows(
    session: Session,
    company: "Company",
    board: "Board",
    day: date,
    customer_id: int | None,
    half_hours: int,
    now: datetime,
    *,
    besides: int | None = None,
) -> Verdict:
    """Whether a customer may have so many half hours of a limited day; the board holds who suits it.

    The visit `besides`, which is to be moved, does not count.
    """
    whole = capacity(company, board, day)
    if is_member_day(company, day):
        most = whole * company.members.member_day_percent // _WHOLE
        there = taken(session, company, board.team, day, customer_id, now, besides=besides)
        if sum(there) + half_hours > most:
            return "member-day"
    if not is_peak(company, day):
        return "open"
    theirs = standing(session, company, day, customer_id)
    if now < theirs.opens_at:
        return "early"
    if now >= theirs.freed_at:
        return "open"
    if theirs.is_member and now >= theirs.general:
        return "open"
    members, others = taken(session, company, board.team, day, customer_id, now, besides=besides)
    share = whole * company.peak.member_percent // 100
    if theirs.is_member:
        return "open" if members + half_hours <= share else "share"
    overflow = max(0, members - share)
    return "open" if others + overflow + half_hours <= whole - share else "share"


def capacity(company: "Company", board: "Board", day: date) -> int:
    """How many half hours those on the board can work on a day."""
    first, last = (at - board.base for at in _half_hours(company, day))
    most = company.policies.work_minutes_per_day // 30
    there = [0] * len(board.team)
    for bits in board.there[max(first, 0) : last]:
        for place in range(len(board.team)):
            there[place] += bits >> place & 1
    return sum(min(hours, most) for hours in there)


def taken(
    session: Session,
    company: "Company",
    team: Collection[int],
    day: date,
    customer_id: int | None,
    now: datetime,
    *,
    besides: int | None = None,
) -> tuple[int, int]:
    """How many half hours of these workers' day members have, and others; neither this customer's hold nor
    the visit `besides` counts."""
    first, last = _half_hours(company, day)
    whose = func.coalesce(_visit.c.customer_id, _hold.c.customer_id)
    query = (
        columns(_membership.c.customer_id.is_not(None), func.count())
        .select_from(Occupied)
        .join(_visit, _visit.c.id == col(Occupied.visit_id), isouter=True)
        .join(_hold, _hold.c.id == col(Occupied.hold_id), isouter=True)
        .join(_membership, _membership.c.customer_id == whose, isouter=True)
        .where(
            col(Occupied.worker_id).in_(sorted(team)),
            col(Occupied.half_hour).between(first, last - 1),
            col(Occupied.visit_id).is_distinct_from(besides or -1),
            or_(
                col(Occupied.hold_id).is_(None),
                and_(_hold.c.expires_at > now, _hold.c.customer_id != (customer_id or -1)),
            ),
        )
        .group_by(_membership.c.customer_id.is_not(None))
    )
    found = {bool(member): count for member, count in session.execute(query)}
    return found.get(True, 0), found.get(False, 0)


def _half_hours(company: "Company", day: date) -> tuple[int, int]:
    """The first half hour of a day, and the first one after it."""
    first, last = (datetime.combine(day + timedelta(days=n), time(0), company.zone) for n in (0, 1))
    return int(first.timestamp()) // 1800, int(last.timestamp()) // 1800
