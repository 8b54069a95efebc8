"""The web chat's live side: acknowledgements, resuming, several pages at once, and frames that are none."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError
from sqlalchemy import text
from sqlmodel import select

from bot import notices, outbox
from bot.messages import Outbound
from bot.turn import TurnFailed
from channels.web import frames
from channels.web.limits import SESSION_BURST
from core import clock, company, correspondence, customers, handoffs, identities
from core.correspondence import Direction, Message, Peer, Status
from core.database import transaction
from core.ways import Limits
from tests.browser.house import House, wait_until

pytestmark = pytest.mark.asyncio
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""For what never reaches the database, and for what takes the database away."""
Frame = dict[str, object]
PATIENCE = 10.0
HUGE = json.dumps({"type": "message", "id": "x", "kind": "text", "text": "a" * (frames.LONGEST_TEXT + 1)})


@pytest.fixture
async def person(house: House) -> AsyncIterator[ClientSession]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with ClientSession(house.url, cookie_jar=jar) as person, person.get("/"):
        yield person


@asynccontextmanager
async def page(
    person: ClientSession, after: int = 0, phone: str = "customer"
) -> AsyncIterator[ClientWebSocketResponse]:
    async with person.ws_connect(f"/chat/socket?phone={phone}&after={after}", max_msg_size=0) as socket:
        assert (await frame(socket))["type"] == "hello"
        yield socket


async def frame(socket: ClientWebSocketResponse) -> Frame:
    """The next frame, but for the sign that somebody is writing, which comes when it comes."""
    while True:
        found: Frame = json.loads((await socket.receive(PATIENCE)).data)
        if found["type"] != "typing":
            return found


async def until(socket: ClientWebSocketResponse, wanted: Callable[[Frame], bool]) -> Frame:
    while True:
        found = await frame(socket)
        if wanted(found):
            return found


def is_answer(found: Frame) -> bool:
    return found["type"] == "message" and found["message"]["direction"] == "out"


def said(words: str) -> Callable[[Frame], bool]:
    return lambda found: found["type"] == "message" and found["message"]["text"] == words


async def say(socket: ClientWebSocketResponse, id: str, words: str) -> None:
    await socket.send_json({"type": "message", "id": id, "kind": "text", "text": words})


def statuses(house: House) -> list[str]:
    with transaction(house.engine) as session:
        return list(session.exec(select(Message.status).where(Message.direction == Direction.OUT)).all())


async def test_a_message_is_acknowledged_shown_and_answered(person: ClientSession, house: House) -> None:
    async with page(person) as socket:
        await say(socket, "a", "你好")
        found = [await frame(socket) for _ in range(3)]

    ack = next(one for one in found if one["type"] == "ack")
    mine, answer = [one["message"] for one in found if one["type"] == "message"]
    assert ack["id"] == mine["client"] == "a"
    assert ack["message"] == mine["id"]
    assert answer["text"] == "收到：你好"


async def test_what_the_page_took_is_marked_as_sent(person: ClientSession, house: House) -> None:
    async with page(person) as socket:
        await say(socket, "a", "你好")
        await until(socket, is_answer)
        await asyncio.to_thread(wait_until, lambda: statuses(house) == [Status.SENT])


async def test_sending_again_after_a_lost_connection_counts_once(person: ClientSession, house: House) -> None:
    async with page(person) as socket:
        await say(socket, "a", "你好")
        first = await until(socket, lambda found: found["type"] == "ack")
    async with page(person) as socket:
        await say(socket, "a", "你好")
        again = await until(socket, lambda found: found["type"] == "ack")

    assert again == first
    assert len(house.bot.heard) == 2
    assert len(statuses(house)) == 1


async def test_a_page_that_returns_gets_exactly_what_it_missed(person: ClientSession, house: House) -> None:
    async with page(person) as socket:
        await say(socket, "a", "one")
        last = (await until(socket, is_answer))["message"]["id"]
        await asyncio.to_thread(wait_until, lambda: statuses(house) == [Status.SENT])
    async with person.post("/chat/messages", json={"id": "b", "kind": "text", "text": "two"}):
        pass

    async with page(person, after=last) as socket:
        found = [await frame(socket), await frame(socket)]

    assert [one["message"]["text"] for one in found] == ["two", "收到：two"]


