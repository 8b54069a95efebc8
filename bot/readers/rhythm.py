"""Reads how often something is wanted: 每周三, 隔周五, every other Friday, once a month."""

import re
from datetime import timedelta
from typing import Final

from bot.readers import numbers, typed
from core.plans.tables import Every

_WEEK: Final = "(?:周|星期|礼拜)"
_NAMED: Final = "(?=[一二三四五六日天末])(?!一次)"
_DAY: Final = "(?=(?:mon|tue|wed|thu|fri|sat|sun))"
_EVERY: Final = re.compile(r"\bev[er]{1,4}y\b")
"""As hasty fingers write it."""
_ONCE: Final = "(?:来|做|打扫|上门)?一次"
PATTERNS: Final = (
    (Every.FORTNIGHT, re.compile(f"每?隔一?个?{_WEEK}{_NAMED}|双{_WEEK}{_NAMED}"), "周"),
    (
        Every.FORTNIGHT,
        re.compile(
            f"每隔?[两二2]个?{_WEEK}(?:{_ONCE})?|每?隔一?个?{_WEEK}(?:{_ONCE})?|[两二2]个?{_WEEK}{_ONCE}"
            f"|双{_WEEK}|每半个?月(?:{_ONCE})?|半个月{_ONCE}"
            rf"|\b(?:every|each) (?:other|second|2nd) (?:week(?: on)?\b|{_DAY})"
            r"|\bevery (?:two|2) weeks(?: on)?\b"
            r"|\bfort?nightly\b|\bbi-?weekly\b|\b(?:once a|every) fort?night(?: on)?\b"
        ),
        " ",
    ),
    (
        Every.FOUR_WEEKS,
        re.compile(
            rf"每[四4]个?{_WEEK}(?:{_ONCE})?|[四4]个?{_WEEK}{_ONCE}|\bevery (?:four|4) weeks(?: on)?\b"
        ),
        " ",
    ),
    (
        Every.MONTH,
        re.compile(
            f"每个?月(?:{_ONCE})?|[一1]个?月{_ONCE}|按月"
            r"|\b(?:every|each|once a|once every) month(?: on)?\b|\bmonthly\b"
        ),
        " ",
    ),
    (Every.WEEK, re.compile(f"每逢?个?{_WEEK}{_NAMED}"), "周"),
    (
        Every.WEEK,
        re.compile(
            f"每个?{_WEEK}(?:{_ONCE})?|[一1]个?{_WEEK}{_ONCE}|按周"
            rf"|\b(?:every|each) {_DAY}|\b(?:every|each|once a) week(?: on)?\b|\bweekly\b"
        ),
        " ",
    ),
)
"""How often, the words for it, and what stands in their place where it is said once."""
_PLURAL: Final = re.compile(r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)s\b")


def spot(text: str) -> Every | None:
    """How often the message says that something is wanted; None where it speaks of no rhythm."""
    said = _plain(text)
    found = next((every for every, words, _ in PATTERNS if words.search(said)), None)
    return found or (Every.WEEK if _PLURAL.search(said) else None)


def once(text: str) -> str:
    """The same message as if it were wanted once: of 每周三上午 it is 周三上午, of "every Friday" Friday."""
    said = _plain(text)
    for _, words, instead in PATTERNS:
        if words.search(said):
            return _PLURAL.sub(r"\1", words.sub(instead, said, count=1)).strip()
    return _PLURAL.sub(r"\1", said) if _PLURAL.search(said) else text


_LENGTH: Final = re.compile(
    r"(\d+(?:\.\d+)?|[一二两三四五六七八九十半]+)个?(半)?(周|星期|礼拜|天|(?<=[个半])月)"
    r"|\b(\d+|a|an|one|two|three|four|five|six|eight|ten)\s+(weeks?|months?|days?)\b"
)
_LONG: Final = {"周": 7, "星": 7, "礼": 7, "月": 30, "天": 1, "w": 7, "m": 30, "d": 1}


def length(text: str) -> timedelta | None:
    """How long the message says: 两周, 10天, "a month" (of thirty days)."""
    found = _LENGTH.search(_plain(text))
    if found is None:
        return None
    said, unit = found[1] or found[4], found[3] or found[5]
    count = (
        0.5
        if said == "半"
        else 1
        if said in ("a", "an")
        else numbers.read(said, "en" if found[4] else "zh-CN")
    )
    if count is None:
        return None
    return timedelta(days=round((float(count) + (0.5 if found[2] else 0)) * _LONG[unit[0]]))


def _plain(text: str) -> str:
    return _EVERY.sub("every", typed.join_han(typed.plain(text)))
