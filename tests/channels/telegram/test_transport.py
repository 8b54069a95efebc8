import asyncio
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import NetworkError, TelegramError, TimedOut

from channels.telegram.api import Api
from channels.telegram.transport import (
    AT_ONCE,
    UNSAID_WAIT,
    AiohttpRequest,
    MayHaveArrived,
    NotSent,
    SlowDown,
)
from tests.channels.scripted import CUT, HALF, HANG
from tests.channels.telegram.server import TOKEN, Server

SHORT = 0.05


@pytest.fixture
async def hasty(server: Server) -> AsyncIterator[AiohttpRequest]:
    """A request that gives up soon."""
    request = AiohttpRequest(TOKEN, connect=SHORT, total=2 * SHORT)
    yield request
    await request.shutdown()


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


def at(server: Server) -> str:
    return f"{server.base}/bot{TOKEN}/getMe"


async def test_a_call_needs_no_greeting_and_its_parameters_arrive_as_they_are(
    api: Api, server: Server
) -> None:
    markup = {"inline_keyboard": [[{"text": "好的 👍", "callback_data": "a:1"}]]}

    sent = await api.call("sendMessage", chat_id="42", text="您好 & <b>", reply_markup=markup, empty=None)

    assert sent["message_id"] == 101
    assert server.calls == [("sendMessage", {"chat_id": 42, "text": "您好 & <b>", "reply_markup": markup})]
    assert server.paths == [f"/bot{TOKEN}/SendMessage"]


async def test_files_go_as_multipart(api: Api, server: Server) -> None:
    await api.call("sendDocument", chat_id=42, document=InputFile(b"%PDF", filename="发票.pdf"))

    assert server.last == {"chat_id": 42, "document": ("发票.pdf", b"%PDF")}


async def test_a_file_is_fetched_whole(api: Api, server: Server) -> None:
    server.answer(200, "the file")

    assert await api.bot.request.retrieve(f"{server.base}/file/bot{TOKEN}/photos/1.jpg") == b"the file"


async def test_what_cannot_connect_was_not_sent(closed_port: int) -> None:
    api = Api(TOKEN, f"http://127.0.0.1:{closed_port}")

    with pytest.raises(NotSent, match="ClientConnectorError"):
        await api.call("getMe")
    await api.close()


async def test_an_address_that_is_none_was_not_sent() -> None:
    api = Api(TOKEN, "http://")

    with pytest.raises(NotSent, match="InvalidUrl"):
        await api.call("getMe")
    await api.close()


async def test_what_found_no_free_connection_was_not_sent(server: Server) -> None:
    request = AiohttpRequest(TOKEN, total=60)
    server.script.extend([HANG] * AT_ONCE)
    waiting = [asyncio.create_task(request.post(at(server))) for _ in range(AT_ONCE)]
    await server.until_called(AT_ONCE)

    with pytest.raises(NotSent, match="ConnectionTimeoutError"):
        await request.post(at(server), connect_timeout=SHORT)
    server.released.set()
    await asyncio.gather(*waiting)
    await request.shutdown()


@pytest.mark.parametrize("how", [CUT, HALF, HANG])
async def test_what_broke_off_after_the_call_may_have_arrived(
    hasty: AiohttpRequest, server: Server, how: str
) -> None:
    server.fail(how)

    with pytest.raises(MayHaveArrived):
        await hasty.post(at(server))


def test_both_are_errors_that_ptb_knows() -> None:
    assert issubclass(NotSent, NetworkError)
    assert not issubclass(NotSent, TimedOut)
    assert issubclass(MayHaveArrived, TimedOut)


async def test_a_long_poll_outlasts_an_ordinary_call(server: Server) -> None:
    request = AiohttpRequest(TOKEN, total=SHORT, connect=SHORT / 2)
    server.fail(HANG)
    poll = asyncio.create_task(request.post(at(server), read_timeout=60))
    await server.until_called(1)
    for _ in range(2):  # twice, so that more time has passed than the first would have had
        server.fail(HANG)
        with pytest.raises(MayHaveArrived):
            await request.post(at(server))
    assert not poll.done()
    server.released.set()
    assert await poll is True
    await request.shutdown()


async def test_a_call_may_take_for_ever_when_it_is_told_so(hasty: AiohttpRequest, server: Server) -> None:
    assert await hasty.post(at(server), read_timeout=None, connect_timeout=None) is True


