"""The whole service with a WeCom application, on real sockets, between the double and a real database."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.turn import Account, Bot
from channels.app import Answers, Doors, put_together
from core import identities, staff
from core.company import Company
from core.correspondence import Direction, Message
from core.database import transaction
from core.identities import Identity
from core.settings import Settings
from core.staff import Rank
from core.ways import Limits
from tests import town
from tests.channels.telegram.house import Failing, until
from tests.conftest import Moment
from tests.doubles.clock import Clock
from tests.doubles.wecom import Double

WORKER, CLERK = "WangXiuying", "ZhouMin"


@dataclass(frozen=True, slots=True)
class House:
    """A running service; `url` is where it listens."""

    url: str
    double: Double
    engine: Engine

    @property
    def hook(self) -> str:
        return f"{self.url}/hooks/wecom"

    def record(self, direction: Direction | None = None) -> list[Message]:
        """Everything that was said in WeCom so far."""
        with transaction(self.engine) as session:
            wanted = select(Message).where(Message.channel == "wecom").order_by(col(Message.id))
            return [one for one in session.exec(wanted).all() if direction in (None, one.direction)]

    def identity(self, userid: str) -> Identity | None:
        """Who a member is to us."""
        with transaction(self.engine) as session:
            return identities.find(session, "wecom", str(self.double.agent_id), userid)


def settings_for(folder: Path, double: Double, **changes: object) -> Settings:
    """Settings for the double's application, whatever the environment says."""
    chosen = {
        "data_dir": folder,
        "wecom_corp_id": double.corp_id,
        "wecom_agent_id": double.agent_id,
        "wecom_secret": double.secret,
        "wecom_token": double.token,
        "wecom_encoding_aes_key": double.aes_key,
        "wecom_api_url": double.url,
    }
    return Settings.model_validate(chosen | changes)


def furnish(session: Session, company: Company, double: Double, moment: Moment) -> None:
    """Hire everybody; one worker and one clerk are members of the company's WeCom."""
    town.furnish(session, company, moment.now)
    account = str(double.agent_id)
    identities.bind_worker(session, "wecom", account, WORKER, 1, now=moment.now)
    clerk = staff.hire(session, name="Zhou Min", role=Rank.CLERK, language="zh-CN")
    assert clerk.id is not None
    identities.bind_staff(session, "wecom", account, CLERK, clerk.id, now=moment.now)


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
