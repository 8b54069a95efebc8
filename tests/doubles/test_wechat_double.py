"""The API of the Official Account platform: what it does, what it refuses, with which code."""

import json
import re

import aiohttp
import pytest

from tests.doubles.clock import Clock
from tests.doubles.wechat import Double, Person
from tests.doubles.wechat_account import Api

RID = re.compile(r" rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$")
SEND = "message/custom/send"
MENU = {"button": [{"type": "click", "name": "预约", "key": "book"}]}


async def stable(wx: Api, **more: object) -> dict:
    body = {"grant_type": "client_credential", "appid": wx.double.app_id, "secret": wx.double.secret}
    async with wx.session.post(wx.at("stable_token"), json=body | more) as response:
        return json.loads(await response.text())


async def classic(wx: Api, **more: str) -> dict:
    query = {"grant_type": "client_credential", "appid": wx.double.app_id, "secret": wx.double.secret}
    async with wx.session.get(wx.at("token"), params=query | more) as response:
        return json.loads(await response.text())


async def works(wx: Api, token: str) -> int:
    async with wx.session.get(wx.at("menu/get"), params={"access_token": token}) as response:
        code = json.loads(await response.text())["errcode"]
        return 0 if code == 46003 else code


async def test_a_stable_token_stays_until_its_last_five_minutes(wx: Api, clock: Clock) -> None:
    first = await stable(wx)
    assert (first["expires_in"], len(first["access_token"]) <= 512) == (7200, True)
    clock.forward(seconds=6000)
    assert await stable(wx) == {"access_token": first["access_token"], "expires_in": 1200}
    clock.forward(seconds=1000)
    second = await stable(wx)
    assert (second["access_token"] != first["access_token"], second["expires_in"]) == (True, 7200)
    assert [await works(wx, each["access_token"]) for each in (first, second)] == [0, 0]
    clock.forward(seconds=200)
    assert [await works(wx, each["access_token"]) for each in (first, second)] == [42001, 0]


async def test_a_forced_token_kills_the_former_and_comes_seldom(wx: Api, clock: Clock) -> None:
    first = await stable(wx)
    second = await stable(wx, force_refresh=True)
    assert [await works(wx, each["access_token"]) for each in (first, second)] == [40001, 0]
    assert (await stable(wx, force_refresh=True))["errcode"] == 45011
    for _ in range(19):
        clock.forward(seconds=30)
        assert "access_token" in await stable(wx, force_refresh=True)
    clock.forward(seconds=30)
    assert (await stable(wx, force_refresh=True))["errcode"] == 45009
    clock.forward(hours=24)
    assert "access_token" in await stable(wx, force_refresh=True)


async def test_a_classic_token_kills_the_former_and_leaves_the_stable_one(wx: Api) -> None:
    apart = (await stable(wx))["access_token"]
    first, second = [(await classic(wx))["access_token"] for _ in range(2)]
    assert [await works(wx, token) for token in (first, second, apart, "", "nonsense")] == [
        40001, 0, 0, 41001, 40001,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"appid": "wx0"}, 40013),
        ({"appid": ""}, 41002),
        ({"secret": "x"}, 40125),
        ({"secret": ""}, 41004),
        ({"grant_type": "other"}, 40002),
    ],
)
async def test_tokens_are_for_who_knows_the_secret(wrong: dict[str, str], code: int, wx: Api) -> None:
    for refused in (await stable(wx, **wrong), await classic(wx, **wrong)):
        assert refused["errcode"] == code
        assert RID.search(refused["errmsg"])


async def test_tokens_can_be_withdrawn(wx: Api, wechat: Double, ming: Person) -> None:
    assert await wx.says(ming.openid, "x") == 45015
    wechat.tokens.revoke()
    assert await wx.says(ming.openid, "x") == 40001


