"""The whole service with customer service."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import select

from channels.app import put_together
from core.company import Company
from core.database import transaction
from core.mailboxes import Letter, Mailbox
from core.settings import Settings
from tests.channels import house
from tests.channels.house import BOOKING, SOON, failing, serving, until
from tests.doubles.kf import Customer, Double


class House(house.House):
    """A running service with customer service, which shares WeCom's address."""

    channel = "kf"

    @property
    def hook(self) -> str:
        return f"{self.url}/hooks/wecom"

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
async def opened(
    engine: Engine, company: Company, double: Double, folder: Path, **changes: object
) -> AsyncIterator[House]:
    """The service, whose address the platform knows, until the block ends."""

    def made(url: str) -> FastAPI:
        settings = settings_for(folder, double, public_url=url, **changes)
        return put_together(
            settings, engine=engine, company=company, look_every=SOON, bot=failing(engine, company)
        )

    async with serving(made) as url:
        house = House(url, double, engine)
        double.hook = house.hook
        yield house


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
