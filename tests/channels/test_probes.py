"""What machines ask of the running service, over a real socket and a real database."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar
from sqlalchemy import Engine

from tests.browser.house import House, open_house, settings_in
from tests.channels.test_lookout import begin, refuse

pytestmark = pytest.mark.asyncio
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
TOKEN = "a token nobody can guess"  # noqa: S105 - nobody's
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> Iterator[House]:
    with open_house(engine, settings_in(tmp_path)) as house:
        yield house


@pytest.fixture
async def asker(house: House) -> AsyncIterator[ClientSession]:
    async with ClientSession(house.url, cookie_jar=CookieJar(unsafe=True)) as asker:
        yield asker


async def page(asker: ClientSession) -> str:
    async with asker.get("/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        return await answer.text()


async def test_turns_and_pages_are_on_the_page(asker: ClientSession) -> None:
    async with asker.get("/"), asker.ws_connect("/chat/socket?after=0"):
        for _ in range(2):
            said = {"id": "x", "kind": "text", "text": "您好"}
            async with asker.post("/chat/messages", json=said) as answer:
                assert answer.status == 202

        found = (await page(asker)).splitlines()

    assert 'menling_turns_total{channel="web",outcome="answered"} 1.0' in found
    assert 'menling_turns_total{channel="web",outcome="repeated"} 1.0' in found
    assert 'menling_turn_seconds_count{channel="web"} 2.0' in found
    assert "menling_web_pages_open 1.0" in found
    assert "menling_database_up 1.0" in found
    assert "menling_reminders_due 0.0" in found


async def test_a_database_that_is_gone_is_a_number_and_no_failure(asker: ClientSession, house: House) -> None:
    with begin(house.engine, refuse):
        found = await page(asker)
        async with asker.get("/readyz") as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
            assert await answer.json() == {"status": "database gone"}
        async with asker.get("/healthz") as answer:
            assert answer.status == 200

    assert "\nmenling_database_up 0.0\n" in found
    assert "menling_reminders_due" not in found


@on_sqlite
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_machines_may_only_read(asker: ClientSession, path: str) -> None:
    for method in ("POST", "PUT", "DELETE"):
        async with asker.request(method, path) as answer:
            assert answer.status == 405


@on_sqlite
async def test_with_a_token_numbers_are_only_for_who_has_it(engine: Engine, tmp_path: Path) -> None:
    with open_house(engine, settings_in(tmp_path, metrics_token=TOKEN)) as house:
        async with ClientSession(house.url) as asker:
            for wrong in (
                {},
                {"Authorization": TOKEN},
                {"Authorization": "Bearer x"},
                {"Authorization": "é"},
            ):
                async with asker.get("/metrics", headers=wrong) as answer:
                    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
                    assert await answer.text() == ""
                async with asker.get("/readyz", headers=wrong) as answer:
                    assert (answer.status, await answer.json()) == (200, {"status": "ready"})
            async with asker.get("/metrics", headers=BEARER) as answer:
                assert answer.status == 200
            async with asker.get("/readyz", headers=BEARER) as answer:
                assert (await answer.json())["outbox"] == {}
