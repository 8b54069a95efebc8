"""The pages as they are served: what they allow, how long they are kept, which language they speak."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from sqlalchemy import Engine
from sqlmodel import SQLModel

from core.database import connect
from tests.browser.house import House

pytestmark = pytest.mark.asyncio


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """One database is enough for pages."""
    engine = connect(f"sqlite:///{tmp_path / 'menling.db'}")
    SQLModel.metadata.create_all(engine)
    yield engine
    engine.dispose()


async def test_the_cookie_is_kept_from_scripts_and_other_sites(page: ClientSession) -> None:
    async with page.get("/") as answer:
        cookie = answer.headers["Set-Cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "max-age=31536000" in cookie
    assert "secure" not in cookie


@pytest.mark.parametrize(
    ("header", "hint", "page_language"),
    [
        ("en-GB,zh;q=0.9", "en-GB", "en"),
        ("fr;q=0.5, zh-TW;q=0.8", "zh-TW", "zh-CN"),
        ("fr", "fr", "zh-CN"),
        ("*;q=x,,;;", None, "zh-CN"),
    ],
)
async def test_the_browser_says_the_language(
    house: House, header: str, hint: str | None, page_language: str
) -> None:
    async with ClientSession(house.url, headers={"Accept-Language": header}) as page:
        async with page.post("/chat/messages", json={"id": "x", "kind": "text", "text": "hi"}):
            pass
        async with page.get("/") as answer:
            html = await answer.text()

    assert house.bot.heard[-1].language == hint
    assert f'<html lang="{page_language}">' in html


@pytest.mark.parametrize("path", ["/", "/demo"])
async def test_pages_allow_nothing_from_elsewhere(page: ClientSession, path: str) -> None:
    async with page.get(path) as answer:
        html = await answer.text()

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "geolocation=(self)" in answer.headers["Permissions-Policy"]
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert "http://" not in html
    assert "https://" not in html


async def test_static_files_are_kept_for_a_year_under_their_edition_only(page: ClientSession) -> None:
    async with page.get("/") as answer:
        html = await answer.text()
    address = html.split('<script type="module" src="')[1].split('"')[0]

    async with (
        page.get(address) as current,
        page.get("/chat/static/old/main.js") as old,
        page.get("/chat/static/old/..%2fpages.py") as outside,
    ):
        assert "immutable" in current.headers["Cache-Control"]
        assert current.headers["Content-Type"].startswith("text/javascript")
        assert old.headers["Cache-Control"] == "no-cache"
        assert outside.status == 404
