"""Clock times and hours: 三点半, 14:00, half past three, 2点到5点, from 9 to 11am."""

from typing import Final

from bot.readers.when import chinese, english
from bot.readers.when.conventions import AFTERNOON_HOURS
from bot.readers.when.grammar import SPOILED, Answer, Book, Found, kind, rule
from bot.readers.when.values import Clock, Hours, Part

NOON: Final = 720
DAY: Final = 1440

SAID: Final[Book] = []
"""Rules for times that say by themselves that they are times."""
PARTED: Final[Book] = []
"""Rules that join a time with the part of the day beside it."""
BARE: Final[Book] = []
"""Rules for plain numbers that are times by what stands around them."""


def clock(hour: int, minute: int = 0, second: int | None = None, *, padded: bool = False) -> Clock | None:
    """That time; None when no clock shows it. Hours 1 to 12 stay open."""
    if hour > 24 or minute > 59 or (second or 0) > 59 or (hour == 24 and minute):
        return None
    if hour == 0 or hour > 12:
        return Clock(hour * 60 + minute, second)
    return Clock(hour % 12 * 60 + minute, second, open=True, exact=padded)


def half(time: Clock, letter: str) -> Clock:
    """The time with am or pm said; 15:00 pm stays what it is."""
    if not time.open:
        return time
    return Clock(time.minutes + (NOON if letter == "p" else 0), time.second)


def within(time: Clock, part: Part) -> Clock:
    """The time as said in that part of the day: 三点 in 下午 is 15:00, twelve in the evening is midnight."""
    minutes, hour = time.minutes, time.minutes // 60
    if not time.open:
        late = part.name in ("evening", "late evening") and minutes < 300
        return Clock(minutes + DAY, time.second) if late else time
    if part.name in ("dawn", "early morning"):
        return Clock(minutes, time.second)
    if part.name in ("morning", "late morning"):
        return Clock(minutes + (NOON if hour == 0 else 0), time.second)
    if part.name in ("evening", "late evening"):
        return Clock(minutes + (DAY if hour < 5 else NOON), time.second)
    if part.name in ("noon", "day"):
        return Clock(minutes + (NOON if hour < 7 else 0), time.second)
    return Clock(minutes + NOON, time.second)


def guess(time: Clock) -> Clock:
    """The half of the day an open time most likely means."""
    if not time.open:
        return time
    hour = time.minutes // 60
    afternoon = hour == 0 or (hour in AFTERNOON_HOURS and not time.exact)
    return Clock(time.minutes + (NOON if afternoon else 0), time.second)


def settle(hours: Hours, part: Part | None) -> Hours:
    """Both ends with their halves of the day; the end comes after the begin."""
    begins, ends = hours.begins, hours.ends
    if part is not None:
        begins = within(begins, part)
    elif begins.open and not begins.exact and not ends.open:
        fitting = [m for m in (begins.minutes, begins.minutes + NOON) if m < ends.minutes]
        begins = Clock(fitting[-1] if fitting else begins.minutes + NOON, begins.second)
    else:
        begins = guess(begins)
    steps = (0, NOON, DAY, DAY + NOON) if ends.open and not ends.exact else (0, DAY, 2 * DAY)
    minutes = next(
        ends.minutes + step for step in steps if ends.minutes + step > begins.minutes or step == steps[-1]
    )
    return Hours(begins, Clock(minutes, ends.second))


@rule(SAID, "HMS (IN THE)? AMPM", "HMS FEN? ZHENG?")
def with_colon(found: Found) -> Answer:
    """14:00, 2:30pm, 9:01:10 AM."""
    words = found.tokens[0].word
    parts = [int(part) for part in words.split(":")]
    time = clock(*parts, padded=words.startswith("0"))
    return _half(found, time)


def _half(found: Found, time: Clock | None) -> Clock | Answer | None:
    if time is None:
        return SPOILED
    letter = found.token("AMPM")
    return half(time, letter.word) if letter else time


@rule(SAID, "MINUS INT (KE|FEN) INT DIAN", "INT DIAN MINUS INT (KE|FEN)")
def minutes_missing(found: Found) -> Answer:
    """差一刻十点, 八点差五分."""
    numbers = found.numbers()
    missing, hour = numbers if found.tokens[0].kind == kind("MINUS") else numbers[::-1]
    time = clock(hour)
    if time is None:
        return SPOILED
    minutes = time.minutes - missing * (15 if found.has("KE") else 1)
    return Clock(minutes % (NOON if time.open else DAY), open=time.open)


@rule(SAID, "INT DIAN INT FEN INT UNIT", "INT DIAN PAST? INT FEN AMPM?")
def with_minutes(found: Found) -> Answer:
    """15时20分, 三点过五分, 16时40分50秒."""
    return _half(found, clock(*found.numbers(), padded=_padded(found)))


