"""What the platform brings to our address, over sockets, to a real bot on a real database."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import Engine

from bot.turn import Bot, TurnFailed, Unavailable
from channels.telegram import webhook
from core.company import Company
from core.correspondence import Direction
from tests.channels.house import PNG, Failing, until
from tests.channels.telegram import house as telegram_house
from tests.channels.telegram.house import OGG, SECRET, STAFF, House, opened
from tests.conftest import Moment
from tests.doubles.telegram import Double, Person

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""For what never reaches the database, and for what is about files."""
HEADERS = {webhook.SECRET_HEADER: SECRET, "Content-Type": "application/json"}


@pytest.fixture
async def house(
    engine: Engine, company: Company, moment: Moment, double: Double, tmp_path: Path
) -> AsyncIterator[House]:
    telegram_house.furnish(engine, company, moment, staff_chat=STAFF)
    double.group(STAFF, forum=True)
    async with opened(engine, company, double, tmp_path, telegram_staff_chat=STAFF) as house:
        yield house


def update(number: int = 1, text: str = "hello", user: int = 810000001) -> bytes:
    person = {"id": user, "is_bot": False, "first_name": "Mei"}
    message = {"message_id": 1, "date": 1795395600, "chat": {"id": user, "type": "private"}, "text": text}
    return json.dumps({"update_id": number, "message": message | {"from": person}}).encode()


async def post(house: House, data: object, headers: dict[str, str] = HEADERS) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(house.hook, data=data, headers=headers) as answer,
    ):
        assert await answer.read() == b""
        return answer.status, answer.headers.get("Retry-After", "")


async def test_a_visit_is_booked_with_buttons(house: House, mei: Person) -> None:
    await telegram_house.books(mei)
    await mei.sees("✓ 确认预约")
    assert len(house.visits()) == 1
    assert all(toast == ("", False) for toast in mei.toasts)


@on_sqlite
@pytest.mark.parametrize("given", [{}, {webhook.SECRET_HEADER: ""}, {webhook.SECRET_HEADER: SECRET + "x"},
                                   {webhook.SECRET_HEADER: "sécret"}])  # fmt: skip
async def test_who_does_not_know_the_secret_changes_nothing(house: House, given: dict[str, str]) -> None:
    assert await post(house, update(), given) == (403, "")
    assert await post(house, b"{", given) == (403, "")
    assert house.said() == []


@on_sqlite
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"{}", b'{"update_id": "1"}',
                                  b"\xff\xfe", b"[" * 100_000, b"1" * 10_000])  # fmt: skip
async def test_what_is_no_update_is_refused(house: House, body: bytes) -> None:
    assert await post(house, body) == (400, "")
    assert house.said() == []


@on_sqlite
async def test_too_large_a_body_is_refused_also_when_nobody_says_how_large_it_is(house: House) -> None:
    large = update(text="x" * webhook.MOST_BYTES)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 60_000):
            yield large[start : start + 60_000]

    assert await post(house, large) == (413, "")
    assert await post(house, pieces()) == (413, "")
    assert house.said() == []


async def test_what_we_do_not_know_is_kept_and_acknowledged(house: House) -> None:
    assert await post(house, b'{"update_id": 7, "telepathy": {"thought": "?"}}') == (200, "")
    [noted] = house.said()
    assert (noted.kind, noted.content) == ("noted", {"kind": "telepathy", "data": {}})


async def test_an_update_that_comes_ten_times_at_once_is_answered_once(house: House, mei: Person) -> None:
    did = await mei.says("你好")
    await mei.hears(1)
    assert await house.double.redeliver(did.update_id, times=10, at_once=True) == [200] * 10
    assert (
        await asyncio.gather(*(post(house, update(99, "在吗", user=5)) for _ in range(10)))
        == [(200, "")] * 10
    )
    await house.double.quiet()
    assert [message.body for message in house.said("text")] == ["你好", "在吗"]
    assert len([one for one in house.record(Direction.OUT) if one.user == str(mei.id)]) == 1
    assert len([one for one in house.record(Direction.OUT) if one.user == "5"]) == 1


