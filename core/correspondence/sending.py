"""Sending what is in the outbox: claimed, sent, postponed or given up, in order for each recipient."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import sqlalchemy
from sqlalchemy import bindparam, exists, func, or_, update
from sqlmodel import Session, col

from core.correspondence.recording import SENT, change
from core.correspondence.tables import LEASE, MESSAGE, UNSENT, Message, Status, short, unsent

_at = bindparam("at", type_=MESSAGE.c.due_at.type)
_earlier = MESSAGE.alias()
_CLAIMABLE = (
    sqlalchemy.select(MESSAGE.c.id)
    .where(
        unsent(MESSAGE),
        MESSAGE.c.channel.in_(bindparam("of_channels", expanding=True)),
        or_(MESSAGE.c.lease_until.is_(None), MESSAGE.c.lease_until <= _at),
    )
    .with_for_update(skip_locked=True)
)
_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
# True of every row; without a bound on due_at SQLite would read all that was ever said on the channel.
_ever = bindparam("ever", _END_OF_TIME, type_=MESSAGE.c.due_at.type)
_OVER = _CLAIMABLE.where(MESSAGE.c.due_at <= _ever, MESSAGE.c.expires_at <= _at)
_HEADS = (
    _CLAIMABLE.where(
        MESSAGE.c.due_at <= _at,
        ~exists().where(
            _earlier.c.channel == MESSAGE.c.channel,
            _earlier.c.account == MESSAGE.c.account,
            _earlier.c.user == MESSAGE.c.user,
            _earlier.c.id < MESSAGE.c.id,
            unsent(_earlier),
        ),
    )
    .order_by(MESSAGE.c.due_at, MESSAGE.c.id)
    .limit(bindparam("most"))
)


def claim(session: Session, channels: Collection[str], now: datetime, limit: int = 50) -> list[Message]:
    """Take up to `limit` messages to be sent on `channels`, for LEASE long, at most one per recipient.

    It is the recipient's oldest unsent one, so that a later line never overtakes an earlier one, whichever
    process sends it: the next is not to be had before the first was `sent`, given up or has expired. A
    lease that ran out makes a message due again, so that a crash between sending and `sent` sends twice.
    Commit before sending.
    """
    names = list(channels)
    if not names:
        return []
    connection = session.connection()
    for over in connection.execute(_OVER, {"of_channels": names, "at": now}).scalars().all():
        change(session, over, UNSENT, {"status": Status.EXPIRED, "lease_until": None})
    heads = connection.execute(_HEADS, {"of_channels": names, "at": now, "most": limit}).scalars().all()
    if not heads:
        return []
    claimed = session.exec(
        update(Message)
        .where(col(Message.id).in_(heads))
        .values(status=Status.SENDING, lease_until=now + LEASE, attempts=col(Message.attempts) + 1)
        .returning(Message)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).scalars()
    return sorted(claimed, key=lambda message: message.id or 0)


def sent(session: Session, message_id: int, now: datetime) -> None:
    """The channel has taken the message."""
    session.connection().execute(SENT, {"of_ids": [message_id], "at": now})


def postpone(session: Session, message_id: int, due_at: datetime, failure: str) -> None:
    """Sending failed for now: try again at `due_at`. What this person is told later waits behind it."""
    failed = {"lease_until": None, "failure": short(failure)}
    change(session, message_id, {Status.SENDING}, failed | {"status": Status.WAITING, "due_at": due_at})


def give_up(session: Session, message_id: int, failure: str) -> None:
    """It will never arrive; what this person is told later no longer waits for it."""
    failed = {"lease_until": None, "failure": short(failure)}
    change(session, message_id, UNSENT, failed | {"status": Status.UNDELIVERED})


def backlog(session: Session, now: datetime) -> tuple[int, timedelta]:
    """How many messages are still to arrive, and how long ago the oldest of them was posted."""
    waiting = sqlalchemy.select(func.count(), func.min(MESSAGE.c.created_at)).where(unsent(MESSAGE))
    still_wanted = or_(MESSAGE.c.expires_at.is_(None), MESSAGE.c.expires_at > now)
    count, oldest = session.connection().execute(waiting.where(still_wanted)).one()
    return count, now - oldest if oldest else timedelta()
