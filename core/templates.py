"""Templates that the platform refused: they rest for a while, for all processes, and staff can read why."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col, select

from core.correspondence.tables import short

RESTS = timedelta(hours=1)
"""How long a refused template is not tried; after that one message finds out whether it is mended."""


class TemplateTrouble(SQLModel, table=True):
    """That a template of one of our accounts was refused, the last time it was."""

    __tablename__ = "template_trouble"

    channel: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    template: str = Field(primary_key=True)
    reason: str
    at: datetime


_TABLE = SQLModel.metadata.tables["template_trouble"]


def _refusing(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    values = {name: insert.excluded[name] for name in ("reason", "at")}
    return insert.on_conflict_do_update(index_elements=["channel", "account", "template"], set_=values)


_REFUSE: Mapping[str, sqlite.Insert | postgresql.Insert] = {
    "sqlite": _refusing(sqlite.insert(_TABLE)),
    "postgresql": _refusing(postgresql.insert(_TABLE)),
}


def refuse(session: Session, channel: str, account: str, template: str, reason: str, now: datetime) -> None:
    """The platform takes nothing by this template; `reason` is for staff."""
    values = {"channel": channel, "account": account, "template": template, "reason": short(reason)}
    session.connection().execute(_REFUSE[session.get_bind().dialect.name], values | {"at": now})


def rests(session: Session, channel: str, account: str, template: str, now: datetime) -> bool:
    """Whether it was refused so lately that it is not worth a try."""
    found = session.get(TemplateTrouble, (channel, account, template), populate_existing=True)
    return found is not None and found.at > now - RESTS


def troubles(session: Session, channel: str, account: str, since: datetime) -> Sequence[TemplateTrouble]:
    """The templates of the account that were refused at `since` or later, the latest refusal of each."""
    ours = select(TemplateTrouble).where(
        TemplateTrouble.channel == channel,
        TemplateTrouble.account == account,
        col(TemplateTrouble.at) >= since,
    )
    return session.exec(ours.order_by(col(TemplateTrouble.template))).all()
