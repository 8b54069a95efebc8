from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.wechat import values
from core.news import MOMENTS
from core.settings.templates import FITTING
from tests.doubles.wechat.values import check

MOMENT_KEYS = {key for key, fitting in FITTING.items() if fitting == MOMENTS}
LISTED = {"const", "enum"}
"""Only what the console lists may stand there, so it is written into the file as it is."""
words = st.text() | st.text("0123456789¥￥.,- 元") | st.text("李建国王秀英 Anna123")


@pytest.mark.parametrize("kind", sorted(set(FITTING) - MOMENT_KEYS - LISTED))
@given(fact=words)
def test_whatever_is_told_the_platform_takes_it(kind: str, fact: str) -> None:
    key = f"{kind}7"
    assert check({key: {"value": values.fit(key, fact)}}, {key: "label"})


@pytest.mark.parametrize("kind", sorted(MOMENT_KEYS))
@given(at=st.datetimes(timezones=st.just(UTC)))
def test_every_moment_is_taken(kind: str, at: datetime) -> None:
    assert check({kind: {"value": values.fit(kind, at.isoformat())}}, {kind: "label"})


@pytest.mark.parametrize(
    ("key", "fact", "stands"),
    [
        ("thing1", "武侯区科华北路12号3栋501", "武侯区科华北路12号3栋501"),
        ("thing1", "武侯区科华北路12号3栋2单元501室门铃坏了", "武侯区科华北路12号3栋2单元501室…"),
        ("thing1", " \n ", "—"),
        ("time2", "2026-11-23T15:01+08:00", "2026年11月23日 15:01"),
        ("date2", "2026-11-03T09:00+08:00", "2026年11月3日"),
        ("phrase3", "已确认", "已确认"),
        ("phrase3", "confirmed", "请查看"),
        ("name4", "林女士2", "林女士"),
        ("name4", "Anna Lee 3", "Anna Lee"),
        ("name4", "", "—"),
        ("amount5", "¥1,080", "¥1080"),
        ("amount5", "¥45.50", "¥45.50"),
        ("number5", "¥1,080", "1080"),
        ("character_string6", "K7Q2M9", "K7Q2M9"),
        ("character_string6", "编号 K7", "K7"),
        ("phone_number7", "028-8555 0100", "028-8555 0100"),
        ("car_number8", "川A12345", "川A12345"),
        ("letter9", "K7Q", "KQ"),
        ("symbol9", "★4.9", "★."),
        ("const10", "上门服务", "上门服务"),
    ],
)
def test_a_fact_stands_as_it_may(key: str, fact: str, stands: str) -> None:
    assert values.fit(key, fact) == stands


def test_what_is_no_moment_is_not_made_one() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        values.fit("time1", "明天")
