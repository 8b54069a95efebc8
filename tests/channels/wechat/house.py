"""The whole service with an Official Account."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import select

from bot.notices import due
from channels.app import make_app
from core.company import Company
from core.database import transaction
from core.grants import Grant
from core.news import Kind
from core.settings import Settings
from tests.channels import house
from tests.channels.house import BOOKING, SOON, serving
from tests.conftest import Moment
from tests.doubles.wechat import Double, Person


class House(house.House):
    """A running service with an Official Account."""

    channel = "wechat"


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
async def opened(
    engine: Engine, company: Company, double: Double, folder: Path, **changes: object
) -> AsyncIterator[House]:
    """The service, whose address the platform knows, until the block ends."""

    def made(url: str) -> FastAPI:
        settings = settings_for(folder, double, **({"public_url": url} | changes))
        return make_app(settings, engine=engine, company=company, look_every=SOON)

    async with serving(made) as url:
        house = House(url, double, engine)
        double.hook = house.hook
        yield house


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
    for question, answer in BOOKING:
        await person.reads(question)
        await person.says(answer)
    await person.reads("约好了")


def comes_near(house: House, moment: Moment, company: Company) -> None:
    """Two days later, when nothing may be written any more, the visit is two hours ahead."""
    (visit,) = house.visits()
    moment.forward(hours=49)
    with transaction(house.engine) as session:
        kept = session.merge(visit)
        kept.starts_at, kept.ends_at = moment.now + timedelta(hours=2), moment.now + timedelta(hours=5)
    due(house.engine, company)


def left(house: House, person: Person) -> dict[str, int]:
    """What the ledger says may still be said to somebody, by kind."""
    with transaction(house.engine) as session:
        rows = session.exec(select(Grant).where(Grant.user == person.openid)).all()
    return {row.kind: row.left for row in rows}
