"""The web chat's HTTP side, over a real socket and a real database."""

import io
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from aiohttp import ClientSession
from sqlalchemy import Engine, text

from bot.messages import Arrived, Place, Tap, Text, Unsupported
from bot.turn import TurnFailed, Unavailable
from channels.web import frames
from channels.web.limits import SESSION_BURST
from tests.browser.house import House, open_house, settings_in

pytestmark = pytest.mark.asyncio
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""For what never reaches the database, and for what takes the database away."""
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def visitor(house: House, **headers: str) -> ClientSession:
    return ClientSession(house.url, cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers)


async def say(page: ClientSession, shape: object, **headers: str) -> tuple[int, dict[str, object]]:
    body = io.BytesIO(json.dumps(shape).encode())
    kind = {"content-type": "application/json"}
    async with page.post("/chat/messages", data=body, headers=kind | headers) as answer:
        return answer.status, await answer.json()


async def talk(page: ClientSession, query: str = "") -> list[dict[str, object]]:
    async with page.get(f"/chat/messages{query}") as answer:
        assert answer.status == 200
        found: list[dict[str, object]] = (await answer.json())["messages"]
        return found


async def test_a_page_greets_and_the_record_shows_both_directions(page: ClientSession) -> None:
    status, receipt = await say(page, {"id": "arrived", "kind": "arrived"})

    messages = await talk(page)

    assert status == 202
    assert [message["direction"] for message in messages] == ["in", "out"]
    assert messages[0]["client"] == "arrived"
    assert messages[0]["id"] == receipt["message"]
    assert [messages[1]["id"]] == receipt["replies"]
    assert "日常保洁" in [choice["label"] for choice in messages[1]["choices"]]


async def test_the_same_id_is_answered_as_before_and_counts_once(page: ClientSession, house: House) -> None:
    _, first = await say(page, {"id": "a1", "kind": "text", "text": "你好"})
    _, again = await say(page, {"id": "a1", "kind": "text", "text": "你好"})

    assert again == first | {"repeated": True}
    assert len(await talk(page)) == 2


async def test_one_person_cannot_use_up_the_id_of_another(page: ClientSession, house: House) -> None:
    await say(page, {"id": "a1", "kind": "text", "text": "mine"})

    async with visitor(house) as other:
        _, receipt = await say(other, {"id": "a1", "kind": "text", "text": "theirs"})
        messages = await talk(other)

    assert receipt["repeated"] is False
    assert messages[0]["text"] == "theirs"


async def test_reading_goes_on_after_an_id_and_back_before_one(page: ClientSession) -> None:
    for number in range(4):
        await say(page, {"id": f"n{number}", "kind": "text", "text": str(number)})
    every = [message["id"] for message in await talk(page)]

    assert [message["id"] for message in await talk(page, f"?before={every[4]}")] == every[:4]
    # What waits to be shown comes along until a page has taken it.
    assert set(every[6:]) <= {message["id"] for message in await talk(page, f"?after={every[5]}")}


@pytest.mark.parametrize(
    ("shape", "content"),
    [
        ({"kind": "text", "text": " 两行\n字 "}, Text(" 两行\n字 ")),
        ({"kind": "tap", "data": "yes", "label": "好"}, Tap("yes", "好")),
        ({"kind": "place", "latitude": 30.66, "longitude": -104}, Place(30.66, -104.0)),
        ({"kind": "arrived", "start": "door-7"}, Arrived("door-7")),
        ({"kind": "sticker"}, Unsupported("sticker")),
        ({"kind": "contact", "phone": "+8613800000000"}, Unsupported("contact")),
        ({"kind": "text", "text": ""}, Text("")),
        ({"kind": "text", "text": "漢" * 300_000}, Text("漢" * 300_000)),
        ({"kind": "text", "text": "a\0b\ud800c"}, Text("a\ufffdb\ufffdc")),
    ],
)
async def test_what_a_page_says_reaches_the_bot_as_what_it_is(
    page: ClientSession, house: House, shape: dict[str, object], content: object
) -> None:
    status, _ = await say(page, {"id": "x"} | shape)

    assert status == 202
    assert house.bot.heard[-1].content == content


@on_sqlite
@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"{", 400, "malformed-json"),
        (b"\xff\xfe", 400, "malformed-json"),
        (b'{"id": "x", "kind": "place", "latitude": NaN, "longitude": 1}', 400, "malformed-json"),
        (b"[" * 100_000, 400, "malformed-json"),
        (b"[]", 400, "not-an-object"),
        (b'"text"', 400, "not-an-object"),
        (b"{}", 400, "bad-id"),
        (b'{"id": 7, "kind": "text", "text": "a"}', 400, "bad-id"),
        (b'{"id": "a b", "kind": "text", "text": "a"}', 400, "bad-id"),
        (b'{"id": "x"}', 400, "bad-shape"),
        (b'{"id": "x", "kind": 7}', 400, "bad-shape"),
        (b'{"id": "x", "kind": "text"}', 400, "bad-shape"),
        (b'{"id": "x", "kind": "text", "text": ["a"]}', 400, "bad-shape"),
        (b'{"id": "x", "kind": "tap", "data": ""}', 400, "bad-shape"),
        (b'{"id": "x", "kind": "tap", "data": "' + b"d" * 65 + b'"}', 400, "bad-shape"),
        (b'{"id": "x", "kind": "place", "latitude": 91, "longitude": 0}', 400, "no-such-place"),
        (b'{"id": "x", "kind": "place", "latitude": true, "longitude": 0}', 400, "bad-shape"),
        (b'{"id": "x", "kind": "photo", "media": "../../etc/passwd"}', 400, "bad-shape"),
        (b'{"id": "x", "kind": "photo", "media": "nobodyknows"}', 400, "no-such-photo"),
        (
            b'{"id": "x", "kind": "text", "text": "' + b"a" * (frames.LONGEST_TEXT + 1) + b'"}',
            413,
            "text-too-long",
        ),
        (b" " * (frames.LONGEST_BODY + 1), 413, "too-large"),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_what_is_no_message_is_refused_with_the_reason(
    page: ClientSession, house: House, body: bytes, status: int, reason: str
) -> None:
    async with page.post("/chat/messages", data=BytesIO(body)) as answer:
        found = await answer.json()

    assert (answer.status, found["reason"]) == (status, reason)
    assert found["text"]
    assert house.bot.heard == []


@on_sqlite
async def test_a_body_that_hides_its_length_is_cut_off(page: ClientSession) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b" " * 65_536

    async with page.post("/chat/messages", data=endless()) as answer:
        assert answer.status == 413


@on_sqlite
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_other_sites_pages_are_refused(page: ClientSession, house: House, origin: str) -> None:
    status, answer = await say(page, {"id": "x", "kind": "text", "text": "hi"}, Origin=origin)

    assert (status, answer["reason"]) == (403, "other-site")
    assert house.bot.heard == []


async def test_our_own_page_is_not_refused(page: ClientSession, house: House) -> None:
    status, _ = await say(page, {"id": "x", "kind": "text", "text": "hi"}, Origin=house.url)

    assert status == 202


@on_sqlite
async def test_the_public_address_counts_as_ours_behind_a_proxy(engine: Engine, tmp_path: Path) -> None:
    settings = settings_in(tmp_path, public_url="https://chat.example")
    with open_house(engine, settings) as house:
        async with visitor(house) as page:
            status, _ = await say(
                page, {"id": "x", "kind": "text", "text": "hi"}, Origin="https://chat.example"
            )
            async with page.get("/") as answer:
                cookie = answer.headers["Set-Cookie"]

    assert status == 202
    assert "Secure" in cookie


@on_sqlite
async def test_whoever_talks_too_fast_is_told_how_long_to_wait(page: ClientSession) -> None:
    answers = [
        await say(page, {"id": f"f{n}", "kind": "text", "text": "a"}) for n in range(SESSION_BURST + 10)
    ]

    status, refusal = answers[-1]
    assert status == 429
    assert refusal["after_seconds"] == 1
    async with page.post("/chat/messages", json={"id": "f", "kind": "text", "text": "a"}) as answer:
        assert answer.headers["Retry-After"] == "1"


@pytest.mark.parametrize(("failure", "reason"), [(Unavailable, "database-gone"), (TurnFailed, "turn-failed")])
async def test_a_turn_that_fails_is_asked_for_again(
    page: ClientSession, house: House, monkeypatch: pytest.MonkeyPatch, failure: type[Exception], reason: str
) -> None:
    def fail(inbound: object, arrived: object) -> None:
        raise failure

    monkeypatch.setattr(house.bot, "receive", fail)

    async with page.post("/chat/messages", json={"id": "x", "kind": "text", "text": "a"}) as answer:
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) >= 1
        assert (await answer.json())["reason"] == reason


@on_sqlite
async def test_a_database_that_is_gone_is_said_and_comes_back(page: ClientSession, house: House) -> None:
    with house.engine.begin() as connection:
        connection.execute(text("ALTER TABLE message RENAME TO away"))
    async with page.get("/chat/messages") as answer:
        gone = answer.status
    async with page.get("/readyz") as answer:
        unready = answer.status
    async with page.get("/healthz") as answer:
        up = answer.status
    with house.engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO message"))

    assert (gone, unready, up) == (503, 503, 200)
    assert await talk(page) == []


async def test_a_forged_cookie_is_a_new_visitor(page: ClientSession, house: House) -> None:
    await say(page, {"id": "x", "kind": "text", "text": "secret"})
    mine = next(cookie.value for cookie in page.cookie_jar)
    id, _, signature = mine.rpartition(".")

    for forged in (id, f"{id}.", f"{id}.{signature[:-2]}xx", f"demo-worker.{signature}", "é", ""):
        async with (
            ClientSession(house.url) as other,
            other.get("/chat/messages", headers={"Cookie": f"menling_session={forged}"}) as answer,
        ):
            assert (await answer.json())["messages"] == []
            assert answer.headers["Set-Cookie"].startswith("menling_session=")
            assert id not in answer.headers["Set-Cookie"]
    assert len(await talk(page)) == 2


async def test_a_photo_is_kept_and_shown_to_its_owner_only(page: ClientSession, house: House) -> None:
    async with page.post("/chat/photos", data=PNG) as answer:
        assert answer.status == 201
        id = (await answer.json())["id"]
    status, _ = await say(page, {"id": "p", "kind": "photo", "media": id, "caption": "漏水"})

    async with (
        page.get(f"/chat/photos/{id}") as mine,
        visitor(house) as other,
        other.get(f"/chat/photos/{id}") as theirs,
    ):
        body = await mine.read()
        stolen, _ = await say(other, {"id": "p", "kind": "photo", "media": id})

    assert status == 202
    assert body == PNG
    assert mine.headers["Content-Type"] == "image/png"
    assert mine.headers["X-Content-Type-Options"] == "nosniff"
    assert mine.headers["Cache-Control"].startswith("private")
    assert theirs.status == 404
    assert stolen == 400
    assert (await talk(page))[0]["media"] == id


@on_sqlite
async def test_a_photo_that_cannot_be_kept_now_is_asked_for_again(
    page: ClientSession, house: House, tmp_path: Path
) -> None:
    (tmp_path / "photos").write_text("a file, where the folder should be")
    async with page.post("/chat/photos", data=PNG) as answer:
        shape = await answer.json()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert (shape["reason"], "重发" in shape["text"]) == ("store-failed", True)


@on_sqlite
@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"<svg onload=alert(1)>", 415, "not-a-photo"),
        (b"", 415, "not-a-photo"),
        (PNG + b"0" * 10 * 1024 * 1024, 413, "photo-too-large"),
    ],
    ids=["script", "nothing", "too-much"],
)
async def test_what_is_no_photo_is_refused(
    page: ClientSession, data: bytes, status: int, reason: str
) -> None:
    async with page.post("/chat/photos", data=BytesIO(data), headers={"Content-Type": "image/png"}) as answer:
        found = await answer.json()

    assert (answer.status, found["reason"]) == (status, reason)


@on_sqlite
async def test_the_other_phones_exist_only_in_the_demo(engine: Engine, tmp_path: Path) -> None:
    with open_house(engine, settings_in(tmp_path, demo=False)) as house:
        async with visitor(house) as page:
            for path in ("/demo", "/chat/messages?phone=worker", "/chat/messages?phone=staff"):
                async with page.get(path) as answer:
                    assert answer.status == 404, path
            words = {"id": "x", "kind": "text", "text": "take"}
            async with page.post("/chat/messages?phone=worker", json=words) as answer, page.get("/"):
                assert answer.status == 404

    assert house.bot.heard == []


async def test_the_demo_talks_for_the_worker_that_the_seed_has_bound(
    page: ClientSession, house: House
) -> None:
    async with page.post(
        "/chat/messages?phone=worker", json={"id": "x", "kind": "text", "text": "hi"}
    ) as answer:
        assert answer.status == 202

    assert house.bot.heard[-1].sender.user == "demo-worker"
    assert await talk(page) == []


@on_sqlite
async def test_an_unknown_phone_does_not_exist(page: ClientSession) -> None:
    async with page.get("/chat/messages?phone=boss") as answer:
        assert answer.status == 404


@on_sqlite
@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=99999999999999999999", "before=１"])
async def test_ids_that_are_none_are_refused(page: ClientSession, query: str) -> None:
    async with page.get(f"/chat/messages?{query}") as answer:
        assert answer.status == 400


async def test_a_huge_message_is_kept_whole_and_shown_in_part(page: ClientSession, house: House) -> None:
    status, _ = await say(page, {"id": "x", "kind": "text", "text": "a" * 1_000_000})
    assert status == 202
    assert house.bot.heard[-1].content == Text("a" * 1_000_000)
    (huge,) = [message for message in await talk(page) if message["text"].startswith("aaaa")]
    assert huge["text"] == "a" * frames.LONGEST_SHOWN + "…"
