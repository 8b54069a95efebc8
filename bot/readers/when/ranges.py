"""From one time to another, before and after: 2点到5点, from Monday to Wednesday, by noon, 八点以后."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.readers.when.clocks import clock, follow_up
from bot.readers.when.dates import next_date, next_number
from bot.readers.when.grammar import Answer, Book, Found, Token, kind, rule
from bot.readers.when.offsets import moment_after
from bot.readers.when.phrases import placed
from bot.readers.when.values import Clock, Days, Hours, Length, Phrase, Stretch

HOURS: Final[Book] = []
"""Rules for hours of one day; tried before days and times are joined."""
BOOK: Final[Book] = []
"""Rules for phrases; they put them on the calendar."""


@rule(
    HOURS,
    "(FROM|BETWEEN)? CLOCK TILL CLOCK AMONG?",
    "BETWEEN CLOCK AND CLOCK",
    "CLOCK AND CLOCK AMONG",
    "AFTER CLOCK BUT? AND? BEFORE CLOCK",
)
def between_times(found: Found) -> Answer:
    """2点到5点, 9h30 - 11h, between 9:30 and 11:00, later than 3:30pm but before 6pm."""
    begins, ends = found.things(Clock)
    return Hours(begins, ends)


@rule(HOURS, "(FROM|BETWEEN)? INT TILL CLOCK", "BETWEEN INT AND CLOCK")
def from_a_number(found: Found) -> Answer:
    """9~12点半, between 5 and 6pm."""
    begins = clock(found.numbers()[0])
    plain = found.follows("DECIMAL", "SLASHED", "DOOR", "MONTH", "DASH", "HAO", "YUE")
    return None if begins is None or plain else Hours(begins, found.things(Clock)[0])


@rule(HOURS, "(FROM|BETWEEN)? CLOCK (TILL) (INT|NUM3)", "BETWEEN CLOCK AND INT")
def to_a_number(found: Found) -> Answer:
    """8am until 6, 1:30pm to 4."""
    number = found.numbers()[0]
    ends = clock(number // 100, number % 100) if number > 99 else clock(number)
    counted = found.leads("HAO", "YUE", "MONTH", "UNIT", "LENGTH", "GE", "RI")
    if ends is None or counted or not follow_up(found) or ends == found.things(Clock)[0]:
        return None
    return Hours(found.things(Clock)[0], ends)


@rule(
    HOURS,
    "(?<=DAYS|PHRASE|PART|COMMA|OF) (FROM|BETWEEN|AT)* INT (TILL|AND) INT",
    "(FROM|BETWEEN|AT) INT (TILL|AND) INT (?=SMALL* (DAYS|PHRASE|PART))",
)
def between_numbers(found: Found) -> Answer:
    """The hours of "Monday 12-4" and "from 7 to 9 tomorrow"; "two to four people" is none."""
    numbers = found.numbers()
    begins, ends = clock(numbers[0]), clock(numbers[1])
    counted = found.leads("HAO", "YUE", "MONTH", "UNIT", "LENGTH", "GE", "RI", "DASH", "ORDINAL")
    if (found.has("AND") and not found.has("BETWEEN")) or counted or not follow_up(found):
        return None
    if found.follows("COMMA", "OF") and not (found.has("FROM") or found.has("BETWEEN")):
        return None
    if begins is None or ends is None or begins == ends or not all(numbers):
        return None
    return Hours(begins, ends)


def after_a_change(line: list[Token]) -> list[Token]:
    """What follows "改到" or "move … to": the time before it is the old one."""
    changed = next((i for i, token in enumerate(line) if token.kind == _CHANGE), None)
    if changed is None:
        return line
    if line[changed].word:
        to = next((i for i, token in enumerate(line[changed:], changed) if token.kind == _TO), None)
        return line if to is None else line[to + 1 :]
    return line[changed + 1 :]


_CHANGE: Final = kind("CHANGE")
_TO: Final = kind("TO")


@rule(
    BOOK,
    "(FROM|BETWEEN|START)? PHRASE COMMA? TILL PHRASE AMONG?",
    "BETWEEN PHRASE AND PHRASE",
    "PHRASE AND PHRASE AMONG",
)
def between_phrases(found: Found) -> Answer:
    """From 4pm today to 5pm tomorrow, 2月28日-3月1日, 今晚10点到明早6点."""
    first, last = found.things(Phrase)
    begun = placed(first, found.setting)
    if begun is None or begun.starts is None or first.hours or last.hours:
        return None
    if not begun.has_time and last.part and not last.clock:
        last = replace(last, part=None)
    if last.days is None:
        last = replace(last, part=last.part or (first.part if last.clock and last.clock.open else None))
        ended = placed(last, found.setting, begun.starts.date())
    else:
        last, first = _in_row(first, last, found)
        begun = placed(first, found.setting)
        ended = placed(last, found.setting)
    if begun is None or begun.starts is None or ended is None:
        return None
    ends = ended.starts if last.clock else ended.ends or ended.starts
    while ends is not None and ends <= begun.starts and last.days is None:
        ends += timedelta(days=1)
    if ends is None or ends <= begun.starts:
        return begun
    has_time = begun.has_time and ended.has_time
    if not has_time:
        return Stretch(begun.starts.replace(hour=0, minute=0), ends, "day", begun.has_day, False)
    return Stretch(begun.starts, ends, "minute", begun.has_day, True)


def _in_row(first: Phrase, last: Phrase, found: Found) -> tuple[Phrase, Phrase]:
    """The phrases with the later day moved behind the earlier one where its words allow that."""
    one, two = first.days, last.days
    if one is None or two is None:
        return last, first
    if one.sort == "floating" and two.sort == "date" and not first.clock:
        in_year = next_date(two.first.replace(month=1, day=1), one.first.month, one.first.day)
        if in_year is not None and in_year <= two.first:
            first = replace(first, days=Days(in_year, in_year + (one.after - one.first), "day", "date"))
    elif two.first < one.first:
        moved = None
        if two.sort == "weekday":
            moved = two.first + timedelta(days=7)
        elif two.sort == "floating":
            moved = next_date(one.first, two.first.month, two.first.day)
        elif two.sort == "number":
            moved = next(next_number(one.first, two.first.day), None)
        if moved is not None:
            last = replace(last, days=Days(moved, moved + (two.after - two.first), "day", two.sort))
    elif two.sort == "following":
        moved = one.first + (two.first - found.setting.today)
        last = replace(last, days=Days(moved, moved + timedelta(days=1)))
    return last, first


@rule(
    BOOK,
    "(FROM|START)* PHRASE FOR LENGTH",
    "FOR LENGTH (START|FROM)* PHRASE",
    "LENGTH START (ON|FROM)* PHRASE",
)
def for_a_while(found: Found) -> Answer:
    """From 10 am for 3 hours, for a week starting tomorrow."""
    begun, lasts = placed(found.things(Phrase)[0], found.setting), found.things(Length)[0]
    if begun is None or begun.starts is None:
        return None
    if begun.has_time or not lasts.seconds:
        begins = begun.starts
        ends = moment_after(begins, lasts)
        if not begun.has_time and found.tokens[-1].thing is lasts:
            ends += timedelta(days=1)
        return Stretch(begins, ends, begun.grain, begun.has_day, begun.has_time)
    return begun


@rule(BOOK, "PHRASE AFTER PHRASE", "PHRASE BEFORE PHRASE")
def day_and_border(found: Found) -> Answer:
    """Tomorrow after 4pm, Feb 1st no later than 6:00."""
    day, time_of = found.things(Phrase)
    if day.days is None or day.clock or day.hours or time_of.days is not None:
        return None
    placed_time = placed(replace(time_of, days=day.days), found.setting)
    return None if placed_time is None else _border(placed_time, after=found.has("AFTER"))


def _border(stretch: Stretch, *, after: bool) -> Stretch:
    """After it, or before it; days and parts of a day are left out themselves."""
    if after:
        later = stretch.ends if stretch.grain not in ("minute", "second") and stretch.ends else stretch.starts
        return replace(stretch, starts=later, ends=None)
    return replace(stretch, starts=None, ends=stretch.starts)


@rule(BOOK, "BEFORE PHRASE AHEAD?", "PHRASE AHEAD", "(?<!DAYS) TO PHRASE")
def before(found: Found) -> Answer:
    """By 2pm, 周五之前, until noon; a day that is the last ("by Friday") is still in."""
    stretch = placed(found.things(Phrase)[0], found.setting)
    word = found.tokens[0].word
    if stretch is None or (found.has("TO") and not word.startswith(("till", "til", "until"))):
        return None
    if word not in ("before", "earlier than", "prior to", "") and stretch.grain == "day" and stretch.ends:
        return replace(stretch, starts=None, ends=stretch.ends)
    return _border(stretch, after=False)


@rule(BOOK, "AFTER PHRASE (LATER|THEN)?", "PHRASE LATER")
def after(found: Found) -> Answer:
    """After 4pm, 八点以后, 周三之后; the day named is not among those after it."""
    stretch = placed(found.things(Phrase)[0], found.setting)
    return None if stretch is None else _border(stretch, after=True)


@rule(BOOK, "(FROM|START) PHRASE THEN?", "PHRASE THEN")
def from_then_on(found: Found) -> Answer:
    """From October, starting January 7th, 下周一起."""
    stretch = placed(found.things(Phrase)[0], found.setting)
    if stretch is None or stretch.grain in ("week", "month", "year"):
        return stretch
    words = found.things(Phrase)[0]
    if words.hours or (words.days and not words.days.single):
        return stretch
    return replace(stretch, ends=None)


@rule(BOOK, "PHRASE")
def simply(found: Found) -> Answer:
    """A day, a time, or both."""
    return placed(found.things(Phrase)[0], found.setting)
