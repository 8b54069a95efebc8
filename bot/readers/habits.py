"""What customers tell of their ways: when they are free, what not to use, when to leave them alone."""

import re
from datetime import datetime

from bot import words
from bot.readers import typed, when
from core.facts import Habit

_LONGEST, _MOST_KEPT = 120, 80
_CLAUSES = re.compile(r"[,，。;；!！\n]+")
_NOT = r"(?:不要|不能|不可以|不许|禁止|请勿|别|莫(?:要)?|甭|勿|不想(?:要)?)"
_PRODUCTS = re.compile(
    rf"{_NOT}(?:再)?(?:用|使用|喷|放).{{0,8}}(?:漂白|84|消毒|洁厕|酒精|香|药水|化学|强酸|打蜡|清洁剂|洗洁精|钢丝球|氨水|蜡)"
    r"|\b(?:don't|dont|do not|never|no) (?:use |using )?(?:any |the |strong )*"
    r"(?:bleach|ammonia|chlorine|perfume|scented|chemicals|steel wool|wax|disinfectant|vinegar)"
)
_MANNERS = re.compile(
    rf"换鞋|脱鞋|鞋套|{_NOT}(?:在家里?|在屋里)?(?:抽烟|吸烟|按门铃|敲门|大声)|{_NOT}(?:进|动)(?:我的?|我们的?)?(?:书房|卧室|主卧|次卧|儿童房|书桌|电脑)"
    r"|\b(?:shoes off|take off (?:your|their|the) shoes|shoe covers|no smoking|don't smoke|do not smoke"
    r"|(?:don't|do not) ring(?: the)? (?:door)?bell|(?:don't|do not) (?:enter|go into|touch) (?:the|my))\b"
)
_QUIET = re.compile(
    rf"{_NOT}(?:再)?(?:来)?(?:打扰|打电话|发消息|联系)"
    r"|\b(?:don't|dont|do not) (?:disturb|call|message|contact|bother)\b"
)
_USUALLY = re.compile(
    r"一般|通常|平时|平常|往常|大多|基本上?都?是?"
    r"|\b(?:usually|normally|generally|mostly|i prefer|always free)\b"
)
_FREE = re.compile(
    r"方便|有空|有时间|在家|可以|\b(?:free|at home|home|works|work best|suits?|prefer|best|available)\b"
)
_WEEKEND = re.compile(r"周末|双休日?|\bweekends?\b")
_WORKDAYS = re.compile(r"工作日|平日|\b(?:weekdays?|workdays?)\b")
_DAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])|\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b")
_NAMES = {name: day for day, name in enumerate("一二三四五六日", 1)} | {"天": 7}
_ENGLISH = {name: day for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1)}
_PARTS = (
    (re.compile(r"上午|早上|早晨|\bmornings?\b"), (8, 12)),
    (re.compile(r"下午|午后|\bafternoons?\b"), (12, 18)),
    (re.compile(r"晚上|傍晚|\bevenings?\b"), (17, 21)),
)
_YEAR = re.compile(r"(?:19|20)\d\d *[年./-]")


def read(text: str, now: datetime, language: str) -> dict[Habit, str]:
    """What the message tells, as it is kept; nothing where it asks."""
    if len(text) > _LONGEST or words.ends_like_a_question(text):
        return {}
    said = typed.join_han(typed.plain(text))
    found: dict[Habit, str] = {}
    for habit, pattern in ((Habit.PRODUCTS, _PRODUCTS), (Habit.MANNERS, _MANNERS)):
        if clauses := [one.strip() for one in _CLAUSES.split(text) if pattern.search(_plain(one))]:
            found[habit] = "；".join(clauses)[:_MOST_KEPT]
    if _QUIET.search(said) and (days := weekdays(said)):
        found[Habit.QUIET] = days
    if _USUALLY.search(said) and _FREE.search(said) and (times := _times(said)):
        found[Habit.TIMES] = times
    if (born := _birthday(said, now, language)) is not None:
        found[Habit.BIRTHDAY] = born
    return found


def _plain(text: str) -> str:
    return typed.join_han(typed.plain(text))


def weekdays(said: str) -> str:
    """The weekdays named, as digits of ISO 8601 in order; "" where none is."""
    days = {_NAMES[one[1]] if one[1] else _ENGLISH[one[2]] for one in _DAY.finditer(said)}
    days |= {6, 7} if _WEEKEND.search(said) else set()
    days |= {1, 2, 3, 4, 5} if _WORKDAYS.search(said) else set()
    return "".join(str(day) for day in sorted(days))


def _times(said: str) -> str:
    """Days and hours as `Habit.TIMES` has them; "" where neither is named."""
    days = weekdays(said)
    parts = [hours for pattern, hours in _PARTS if pattern.search(said)]
    if not days and not parts:
        return ""
    first, last = (min(one[0] for one in parts), max(one[1] for one in parts)) if parts else (0, 24)
    return f"{days or '1234567'}/{first}-{last}"


def _birthday(said: str, now: datetime, language: str) -> str | None:
    return birthday(said, now, language) if words.stands_in(said, "habits", "birthday") else None


def birthday(said: str, now: datetime, language: str) -> str | None:
    """The day of the year that is named, as `Habit.BIRTHDAY` has it; a year is passed over."""
    reading = when.read(_YEAR.sub("", _plain(said)), now, language)
    if reading is None or not reading.has_day or reading.starts is None:
        return None
    return f"{reading.starts:%m-%d}"
