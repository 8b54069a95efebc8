"""Reads days and times as customers type them, in Chinese and English."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.readers.when import chinese, clocks, dates, days, offsets, phrases, ranges
from bot.readers.when.conventions import DAY_FIRST, READ_AT_MOST
from bot.readers.when.grammar import Setting, Token, apply, kind
from bot.readers.when.tokens import Cutter
from bot.readers.when.values import Grain, Stretch

__all__ = ["Grain", "Reading", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says about when, as wall-clock times in the zone of the `now` it was read with."""

    starts: datetime | None
    """None for "before five": only the end was said."""
    ends: datetime | None
    """Not included; None for a point in time and for "after five". A day ends at the next midnight."""
    grain: Grain
    """How fine it was said: the second, the minute, the part of a day, the day, week, month or year."""
    text: str
    """The words understood, as they were typed."""
    span: tuple[int, int]
    """Where these words are in the message."""
    has_day: bool
    """Whether a day was said; if not, `starts` is on the next day that has the time still ahead."""
    has_time: bool
    """Whether a time or a part of the day was said."""


_BOOKS: Final = (
    days.RECURRING,
    clocks.SAID,
    offsets.LENGTHS,
    offsets.OFFSETS,
    dates.DATES,
    days.BOOK,
    dates.NUMBERS,
    offsets.AFTER_DAYS,
    clocks.BARE,
    clocks.PARTED,
    ranges.HOURS,
    phrases.BOOK,
    ranges.BOOK,
)
"""In the order they are applied: what says by itself what it is goes first."""
_TELLING: Final = frozenset(
    kind(name)
    for name in (
        "NUM NUM3 NUM4 WORDNUM TENS ORDINAL DECIMAL SLASHED DASHED DOTTED HMS RELDAY WEEKDAY WEEKEND MONTH"
        " YUE NIAN RI HAO UNIT PART DAYTIME RELYEAR FESTIVAL NOW DIAN OCLOCK AMPM CLOCK"
    ).split()
)
"""Without one of these there is no time in a message, and no rule is tried."""
_NOW: Final = kind("NOW")


def read(text: str, now: datetime, language: str) -> Reading | None:
    """The day and time the message speaks of, in either language; None when there is none it is sure about.

    `now` is aware, in the company's zone. `language` (a BCP 47 tag) only decides which number of 3/4 is
    the month. Days without a year, weekdays and times without a day are the next that come.
    """
    plain = text[:READ_AT_MOST].translate(chinese.PLAIN)
    line = ranges.after_a_change(Cutter(plain).cut())
    if not any(token.kind in _TELLING for token in line):
        return None
    setting = Setting(plain, now, now.date(), language.lower() in DAY_FIRST)
    try:
        for book in _BOOKS:
            line = apply(book, line, setting)
    except (OverflowError, ValueError):
        # Days before the year 1 or after 9999.
        return None
    return _chosen(line, setting, text)


def _chosen(line: list[Token], setting: Setting, text: str) -> Reading | None:
    """The best of what was found: a day with its time, else the first day with the first time."""
    found = [(token, token.thing) for token in line if isinstance(token.thing, Stretch)]
    for token, stretch in found:
        if stretch.has_day and stretch.has_time:
            return _reading(stretch, text, token.start, token.end)
    day = next(((t, s) for t, s in found if s.has_day), None)
    hour = next(((t, s) for t, s in found if s.has_time), None)
    if day and hour:
        joined = _joined(day[1], hour[1])
        if joined is not None:
            return _reading(joined, text, min(day[0].start, hour[0].start), max(day[0].end, hour[0].end))
        return _reading(day[1], text, day[0].start, day[0].end)
    best = day or hour
    if best is not None:
        return _reading(best[1], text, best[0].start, best[0].end)
    moment = next((token for token in line if token.kind == _NOW), None)
    if moment is None or (moment.word == "now" and moment is not line[-1]):
        return None
    return _reading(Stretch(setting.now, None, "minute", True, True), text, moment.start, moment.end)


def _joined(day: Stretch, hour: Stretch) -> Stretch | None:
    """The time on that day, where it is one day."""
    if day.starts is None or day.grain != "day" or day.ends != day.starts + timedelta(days=1):
        return None
    base = hour.starts or hour.ends
    if base is None:
        return None
    shift = day.starts.date() - base.date()
    starts = None if hour.starts is None else hour.starts + shift
    return Stretch(starts, None if hour.ends is None else hour.ends + shift, hour.grain, True, True)


def _reading(stretch: Stretch, text: str, start: int, end: int) -> Reading:
    return Reading(
        stretch.starts,
        stretch.ends,
        stretch.grain,
        text[start:end],
        (start, end),
        stretch.has_day,
        stretch.has_time,
    )
