"""When the company works: hours with several periods a day, public holidays, swapped days, closures."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Annotated, Self
from zoneinfo import ZoneInfo

import holidays
from pydantic import AfterValidator, model_validator

from core.catalogue import Section, Words, closest

if TYPE_CHECKING:
    from core.company import Company

DAY = timedelta(days=1)
LONGEST_CLOSURE_DAYS = 400
"""A company closed for longer than this is closed for good."""
SPRING_FESTIVAL = "Chinese New Year (Spring Festival)"
"""How the holidays library calls it in English."""


class Period(Section):
    """Open from `opens` until `closes`, wall-clock times of one day; closing at 00:00 is the day's end."""

    opens: time
    closes: time

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        match = re.fullmatch(r"\s*(\d\d:\d\d)\s*[-–~]\s*(\d\d:\d\d)\s*", given)
        if not match:
            raise ValueError(f'{given!r} is not a period; write it like "08:30-12:00"')
        opens, closes = match.groups()
        return {"opens": opens, "closes": "00:00" if closes == "24:00" else closes}

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.closes != time(0) and self.closes <= self.opens:
            raise ValueError(f"closes at {self.closes:%H:%M}, before it opens; exchange the two times")
        return self


def _apart(given: tuple[Period, ...]) -> tuple[Period, ...]:
    for before, after in pairwise(given):
        if before.closes == time(0) or after.opens < before.closes:
            raise ValueError(
                f"{after.opens:%H:%M} comes before the period that opens at {before.opens:%H:%M} is over; "
                "write periods in order and apart"
            )
    return given


Periods = Annotated[tuple[Period, ...], AfterValidator(_apart)]


class BusinessHours(Section):
    """The periods of each weekday, and of days that are not what their weekday says."""

    monday: Periods = ()
    tuesday: Periods = ()
    wednesday: Periods = ()
    thursday: Periods = ()
    friday: Periods = ()
    saturday: Periods = ()
    sunday: Periods = ()
    holiday: Periods | None = None
    """On public holidays; none given: as on any such weekday; an empty list: closed."""
    swapped: Periods | None = None
    """On weekend days that are worked in exchange for a holiday; none given: as on Mondays."""

    @model_validator(mode="after")
    def _opens_at_all(self) -> Self:
        if not any(self.of_weekday(weekday) for weekday in range(7)):
            raise ValueError("never open; give at least one day a period")
        return self

    def of_weekday(self, weekday: int) -> Periods:
        """The periods of a weekday, 0 being Monday."""
        return (
            self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday,
        )[weekday]  # fmt: skip


class Closure(Section):
    """Days, both ends included, on which nobody works."""

    first: date
    last: date
    reason: Words

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"ends on {self.last}, before it begins; exchange first and last")
        return self


class AlwaysClosed(ValueError):
    """The company does not open again within a year: its closures or hours are wrong."""


def periods(
    company: "Company", day: date, hours: BusinessHours | None = None
) -> tuple[tuple[datetime, datetime], ...]:
    """When the company is open on `day` of its zone: (opens, closes), aware UTC, in order.

    The hours for visits unless others are given (`company.office` is when requests are answered).
    """
    if closure(company, day):
        return ()
    hours = hours or company.hours
    chosen = hours.of_weekday(day.weekday())
    if day in _public(company.country, day.year, None):
        chosen = chosen if hours.holiday is None else hours.holiday
    elif day.weekday() >= 5 and is_workday(company, day):
        chosen = hours.monday if hours.swapped is None else hours.swapped
    spans = (
        (
            _moment(company.zone, day, period.opens, closing=False),
            _moment(
                company.zone, day if period.closes != time(0) else day + DAY, period.closes, closing=True
            ),
        )
        for period in chosen
    )
    return tuple((opens, closes) for opens, closes in spans if opens < closes)


def _moment(zone: ZoneInfo, day: date, wall: time, *, closing: bool) -> datetime:
    """A wall-clock time in UTC; where clocks skip it, such that no period grows, though it may vanish."""
    local = datetime.combine(day, wall, zone)
    moment = local.astimezone(UTC)
    is_skipped = moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None)
    return local.replace(fold=1).astimezone(UTC) if closing and is_skipped else moment


def is_open(company: "Company", day: date) -> bool:
    """Whether visits take place at all on that day."""
    return bool(periods(company, day))


def closure(company: "Company", day: date) -> Words | None:
    """Why the company is closed on that day, if it closed of its own will."""
    return next((c.reason for c in company.closures if c.first <= day <= c.last), None)


def is_holiday(company: "Company", day: date, language: str | None = None) -> str | None:
    """The name of the public holiday, in `language` or the company's first, or None on other days."""
    name = _public(company.country, day.year, language or company.languages[0]).get(day)
    return str(name) if name else None


