"""How many: hours, square metres, pieces, said in digits or in the words of either language."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from bot.readers import typed

Number = int | float

_LONGEST_ANSWER = 100
_LONGEST_NUMBER = 12
"""Digits; what is longer is a card or an order, never a quantity."""
_MOST = 100_000
"""Beside a unit, what is more is an order or a telephone."""
_DOOR = 100
"""From here on, a number before 室 or 间 is the door, not how many rooms."""

_DIGITS = {
    c: value
    for value, characters in enumerate(
        ("零〇", "一壹幺弌", "二两俩贰弍", "三仨叁弎", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for c in characters
}
_POWERS = {
    "十": 10,
    "拾": 10,
    "百": 100,
    "佰": 100,
    "千": 1_000,
    "仟": 1_000,
    "万": 10_000,
    "亿": 100_000_000,
}
_TENS = {"廿": "二十", "卅": "三十"}
_HAN_NUMBER = f"[{''.join(_DIGITS)}{''.join(_POWERS)}{''.join(_TENS)}]+"
_ENDS_WITH_ITS_UNIT = "俩仨"

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen "
    "eighteen nineteen"
).split()
_TYS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ENGLISH: dict[str, int] = (
    {word: value for value, word in enumerate(_ONES)}
    | {word: 10 * value for value, word in enumerate(_TYS, start=2)}
    | {"fourty": 40, "ninty": 90, "fivety": 50, "forteen": 14, "eightteen": 18}
    | {"couple": 2, "dozen": 12, "tow": 2, "thre": 3, "fiv": 5, "eigth": 8, "ninteen": 19}
)
_SCALES = {"hundred": 100, "hundreds": 100, "hunderd": 100, "thousand": 1_000, "thousands": 1_000}
_WORD = "|".join(sorted([*_ENGLISH, *_SCALES], key=len, reverse=True))
_ENGLISH_NUMBER = (
    rf"(?<![a-z])(?:half an?|(?:an? )?(?:{_WORD}|half)(?:(?:[ -]| and )(?:an? )?(?:{_WORD}|half"
    rf"|quarter))*)(?![a-z])"
)
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?: ?\.\d+)?|\.\d+)"
_TOKEN = re.compile(
    rf"(?P<fraction>\d+ \d/\d(?!\d)|(?<![\d/])1/[2-4](?![\d/]))"
    rf"|(?P<digits>{_ARABIC})(?P<scale> ?[十百千万亿](?P<rest>[1-9](?!\d))?|k(?![a-z]))?"
    rf"|(?P<han>{_HAN_NUMBER})|(?P<english>{_ENGLISH_NUMBER})|(?P<half>半)"
)
_SCALE_OF = _POWERS | {"k": 1_000}

_COUNTABLE = tuple(
    sorted(
        (
            "平方米,平方公尺,平方,平米,平,方,坪,m2,m^2,sqm,sq.m.,sq.m,sq m,sq. m.,sq. m,sq metres,sq "
            "meters,square metres,"
            "square meters,square metre,square meter,square "
            "m,squares,小时,钟头,钟,h,hr,hrs,hour,hours,分钟,分,min,mins,"
            "minute,minutes,天,日,半天,周,月,day,days,half day,half "
            "days,half-day,half-days,week,weeks,month,months,台,部,个,"
            "间,张,床,室,房,厅,次,回,人,位,名,餐,顿,桌,件,只,套,扇,组,户,口,份,元,块钱,块,rmb,yuan,room,"
            "rooms,bedroom,bedrooms,"
            "bed,beds,unit,units,piece,pieces,pcs,pc,item,items,set,sets,person,people,persons,time,times,"
            "meal,meals,machine,"
            "machines,window,windows,of them"
        ).split(","),
        key=len,
        reverse=True,
    )
)
_BEFORE = re.compile(
    r"^(?:大概|大约|大致|约莫|约|差不多|可能|应该|估计|也就|就是|就|只有|只要|只|一共|总共|共|有|是|要|需要"
    r"|选|我要|我选|我想要|我家|家里|来|"
    r"订|做|至少|最多|最少|不到|不止|将近|接近|快|面积|房子|建筑|套内|使用|[~≈:=,、 ]|(?:about|around"
    r"|approximately|approx\.?|roughly|some|maybe|"
    r"probably|it's|its|it is|i think|i guess|i need|i want|i'd like|i have|we have|we need|there are"
    r"|there is|nearly|almost|"
    r"at least|at most|up to|over|under|just|only|say|like|for|(?:the )?(?:size|area)(?: is)?|a bit over"
    r"|more than|less than|between|from)(?![a-z])|从)\s*"
)
_AFTER = re.compile(
    r"(?:左右|上下|多一点|多点|多|来|出头|吧|的|样子|就行|就好|就可以|够了|以上|以内|or so|ish|or more"
    r"|roughly|total|in total|in all|"
    r"altogether|please|approx\.?|maybe|就够了|都行|也行|[~+. ])++$"
)
_JOIN = re.compile(r" ?(?:到|至|~|-|—|或者|或|or|to|and|and maybe) ?")
_FILL = re.compile(r" ?(?:[个多来余]|\+|-(?=[a-z]))*(?:of )? ?")
_HALF_LATER = re.compile(r" ?(?:半(?!天)|and an? half)")
_NOT_COUNTED_BEFORE = re.compile(
    r"(?:周|星期|礼拜|第|初|提前|再过|[每过隔几数])$|(?:in|within|after|no\.|#|every) $"
)
_NOT_COUNTED_AFTER = re.compile(
    r" ?(?:之?[后前内]|以[后前内]|later|ago|from now|before|after|in advance|notice|工(?!作))"
)
_CHAIN_BEFORE, _CHAIN_AFTER = re.compile(r"[\d][-/.:] ?$|[-/:]$"), re.compile(r"[-/:.] ?\d")
_DOOR_BEFORE = re.compile(r"(?:[栋幢座楼层号元#-]|room|unit|apt\.?) ?$")
_DOORS = frozenset("室房间户厅") | {"room", "rooms"}
_CLOCK_BEFORE = re.compile(r"([零〇一二两三四五六七八九十]+|\d{1,2})[点时:] ?$")
_TIME_BEFORE = re.compile(r"(?:[天日号午晚早晨后夜上周期拜]|周.|星期.|礼拜.) ?$")


@dataclass(frozen=True, slots=True)
class _Found:
    value: Number
    begins: int
    ends: int
    is_half: bool = False


def read(text: str, language: str = "") -> Number | None:
    """The number, where the whole message is one, with or without "about" and a unit ("一百二十来平" is 120).

    A whole number is an `int`, "两个半小时" is 2.5. Of a range ("100到120平", "两三个小时") it is the
    larger, so that nobody is promised too little. In a whole message "点" is a decimal point. Both languages
    are heard whatever `language` says; it is taken so that all readers are asked alike.
    """
    words = typed.bare(text)
    if not 0 < len(words) <= _LONGEST_ANSWER or re.match(r"-\d", typed.plain(text)):
        return None
    words = _AFTER.sub("", words)
    while (shorter := _BEFORE.sub("", words)) != words:
        words = shorter
    words = re.sub(r"(?<=[零一二两三四五六七八九十\d])点(?=[零一二三四五六七八九\d])", ".", words)
    words = re.sub(r"(?<=\.)[零一二三四五六七八九]+", lambda d: "".join(str(_DIGITS[c]) for c in d[0]), words)
    words = re.sub(r"[零一二两三四五六七八九十]+(?=\.)", lambda d: str(_han(d[0]) or d[0]), words)
    if one := re.fullmatch(r"an? (?:hour|day|room|bed|month|meal|half day)( and a half)?", words):
        return 1.5 if one[1] else 1
    found = _numbers(words)
    if not found or found[0].begins:
        return None
    amount = _amount(words, found, 0, _alternatives(_COUNTABLE))
    assert amount  # without a unit needed there always is one
    rest = words[amount.ends :]
    noun = _alternatives(_COUNTABLE).match(rest)  # "两张床"
    return None if _AFTER.sub("", rest[noun.end() :] if noun else rest).strip() else amount.value


def spot(text: str, units: Collection[str]) -> Number | None:
    """The number beside one of the `units`, inside other words; None when there is none, or are several.

    `units` are words such as "平", "小时", "台" or "hours". Without one right behind the number nothing is
    found, and never a door ("1203室"), a time on the clock, a date, a phone or a delay ("两小时后"). Of a
    range it is the larger.
    """
    words = typed.join_han(typed.plain(text))
    pattern = _alternatives(tuple(sorted({typed.plain(unit) for unit in units}, key=len, reverse=True)))
    found, seen, past = _numbers(words), set(), 0
    for index, number in enumerate(found):
        if number.begins < past:
            continue
        amount = _amount(words, found, index, pattern, unit_needed=True)
        if amount is None:
            continue
        past = amount.ends
        if _counts(words, number, amount):
            seen.add(_after_the_clock(words, number, amount))
    return seen.pop() if len(seen) == 1 else None


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Number
    unit: str
    ends: int


def _amount(
    text: str, found: list[_Found], index: int, units: re.Pattern[str], *, unit_needed: bool = False
) -> _Amount | None:
    """The number at `index` with its unit, the other end of its range and its half."""
    number = found[index]
    first = _with_unit(text, number, units)
    join = _JOIN.match(text, first.ends)
    if join and index + 1 < len(found) and found[index + 1].begins == join.end():
        other = _with_unit(text, found[index + 1], units)
        if other.unit or (not unit_needed and not first.unit):
            return _Amount(max(first.value, other.value), other.unit, other.ends)
    return first if first.unit or not unit_needed else None


def _with_unit(text: str, number: _Found, units: re.Pattern[str]) -> _Amount:
    value, ends = number.value, number.ends
    fill = _FILL.match(text, ends)
    at = fill.end() if fill else ends
    half = _HALF_LATER.match(text, at)
    if half and not number.is_half:
        after = _FILL.match(text, half.end())
        value, at = value + 0.5, after.end() if after else half.end()
    unit = units.match(text, at)
    if unit is None and not half:
        unit = units.match(text, ends)  # "个" is a unit where it is asked for
    if unit is None:
        return _Amount(value, "", half.end() if half and not number.is_half else (at if at > ends else ends))
    ends = unit.end()
    later = None if half or number.is_half else _HALF_LATER.match(text, ends)
    if later:
        value, ends = value + 0.5, later.end()
    return _Amount(_whole(value), unit[0], ends)


def _counts(text: str, number: _Found, amount: _Amount) -> bool:
    """Whether that is a quantity and not a door, a date, a delay or a part of something longer."""
    before = text[max(0, number.begins - 8) : number.begins]
    if amount.value > _MOST:
        return False
    if number.is_half and before.endswith(("点", "两", "大", "前", "后", "上", "下", "多")):
        return False
    if _NOT_COUNTED_BEFORE.search(before) or _NOT_COUNTED_AFTER.match(text, amount.ends):
        return False
    if _CHAIN_BEFORE.search(before) or (
        _CHAIN_AFTER.match(text, number.ends) and amount.value == number.value
    ):
        return False
    if amount.unit in _DOORS and (amount.value >= _DOOR or _DOOR_BEFORE.search(before)):
        return False
    return amount.unit not in ("月", "日", "周") or "个" in text[number.ends : amount.ends]


def _after_the_clock(text: str, number: _Found, amount: _Amount) -> Number:
    """ "两点五小时" is two and a half hours, "明天两点五小时" are five from two o'clock."""
    clock = _CLOCK_BEFORE.search(text[: number.begins][-8:])
    hours = clock and (_han(clock[1]) if not clock[1].isdigit() else int(clock[1]))
    if not clock or hours is None or number.value != 5 or number.is_half:
        return amount.value
    told = text[: number.begins][: -len(clock[0])]
    return amount.value if _TIME_BEFORE.search(told) else hours + 0.5


