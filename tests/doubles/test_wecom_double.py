"""The stand-in for WeCom: takes what the platform takes, drops and refuses what it does."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from tests.doubles.clock import Clock
from tests.doubles.wecom import Double, Member

CARD = {
    "card_type": "button_interaction",
    "main_title": {"title": "New visit"},
    "task_id": "t-1",
    "button_list": [{"text": "Yes", "key": "y"}, {"text": "No", "key": "n"}],
}


class Application:
    """A client of the API, and the address to which callbacks go."""

    def __init__(self, session: aiohttp.ClientSession, double: Double) -> None:
        self.session, self.double, self.said, self.got = session, double, [], []

    async def hear(self, request: web.Request) -> web.Response:
        self.got.append(await request.text())
        return self.said.pop(0) if self.said else web.Response()

    async def get(self, path: str, **query: str) -> dict:
        async with self.session.get(f"{self.double.url}/cgi-bin/{path}", params=query) as answer:
            return await answer.json(content_type=None)

    async def post(self, path: str, **body: object) -> dict:
        token = self.double.token_now()["access_token"]
        url = f"{self.double.url}/cgi-bin/message/{path}"
        given = {"agentid": self.double.agent_id} | body
        async with self.session.post(url, params={"access_token": token}, json=given) as answer:
            return await answer.json(content_type=None)

    async def text(self, touser: str, words: str = "hello") -> dict:
        return await self.post("send", touser=touser, msgtype="text", text={"content": words})

    async def card(self, touser: str, **changes: object) -> dict:
        card = CARD | changes
        return await self.post("send", touser=touser, msgtype="template_card", template_card=card)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def double(clock: Clock) -> AsyncIterator[Double]:
    async with Double(now=clock.now, sleep=clock.sleep) as double:
        yield double


@pytest.fixture
async def application(double: Double) -> AsyncIterator[Application]:
    async with aiohttp.ClientSession() as session:
        application = Application(session, double)
        served = web.Application()
        served.router.add_post("/hook", application.hear)
        runner = web.AppRunner(served, shutdown_timeout=0.05)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        double.hook = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        yield application
        await runner.cleanup()


@pytest.fixture
def wang(double: Double) -> Member:
    return double.member("Wang")


async def test_a_token_is_the_same_while_it_is_good(application: Application, clock: Clock) -> None:
    double = application.double
    asked = {"corpid": double.corp_id, "corpsecret": double.secret}
    first = await application.get("gettoken", **asked)
    assert (await application.get("gettoken", **asked))["access_token"] == first["access_token"]
    clock.forward(hours=2)
    assert (await application.get("gettoken", **asked))["access_token"] != first["access_token"]
    assert (await application.get("gettoken", corpid=double.corp_id, corpsecret="x"))["errcode"] == 40001
    assert (await application.get("agent/get", **{"access_token": "another"}))["errcode"] == 40014


async def test_who_cannot_get_it_is_named_in_a_good_answer(application: Application, wang: Member) -> None:
    application.double.member("LiNa", visible=False)
    answer = await application.text("Wang|LiNa|Nobody")

    assert (answer["errcode"], answer["invaliduser"]) == (0, "lina|nobody")
    assert [seen.text for seen in wang.seen] == ["hello"]
    assert (await application.text("LiNa"))["errcode"] == 81013
    assert (await application.text(""))["errcode"] == 82001


async def test_contents_are_measured(application: Application, wang: Member) -> None:
    assert (await application.text("Wang", "字" * 682))["errcode"] == 0
    assert (await application.text("Wang", "字" * 683))["errcode"] == 45002
    assert (await application.text("Wang", " "))["errcode"] == 44004
    assert (await application.post("send", touser="Wang", msgtype="smell"))["errcode"] == 40008
    markdown = {"content": "**hello**"}
    answer = await application.post("send", touser="Wang", msgtype="markdown", markdown=markdown)
    assert answer["errcode"] == 0
    assert (await application.post("send", agentid=1, touser="Wang", msgtype="text"))["errcode"] == 40056
    assert (await application.card("Wang", button_list=[]))["errcode"] == 40058


async def test_what_is_too_much_is_dropped_without_a_word(
    application: Application, wang: Member, clock: Clock
) -> None:
    answers = [await application.text("Wang") for _ in range(31)]
    assert {answer["errcode"] for answer in answers} == {0}
    assert (len(wang.seen), wang.dropped) == (30, 1)
    clock.forward(seconds=60)
    await application.text("Wang")
    assert len(wang.seen) == 31


async def test_a_task_id_is_used_once_and_a_code_once_within_72_hours(
    application: Application, wang: Member, clock: Clock
) -> None:
    code = (await application.card("Wang"))["response_code"]
    assert (await application.card("Wang"))["errcode"] == 42014
    change = {"userids": ["Wang"], "button": {"replace_name": "Done"}, "response_code": code}
    assert (await application.post("update_template_card", **change))["errcode"] == 0
    assert wang.seen[0].dead == "Done"
    assert (await application.post("update_template_card", **change))["errcode"] == 40058
    late = (await application.card("Wang", task_id="t-2"))["response_code"]
    clock.forward(hours=72)
    change |= {"response_code": late}
    assert (await application.post("update_template_card", **change))["errcode"] == 40058
    change |= {"userids": ["Nobody"]}
    assert (await application.post("update_template_card", **change))["errcode"] == 60111


async def test_a_message_is_taken_back_for_a_day(
    application: Application, wang: Member, clock: Clock
) -> None:
    msgid = (await application.text("Wang"))["msgid"]
    assert (await application.post("recall", msgid=msgid))["errcode"] == 0
    assert wang.seen[0].recalled
    clock.forward(hours=24)
    assert (await application.post("recall", msgid=msgid))["errcode"] == 40058


async def test_a_press_is_told_with_a_code_of_its_own_and_answered_on_the_card(
    application: Application, wang: Member
) -> None:
    answer = await application.card("Wang")
    told = await wang.clicks(None, "Yes")
    await told.is_over()
    assert (told.fields["EventKey"], told.fields["TaskId"]) == ("y", "t-1")
    assert told.fields["ResponseCode"] not in ("", answer["response_code"])
    with pytest.raises(AssertionError):
        await wang.clicks(None, "Maybe")


async def test_what_is_not_answered_is_told_three_times(application: Application, wang: Member) -> None:
    application.said += [web.Response(status=500) for _ in range(3)]
    callback = await wang.says("hello")
    await callback.is_over()

    assert len(callback.deliveries) == len(application.got) == 3
    assert application.double.unanswered == [callback]


async def test_trouble_comes_as_it_was_ordered(application: Application, wang: Member) -> None:
    application.double.fail_next("message/send", 45009)
    answer = await application.text("Wang")

    assert answer["errcode"] == 45009
    assert "hint: [" in answer["errmsg"]
    assert (await application.text("Wang"))["errcode"] == 0
