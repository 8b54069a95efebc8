"""Days by their place in the week or from today: 大后天, 下周三, next Friday, this weekend, festivals."""

from datetime import date, timedelta
from typing import Final

from bot.readers.when import english, festivals
from bot.readers.when.clocks import follow_up
from bot.readers.when.conventions import TENTHS, YEARS
from bot.readers.when.grammar import SPOILED, Answer, Book, Found, rule
from bot.readers.when.values import Days, Part, Phrase, month_of, one_day, week_of

BOOK: Final[Book] = []
RECURRING: Final[Book] = []
"""Rules for what happens again and again, which is no day: tried before anything else."""
_WEEK = timedelta(days=7)


@rule(
    RECURRING,
    "WEEKLY (OF|INT|WEEKDAY|WEEKEND|PART|DIAN|HALF|COMMA|GE|UNIT|TO|DASH|HMS|AMPM|AT|IN|THE|AND|ORDINAL)*",
    "(CN|NUM) GE WEEKDAY",
    "CN WEEKDAY",
)
def again_and_again(found: Found) -> Answer:
    """每周三下午, every Monday, 三周一次 (once in three weeks, not Monday)."""
    if not found.has("WEEKLY") and (
        not found.touching() or found.follows("YUE", "DIAN", "ORDINAL") or found.tokens[0].number > 31
    ):
        return None
    return SPOILED


@rule(BOOK, "RELDAY")
def from_today(found: Found) -> Answer:
    """今天, 明天, 后天, 大后天, tomorrow: the number stands beside the word in the table of its language."""
    token = found.tokens[0]
    day = found.setting.today + timedelta(days=token.number)
    return one_day(day, "following" if token.word == "following" else "relative")