@lru_cache(maxsize=64)
def _alternatives(units: tuple[str, ...]) -> re.Pattern[str]:
    """Matches the longest unit; one in Latin letters only as a whole word."""
    return re.compile(
        "|".join(re.escape(u) + (r"(?![a-z])" if u[-1:].isascii() else "") for u in units) or "(?!)"
    )


def _numbers(text: str) -> list[_Found]:
    """All numbers in a plain text, in order, each with its place."""
    found: list[_Found] = []
    for match in _TOKEN.finditer(text):
        begins, ends = match.span()
        if match["han"]:
            begins, value = _han_at(text, begins, ends)
        elif match["fraction"]:
            value = _fraction(match["fraction"])
        elif match["digits"]:
            value = _arabic(match["digits"], match["scale"] or "", match["rest"] or "")
        else:
            value = 0.5 if match["half"] else _english(match["english"])
        if value is not None:
            found.append(_Found(_whole(value), begins, ends, bool(match["half"]) or value == 0.5))
    return found


def _whole(value: Number) -> Number:
    return int(value) if value == int(value) else value


def _arabic(digits: str, scale: str, rest: str) -> Number | None:
    digits = digits.replace(",", "").replace(" ", "")
    if len(digits) > _LONGEST_NUMBER:
        return None
    number = float(digits) if "." in digits else int(digits)
    power = _SCALE_OF[scale.strip()[0]] if scale else 1
    return round(number * power + (int(rest) * power // 10 if rest else 0), 6)


def _fraction(text: str) -> Number | None:
    whole, _, part = text.rpartition(" ")
    above, below = part.split("/")
    if below == "0" or len(whole) > _LONGEST_NUMBER:
        return None
    return int(whole or 0) + round(int(above) / int(below), 6)


def _han_at(text: str, begins: int, ends: int) -> tuple[int, Number | None]:
    """A run of Chinese numerals; of "周三两小时" only what follows the day."""
    if text[begins - 1 : begins] in ("周", "期", "拜", "第", "初") and begins and ends - begins > 1:
        begins += 1
    if ends - begins > 2 * _LONGEST_NUMBER:
        return ends, None
    while begins < ends:
        value = _han(text[begins:ends])
        if value is not None:
            return begins, value
        begins += 1
    return begins, None


def _han(run: str) -> int | None:
    """The value of Chinese numerals; of "七八十" the larger. None for what is no number."""
    for short, long in _TENS.items():
        run = run.replace(short, long)
    if all(c in _DIGITS for c in run):
        return _han_digits(run)
    if run[0] in "万亿":
        return None
    total = section = digit = 0
    power = 0
    for index, c in enumerate(run):
        if c in _DIGITS:
            if digit and not (_DIGITS[c] == digit + 1 and run[index - 1] in _DIGITS):
                return None
            digit, power = _DIGITS[c], (power if c not in "零〇" else 1)
            continue
        step = _POWERS[c]
        if step >= 10_000:
            section += digit
            total = total + (section or 1) * step if step == 10_000 else (total + section or 1) * step
            section = 0
        else:
            section += (digit or 1) * step
        digit, power = 0, step
    if digit and power >= 100 and run[-2] not in "零〇":  # "一百二" is 120
        digit *= power // 10
    return total + section + digit


def _han_digits(run: str) -> int | None:
    if len(run) == 1:
        return _DIGITS[run]
    if len(run) == 2 and run[0] not in "零〇":  # "两三个"; "五一" is a holiday
        first, second = (_DIGITS[c] for c in run)
        return max(first, second) if second == first + 1 or run in ("三五", "三两") else None
    if "两" in run or any(c in run for c in _ENDS_WITH_ITS_UNIT) or len(run) > _LONGEST_NUMBER:
        return None
    return int("".join(str(_DIGITS[c]) for c in run))


def _english(text: str) -> Number | None:
    """The value of English number words: "a hundred and twenty", "two and a half", "a couple"."""
    if text.startswith("half"):
        return 0.5
    total: Number = 0
    section: Number = 0
    for word in re.split(r"[ -]+", text):
        if word in ("a", "an", "and", ""):
            continue
        if word in _SCALES:
            section = (section or 1) * _SCALES[word]
            total, section = (total + section, 0) if _SCALES[word] > 100 else (total, section)
        elif word in ("half", "quarter"):
            section += 0.5 if word == "half" else 0.25
        elif word == "dozen" and section:
            section *= 12
        else:
            more = _ENGLISH[word]
            if section % 100 and not (section % 10 == 0 and section % 100 > 10 and more < 10):
                return None  # "two two"
            section += more
    return total + section
