"""From a plan's rule to its dates: a pure function of the rule, what differs, and the company's calendar."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from core import calendars
from core.plans.tables import Closed, Every

if TYPE_CHECKING:
    from core.company import Company

DAY = timedelta(days=1)
MARGIN = 45 * DAY
"""A date may be put off or made earlier by less than this, so one outside may stand in the way of one
inside."""
WEEKS = {Every.WEEK: 1, Every.FORTNIGHT: 2, Every.FOUR_WEEKS: 4}
LAST = 5
"""The fifth such weekday of a month is the last one, in months that have four as well."""


class Fate(StrEnum):
    """What becomes of a date."""

    HOLDS = "holds"
    SWAPPED = "swapped"
    """On another day, as the customer wished."""
    MOVED = "moved"
    """The company is closed: on the nearest day that will do."""
    HOLIDAY = "holiday"
    """A public holiday: the customer is asked first."""
    CLOSED = "closed"
    """The company is closed, and so it is left out."""
    SKIPPED = "skipped"
    PAUSED = "paused"
    MERGED = "merged"
    """Another date of the plan was put on this day."""


TAKES_PLACE = frozenset({Fate.HOLDS, Fate.SWAPPED, Fate.MOVED, Fate.HOLIDAY})


@dataclass(frozen=True, slots=True)
class Course:
    """How a plan goes from `since` on: its own first date is `anchor`, each visit lasts `minutes`."""

    since: date
    anchor: date
    every: Every
    at: time
    minutes: int
    rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as the course says on one date."""

    skipped: bool = False
    kept: bool = False
    to_day: date | None = None
    at: time | None = None
    minutes: int | None = None
    certain: bool = False
    """Its visit is placed: it is where it is, whatever the calendar says by now."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A plan as far as its dates go. Courses in order, apart by `since`; pauses with both days included."""

    courses: Sequence[Course]
    differences: Mapping[date, Difference] = field(default_factory=dict)
    pauses: Sequence[tuple[date, date | None]] = ()
    ends: date | None = None
    """The last day on which a visit may be."""
    last: date | None = None
    """The last date, which may itself be put off."""
    if_closed: Closed = Closed.MOVE


@dataclass(frozen=True, slots=True)
class Occasion:
    """One date: called by the `day` of the rule, taking place `on` a day (None: not at all)."""

    day: date
    on: date | None
    starts_at: datetime | None
    """Aware UTC."""
    fate: Fate
    course: Course

    @property
    def takes_place(self) -> bool:
        return self.on is not None


def expand(company: "Company", scheme: Scheme, first: date, last: date) -> list[Occasion]:
    """Every date whose own day lies from `first` to `last`, both included, in order.

    No two are on one day. A wall-clock time that clocks skip is later by what they skip.
    """
    nominal = list(_nominal(scheme, first - MARGIN, last + MARGIN))
    taken = {day for day, _ in nominal}
    fates = [_first_look(company, scheme, day, course, taken) for day, course in nominal]
    reserved = taken | {one.on for one in fates if one.on}
    found = []
    for one in fates:
        settled = _nearest(company, scheme, one, reserved) if one.fate is Fate.CLOSED else one
        reserved |= {settled.on} if settled.on else set()
        found.append(settled)
    return [one for one in found if first <= one.day <= last]


def may_be_on(company: "Company", scheme: Scheme, day: date, on: date, at: time | None = None) -> bool:
    """Whether the date `day` can be put on another day (at another time), all other dates staying as they
    are."""
    around = expand(company, scheme, min(day, on) - MARGIN, max(day, on) + MARGIN)
    here = next((one for one in around if one.day == day), None)
    others = {one.on for one in around if one.day != day} | {one.day for one in around if one.day != day}
    if here is None or on in others or abs(on - day) >= MARGIN or _rests(scheme, on):
        return False
    minutes, usual = _length_and_time(scheme, day, here.course)
    return _fits(company, on, at or usual, minutes)


def starts(company: "Company", day: date, at: time) -> datetime:
    """That time on the clock of the company's wall, in UTC."""
    return datetime.combine(day, at, company.zone).astimezone(UTC)


