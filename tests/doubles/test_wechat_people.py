"""People who use the stand-in of WeChat, in this process and from another; and trouble that is ordered."""

import asyncio
import signal
import sys
from base64 import b64encode
from pathlib import Path

import aiohttp
import pytest

from tests.doubles.clock import Clock
from tests.doubles.wechat import Double, Person
from tests.doubles.wechat_account import Api, Hook

ROOT = Path(__file__).parent.parent.parent
SEND = "message/custom/send"


async def heard(wechat: Double, hook: Hook) -> dict:
    """The latest thing that arrived, without what all have in common."""
    await wechat.quiet()
    common = {"ToUserName", "FromUserName", "CreateTime"}
    return {name: value for name, value in hook.got[-1].items() if name not in common}


async def test_messages_of_every_kind(wechat: Double, wx_hook: Hook, ming: Person, wx: Api) -> None:
    said = await ming.sends_picture(b"pixels")
    got = await heard(wechat, wx_hook)
    assert (got["MsgType"], got["MsgId"]) == ("image", said.msg_id)
    async with wx.session.get(got["PicUrl"]) as response:
        assert await response.read() == b"pixels"
    query = {"access_token": await wx.fetch(), "media_id": got["MediaId"]}
    async with wx.session.get(wx.at("media/get"), params=query) as response:
        assert await response.read() == b"pixels"
    await ming.sends_voice(b"sound")
    got = await heard(wechat, wx_hook)
    assert (got["MsgType"], got["Format"]) == ("voice", "amr")
    assert {"MediaId", "MediaId16K"} < set(got)
    await ming.sends_place(23.1, 113.3, "天河")
    got = await heard(wechat, wx_hook)
    assert (got["Location_X"], got["Location_Y"], got["Label"]) == ("23.1", "113.3", "天河")
    await ming.sends_video(b"film")
    assert (await heard(wechat, wx_hook))["MsgType"] == "video"
    numbers = [got["MsgId"] for got in wx_hook.got]
    assert numbers == sorted(set(numbers))


async def test_somebody_comes_and_goes(wechat: Double, wx_hook: Hook) -> None:
    ming = wechat.person("Ming")
    with pytest.raises(AssertionError, match="does not follow"):
        await ming.says("hello")
    await ming.follows()
    assert await heard(wechat, wx_hook) == {"MsgType": "event", "Event": "subscribe", "EventKey": None}
    await ming.unfollows()
    assert (await heard(wechat, wx_hook))["Event"] == "unsubscribe"
    wx_hook.say(ming.openid, "welcome")
    await ming.scans("door-7")
    first = await heard(wechat, wx_hook)
    assert (first["Event"], first["EventKey"]) == ("subscribe", "qrscene_door-7")
    assert [seen.text for seen in ming.seen] == ["welcome"]
    await ming.scans("door-7")
    second = await heard(wechat, wx_hook)
    assert (second["Event"], second["EventKey"]) == ("SCAN", "door-7")
    assert first["Ticket"] == second["Ticket"]


async def test_nobody_who_left_sees_anything(wechat: Double, wx_hook: Hook, ming: Person) -> None:
    wx_hook.say(ming.openid, "stay")
    await ming.unfollows()
    await wechat.quiet()
    assert ming.seen == []


async def test_the_menu_is_pressed(wechat: Double, wx_hook: Hook, ming: Person) -> None:
    await ming.clicks("book")
    assert await heard(wechat, wx_hook) == {"MsgType": "event", "Event": "CLICK", "EventKey": "book"}
    await ming.views("https://a.example", menu_id=7)
    assert await heard(wechat, wx_hook) == {
        "MsgType": "event", "Event": "VIEW", "EventKey": "https://a.example", "MenuId": "7",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("case", "name"), [("upper", "SUBSCRIBE"), ("lower", "subscribe"), ("", "Subscribe")]
)
async def test_names_of_events_vary(
    case: str, name: str, wechat: Double, wx_hook: Hook, ming: Person
) -> None:
    wechat.event_case = case
    await ming.does("Subscribe")
    assert (await heard(wechat, wx_hook))["Event"] == name


async def test_an_entry_of_a_menu_is_tapped(wechat: Double, wx_hook: Hook, wx: Api, ming: Person) -> None:
    await ming.says("hello")
    entries = [{"id": "101", "content": "满意"}, {"id": "102", "content": "不满意"}]
    menu = {"head_content": "还满意吗？", "list": entries, "tail_content": "谢谢"}
    await wx(SEND, touser=ming.openid, msgtype="msgmenu", msgmenu=menu)
    [seen] = await ming.sees()
    assert (seen.text, seen.menu) == (
        "还满意吗？\n满意\n不满意\n谢谢", (("101", "满意"), ("102", "不满意")),
    )  # fmt: skip
    tapped = await ming.taps(seen, "102")
    assert await heard(wechat, wx_hook) == {
        "MsgType": "text", "Content": "不满意", "bizmsgmenuid": "102", "MsgId": tapped.msg_id,
    }  # fmt: skip
    assert (await ming.taps(None, "101")).fields["Content"] == "满意"
    with pytest.raises(AssertionError, match="no entry"):
        await ming.taps(seen, "103")


async def test_a_numbered_list_is_text(wx: Api, ming: Person) -> None:
    await ming.says("hello")
    await wx.says(ming.openid, "请选择：\n1. 预约\n2. 改期")
    seen = await ming.reads("2. 改期")
    assert (seen.kind, seen.text, seen.menu) == ("text", "请选择：\n1. 预约\n2. 改期", ())
    await wx(SEND, touser=ming.openid, msgtype="text", text={"content": "ai"}, aimsgcontext={"is_ai_msg": 1})
    assert [seen.ai for seen in await ming.sees(2)] == [False, True]
    with pytest.raises(AssertionError, match="did not get 1 messages"):
        await ming.sees(within=0.01)


