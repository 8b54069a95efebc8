"""Which of wechatpy's helpers work when they are awaited, and what those of ours send."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from channels.tencent.calls import Calls, Refused
from channels.tencent.requesting import carry_out
from channels.wechat.client import Client as Account
from channels.wecom.client import Client as Application
from tests.channels.tencent.server import Server

OPENID = "oUser1"
DATA = {"time1": {"value": "2026-11-24 14:00"}}


class Given:
    async def get(self, not_this: str | None = None) -> str:
        return "s1"


@pytest.fixture
async def account(server: Server) -> AsyncIterator[Account]:
    client = Account("wx1", Calls(server.base, Given()))
    yield client
    await client.close()


@pytest.fixture
async def application(server: Server) -> AsyncIterator[Application]:
    client = Application("ww1", Calls(server.base, Given()))
    yield client
    await client.close()


@pytest.fixture(params=[Account, Application])
async def ours(request: pytest.FixtureRequest, server: Server) -> AsyncIterator[Account | Application]:
    client = request.param("wx1", Calls(server.base, Given()))
    yield client
    await client.close()


def custom(kind: str, content: object, **more: object) -> dict[str, object]:
    return {"touser": OPENID, "msgtype": kind, kind: content, **more}


MENU = {"button": [{"type": "click", "name": "预约", "key": "book"}]}
SCENE = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "x"}}}
CHOICES = {"head_content": "满意吗", "list": [{"id": "1", "content": "满意"}], "tail_content": ""}


@pytest.mark.parametrize(
    ("call", "path", "body"),
    [
        (
            lambda c: c.message.send_text(OPENID, "您好"),
            "message/custom/send",
            custom("text", {"content": "您好"}),
        ),
        (
            lambda c: c.message.send_image(OPENID, "M"),
            "message/custom/send",
            custom("image", {"media_id": "M"}),
        ),
        (
            lambda c: c.message.send_msg_menu(OPENID, CHOICES),
            "message/custom/send",
            custom("msgmenu", CHOICES),
        ),
        (
            lambda c: c.message.send(OPENID, "text", {"content": "好"}, aimsgcontext={"is_ai_msg": 1}),
            "message/custom/send",
            custom("text", {"content": "好"}, aimsgcontext={"is_ai_msg": 1}),
        ),
        (
            lambda c: c.message.typing(OPENID),
            "message/custom/typing",
            {"touser": OPENID, "command": "Typing"},
        ),
        (
            lambda c: c.message.typing(OPENID, begins=False),
            "message/custom/typing",
            {"touser": OPENID, "command": "CancelTyping"},
        ),
        (
            lambda c: c.message.send_template(OPENID, "T", DATA),
            "message/template/send",
            {"touser": OPENID, "template_id": "T", "data": DATA},
        ),
        (
            lambda c: c.template.send(OPENID, "T", DATA, url="https://x", client_msg_id="7"),
            "message/template/send",
            {"touser": OPENID, "template_id": "T", "data": DATA, "url": "https://x", "client_msg_id": "7"},
        ),
        (
            lambda c: c.template.bizsend(OPENID, "T", DATA, page="https://x"),
            "message/subscribe/bizsend",
            {"touser": OPENID, "template_id": "T", "data": DATA, "page": "https://x"},
        ),
        (
            lambda c: c.message.send_subscribe_message(OPENID, "T", DATA),
            "message/subscribe/bizsend",
            {"touser": OPENID, "template_id": "T", "data": DATA},
        ),
        (lambda c: c.menu.create(MENU), "menu/create", MENU),
        (lambda c: c.menu.add_conditional(MENU), "menu/addconditional", MENU),
        (lambda c: c.qrcode.create(SCENE), "qrcode/create", SCENE),
        (
            lambda c: c.user.update_remark(OPENID, "王"),
            "user/info/updateremark",
            {"openid": OPENID, "remark": "王"},
        ),
        (
            lambda c: c.tag.tag_user(2, OPENID),
            "tags/members/batchtagging",
            {"tagid": 2, "openid_list": [OPENID]},
        ),
        (
            lambda c: c.quota("/cgi-bin/message/custom/send"),
            "openapi/quota/get",
            {"cgi_path": "/cgi-bin/message/custom/send"},
        ),
        (lambda c: c.explain("1-2-3"), "openapi/rid/get", {"rid": "1-2-3"}),
    ],
)
async def test_an_official_account_posts(
    account: Account,
    server: Server,
    call: Callable[[Account], Awaitable[object]],
    path: str,
    body: dict[str, object],
) -> None:
    assert await call(account)

    sent = server.last
    assert (sent.method, sent.path) == ("POST", f"/cgi-bin/{path}")
    assert (sent.query, sent.body) == ({"access_token": "s1"}, body)


async def test_an_official_account_asks(account: Account, server: Server) -> None:
    server.answer('{"subscribe": 1, "remark": "王"}')
    assert await account.user.get(OPENID) == {"subscribe": 1, "remark": "王"}
    assert server.last.path == "/cgi-bin/user/info"
    assert server.last.query == {"access_token": "s1", "openid": OPENID, "lang": "zh_CN"}

    await account.menu.delete()
    assert (server.last.method, server.last.path) == ("GET", "/cgi-bin/menu/delete")


async def test_helpers_that_take_a_part_of_the_answer_do_so_when_it_is_there(
    account: Account, server: Server
) -> None:
    server.answer('{"ip_list": ["1.2.3.4"]}')
    server.answer('{"user_info_list": [{"openid": "oUser1"}]}')
    server.answer('{"template_id": "T"}')

    assert await account.misc.get_wechat_ips() == ["1.2.3.4"]
    assert await account.user.get_batch([OPENID]) == [{"openid": OPENID}]
    assert await account.template.get("TM00015") == "T"
    assert server.last.path == "/cgi-bin/template/api_add_template"


async def test_an_account_without_a_menu_has_none(account: Account, server: Server) -> None:
    server.refuse(46003, "menu no exist")
    server.refuse(48001, "api unauthorized")
    server.answer('{"menu": {"button": []}}')

    assert await account.menu.get() is None
    with pytest.raises(Refused, match="48001"):
        await account.menu.get()
    assert await account.menu.get() == {"menu": {"button": []}}


@pytest.mark.parametrize("named", [True, False])
async def test_a_file_goes_up_and_comes_down(
    ours: Account | Application, server: Server, named: bool
) -> None:
    file = io.BytesIO(b"png")
    await ours.media.upload("image", ("漏水.png", file) if named else file)
    assert server.last.path == "/cgi-bin/media/upload"
    assert server.last.query == {"access_token": "s1", "type": "image"}
    name, _, content = server.last.form["media"]
    assert (name, content) == ("漏水.png" if named else "file", b"png")

    server.answer(b"\xff\xd8", kind="image/jpeg")
    assert await ours.media.download("M") == b"\xff\xd8"
    assert server.last.path == "/cgi-bin/media/get"
    assert server.last.query == {"access_token": "s1", "media_id": "M"}


async def test_nothing_fetches_a_token_behind_our_back(ours: Account | Application) -> None:
    with pytest.raises(AttributeError, match="awaited"):
        ours.media.get_url("M")
    with pytest.raises(AttributeError, match="awaited"):
        _ = ours.access_token


async def test_nothing_fetches_a_picture_behind_our_back(account: Account) -> None:
    with pytest.raises(AttributeError, match="draw"):
        account.qrcode.show("ticket")


CARD = {"card_type": "button_interaction", "task_id": "7-claim-x"}
TO = {"touser": "li|wang", "toparty": "", "totag": "", "agentid": 2}
KF = {"touser": "wm1", "open_kfid": "wk1"}
PLACE = {"name": "家", "address": "榆树路12号", "latitude": 31.2, "longitude": 121.4}
MINI = {"appid": "wx", "title": "预约", "thumb_media_id": "M", "pagepath": "p"}


@pytest.mark.parametrize(
    ("call", "path", "body"),
    [
        (
            lambda c: c.message.send_text(2, ["li", "wang"], "您好"),
            "message/send",
            {**TO, "msgtype": "text", "text": {"content": "您好"}, "safe": 0},
        ),
        (
            lambda c: c.message.send_markdown(2, "li|wang", "**好**"),
            "message/send",
            {**TO, "msgtype": "markdown", "markdown": {"content": "**好**"}},
        ),
        (
            lambda c: c.message.send_template_card(2, ["li", "wang"], CARD, enable_duplicate_check=1),
            "message/send",
            {**TO, "msgtype": "template_card", "template_card": CARD, "enable_duplicate_check": 1},
        ),
        (
            lambda c: c.message.update_template_card(2, "R", button="已被接单"),
            "message/update_template_card",
            {"agentid": 2, "response_code": "R", "atall": 1, "button": {"replace_name": "已被接单"}},
        ),
        (
            lambda c: c.message.update_template_card(2, "R", user_ids=["li"], card=CARD),
            "message/update_template_card",
            {"agentid": 2, "response_code": "R", "userids": ["li"], "template_card": CARD},
        ),
        (lambda c: c.message.recall("m1"), "message/recall", {"msgid": "m1"}),
        (
            lambda c: c.kf_message.send_text("wm1", "wk1", "您好", "m-1"),
            "kf/send_msg",
            {**KF, "msgid": "m-1", "msgtype": "text", "text": {"content": "您好"}},
        ),
        (
            lambda c: c.kf_message.send_location("wm1", "wk1", *PLACE.values()),
            "kf/send_msg",
            {**KF, "msgtype": "location", "location": PLACE},
        ),
        (
            lambda c: c.kf_message.send_miniprogram("wm1", "wk1", *MINI.values(), msgid="m-1"),
            "kf/send_msg",
            {**KF, "msgid": "m-1", "msgtype": "miniprogram", "miniprogram": MINI},
        ),
        (
            lambda c: c.kf_message.send_articles_link("wm1", "wk1", {"title": "t", "url": "u"}),
            "kf/send_msg",
            {**KF, "msgtype": "link", "link": {"title": "t", "url": "u"}},
        ),
        (
            lambda c: c.kf.sync_msg("T", "C", 10),
            "kf/sync_msg",
            {"token": "T", "cursor": "C", "limit": 10},
        ),
    ],
)
async def test_an_application_posts(
    application: Application,
    server: Server,
    call: Callable[[Application], Awaitable[object]],
    path: str,
    body: dict[str, object],
) -> None:
    assert await call(application)

    sent = server.last
    assert (sent.method, sent.path) == ("POST", f"/cgi-bin/{path}")
    assert (sent.query, sent.body) == ({"access_token": "s1"}, body)


async def test_members_that_were_not_reached_are_in_the_answer(
    application: Application, server: Server
) -> None:
    server.refuse(0, "ok", invaliduser="wang", msgid="m1")

    assert (await application.message.send_text(2, ["li", "wang"], "您好"))["invaliduser"] == "wang"


async def test_only_the_path_of_a_helper_s_address_counts(account: Account, server: Server) -> None:
    await account.get("https://elsewhere.example/cgi-bin/x?ignored=1", params={"a": 1, "b": None})

    assert (server.last.path, server.last.query) == ("/cgi-bin/x", {"access_token": "s1", "a": "1"})


async def test_a_body_that_is_no_json_is_not_guessed_at(account: Account, server: Server) -> None:
    with pytest.raises(TypeError, match="/cgi-bin/x: a body of str"):
        await carry_out(account.calls, "post", "https://a/cgi-bin/x", {"data": "{}"})
    assert server.calls == []
