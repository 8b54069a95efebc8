"""Joins a day and its time to one phrase, and puts phrases on the calendar."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from bot.readers.when.clocks import NOON, guess, settle, within
from bot.readers.when.dates import next_number
from bot.readers.when.grammar import SPOILED, Answer, Book, Found, Setting, rule
from bot.readers.when.values import (
    Clock,
    Days,
    Grain,
    Hours,
    Moment,
    Part,
    Phrase,
    Stretch,
    Thing,
    one_day,
    week_of,
)

BOOK: Final[Book] = []
_PIECE: Final = "(DAYS|PART|CLOCK|HOURS|PHRASE|MOMENT)"


@rule(BOOK, "EDGE DASH? PART", "PART EDGE (IN|THE)* PART")
def edge_of_a_part(found: Found) -> Answer:
    """Early morning, late tonight, mid-afternoon."""
    edge, part = found.token("EDGE"), found.things(Part)[-1]
    return _edged(part, edge.word if edge else "")


def _edged(part: Part, edge: str) -> Part:
    length = part.ends - part.begins
    if edge == "early":
        return Part("early " + part.name, part.begins, part.begins + length // 2)
    if edge == "mid":
        return Part("mid " + part.name, part.begins + length // 3, part.ends - length // 6)
    return Part("late " + part.name, part.begins + length // 2, part.ends)


@rule(BOOK, "EDGE DASH? DAYS SMALL* PART")
def edge_of_tonight(found: Found) -> Answer:
    """Late tonight."""
    edge = found.token("EDGE")
    return Phrase(found.things(Days)[0], _edged(found.things(Part)[0], edge.word if edge else ""))


@rule(BOOK, "DAYS AMPM")
def half_of_a_day(found: Found) -> Answer:
    """Tuesday PM."""
    letter = found.token("AMPM")
    part = Part("afternoon", NOON, 1080) if letter and letter.word == "p" else Part("morning", 480, NOON)
    return Phrase(found.things(Days)[0], part)


@rule(BOOK, "DAYS DAYTIME", "DAYTIME (?=CLOCK)")
def short_part(found: Found) -> Answer:
    """25号晚, 早8点: 早 and 晚 are parts of the day beside a day or a time."""
    token, days = found.token("DAYTIME"), found.things(Days)
    part = Part("evening", 1080, 1440) if token and token.word == "evening" else Part("morning", 360, NOON)
    return Phrase(days[0], part) if days else part


@rule(
    BOOK,
    "NOT (SMALL|OTHER)? (DAYS (AT|ON|IN|OF|THE)*)? (PART|CLOCK|HOURS|PHRASE|DAYS)",
    "(DAYS (AT|ON|IN|OF|THE)*)? (PART|CLOCK|HOURS|PHRASE|DAYS) (COMMA|AT)? OTHER? REFUSED",
)
def refused(found: Found) -> Answer:
    """明天不行, not tomorrow: a time that does not suit."""
    other = found.token("OTHER")
    return None if other is not None and other.end - other.start > _ASIDE else SPOILED


_ASIDE: Final = 8
"""How long words may be between a time and its refusal, "明天我家里没人"."""


@rule(BOOK, *["DAYS (COMMA|OR|AND)* DAYS"] * 3)
def days_in_a_row(found: Found) -> Answer:
    """明后天, 周六或周日, 9月10号、11号: days that follow each other are all meant, of others the first."""
    one, two = found.things(Days)
    same = not found.has("OR") and merged(phrase(one), phrase(two), found.setting)
    if one.grain != "day" or two.grain != "day" or same or "span" in (one.sort, two.sort):
        return None
    first = two.first
    if two.sort == "number":
        first = next(next_number(one.first, two.first.day))
    elif two.sort == "weekday":
        first = one.first + timedelta(days=(two.first - one.first).days % 7)
    return Days(one.first, first + (two.after - two.first), "day", one.sort) if first == one.after else one


@rule(BOOK, *[f"{_PIECE} (SMALL|BETWEEN)* {_PIECE}"] * 5)
def together(found: Found) -> Answer:
    """后天下午两点, 9 am on Saturday, Tuesday the 19th."""
    first, last = found.tokens[0].thing, found.tokens[-1].thing
    if first is None or last is None:
        return None
    return merged(phrase(first), phrase(last), found.setting)


@rule(BOOK, _PIECE)
def by_itself(found: Found) -> Answer:
    """A day or a time with nothing else to it."""
    thing = found.tokens[0].thing
    return None if thing is None else phrase(thing)


def phrase(thing: Thing) -> Phrase:
    """The phrase that says this alone."""
    if isinstance(thing, Phrase):
        return thing
    return Phrase(
        days=thing if isinstance(thing, Days) else None,
        part=thing if isinstance(thing, Part) else None,
        clock=thing if isinstance(thing, Clock) else None,
        hours=thing if isinstance(thing, Hours) else None,
        moment=thing if isinstance(thing, Moment) else None,
    )


def merged(one: Phrase, two: Phrase, setting: Setting) -> Phrase | None:
    """Both in one; None when they speak of different times."""
    if one.moment or two.moment:
        return None
    if (one.clock or one.hours) and (two.clock or two.hours):
        return one if one.clock == two.clock and one.hours == two.hours else None
    days = _one_of(one.days, two.days, setting)
    if days is None and (one.days or two.days):
        return None
    timed = one.clock or two.clock or one.hours or two.hours or one.part or two.part
    if timed and days is not None and not days.single and days.grain != "day":
        return None
    part = one.part or two.part
    if one.part and two.part and one.part != two.part:
        part = one.part if one.part.ends - one.part.begins < two.part.ends - two.part.begins else two.part
    return Phrase(days, part, one.clock or two.clock, one.hours or two.hours)


def _one_of(one: Days | None, two: Days | None, setting: Setting) -> Days | None:
    """The day that both name; None when they name two."""
    if one is None or two is None or one == two:
        return one or two
    for a, b in ((one, two), (two, one)):
        if a.sort != "weekday":
            continue
        if b.grain == "week" or b.sort == "weeks":
            b = week_of(b.first)
            return one_day(b.first + timedelta(days=a.first.weekday()))
        if b.sort == "number" and b.single:
            fitting = (
                day for day in next_number(setting.today, b.first.day) if day.weekday() == a.first.weekday()
            )
            return one_day(next(islice(fitting, 1), b.first), "number")
        if b.single and b.sort != "weekday":
            return b
    if one.first == two.first and one.single and two.single:
        return one
    return None


def placed(words: Phrase, setting: Setting, day: date | None = None) -> Stretch | None:
    """The phrase on the calendar; without a day of its own it is on `day`, or else the next time it comes."""
    if words.moment is not None:
        return Stretch(words.moment.at, None, words.moment.grain, True, True)
    days = words.days
    if (words.clock is None and words.hours is None and words.part is None) or (days and not days.single):
        return None if days is None else whole_days(days, setting)
    begins, ends, grain = _times(words, setting)
    first = days.first if days else day or setting.today
    stretch = _stretch(first, begins, ends, grain, setting, days is not None)
    passed = stretch.ends if grain == "part" else stretch.starts
    if day is None and passed is not None and passed < setting.now.replace(second=0, microsecond=0):
        if days is None:
            first += timedelta(days=1)
        elif days.sort == "weekday":
            first += timedelta(days=7)
        return _stretch(first, begins, ends, grain, setting, days is not None)
    return stretch


def _times(words: Phrase, setting: Setting) -> tuple[Clock, Clock | None, Grain]:
    """When on its day the phrase begins and ends."""
    earliest = -1
    if words.days is not None and words.days.first == setting.today and words.part is None:
        earliest = setting.now.hour * 60 + setting.now.minute
    if words.hours is not None:
        hours = words.hours
        if hours.begins.open and hours.ends.open:
            hours = replace(hours, begins=_still_ahead(hours.begins, earliest))
        hours = settle(hours, words.part)
        return hours.begins, hours.ends, "minute"
    if words.clock is not None:
        time_of = (
            within(words.clock, words.part) if words.part else guess(_still_ahead(words.clock, earliest))
        )
        return time_of, None, "minute" if time_of.second is None else "second"
    part = words.part or Part("day", 0, 0)
    return Clock(part.begins), Clock(part.ends), "part"


def _still_ahead(time_of: Clock, earliest: int) -> Clock:
    """Eight o'clock "today" is in the evening when it is past the morning's; others are left as they are."""
    if not time_of.open or time_of.exact or guess(time_of).minutes >= earliest:
        return time_of
    later = Clock(time_of.minutes + NOON, time_of.second)
    return later if later.minutes >= earliest else time_of


def _stretch(
    day: date, begins: Clock, ends: Clock | None, grain: Grain, setting: Setting, has_day: bool
) -> Stretch:
    return Stretch(at(day, begins, setting), at(day, ends, setting) if ends else None, grain, has_day, True)


def at(day: date, clock: Clock, setting: Setting) -> datetime:
    """That time of that day on the clock on the wall."""
    later, minutes = divmod(clock.minutes, 1440)
    hour = time(minutes // 60, minutes % 60, clock.second or 0, tzinfo=setting.now.tzinfo)
    return datetime.combine(day + timedelta(days=later), hour)


def whole_days(days: Days, setting: Setting) -> Stretch:
    """From the first midnight to the last."""
    midnight = time(tzinfo=setting.now.tzinfo)
    first, last = datetime.combine(days.first, midnight), datetime.combine(days.after, midnight)
    return Stretch(first, last, days.grain, True, False)
