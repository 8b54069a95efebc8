"""Customer service in front of the whole service: what customers write and are shown, and what it costs."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from channels.kf import pulling
from core.company import Company
from core.correspondence import Direction
from tests.channels.house import PNG
from tests.channels.kf.house import House, books, opened
from tests.conftest import Moment
from tests.doubles.kf import Customer, Double

AMR = b"#!AMR\n" + bytes(64)


async def test_the_console_accepts_the_address_without_an_application(house: House) -> None:
    assert await house.double.check_hook()
    assert not await house.double.check_hook(wrongly=True)


async def test_a_visit_is_booked_in_chinese(house: House, lin: Customer) -> None:
    await books(lin)

    assert len(house.visits()) == 1
    assert lin.seen[0].way == "greeting"
    assert {one.way for one in lin.seen[1:]} == {"sent"}
    await house.has_sent()
    assert len(house.record(Direction.OUT)) == len(lin.seen)
    assert house.double.refusals.total() == 0


async def test_whoever_comes_in_is_greeted_and_it_counts_nothing(house: House, lin: Customer) -> None:
    await lin.comes()
    (greeting,) = await lin.sees()

    assert greeting.way == "greeting"
    assert greeting.text.startswith("您好，欢迎来到安心到家")
    assert "预约服务" in [label for label, _ in greeting.lines]
    assert not house.double.asked("kf/send_msg")


async def test_whoever_was_greeted_lately_or_too_long_ago_is_not(
    house: House, lin: Customer, moment: Moment
) -> None:
    await lin.comes(greeted=False)
    house.double.silent = True
    await lin.comes()
    moment.forward(seconds=21)
    house.double.ring(house.double.kf)
    await house.settled()

    assert [one.kind for one in house.record()] == ["noted", "noted"]
    assert "code" not in str([one.content for one in house.record()])
    assert lin.seen == []


async def test_a_tap_is_a_tap(house: House, lin: Customer) -> None:
    await lin.says("你好")
    await lin.sees()
    await lin.taps("预约服务")
    await lin.reads("想约哪一类")

    assert [one.kind for one in house.record(Direction.IN)] == ["text", "tap"]


async def test_files_are_fetched_at_once_and_places_moved(
    house: House, lin: Customer, tmp_path: Path
) -> None:
    await lin.sends_file("image", PNG)
    await lin.sends_file("voice", AMR)
    await lin.sends_place(30.6586, 104.0647, "天府广场", "成都市青羊区")
    await lin.sees(3)

    photo, voice, place = house.record(Direction.IN)
    assert (photo.kind, voice.kind) == ("photo", "voice")
    assert (place.kind, place.body) == ("place", "成都市青羊区 天府广场")
    assert (tmp_path / "photos" / photo.content["media"]).read_bytes() == PNG
    assert 0.001 < abs(place.content["latitude"] - 30.6586) < 0.01


async def test_long_histories_come_in_pages_and_in_order(house: House, lin: Customer) -> None:
    house.double.silent, house.double.page = True, 2
    for number in range(7):
        await lin.says(f"第{number}句")
    house.double.ring(house.double.kf)
    await house.settled()

    assert [one.body for one in house.record(Direction.IN)] == [f"第{number}句" for number in range(7)]
    assert [call.params.get("cursor") for call in house.double.asked("sync_msg")][-3:] == [
        "cursor-2",
        "cursor-4",
        "cursor-6",
    ]


async def test_what_no_event_told_of_is_found_after_a_while(
    engine: Engine, company: Company, double: Double, moment: Moment, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(pulling, "LOOK", timedelta(seconds=0.05))
    double.silent = True
    lin = double.customer()
    async with opened(engine, company, double, tmp_path) as house:
        await house.has_looked()
        await lin.says("你好")
        moment.forward(minutes=4)
        await lin.sees()
        assert "token" not in double.asked("sync_msg")[-1].params
        assert house.box().heard == 0


async def test_the_cursor_survives_a_restart_and_nothing_is_answered_twice(
    engine: Engine, company: Company, double: Double, tmp_path: Path
) -> None:
    lin = double.customer()
    async with opened(engine, company, double, tmp_path) as house:
        await lin.says("你好")
        await lin.sees()
        await house.settled()
    await lin.says("菜单")  # nobody is there
    async with opened(engine, company, double, tmp_path) as house:
        await lin.sees()
        await house.settled()

    assert len(lin.seen) == 2
    assert double.asked("sync_msg")[-1].params["cursor"] == "cursor-1"


async def test_what_was_written_before_we_were_there_is_kept_and_not_answered(
    engine: Engine, company: Company, double: Double, moment: Moment, tmp_path: Path
) -> None:
    lin = double.customer()
    await lin.says("昨天的话")
    moment.forward(hours=20)
    async with opened(engine, company, double, tmp_path) as house:
        await house.settled()
        assert [one.kind for one in house.record()] == ["noted"]
    assert lin.seen == []


async def test_a_token_that_is_too_old_is_done_without(house: House, lin: Customer) -> None:
    house.double.fail_next("sync_msg", 95007)
    await lin.says("你好")
    await lin.sees()

    with_token, without = house.double.asked("sync_msg")[-2:]
    assert "token" in with_token.params
    assert "token" not in without.params


async def test_ten_deliveries_of_an_event_are_one_answer(house: House, lin: Customer) -> None:
    house.double.duplicate_next(9, at_once=True)
    await lin.says("你好")
    await house.double.quiet()
    await house.settled()
    await lin.sees()

    assert len(house.record(Direction.IN)) == 1
    assert len(lin.seen) == 1


async def test_a_hundred_customers_at_once_are_all_answered(house: House) -> None:
    people = [house.double.customer(f"wm{n}") for n in range(100)]
    await asyncio.gather(*(one.says("预约") for one in people))
    await asyncio.gather(*(one.sees(within=60) for one in people))

    assert all(len(one.seen) == 1 for one in people)


async def test_two_processes_give_one_answer(
    engine: Engine, company: Company, double: Double, tmp_path: Path
) -> None:
    lin = double.customer()
    async with (
        opened(engine, company, double, tmp_path) as one,
        opened(engine, company, double, tmp_path) as other,
    ):
        for number in range(5):
            double.hook = (one, other)[number % 2].hook
            await lin.says(f"第{number}句")
        await one.settled()
        await one.has_sent()

    assert len(one.record(Direction.IN)) == len(lin.seen) == 5
    assert other.letters() == []