async def test_two_pages_of_one_person_stay_in_step(person: ClientSession) -> None:
    async with page(person) as one, page(person) as other:
        await say(one, "a", "from one")
        await until(other, said("from one"))
        await until(other, said("收到：from one"))
        await say(other, "b", "from the other")
        await until(one, said("收到：from the other"))


async def test_a_turn_reaches_the_pages_of_everybody_it_concerns(person: ClientSession) -> None:
    async with (
        page(person, phone="worker") as worker,
        page(person, phone="staff") as staff,
        page(person) as customer,
    ):
        await customer.send_json(
            {"type": "message", "id": "y", "kind": "tap", "data": "yes", "label": "确认预约"}
        )

        offer = await until(worker, is_answer)
        await until(staff, said("新预约已确认。"))

    assert [choice["label"] for choice in offer["message"]["choices"]] == ["接单", "没空"]
    assert offer["message"]["card"]["title"] == "深度保洁 · 3 小时"


async def test_what_another_process_writes_arrives_too(person: ClientSession, house: House) -> None:
    async with page(person) as socket:
        await say(socket, "a", "hi")
        await until(socket, is_answer)
        with transaction(house.engine) as session:
            user = house.bot.heard[0].sender.user
            correspondence.post(
                session, Peer("web", "main", user), body="明天见", content={}, now=clock.now()
            )

        await until(socket, said("明天见"))


async def test_who_has_the_page_open_is_not_called_and_who_closed_it_is(
    person: ClientSession, house: House
) -> None:
    at_once = {("web", "main"): Limits(pushes=False, presence=timedelta(0))}

    def tell(words: str) -> None:
        with transaction(house.engine) as session:
            outbox.post(session, peer, Outbound(words, critical=True), clock.now())

    def called() -> bool:
        notices.due(house.engine, company.load(), at_once)
        with transaction(house.engine) as session:
            return handoffs.open_of(session, customer_id) is not None

    async with page(person) as socket:
        await say(socket, "a", "hi")
        await until(socket, is_answer)
        peer = Peer("web", "main", house.bot.heard[0].sender.user)
        with transaction(house.engine) as session:
            customer_id = customers.greet(session, language="zh-CN", now=clock.now()).id or 0
            identities.bind_customer(session, *peer, customer_id, now=clock.now())
        tell("约好了")
        await until(socket, said("约好了"))
        await asyncio.to_thread(wait_until, lambda: set(statuses(house)) == {Status.SENT})
        assert not await asyncio.to_thread(called)
    tell("改到十点")
    assert await asyncio.to_thread(called)

    async with page(person) as socket:
        await until(socket, said("改到十点"))
        await asyncio.to_thread(wait_until, lambda: set(statuses(house)) == {Status.SENT})


async def test_a_line_committed_late_is_not_lost_behind_a_higher_id(
    person: ClientSession, house: House
) -> None:
    async with page(person) as socket:
        await say(socket, "a", "hi")
        shown = (await until(socket, is_answer))["message"]["id"]
        with transaction(house.engine) as session:
            late = session.get(Message, shown)
            assert late is not None
            values = late.model_dump(exclude={"id"}) | {
                "body": "late",
                "status": Status.WAITING,
                "answers_id": None,
            }
            session.add(Message(id=shown + 100, **(values | {"body": "early"})))
        await until(socket, said("early"))
        with transaction(house.engine) as session:
            session.add(Message(id=shown + 50, **values))

        await until(socket, said("late"))


async def test_what_expired_unsent_is_not_shown(person: ClientSession, house: House) -> None:
    async with page(person) as socket:
        await say(socket, "a", "hi")
        await until(socket, is_answer)
    peer = Peer("web", "main", house.bot.heard[0].sender.user)
    with transaction(house.engine) as session:
        now = clock.now()
        correspondence.post(session, peer, body="too late", content={}, expires_at=now, now=now)
        correspondence.post(session, peer, body="in time", content={}, now=now)

    async with page(person) as socket:
        texts: list[object] = []
        while not texts or texts[-1] != "in time":
            texts.append((await frame(socket))["message"]["text"])

    assert "too late" not in texts


