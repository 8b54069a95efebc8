"""Who has to wait for an answer sees that it is being written, and never waits for that."""

import pytest

from channels.wechat import channel
from tests.channels.house import until
from tests.channels.wechat.house import House
from tests.doubles.wechat import Person

TYPING = "/cgi-bin/message/custom/typing"


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer is ready in time."""
    monkeypatch.setattr(channel, "ANSWER_BY", 0.0)


def shown(house: House) -> list[object]:
    """What the platform was asked to show, by call."""
    return [call.params["command"] for call in house.double.calls if call.path == TYPING]


@pytest.mark.usefixtures("late")
async def test_whoever_waits_sees_that_an_answer_is_written(house: House, ming: Person) -> None:
    callback = await ming.says("预约")
    await callback.is_over()

    assert callback.outcomes == ["silence"]
    assert (await ming.sees(within=20))[0].way == "pushed"
    await until(lambda: shown(house) == ["Typing"])


@pytest.mark.usefixtures("late")
async def test_it_is_shown_once_however_often_the_message_comes(house: House, ming: Person) -> None:
    callback = await ming.says("预约")
    await callback.is_over()
    await house.double.redeliver(callback, times=2)
    await ming.sees(within=20)
    await (await ming.says("保洁")).is_over()
    await until(lambda: len(shown(house)) == 2)

    assert len([each for each in house.double.callbacks if each.msg_id]) == 2


async def test_nobody_sees_it_who_is_answered_at_once(house: House, ming: Person) -> None:
    await ming.says("预约")

    assert (await ming.sees())[0].way == "passive"
    assert shown(house) == []


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize("code", [45080, 45081, 45072, 48001, 40003, -1])
async def test_what_the_platform_says_to_it_changes_nothing(house: House, ming: Person, code: int) -> None:
    house.double.fail_next("custom/typing", code)
    await ming.says("预约")

    assert (await ming.sees(within=20))[0].way == "pushed"
    assert house.double.counts[TYPING] == 1


@pytest.mark.usefixtures("late")
async def test_a_platform_that_does_not_answer_it_delays_nothing(house: House, ming: Person) -> None:
    house.double.hang_next("custom/typing", seconds=3600)
    await ming.says("预约")
    assert (await ming.sees(within=20))[0].way == "pushed"

    house.double.drop_next("custom/typing")
    await ming.says("保洁")
    assert (await ming.sees(within=20))[0].way == "pushed"


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize("double", [{"kind": "unverified"}], indirect=True, ids=str)
async def test_an_account_that_can_only_answer_shows_nothing(house: House, ming: Person) -> None:
    await (await ming.says("预约")).is_over()

    assert house.double.counts[TYPING] == 0


@pytest.mark.usefixtures("late")
async def test_what_is_not_answered_shows_nothing(house: House, ming: Person) -> None:
    await (await ming.does("some_new_event", EventKey="")).is_over()
    await (await ming.unfollows()).is_over()

    assert house.double.counts[TYPING] == 0