def is_statutory(company: "Company", day: date) -> bool:
    """Whether the day is itself a public holiday, not a day off in exchange for one, before or after it."""
    made = _public(company.country, day.year, None, observed=False)
    exchanged = str(getattr(made, "substituted_label", "")).partition("%s")[0]
    name = str(made.get(day, ""))
    return bool(name) and not (exchanged and name.startswith(exchanged))


def is_workday(company: "Company", day: date) -> bool:
    """Whether people work on that day: no public holiday, no weekend unless it was swapped."""
    return bool(_public(company.country, day.year, None).is_working_day(day))


def later(company: "Company", moment: datetime, minutes: int, hours: BusinessHours | None = None) -> datetime:
    """The moment `minutes` open minutes after `moment`, aware UTC; office hours unless others are given.

    Closed time does not count. From a closed moment it counts from the next opening, so that 0 minutes
    later is the first open moment, never before `moment`. Raises `AlwaysClosed`.
    """
    if minutes < 0:
        raise ValueError("time runs forward")
    hours = hours or company.office
    left = timedelta(minutes=minutes)
    start = moment.astimezone(UTC)
    # A period of the day before may end at this very midnight.
    first = moment.astimezone(company.zone).date() - DAY
    for ahead in range(LONGEST_CLOSURE_DAYS):
        for opens, closes in periods(company, first + ahead * DAY, hours):
            if closes < start:
                continue
            since = max(opens, start)
            if left <= closes - since:
                return since + left
            left -= closes - since
    raise AlwaysClosed(f"not open for {minutes} minutes within {LONGEST_CLOSURE_DAYS} days of {moment}")


def earlier(
    company: "Company", moment: datetime, minutes: int, hours: BusinessHours | None = None
) -> datetime:
    """The latest moment from which `minutes` open minutes lead to `moment`: `later`, turned round.

    From a closed moment it counts from the last closing, so that 0 minutes earlier is the last open moment,
    never after `moment`. Raises `AlwaysClosed`.
    """
    if minutes < 0:
        raise ValueError("time runs backward here")
    hours = hours or company.office
    left = timedelta(minutes=minutes)
    end = moment.astimezone(UTC)
    last = moment.astimezone(company.zone).date()
    for back in range(LONGEST_CLOSURE_DAYS):
        for opens, closes in reversed(periods(company, last - back * DAY, hours)):
            if opens > end:
                continue
            until = min(closes, end)
            if left <= until - opens:
                return until - left
            left -= until - opens
    raise AlwaysClosed(f"not open for {minutes} minutes within {LONGEST_CLOSURE_DAYS} days before {moment}")


def days_later(
    company: "Company", moment: datetime, days: int, hours: BusinessHours | None = None
) -> datetime:
    """The last open moment, aware UTC, not after this time of day so many open days later.

    Days that are closed from morning to night do not count; from such a day it counts from the next opening.
    Raises `AlwaysClosed`.
    """
    hours = hours or company.office
    since = moment.astimezone(company.zone)
    if not periods(company, since.date(), hours):
        since = later(company, moment, 0, hours).astimezone(company.zone)
    ahead = (since.date() + n * DAY for n in range(1, LONGEST_CLOSURE_DAYS))
    open_days = (day for day in ahead if periods(company, day, hours))
    last = next(islice(open_days, days - 1, None), None)
    if last is None:
        raise AlwaysClosed(f"not open on {days} days within {LONGEST_CLOSURE_DAYS} days of {moment}")
    return earlier(company, datetime.combine(last, since.timetz()), 0, hours)


def between(company: "Company", since: datetime, until: datetime, hours: BusinessHours | None = None) -> int:
    """How many whole open minutes there are from `since` to `until`; 0 where that is not later."""
    hours = hours or company.office
    total = timedelta()
    # A period of the day before may reach into this one.
    day, last = (moment.astimezone(company.zone).date() for moment in (since - DAY, until))
    while day <= last:
        for opens, closes in periods(company, day, hours):
            total += max(min(closes, until) - max(opens, since), timedelta())
        day += DAY
    return total // timedelta(minutes=1)


@lru_cache(maxsize=64)
def spring_festival(year: int) -> date:
    """The first day of the lunar year that begins in `year`."""
    return min(_public("CN", year, "en").get_named(SPRING_FESTIVAL, lookup="exact"))


def named(name: str, year: int) -> date | None:
    """The first day of that public holiday of mainland China, as the library calls it in English; two of them
    may be on one day. None where it knows of none."""
    made = _public("CN", year, "en", observed=False)
    return min((day for day, names in made.items() if name in str(names).split("; ")), default=None)


@lru_cache(maxsize=128)
def _public(country: str, year: int, language: str | None, *, observed: bool = True) -> holidays.HolidayBase:
    """A year's public holidays, made once, with names in `language` or, with none, in the country's own."""
    known = holidays.country_holidays(country)
    tag = known.default_language
    if language is not None and known.supported_languages:
        tag = closest(language, tuple(name.replace("_", "-") for name in known.supported_languages))
    return holidays.country_holidays(
        country, years=year, expand=False, observed=observed, language=tag and tag.replace("-", "_")
    )
