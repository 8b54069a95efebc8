"""What tests of the calls to Tencent's platforms ask for: a server that answers as it is told."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.tencent.server import Server, serving


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as server:
        yield server
