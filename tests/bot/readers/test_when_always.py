"""What holds for whatever is typed."""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.readers import when
from bot.readers.when import chinese, english
from core import references

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
WORDS = [
    *chinese.WORDS,
    *english.WORDS,
    *"0123456789:/-.,~ 一二三四五六七八九十零两第",
    " ",
    "明天",
    "下午",
    "点",
    "to",
    "25",
]
DAYS = some.dates(NOW.date(), date(2027, 11, 20))
NUMERALS = "零一二三四五六七八九十"
MONTHS = "January February March April May June July August September October November December".split()


def chinese_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else NUMERALS[tens])
        + ("十" if tens else "")
        + (NUMERALS[ones] if ones or not tens else "")
    )


def ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")
    return f"{number}{ending}"


FORMS = {
    "2026-11-25": lambda d: d.isoformat(),
    "2026/11/25": lambda d: f"{d.year}/{d.month}/{d.day}",
    "2026.11.25": lambda d: f"{d.year}.{d.month}.{d.day}",
    "11/25": lambda d: f"{d.month}/{d.day}",
    "11-25号": lambda d: f"{d.month}-{d.day}号",
    "11月25号": lambda d: f"{d.month}月{d.day}号",
    "11月25": lambda d: f"{d.month}月{d.day}",
    "2026年11月25日": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "十一月二十五号": lambda d: f"{chinese_number(d.month)}月{chinese_number(d.day)}号",
    "November 25": lambda d: f"{MONTHS[d.month - 1]} {d.day}",
    "Nov 25th": lambda d: f"{MONTHS[d.month - 1][:3]} {ordinal(d.day)}",
    "25 Nov": lambda d: f"{d.day} {MONTHS[d.month - 1][:3]}",
    "the 25th of November, 2026": lambda d: f"the {ordinal(d.day)} of {MONTHS[d.month - 1]}, {d.year}",
    "November 25, 2026": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
}
CLOCKS = {
    "14:05": lambda h, m: f"{h}:{m:02}" if h > 12 else f"{h:02}:{m:02}",
    "2:05pm": lambda h, m: f"{(h + 11) % 12 + 1}:{m:02}{'pm' if h > 11 else 'am'}",
    "14点5分": lambda h, m: f"{h:02}点{m}分",
}


def sound(text: str, reading: when.Reading) -> None:
    start, end = reading.span
    assert 0 <= start < end <= len(text)
    assert reading.text == text[start:end]
    assert reading.starts or reading.ends
    assert reading.has_day or reading.has_time
    if reading.starts and reading.ends:
        assert reading.starts <= reading.ends
    assert all(moment.tzinfo is NOW.tzinfo for moment in (reading.starts, reading.ends) if moment)


@given(some.text(), some.sampled_from(["zh-CN", "en", "en-GB", ""]))
def test_no_text_is_too_strange(text: str, language: str) -> None:
    reading = when.read(text, NOW, language)
    if reading is not None:
        sound(text, reading)


@settings(max_examples=600)
@given(some.lists(some.sampled_from(WORDS), max_size=12), some.sampled_from(["", " "]))
def test_any_heap_of_words_of_time_is_read_or_left_without_an_error(words: list[str], space: str) -> None:
    text = space.join(words)
    reading = when.read(text, NOW, "zh-CN")
    if reading is not None:
        sound(text, reading)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60)
@given(day=DAYS)
def test_a_date_reads_back_in_every_form(form: str, day: date) -> None:
    reading = when.read(FORMS[form](day), NOW, "en")
    assert reading is not None
    assert reading.starts is not None
    assert (reading.starts.date(), reading.grain, reading.has_time) == (day, "day", False)


@pytest.mark.parametrize("clock", CLOCKS)
@settings(max_examples=60)
@given(day=DAYS, hour=some.integers(0, 23), minute=some.integers(0, 59))
def test_a_time_reads_back_beside_its_day(clock: str, day: date, hour: int, minute: int) -> None:
    written = CLOCKS[clock](hour, minute)
    for text in (
        f"{day.isoformat()} {written}",
        f"{written} on {MONTHS[day.month - 1]} {day.day}, {day.year}",
    ):
        reading = when.read(text, NOW, "en")
        assert reading is not None
        assert reading.starts == datetime(day.year, day.month, day.day, hour, minute, tzinfo=NOW.tzinfo)


@given(
    some.integers(0, 6), some.sampled_from([("这周", 0), ("下周", 1), ("下下周", 2)]), some.integers(0, 400)
)
def test_a_weekday_lies_in_the_week_that_was_said(weekday: int, week: tuple[str, int], passed: int) -> None:
    now = NOW + timedelta(days=passed)
    words, later = week
    reading = when.read(words + "一二三四五六日"[weekday], now, "zh-CN")
    assert reading is not None
    assert reading.starts is not None
    monday = now.date() - timedelta(days=now.weekday())
    assert reading.starts.date() == monday + timedelta(days=7 * later + weekday)


@given(some.integers(0, 6), some.integers(0, 400))
def test_a_weekday_without_a_week_is_one_of_the_next_seven_days(weekday: int, passed: int) -> None:
    now = NOW + timedelta(days=passed)
    reading = when.read("周" + "一二三四五六日"[weekday], now, "zh-CN")
    assert reading is not None
    assert reading.starts is not None
    assert 0 <= (reading.starts.date() - now.date()).days < 7
    assert reading.starts.weekday() == weekday


@pytest.mark.parametrize(
    "heap", ["明天", "1-1", "1:1:", "twenty ", "a", "点", "周一到", " ", "不", "9" * 50 + " ", "to 5 "]
)
def test_a_megabyte_takes_no_time(heap: str) -> None:
    text = heap * (1_000_000 // len(heap))
    started = time.process_time()
    when.read(text, NOW, "zh-CN")
    assert time.process_time() - started < 0.5


@given(
    some.sampled_from(references.LETTERS),
    some.text(references.SIGNS, min_size=references.LENGTH - 1, max_size=references.LENGTH - 1),
    some.sampled_from(["改时间 {}", "取消{}", "move {}", "{} please", "{}"]),
    some.sampled_from(["zh-CN", "en"]),
    some.booleans(),
)
def test_a_reference_is_never_a_time(first: str, rest: str, said: str, language: str, low: bool) -> None:
    reference = first + rest
    assert when.read(said.format(reference.lower() if low else reference), NOW, language) is None
