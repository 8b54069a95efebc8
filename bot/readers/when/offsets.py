"""Times counted from now or from a day: 三天后, in two hours, within a week, two days after Friday."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.readers.when.conventions import FEW
from bot.readers.when.grammar import Answer, Book, Found, rule
from bot.readers.when.values import Days, Grain, Length, Moment, Stretch, add, one_day

LENGTHS: Final[Book] = []
"""Rules for how long something is."""
OFFSETS: Final[Book] = []
"""Rules for what is counted from now."""
AFTER_DAYS: Final[Book] = []
"""Rules for what is counted from a day; tried when days are known."""


def length(count: float, unit: str) -> Length | None:
    """So many of that unit, halves and quarters included; None for more than anybody plans ahead."""
    if count > 400 or count < 0:
        return None
    if unit in ("second", "minute", "hour"):
        grain: Grain = "second" if unit == "second" else "minute"
        return Length(0, 0, round(count * {"second": 1, "minute": 60, "hour": 3600}[unit]), grain)
    if unit == "year":
        unit, count = "month", count * 12
    if unit == "month":
        return Length(int(count), round((count - int(count)) * 30.5)) if count <= 120 else None
    if unit in ("day", "week", "fortnight"):
        days = count * {"day": 1, "week": 7, "fortnight": 14}[unit]
        return Length(0, int(days), round((days - int(days)) * 86400), "day" if unit == "day" else "week")
    return None


def _unit(found: Found) -> str:
    return next((token.word for token in reversed(found.tokens) if token.word in _UNITS), "")


_UNITS: Final = frozenset({"second", "minute", "hour", "day", "week", "fortnight", "month", "year"})


@rule(
    LENGTHS,
    "(INT|ARTICLE) GE? (AND ARTICLE?)? HALF GE? (UNIT|YUE|NIAN)",
    "ARTICLE? HALF ARTICLE? GE? (UNIT|YUE)",
)
def with_a_half(found: Found) -> Answer:
    """一个半小时, two and a half hours, 半小时, half an hour, 半个月."""
    numbers = found.numbers()
    whole = numbers[0] if numbers else found.number("ARTICLE") if found.has("AND") else 0
    return length(whole + 0.5, _unit(found))


@rule(LENGTHS, "DECIMAL GE? UNIT", "SLASHED UNIT")
def with_a_fraction(found: Found) -> Answer:
    """2.5小时, 3/4 hour."""
    word = found.tokens[0].word
    if "/" in word:
        above, below, *more = (int(n) for n in word.split("/"))
        return None if more or not below else length(above / below, _unit(found))
    return length(float(word.replace("·", ".")), _unit(found))


@rule(LENGTHS, "INT KE(?=LATER|INSIDE)")
def quarters(found: Found) -> Answer:
    """三刻钟后."""
    return length(found.numbers()[0] * 15, "minute")


@rule(
    LENGTHS,
    "ARTICLE? COUPLE OF? GE? UNIT",
    "ARTICLE? FEW GE? UNIT",
    "(INT|NUM3) GE? UNIT",
    "ARTICLE UNIT",
    "INT GE (YUE|NIAN)",
    "INT (RI|NIAN|YUE)(?=LATER|INSIDE)",
    "INT AITCH",
)
def plain(found: Found) -> Answer:
    """三天, two weeks, an hour, 两个月, 2h; of "a few" only minutes, hours and deadlines are sure."""
    unit = _unit(found)
    if found.has("FEW"):
        deadline = found.follows("WITHIN") or found.follows("REL")
        return length(FEW, unit) if unit in ("minute", "hour") or deadline else None
    if found.has("YUE") and not found.has("GE") and not found.leads("INSIDE"):
        return None
    if found.leads("OTHER") and found.char_after() in "次台个":
        return None
    numbers = found.numbers()
    return length(numbers[0] if numbers else 2 if found.has("COUPLE") else 1, unit)


@rule(LENGTHS, "INT PRIME")
def minutes_with_a_prime(found: Found) -> Answer:
    """In 1', for 30'."""
    return length(found.numbers()[0], "minute") if found.follows("IN", "FOR") else None


@rule(LENGTHS, "LENGTH AND? LENGTH")
def together(found: Found) -> Answer:
    """3 hours 30 minutes."""
    one, two = found.things(Length)
    if not one.seconds or not two.seconds or two.seconds >= 3600:
        return None
    return Length(one.months, one.days, one.seconds + two.seconds, two.grain)


def later(found: Found, by: Length, sign: int = 1) -> Answer:
    """The day or the moment that lies so far from now."""
    by = Length(by.months * sign, by.days * sign, by.seconds * sign, by.grain)
    if by.seconds == 0:
        return one_day(add(found.setting.today, by), "weeks" if by.grain == "week" else "relative")
    return Moment(moment_after(found.setting.now, by), by.grain)


def moment_after(now: datetime, by: Length) -> datetime:
    """The wall clock so much later, in the zone of `now`; hours are real hours when clocks change."""
    moved = datetime.combine(add(now.date(), by), now.timetz())
    if now.tzinfo is None:
        return moved + timedelta(seconds=by.seconds)
    return (moved.astimezone(UTC) + timedelta(seconds=by.seconds)).astimezone(now.tzinfo)


@rule(OFFSETS, "(WITHIN|IN) THE? REL? LENGTH (?!LATER)", "LENGTH INSIDE", "THE? REL LENGTH")
def deadline(found: Found) -> Answer:
    """两周内, within a month, the next 48 hours, 未来两天."""
    by = found.things(Length)[0]
    if found.has("IN") and not found.has("REL"):
        return later(found, by)
    now = found.setting.now
    if found.has("REL") and found.number("REL") < 0:
        return None
    ends = moment_after(now, by)
    if by.seconds:
        return Stretch(now, ends, by.grain, True, True)
    day = found.setting.today + timedelta(days=1)
    ahead = (found.has("REL") or found.tokens[0].word == "ahead") and not by.months
    if ahead:
        midnight = time(tzinfo=now.tzinfo)
        return Stretch(
            datetime.combine(day, midnight), datetime.combine(add(day, by), midnight), "day", True, False
        )
    return Stretch(now, ends, "day", True, False)


@rule(OFFSETS, "(PASSING|PAST|IN|AFTER) AROUND? LENGTH LATER?", "LENGTH (LATER|AHEAD)")
def from_now(found: Found) -> Answer:
    """三天后, 过两天, in about half an hour, two weeks from now, 三天前, two days ago."""
    past, after = found.token("PAST"), found.token("LATER")
    if past is not None and past.word == "past":
        return None
    back = found.has("AHEAD") or (after is not None and after.word == "ago")
    return later(found, found.things(Length)[0], -1 if back else 1)


@rule(AFTER_DAYS, "DAYS (AHEAD|LATER) OF? LENGTH")
def from_a_festival(found: Found) -> Answer:
    """元旦前一天, 国庆后两天."""
    start, by = found.things(Days)[0], found.things(Length)[0]
    sign = -1 if found.has("AHEAD") else 1
    if by.seconds or start.grain != "day":
        return None
    return one_day(add(start.first, Length(by.months * sign, by.days * sign)))


@rule(AFTER_DAYS, "THE? (LENGTH|UNIT) (FROM|AFTER|BEFORE) DAYS")
def from_a_day(found: Found) -> Answer:
    """The day after tomorrow, two days after next Friday, two weeks before Christmas."""
    start, lengths, unit = found.things(Days)[0], found.things(Length), found.token("UNIT")
    sign = -1 if found.has("BEFORE") else 1
    word = found.token("BEFORE")
    if (unit is not None and (found.has("FROM") or unit.word not in ("day", "week"))) or (
        word and word.word == "by"
    ):
        return None
    by = lengths[0] if lengths else Length(0, 1 if unit and unit.word == "day" else 7)
    if by.seconds or start.grain != "day":
        return None
    return one_day(add(start.first, Length(by.months * sign, by.days * sign)))
