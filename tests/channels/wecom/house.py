"""The whole service with a WeCom application."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session

from channels.app import put_together
from core import identities, staff
from core.company import Company
from core.database import transaction
from core.identities import Identity
from core.settings import Settings
from core.staff import Rank
from tests import town
from tests.channels import house
from tests.channels.house import SOON, failing, serving
from tests.conftest import Moment
from tests.doubles.wecom import Double

WORKER, CLERK = "WangXiuying", "ZhouMin"


class House(house.House):
    """A running service with a WeCom application."""

    channel = "wecom"

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

    def made(url: str) -> FastAPI:
        settings = settings_for(folder, double, public_url=url, **changes)
        bot = failing(engine, company, *failures)
        return put_together(settings, engine=engine, company=company, look_every=SOON, bot=bot)

    async with serving(made) as url:
        house = House(url, double, engine)
        double.hook = house.hook
        yield house