@pytest.mark.parametrize("failure", [Unavailable, TurnFailed])
async def test_what_could_not_be_taken_is_asked_for_again(
    engine: Engine, company: Company, moment: Moment, double: Double, tmp_path: Path, failure: type[Exception]
) -> None:
    telegram_house.furnish(engine, company, moment)
    bot = Failing(Bot(engine, company), failure())
    async with opened(engine, company, double, tmp_path, bot=lambda *_: bot) as house:
        assert await post(house, update()) == (503, "2")
        assert await post(house, update()) == (200, "")
        assert len(house.said()) == 1


@on_sqlite
async def test_a_press_is_acknowledged_before_its_turn_is_taken(
    engine: Engine, company: Company, moment: Moment, double: Double, tmp_path: Path
) -> None:
    telegram_house.furnish(engine, company, moment)
    bot = Failing(Bot(engine, company))
    async with opened(engine, company, double, tmp_path, bot=lambda *_: bot) as house:
        mei = double.person(810000001, "梅", started=True)
        double.hang_next("answerCallbackQuery", seconds=5)  # by a clock that nobody moves
        await mei.presses(1, "go:prices")
        await until(lambda: double.counts["answerCallbackQuery"] == 1)
        await mei.hears(1)
        assert [message.content for message in house.said("tap")] == [{"data": "go:prices"}]


async def test_another_finger_is_told_kindly_and_changes_nothing(house: House, mei: Person) -> None:
    double, bo = house.double, house.double.person(810000002, "Bo", language_code="en")
    await mei.starts()
    [shown] = await mei.hears(1)
    await mei.taps(shown.labels[0], by=bo)
    await until(lambda: len(bo.toasts) == 1)
    assert bo.toasts == [
        ("That button belongs to somebody else. Write to me yourself, and you get your own.", True)
    ]
    staff = double.groups[STAFF]
    await bo.presses(1, f"{mei.id}|go:desk", in_=staff)
    await until(lambda: len(bo.toasts) == 2)
    await double.quiet()
    assert [one.kind for one in house.said()] == ["arrived"]


async def test_the_staffs_group_is_heard_when_it_speaks_to_the_bot(house: House, mei: Person) -> None:
    staff = house.double.groups[STAFF]
    await mei.says("lunch?", in_=staff)
    await mei.says("/desk", in_=staff)
    [told] = await mei.hears(1, in_=staff)
    assert [(one.kind, one.content, one.user) for one in house.said()] == [
        ("tap", {"data": "go:desk"}, str(STAFF))
    ]
    assert told.text


async def test_a_strange_group_is_told_that_we_talk_in_private_and_then_nothing(
    house: House, mei: Person
) -> None:
    neighbours = house.double.group(-1009876543210, "Neighbours")
    await neighbours.kicks_bot(mei)
    number = await neighbours.lets_bot_in(mei)
    [told] = await mei.hears(1, in_=neighbours)
    assert "私聊" in told.text
    await house.double.redeliver(number, times=3)
    await mei.says("/help", in_=neighbours)
    await house.double.quiet()
    assert [seen.text for seen in neighbours.screen if seen.sender == "bot"] == [told.text]
    assert house.said() == []


async def test_ones_own_number_counts_and_anothers_does_not(house: House, mei: Person) -> None:
    await mei.shares_contact("8613800138000")
    await mei.hears(1)
    await mei.shares_contact("8613900139000", own=False)
    await mei.shares_contact("8613900139000", user_id=810000002)
    await mei.hears(2)
    assert [(one.kind, one.content) for one in house.said()] == [
        ("contact", {"phone": "+8613800138000"}),
        ("unsupported", {"kind": "contact-of-another"}),
        ("unsupported", {"kind": "contact-of-another"}),
    ]


async def test_an_album_is_kept_picture_by_picture_and_answered_once(house: House, mei: Person) -> None:
    await mei.sends_album([PNG + bytes([number]) for number in range(4)], caption="厨房")
    await house.double.quiet()
    photos = house.said("photo")
    assert [one.body for one in photos] == ["厨房", "", "", ""]
    assert len({one.content["album"] for one in photos}) == 1
    # They are fetched side by side: which one is here first is not the order in which they were sent.
    assert sorted(one.content["media"] for one in photos) == sorted(kept.id for kept in house.media())
    assert [kept.user for kept in house.media()] == [str(mei.id)] * 4
    assert len(house.record(Direction.OUT)) == 1


