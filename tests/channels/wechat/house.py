"""The whole service with an Official Account, on real sockets, between the double and a real database."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from sqlalchemy import Engine
from sqlmodel import col, select

from channels.app import make_app
from core.company import Company
from core.correspondence import Direction, Message
from core.database import transaction
from core.news import Kind
from core.settings import Settings
from core.visits import Visit
from tests.channels.telegram.house import until
from tests.conftest import Moment
from tests.doubles.clock import Clock
from tests.doubles.wechat import Double, Person


@dataclass(frozen=True, slots=True)
class House:
    """A running service; `url` is where it listens."""

    url: str
    double: Double
    engine: Engine

    @property
    def hook(self) -> str:
        return f"{self.url}/hooks/wechat"

    def record(self, direction: Direction | None = None) -> list[Message]:
        """Everything that was said on WeChat so far."""
        with transaction(self.engine) as session:
            wanted = select(Message).where(Message.channel == "wechat").order_by(col(Message.id))
            return [one for one in session.exec(wanted).all() if direction in (None, one.direction)]

    def visits(self) -> list[Visit]:
        """What was booked."""
        with transaction(self.engine) as session:
            return list(session.exec(select(Visit)).all())


def settings_for(folder: Path, double: Double, **changes: object) -> Settings:
    """Settings for the double's account, whatever the environment says."""
    chosen = {
        "data_dir": folder,
        "wechat_app_id": double.app_id,
        "wechat_app_secret": double.secret,
        "wechat_token": double.token,
        "wechat_encoding_aes_key": double.aes_key,
        "wechat_mode": "plain" if double.mode == "plain" else "safe",
        "wechat_account": double.kind,
        "wechat_api_url": double.url,
    }
    return Settings.model_validate(chosen | changes)


@contextlib.asynccontextmanager
async def platform(moment: Moment, *, kind: str = "service", mode: str = "safe") -> AsyncIterator[Double]:
    """The platform, by the clock of the test."""
    clock = Clock(moment)
    async with Double(kind=kind, mode=mode, now=clock.now, sleep=clock.sleep) as double:
        yield double


@contextlib.asynccontextmanager
async def opened(
    engine: Engine, company: Company, double: Double, folder: Path, **changes: object
) -> AsyncIterator[House]:
    """The service, whose address the platform knows, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = settings_for(folder, double, **({"public_url": url} | changes))
        app = make_app(settings, engine=engine, company=company)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await until(lambda: server.started)
            double.hook = f"{url}/hooks/wechat"
            yield House(url, double, engine)
        finally:
            server.should_exit = True
            await serving


def written(folder: Path, notices: Sequence[str]) -> Path | None:
    """A file in which these templates, two at most, tell what people must agree to; None for none."""
    parts = [
        f'[{kind}]\nid = "{id}"\nway = "notice"\nvalues = {{ thing1 = "service" }}\n'
        for kind, id in zip(Kind, notices, strict=False)
    ]
    if not parts:
        return None
    file = folder / "notices.toml"
    file.write_text("\n".join(parts), "utf-8")
    return file


async def books(person: Person) -> None:
    """Book a visit as customers do there: by numbers and words."""
    await person.follows()
    for question, answer in (
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
    ):
        await person.reads(question)
        await person.says(answer)
    await person.reads("约好了")
