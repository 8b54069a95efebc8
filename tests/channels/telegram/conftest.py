"""What tests of Telegram ask for: a server that answers as the Bot API does, or as it is told."""

from collections.abc import AsyncIterator

import pytest

from channels.telegram.api import Api
from tests.channels.telegram.server import TOKEN, Server, serving


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as server:
        yield server


@pytest.fixture
async def api(server: Server) -> AsyncIterator[Api]:
    api = Api(TOKEN, server.base)
    yield api
    await api.close()