@on_sqlite
async def test_a_picture_that_comes_again_is_fetched_once(house: House, mei: Person) -> None:
    did = await mei.sends_photo(PNG)
    await house.double.quiet()
    await house.double.redeliver(did.update_id, times=10, at_once=True)
    assert house.double.counts["getFile"] == 1
    assert len(house.media()) == len(house.said("photo")) == 1


@on_sqlite
@pytest.mark.parametrize("how", ["fail", "drop"])
async def test_a_picture_that_cannot_be_had_now_is_asked_for_again(
    house: House, mei: Person, how: str, moment: Moment
) -> None:
    double = house.double
    double.fail_next("getFile", times=2) if how == "fail" else double.drop_next("getFile", times=2)
    did = await mei.sends_photo(PNG)
    await until(lambda: double.webhook.failed == 1)
    assert await double.redeliver(did.update_id, times=2) == [503, 200]
    assert [one.kind for one in house.said()] == ["photo"]


@on_sqlite
async def test_a_picture_that_cannot_be_had_three_times_is_said_to_be_lost(house: House, mei: Person) -> None:
    house.double.fail_next("getFile", times=5)
    did = await mei.sends_photo(PNG)
    await until(lambda: house.double.webhook.failed == 1)
    assert await house.double.redeliver(did.update_id, times=3) == [503, 200, 200]
    assert [one.content for one in house.said()] == [{"kind": "photo-lost"}]
    assert house.double.counts["getFile"] == 3


@on_sqlite
@pytest.mark.parametrize("data", [b"%PDF-1.7", PNG + bytes(10 * 1024 * 1024), b""])
async def test_what_is_no_picture_we_take_is_refused(house: House, mei: Person, data: bytes) -> None:
    await mei.sends_photo(data)
    await house.double.quiet()
    assert [one.content for one in house.said()] == [{"kind": "photo-refused"}]
    assert house.media() == []


@on_sqlite
async def test_what_is_too_large_to_be_fetched_is_not_asked_for(house: House, mei: Person) -> None:
    large = {
        "file_id": "Fx",
        "file_unique_id": "Ux",
        "file_size": 20 * 1024 * 1024 + 1,
        "mime_type": "image/png",
    }
    await mei.sends({"document": large})
    await mei.sends({"document": {**large, "file_size": 5}})  # and one that lies: the platform says so
    await house.double.quiet()
    assert [one.content for one in house.said()] == [{"kind": "photo-refused"}]
    assert house.double.counts["getFile"] >= 1


@on_sqlite
async def test_what_is_said_aloud_is_kept(house: House, mei: Person) -> None:
    await mei.sends_voice(OGG)
    await house.double.quiet()
    [voice], [kept] = house.said(), house.media()
    assert (voice.kind, voice.content, kept.mime) == ("voice", {"media": kept.id}, "audio/ogg")


@on_sqlite
async def test_what_is_said_aloud_is_written_down_where_there_is_a_program_for_it(
    engine: Engine, company: Company, moment: Moment, double: Double, tmp_path: Path
) -> None:
    telegram_house.furnish(engine, company, moment)
    program = tmp_path / "hears"
    program.write_text('#!/bin/sh\nhead -c 4 "$1" | sed s/OggS/日常保洁/\n')
    program.chmod(0o700)
    async with opened(engine, company, double, tmp_path, transcribe_command=str(program)) as house:
        did = await double.person(5, started=True).sends_voice(OGG)
        await double.quiet()
        await double.redeliver(did.update_id, times=2)
        [kept] = house.media()
        assert [(one.kind, one.body, one.content) for one in house.said()] == [
            ("noted", "", {"kind": "voice", "data": {"media": kept.id}}),
            ("text", "日常保洁", {}),
        ]


async def test_blocking_and_coming_back_are_handed_in(house: House, mei: Person) -> None:
    await mei.blocks()
    await mei.unblocks()
    await house.double.quiet()
    assert [one.kind for one in house.said()] == ["left", "returned"]


async def test_the_language_command_asks_for_the_next_language(house: House, mei: Person) -> None:
    await mei.starts()
    await mei.hears(1)
    await mei.says("/language")
    await mei.sees("English from now on")
    await mei.says("/language")
    await mei.sees("好的")
    assert [one.body for one in house.said("text")] == ["English", "中文"]
