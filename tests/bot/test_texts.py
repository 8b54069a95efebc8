"""How keys become lines: figures and dates in the person's language, a company's own wording."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot import texts
from bot.texts import Money, Span, UnknownText


@pytest.fixture
def fresh() -> Iterator[None]:
    """Wording of this test's own; everybody else has ours again afterwards."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    texts.wording.cache_clear()
    texts._said_before.cache_clear()


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (Money(0), "¥0", "¥0"),
        (Money(13_500), "¥135", "¥135"),
        (Money(108_050), "¥1,080.5", "¥1,080.5"),
        (date(2026, 11, 25), "11月25日周三", "Wed 25 Nov"),
        (time(9, 5), "09:05", "09:05"),
        (datetime(2026, 11, 25, 14, tzinfo=UTC), "11月25日周三 14:00", "Wed 25 Nov 14:00"),
        (["a", "b", "c"], "a、b和c", "a, b, and c"),
        ({"zh-CN": "保洁", "en": "cleaning"}, "保洁", "cleaning"),
        (None, "", ""),
        (3, "3", "3"),
    ],
)
def test_values_are_said_as_people_say_them(value: object, chinese: str, english: str) -> None:
    assert texts.say("zh-CN", "value-said", value=value) == chinese
    assert texts.say("en", "value-said", value=value) == english


def test_a_span_is_two_times_on_the_clock() -> None:
    begins = datetime(2026, 11, 25, 14, tzinfo=UTC)
    assert texts.say("en", "value-said", value=Span(begins, begins + timedelta(hours=3))) == "14:00–17:00"


def test_what_cannot_be_said_is_our_mistake_and_not_an_empty_line() -> None:
    with pytest.raises(UnknownText):
        texts.say("en", "no-such-key")
    with pytest.raises(UnknownText):
        texts.say("en", "value-said", value=object())
    with pytest.raises(UnknownText):
        texts.say("en", "value-said")


@pytest.mark.parametrize(
    ("tag", "ours"),
    [
        ("zh-CN", "zh-CN"),
        ("zh-Hant-HK", "zh-CN"),
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("fr", None),
        ("", None),
        (None, None),
    ],
)
def test_the_nearest_of_our_languages_is_spoken(tag: str | None, ours: str | None) -> None:
    assert texts.closest(tag) == ours


def test_markup_and_bidirectional_words_pass_unchanged() -> None:
    for words in ("<b>x</b>", "{ $x }", "مرحبا", "a\u2068b"):
        assert texts.say("en", "value-said", value=words).replace("\u2068", "") == words.replace("\u2068", "")


def test_a_company_says_it_in_its_own_words(fresh: None, tmp_path: Path) -> None:
    (tmp_path / "zh-CN").mkdir()
    (tmp_path / "zh-CN" / "ours.ftl").write_text("thanks-told = 应该的！\n", encoding="utf-8")
    texts.overlay(tmp_path)
    assert texts.say("zh-CN", "thanks-told") == "应该的！"
    assert texts.say("en", "thanks-told").startswith("You're welcome")


def test_what_refers_to_another_line_says_the_companys_own(fresh: None, tmp_path: Path) -> None:
    assert texts.say("zh-CN", "repeating-first-label") == texts.say("zh-CN", "booking-first-label")
    _forget()
    (tmp_path / "zh-CN").mkdir()
    (tmp_path / "zh-CN" / "ours.ftl").write_text("# 我们的\nbooking-first-label = 头一回", encoding="utf-8")
    texts.overlay(tmp_path)
    assert texts.say("zh-CN", "repeating-first-label") == "头一回"


@pytest.mark.parametrize(
    ("folder", "wording", "reason"),
    [
        ("zh-CN", "thanks-tolt = 应该的", "no thanks-tolt"),
        ("zh-CN", "这不是一句话", "not understood"),
        ("fr", "thanks-told = De rien", "we speak"),
        (
            "zh-CN",
            "near-day = { $whn } 上门",
            r"in near-day nothing stands for { \$whn }; there is { \$when }",
        ),
        ("en", "thanks-told = Bye { $name }", r"nothing stands for { \$name }; there is nothing"),
        ("en", "near-day = See you { when }", r"no text { when }; a value is { \$when }"),
        ("en", "near-day = See { -us } then", "no text { -us }"),
        ("en", "near-day = { NUMBR($when) }", r"no NUMBR\(\); there is DATETIME, NUMBER"),
    ],
)
def test_a_slip_in_the_companys_wording_is_found_at_the_start(
    fresh: None, tmp_path: Path, folder: str, wording: str, reason: str
) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "ours.ftl").write_text(wording + "\n", encoding="utf-8")
    with pytest.raises(UnknownText, match=reason):
        texts.overlay(tmp_path)
