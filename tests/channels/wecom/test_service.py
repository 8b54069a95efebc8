"""A WeCom application in front of the whole service: what members send and press, and what they are shown."""

import asyncio
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import Engine

from bot import outbox
from bot.messages import Card, Outbound
from bot.turn import TurnFailed, Unavailable
from channels.base import Health
from channels.wecom import channel
from channels.wecom.cards import Sent
from channels.wecom.channel import examine
from core.company import Company
from core.correspondence import Direction, Peer, Status
from core.database import transaction
from tests.channels.house import PNG, until
from tests.channels.wecom.house import CLERK, WORKER, House, furnish, opened, settings_for
from tests.conftest import Moment
from tests.doubles.wecom import Double, Member


def unreachable(house: House, userid: str) -> bool:
    identity = house.identity(userid)
    return identity is not None and identity.unreachable_at is not None


async def test_the_console_accepts_the_address(house: House) -> None:
    assert await house.double.check_hook()
    assert not await house.double.check_hook(wrongly=True)


async def test_a_worker_talks_and_presses_a_button_which_then_is_dead(house: House, wang: Member) -> None:
    await wang.says("菜单")
    card = await wang.reads("想办点什么")
    assert [label for label, _ in card.buttons] == [
        "今天",
        "明天",
        "出发了",
        "我到了",
        "等我答复的单",
        "求助",
    ]

    callback = await wang.clicks(card, "今天")
    await callback.is_over()
    assert callback.outcomes == ["shown"]
    assert (card.dead, card.buttons) == ("今天", ())
    await wang.reads("今天没有安排")
    tap = house.record(Direction.IN)[-1]
    assert (tap.kind, tap.body, tap.content) == ("tap", "今天", {"data": "go:today"})
    assert not house.double.asked("update_template_card")


async def test_staff_hear_of_who_waits_and_deal_with_it(house: House, zhou: Member, newcomer: Member) -> None:
    await newcomer.says("找客服")
    await newcomer.sees()
    await until(lambda: bool(zhou.seen))
    await zhou.says("待办")
    await until(lambda: any(one.status is Status.SENT for one in house.record(Direction.OUT)))
    card = next(seen for seen in reversed(zhou.seen) if seen.buttons)
    label = card.buttons[0][0]
    await (await zhou.clicks(card, label)).is_over()

    assert card.dead == label
    assert house.record(Direction.IN)[-1].kind == "tap"


async def test_a_question_answered_in_words_is_closed_by_a_call_once(house: House, newcomer: Member) -> None:
    await newcomer.says("预约服务")
    card = await newcomer.reads("想约哪一类")
    await house.has_sent()
    callback = await newcomer.says("保洁")
    await newcomer.waits(lambda: bool(card.dead))
    await newcomer.reads("要哪一种")

    assert card.dead == "已回答"
    await house.double.redeliver(callback, times=2)
    calls = house.double.asked("update_template_card")
    assert [call.params["userids"] for call in calls] == [[newcomer.userid]]
    assert house.double.refusals[40058] == 0


async def test_a_question_that_was_pressed_is_closed_in_the_answer_alone(
    house: House, newcomer: Member
) -> None:
    await newcomer.says("预约服务")
    card = await newcomer.reads("想约哪一类")
    await house.has_sent()
    await newcomer.clicks(card, "保洁")
    await newcomer.reads("要哪一种")
    await house.has_sent()
    await house.double.quiet()  # what was pushed may be there before the answer to the press is read

    assert card.dead == "保洁"
    assert not house.double.asked("update_template_card")


