"""What tests of the web chat ask for: the service with a scripted bot, and a visitor."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import ClientSession
from sqlalchemy import Engine

from tests.browser.house import House, open_house, settings_in


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> Iterator[House]:
    with open_house(engine, settings_in(tmp_path)) as house:
        yield house


@pytest.fixture
async def page(house: House) -> AsyncIterator[ClientSession]:
    """Somebody's browser, with a jar for our cookie."""
    async with ClientSession(house.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as page:
        yield page
