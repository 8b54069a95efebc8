"""The whole service with a Telegram bot, on real sockets, between the double and a real database."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.messages import Inbound
from bot.turn import Account, Bot, Receipt
from channels.app import Answers, Doors, put_together
from channels.telegram.record import Record
from core import company as company_file
from core import identities, staff
from core.company import Company
from core.correspondence import Arrival, Direction, Message
from core.database import transaction
from core.media import FolderStore, Media
from core.settings import Settings
from core.staff import Rank
from core.visits import Visit
from core.ways import Limits
from tests import town
from tests.conftest import Moment
from tests.doubles.clock import Clock
from tests.doubles.telegram import Double, Person

TOKEN = "123456:TEST-TOKEN"  # noqa: S105 - opens nothing
SECRET = "the-secret_of-the-hook"  # noqa: S105 - nobody's
ACCOUNT = "123456"
STAFF = -1001234567890
PATIENCE = 20.0  # seconds on a busy machine
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
OGG = b"OggS\0\2" + bytes(64)


@dataclass(frozen=True, slots=True)
class House:
    """A running service; `url` is where it listens."""

    url: str
    double: Double
    engine: Engine

    @property
    def hook(self) -> str:
        return f"{self.url}/hooks/telegram"

    def record(self, direction: Direction | None = None, kind: str | None = None) -> list[Message]:
        """Everything that was said on Telegram so far, of one direction or kind."""
        with transaction(self.engine) as session:
            wanted = select(Message).where(Message.channel == "telegram").order_by(col(Message.id))
            found = session.exec(wanted).all()
        return [one for one in found if direction in (None, one.direction) and kind in (None, one.kind)]

    def said(self, kind: str | None = None) -> list[Message]:
        """What people said."""
        return self.record(Direction.IN, kind)

    def visits(self) -> list[Visit]:
        """What was booked."""
        with transaction(self.engine) as session:
            return list(session.exec(select(Visit)).all())

    def media(self) -> list[Media]:
        """The files that were kept."""
        with transaction(self.engine) as session:
            return list(session.exec(select(Media).order_by(col(Media.created_at))).all())


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


def settings_for(folder: Path, double: Double, **changes: object) -> Settings:
    """Settings for a bot on the double, whatever the environment says."""
    chosen = {"data_dir": folder, "telegram_token": TOKEN, "telegram_api_url": double.url}
    return Settings.model_validate(chosen | {"telegram_webhook_secret": SECRET} | changes)


def record_of(engine: Engine) -> Record:
    """What the channel keeps, for tests in which nobody sends a file."""
    return Record(engine, FolderStore(Path("no files")), company_file.load())


@contextlib.asynccontextmanager
async def platform(moment: Moment) -> AsyncIterator[Double]:
    """The platform, by the clock of the test, and without its limits on how fast one may write."""
    clock = Clock(moment)
    async with Double(TOKEN, now=clock.now, sleep=clock.sleep, strict=False) as double:
        yield double


@contextlib.asynccontextmanager
async def opened(
    engine: Engine,
    company: Company,
    double: Double,
    folder: Path,
    *,
    mode: str = "webhook",
    wait: bool = True,
    bot: Callable[[Collection[Account], Mapping[Account, Limits], Doors], Answers] | None = None,
    **changes: object,
) -> AsyncIterator[House]:
    """The service in a town of its own, known to the platform or asking it, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = settings_for(folder, double, telegram_mode=mode, public_url=url, **changes)

        def ours(sends: Collection[Account], limits: Mapping[Account, Limits], doors: Doors) -> Answers:
            return Bot(engine, company, sends=sends, limits=limits, doors=doors)

        app = put_together(settings, engine=engine, company=company, bot=bot or ours)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await until(lambda: server.started)
            if wait:
                await until(lambda: double.counts["setMyCommands"] >= 3)
            yield House(url, double, engine)
        finally:
            server.should_exit = True
            await serving


def furnish(engine: Engine, company: Company, moment: Moment, *, staff_chat: int | None = None) -> None:
    """Hire everybody, and let the staff's group speak for one of them."""
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
        if staff_chat is not None:
            clerk = staff.hire(session, name="Group", role=Rank.CLERK, language="en")
            assert clerk.id is not None
            identities.bind_staff(session, "telegram", ACCOUNT, str(staff_chat), clerk.id, now=moment.now)


async def until(fact: Callable[[], bool]) -> None:
    """Until a fact holds; fails after `PATIENCE`."""
    async with asyncio.timeout(PATIENCE):
        while not fact():  # noqa: ASYNC110 - what is waited for is in a database
            await asyncio.sleep(0.01)


async def books(person: Person) -> None:
    """Book a visit as customers do: by buttons wherever there is one, by words where there is none."""
    await person.starts()
    for question, answer in (
        ("或者选一项", "预约服务"),
        ("想约哪一类", "保洁"),
        ("要哪一种", "日常保洁 ¥45/小时"),
        ("要多少", "2 小时"),
        ("要不要加点什么", "不用加"),
        ("去哪里", "武侯区科华北路12号3栋2单元501"),
        ("家里有这些吗", "都没有"),
        ("哪天方便", ""),
        ("这些时间有空", ""),
        ("想让谁来", "都可以"),
        ("怎么称呼", "林女士"),
        ("留个手机号", "📱 发送我的手机号"),
        ("有什么要交代", "没有"),
        ("没问题就选", "确认预约"),
    ):
        asked = await person.sees(question)
        choice = answer or asked.labels[0]
        keys = [label for row in person.keyboard for label in row]
        await (person.taps(choice) if choice in (*asked.labels, *keys) else person.says(choice))