async def test_what_a_message_allows_is_used_up_and_ends(wx: Api, ming: Person, clock: Clock) -> None:
    assert await wx.says(ming.openid, "no") == 45015
    await ming.says("hello")
    assert [await wx.says(ming.openid, f"{n}") for n in range(6)] == [0, 0, 0, 0, 0, 45047]
    clock.forward(hours=47)
    await ming.says("again")
    assert ming.grants.left(clock.now()) == 5
    clock.forward(hours=48)
    wx.token = ""
    assert await wx.says(ming.openid, "no") == 45015
    assert [seen.text for seen in ming.seen] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("trigger", ["follow", "scan", "click", "tap", "view", "scancode_waitmsg"])
async def test_other_triggers_allow_three_in_a_minute(
    trigger: str, wx: Api, wechat: Double, ming: Person, clock: Clock
) -> None:
    if trigger == "follow":
        await ming.follows()
    elif trigger == "scan":
        await ming.scans("door-7")
    elif trigger == "click":
        await ming.clicks("book")
    elif trigger == "view":
        await ming.views("https://menling.example")
    elif trigger == "tap":
        await ming.clicks("book")
        menu = {"head_content": "?", "list": [{"id": "101", "content": "满意"}], "tail_content": "!"}
        await wx(SEND, touser=ming.openid, msgtype="msgmenu", msgmenu=menu)
        await ming.taps(ming.seen[-1], "101")
    else:
        await ming.does(trigger, EventKey="k")
    codes = [await wx.says(ming.openid, "x") for _ in range(4)]
    assert codes == ([45015] * 4 if trigger == "view" else [0, 0, 0, 45047])
    clock.forward(seconds=60)
    assert await wx.says(ming.openid, "x") == 45015


async def test_the_grant_that_ends_first_is_used_first(wx: Api, ming: Person, clock: Clock) -> None:
    await ming.says("hello")
    await ming.clicks("book")
    assert [await wx.says(ming.openid, "x") for _ in range(3)] == [0, 0, 0]
    clock.forward(minutes=1)
    assert ming.grants.left(clock.now()) == 5


async def test_people_who_cannot_be_reached(wx: Api, wechat: Double, ming: Person) -> None:
    await ming.says("hello")
    stranger = wechat.person("Stranger")
    assert await wx.says("oNobody", "x") == 40003
    assert await wx.says(stranger.openid, "x") == 43004
    ming.muted = True
    assert await wx.says(ming.openid, "x") == 48002
    ming.blacklisted = True
    assert await wx.says(ming.openid, "x") == 43019
    ming.muted = ming.blacklisted = False
    await ming.unfollows()
    assert await wx.says(ming.openid, "x") == 43004
    await ming.follows()
    assert await wx.says(ming.openid, "x") == 0


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"msgtype": "text", "text": {"content": "好" * 682}}, 0),
        ({"msgtype": "text", "text": {"content": "好" * 683}}, 45002),
        ({"msgtype": "text", "text": {"content": ""}}, 44004),
        ({"msgtype": "text"}, 44004),
        ({"msgtype": "poem", "poem": {}}, 40008),
        ({"text": {"content": "x"}}, 40008),
        ({"msgtype": "image", "image": {"media_id": "gone"}}, 40007),
        ({"msgtype": "voice", "voice": {}}, 40007),
        ({"msgtype": "news", "news": {"articles": [{"title": "a", "url": "u"}]}}, 0),
        ({"msgtype": "news", "news": {"articles": [{"title": "a"}, {"title": "b"}]}}, 45008),
        ({"msgtype": "news", "news": {"articles": []}}, 44003),
        ({"msgtype": "msgmenu", "msgmenu": {"list": [{"id": "1", "content": "a"}]}}, 0),
        ({"msgtype": "msgmenu", "msgmenu": {"list": [{"content": "a"}]}}, 40035),
        ({"msgtype": "miniprogrampage", "miniprogrampage": {"title": "t"}}, 40007),
        ({"msgtype": "mpnewsarticle", "mpnewsarticle": {"article_id": "a1"}}, 0),
    ],
)
async def test_messages_are_checked_and_what_is_wrong_costs_nothing(
    message: dict, code: int, wx: Api, ming: Person, clock: Clock
) -> None:
    await ming.says("hello")
    assert await wx.code(SEND, touser=ming.openid, **message) == code
    assert len(ming.seen) == (code == 0)
    assert ming.grants.left(clock.now()) == 5 - (code == 0)


