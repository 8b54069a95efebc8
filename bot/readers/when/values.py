"""What a run of words can mean: days, a part of the day, a clock time, some hours, a length, a moment."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

Grain: TypeAlias = Literal["second", "minute", "part", "day", "week", "month", "year"]
Sort: TypeAlias = Literal["weekday", "number", "date", "floating", "relative", "weeks", "following", "span"]


@dataclass(frozen=True, slots=True)
class Days:
    """One day or several, from `first` up to but without `after`."""

    first: date
    after: date
    grain: Grain = "day"
    sort: Sort = "relative"
    """How it was said: a weekday, the number of a day in some month, a date with its year or without
    (floating), from today on (by weeks: weeks), from the day before in the sentence (following), a week
    or more (span)."""

    @property
    def single(self) -> bool:
        return self.grain == "day" and self.after - self.first == timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day by its name in `conventions.PARTS`, in minutes from midnight."""

    name: str
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes from midnight of the day it belongs to; past 1440 it is already the next day.

    While `open`, the half of the day was not said and `minutes` is below 720: it may also be 720 more.
    Written with a zero ("03:00") it is `exact`: without a part of the day beside it, it is what it says.
    """

    minutes: int
    second: int | None = None
    open: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """From one clock time to another."""

    begins: Clock
    ends: Clock


@dataclass(frozen=True, slots=True)
class Length:
    """So many months, days and seconds: "two weeks", "半小时"."""

    months: int = 0
    days: int = 0
    seconds: int = 0
    grain: Grain = "day"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant counted from now."""

    at: datetime
    grain: Grain = "minute"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A day and its time, as far as they were said together."""

    days: Days | None = None
    part: Part | None = None
    clock: Clock | None = None
    hours: Hours | None = None
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phrase put on the calendar; either end may be open."""

    starts: datetime | None
    ends: datetime | None
    grain: Grain
    has_day: bool
    has_time: bool


Thing: TypeAlias = Days | Part | Clock | Hours | Length | Moment | Phrase | Stretch


def one_day(day: date, sort: Sort = "relative") -> Days:
    """That day alone."""
    return Days(day, day + timedelta(days=1), "day", sort)


def week_of(day: date) -> Days:
    """The week of that day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=7), "week", "span")


def month_of(year: int, month: int) -> Days:
    """That month; months beyond 12 or below 1 run into other years."""
    return Days(month_start(year, month), month_start(year, month + 1), "month", "span")


def month_start(year: int, month: int) -> date:
    """The first of that month; months beyond 12 or below 1 run into other years."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def later_month(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day."""
    first = month_start(day.year, day.month + months)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def add(day: date, length: Length) -> date:
    """The day that lies the months and days of `length` after `day`."""
    return later_month(day, length.months) + timedelta(days=length.days)