@on_sqlite
@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("{", "malformed-json"),
        ("[]", "not-an-object"),
        ("{}", "bad-shape"),
        ('{"type": "dance"}', "bad-shape"),
        ('{"type": "seen", "id": "x"}', "bad-shape"),
        ('{"type": "seen", "id": -1}', "bad-shape"),
        ('{"type": "message"}', "bad-id"),
        ('{"type": "message", "id": "x", "kind": "text"}', "bad-shape"),
        (HUGE, "text-too-long"),
        ('{"type": "message", "id": "x", "kind": "text", "text": "' + "a" * 3_000_000 + '"}', "too-large"),
    ],
    ids=lambda value: value[:40],
)
async def test_a_frame_that_is_none_is_refused_and_the_talk_goes_on(
    person: ClientSession, house: House, raw: str, reason: str
) -> None:
    async with page(person) as socket:
        await socket.send_str(raw)
        refusal = await frame(socket)
        await say(socket, "a", "still here")
        await until(socket, said("收到：still here"))

    assert (refusal["type"], refusal["reason"]) == ("refused", reason)
    assert refusal["text"]


@on_sqlite
async def test_bytes_are_read_like_text(person: ClientSession) -> None:
    async with page(person) as socket:
        await socket.send_bytes(b"\x00\xff")
        assert (await frame(socket))["reason"] == "malformed-json"
        await socket.send_bytes(b'{"type": "ping"}')
        assert (await frame(socket))["type"] == "pong"


async def test_an_unknown_kind_is_kept_and_answered(person: ClientSession) -> None:
    async with page(person) as socket:
        await socket.send_json({"type": "message", "id": "s", "kind": "sticker", "pack": 7})
        await until(socket, said("这种消息我还看不懂：sticker"))


@on_sqlite
async def test_whoever_talks_too_fast_is_asked_to_wait_and_nothing_is_lost(
    person: ClientSession, house: House
) -> None:
    async with page(person) as socket:
        for number in range(SESSION_BURST + 3):
            await say(socket, f"n{number}", "silence")
        later = await until(socket, lambda found: found["type"] == "later")

    assert later["reason"] == "too-fast"
    assert later["after_seconds"] == 1
    assert later["text"]


async def test_a_turn_that_fails_is_to_be_sent_again(
    person: ClientSession, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(inbound: object, arrived: object) -> None:
        raise TurnFailed

    async with page(person) as socket:
        with monkeypatch.context() as broken:
            broken.setattr(house.bot, "receive", fail)
            await say(socket, "a", "hi")
            later = await until(socket, lambda found: found["type"] == "later")
        await say(socket, "a", "hi")
        await until(socket, said("收到：hi"))

    assert later["id"] == "a"


@on_sqlite
async def test_the_page_hears_that_the_database_is_gone_and_that_it_is_back(
    person: ClientSession, house: House
) -> None:
    async with page(person) as socket:
        with house.engine.begin() as connection:
            connection.execute(text("ALTER TABLE message RENAME TO away"))
        await socket.send_json({"type": "seen", "id": 1})
        assert (await until(socket, lambda found: found["type"] == "later"))["reason"] == "database-gone"
        async with page(person) as second:
            assert (await until(second, lambda found: found["type"] == "trouble"))["text"]
            with house.engine.begin() as connection:
                connection.execute(text("ALTER TABLE away RENAME TO message"))
            await until(second, lambda found: found["type"] == "well")
            await say(second, "a", "hi")
            await until(second, said("收到：hi"))


@on_sqlite
@pytest.mark.parametrize(
    ("address", "origin", "status"),
    [
        ("/chat/socket", "https://evil.example", 403),
        ("/chat/socket", "null", 403),
        ("/chat/socket?phone=boss", None, 404),
        ("/chat/socket?after=x", None, 400),
    ],
)
async def test_a_socket_that_may_not_be_is_turned_away(
    person: ClientSession, address: str, origin: str | None, status: int
) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await person.ws_connect(address, origin=origin)

    assert refused.value.status == status


async def test_a_socket_without_a_cookie_is_a_new_visitor_who_is_remembered(house: House) -> None:
    async with ClientSession(house.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as stranger:
        async with page(stranger) as socket:
            await say(socket, "a", "hi")
            await until(socket, is_answer)
        async with stranger.get("/chat/messages") as answer:
            assert len((await answer.json())["messages"]) == 2