async def test_bodies_are_real_utf_8(wx: Api, ming: Person) -> None:
    await ming.says("hello")
    good = {"touser": ming.openid, "msgtype": "text", "text": {"content": r"C:\users 你好"}}
    assert (await wx.post(SEND, json.dumps(good)))["errcode"] == 40033
    assert (await wx.post(SEND, json.dumps(good, ensure_ascii=False)))["errcode"] == 0
    assert (await wx.post("menu/create", json.dumps(MENU)))["errcode"] == 40033
    assert [(await wx.post(SEND, body))["errcode"] for body in (b"{", b"[]", b"", b"\xff")] == [47001] * 4
    assert [seen.text for seen in ming.seen] == [r"C:\users 你好"]


async def test_typing_is_shown_while_people_talk(wx: Api, ming: Person, clock: Clock) -> None:
    async def typing(command: str) -> int:
        return await wx.code("message/custom/typing", touser=ming.openid, command=command)

    assert await typing("Typing") == 45080
    await ming.says("hello")
    assert [await typing(word) for word in ("Typing", "Typing", "CancelTyping", "Typing", "Dancing")] == [
        0, 45081, 0, 0, 45072,
    ]  # fmt: skip
    await wx.says(ming.openid, "hi")
    assert await typing("Typing") == 0
    clock.forward(seconds=31)
    assert await typing("Typing") == 45080


KINDS = {
    "menu/get": (0, 0, 0, 0),
    "menu/addconditional": (0, 0, 48001, 0),
    SEND: (0, 0, 48001, 0),
    "user/info": (0, 0, 48001, 0),
    "media/get": (0, 0, 48001, 0),
    "qrcode/create": (0, 48001, 48001, 0),
    "ticket/getticket": (0, 48001, 48001, 0),
    "message/template/send": (0, 48001, 48001, 0),
    "message/subscribe/bizsend": (0, 48001, 48001, 0),
}


@pytest.mark.parametrize("path", KINDS)
async def test_each_kind_of_account_may_do_its_own(path: str, wx: Api, wechat: Double) -> None:
    codes = []
    for kind in ("service", "subscription", "unverified", "test"):
        wechat.kind = kind
        asked = wx.get(path) if path.endswith(("get", "info", "ticket")) else wx(path)
        codes.append(48001 if (await asked).get("errcode") == 48001 else 0)
    assert tuple(codes) == KINDS[path]


async def test_a_test_account_has_no_menu_messages(wx: Api, wechat: Double, ming: Person) -> None:
    wechat.kind = "test"
    await ming.says("hello")
    menu = {"list": [{"id": "1", "content": "a"}]}
    assert await wx.code(SEND, touser=ming.openid, msgtype="msgmenu", msgmenu=menu) == 40200
    link = '请选择 <a href="weixin://bizmsgmenu?msgmenucontent=满意&msgmenuid=101">满意</a>'
    assert await wx.says(ming.openid, link) == 0
    assert (ming.seen[0].text, ming.seen[0].menu) == ("请选择 满意", (("101", "满意"),))


async def test_a_day_has_so_many_calls_and_ends_in_beijing(
    wx: Api, wechat: Double, ming: Person, clock: Clock
) -> None:
    path = f"/cgi-bin/{SEND}"
    wechat.quotas.limits[path] = 2
    await ming.says("hello")
    assert [await wx.says(ming.openid, "x") for _ in range(3)] == [0, 0, 45009]
    quota = (await wx("openapi/quota/get", cgi_path=path))["quota"]
    assert quota == {"daily_limit": 2, "used": 2, "remain": 0}
    assert await wx.code("openapi/quota/get", cgi_path="/nothing") == 76021
    clock.forward(hours=14, minutes=59)  # 23:59 in Beijing
    wx.token = ""
    assert await wx.says(ming.openid, "x") == 45009
    clock.forward(minutes=1)
    assert await wx.says(ming.openid, "x") == 0


