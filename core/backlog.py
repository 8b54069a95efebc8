"""What is still to be done: messages that wait to be sent, and reminders that are due. Only looks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, literal_column, select
from sqlmodel import Session, SQLModel

from core.correspondence.tables import MESSAGE, unsent
from core.reminders import Status


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages on their way: how many, and since when the oldest of them waits. What is held is not."""

    messages: int = 0
    since: datetime | None = None


# Both are served by the partial indexes of what is unfinished, so they cost the same however long the
# record is. The status of a reminder is written out, so that both databases see that.
_UNSENT = (
    select(MESSAGE.c.channel, func.count(), func.min(MESSAGE.c.created_at))
    .where(unsent(MESSAGE), MESSAGE.c.due_at.is_not(None))
    .where(MESSAGE.c.channel.in_(bindparam("of_channels", expanding=True)))
    .group_by(MESSAGE.c.channel)
)
_REMINDER = SQLModel.metadata.tables["reminder"]
_DUE = select(func.count()).where(
    _REMINDER.c.status == literal_column(f"'{Status.WAITING.value}'"),
    _REMINDER.c.due_at <= bindparam("now", type_=_REMINDER.c.due_at.type),
)


def unsent_on(session: Session, channels: Collection[str]) -> dict[str, Waiting]:
    """What waits on each of these channels, those on which nothing does included."""
    rows = session.connection().execute(_UNSENT, {"of_channels": list(channels)})
    found = {channel: Waiting(messages, since) for channel, messages, since in rows}
    return {channel: found.get(channel, Waiting()) for channel in channels}


def reminders_due(session: Session, now: datetime) -> int:
    """How many reminders ought to have been looked at by now."""
    due: int = session.connection().execute(_DUE, {"now": now}).scalar_one()
    return due