def _padded(found: Found) -> bool:
    return found.tokens[0].word.startswith("0")


@rule(SAID, "(INT|CNVAGUE) DIAN HALF AMPM?")
def half_past(found: Found) -> Answer:
    """下午两点半."""
    return _half(found, clock(found.tokens[0].number, 30, padded=_padded(found)))


@rule(SAID, "INT DIAN INT KE")
def quarters(found: Found) -> Answer:
    """三点一刻."""
    hour, quarter = found.numbers()
    return _half(found, clock(hour, quarter * 15, padded=_padded(found)))


@rule(SAID, "INT DIAN INT AMPM?")
def minutes_without_sign(found: Found) -> Answer:
    """三點十五, 6点30pm; 八点八 is a decimal and 三点两台 is a time and a count."""
    hour, minute = found.numbers()
    said = found.tokens[2]
    if found.leads("DIAN", "HMS", "YUE", "HAO") or not _adjacent(found):
        return None
    if minute < 10 and not (len(said.word) == 2 and said.word[0] in "0零〇"):
        counting = found.leads("GE", "UNIT", "OTHER") and found.char_after() not in "折分倍米度%个百"
        return None if counting else SPOILED
    if found.leads("GE", "UNIT"):
        return None
    return _half(found, clock(hour, minute, padded=_padded(found)))


def _adjacent(found: Found) -> bool:
    return found.tokens[1].end == found.tokens[2].start


@rule(SAID, "(INT|CNVAGUE) DIAN AMPM", "(INT|CNVAGUE) DIAN ZHENG?")
def hour_alone(found: Found) -> Answer:
    """十点, 七八点, 5点PM; 便宜一点, 两点要求 and 一时 are none."""
    said, sign = found.tokens[0], found.tokens[1]
    text = found.setting.text
    if found.follows("DECIMAL") or (found.follows("ORDINAL") and text[said.start - 1] == "第"):
        return SPOILED
    if (
        said.word in ("一", "两", "几")
        and len(found.tokens) == 2
        and not found.follows("PART", "DAYS", "RELDAY", "WEEKDAY")
    ):
        before = text[max(0, said.start - 2) : said.start]
        if any(before.endswith(word) for word in chinese.POINT_BEFORE):
            return SPOILED
        if any(text.startswith(word, sign.end) for word in chinese.POINT_AFTER):
            return SPOILED
        sure = found.leads(
            "TO", "DASH", "LATER", "AHEAD", "AROUND", "THEN", "AMPM", "COMMA", "OF", "BETWEEN", "AND"
        )
        if (
            said.word == "一"
            and found.after is not None
            and not sure
            and not found.follows("TO", "DASH", "AT", "HAO")
        ):
            return SPOILED
    if text[sign.start] == "时" and (said.word == "一" or found.leads("UNIT")):
        return SPOILED
    return _half(found, clock(said.number, padded=_padded(found)))


@rule(SAID, "WORDNUM WORDNUM WORDNUM AMPM?", "WORDNUM (WORDNUM|TENS) AMPM", "NUM NUM AMPM")
def hour_and_minutes(found: Found) -> Answer:
    """Twelve o three, eight forty am."""
    numbers = found.numbers()
    if (len(numbers) == 3 and numbers[1]) or found.follows("MONTH", "TO", "DASH", "AND"):
        return None
    return _half(found, clock(numbers[0], numbers[-1])) if numbers[0] else None


@rule(SAID, "(NUM|WORDNUM|NUM3|NUM4|DECIMAL) OCLOCK? (IN THE)? AMPM", "INT OCLOCK")
def with_half(found: Found) -> Answer:
    """2pm, three am, 730pm, 3.30pm, 3 o'clock, 4 in the PM; in "Feb 5 AM" the five is the day."""
    said = found.tokens[0]
    if found.follows("MONTH") and len(found.tokens) == 2:
        return None
    if said.kind == kind("DECIMAL"):
        hour, minute = (int(part) for part in said.word.replace("·", ".").split("."))
    elif said.number > 99:
        hour, minute = divmod(said.number, 100)
    else:
        hour, minute = said.number, 0
    letter = found.token("AMPM")
    if letter is not None and letter.start != said.end and said.kind == kind("NUM4"):
        return None
    return _half(found, clock(hour, minute))