async def test_quotas_are_cleared_ten_times_a_month(wx: Api, wechat: Double, ming: Person) -> None:
    wechat.quotas.limits[f"/cgi-bin/{SEND}"] = 0
    assert await wx.says(ming.openid, "x") == 45009
    wechat.quotas.limits[f"/cgi-bin/{SEND}"] = 1
    assert await wx.code("clear_quota", appid="wx0") == 40013
    codes = [await wx.code("clear_quota", appid=wechat.app_id) for _ in range(9)]
    codes += [await wx.code("clear_quota/v2", appid=wechat.app_id, appsecret=wechat.secret) for _ in range(2)]
    assert codes == [0] * 10 + [48006]
    await ming.says("hello")
    assert [await wx.says(ming.openid, "x") for _ in range(2)] == [0, 45009]


async def test_a_refusal_can_be_looked_up_for_seven_days(wx: Api, clock: Clock) -> None:
    refused = await wx(SEND, touser="oNobody")
    assert refused["errcode"] == 40003
    rid = RID.search(refused["errmsg"])[0].removeprefix(" rid: ")
    found = (await wx("openapi/rid/get", rid=rid))["request"]
    assert json.loads(found["request_body"]) == {"touser": "oNobody"}
    assert json.loads(found["response_body"]) == refused
    assert await wx.code("openapi/rid/get", rid="nothing") == 76001
    clock.forward(days=7)
    wx.token = ""
    assert await wx.code("openapi/rid/get", rid=rid) == 76004


async def test_verbs_and_paths_are_what_they_are(wx: Api) -> None:
    assert (await wx.get(SEND))["errcode"] == 43002
    assert (await wx("menu/get"))["errcode"] == 43001
    async with wx.session.get(wx.at("no/such/path")) as response:
        assert response.status == 404


async def test_media_are_kept_for_three_days(wx: Api, ming: Person, clock: Clock) -> None:
    uploaded = await wx.upload("image", "leak.png", b"pixels")
    assert (uploaded["type"], uploaded["created_at"]) == ("image", int(clock.now()))
    await ming.says("hello")
    image = {"touser": ming.openid, "msgtype": "image", "image": {"media_id": uploaded["media_id"]}}
    assert await wx.code(SEND, **image) == 0
    assert ming.seen[-1].media_id == uploaded["media_id"]
    query = {"access_token": wx.token, "media_id": uploaded["media_id"]}
    async with wx.session.get(wx.at("media/get"), params=query) as response:
        assert (response.content_type, await response.read()) == ("image/png", b"pixels")
    clock.forward(days=3)
    wx.token = ""
    assert (await wx.get("media/get", media_id=uploaded["media_id"]))["errcode"] == 40007
    assert await wx.code(SEND, **image) == 40007


async def test_uploads_are_checked(wx: Api) -> None:
    assert (await wx.upload("song", "a.mp3", b"x"))["errcode"] == 40004
    assert (await wx.upload("image", "a.txt", b"x"))["errcode"] == 40005
    assert (await wx.upload("image", "a.png", b""))["errcode"] == 44001
    assert (await wx.upload("thumb", "a.jpg", bytes(64 * 1024 + 1)))["errcode"] == 40012
    assert (await wx.upload("voice", "a.amr", bytes(2 * 1024 * 1024 + 1)))["errcode"] == 40010
    assert (await wx.post("media/upload", b"", type="image"))["errcode"] == 41005
    video = await wx.upload("video", "a.mp4", b"film")
    assert "video_url" in await wx.get("media/get", media_id=video["media_id"])


async def test_a_mini_program_needs_its_picture(wx: Api, ming: Person) -> None:
    thumb = (await wx.upload("thumb", "a.jpg", b"x"))["thumb_media_id"]
    await ming.says("hello")
    page = {"title": "预约", "appid": "wx9", "pagepath": "p", "thumb_media_id": thumb}
    assert await wx.code(SEND, touser=ming.openid, msgtype="miniprogrampage", miniprogrampage=page) == 0
    assert ming.seen[-1].text == "[miniprogrampage] 预约"


