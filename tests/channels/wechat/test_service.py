"""An Official Account in front of the whole service: what people send, what they are shown, what it costs."""

import asyncio
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import select

from bot import notices, outbox
from bot.messages import Outbound
from channels.tencent import webhook
from channels.tencent.crypto import signature
from channels.wechat import channel
from core.company import Company
from core.correspondence import Direction
from core.database import transaction
from core.handoffs import Handoff
from core.media import FolderStore, StoreFailed
from tests.channels.house import PNG, until
from tests.channels.wechat.house import House, books, comes_near, left, settings_for
from tests.conftest import Moment
from tests.doubles.wechat import Person

every_mode = pytest.mark.parametrize(
    "double", [{"mode": "safe"}, {"mode": "plain"}, {"mode": "compatible"}], indirect=True, ids=str
)
every_kind = pytest.mark.parametrize(
    "double", [{"kind": kind} for kind in ("service", "subscription", "unverified", "test")],
    indirect=True, ids=str,
)  # fmt: skip


@every_mode
async def test_the_console_accepts_the_address(house: House) -> None:
    assert await house.double.check_hook()
    assert not await house.double.check_hook(wrongly=True)


@every_kind
async def test_a_visit_is_booked_by_numbers_and_words_and_costs_nothing(house: House, ming: Person) -> None:
    await books(ming)

    assert len(house.visits()) == 1
    assert {seen.way for seen in ming.seen} == {"passive"}
    assert not [call for call in house.double.calls if "custom/send" in call.path]
    await house.has_sent()
    assert len(house.record(Direction.OUT)) == len(ming.seen)


@every_mode
async def test_whoever_writes_is_answered_in_the_answer(house: House, ming: Person) -> None:
    callback = await ming.says("你好")
    await callback.is_over()

    assert callback.outcomes == ["shown"]
    (seen,) = await ming.sees()
    assert seen.text.startswith("您好，这里是安心到家")
    assert "1. 预约服务" in seen.text


async def test_a_message_that_comes_again_gets_the_same_answer(house: House, ming: Person) -> None:
    callback = await ming.says("预约")
    await callback.is_over()
    first = callback.deliveries[0]
    again = await house.double.redeliver(callback, times=2)

    assert len({one.status for one in (first, *again)}) == 1
    assert len(house.record(Direction.IN)) == 1
    assert len(house.record(Direction.OUT)) == 1
    assert all(one.said not in (b"", b"success") for one in again)


async def test_ten_deliveries_at_once_are_one_message(house: House, ming: Person) -> None:
    house.double.duplicate_next(9, at_once=True)
    await ming.says("预约")
    await house.double.quiet()

    assert len(house.record(Direction.IN)) == 1
    assert len(house.record(Direction.OUT)) == 1
    assert len([seen for seen in ming.seen if seen.way != "banner"]) == 1


async def test_several_answers_are_one_message_in_their_order(house: House, ming: Person) -> None:
    await (await ming.says("日常保洁")).is_over()
    await (await ming.says("多少钱？")).is_over()
    *_, seen = await ming.sees(2)

    assert seen.text.index("日常保洁的价格") < seen.text.index("价格：¥45") < seen.text.index("要多少")
    await house.has_sent()
    assert len(house.record(Direction.OUT)) == 2


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_the_menu_is_published_and_pressed(
    house: House, ming: Person, tmp_path: Path, language: str
) -> None:
    await channel.publish_menu(settings_for(tmp_path, house.double), house.engine, language)

    assert [button.get("key") for button in ming.menu] == ["go:booking", "go:visits", None]
    below = [button["key"] for button in ming.menu[2]["sub_button"]]
    assert below == ["go:progress", "go:prices", "go:profile", "go:person"]
    await ming.clicks(ming.menu[0]["key"])
    assert (await ming.reads("想约哪一类")).way == "passive"
    assert left(house, ming) == {"menu": 3}


async def test_a_picture_is_fetched_at_once_and_kept(house: House, ming: Person, tmp_path: Path) -> None:
    await ming.sends_picture(PNG)
    await ming.sees()

    (message,) = house.record(Direction.IN)
    assert message.kind == "photo"
    assert (tmp_path / "photos" / message.content["media"]).read_bytes() == PNG


async def test_what_is_spoken_is_kept_and_asked_for_in_words(house: House, ming: Person) -> None:
    await ming.sends_voice()
    (seen,) = await ming.sees()

    assert house.record(Direction.IN)[0].kind == "voice"
    assert "打字" in seen.text


async def test_a_picture_that_cannot_be_had_is_said_so(house: House, ming: Person) -> None:
    house.double.fail_next("media/get", 40007)
    await ming.sends_picture(PNG)
    (seen,) = await ming.sees()

    assert seen.way == "passive"
    assert house.record(Direction.IN)[0].kind == "unsupported"


