"""What tests of Telegram ask for: the platform and a person, or a server that answers as it is told."""

from collections.abc import AsyncIterator

import pytest

from channels.telegram.api import Api
from tests.channels.scripted import serving
from tests.channels.telegram.house import platform
from tests.channels.telegram.server import TOKEN, Server
from tests.conftest import Moment
from tests.doubles.telegram import Double, Person


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving(Server()) as server:
        yield server


@pytest.fixture
async def api(server: Server) -> AsyncIterator[Api]:
    api = Api(TOKEN, server.base)
    yield api
    await api.close()


@pytest.fixture
async def double(moment: Moment) -> AsyncIterator[Double]:
    """The platform, by the clock of the test."""
    async with platform(moment) as double:
        yield double


@pytest.fixture
def mei(double: Double) -> Person:
    return double.person(810000001, "梅", started=True)
