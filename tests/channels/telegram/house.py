"""The whole service with a Telegram bot."""

import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import col, select

from channels.app import Answers, put_together
from channels.telegram.record import Record
from core import company as company_file
from core import identities, staff
from core.company import Company
from core.correspondence import Direction, Message
from core.database import transaction
from core.media import FolderStore, Media
from core.settings import Settings
from core.staff import Rank
from tests import town
from tests.channels import house
from tests.channels.house import SOON, failing, serving, until
from tests.conftest import Moment
from tests.doubles.clock import Clock
from tests.doubles.telegram import Double, Person

TOKEN = "123456:TEST-TOKEN"  # noqa: S105 - opens nothing
SECRET = "the-secret_of-the-hook"  # noqa: S105 - nobody's
ACCOUNT = "123456"
STAFF = -1001234567890
OGG = b"OggS\0\2" + bytes(64)


class House(house.House):
    """A running service with a Telegram bot."""

    channel = "telegram"

    def said(self, kind: str | None = None) -> list[Message]:
        """What people said, all or of one kind."""
        return [one for one in self.record(Direction.IN) if kind in (None, one.kind)]

    def media(self) -> list[Media]:
        """The files that were kept."""
        with transaction(self.engine) as session:
            return list(session.exec(select(Media).order_by(col(Media.created_at))).all())


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
    bot: Callable[..., Answers] | None = None,
    **changes: object,
) -> AsyncIterator[House]:
    """The service in a town of its own, known to the platform or asking it, until the block ends."""

    def made(url: str) -> FastAPI:
        settings = settings_for(folder, double, telegram_mode=mode, public_url=url, **changes)
        return put_together(
            settings, engine=engine, company=company, look_every=SOON, bot=bot or failing(engine, company)
        )

    async with serving(made) as url:
        if wait:
            await until(lambda: double.counts["setMyCommands"] >= 3)
        yield House(url, double, engine)


def furnish(engine: Engine, company: Company, moment: Moment, *, staff_chat: int | None = None) -> None:
    """Hire everybody, and let the staff's group speak for one of them."""
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
        if staff_chat is not None:
            clerk = staff.hire(session, name="Group", role=Rank.CLERK, language="en", shared=True)
            assert clerk.id is not None
            identities.bind_staff(session, "telegram", ACCOUNT, str(staff_chat), clerk.id, now=moment.now)


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
