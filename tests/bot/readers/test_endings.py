"""How long something goes on, as people type it."""

import pytest

from bot.readers import endings


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("每周三上午保洁，一共十次", 10),
        ("总共做8次", 8),
        ("先来四次", 4),
        ("12次就好", 12),
        ("cleaning every friday, ten times", 10),
        ("6 visits in all", 6),
        ("每周两次保洁", None),
        ("第三次能换人吗", None),
        ("来一次保洁", None),
        ("three times a week", None),
    ],
)
def test_how_often_in_all_is_found_in_passing(text: str, times: int | None) -> None:
    assert endings.times(text) == times


@pytest.mark.parametrize(
    ("text", "times"), [("10", 10), ("十次", 10), ("ten times", 10), ("8 visits", 8), ("不知道", None)]
)
def test_a_bare_number_answers_how_often(text: str, times: int | None) -> None:
    assert endings.times(text, whole=True) == times


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("每周三上午保洁到六月底", "六月底"),
        ("做到12月31号为止，一次3小时", "12月31号"),
        ("every friday until end of june", "end of june"),
        ("做到年底就结束周期", "年底"),
        ("到六月底就好", "六月底"),
        ("every friday at 9 till 30 June, 3 hours", "30 june"),
        ("每周三上午保洁", None),
    ],
)
def test_until_when_is_found_in_passing(text: str, named: str | None) -> None:
    assert endings.day(text) == named


def test_what_is_left_says_the_rest() -> None:
    assert endings.without("每周三上午9点保洁3小时，到六月底", "六月底") == "每周三上午9点保洁3小时,"
    assert endings.without("every friday, ten times", None) == "every friday,"
    assert endings.without("每周三上午", None) == "每周三上午"