def test_a_menu_of_the_doubles_own_is_not_shared(wechat: Double) -> None:
    assert Double().menus is not wechat.menus


async def test_menus_come_and_go(wx: Api, ming: Person) -> None:
    assert (await wx.get("menu/get"))["errcode"] == 46003
    rule = {"button": [{"type": "view", "name": "后台", "url": "https://a.example"}]}
    assert await wx.code("menu/addconditional", **rule, matchrule={"tag_id": "100"}) == 65303
    assert await wx.code("menu/create", **MENU) == 0
    assert (await wx.get("menu/get"))["menu"] == MENU
    assert await wx.code("menu/addconditional", **rule, matchrule={}) == 65305
    assert await wx.code("menu/addconditional", **rule, matchrule={"sex": "1"}) == 65320
    number = (await wx("menu/addconditional", **rule, matchrule={"tag_id": "100"}))["menuid"]
    assert ming.menu == MENU["button"]
    ming.tags = [100]
    assert (await wx("menu/trymatch", user_id=ming.openid))["button"] == rule["button"] == ming.menu
    assert await wx.code("menu/delconditional", menuid=number) == 0
    assert await wx.code("menu/delconditional", menuid=number) == 65301
    assert ming.menu == MENU["button"]
    assert (await wx.get("menu/delete"))["errcode"] == 0
    assert (ming.menu, (await wx.get("menu/get"))["errcode"]) == ([], 46003)


def key(name: str = "a", key: str = "k") -> dict:
    return {"type": "click", "name": name, "key": key}


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        ([key("预约服")] * 3, 0),
        ([key()] * 4, 40016),
        ([], 40016),
        ([key("预约一次服务")], 40018),
        ([key("")], 40018),
        ([key(key="")], 40019),
        ([key(key="k" * 129)], 40019),
        ([{"type": "view", "name": "a"}], 40020),
        ([{"type": "jump", "name": "a"}], 40017),
        ([{"name": "a", "sub_button": [key("预约一次服务")] * 5}], 0),
        ([{"name": "a", "sub_button": [key()] * 6}], 40023),
        ([{"name": "a", "sub_button": [key("好" * 21)]}], 40025),
        ([{"name": "a", "sub_button": [{"type": "view", "name": "a"}]}], 40027),
    ],
)
async def test_menus_are_checked(buttons: list[dict], code: int, wx: Api) -> None:
    assert await wx.code("menu/create", button=buttons) == code


async def test_codes_are_made_and_shown(wx: Api, wechat: Double, clock: Clock) -> None:
    scene = {"scene": {"scene_str": "door-7"}}
    made = await wx("qrcode/create", action_name="QR_STR_SCENE", action_info=scene, expire_seconds=600)
    assert (made["expire_seconds"], wechat.scene(made["ticket"])) == (600, "door-7")

    async def shown() -> tuple[int, str]:
        query = {"ticket": made["ticket"]}
        async with wx.session.get(wx.at("showqrcode"), params=query) as response:
            return response.status, response.content_type

    assert await shown() == (200, "image/png")
    clock.forward(seconds=600)
    assert (await shown())[0] == 404
    with pytest.raises(AssertionError, match="too old"):
        await wechat.person("Ming").scans("door-7")
    forever = await wx("qrcode/create", action_name="QR_LIMIT_STR_SCENE", action_info=scene)
    assert "expire_seconds" not in forever


@pytest.mark.parametrize(
    ("action", "scene", "seconds", "code"),
    [
        ("QR_CODE", {"scene_id": 1}, 60, 40052),
        ("QR_SCENE", {"scene_id": 0}, 60, 40053),
        ("QR_SCENE", {"scene_str": "a"}, 60, 40053),
        ("QR_LIMIT_SCENE", {"scene_id": 100_001}, 60, 40053),
        ("QR_STR_SCENE", {"scene_str": "a" * 65}, 60, 40053),
        ("QR_SCENE", {"scene_id": 7}, 2_592_001, 40035),
    ],
)
async def test_codes_are_checked(action: str, scene: dict, seconds: int, code: int, wx: Api) -> None:
    params = {"action_name": action, "action_info": {"scene": scene}, "expire_seconds": seconds}
    assert await wx.code("qrcode/create", **params) == code


