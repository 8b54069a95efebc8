"""What the page reads of the record, and the mark that it has read it: the web chat's only transactions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, func
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from channels.gone import watched_transaction
from core import clock, correspondence
from core.correspondence import UNSENT, Direction, Message, Peer, Status

PAGE = 50
"""Messages read at once."""


class Record:
    """The record of everything said, as far as one peer may see it. All of it blocks: call it in a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def latest(self, peer: Peer, *, before: int | None = None) -> tuple[list[Message], bool]:
        """The last page of messages (older than `before`), oldest first; True when there may be more."""
        with watched_transaction(self._engine) as session:
            wanted = _of(peer).order_by(col(Message.id).desc()).limit(PAGE)
            if before is not None:
                wanted = wanted.where(col(Message.id) < before)
            found = list(reversed(session.exec(wanted).all()))
            return _visible(found, clock.now()), len(found) == PAGE

    def since(self, peer: Peer, after: int) -> list[Message]:
        """Every message after `after`, and whatever was never shown before it, by id."""
        now = clock.now()
        with watched_transaction(self._engine) as session:
            found = {message.id: message for message in correspondence.pending(session, peer, now)}
            while page := correspondence.talk(session, peer, after=after, limit=PAGE):
                found |= {message.id: message for message in page}
                after = max(message.id or 0 for message in page)
        return _visible([found[id] for id in sorted(id for id in found if id is not None)], now)

    def taken(self, messages: Sequence[Message]) -> None:
        """The page has these now. Marks what waited for that as sent."""
        ids = [
            message.id
            for message in messages
            if message.direction is Direction.OUT and message.status in UNSENT and message.id is not None
        ]
        if ids:
            with watched_transaction(self._engine) as session:
                correspondence.mark_sent(session, ids, clock.now())

    def newest(self) -> int:
        """The highest id given out so far, of any channel."""
        with watched_transaction(self._engine) as session:
            return session.exec(select(func.max(Message.id))).one() or 0

    def news(self, after: int) -> list[tuple[int, Peer]]:
        """Every message after `after`, of any channel: a handful, and the primary key finds them."""
        columns = select(Message.id, Message.channel, Message.account, Message.user)
        with watched_transaction(self._engine) as session:
            rows = session.exec(
                columns.where(col(Message.id) > after).order_by(col(Message.id)).limit(5_000)
            ).all()
        return [(id, Peer(channel, account, user)) for id, channel, account, user in rows if id is not None]

    def seen(self, peer: Peer, up_to: int) -> None:
        """The person's page shows everything up to this id."""
        now = clock.now()
        with watched_transaction(self._engine) as session:
            waiting = [message.id for message in correspondence.pending(session, peer, now)]
            if ids := [id for id in waiting if id is not None and id <= up_to]:
                correspondence.mark_sent(session, ids, now)


def _of(peer: Peer) -> SelectOfScalar[Message]:
    return select(Message).where(
        Message.channel == peer.channel, Message.account == peer.account, Message.user == peer.user
    )


def _visible(messages: Sequence[Message], now: datetime) -> list[Message]:
    """Without what came too late to be said, or is not to be said yet."""
    return [message for message in messages if _is_visible(message, now)]


def _is_visible(message: Message, now: datetime) -> bool:
    if message.status not in UNSENT:
        return message.status is not Status.EXPIRED
    too_late = message.expires_at is not None and message.expires_at <= now
    too_early = message.due_at is not None and message.due_at > now
    return not (too_late or too_early)
