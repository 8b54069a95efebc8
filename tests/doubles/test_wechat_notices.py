"""Template messages and subscription notices, and what comes of them later."""

import pytest

from tests.doubles.clock import Clock
from tests.doubles.wechat import Double, Person
from tests.doubles.wechat.refusals import Refused
from tests.doubles.wechat.values import check
from tests.doubles.wechat_account import Api, Hook

TEMPLATE, NOTICE = "message/template/send", "message/subscribe/bizsend"
DATA = {"thing1": {"value": "深度保洁"}, "time2": {"value": "2026年11月24日 09:00"}}


@pytest.fixture(autouse=True)
def templates(wechat: Double) -> None:
    wechat.template("T1", "上门提醒", thing1="服务", time2="时间")
    wechat.notice("N1", "上门提醒", thing1="服务", time2="时间")
    wechat.notice("N2", "完工", thing1="服务")


async def test_a_template_message_is_shown_and_its_result_comes_later(
    wx: Api, wx_hook: Hook, wechat: Double, ming: Person, clock: Clock
) -> None:
    sent = await wx(TEMPLATE, touser=ming.openid, template_id="T1", data=DATA, url="https://a.example")
    [seen] = await ming.sees()
    assert (seen.kind, seen.text) == ("template", "上门提醒\n服务：深度保洁\n时间：2026年11月24日 09:00")
    assert seen.url == "https://a.example"
    await clock.until_asleep()
    assert wx_hook.got == []
    clock.forward(seconds=1)
    await told(wechat)
    [event] = wx_hook.got
    assert (event["Event"], event["MsgID"], event["Status"]) == (
        "TEMPLATESENDJOBFINISH", str(sent["msgid"]), "success",
    )  # fmt: skip
    assert ming.grants.left(clock.now()) == 0


async def told(wechat: Double) -> None:
    """Wait until the account has heard of something."""
    await wechat.made.until(lambda: bool(wechat.callbacks))
    await wechat.quiet()


async def test_results_come_when_they_are_told(wx: Api, wx_hook: Hook, wechat: Double, ming: Person) -> None:
    wechat.report_after = None
    wechat.lose_next("failed: system failed")
    lost = await wx(TEMPLATE, touser=ming.openid, template_id="T1", data=DATA)
    ming.muted = True
    blocked = await wx(TEMPLATE, touser=ming.openid, template_id="T1", data=DATA)
    assert (lost["errcode"], blocked["errcode"], ming.seen) == (0, 0, [])
    for sent in (lost, blocked):
        await wechat.report(sent["msgid"])
        await wechat.quiet()
    assert [got["Status"] for got in wx_hook.got] == ["failed: system failed", "failed:user block"]
    with pytest.raises(KeyError):
        await wechat.report(lost["msgid"])


async def test_a_template_message_is_refused(wx: Api, wechat: Double, ming: Person) -> None:
    async def code(**changed: object) -> int:
        return await wx.code(TEMPLATE, **{"touser": ming.openid, "template_id": "T1", "data": DATA} | changed)

    assert await code(template_id="N1") == 40037
    assert await code(touser="oNobody") == 40003
    assert await code(data={}) == 47003
    await ming.unfollows()
    assert await code() == 43004
    assert ming.seen == []


async def test_a_message_with_a_number_of_ours_is_sent_once(wx: Api, ming: Person) -> None:
    params = {"touser": ming.openid, "template_id": "T1", "data": DATA, "client_msg_id": "v-1"}
    first, second = await wx(TEMPLATE, **params), await wx(TEMPLATE, **params)
    assert (first["msgid"], len(ming.seen)) == (second["msgid"], 1)


async def test_one_accept_is_one_notice(
    wx: Api, wx_hook: Hook, wechat: Double, ming: Person, clock: Clock
) -> None:
    async def code() -> int:
        return await wx.code(NOTICE, touser=ming.openid, template_id="N1", data=DATA)

    assert await code() == 43101
    await ming.accepts("N1")
    await ming.accepts("N1")
    assert [await code() for _ in range(3)] == [0, 0, 43101]
    await ming.accepts("N1")
    await ming.rejects("N1")
    assert await code() == 43101
    await ming.accepts("N1")
    await ming.switches_off("N1")
    assert await code() == 43101
    await wechat.quiet()
    wx_hook.got.clear()
    wechat.callbacks.clear()
    clock.forward(seconds=1)
    await told(wechat)
    [first, *_] = [got["SubscribeMsgSentEvent"]["List"] for got in wx_hook.got]
    assert (first["TemplateId"], first["ErrorCode"], first["ErrorStatus"]) == ("N1", "0", "success")


async def test_a_wrong_notice_costs_nothing(wx: Api, ming: Person) -> None:
    await ming.accepts("N2")
    wrong = {"thing1": {"value": "字" * 21}}
    refused = await wx(NOTICE, touser=ming.openid, template_id="N2", data=wrong)
    assert refused["errcode"] == 47003
    assert "data.thing1.value" in refused["errmsg"]
    assert await wx.code(NOTICE, touser=ming.openid, template_id="T1", data=DATA) == 40037
    assert ming.accepted["N2"] == 1


GOOD = {
    "thing1": ["深度保洁", "x" * 20],
    "number2": ["12", "3.5"],
    "letter3": ["AB"],
    "symbol4": ["!?"],
    "character_string5": ["V-2026/17"],
    "time6": ["15:01", "2019年10月1日", "2019年10月1日 15:01", "09:00~11:00"],
    "date7": ["2019年10月1日"],
    "amount8": ["¥128.50", "128元", "￥1"],
    "phone_number9": ["+86-0766-66888866"],
    "car_number10": ["粤A8Z888挂"],
    "name11": ["张三", "Alice Smith"],
    "phrase12": ["已完成"],
    "keyword13": ["anything at all"],
}
BAD = {
    "thing1": ["x" * 21, "", "  "],
    "number2": ["twelve", "1" * 33],
    "letter3": ["A1", "A" * 33],
    "symbol4": ["!!!!!!", "好"],
    "character_string5": ["编号1", "x" * 33],
    "time6": ["tomorrow", "2026-11-24", "9点"],
    "date7": ["soon"],
    "amount8": ["about 5", "12345678901"],
    "phone_number9": ["1" * 18, "phone"],
    "car_number10": ["粤A8Z888888"],
    "name11": ["张三1", "张" * 11, "x" * 21],
    "phrase12": ["已经全部完成", "done"],
    "const13": ["x"],
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in GOOD.items() for value in values])
def test_values_that_fit(key: str, value: str) -> None:
    assert check({key: {"value": value}}, {key: "label"}) == {key: value}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in BAD.items() for value in values])
def test_values_that_do_not_fit(key: str, value: str) -> None:
    with pytest.raises(Refused, match=rf"47003 .*data\.{key}\.value"):
        check({key: {"value": value}}, {key: "label"})


def test_a_constant_is_one_of_its_list() -> None:
    assert check({"const1": {"value": "急"}}, {"const1": ["急", "缓"]}) == {"const1": "急"}