@rule(SAID, "HALF PAST INT", "ARTICLE? (HALF|QUARTER|INT) UNIT? (PAST|TO|AFTER) (INT|CLOCK)")
def past_and_to(found: Found) -> Answer:
    """Half past three, a quarter to noon, three minutes to eight, 15 to noon; "8 to 5" are hours."""
    unit, sign = found.token("UNIT"), next(t for t in found.tokens if t.kind in _SIGNS)
    minutes = 30 if found.has("HALF") else 15 if found.has("QUARTER") else found.numbers()[0]
    if (unit is not None and unit.word != "minute") or minutes > 59:
        return None
    noon = [t.thing for t in found.tokens if isinstance(t.thing, Clock)]
    plain = unit is None and not found.has("HALF") and not found.has("QUARTER")
    if plain and (sign.kind == kind("AFTER") or (sign.kind == kind("TO") and (not noon or minutes < 13))):
        return None
    if plain and noon and noon[0].minutes not in (NOON, DAY):
        return None
    base = noon[0] if noon else clock(found.tokens[-1].number)
    if base is None:
        return None
    shifted = base.minutes + (-minutes if sign.kind == kind("TO") else minutes)
    return Clock(shifted % NOON if base.open else shifted % DAY, open=base.open)


_SIGNS: Final = frozenset({kind("PAST"), kind("TO"), kind("AFTER")})


@rule(SAID, "NUM AITCH NUM", "NUM AITCH")
def with_aitch(found: Found) -> Answer:
    """9h30, 16h; "3h" alone is how long something takes."""
    numbers = found.numbers()
    if len(numbers) == 2:
        return clock(*numbers, padded=True) or SPOILED
    partner = found.follows("DASH", "TO") and not found.follows("WITHIN", "IN")
    if numbers[0] < 13 and not partner and not found.follows("AT"):
        return None
    return clock(numbers[0], padded=True) or SPOILED


@rule(SAID, "NUM CLOCK")
def twelve_noon(found: Found) -> Answer:
    """12 noon, 12 midnight."""
    times = found.things(Clock)
    named = times[0].minutes in (NOON, DAY) and not times[0].open
    return times[0] if named and found.numbers()[0] == 12 else None


@rule(PARTED, "PART SMALL* CLOCK", "CLOCK SMALL* PART")
def beside_its_part(found: Found) -> Answer:
    """下午两点, 3 in the morning, 8pm in the evening."""
    return within(found.things(Clock)[0], found.things(Part)[0])


@rule(BARE, "(NUM|NUM3|WORDNUM)(?= SMALL* (DAYS SMALL*)? (PART|PHRASE))")
def before_a_part(found: Found) -> Answer:
    """The number of "9 tomorrow morning", "10, tonight", "8 this evening"."""
    if found.follows("DOOR", "MONTH", "DECIMAL", "SLASHED"):
        return None
    before = found.setting.text[: found.tokens[0].start].split()
    counted = not found.leads("IN", "COMMA") and before and before[-1] in english.BEFORE_A_COUNT
    return None if counted else _plain(found)


@rule(BARE, "(PART|PHRASE) SMALL* (NUM|NUM3|WORDNUM)")
def after_a_part(found: Found) -> Answer:
    """Tonight 815, in the morning at 7."""
    time = _plain(found) if follow_up(found) and not found.leads("TO", "AND") else None
    part = found.tokens[0].thing
    if time is None or not isinstance(part, Part):
        return None
    return within(time, part)


@rule(
    BARE,
    "(AT|FOR) WORDNUM (WORDNUM|TENS)",
    "AT NUM NUM",
    "(AT|AROUND) AROUND? (INT|NUM3|NUM4)",
    "(?<=BEFORE|AFTER) INT",
)
def after_at(found: Found) -> Answer:
    """At 7, around 1030, for ten ten, at 3 15."""
    chinese_at = found.tokens[0].word in ("在", "于", "是", "就", "大约", "大概", "约", "差不多")
    if (
        chinese_at
        or not follow_up(found)
        or found.leads("TO", "DASH", "HAO", "YUE", "RI", "LENGTH", "MONTH", "UNIT")
    ):
        return None
    return _plain(found)


@rule(BARE, "INT DASH? AROUND AMPM?")
def at_ten_ish(found: Found) -> Answer:
    """10ish, 2-ish pm."""
    return _half(found, _plain(found)) if any(token.word == "ish" for token in found.tokens) else None


def _plain(found: Found) -> Clock | None:
    numbers = found.numbers()
    if len(numbers) == 2:
        return clock(*numbers) if 0 < numbers[0] < 13 and numbers[1] > 9 else None
    number = numbers[0]
    hour, minute = divmod(number, 100) if number > 99 else (number, 0)
    return clock(hour, minute) if hour else None


def follow_up(found: Found) -> bool:
    """Whether what comes after a bare number lets it be a time or a day."""
    after = found.after
    if after is None or after.kind not in (
        kind("OTHER"),
        kind("GE"),
        kind("UNIT"),
        kind("DASH"),
        kind("FEN"),
    ):
        return True
    words = found.setting.text[after.start : after.end].split()
    first = words[0].strip(".!?;:)。！？；") if words else ""
    return after.kind == kind("OTHER") and (
        not first or not first[0].isalnum() or first in english.AFTER_A_NUMBER
    )