async def test_little_is_told_of_people(wx: Api, wechat: Double, clock: Clock) -> None:
    ming = wechat.person("Ming")
    assert await wx.get("user/info", openid=ming.openid) == {
        "subscribe": 0, "openid": ming.openid, "tagid_list": [],
    }  # fmt: skip
    await ming.follows("door-7")
    told = await wx.get("user/info", openid=ming.openid)
    assert (told["subscribe"], told["subscribe_time"], told["qr_scene_str"]) == (
        1,
        int(clock.now()),
        "door-7",
    )
    assert "nickname" not in told
    assert (await wx.get("user/info", openid="oNobody"))["errcode"] == 40003


async def exchange(wx: Api, code: str, **more: str) -> dict:
    query = {"appid": wx.double.app_id, "secret": wx.double.secret, "grant_type": "authorization_code"}
    async with wx.session.get(
        wx.at("/sns/oauth2/access_token"), params=query | {"code": code} | more
    ) as response:
        assert response.content_type == "text/plain"
        return json.loads(await response.text())


def page(wechat: Double, **more: str) -> str:
    query = {"appid": wechat.app_id, "redirect_uri": "https%3A%2F%2Fmenling.example%2Fback%3Fa%3D1"}
    query |= {"response_type": "code", "scope": "snsapi_base", "state": "s-1"} | more
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return f"https://open.weixin.qq.com/connect/oauth2/authorize?{words}#wechat_redirect"


async def test_somebody_logs_in_on_a_page(wx: Api, wechat: Double, ming: Person, clock: Clock) -> None:
    wechat.person("Somebody else")
    back = await ming.opens(page(wechat))
    address, code = re.fullmatch(r"(.*)&code=(\w+)&state=s-1", back).groups()
    assert address == "https://menling.example/back?a=1"
    assert (await exchange(wx, code, secret="x"))["errcode"] == 40125  # noqa: S106
    told = await exchange(wx, code)
    assert (told["openid"], told["scope"], told["expires_in"]) == (ming.openid, "snsapi_base", 7200)
    assert not {"unionid", "is_snapshotuser"} & set(told)
    assert (await exchange(wx, code))["errcode"] == 40163
    assert (await exchange(wx, "nonsense"))["errcode"] == 40029
    ming.snapshot = True
    code = re.search(r"code=(\w+)", await ming.opens(page(wechat, scope="snsapi_userinfo")))[1]
    clock.forward(seconds=299)
    told = await exchange(wx, code)
    assert (told["is_snapshotuser"], "unionid" in told) == (1, True)
    code = re.search(r"code=(\w+)", await ming.opens(page(wechat)))[1]
    clock.forward(seconds=300)
    assert (await exchange(wx, code))["errcode"] == 40029


async def test_a_login_page_may_refuse(wx: Api, wechat: Double, ming: Person) -> None:
    wechat.logins.domain = "menling.example"
    await ming.opens(page(wechat))
    for wrong in ({"appid": "wx0"}, {"scope": "all"}, {"redirect_uri": "https://evil.example"}):
        with pytest.raises(AssertionError):
            await ming.opens(page(wechat, **wrong))
    wechat.kind = "subscription"
    with pytest.raises(AssertionError, match="10005"):
        await ming.opens(page(wechat))
    assert (await exchange(wx, "x"))["errcode"] == 48001


async def test_a_browser_visits_as_whom_it_names(wx: Api, wechat: Double, ming: Person) -> None:
    other = wechat.person("Other")
    url = wechat.url + page(wechat).removeprefix("https://open.weixin.qq.com").partition("#")[0]
    async with aiohttp.ClientSession() as session:
        for more, openid in (("", ming.openid), (f"&visitor={other.openid}", other.openid)):
            async with session.get(url + more, allow_redirects=False) as response:
                code = re.search(r"code=(\w+)", response.headers["Location"])[1]
            assert (await exchange(wx, code))["openid"] == openid
