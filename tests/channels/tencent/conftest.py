"""What tests of the calls to Tencent's platforms ask for: a server that answers as it is told."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.scripted import serving
from tests.channels.tencent.server import Server


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving(Server()) as server:
        yield server