async def test_the_dialog_answers_for_one_or_several(wechat: Double, wx_hook: Hook, ming: Person) -> None:
    async def entries(name: str = "SubscribeMsgPopupEvent") -> object:
        return (await heard(wechat, wx_hook))[name]["List"]

    await ming.accepts("N1")
    assert await entries() == {"TemplateId": "N1", "SubscribeStatusString": "accept", "PopupScene": "2"}
    await ming.answers({"N1": "accept", "N2": "reject"})
    assert [one["SubscribeStatusString"] for one in await entries()] == ["accept", "reject"]
    assert ming.accepted == {"N1": 2, "N2": 0}
    await ming.rejects("N1", "N2")
    assert len(await entries()) == 2
    await ming.switches_off("N1")
    assert await entries("SubscribeMsgChangeEvent") == {"TemplateId": "N1", "SubscribeStatusString": "reject"}
    assert ming.accepted == {"N1": 0, "N2": 0}


async def test_any_code_comes_when_it_is_ordered(wx: Api, wechat: Double, ming: Person) -> None:
    await ming.says("hello")
    wechat.fail_next("custom/send", 45009, times=2)
    wechat.fail_next("custom/send", 48004, touser="oNobody")
    wechat.fail_next("custom/send", -1, done=True)
    wechat.fail_next("menu/create", 40164)
    assert [await wx.says(ming.openid, text) for text in "abcd"] == [45009, 45009, -1, 0]
    assert [seen.text for seen in ming.seen] == ["c", "d"]
    refused = await wx("menu/create")
    assert refused["errmsg"].startswith("invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist rid: ")
    wechat.fail_next(words="system error hint: [x]")
    assert (await wx("menu/create"))["errmsg"].startswith("system error hint: [x] rid: ")
    wechat.fail_next("custom/send", status=502, body="<html>bad gateway</html>")
    with pytest.raises(AssertionError, match="bad gateway"):
        await wx.says(ming.openid, "x")


@pytest.mark.parametrize("done", [False, True])
async def test_a_lost_connection_leaves_the_outcome_unknown(
    done: bool, wx: Api, wechat: Double, ming: Person
) -> None:
    await ming.says("hello")
    await wx.fetch()
    wechat.drop_next("custom/send", done=done)
    with pytest.raises(aiohttp.ClientError):
        await wx.says(ming.openid, "x")
    assert len(ming.seen) == done


async def test_a_call_can_hang(wx: Api, wechat: Double, ming: Person, clock: Clock) -> None:
    await ming.says("hello")
    wechat.hang_next("custom/send", seconds=30)
    sending = asyncio.create_task(wx.says(ming.openid, "x"))
    await clock.until_asleep()
    assert ming.seen == []
    clock.forward(seconds=30)
    assert await sending == 0


async def test_everything_is_counted_and_forgotten(
    wx: Api, wechat: Double, wx_hook: Hook, ming: Person, clock: Clock
) -> None:
    await ming.says("hello")
    await wechat.quiet()
    clock.forward(seconds=2)
    await wx.says(ming.openid, "hi")
    await wx.says("oNobody", "hi")
    figures = wechat.statistics()
    assert (figures["calls"][f"/cgi-bin/{SEND}"], figures["refusals"]) == (2, {"40003": 1})
    assert figures["callbacks"] == {"made": 1, "delivered": 1, "failed": 0, "refused": 0}
    assert figures["answers"] == {"count": 1, "p50": 2, "p95": 2, "p99": 2, "max": 2}
    assert wechat.calls[-1].params["touser"] == "oNobody"
    await wechat.reset()
    assert (wechat.people, wechat.statistics()["calls"], await wx.says(ming.openid, "x")) == ({}, {}, 40001)


async def test_it_runs_as_a_process_of_its_own(wx_hook: Hook, wechat: Double) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.doubles.wechat", "--kind", "test", "--hook", wx_hook.url,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        url = (await process.stdout.readline()).decode().strip()
        async with aiohttp.ClientSession() as session:

            async def do(path: str, /, status: int = 200, **body: object) -> object:
                async with session.post(f"{url}/control/{path}", json=body) as response:
                    assert response.status == status, await response.text()
                    return await response.json()

            openid = (await do("people", name="Ming", follower=True))["openid"]
            wx_hook.say(
                openid, '<![CDATA[<a href="weixin://bizmsgmenu?msgmenucontent=a&msgmenuid=1">a</a>]]>'
            )
            await do(f"people/{openid}/says", text="hello")
            [seen] = await do(f"people/{openid}/sees")
            assert (seen["text"], seen["way"]) == ("a", "passive")
            assert (await do(f"people/{openid}/taps", id="1"))["fields"]["bizmsgmenuid"] == "1"
            await do(f"people/{openid}/accepts", templates=["N1", "N2"])
            await do(f"people/{openid}/sends_picture", data=b64encode(b"x").decode())
            await do("quiet")
            assert len(wx_hook.got) == 4
            await do("fail_next", path="custom/send", code=45009)
            assert (await do("settings", answer_within=1.0))["answer_within"] == 1.0
            assert (await do(f"people/{openid}/settings", muted=True))["muted"] is True
            assert (await do("statistics"))["callbacks"]["made"] == 4
            assert "Unknown" in (await do(f"people/{openid}/flies", status=400))["error"]
            assert "Unknown" in (await do("nothing", status=400))["error"]
    finally:
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