async def test_a_press_that_took_too_long_closes_the_card_by_its_own_code(
    house: House, wang: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wang.says("菜单")
    card = await wang.reads("想办点什么")
    await house.has_sent()
    sent = Sent.of(str(house.record(Direction.OUT)[-1].receipt))
    monkeypatch.setattr(channel, "ANSWER_BY", -1.0)
    callback = await wang.clicks(card, "今天")
    await callback.is_over()

    assert card.dead == "今天"
    (call,) = house.double.asked("update_template_card")
    assert call.params["userids"] == [wang.userid]
    assert sent is not None
    code = call.params["response_code"]
    assert code != sent.response_code
    assert house.double.codes.all[code].used
    assert not house.double.codes.all[sent.response_code].used


async def test_a_press_whose_code_does_not_work_is_answered_all_the_same(
    house: House, wang: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wang.says("菜单")
    card = await wang.reads("想办点什么")
    monkeypatch.setattr(channel, "ANSWER_BY", -1.0)
    house.double.fail_next("update_template_card", 40058)
    callback = await wang.clicks(card, "今天")
    await callback.is_over()
    await wang.reads("今天没有安排")

    assert card.dead == ""
    assert [one.status for one in callback.deliveries] == [200]


async def test_a_press_after_three_days_is_told_that_this_is_over(
    house: House, newcomer: Member, moment: Moment
) -> None:
    await newcomer.says("预约服务")
    card = await newcomer.reads("想约哪一类")
    await house.has_sent()
    moment.forward(hours=73)
    await newcomer.says("保洁")
    await newcomer.reads("要哪一种")
    await house.has_sent()
    assert card.dead == "", "the platform lets nobody change it any more"
    callback = await newcomer.clicks(card, "保洁")
    await callback.is_over()
    await newcomer.reads("已经")

    assert card.dead == "保洁"


@pytest.mark.parametrize("markdown", [False, True])
async def test_facts_are_marked_up_where_the_company_says_so(
    engine: Engine, company: Company, double: Double, moment: Moment, tmp_path: Path, markdown: bool
) -> None:
    with transaction(engine) as session:
        furnish(session, company, double, moment)
    wang = double.member(WORKER)
    async with opened(engine, company, double, tmp_path, wecom_markdown=markdown) as house:
        with transaction(engine) as session:
            said = Outbound("新的上门", (), Card("周四 *九点*", (("地址", "<b>3栋"),)))
            outbox.post(session, Peer("wecom", str(double.agent_id), WORKER), said, moment.now)
        seen = await wang.reads("新的上门", within=20)
        await house.has_sent()

    assert seen.kind == ("markdown" if markdown else "text")
    marked, plain = "新的上门\n\n**周四 ＊九点＊**\n地址：＜b＞3栋", "新的上门\n周四 *九点*\n地址：<b>3栋"
    assert seen.text == (marked if markdown else plain)


async def test_no_task_id_is_used_twice(house: House, newcomer: Member) -> None:
    house.double.fail_next("message/send", 42014)
    await newcomer.says("预约服务")
    await newcomer.reads("想约哪一类")

    first, second = (call.params["template_card"]["task_id"] for call in house.double.asked("message/send"))
    assert first != second


async def test_ten_deliveries_of_a_message_are_answered_once(house: House, wang: Member) -> None:
    house.double.duplicate_next(9, at_once=True)
    await wang.says("菜单")
    await house.double.quiet()
    await house.has_sent()

    assert len(house.record(Direction.IN)) == 1
    assert len(wang.seen) == 1


async def test_a_press_that_comes_again_gets_the_same_answer(house: House, wang: Member) -> None:
    await wang.says("菜单")
    card = await wang.reads("想办点什么")
    callback = await wang.clicks(card, "今天")
    await callback.is_over()
    again = await house.double.redeliver(callback, times=2)
    await house.has_sent()

    assert all(one.status == 200 and b"Encrypt" in one.said for one in again)
    assert [one.kind for one in house.record(Direction.IN)] == ["text", "tap"]
    assert len(wang.seen) == 2


async def test_a_press_that_could_not_be_taken_comes_again_and_then_closes_the_card(
    engine: Engine, company: Company, double: Double, moment: Moment, tmp_path: Path
) -> None:
    with transaction(engine) as session:
        furnish(session, company, double, moment)
    wang = double.member(WORKER)
    async with opened(engine, company, double, tmp_path) as house:
        await wang.says("菜单")
        card = await wang.reads("想办点什么")
        await house.has_sent()
    async with opened(engine, company, double, tmp_path, failures=[Unavailable(), TurnFailed()]) as house:
        callback = await wang.clicks(card, "今天")
        await callback.is_over()

        assert [one.status for one in callback.deliveries] == [503, 503, 200]
        assert card.dead == "今天"
        await wang.reads("今天没有安排")
        await house.has_sent()


@pytest.mark.parametrize(
    "query", [{}, {"msg_signature": "0" * 40, "nonce": "1"}, {"msg_signature": "ü", "nonce": "1"}], ids=str
)
async def test_who_cannot_sign_changes_nothing(house: House, query: dict[str, str]) -> None:
    given = query | {"timestamp": str(int(house.double.now())), "echostr": "x"}
    sealed = b"<xml><Encrypt>AAAA</Encrypt></xml>"
    async with aiohttp.ClientSession() as session:
        async with session.post(house.hook, params=given, data=sealed) as answer:
            assert answer.status == 403
        async with session.get(house.hook, params=given) as answer:
            assert answer.status == 403
    assert house.record() == []


async def test_nothing_unsealed_and_nothing_large_is_taken(house: House) -> None:
    plain = "<xml><FromUserName>a</FromUserName><MsgType>text</MsgType><MsgId>1</MsgId></xml>"
    timestamp = str(int(house.double.now()))
    _, signature = house.double.envelopes.seal(plain, timestamp, "1")
    query = {"msg_signature": signature, "timestamp": timestamp, "nonce": "1"}
    async with aiohttp.ClientSession() as session:
        async with session.post(house.hook, params=query, data=plain) as answer:
            assert answer.status == 403
        async with session.post(house.hook, params=query, data=b"x" * 1_000_000) as answer:
            assert answer.status == 413
    assert house.record() == []


async def test_a_picture_is_kept_and_a_place_is_moved_to_the_globe_s_degrees(
    house: House, wang: Member, tmp_path: Path
) -> None:
    await (await wang.sends_picture(PNG)).is_over()
    await (await wang.sends_place(30.6586, 104.0647, "天府广场")).is_over()

    photo, place = house.record(Direction.IN)
    assert (photo.kind, place.kind, place.body) == ("photo", "place", "天府广场")
    assert (tmp_path / "photos" / photo.content["media"]).read_bytes() == PNG
    assert 0.001 < abs(place.content["latitude"] - 30.6586) < 0.01


async def test_no_more_than_thirty_a_minute_are_sent_and_the_rest_comes_later(
    house: House, wang: Member, moment: Moment
) -> None:
    for _ in range(33):
        await (await wang.says("菜单")).is_over()
    await until(lambda: len(wang.seen) == 30)
    await until(lambda: "TryLater" in str(house.record(Direction.OUT)[-3].failure))
    moment.forward(seconds=61)
    await wang.waits(lambda: len(wang.seen) == 33, within=20)

    assert wang.dropped == 0
    await house.has_sent()


async def test_who_does_not_see_the_application_any_more_is_unreachable(
    house: House, zhou: Member, newcomer: Member
) -> None:
    await zhou.leaves(silently=True)
    await newcomer.says("找客服")
    await newcomer.sees()

    await until(lambda: unreachable(house, CLERK))
    assert house.double.refusals[81013] == 1


async def test_a_message_that_was_taken_but_left_somebody_out_is_not_sent(
    house: House, zhou: Member, newcomer: Member
) -> None:
    zhou.licensed = False
    await newcomer.says("找客服")
    await newcomer.sees()

    await until(lambda: unreachable(house, CLERK))
    assert not zhou.seen


async def test_who_leaves_the_range_is_lost_and_who_comes_back_is_not(house: House, wang: Member) -> None:
    await wang.leaves()
    await house.double.quiet()
    assert unreachable(house, WORKER)
    await wang.comes()
    await house.double.quiet()

    assert not unreachable(house, WORKER)
    assert not wang.seen


async def test_unknown_kinds_and_events_are_kept_and_acknowledged(house: House, wang: Member) -> None:
    await wang.sends({"MsgType": "hologram"})
    await wang.does("enter_agent", EventKey="")
    await house.double.send_raw({"MsgType": "event", "Event": "kf_msg_or_event", "OpenKfId": "wk1"})
    await house.double.quiet()

    assert {one.kind for one in house.record(Direction.IN)} == {"unsupported", "noted"}
    assert house.double.unanswered == []


async def test_a_lost_token_is_fetched_again_and_a_busy_platform_is_asked_again(
    house: House, wang: Member
) -> None:
    await wang.says("菜单")
    await wang.sees()
    house.double.revoke()
    await wang.says("菜单")
    await wang.sees()

    assert len(house.double.asked("gettoken")) == 2


async def test_a_hundred_members_at_once_are_all_answered(house: House) -> None:
    members = [house.double.member(f"Member{n}") for n in range(100)]
    await asyncio.gather(*(one.says("预约") for one in members))
    await asyncio.gather(*(one.sees(within=30) for one in members))

    assert all(len(one.seen) == 1 for one in members)


async def test_the_operator_is_told_how_things_are(engine: Engine, double: Double, tmp_path: Path) -> None:
    good = settings_for(tmp_path, double, public_url="https://home.example")
    address, application = await examine(good, engine)
    assert address.found == "the URL for the console is https://home.example/hooks/wecom"
    assert application.found == "the application is Front door"

    double.fail_next("agent/get", 60020)
    _, refused = await examine(good, engine)
    assert refused.health is Health.PROBLEM
    assert "企业可信IP" in refused.advice
