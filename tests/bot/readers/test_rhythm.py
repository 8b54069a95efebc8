"""How often people say they want something, and the rest of what they said."""

from datetime import timedelta

import pytest

from bot.readers import rhythm
from core.plans import Every

SAID = {
    "每周三上午打扫": (Every.WEEK, "周三上午打扫"),
    "每个星期三": (Every.WEEK, "周三"),
    "每週三上午": (Every.WEEK, "周三上午"),
    "以后每周都来": (Every.WEEK, "以后 都来"),
    "一周一次，周二": (Every.WEEK, ",周二"),
    "隔周五上午": (Every.FORTNIGHT, "周五上午"),
    "每两周的周五下午2点": (Every.FORTNIGHT, "的周五下午2点"),
    "每四周": (Every.FOUR_WEEKS, ""),
    "每月一次": (Every.MONTH, ""),
    "every Wednesday morning": (Every.WEEK, "wednesday morning"),
    "Wednesdays at 10": (Every.WEEK, "wednesday at 10"),
    "every other Friday at 9": (Every.FORTNIGHT, "friday at 9"),
    "fortnightly on Monday": (Every.FORTNIGHT, "on monday"),
    "once a month": (Every.MONTH, ""),
}


@pytest.mark.parametrize("said", SAID)
def test_how_often_and_what_is_left_when_it_is_said_once(said: str) -> None:
    every, once = SAID[said]
    assert rhythm.spot(said) is every
    assert " ".join(rhythm.once(said).split()) == once


@pytest.mark.parametrize("said", ["周三上午", "下周三", "明天三点", "on Wednesday", "两周后", "这周三"])
def test_a_single_day_is_no_rhythm(said: str) -> None:
    assert rhythm.spot(said) is None
    assert rhythm.once(said) == said


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("暂停两周", 14),
        ("停10天", 10),
        ("一个半月", 45),
        ("半个月", 15),
        ("two weeks", 14),
        ("for a month", 30),
    ],
)
def test_how_long_something_lasts(said: str, days: int) -> None:
    assert rhythm.length(said) == timedelta(days=days)


@pytest.mark.parametrize("said", ["2月6日", "春节", "until 4 January"])
def test_a_day_is_no_length(said: str) -> None:
    assert rhythm.length(said) is None
