"""One of several processes that want the same token: `database address`. Says what happens, a line each."""

import asyncio
import json
import sys
from datetime import timedelta

import aiohttp

from channels.tencent.tokens import Tokens
from core.database import connect


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def ask(database: str, platform: str) -> None:
    """When a line comes in, ten tasks want it at once; `waits` while another process fetches."""

    async def fetch() -> tuple[str, timedelta]:
        async with aiohttp.ClientSession() as session, session.get(platform) as answer:
            return await answer.text(), timedelta(hours=2)

    async def sleep(seconds: float) -> None:
        tell("waits")
        await asyncio.sleep(seconds)

    engine = connect(database)
    tokens = Tokens(engine, None, "post", "main", fetch=fetch, sleep=sleep)
    tell("ready")
    await asyncio.to_thread(sys.stdin.readline)
    tell(json.dumps(await asyncio.gather(*(tokens.get() for _ in range(10)))))
    engine.dispose()


if __name__ == "__main__":
    asyncio.run(ask(*sys.argv[1:]))