def coming(today: date, weekday: int) -> date:
    """The next such weekday; today when it is one."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)


@rule(BOOK, "WEEKDAY AFTER REL", "INT WEEKDAY LATER")
def some_weeks_later(found: Found) -> Answer:
    """Friday after next, two Sundays from now."""
    times = found.number("REL") + 1 if found.has("REL") else found.numbers()[0]
    tomorrow = found.setting.today + timedelta(days=1)
    return one_day(coming(tomorrow, found.number("WEEKDAY")) + (times - 1) * _WEEK)


@rule(BOOK, "REL GE? (UNIT OF?)? WEEKDAY")
def weekday_of_a_week(found: Found) -> Answer:
    """这周三, 下周三, 下下个星期一, next Friday: that day of this week, the next, the one after."""
    unit = found.token("UNIT")
    if unit is not None and unit.word != "week":
        return None
    monday = week_of(found.setting.today).first
    return one_day(monday + timedelta(days=7 * found.number("REL") + found.number("WEEKDAY")))


@rule(BOOK, "(THIS|COMING) WEEKDAY", "LAST WEEKDAY (?!(OF|IN) (THE|DAYS|REL|THIS))")
def this_weekday(found: Found) -> Answer:
    """This Monday, the coming Friday, last Tuesday."""
    today, weekday = found.setting.today, found.number("WEEKDAY")
    if found.has("LAST"):
        return one_day(coming(today - _WEEK, weekday))
    return one_day(coming(today, weekday))


@rule(BOOK, "UNIT AFTER REL")
def after_next(found: Found) -> Answer:
    """The week after next."""
    return _unit(found, found.tokens[0].word, 2)


@rule(BOOK, "(REL|THIS|COMING|LAST) GE? (UNIT|YUE|NIAN)")
def relative_unit(found: Found) -> Answer:
    """下周, 这个月, next month, the coming week, this year."""
    step = found.number("REL") or int(found.has("COMING")) - int(found.has("LAST"))
    unit = found.tokens[-1]
    if unit.start == unit.end:
        return None
    return _unit(found, unit.word, step)


def _unit(found: Found, unit: str, step: int) -> Answer:
    today = found.setting.today
    if unit == "week":
        return week_of(today + step * _WEEK)
    if unit == "month":
        return month_of(today.year, today.month + step)
    if unit == "year":
        return _year(today.year + step)
    if unit == "day":
        return one_day(today + timedelta(days=step), "following" if step > 0 else "relative")
    return None


def _year(year: int) -> Days:
    return Days(date(year, 1, 1), date(year + 1, 1, 1), "year", "span")


@rule(BOOK, "RELYEAR", "YEAR NIAN", "(?<=IN|OF) YEAR")
def year(found: Found) -> Answer:
    """明年, 2027年, in 2027."""
    said = found.number("NUM4") or found.setting.today.year + found.number("RELYEAR")
    return _year(said) if said in YEARS else None


@rule(BOOK, "REL GE? UNIT? OF? WEEKEND", "(THIS|COMING)? WEEKEND")
def weekend(found: Found) -> Answer:
    """这周末, 下周末, this weekend: Saturday and Sunday."""
    monday = week_of(found.setting.today).first + found.number("REL") * _WEEK
    return Days(monday + timedelta(days=5), monday + _WEEK, "day", "span")


@rule(BOOK, "(ORDINAL|LAST) GE? WEEKDAY (OF|IN) THE? DAYS", "DAYS OF? ORDINAL GE? WEEKDAY")
def weekday_of_a_month(found: Found) -> Answer:
    """Third Tuesday of September, the last Friday in October, 十月的第一个星期一."""
    month = found.things(Days)[0]
    weekday, which = found.number("WEEKDAY"), found.number("ORDINAL")
    if month.grain not in ("month", "year"):
        return None
    day = (
        coming(month.after - _WEEK, weekday)
        if found.has("LAST")
        else coming(month.first, weekday) + (which - 1) * _WEEK
    )
    return one_day(day, "date") if month.first <= day < month.after else SPOILED


@rule(BOOK, "(ORDINAL|LAST) GE? INT? (UNIT|WEEKEND) (OF|IN) THE? DAYS", "DAYS OF? ORDINAL GE? UNIT")
def week_of_a_month(found: Found) -> Answer:
    """First week of October, 本月第二周, the last weekend of July: counted from the first Monday."""
    month = found.things(Days)[0]
    unit = found.token("UNIT")
    if month.grain not in ("month", "year") or (unit is not None and unit.word != "week"):
        return None
    saturday = timedelta(days=5) if found.has("WEEKEND") else timedelta()
    count = found.numbers()[-1] if len(found.numbers()) > found.has("ORDINAL") else 1
    if found.has("LAST"):
        first = (
            coming(month.after - timedelta(days=13) + saturday, 0)
            if unit
            else coming(month.after - _WEEK, 6) - timedelta(days=6)
        )
    else:
        first = coming(month.first, 0) + (found.number("ORDINAL") - 1) * _WEEK
    if found.has("WEEKEND"):
        return Days(first + saturday, first + _WEEK, "day", "span")
    return Days(first, first + count * _WEEK, "week" if count == 1 else "day", "span")


@rule(BOOK, "UNIT (OF|START|EDGE) ON? THE? (DAYS)")
def week_with_a_day(found: Found) -> Answer:
    """The week of October 6th, week commencing February 4."""
    day = found.things(Days)[0]
    return week_of(day.first) if found.tokens[0].word == "week" and day.single else None


@rule(BOOK, "DAYS EDGE", "YUE EDGE", "EDGE (OF|IN|THE|DASH)* DAYS", "EDGE (OF|IN|THE|DASH)* UNIT")
def tenth_of_a_month(found: Found) -> Answer:
    """6月上旬, 月底, early March, end of the month."""
    days, unit, today = found.things(Days), found.token("UNIT"), found.setting.today
    if (unit is not None and unit.word != "month") or (days and days[0].grain != "month"):
        return None
    edge = found.token("EDGE")
    month = days[0] if days else month_of(today.year, today.month)
    first, after = TENTHS[edge.word if edge else "late"]
    ends = month.first.replace(day=after) if after else month.after
    if not days and ends <= today:
        month = month_of(today.year, today.month + 1)
        ends = month.first.replace(day=after) if after else month.after
    return Days(month.first.replace(day=first), ends, "day", "span")


@rule(BOOK, "(YEAR NIAN? OF?|RELYEAR OF?|THIS|REL|COMING)? FESTIVAL (COMMA? YEAR)?")
def festival(found: Found) -> Answer:
    """国庆节, 明年春节, this Christmas, Halloween 2026."""
    token, today = found.token("FESTIVAL"), found.setting.today
    if token is None or _only_a_name(found):
        return None
    if found.has("NUM4") or found.has("RELYEAR"):
        said = found.number("NUM4") or today.year + found.number("RELYEAR")
        day = festivals.day_in(token.word, said) if said in YEARS else None
        return one_day(day, "date") if day else None
    for year_of in range(today.year, today.year + 2):
        day = festivals.day_in(token.word, year_of)
        if day is not None and day >= today:
            return one_day(day)
    return None


def _only_a_name(found: Found) -> bool:
    """Whether it is in a street or a good wish, "国庆路", "新年快乐", "merry Christmas"."""
    text, end = found.setting.text, found.tokens[-1].end
    wished = text[: found.tokens[0].start].rstrip().endswith(("happy", "merry"))
    return wished or text.startswith(
        ("路", "街", "巷", "村", "小区", "花园", "苑", "快乐", "好", "大道"), end
    )


@rule(BOOK, "THE? (THIS|REL|COMING|LAST) PART")
def part_of_today(found: Found) -> Answer:
    """This afternoon, next evening (tomorrow's)."""
    step = found.number("REL") + int(found.has("COMING")) - int(found.has("LAST"))
    if abs(step) > 1 or found.tokens[-1].word in english.MEALS:
        return None
    return Phrase(one_day(found.setting.today + timedelta(days=step)), found.things(Part)[0])


@rule(BOOK, "WEEKDAY")
def weekday_alone(found: Found) -> Answer:
    """周三, Friday: the coming one, and today when it is one. "Sat" needs words of time around it."""
    token = found.tokens[0]
    if token.word in english.SHY_WEEKDAYS and not _amid_time(found):
        return None
    return one_day(coming(found.setting.today, token.number), "weekday")


def _amid_time(found: Found) -> bool:
    before = found.before is None or found.follows(
        *"ON THIS FROM TO DASH BEFORE AFTER AND COMMA START OF AT FOR CLOCK PART DAYS".split()
    )
    after = found.leads(
        *"PART CLOCK HMS NUM ORDINAL MONTH DAYS COMMA AT DASH TO AND AMPM BEFORE AFTER FROM BETWEEN".split()
    )
    return after or (before and follow_up(found) and not found.leads("DOOR", "UNIT"))