async def test_a_picture_that_cannot_be_kept_is_asked_for_again(
    house: House, ming: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreFailed("is full")

    monkeypatch.setattr(FolderStore, "put", refuse)
    await ming.sends_picture(PNG)
    (seen,) = await ming.sees()

    assert seen.way == "passive"
    assert "再发一次" in seen.text
    assert house.record(Direction.IN)[0].content == {"kind": "photo-lost"}


async def test_a_place_is_moved_from_the_map_s_degrees_to_the_globe_s(house: House, ming: Person) -> None:
    await ming.sends_place(30.6586, 104.0647, "天府广场")
    await ming.sees()

    (message,) = house.record(Direction.IN)
    assert message.kind == "place"
    assert 0.001 < abs(message.content["latitude"] - 30.6586) < 0.01


async def test_what_comes_later_is_pushed_and_takes_from_the_budget(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await house.has_sent()
    assert left(house, ming)["message"] == 5
    (visit,) = house.visits()
    moment.now = visit.starts_at - timedelta(hours=1)
    await (await ming.says("你好")).is_over()
    await house.has_sent()
    notices.due(house.engine, company)
    pushed = await ming.reads("请留意电话和门铃", within=20)

    assert pushed.way == "pushed"
    assert left(house, ming)["message"] == 5 - len([seen for seen in ming.seen if seen.way == "pushed"])
    assert house.record(Direction.OUT)[-1].way == "direct:budget"


async def test_what_waited_for_somebody_comes_as_one_message(
    house: House, ming: Person, moment: Moment
) -> None:
    await ming.follows()
    await ming.sees()
    moment.forward(days=3)
    with transaction(house.engine) as session:
        peer = house.record(Direction.OUT)[-1].peer
        for words in ("第一件事", "第二件事", "第三件事"):
            outbox.post(session, peer, Outbound(words), moment.now)
    await until(lambda: [one.way for one in house.record(Direction.OUT)[-3:]] == ["wait:window-closed"] * 3)
    await ming.says("你好")
    pushed = await ming.reads("第一件事", within=20)
    await house.has_sent()

    assert pushed.text == "第一件事\n\n第二件事\n\n第三件事"
    assert left(house, ming)["message"] == 4


@pytest.mark.parametrize(
    ("double", "kind"), [({"kind": "service"}, "msgmenu"), ({"kind": "test"}, "text")],
    indirect=["double"], ids=str,
)  # fmt: skip
async def test_a_choice_in_what_is_pushed_is_pressed(
    house: House, ming: Person, moment: Moment, company: Company, kind: str
) -> None:
    await books(ming)
    await house.has_sent()
    (visit,) = house.visits()
    moment.now = visit.starts_at - timedelta(hours=1)
    await (await ming.says("你好")).is_over()
    await house.has_sent()
    notices.due(house.engine, company)
    pushed = await ming.reads("请留意电话和门铃", within=20)

    assert pushed.kind == kind
    assert [label for _, label in pushed.menu][:1] == ["改时间"]
    await ming.taps(pushed, pushed.menu[0][0])
    assert (await ming.reads("改到哪天")).way == "passive"


@pytest.mark.parametrize("double", [{"kind": "unverified"}], indirect=True, ids=str)
async def test_an_account_that_can_only_answer_says_the_news_in_its_next_answer(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await house.has_sent()
    (visit,) = house.visits()
    moment.now = visit.starts_at - timedelta(hours=1)
    notices.due(house.engine, company)
    await until(lambda: bool(house.record(Direction.OUT)[-1].way))
    await ming.says("你好")
    answer = await ming.reads("请留意电话和门铃")

    assert answer.way == "passive"
    assert "您好" in answer.text
    assert answer.text.index("请留意") < answer.text.index("您好")
    await house.has_sent()
    assert not [call for call in house.double.calls if "custom/send" in call.path]


async def test_outside_the_window_news_waits_and_staff_call(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await house.has_sent()
    comes_near(house, moment, company)
    await until(lambda: any((one.way or "").startswith("call:") for one in house.record(Direction.OUT)))

    with transaction(house.engine) as session:
        (handoff,) = session.exec(select(Handoff)).all()
    assert handoff.topic == "call"
    assert all(seen.way == "passive" for seen in ming.seen)

    await ming.says("你好")
    assert (await ming.reads("请留意电话和门铃", within=20)).way == "pushed"


async def test_when_the_platform_says_that_nothing_is_left_it_is_believed(
    house: House, ming: Person, moment: Moment, company: Company
) -> None:
    await books(ming)
    await house.has_sent()
    (visit,) = house.visits()
    moment.now = visit.starts_at - timedelta(hours=1)
    await (await ming.says("你好")).is_over()
    await house.has_sent()
    ming.grants.end()
    notices.due(house.engine, company)
    await until(lambda: any((one.way or "").startswith("call:") for one in house.record(Direction.OUT)))


async def test_who_leaves_is_not_written_to_and_who_comes_back_is(house: House, ming: Person) -> None:
    await ming.says("你好")
    await ming.sees()
    await ming.unfollows()
    await house.double.quiet()
    await ming.follows()

    assert (await ming.sees())[0].way == "passive"


@pytest.mark.parametrize(
    ("query", "body", "status"),
    [
        ({}, b"<xml/>", 403),
        ({"signature": "0" * 40, "timestamp": "1", "nonce": "1"}, b"<xml/>", 403),
        ({"signature": "ü", "timestamp": "x", "nonce": "1"}, b"", 403),
    ],
)
async def test_who_cannot_sign_changes_nothing(
    house: House, query: dict[str, str], body: bytes, status: int
) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.post(house.hook, params=query, data=body) as answer:
            assert answer.status == status
        async with session.get(house.hook, params=query) as answer:
            assert answer.status == status
    assert house.record() == []


async def test_bodies_that_are_too_large_are_refused(house: House) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(house.hook, data=b"x" * 1_000_000) as answer,
    ):
        assert answer.status == 413


async def test_who_sends_slowly_is_not_waited_for(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "READ_WITHIN", 0.1)

    port = int(house.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /hooks/wechat HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n<xml>")
    status = await reader.readline()
    writer.close()
    await writer.wait_closed()

    assert status.split()[1] == b"408"
    assert house.record() == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no xml",
        b"<xml></xml>",
        b"<xml><MsgType>text</MsgType></xml>",
        b"<xml><FromUserName>o</FromUserName><FromUserName>p</FromUserName><MsgType/></xml>",
        b"\xff\xfe<xml/>",
        b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xml><Content>&b;</Content></xml>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>',
    ],
)
@pytest.mark.parametrize("double", [{"mode": "plain"}], indirect=True, ids=str)
async def test_what_is_signed_and_no_message_is_refused(house: House, moment: Moment, body: bytes) -> None:
    query = {"timestamp": str(int(moment.now.timestamp())), "nonce": "846201"}
    query["signature"] = signature(house.double.token, query["timestamp"], query["nonce"])
    async with (
        aiohttp.ClientSession() as session,
        session.post(house.hook, params=query, data=body) as answer,
    ):
        assert answer.status == 400
    assert house.record() == []


@pytest.mark.parametrize("double", [{"mode": "safe"}], indirect=True)
async def test_in_safe_mode_nothing_unsealed_is_taken(house: House, ming: Person) -> None:
    house.double.mode = "plain"
    callback = await ming.says("你好")
    await callback.is_over(within=30)

    assert house.record() == []


async def test_unknown_kinds_and_events_are_kept_and_acknowledged(house: House, ming: Person) -> None:
    await house.double.send_raw(
        {
            "ToUserName": "gh_demo",
            "FromUserName": ming.openid,
            "CreateTime": 1,
            "MsgType": "hologram",
            "MsgId": 7,
        }
    )
    await ming.does("some_new_event", EventKey="")
    await house.double.quiet()

    assert {one.kind for one in house.record(Direction.IN)} == {"unsupported", "noted"}
    assert not [seen for seen in ming.seen if seen.way == "banner"]


async def test_an_answer_that_comes_too_late_is_pushed(
    house: House, ming: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "ANSWER_BY", 0.0)
    callback = await ming.says("预约")
    await callback.is_over()

    assert callback.outcomes == ["silence"]
    (seen,) = await ming.sees(within=20)
    assert (seen.way, seen.text.startswith("想约哪一类")) == ("pushed", True)
    await house.has_sent()
    assert left(house, ming)["message"] == 4


async def test_a_thousand_requests_at_once_are_answered_or_refused(house: House, moment: Moment) -> None:
    people = [house.double.person(f"P{n}", follower=True) for n in range(100)]
    signed = {"timestamp": str(int(moment.now.timestamp())), "nonce": "846201"}
    signed["signature"] = signature(house.double.token, signed["timestamp"], signed["nonce"])

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def post(query: dict[str, str], body: bytes) -> int:
            async with session.post(house.hook, params=query, data=body) as answer:
                return answer.status

        *statuses, _ = await asyncio.gather(
            *(post({}, b"<xml/>") for _ in range(300)),
            *(post(signed | {"signature": "0" * 40}, b"<xml/>") for _ in range(300)),
            *(post(signed, b"<xml><Encrypt>%d</Encrypt></xml>" % n) for n in range(300)),
            asyncio.gather(*(one.says("预约") for one in people)),
        )
        await asyncio.gather(*(one.sees(within=30) for one in people))
        async with session.get(f"{house.url}/readyz") as ready:
            assert ready.status == 200

    assert set(statuses) <= {400, 403}
    assert all(len(one.seen) == 1 for one in people)
    assert len(house.record(Direction.IN)) == len(people)
