import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from aiohttp import web
from sqlalchemy import Engine
from structlog.testing import capture_logs

from channels.gone import Gone
from channels.tencent import calls as module
from channels.tencent.calls import Calls, MayHaveArrived, NotSent, Refused, TooLarge, token_in
from channels.tencent.tokens import NoToken
from tests.channels.scripted import CUT, HALF, HANG
from tests.channels.tencent.server import SECRET, Server

SHORT = 0.05
PATH = "/cgi-bin/message/custom/send"
ENCODED = "the%2Fsecret%2Bof%3Dours"

Asked = Callable[[Calls], Awaitable[object]]
EVERY: list[Asked] = [
    lambda calls: calls.post(PATH, {}),
    lambda calls: calls.get(PATH),
    lambda calls: calls.upload(PATH, "a.png", b"png"),
    lambda calls: calls.download(PATH, {}, 100),
]
WAYS = pytest.mark.parametrize("ask", EVERY, ids=["post", "get", "upload", "download"])


class Given:
    """Tokens s1, s2, …: the next one whenever the present one is refused."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.number, self.fails = 1, fails

    async def get(self, not_this: str | None = None) -> str:
        if self.fails:
            raise self.fails
        self.number += not_this == f"s{self.number}"
        return f"s{self.number}"


@pytest.fixture
async def calls(server: Server) -> AsyncIterator[Calls]:
    calls = Calls(server.base, Given(), secrets=[SECRET])
    yield calls
    await calls.close()


@pytest.fixture
async def hasty(server: Server) -> AsyncIterator[Calls]:
    calls = Calls(server.base, Given(), connect=SHORT, total=2 * SHORT)
    yield calls
    await calls.close()


async def test_words_arrive_as_they_are(calls: Calls, server: Server) -> None:
    body = {"touser": "o1", "text": {"content": "您好 🧹 <a href='x'>é</a>"}}

    answer = await calls.post(PATH, body, {"a": "b c&d"})

    assert answer == {"errcode": 0, "errmsg": "ok", "msgid": 1}
    call = server.last
    assert (call.method, call.path) == ("POST", PATH)
    assert call.query == {"access_token": "s1", "a": "b c&d"}
    assert call.body == body
    assert "您好 🧹".encode() in call.raw
    assert b"\\u" not in call.raw
    assert call.headers["Content-Type"] == "application/json; charset=utf-8"


async def test_half_a_character_becomes_a_question_mark(calls: Calls, server: Server) -> None:
    await calls.post(PATH, {"text": "a\ud83eb"})

    assert server.last.body == {"text": "a?b"}


async def test_a_question_is_put_in_the_address(calls: Calls, server: Server) -> None:
    await calls.get("/cgi-bin/user/info", {"openid": "o1", "lang": "zh_CN"})

    assert server.last.method == "GET"
    assert server.last.query == {"access_token": "s1", "openid": "o1", "lang": "zh_CN"}


async def test_a_file_goes_under_its_name(calls: Calls, server: Server) -> None:
    server.answer('{"type":"image","media_id":"M","created_at":1}')

    answer = await calls.upload(
        "/cgi-bin/media/upload", "发 票.png", b"\x89PNG\r\n", "image", {"note": "漏水"}
    )

    assert answer["media_id"] == "M"
    assert server.last.query == {"access_token": "s1", "type": "image"}
    assert server.last.form == {"media": ("发 票.png", "image/png", b"\x89PNG\r\n"), "note": "漏水"}
    assert int(server.last.headers["Content-Length"]) > 0


async def test_a_name_cannot_end_its_field(calls: Calls, server: Server) -> None:
    await calls.upload(PATH, 'a"\r\nX: y\\/b', b"x")

    assert server.last.form == {"media": ("a___X: y__b", "application/octet-stream", b"x")}
    assert "type" not in server.last.query


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        ("image/jpeg", {}),
        ("application/octet-stream", {}),
        ("text/plain", {}),
        ("application/json", {"Content_Disposition": 'attachment; filename="a.json"'}),
    ],
)
async def test_a_file_comes_whole(calls: Calls, server: Server, kind: str, headers: dict[str, str]) -> None:
    content = b'{"errcode": 40007}' if headers else b"\xff\xd8 a file"
    server.answer(content, kind=kind, **headers)

    assert await calls.download("/cgi-bin/media/get", {"media_id": "M"}, len(content)) == content
    assert server.last.query == {"access_token": "s1", "media_id": "M"}


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
async def test_in_place_of_a_file_there_may_be_an_answer(calls: Calls, server: Server, kind: str) -> None:
    server.answer('{"video_url": "http://x/y"}', kind=kind)
    server.answer('{"errcode": 40007, "errmsg": "invalid media_id rid: 1-2-3"}', kind=kind)

    assert await calls.download(PATH, {}, 100) == {"video_url": "http://x/y"}
    with pytest.raises(Refused, match="40007 invalid media_id"):
        await calls.download(PATH, {}, 100)


async def test_a_file_too_large_is_not_read_to_its_end(calls: Calls, server: Server) -> None:
    server.answer(b"x" * 101, kind="image/jpeg")

    with pytest.raises(TooLarge):
        await calls.download(PATH, {}, 100)


async def test_a_page_is_no_file(calls: Calls, server: Server) -> None:
    server.answer("<html>", status=404, kind="text/html")
    server.answer("<html>", status=502, kind="text/html")

    with pytest.raises(NotSent, match="HTTP 404"):
        await calls.download(PATH, {}, 100)
    with pytest.raises(MayHaveArrived, match="HTTP 502"):
        await calls.download(PATH, {}, 100)


async def test_broken_characters_and_line_breaks_in_an_answer_are_read(calls: Calls, server: Server) -> None:
    server.answer(b'{"errcode":0,"remark":"a\xff\xe4\xbd\n\tb","n":"\xe5\xbc\xa0"}', kind="text/plain")

    assert await calls.get(PATH) == {"errcode": 0, "remark": "a��\n\tb", "n": "张"}


async def test_an_answer_without_a_code_is_a_good_one(calls: Calls, server: Server) -> None:
    server.answer('{"ip_list": []}')

    assert await calls.get(PATH) == {"ip_list": []}


@pytest.mark.parametrize(
    ("message", "told", "rid"),
    [
        ("require subscribe rid: 5f1f-2a-3b", "require subscribe", "5f1f-2a-3b"),
        ("require subscribe,rid:5f1f", "require subscribe", "5f1f"),
        (
            "not allow to access from your ip, hint: [1760000000_11_x], from ip: 1.2.3.4, more info at …",
            "not allow to access from your ip, from ip: 1.2.3.4, more info at …",
            "1760000000_11_x",
        ),
        ("something", "something", ""),
        ("", "", ""),
    ],
)
async def test_a_refusal_says_why_and_how_to_ask_about_it(
    calls: Calls, server: Server, message: str, told: str, rid: str
) -> None:
    server.refuse(43004, message)

    with capture_logs() as logs, pytest.raises(Refused) as refused:
        await calls.post(PATH, {"touser": "o1"})
    assert (refused.value.code, refused.value.message, refused.value.rid) == (43004, told, rid)
    assert str(refused.value) == f"43004 {told}".strip()
    assert logs == [
        {"event": "tencent.refused", "log_level": "info", "path": PATH, "code": 43004, "rid": rid}
    ]


async def test_a_code_may_come_as_text_or_as_nonsense(calls: Calls, server: Server) -> None:
    server.answer('{"errcode": "45015", "errmsg": "x"}')
    server.answer('{"errcode": "0"}')
    server.answer('{"errcode": "many"}')
    server.answer('{"errcode": -1, "errmsg": null}', status=500)

    with pytest.raises(Refused, match="45015"):
        await calls.get(PATH)
    assert await calls.get(PATH) == {"errcode": "0"}
    with pytest.raises(MayHaveArrived):
        await calls.get(PATH)
    with pytest.raises(Refused, match="-1"):
        await calls.get(PATH)


async def test_a_field_that_was_ignored_is_told_loudly(calls: Calls, server: Server) -> None:
    server.refuse(0, f"ok. Warning: wrong json format. {SECRET}")

    with capture_logs() as logs:
        await calls.post(PATH, {})
    assert [(log["event"], log["log_level"]) for log in logs] == [("tencent.field_ignored", "warning")]
    assert SECRET not in str(logs)


@pytest.mark.parametrize("code", [40001, 40014, 42001])
@WAYS
async def test_a_refused_token_is_replaced_once(calls: Calls, server: Server, ask: Asked, code: int) -> None:
    server.refuse(code, "access_token expired")

    await ask(calls)

    assert server.used == ["s1", "s2"]
    assert server.calls[0].raw == server.calls[1].raw
    assert server.calls[0].form == server.calls[1].form


@WAYS
async def test_a_token_that_is_refused_again_is_the_end(calls: Calls, server: Server, ask: Asked) -> None:
    server.refuse(40001)
    server.refuse(42001, "again")

    with pytest.raises(Refused, match="42001 again"):
        await ask(calls)
    assert server.used == ["s1", "s2"]


async def test_other_refusals_are_not_tried_again(calls: Calls, server: Server) -> None:
    server.refuse(41001)

    with pytest.raises(Refused, match="41001"):
        await calls.post(PATH, {})
    assert server.used == ["s1"]


async def test_who_is_told_so_replaces_the_token_for_other_codes_too(server: Server) -> None:
    calls = Calls(server.base, Given(), stale={41001})
    server.refuse(41001)

    await calls.post(PATH, {})

    assert server.used == ["s1", "s2"]
    await calls.close()


async def test_a_call_may_go_without_a_token(server: Server) -> None:
    calls = Calls(server.base, Given(AssertionError()))
    server.refuse(40001, "invalid credential")

    with pytest.raises(Refused):
        await calls.post(PATH, {}, with_token=False)
    await calls.get(PATH, {"a": "b"}, with_token=False)

    assert [call.query for call in server.calls] == [{}, {"a": "b"}]
    await calls.close()


@pytest.mark.parametrize(
    "failure", [NoToken("later"), NotSent("nobody there"), MayHaveArrived("cut off"), Gone()]
)
@WAYS
async def test_without_a_token_nothing_was_sent(server: Server, ask: Asked, failure: Exception) -> None:
    calls = Calls(server.base, Given(failure))

    with pytest.raises(NotSent, match="No token"):
        await ask(calls)
    assert server.calls == []
    await calls.close()


async def test_a_token_that_is_not_given_says_why(server: Server) -> None:
    calls = Calls(server.base, Given(Refused(40125, "invalid appsecret")))

    with pytest.raises(Refused, match="40125"):
        await calls.post(PATH, {})
    assert server.calls == []
    await calls.close()


@WAYS
async def test_what_cannot_connect_was_not_sent(ask: Asked) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    calls = Calls(f"http://127.0.0.1:{port}", Given())

    with pytest.raises(NotSent, match="ClientConnectorError"):
        await ask(calls)
    await calls.close()


async def test_an_address_that_is_none_was_not_sent() -> None:
    calls = Calls("http://", Given())

    with pytest.raises(NotSent, match="InvalidUrl"):
        await calls.get(PATH)
    await calls.close()


@pytest.mark.parametrize("how", [CUT, HALF, HANG])
async def test_what_broke_off_after_the_call_may_have_arrived(hasty: Calls, server: Server, how: str) -> None:
    server.fail(how)

    with pytest.raises(MayHaveArrived):
        await hasty.post(PATH, {})
    assert len(server.calls) == 1


@pytest.mark.parametrize("how", [CUT, HALF, HANG])
@pytest.mark.parametrize("ask", EVERY[2:], ids=["upload", "download"])
async def test_a_file_that_broke_off_may_have_arrived(
    monkeypatch: pytest.MonkeyPatch, calls: Calls, server: Server, ask: Asked, how: str
) -> None:
    monkeypatch.setattr(module, "WITH_A_FILE", 2 * SHORT)
    for _ in range(2):  # aiohttp asks once more when nothing at all came to a question
        server.fail(how)

    with pytest.raises(MayHaveArrived):
        await ask(calls)


async def test_what_found_no_free_connection_was_not_sent(server: Server) -> None:
    calls = Calls(server.base, Given(), connect=SHORT, total=60)
    server.script.extend([HANG] * module.AT_ONCE)
    waiting = [asyncio.create_task(calls.post(PATH, {})) for _ in range(module.AT_ONCE)]

    with pytest.raises(NotSent, match="ConnectionTimeoutError"):
        await asyncio.gather(calls.post(PATH, {}), *waiting)
    for task in waiting:
        task.cancel()
    await calls.close()


@pytest.mark.parametrize(
    ("status", "body", "kind", "raised"),
    [
        (200, "<html>maintenance</html>", "text/html", MayHaveArrived),
        (200, "", "application/json", MayHaveArrived),
        (200, "[]", "application/json", MayHaveArrived),
        (200, "null", "application/json", MayHaveArrived),
        (302, "", "text/html", MayHaveArrived),
        (500, "{}", "application/json", MayHaveArrived),
        (502, "<html>", "text/html", MayHaveArrived),
        (403, "<html>", "text/html", NotSent),
        (404, "", "text/html", NotSent),
        (413, "", "text/html", NotSent),
        (429, '{"message": "slow down"}', "application/json", NotSent),
    ],
)
async def test_what_only_stands_before_the_platform_speaks_for_nobody(
    calls: Calls, server: Server, status: int, body: str, kind: str, raised: type[Exception]
) -> None:
    server.answer(body, status=status, kind=kind, Location=f"{server.base}/elsewhere")

    with pytest.raises(raised, match=f"HTTP {status}"):
        await calls.post(PATH, {})
    assert len(server.calls) == 1


async def test_no_failure_tells_a_secret(server: Server) -> None:
    token = "to/ken+1="  # noqa: S105 - opens nothing

    class Ours:
        async def get(self, not_this: str | None = None) -> str:
            return token

    calls = Calls(server.base, Ours(), secrets=[SECRET, ""])
    server.refuse(40164, f"invalid ip 1.2.3.4, {token} {SECRET} {ENCODED} to%2Fken%2B1%3D")

    with capture_logs() as logs, pytest.raises(Refused) as refused:
        await calls.get(f"/{ENCODED}")
    assert refused.value.message == "invalid ip 1.2.3.4, (secret) (secret) (secret) (secret)"
    nowhere = Calls(f"http://[{SECRET}", Ours(), secrets=[SECRET])
    with pytest.raises(NotSent) as failed:
        await nowhere.get("/x")
    assert "secret+" not in f"{refused.value!r}{failed.value!r}"
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__
    assert token not in str(logs)
    await calls.close()
    await nowhere.close()


async def test_after_closing_nothing_is_sent(calls: Calls, server: Server) -> None:
    await calls.get(PATH)
    await calls.close()
    await calls.close()

    with pytest.raises(NotSent, match="Shut down"):
        await calls.get(PATH)


@pytest.mark.parametrize(
    "answer", [{}, {"access_token": "t"}, {"access_token": "t", "expires_in": "soon"}, {"expires_in": 1}]
)
def test_an_answer_without_a_token_is_none(answer: dict[str, object]) -> None:
    assert token_in({"access_token": "t", "expires_in": 7200}) == ("t", timedelta(hours=2))
    with pytest.raises(NotSent):
        token_in(answer)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


async def test_an_official_account_s_calls_share_one_token(
    engine: Engine, server: Server, threads: ThreadPoolExecutor
) -> None:
    from channels.wechat import client as wechat

    client = wechat.connect("wx1", SECRET, engine=engine, threads=threads, base_url=server.base)
    await asyncio.gather(*(client.message.send_text("o1", f"您好{number}") for number in range(20)))

    assert server.used == ["t1"] * 20
    [fetched] = server.fetches
    assert (fetched.method, fetched.path, fetched.query) == ("POST", "/cgi-bin/stable_token", {})
    assert fetched.body == {
        "grant_type": "client_credential",
        "appid": "wx1",
        "secret": SECRET,
        "force_refresh": False,
    }
    await client.close()


async def test_a_company_s_calls_share_one_token(
    engine: Engine, server: Server, threads: ThreadPoolExecutor
) -> None:
    from channels.wecom import client as wecom

    client = wecom.connect("ww1", 1000002, SECRET, engine=engine, threads=threads, base_url=server.base)
    await asyncio.gather(*(client.message.send_text(1000002, ["li", "wang"], "您好") for _ in range(20)))

    assert server.used == ["t1"] * 20
    [fetched] = server.fetches
    assert (fetched.method, fetched.path) == ("GET", "/cgi-bin/gettoken")
    assert fetched.query == {"corpid": "ww1", "corpsecret": SECRET}
    server.refuse(41001)
    await client.message.recall("m1")
    assert server.used[20:] == ["t1", "t2"]
    await client.close()


async def test_a_wrong_secret_is_told_and_tried_once_for_all(
    engine: Engine, server: Server, threads: ThreadPoolExecutor
) -> None:
    from channels.wechat import client as wechat

    client = wechat.connect("wx1", SECRET, engine=engine, threads=threads, base_url=server.base)
    server.tokens.append(web.json_response({"errcode": 40001, "errmsg": f"invalid {SECRET} rid: 1"}))

    failures = await asyncio.gather(
        *(client.message.send_text("o1", "您好") for _ in range(20)), return_exceptions=True
    )

    assert {str(failure) for failure in failures} == {"40001 invalid (secret)"}
    assert (len(server.fetches), server.calls) == (1, [])
    assert SECRET not in json.dumps([repr(failure) for failure in failures])
    await client.close()
