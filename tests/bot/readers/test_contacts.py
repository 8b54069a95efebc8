"""What customers and workers write to each other passes on without numbers."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readers.contacts import HIDDEN, masked

HAN = "零一二三四五六七八九"
PLAIN = re.compile(r"\d")


def spaced(digits: str, mark: str) -> str:
    return f"{digits[:3]}{mark}{digits[3:7]}{mark}{digits[7:]}"


def full_width(digits: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in digits)


def in_han(digits: str) -> str:
    return "".join(HAN[int(c)] for c in digits)


def keycaps(digits: str) -> str:
    return "".join(f"{c}\ufe0f\u20e3" for c in digits)


def in_english(digits: str) -> str:
    return " ".join("zero one two three four five six seven eight nine".split()[int(c)] for c in digits)


WAYS = [
    lambda n: n,
    lambda n: spaced(n, " "),
    lambda n: spaced(n, "-"),
    lambda n: spaced(n, "."),
    lambda n: " ".join(n),
    lambda n: "，".join(n),
    lambda n: f"+86 {n}",
    lambda n: f"(0086){n}",
    full_width,
    in_han,
    keycaps,
    in_english,
    lambda n: n[:3] + in_han(n[3:7]) + n[7:],
    lambda n: n.replace("0", "o").replace("1", "l") if sum(c not in "01" for c in n) > 4 else n,
]
mobile = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landline = st.from_regex(r"0[1-9][0-9]{1,2}[2-8][0-9]{7}", fullmatch=True)
before = st.sampled_from(["", "我的电话", "打 ", "微信同号：", "call me at ", "门口有狗，"])
after = st.sampled_from(["", "，到了叫我", " please", "。谢谢"])


@given(mobile | landline, st.sampled_from(WAYS), before, after)
def test_no_telephone_number_passes(number: str, write: Callable[[str], str], first: str, last: str) -> None:
    said = masked(f"{first}{write(number)}{last}")
    assert HIDDEN in said
    assert said.startswith(first)
    assert said.endswith(last)
    left = said.removeprefix(first).removesuffix(last)
    assert len(PLAIN.findall(left)) <= 1
    assert number not in said


@pytest.mark.parametrize(
    "words",
    [
        "加我微信 lily_2020",
        "微信号：lilywang",
        "vx abc12345",
        "my WeChat is lily2020",
        "QQ 12345678",
        "add me: lily_wang",
        "写到 wang.fang@qq.com",
        "wang at qq dot com",
        "看 https://example.com/a?b=1 这个",
        "www.example.cn",
        "telegram @lily_w",
        "wxid_a1b2c3",
    ],
)
def test_other_ways_to_reach_somebody_are_hidden(words: str) -> None:
    assert HIDDEN in masked(words)


@pytest.mark.parametrize(
    "words",
    [
        "3栋2单元1801，门禁 1234#",
        "12-3-1801",
        "2026-11-24 14:00 到可以吗",
        "2026年11月24日",
        "周二 9.30-11.30 都在",
        "14:00-16:00",
        "总共 260 元，120 平",
        "二十分钟以后到，一共三个人",
        "用微信付款可以吗",
        "Please message me on WeChat tomorrow",
        "狗叫 Lucky，不咬人",
    ],
)
def test_everything_else_passes_as_it_was_written(words: str) -> None:
    assert masked(words) == words


@given(st.text(max_size=60))
def test_nothing_breaks_it(words: str) -> None:
    assert len(masked(words)) <= len(words) + 3 * words.count("") + 3