async def test_a_patient_call_reaches_the_same_place(api: Api, server: Server) -> None:
    assert await api.call_patiently(60, "getUpdates", timeout=50) == []
    assert server.calls == [("getUpdates", {"timeout": 50})]


async def test_ptb_adds_its_long_poll_to_our_time(api: Api) -> None:
    assert await api.bot.get_updates(timeout=50) == ()
    assert api.bot.request.read_timeout == 10


async def test_nobody_is_sent_elsewhere(api: Api, server: Server) -> None:
    server.answer(302, "", {"Location": f"{server.base}/elsewhere"})

    with pytest.raises(NetworkError):
        await api.call("getMe")
    assert len(server.calls) == 1


async def test_a_proxy_is_used_when_it_is_asked_for_and_not_otherwise(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    direct = Api(TOKEN, server.base)
    through = Api(TOKEN, "http://telegram.example", proxy=server.base)

    await direct.call("getMe")
    await through.call("getMe")

    assert server.methods == ["getMe", "getMe"]
    await direct.close()
    await through.close()


async def test_after_closing_nothing_is_sent_until_it_is_opened_again(api: Api, server: Server) -> None:
    await api.call("getMe")
    await api.close()

    with pytest.raises(NotSent):
        await api.call("getMe")
    await api.bot.request.initialize()
    await api.call("getMe")
    assert len(server.calls) == 2


@pytest.mark.parametrize(
    ("body", "headers", "wait"),
    [
        ('{"ok":false,"description":"x","parameters":{"retry_after":7}}', {"Retry-After": "9"}, 7),
        ('{"ok":false,"description":"Too Many Requests: retry after 7"}', {"Retry-After": "9"}, 9),
        ("<html>slow down</html>", {"Retry-After": "9"}, 9),
        ("<html>slow down</html>", {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        ("<html>slow down</html>", {}, None),
        ('{"parameters":{"retry_after":0}}', {}, None),
        ('{"parameters":[]}', {}, None),
    ],
)
async def test_being_asked_to_slow_down_says_for_how_long(
    api: Api, server: Server, body: str, headers: dict[str, str], wait: int | None
) -> None:
    server.answer(429, body, headers)

    with pytest.raises(SlowDown) as asked:
        await api.call("getMe")
    assert asked.value.after == (UNSAID_WAIT if wait is None else timedelta(seconds=wait))


@pytest.mark.parametrize("body", ["<html>", "[]", '"ok"', "{}", '{"ok":true}', "\udcff"])
async def test_what_is_not_the_bot_api_is_an_error_and_not_a_crash(
    api: Api, server: Server, body: str
) -> None:
    server.script.append(web.Response(body=body.encode("utf-8", "surrogateescape")))

    with pytest.raises(TelegramError, match="Invalid server response"):
        await api.call("getMe")


Failing = Callable[[Server], None]


def echo(status: int) -> Failing:
    """A proxy's page that repeats the address."""
    return lambda server: server.answer(status, f"cannot find /bot{TOKEN}/getMe or /bot123456%3ATEST-TOKEN/")


@pytest.mark.parametrize(
    "failing",
    [
        lambda server: server.fail(CUT),
        lambda server: server.fail(HALF),
        lambda server: server.fail(HANG),
        echo(200),
        echo(302),
        echo(400),
        echo(404),
        echo(429),
        echo(502),
        lambda server: server.refuse(401, f"Unauthorized: {TOKEN}"),
        lambda server: server.refuse(400, f"Bad Request: {TOKEN}", odd=TOKEN),
    ],
)
async def test_no_failure_tells_the_token(
    server: Server, caplog: pytest.LogCaptureFixture, failing: Failing
) -> None:
    caplog.set_level(logging.DEBUG)
    api = Api(TOKEN, server.base)
    api.bot.request._total, api.bot.request._connect = 2 * SHORT, SHORT
    failing(server)

    with pytest.raises(TelegramError) as failed:
        await api.call("getMe")

    await api.close()
    told = "".join(traceback.format_exception(failed.value)) + str(failed.value) + repr(failed.value)
    assert "TEST-TOKEN" not in told + caplog.text


async def test_no_connection_that_fails_tells_the_token(
    closed_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for base in (f"http://127.0.0.1:{closed_port}", "http://", "nonsense", "ftp://127.0.0.1"):
        api = Api(TOKEN, base)
        with pytest.raises(TelegramError) as failed:
            await api.call("getMe")
        await api.close()
        assert "TEST-TOKEN" not in "".join(traceback.format_exception(failed.value)) + repr(failed.value)
    assert "TEST-TOKEN" not in caplog.text
