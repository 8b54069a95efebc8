"""The whole service on a real socket: what the houses of all platforms have in common."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.messages import Inbound
from bot.turn import Account, Bot, Receipt
from channels.app import Answers, Doors
from core.company import Company
from core.correspondence import Arrival, Direction, Message, Status
from core.database import transaction
from core.visits import Visit
from core.ways import Limits

PATIENCE = 30.0  # seconds on a busy machine
SOON = timedelta(milliseconds=300)
"""How often the outbox is looked through for what a test put there."""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)

BOOKING = (
    ("或者选一项", "预约服务"),
    ("想约哪一类", "保洁"),
    ("要哪一种", "日常保洁"),
    ("要多少", "2小时"),
    ("要不要加点什么", "不用"),
    ("去哪里", "武侯区科华北路12号3栋2单元501"),
    ("家里有这些吗", "没有"),
    ("哪天方便", "2"),
    ("这些时间有空", "1"),
    ("想让谁来", "都可以"),
    ("怎么称呼", "林女士"),
    ("留个手机号", "13800001234"),
    ("有什么要交代", "没有"),
    ("没问题就", "确认"),
)
"""A visit booked by numbers and words: what each question holds, and what is answered."""


@dataclass(frozen=True, slots=True)
class House:
    """A running service between a platform's double and a real database; `url` is where it listens."""

    url: str
    double: Any  # each platform's own
    engine: Engine

    channel: ClassVar[str]

    @property
    def hook(self) -> str:
        return f"{self.url}/hooks/{self.channel}"

    def record(self, direction: Direction | None = None, channel: str | None = None) -> list[Message]:
        """Everything that was said so far, on the platform if no other channel is named."""
        with transaction(self.engine) as session:
            wanted = select(Message).where(Message.channel == (channel or self.channel))
            found = session.exec(wanted.order_by(col(Message.id))).all()
        return [one for one in found if direction in (None, one.direction)]

    def visits(self) -> list[Visit]:
        """What was booked."""
        with transaction(self.engine) as session:
            return list(session.exec(select(Visit)).all())

    async def has_sent(self) -> None:
        """Until everything that was said is written down as sent."""
        await until(lambda: all(one.status is Status.SENT for one in self.record(Direction.OUT)))


class Failing:
    """A bot that fails as it is told before it answers as the real one does."""

    def __init__(self, bot: Answers, *failures: Exception) -> None:
        self.bot, self.failures = bot, list(failures)
        self.heard: list[Inbound] = []

    def receive(self, inbound: Inbound, arrived: Sequence[Arrival] = ()) -> Receipt:
        self.heard.append(inbound)
        if self.failures:
            raise self.failures.pop(0)
        return self.bot.receive(inbound, arrived)


def failing(engine: Engine, company: Company, *failures: Exception) -> Callable[..., Answers]:
    """What `put_together` takes for a bot: the real one, whose first turns fail as told."""

    def made(sends: Collection[Account], limits: Mapping[Account, Limits], doors: Doors) -> Answers:
        return Failing(Bot(engine, company, sends=sends, limits=limits, doors=doors), *failures)

    return made


@contextlib.asynccontextmanager
async def serving(made: Callable[[str], FastAPI]) -> AsyncIterator[str]:
    """The service that is made for an address, listening there until the block ends; yields the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(made(url), log_level="warning", lifespan="on"))
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await until(lambda: server.started)
            yield url
        finally:
            server.should_exit = True
            await running


async def until(fact: Callable[[], bool]) -> None:
    """Until a fact holds; fails after `PATIENCE`."""
    async with asyncio.timeout(PATIENCE):
        while not fact():  # noqa: ASYNC110 - what is waited for is in a database
            await asyncio.sleep(0.01)
