"""The floor under a turn: one route, one row committed by `sqlite3`, one call of the platform.

python -m benchmarks.load.bare PORT DATABASE CALLS    # CALLS is the address that the methods' names follow
"""

import asyncio
import json
import re
import sqlite3
import sys

import aiohttp
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HOOK, PASSIVE_HOOK = "/hook", "/passive"
SAID = "你好，收到了。" * 5
FIELDS = re.compile(rb".*<ToUserName><!\[CDATA\[(.*?)\]\].*<FromUserName><!\[CDATA\[(.*?)\]\]", re.DOTALL)
ANSWER = (
    "<xml><ToUserName><![CDATA[{theirs}]]></ToUserName><FromUserName><![CDATA[{ours}]]></FromUserName>"
    "<CreateTime>0</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{said}]]></Content></xml>"
)


def application(database: str, calls: str) -> Starlette:
    """Keeps each update in `database`, then answers whoever wrote it."""
    kept = sqlite3.connect(database, isolation_level=None)
    for statement in (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=NORMAL",
        "CREATE TABLE messages (id INTEGER PRIMARY KEY, chat INTEGER, body TEXT)",
    ):
        kept.execute(statement)
    sending: set[asyncio.Task[None]] = set()
    session: list[aiohttp.ClientSession] = []

    async def answer(chat: int) -> None:
        if not session:
            session.append(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100)))
        async with session[0].post(f"{calls}/sendMessage", data={"chat_id": chat, "text": SAID}) as response:
            await response.read()

    async def hear(request: Request) -> Response:
        message = json.loads(await request.body())["message"]
        chat = message["chat"]["id"]
        kept.execute("INSERT INTO messages (chat, body) VALUES (?, ?)", (chat, message["text"]))
        task = asyncio.create_task(answer(chat))
        sending.add(task)
        task.add_done_callback(sending.discard)
        return Response()

    async def answer_at_once(request: Request) -> Response:
        found = FIELDS.match(await request.body())
        if found is None:
            return Response(status_code=400)
        ours, theirs = found[1].decode(), found[2].decode()
        kept.execute("INSERT INTO messages (chat, body) VALUES (?, ?)", (theirs, SAID))
        return Response(ANSWER.format(theirs=theirs, ours=ours, said=SAID), media_type="text/xml")

    async def up(_request: Request) -> Response:
        return Response()

    hooks = [Route(HOOK, hear, methods=["POST"]), Route(PASSIVE_HOOK, answer_at_once, methods=["POST"])]
    return Starlette(routes=[*hooks, Route("/healthz", up)])


if __name__ == "__main__":
    port, database, calls = sys.argv[1:]
    uvicorn.run(application(database, calls), port=int(port), access_log=False, log_config=None)
