"""Where people say that they are: places anywhere become zones, everything else stays what it is."""

from zoneinfo import ZoneInfo

import pytest

from bot.readers import zones


@pytest.mark.parametrize(
    ("body", "zone"),
    [
        ("我在新西兰", "Pacific/Auckland"),
        ("我人在柏林", "Europe/Berlin"),
        ("我们现在住在伦敦了", "Europe/London"),
        ("我們搬到新加坡了", "Asia/Singapore"),
        ("我在乌鲁木齐", "Asia/Shanghai"),
        ("I'm in Berlin.", "Europe/Berlin"),
        ("we are now living in New Zealand", "Pacific/Auckland"),
        ("I live in San Francisco", "America/Los_Angeles"),
    ],
)
def test_who_says_where_they_are_is_understood(body: str, zone: str) -> None:
    assert zones.read(body) == (zone,)
    assert zones.asked(body) == ()


@pytest.mark.parametrize(
    ("body", "zone"),
    [
        ("时区改成纽约", "America/New_York"),
        ("按北京时间算", "Asia/Shanghai"),
        ("time zone: London", "Europe/London"),
        ("my time zone is Europe/Lisbon", "Europe/Lisbon"),
    ],
)
def test_a_clock_can_be_asked_for_by_its_place(body: str, zone: str) -> None:
    assert zones.asked(body) == (zone,)


@pytest.mark.parametrize(
    "body",
    [
        "我在家", "我在门口", "我在等", "我在南京路", "我在上班", "我到了", "我在路上", "I'm in a hurry",
        "I'm in", "I am in the kitchen", "新西兰", "我在新西兰的时候家里没人，密码是1234", "时区",
        "我不在柏林吗", "我在世界",
    ],
)  # fmt: skip
def test_everything_else_is_no_place(body: str) -> None:
    assert zones.read(body) == zones.asked(body) == ()


def test_a_wide_country_has_clocks_to_choose_from() -> None:
    for body in (
        "我在美国",
        "I'm in the US",
        "我在加拿大",
        "I'm in Australia",
        "我在俄罗斯",
        "I'm in Brazil",
    ):
        found = zones.read(body)
        assert 2 <= len(found) <= 5
        assert zones.besides(found[0]) == found
    assert zones.besides("Europe/Berlin") == ()


def test_every_place_we_know_has_a_clock() -> None:
    known = zones._places()
    assert len(known) > 1_500
    for zone in {one for every in known.values() for one in every}:
        assert ZoneInfo(zone).key == zone
        assert zones.city(zone, "zh-CN")
        assert zones.is_zone(zone)
