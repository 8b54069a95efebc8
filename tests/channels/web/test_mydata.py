"""One's own data by a link: a page that uses nothing up, and a file that is given once."""

import asyncio
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from sqlalchemy import Engine
from sqlmodel import SQLModel

from core import clock, company, customers
from core.database import connect, transaction
from core.privacy import links

pytestmark = pytest.mark.asyncio


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path / 'menling.db'}")
    SQLModel.metadata.create_all(engine)
    yield engine
    engine.dispose()


def link(engine: Engine) -> str:
    with transaction(engine) as session:
        now = clock.now()
        anna = customers.greet(session, language="zh-CN", now=now)
        customers.rename(session, anna, "安娜唯一")
        token = links.make(session, company.load(), anna.id or 0, language="zh-CN", now=now)
    return f"/mydata/{token}"


async def test_looking_uses_nothing_up_and_the_file_is_given_once(
    page: ClientSession, engine: Engine
) -> None:
    path = link(engine)
    for _ in range(3):
        async with page.get(path) as answer:
            assert answer.status == 200
            assert "<form method" in await answer.text()
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
    async with page.post(path) as answer:
        assert answer.status == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        with zipfile.ZipFile(io.BytesIO(await answer.read())) as file:
            kept = json.loads(file.read("my-data.json"))
            assert "安娜唯一" in file.read("my-data.txt").decode("utf-8-sig")
    assert kept["customer"][0]["name"] == "安娜唯一"
    for ask in (page.get, page.post):
        async with ask(path) as answer:
            assert answer.status == 404
            assert "安娜" not in await answer.text()


async def test_of_two_who_press_at_once_one_gets_it(page: ClientSession, engine: Engine) -> None:
    path = link(engine)

    async def press() -> int:
        async with page.post(path) as answer:
            return answer.status

    assert sorted(await asyncio.gather(*(press() for _ in range(4)))) == [200, 404, 404, 404]


@pytest.mark.parametrize("path", ["/mydata/x", "/mydata/" + "a" * 32, "/mydata/%F0%9F%90%B1", "/mydata/%00"])
async def test_what_is_no_link_says_so(page: ClientSession, path: str) -> None:
    async with page.get(path) as answer:
        assert answer.status == 404
    async with page.post(path) as answer:
        assert answer.status == 404