def nth(day: date) -> int:
    """Which such weekday of its month it is, 1 to 5."""
    return (day.day - 1) // 7 + 1


def _nominal(scheme: Scheme, first: date, last: date) -> Iterator[tuple[date, Course]]:
    """The days that the rules give, without a look at any calendar."""
    for place, course in enumerate(scheme.courses):
        following = scheme.courses[place + 1].since if place + 1 < len(scheme.courses) else None
        until = min(filter(None, (last, scheme.ends, scheme.last, following and following - DAY)))
        for day in _days(course, max(first, course.since), until):
            yield day, course


def _days(course: Course, first: date, until: date) -> Iterator[date]:
    if course.every is Every.MONTH:
        yield from (day for day in _monthly(course.anchor, until) if first <= day)
        return
    step = 7 * WEEKS[course.every]
    ahead = max(0, -(-(first - course.anchor).days // step))
    day = course.anchor + ahead * step * DAY
    while day <= until:
        yield day
        day += step * DAY


def _monthly(anchor: date, until: date) -> Iterator[date]:
    which = nth(anchor)
    year, month = anchor.year, anchor.month
    while (first := date(year, month, 1)) <= until:
        day = first + ((anchor.weekday() - first.weekday()) % 7 + 7 * (which - 1)) * DAY
        if which == LAST and day.month != month:
            day -= 7 * DAY
        if anchor <= day <= until:
            yield day
        year, month = year + month // 12, month % 12 + 1


def _first_look(
    company: "Company", scheme: Scheme, day: date, course: Course, nominal: set[date]
) -> Occasion:
    """What becomes of a date, but for those that must look for another day."""
    differs = scheme.differences.get(day, Difference())
    minutes, at = _length_and_time(scheme, day, course)
    on = differs.to_day or day

    def occasion(fate: Fate) -> Occasion:
        there = on if fate in TAKES_PLACE else None
        return Occasion(day, there, starts(company, there, at) if there else None, fate, course)

    if differs.skipped:
        return occasion(Fate.SKIPPED)
    if differs.certain:
        return occasion(Fate.HOLDS if on == day else Fate.SWAPPED)
    if _rests(scheme, on):
        return occasion(Fate.PAUSED)
    if on in {one.to_day for other, one in scheme.differences.items() if one.certain and other != day}:
        return occasion(Fate.MERGED)
    if not _fits(company, on, at, minutes):
        return occasion(Fate.CLOSED)
    if on != day:
        return occasion(Fate.SWAPPED if on not in nominal else Fate.MERGED)
    if not differs.kept and calendars.is_holiday(company, day):
        return occasion(Fate.HOLIDAY)
    return occasion(Fate.HOLDS)


def _nearest(company: "Company", scheme: Scheme, one: Occasion, reserved: set[date]) -> Occasion:
    """A date on which the company is closed, on the nearest day that will do, if the customer wants that.

    Nearer than half the way to the next date, so that it never meets another one that looks for a day.
    """
    if scheme.if_closed is Closed.SKIP:
        return one
    minutes, at = _length_and_time(scheme, one.day, one.course)
    reach = 3 if one.course.every is Every.WEEK else 6
    for distance in range(1, reach + 1):
        for day in (one.day - distance * DAY, one.day + distance * DAY):
            if (
                day not in reserved
                and not (scheme.ends and day > scheme.ends)
                and not _rests(scheme, day)
                and not calendars.is_holiday(company, day)
                and _fits(company, day, at, minutes)
            ):
                return Occasion(one.day, day, starts(company, day, at), Fate.MOVED, one.course)
    return one


def _length_and_time(scheme: Scheme, day: date, course: Course) -> tuple[int, time]:
    differs = scheme.differences.get(day, Difference())
    return differs.minutes or course.minutes, differs.at or course.at


def _rests(scheme: Scheme, day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in scheme.pauses)


def _fits(company: "Company", day: date, at: time, minutes: int) -> bool:
    """Whether a visit at that time lies within the hours for visits."""
    begins = starts(company, day, at)
    ends = begins + timedelta(minutes=minutes)
    return any(opens <= begins and ends <= closes for opens, closes in calendars.periods(company, day))
