"""What counts as the number of a choice, and what only has a number in it."""

import pytest

from bot import hearing
from bot.state import Offered


@pytest.mark.parametrize(
    "said",
    [
        "2",
        "2.",
        "2）",
        "二",
        "第二个",
        "第二个吧",
        "我要第2个",
        "选2",
        "那就第二个",
        "two",
        "option 2",
        "no 2",
        "the second one",
    ],
)
def test_a_choice_may_be_named_by_its_number(said: str) -> None:
    assert hearing.is_number(said)


@pytest.mark.parametrize(
    "said",
    [
        "3小时",
        "两小时",
        "3号",
        "三月",
        "3点",
        "2 hours",
        "3pm",
        "5台",
        "3人",
        "周三",
        "no one",
        "二楼",
        "一下",
        "138",
    ],
)
def test_an_amount_a_day_or_an_hour_is_no_choice(said: str) -> None:
    assert not hearing.is_number(said)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("care", "Care and company"),
        ("Company", "Care and company"),
        ("clean", "Cleaning"),
        ("any", None),
        ("an", None),
        ("照护", "照护陪伴"),
        ("陪伴", "照护陪伴"),
    ],
)
def test_a_part_of_a_label_begins_where_a_word_begins(said: str, meant: str | None) -> None:
    labels = ("Cleaning", "Appliance care", "Care and company", "照护陪伴")
    offered = [Offered(label=label, data=f"1:{n}") for n, label in enumerate(labels)]
    if said == "care":
        offered = [one for one in offered if one.label != "Appliance care"]
    found = hearing.by_label(offered, said)
    assert (found.label if found else None) == meant
