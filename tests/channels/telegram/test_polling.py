"""Asking for updates: nothing is lost, nothing is confirmed too early, and trouble is said once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog
from sqlalchemy import Engine

from bot.turn import Bot, TurnFailed, Unavailable
from channels.base import Health
from channels.telegram import updates
from channels.telegram.api import Api
from channels.telegram.polling import AGAIN, TRIES, Polling
from channels.telegram.standing import Standing
from channels.telegram.updates import Read, Us
from core import clock
from core.company import Company
from core.correspondence import Direction
from tests.channels.house import Failing, until
from tests.channels.telegram import house as telegram_house
from tests.channels.telegram.house import TOKEN, opened
from tests.conftest import Moment
from tests.doubles.telegram import Double, Person


@pytest.fixture
async def api(double: Double) -> AsyncIterator[Api]:
    api = Api(TOKEN, double.url)
    yield api
    await api.close()


class Taker:
    """Takes updates, and fails as it is told: by the text of a message, so many times, with this."""

    def __init__(self, api: Api) -> None:
        self.took: list[str] = []
        self.tried: list[str] = []
        self.failures: dict[str, list[Exception]] = {}
        self.held: dict[str, asyncio.Event] = {}
        self.pauses: list[float] = []
        self.standing = Standing("polling")
        self.polling = Polling(api, read=read, take=self.take, standing=self.standing, sleep=self.sleep)

    async def take(self, update: Read) -> None:
        assert isinstance(update.meaning, updates.Said)
        text = getattr(update.meaning.inbound.content, "body", "?")
        self.tried.append(text)
        if text in self.held:
            await self.held[text].wait()
        if failures := self.failures.get(text):
            raise failures.pop(0)
        self.took.append(text)

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)


def read(raw: object) -> Read:
    return updates.read(raw, Us("123456", "menling_bot"), now=clock.now())


@pytest.fixture
async def taker(api: Api) -> AsyncIterator[Taker]:
    taker = Taker(api)
    running = asyncio.create_task(taker.polling.run())
    yield taker
    running.cancel()
    assert isinstance((await asyncio.gather(running, return_exceptions=True))[0], asyncio.CancelledError)


async def test_a_visit_is_booked_with_buttons(
    engine: Engine, company: Company, moment: Moment, double: Double, tmp_path: Path, mei: Person
) -> None:
    telegram_house.furnish(engine, company, moment)
    async with opened(engine, company, double, tmp_path, mode="polling") as house:
        await telegram_house.books(mei)
        await mei.sees("✓ 确认预约")
        assert len(house.visits()) == 1
        await until(lambda: not double.updates.pending)


async def test_an_earlier_webhook_is_taken_away_and_what_waited_is_kept(
    double: Double, mei: Person, api: Api
) -> None:
    await mei.says("early")
    await api.call("setWebhook", url="http://127.0.0.1:9/nobody")
    taker = Taker(api)
    running = asyncio.create_task(taker.polling.run())
    await until(lambda: taker.took == ["early"])
    running.cancel()
    assert double.webhook.url == ""


async def test_chats_go_side_by_side_and_each_in_order(taker: Taker, double: Double, mei: Person) -> None:
    taker.held["1"] = asyncio.Event()
    for text in ("1", "2", "3"):
        double.updates.on_put = None
        await mei.says(text)
    await double.person(5, started=True).says("other")
    await until(lambda: "other" in taker.took or len(taker.tried) == 1)
    taker.held["1"].set()
    await until(lambda: len(taker.took) == 4)
    assert [text for text in taker.took if text != "other"] == ["1", "2", "3"]


async def test_nothing_is_confirmed_before_all_of_it_is_taken(double: Double, mei: Person, api: Api) -> None:
    for text in ("1", "2"):
        await mei.says(text)
    bo = double.person(5, started=True)
    await bo.says("other")
    first = Taker(api)
    first.held["2"] = asyncio.Event()
    running = asyncio.create_task(first.polling.run())
    await until(lambda: first.tried[-1:] == ["2"] or "2" in first.tried)
    await until(lambda: "other" in first.took)
    running.cancel()  # killed in the middle of a batch
    await asyncio.gather(running, return_exceptions=True)
    assert sorted(first.took) == ["1", "other"]
    assert len(double.updates.pending) == 3

    second = Taker(api)
    running = asyncio.create_task(second.polling.run())
    await until(lambda: len(second.took) == 3)
    await until(lambda: not double.updates.pending)
    running.cancel()
    assert second.took.index("1") < second.took.index("2")


async def test_a_service_that_is_killed_in_the_middle_of_a_batch_answers_everything_once(
    engine: Engine, company: Company, moment: Moment, double: Double, tmp_path: Path
) -> None:
    telegram_house.furnish(engine, company, moment)
    people = [double.person(number, started=True) for number in range(1, 6)]
    for person in people:
        await person.says("你好")
        await person.says("价格")
    broken = Failing(Bot(engine, company), *[Unavailable()] * 3)
    async with opened(engine, company, double, tmp_path, mode="polling", bot=lambda *_: broken) as house:
        await until(lambda: len(house.said()) >= 5)
    async with opened(engine, company, double, tmp_path, mode="polling") as house:
        for person in people:
            await person.hears(2)
        await until(lambda: not double.updates.pending)
        for person in people:
            said = [one.body for one in house.said() if one.user == str(person.id)]
            assert said == ["你好", "价格"]
            answers = [one for one in house.record(Direction.OUT) if one.user == str(person.id)]
            assert len(answers) == 2


@pytest.mark.parametrize("failure", [Unavailable, TurnFailed])
async def test_what_cannot_be_taken_is_tried_until_it_can_and_holds_up_its_own_chat_only(
    taker: Taker, double: Double, mei: Person, failure: type[Exception]
) -> None:
    taker.failures["1"] = [failure() for _ in range(10)]
    await mei.says("1")
    await mei.says("2")
    await until(lambda: taker.took == ["1", "2"])
    assert taker.tried == ["1"] * 11 + ["2"]
    assert taker.pauses == [AGAIN.total_seconds()] * 10


async def test_what_breaks_us_in_a_new_way_is_passed_by_in_the_end(taker: Taker, mei: Person) -> None:
    taker.failures["1"] = [RuntimeError("a mistake of ours") for _ in range(10)]
    with structlog.testing.capture_logs() as told:
        await mei.says("1")
        await mei.says("2")
        await until(lambda: taker.took == ["2"])
    assert taker.tried == ["1"] * TRIES + ["2"]
    assert [one["attempt"] for one in told if one["event"] == "telegram.update_failed"] == [1, 2, 3]


async def test_another_poller_is_said_once_and_outwaited(taker: Taker, double: Double, mei: Person) -> None:
    with structlog.testing.capture_logs() as told:
        double.fail_next("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=3)
        await mei.says("1")
        await until(lambda: taker.took == ["1"])
        await mei.says("2")
        await until(lambda: len(taker.pauses) == 3 and taker.took == ["1", "2"])
    troubles = [one for one in told if one["event"] == "telegram.trouble"]
    assert len(troubles) == 1
    assert "same token" in troubles[0]["advice"]
    assert taker.pauses == [30, 30, 30]
    assert taker.standing.check.health is Health.OK


async def test_a_token_that_is_not_known_is_said_once(double: Double) -> None:
    stranger = Api("123456:not-the-token", double.url)
    taker = Taker(stranger)
    with structlog.testing.capture_logs() as told:
        running = asyncio.create_task(taker.polling.run())
        await until(lambda: len(taker.pauses) >= 3)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    await stranger.close()
    assert [one["log_level"] for one in told] == ["error"]
    assert taker.standing.check.health is Health.PROBLEM
    assert "BotFather" in taker.standing.check.advice
    assert taker.pauses[:3] == [30, 30, 30]
    assert "not-the-token" not in str(told)


async def test_a_platform_that_fails_is_asked_less_and_less_often(
    taker: Taker, double: Double, mei: Person
) -> None:
    double.fail_next("getUpdates", 502, times=7)
    await mei.says("1")
    await until(lambda: taker.took == ["1"])
    await mei.says("2")
    await until(lambda: taker.took == ["1", "2"])
    assert taker.pauses == [1, 2, 4, 8, 16, 30, 30]


async def test_we_wait_as_long_as_the_platform_says(taker: Taker, double: Double, mei: Person) -> None:
    double.fail_next("getUpdates", 429, "Too Many Requests: retry after 17", retry_after=17)
    for text in ("1", "2"):
        await mei.says(text)
        await until(lambda text=text: text in taker.took)
    assert taker.pauses == [17]


async def test_what_is_no_update_is_passed_by(taker: Taker, double: Double, mei: Person) -> None:
    odd = '{"ok": true, "result": [5, {"no": "number"}, null]}'
    double.fail_next("getUpdates", 200, body=odd)
    double.fail_next("getUpdates", 200, body='{"ok": true, "result": {}}')
    for text in ("1", "2", "3"):
        await mei.says(text)
        await until(lambda text=text: text in taker.took)
    assert taker.took == ["1", "2", "3"]
