"""The links into chats with us: offered where a channel is on, and carrying what the bot reads there."""

import re
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from channels.web.channel import WebChannel
from core import company as company_file
from core.bindings import Merge
from core.company import Company
from core.database import transaction
from tests.browser.house import settings_in
from tests.channels.telegram import house as telegram_house
from tests.channels.telegram.house import House, opened
from tests.conftest import Moment
from tests.doubles.telegram import Double

pytestmark = pytest.mark.both_databases

START = "linking_" + "aB-_" * 6
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


@pytest.fixture
async def double(moment: Moment) -> AsyncIterator[Double]:
    async with telegram_house.platform(moment) as double:
        yield double


@pytest.fixture
async def house(
    engine: Engine, company: Company, moment: Moment, double: Double, tmp_path: Path
) -> AsyncIterator[House]:
    telegram_house.furnish(engine, company, moment)
    async with opened(engine, company, double, tmp_path) as house:
        yield house


@on_sqlite
def test_the_page_is_offered_where_people_know_its_address(
    engine: Engine, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    def web(**changes: object) -> WebChannel:
        settings = settings_in(tmp_path, **changes)
        return WebChannel(settings, engine=engine, company=company_file.load(), threads=threads)

    assert web().door is None
    door = web(public_url="https://home.example").door
    assert door is not None
    assert door.many
    assert door.link(START) == f"https://home.example/?link={START}"


async def says(page: aiohttp.ClientSession, house: House, id: str, **said: str) -> str:
    """Say something on the web page; all that was answered there so far."""
    async with page.post(f"{house.url}/chat/messages", json={"id": id, **said}) as answer:
        assert answer.status < 300
    async with page.get(f"{house.url}/chat/messages") as answer:
        return "\n".join(
            one["text"] for one in (await answer.json())["messages"] if one["direction"] == "out"
        )


@on_sqlite
async def test_the_link_of_the_page_opens_telegram_with_the_proof_inside(
    house: House, double: Double
) -> None:
    mei = double.person(810000001, "梅", started=True)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as page:
        async with page.get(house.url) as answer:
            assert answer.status == 200
        told = await says(page, house, "m1", kind="text", text="换个渠道")
    found = re.search(rf"https://t\.me/{double.bot['username']}\?start=([\w-]{{1,64}})\n", f"{told}\n")
    assert found, told
    assert f"{house.url}/?link={found[1]}" in told
    await mei.starts(found[1])
    [asked] = await mei.hears(1)
    assert "合在一起" in asked.text
    await mei.taps("合在一起")
    await mei.sees("认出您了")
    with transaction(house.engine) as session:
        assert session.exec(select(Merge.proof)).one() == "link"
    assert found[1].removeprefix("linking_") not in str(house.record()), "it is of no use, and not to be read"


@on_sqlite
async def test_the_link_of_telegram_opens_the_page_and_is_not_used_up_by_a_preview(
    house: House, double: Double
) -> None:
    mei = double.person(810000001, "梅", started=True)
    await mei.says("换个渠道")
    [told] = await mei.hears(1)
    assert "t.me" not in told.text, "they are there already"
    found = re.search(r"/\?link=([\w-]{1,64})", told.text)
    assert found
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as page:
        for _ in range(3):
            async with page.get(f"{house.url}/?link={found[1]}") as answer:
                assert found[1] not in await answer.text()
                assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "合在一起" in await says(page, house, "m1", kind="arrived", start=found[1])
        with transaction(house.engine) as session:
            assert session.exec(select(Merge)).all() == []
        assert "认出您了" in await says(page, house, "m2", kind="text", text="合在一起")


@on_sqlite
async def test_a_number_shared_on_telegram_is_confirmed(house: House, double: Double) -> None:
    mei, other = (double.person(810000001 + number, name, started=True) for number, name in enumerate("梅兰"))
    for person in (mei, other):
        await person.shares_contact("8613800138000")
    await mei.sees("电话改好了")
    await other.sees("那也是您吗")
    await other.taps("都是我")
    await other.sees("认出您了")
    await mei.sees("验证了您的手机号")
