"""Dates of the calendar: 11月25号, 25号, 2026-11-25, 25 November, the first of March, October 2026."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from bot.readers.when import chinese, english
from bot.readers.when.clocks import follow_up
from bot.readers.when.conventions import NEAR_DAYS, YEARS
from bot.readers.when.grammar import SPOILED, Answer, Book, Found, kind, rule
from bot.readers.when.values import Days, month_of, month_start, one_day

DATES: Final[Book] = []
"""Rules for dates with a month."""
NUMBERS: Final[Book] = []
"""Rules for the plain number of a day, tried when nothing else wants the number."""


def next_date(today: date, month: int, day: int) -> date | None:
    """The first such date that is not past; None where no calendar shows it."""
    for year in range(today.year, today.year + 9):
        if (
            1 <= month <= 12
            and 1 <= day <= calendar.monthrange(year, month)[1]
            and date(year, month, day) >= today
        ):
            return date(year, month, day)
    return None


def next_number(today: date, day: int) -> Iterator[date]:
    """The coming days with that number in their month, today first if it is one."""
    for later in range(13):
        first = month_start(today.year, today.month + later)
        if 1 <= day <= calendar.monthrange(first.year, first.month)[1] and first.replace(day=day) >= today:
            yield first.replace(day=day)


def full(year: int, month: int, day: int) -> Days | None:
    """That date; a year of two digits is of this century."""
    year = year + 2000 if year < 100 else year
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return one_day(date(year, month, day), "date")


def dated(found: Found, month: int, day: int, year: int | None = None) -> Answer:
    """That date, in the next year that has it when no year was said; SPOILED when there is none."""
    if year is not None:
        return full(year, month, day) or SPOILED
    coming = next_date(found.setting.today, month, day)
    return one_day(coming, "floating") if coming else SPOILED


def days_between(first: Answer, last: Answer) -> Answer:
    """All days of two dates; SPOILED when they do not make a row."""
    if not isinstance(first, Days) or not isinstance(last, Days):
        return SPOILED
    ends = last.first
    if ends < first.first:
        ends = next_date(first.first, ends.month, ends.day) or ends
    return Days(first.first, ends + timedelta(days=1), "day", first.sort)


def relative_year(found: Found) -> int | None:
    """The year said with 今年, 明年 or in digits."""
    if found.has("RELYEAR"):
        return found.setting.today.year + found.number("RELYEAR")
    return found.number("NUM4") if found.has("NUM4") else None


@rule(DATES, "YEAR DASH NUM", "NUM DASH YEAR")
def year_and_month(found: Found) -> Answer:
    """2016 - 11, 11 - 2016."""
    year, month = found.number("NUM4"), found.number("NUM")
    return month_of(year, month) if year in YEARS and 1 <= month <= 12 else None


@rule(DATES, "DASHED", "DOTTED", "SLASHED")
def in_digits(found: Found) -> Answer:
    """2026-11-25, 2026/11/25, 11/25/2026, 4/25, 2014/10, 09-2012; 1/2 of something is none."""
    word = found.tokens[0].word
    numbers = [int(n) for n in word.replace("/", "-").replace(".", "-").split("-")]
    if len(numbers) == 2 and max(numbers) in YEARS:
        year, month = (numbers[0], numbers[1]) if numbers[0] in YEARS else (numbers[1], numbers[0])
        return month_of(year, month) if 1 <= month <= 12 else SPOILED
    if len(numbers) == 2:
        return _month_and_day(found, numbers[0], numbers[1])
    if numbers[0] > 31:
        return full(*numbers) or SPOILED
    month, day = _ordered(found, numbers[0], numbers[1])
    return full(numbers[2], month, day) or SPOILED


def _ordered(found: Found, first: int, second: int) -> tuple[int, int]:
    """Month and day as this language writes them, or the other way round where only that is a date."""
    day_first = found.setting.day_first if max(first, second) <= 12 else first > 12
    return (second, first) if day_first else (first, second)


def _month_and_day(found: Found, first: int, second: int) -> Answer:
    if (
        not (follow_up(found) or found.leads("DASH"))
        or (first, second) == (24, 7)
        or (found.follows("OTHER") and found.char_before() in "¥$￥")
    ):
        return SPOILED
    month, day = _ordered(found, first, second)
    return dated(found, month, day)


@rule(DATES, "NUM DASH NUM (HAO|RI)?")
def with_a_dash(found: Found) -> Answer:
    """09-01, 12-25, Friday 7-6, 11-25号, 11-23 alone; 2-5 may be anything."""
    first, second = found.numbers()
    words = (found.tokens[0].word, found.tokens[2].word)
    alone = found.before is None and found.after is None and second > 12
    sure = (
        alone or words[0].startswith("0") or words[1].startswith("0") or second > 24 or len(found.tokens) > 3
    )
    beside = found.follows("WEEKDAY") or found.leads("WEEKDAY", "CLOCK", "HMS", "PART")
    text = found.setting.text[found.tokens[1].start : found.tokens[1].end]
    if text != "-" or not found.touching() or (len(found.tokens) > 3 and first > 12):
        return None
    if (not (sure and follow_up(found)) and not beside) or not 1 <= first <= 12 or not 1 <= second <= 31:
        return None
    if beside and not sure and found.leads("CLOCK", "PART") and second <= 12:
        return None
    return dated(found, first, second)


@rule(DATES, "DECIMAL (HAO|RI)?")
def with_a_point(found: Found) -> Answer:
    """6·30, 11.25号, 11.25下午, Friday 7.6; a number with a point may be a price or a size."""
    word = found.tokens[0].word
    month, day = (int(n) for n in word.replace("·", ".").split("."))
    beside = found.follows("WEEKDAY") or found.leads("WEEKDAY", "PART", "CLOCK", "FROM", "DASH", "TO")
    alone = found.before is None and (
        found.after is None or (found.after.kind == kind("OTHER") and follow_up(found))
    )
    zero = word.startswith("0") or word.endswith("0")
    if "·" in word or len(found.tokens) > 1 or (beside and not zero) or (alone and len(word) > 3 and day > 9):
        answer = dated(found, month, day)
        near = found.setting.today + timedelta(days=NEAR_DAYS)
        if isinstance(answer, Days) and (
            answer.first <= near or "·" in word or len(found.tokens) > 1 or beside
        ):
            return answer
    return None


@rule(
    DATES,
    "(YEAR|RELYEAR|NUM) NIAN? OF? INT YUE OF? INT (HAO|RI)? TILL INT (HAO|RI)",
    "INT YUE OF? INT (HAO|RI)? TILL INT (HAO|RI)",
)
def days_of_a_yue(found: Found) -> Answer:
    """11月25到27号."""
    numbers = [n for n in found.numbers() if n < 100]
    year = relative_year(found)
    month, first, last = numbers[-3:]
    return days_between(dated(found, month, first, year), dated(found, month, last, year))


@rule(
    DATES,
    "(YEAR|NUM) NIAN INT YUE INT (HAO|RI)?",
    "RELYEAR OF? INT YUE INT (HAO|RI)?",
    "INT YUE OF? INT (HAO|RI)?",
)
def yue_and_day(found: Found) -> Answer:
    """2026年11月25日, 明年三月五号, 11月25号, 十一月二十五."""
    numbers = found.numbers()
    if numbers[-1] > 31 or (
        found.leads("GE", "UNIT", "YUE", "DIAN") and not (found.has("HAO") or found.has("RI"))
    ):
        return None
    if len(numbers) == 3:
        return dated(found, numbers[1], numbers[2], numbers[0] if numbers[0] > 99 else numbers[0] + 2000)
    return dated(found, numbers[-2], numbers[-1], relative_year(found))


@rule(
    DATES, "(YEAR|NUM) NIAN OF? (INT YUE|ORDINAL GE YUE)", "RELYEAR OF? (INT YUE|ORDINAL GE YUE)", "INT YUE"
)
def yue(found: Found) -> Answer:
    """2018年10月, 明年九月, 3月份."""
    numbers = found.numbers()
    month, year = numbers[-1], relative_year(found)
    if len(numbers) == 2:
        year = numbers[0] + 2000 if numbers[0] < 100 else numbers[0]
    if not 1 <= month <= 12:
        return SPOILED
    return _coming_month(found, month, year)


def _coming_month(found: Found, month: int, year: int | None) -> Answer:
    today = found.setting.today
    if year is None:
        year = today.year + (month < today.month)
    return month_of(year, month) if year in YEARS else SPOILED


@rule(DATES, "REL GE? YUE OF? INT (HAO|RI)")
def number_in_a_relative_yue(found: Found) -> Answer:
    """下个月15号, 本月二十号."""
    today = found.setting.today
    month = month_of(today.year, today.month + found.number("REL"))
    return _in_month(month, found.numbers()[-1])


def _in_month(month: Days, day: int) -> Answer:
    if not 1 <= day <= (month.after - month.first).days:
        return SPOILED
    return one_day(month.first.replace(day=day), "date")


@rule(DATES, "INT (HAO|RI)? TILL INT HAO")
def several_numbers(found: Found) -> Answer:
    """25到27号, 25号-27号."""
    first, last = found.numbers()
    coming = next(next_number(found.setting.today, first), None)
    if coming is None or house_number(found) or last > 31:
        return SPOILED
    ends = next(next_number(coming, last), None)
    return SPOILED if ends is None else Days(coming, ends + timedelta(days=1), "day", "number")


@rule(DATES, "INT (COMMA|OR|AND) INT HAO")
def one_of_two_numbers(found: Found) -> Answer:
    """25、26号: both days when they follow each other, else the first."""
    first, last = found.numbers()
    coming = next(next_number(found.setting.today, first), None)
    if coming is None or house_number(found) or last > 31:
        return None
    return Days(coming, coming + timedelta(days=2 if last == first + 1 else 1), "day", "number")


@rule(DATES, "INT HAO", "(NUM|CN) RI")
def number_alone(found: Found) -> Answer:
    """25号, 29日; not 一日 (a day long), 25号楼 or 天府大道25号."""
    said = found.tokens[0]
    if found.tokens[1].kind == kind("RI") and (
        (said.kind == kind("CN") and len(said.word) == 1) or found.leads("INSIDE", "LATER")
    ):
        return SPOILED
    if house_number(found):
        return SPOILED
    coming = next(next_number(found.setting.today, said.number), None)
    return one_day(coming, "number") if coming else SPOILED


def house_number(found: Found) -> bool:
    """Whether a number with 号 stands in an address or names a line or a house."""
    return (
        found.char_before() in chinese.PLACE_BEFORE
        or found.char_after() in chinese.PLACE_AFTER
        or (found.follows("DOOR"))
    )


@rule(
    DATES,
    "MONTH (DASH|COMMA|OF|THE)* (ORDINAL|INT) (TILL|BETWEEN|AND)+ THE? (ORDINAL|INT) COMMA? YEAR",
    "MONTH THE? (ORDINAL|INT) TILL THE? (ORDINAL|INT)",
    "MONTH BETWEEN (ORDINAL|INT) AND (ORDINAL|INT)",
)
def month_and_days(found: Found) -> Answer:
    """July 13-15, August 10 to 22, 2012, November between 19 and 20."""
    if found.leads("AMPM", "CLOCK", "OCLOCK", "MONTH"):
        return None
    numbers = [n for n in found.numbers() if n < 100]
    month, year = found.number("MONTH"), relative_year(found)
    if len(numbers) != 2:
        return None
    return days_between(dated(found, month, numbers[0], year), dated(found, month, numbers[1], year))


@rule(DATES, "(ORDINAL|INT) (TILL|AND) THE? (ORDINAL|INT) (OF|DASH)? MONTH (COMMA? YEAR)?")
def days_and_month(found: Found) -> Answer:
    """13 to 15 of July, 23rd to 26th Oct, 10 - 22 August 2012; "and" only after "between"."""
    if found.has("AND") and not found.follows("BETWEEN"):
        return None
    return month_and_days(found)


@rule(
    DATES,
    "MONTH (DASH|COMMA|THE)? (ORDINAL|INT) (COMMA|OF)? YEAR",
    "(ORDINAL|INT) (UNIT OF|OF|DASH|COMMA)? MONTH (DASH|COMMA|OF)? YEAR",
    "YEAR DASH MONTH DASH INT",
    "(ORDINAL|INT) (UNIT OF|OF|DASH)? (THE)? MONTH",
    "MONTH (DASH|THE|COMMA)? (ORDINAL|INT)",
)
def month_and_day(found: Found) -> Answer:
    """Nov 25th, 25 November 2026, the first of March, 8/Oct/2012, twenty third day of September."""
    unit, numbers = found.token("UNIT"), [n for n in found.numbers() if n < 100]
    if (unit is not None and unit.word != "day") or not numbers:
        return None
    word = found.token("MONTH")
    if found.tokens[-1].kind == kind("MONTH") and found.follows("MONTH"):
        return None
    if numbers[0] > 31 and word is not None and word.word in ("may", "march", "mar"):
        return None
    if (
        found.tokens[-1].kind == kind("MONTH")
        and found.leads("ORDINAL", "NUM")
        and found.tokens[0].kind != kind("ORDINAL")
    ):
        return None if found.follows("TO", "DASH", "AT") else dated(found, found.number("MONTH"), numbers[0])
    return dated(found, found.number("MONTH"), numbers[0], relative_year(found))


@rule(DATES, "MONTH (COMMA|OF|IN)? YEAR")
def month_and_year(found: Found) -> Answer:
    """October 2014, August, 2012."""
    return _coming_month(found, found.number("MONTH"), found.number("NUM4"))


@rule(DATES, "MONTH AFTER REL", "(REL|THIS|COMING|LAST) MONTH", "MONTH")
def month_alone(found: Found) -> Answer:
    """In March, next June, March after next, May alone; "may I" and "mar" are none."""
    today, month = found.setting.today, found.number("MONTH")
    if len(found.tokens) > 1:
        coming = today.year + (month < today.month)
        step = (
            -1 if found.has("LAST") and month >= today.month else -(found.has("LAST")) or found.has("AFTER")
        )
        return (
            month_of(coming + step, month)
            if not found.has("LAST")
            else _coming_month(found, month, today.year + step)
        )
    word = found.tokens[0].word
    led = found.follows(
        "IN", "OF", "FROM", "START", "BEFORE", "AFTER", "EDGE", "DASH", "TO", "THE", "AROUND", "UNIT"
    )
    alone = found.before is None and found.after is None and word not in english.SHY_MONTHS
    return _coming_month(found, month, None) if led or alone else None


@rule(DATES, "(ORDINAL|INT) (UNIT OF|OF) THE? (THIS|REL|COMING) UNIT")
def number_in_a_relative_month(found: Found) -> Answer:
    """The 20th of next month."""
    if found.tokens[-1].word != "month" or (
        found.tokens[1].kind == kind("UNIT") and found.tokens[1].word != "day"
    ):
        return None
    today = found.setting.today
    step = found.number("REL") or int(found.has("COMING"))
    return _in_month(month_of(today.year, today.month + step), found.numbers()[0])


@rule(NUMBERS, "NUM(?=PART)")
def number_before_a_part(found: Found) -> Answer:
    """28上午: too late an hour for the part, so a day."""
    number, after = found.numbers()[0], found.after
    touching = after is not None and after.start == found.tokens[0].end and not after.word.isascii()
    if not touching or number < 13 or found.follows("DOOR", "MONTH", "DASH", "OTHER"):
        return None
    coming = next(next_number(found.setting.today, number), None)
    return one_day(coming, "number") if coming else None


@rule(NUMBERS, "(?<=ON|AT) THE? INT", "THE ORDINAL", "ORDINAL")
def number_of_a_day(found: Found) -> Answer:
    """On 15, the 18th, at 5th; "the second" needs more around it and "5th floor" is none."""
    said = found.tokens[-1]
    word = said.word
    if word == "第" or not follow_up(found) or found.leads("LENGTH", "UNIT", "WEEKDAY", "DOOR", "CLOCK"):
        return None
    led = found.follows("ON", "AT", "BEFORE", "AFTER", "FROM", "TO", "START", "DAYS", "BETWEEN", "COMMA")
    if said.kind == kind("ORDINAL") and not word[0].isdigit() and not (led and found.has("THE")):
        return None
    if said.kind != kind("ORDINAL") and (
        found.follows("AT") or word in ("一", "两") or (found.before and found.before.word == "在")
    ):
        return None
    coming = next(next_number(found.setting.today, said.number), None)
    return one_day(coming, "number") if coming else None
