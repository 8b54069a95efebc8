"""Days that people call by name: fixed, moving, and those of the Chinese moon calendar."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import holidays

FIXED: Final = {
    "new year": (1, 1),
    "valentine": (2, 14),
    "women": (3, 8),
    "arbor": (3, 12),
    "fools": (4, 1),
    "labour": (5, 1),
    "youth": (5, 4),
    "children": (6, 1),
    "army": (8, 1),
    "teachers": (9, 10),
    "national": (10, 1),
    "halloween": (10, 31),
    "singles": (11, 11),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing": (12, 26),
    "new year eve": (12, 31),
}
"""Month and day."""

MOON: Final = {
    "spring": ("春节", 0),
    "eve of spring": ("春节", -1),
    "lantern": ("春节", 14),
    "qingming": ("清明节", 0),
    "dragon boat": ("端午节", 0),
    "mid-autumn": ("中秋节", 0),
}
"""The public holiday it is counted from, and by how many days."""

CHINESE: Final = {
    name: key
    for key, names in {
        "new year": "元旦 元旦节 新年 阳历新年",
        "valentine": "情人节",
        "women": "妇女节 三八节 女神节",
        "arbor": "植树节",
        "fools": "愚人节",
        "labour": "劳动节 国际劳动节 五一节 五一",
        "youth": "青年节",
        "children": "儿童节 国际儿童节 六一节",
        "army": "建军节",
        "teachers": "教师节",
        "national": "国庆 国庆节 十一",
        "halloween": "万圣节",
        "singles": "光棍节 双十一",
        "christmas eve": "平安夜 圣诞夜",
        "christmas": "圣诞 圣诞节",
        "new year eve": "跨年 跨年夜",
        "spring": "春节 农历新年 新春 大年初一 过年",
        "eve of spring": "除夕 除夕夜 大年三十 年三十 年三十晚",
        "lantern": "元宵 元宵节",
        "qingming": "清明 清明节",
        "dragon boat": "端午 端午节",
        "mid-autumn": "中秋 中秋节",
        "thanksgiving": "感恩节",
        "mothers": "母亲节",
        "fathers": "父亲节",
    }.items()
    for name in names.split()
    if name not in ("五一", "十一")
}
ENGLISH: Final = {
    name.replace("_", " "): key
    for key, names in {
        "new year": "new_year new_year's_day new_years_day new_year_day yuandan",
        "valentine": "valentine's_day valentines_day valentine's",
        "women": "women's_day",
        "labour": "may_day",
        "children": "children's_day",
        "national": "national_day",
        "halloween": "halloween halloween_day",
        "christmas eve": "christmas_eve xmas_eve",
        "christmas": "christmas xmas christmas_day xmas_day",
        "boxing": "boxing_day",
        "new year eve": "new_year's_eve new_years_eve",
        "spring": "chinese_new_year spring_festival lunar_new_year",
        "lantern": "lantern_festival",
        "qingming": "qingming tomb_sweeping_day",
        "dragon boat": "dragon_boat_festival",
        "mid-autumn": "mid-autumn_festival mid_autumn_festival moon_festival",
        "thanksgiving": "thanksgiving thanksgiving_day",
        "mothers": "mother's_day mothers_day",
        "fathers": "father's_day fathers_day",
    }.items()
    for name in names.split()
}
_SUNDAY, _THURSDAY = 6, 3
_MOVING: Final = {"thanksgiving": (11, _THURSDAY, 4), "mothers": (5, _SUNDAY, 2), "fathers": (6, _SUNDAY, 3)}
"""Month, weekday and which of them in that month."""


@lru_cache(maxsize=16)
def _public(year: int) -> dict[str, date]:
    """The first day of each public holiday of mainland China in that year, by its Chinese name."""
    calendar = holidays.country_holidays("CN", years=year, language="zh_CN", categories=("public",))
    days: dict[str, date] = {}
    for day, names in sorted(calendar.items()):
        for name in names.split("; "):
            days.setdefault(name, day)
    return days


def day_in(key: str, year: int) -> date | None:
    """The day of the festival in that year; None when it is not known."""
    if key in FIXED:
        month, day = FIXED[key]
        return date(year, month, day)
    if key in _MOVING:
        month, weekday, which = _MOVING[key]
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    name, later = MOON[key]
    day_of = _public(year).get(name)
    return None if day_of is None else day_of + timedelta(days=later)
