"""The whole service with customer service, on real sockets, between the double and a real database."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.turn import Account, Bot
from channels.app import Answers, Doors, put_together
from core.company import Company
from core.correspondence import Direction, Message
from core.database import transaction
from core.mailboxes import Letter, Mailbox
from core.settings import Settings
from core.visits import Visit
from core.ways import Limits
from tests.channels.telegram.house import Failing, until
from tests.conftest import Moment
from tests.doubles.clock import Clock
from tests.doubles.kf import Customer, Double


@dataclass(frozen=True, slots=True)
class House:
    """A running service; `url` is where it listens."""

    url: str
    double: Double
    engine: Engine

    @property
    def hook(self) -> str:
        return f"{self.url}/hooks/wecom"

    def record(self, direction: Direction | None = None, channel: str = "kf") -> list[Message]:
        """Everything that was said there so far."""
        with transaction(self.engine) as session:
            wanted = select(Message).where(Message.channel == channel).order_by(col(Message.id))
            return [one for one in session.exec(wanted).all() if direction in (None, one.direction)]

    def box(self) -> Mailbox:
        """How far we are."""
        with transaction(self.engine) as session:
            found = session.exec(select(Mailbox)).one_or_none()
            return found or Mailbox()

    async def has_looked(self) -> None:
        """Until it has asked at its start."""
        await until(lambda: bool(self.double.asked("sync_msg")) and self.box().fetched_at is not None)

    def letters(self) -> list[Letter]:
        """What had no turn yet."""
        with transaction(self.engine) as session:
            return list(session.exec(select(Letter)).all())

    def visits(self) -> list[Visit]:
        """What was booked."""
        with transaction(self.engine) as session:
            return list(session.exec(select(Visit)).all())

    async def settled(self) -> None:
        """Until all that can be fetched is fetched, and had its turn."""
        whole = f"cursor-{len(self.double.kf.log)}"
        await until(lambda: self.box().cursor == whole and not self.letters())


def settings_for(folder: Path, double: Double, **changes: object) -> Settings:
    """Settings for the double's account without an application for staff."""
    chosen = {
        "data_dir": folder,
        "wecom_corp_id": double.corp_id,
        "wecom_secret": double.secret,
        "wecom_token": double.token,
        "wecom_encoding_aes_key": double.aes_key,
        "wecom_api_url": double.url,
        "wecom_kf_id": double.kf.open_kfid,
    }
    return Settings.model_validate(chosen | changes)


@contextlib.asynccontextmanager
async def platform(moment: Moment) -> AsyncIterator[Double]:
    """The platform, by the clock of the test."""
    clock = Clock(moment)
    async with Double(now=clock.now, sleep=clock.sleep) as double:
        yield double


@contextlib.asynccontextmanager
async def opened(
    engine: Engine,
    company: Company,
    double: Double,
    folder: Path,
    *,
    failures: Sequence[Exception] = (),
    **changes: object,
) -> AsyncIterator[House]:
    """The service, whose address the platform knows, until the block ends; its first turns fail as told."""

    def bot(sends: Collection[Account], limits: Mapping[Account, Limits], doors: Doors) -> Answers:
        return Failing(Bot(engine, company, sends=sends, limits=limits, doors=doors), *failures)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = settings_for(folder, double, public_url=url, **changes)
        app = put_together(settings, engine=engine, company=company, bot=bot)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await until(lambda: server.started)
            double.hook = f"{url}/hooks/wecom"
            yield House(url, double, engine)
        finally:
            server.should_exit = True
            await serving


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


async def books(customer: Customer) -> None:
    """Book a visit as customers do there: by taps where there is a menu, else by words."""
    await customer.comes()
    for question, answer in BOOKING:
        shown = await customer.reads(question)
        if any(answer == label for label, _ in shown.lines):
            await customer.taps(answer)
        else:
            await customer.says(answer)
    await customer.reads("约好了")
