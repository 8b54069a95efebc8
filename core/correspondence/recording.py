"""Putting down what was said, in and out, and reading it back; the statements of every turn are made once."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, literal_column, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from core.correspondence.tables import (
    FAILURES_BEFORE_SET_ASIDE,
    LEASE,
    MESSAGE,
    Direction,
    Failed,
    Fate,
    Message,
    Peer,
    Purpose,
    Recorded,
    Status,
    kept,
    short,
    unsent,
)
from core.prepared import Prepared

REWORDED = 200
MOST_IN_ALBUM = 10
"""No platform sends more pictures in one go."""

_SAID = (
    "direction",
    *Peer._fields,
    "kind",
    "body",
    "content",
    "status",
    "attempts",
    "parts_sent",
    "created_at",
)
_POST = Prepared(
    insert(MESSAGE).returning(MESSAGE.c.id),
    (*_SAID, "answers_id", "purpose", "due_at", "lease_until", "expires_at"),
)
_UNSHOWN = (
    select(Message)
    .where(Message.channel == bindparam("of_channel"), Message.account == bindparam("of_account"))
    .where(unsent(MESSAGE), Message.purpose == literal_column(f"'{Purpose.NOTICE.value}'"))
    .where(MESSAGE.c.due_at <= bindparam("at", type_=MESSAGE.c.due_at.type))
    .where(
        or_(
            MESSAGE.c.due_at <= bindparam("before", type_=MESSAGE.c.due_at.type),
            MESSAGE.c.expires_at <= bindparam("soon", type_=MESSAGE.c.due_at.type),
        )
    )
    .order_by(MESSAGE.c.due_at, MESSAGE.c.id)
    .limit(100)
    .with_for_update(skip_locked=True)
)
_INBOUND_KEY = ("direction", "channel", "account", "external_id")
_RECORD = {
    name: Prepared(
        insert(MESSAGE).on_conflict_do_nothing(index_elements=_INBOUND_KEY).returning(MESSAGE.c.id),
        (*_SAID, "external_id"),
    )
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
# "Not in" instead of "out": an equality would let SQLite go through all that was ever said to anybody, by
# the unique key that begins with the direction, as soon as there are more than a few ids.
SENT = (
    update(MESSAGE)
    .where(MESSAGE.c.direction != Direction.IN, MESSAGE.c.id.in_(bindparam("of_ids", expanding=True)))
    .values(status=Status.SENT, sent_at=bindparam("at"), lease_until=None, failure=None)
)


def record(
    session: Session,
    peer: Peer,
    *,
    external_id: str,
    kind: str,
    body: str,
    content: Mapping[str, object],
    now: datetime,
) -> Recorded:
    """Put down what a person said, unless it stands there already under the channel's own id.

    While another turn records the same message, this waits for that turn to end (PostgreSQL; SQLite has
    one turn at a time). What no database can keep (NUL, lone surrogates) becomes U+FFFD.
    """
    values = _said(peer, kind, body, content, now)
    values |= {"direction": Direction.IN, "external_id": kept(external_id), "status": Status.RECEIVED}
    if row := _RECORD[session.get_bind().dialect.name].first(session, values):
        return Recorded(row[0], Fate.NEW)
    found = _recorded(session, peer, external_id)
    assert found.id is not None
    return Recorded(found.id, Fate.AGAIN if found.status == Status.FAILING else Fate.REPEATED)


def fail(
    session: Session,
    peer: Peer,
    *,
    external_id: str,
    kind: str,
    body: str,
    content: Mapping[str, object],
    failure: str,
    now: datetime,
) -> Failed:
    """Keep a message whose turn was rolled back, and how often that happened so far.

    At FAILURES_BEFORE_SET_ASIDE it is set aside. A message that another delivery answered meanwhile stays
    answered. For a transaction of its own, after the failed one.
    """
    values = _said(peer, kind, body, content, now)
    values |= {"direction": Direction.IN, "external_id": kept(external_id), "status": Status.FAILING}
    _RECORD[session.get_bind().dialect.name].first(session, values)
    message = _recorded(session, peer, external_id)
    if message.status == Status.FAILING:
        message.attempts += 1
        message.failure = short(failure)
        if message.attempts >= FAILURES_BEFORE_SET_ASIDE:
            message.status = Status.SET_ASIDE
        session.flush()
    assert message.id is not None
    return Failed(message.id, message.attempts)


def settle(session: Session, message_id: int) -> None:
    """The turn of a message that failed before has succeeded now."""
    change(session, message_id, {Status.FAILING}, {"status": Status.RECEIVED, "failure": None})


def post(
    session: Session,
    peer: Peer,
    *,
    kind: str = "text",
    body: str,
    content: Mapping[str, object],
    purpose: Purpose = Purpose.NOTICE,
    answers_id: int | None = None,
    expires_at: datetime | None = None,
    claimed: bool = False,
    now: datetime,
) -> int:
    """Put one message to a person into the outbox, due now; returns its id.

    It is dropped unsent at `expires_at`. Messages of one transaction are sent in the order they were posted.
    With `claimed`, it is the caller's to send at once, as if taken by `claim`.
    """
    values = _said(peer, kind, body, content, now)
    values |= {"direction": Direction.OUT, "answers_id": answers_id, "purpose": purpose}
    values |= {"due_at": now, "expires_at": expires_at, "attempts": int(claimed)}
    values |= {
        "status": Status.SENDING if claimed else Status.WAITING,
        "lease_until": now + LEASE if claimed else None,
    }
    row = _POST.first(session, values)
    assert row is not None
    return int(row[0])


def answers(session: Session, message_id: int) -> list[Message]:
    """What was answered to an inbound message, in order, whether or not it has arrived."""
    return list(
        session.exec(select(Message).where(Message.answers_id == message_id).order_by(col(Message.id)))
    )


def talk(session: Session, peer: Peer, *, after: int = 0, limit: int = 200) -> list[Message]:
    """What was said in both directions, in order, without what expired unsent.

    The newest `limit` messages, or those that follow the message `after`. A message of a transaction that
    ends late may appear behind one with a higher id: deliver by `pending`, never by the last id seen.
    """
    said = select(Message).where(*_with(peer), col(Message.status) != Status.EXPIRED).limit(limit)
    if after:
        return list(session.exec(said.where(col(Message.id) > after).order_by(col(Message.id))))
    return list(reversed(session.exec(said.order_by(col(Message.id).desc())).all()))


def of_album(session: Session, peer: Peer, album: str, before: int) -> str | None:
    """The file of one of this person's latest pictures, older than the message `before`, of this album."""
    pictures = select(Message.content).where(
        *_with(peer),
        col(Message.direction) == Direction.IN,
        Message.kind == "photo",
        col(Message.id) < before,
    )
    latest = session.exec(pictures.order_by(col(Message.id).desc()).limit(MOST_IN_ALBUM))
    return next((content["media"] for content in latest if content.get("album") == album), None)


def last_told(session: Session, peer: Peer) -> Message | None:
    """The newest message to this person, whether or not it has arrived."""
    told = select(Message).where(*_with(peer), col(Message.direction) == Direction.OUT)
    return session.exec(told.order_by(col(Message.id).desc()).limit(1)).first()


def last_heard(session: Session, peer: Peer) -> int | None:
    """The number of the newest message from this person; None where they never wrote."""
    heard = select(Message.id).where(*_with(peer), col(Message.direction) == Direction.IN)
    return session.exec(heard.order_by(col(Message.id).desc()).limit(1)).first()


def pending(session: Session, peer: Peer, now: datetime) -> list[Message]:
    """What waits to be fetched by this person's own page, in order."""
    return list(
        session.exec(
            select(Message)
            .where(*_with(peer), unsent(MESSAGE), Message.status == Status.WAITING)
            .where(or_(col(Message.expires_at).is_(None), col(Message.expires_at) > now))
            .order_by(col(Message.id))
        )
    )


def unshown(
    session: Session, channel: str, account: str, patience: timedelta, now: datetime
) -> list[Message]:
    """Notices that people's own pages may not have shown in time, the oldest first; locked.

    Those that wait for `patience`, and those that will soon be worth nothing. What is held is not among them.
    """
    which = {"of_channel": channel, "of_account": account, "at": now}
    which |= {"before": now - patience, "soon": now + 2 * patience}
    return list(session.execute(_UNSHOWN, which).scalars())


def is_shown_to(session: Session, message: Message, peer: Peer) -> bool:
    """Whether another account of its person has been shown the same, said at the same moment."""
    same = copy_of(session, message, peer)
    return same is not None and same.status is Status.SENT


def copy_of(session: Session, message: Message, peer: Peer) -> Message | None:
    """The same, as it was said at the same moment to another account of its person."""
    same = (Message.created_at == message.created_at, Message.body == message.body)
    return session.exec(select(Message).where(*_with(peer), *same).limit(1)).first()


def reword(session: Session, peer: Peer, since: datetime, change: Callable[[str], str]) -> None:
    """Change the words of what was said by and to this person since then, buttons and all.

    Only the last REWORDED of it: nobody says more in the minutes this is for.
    """
    newest = select(Message).where(*_with(peer)).order_by(col(Message.id).desc()).limit(REWORDED)
    for message in session.exec(newest.execution_options(populate_existing=True)).all():
        if message.created_at < since:
            break
        body, content = change(message.body), _within(message.content, change)
        if (body, content) != (message.body, message.content):
            message.body, message.content = body, content
    session.flush()


def mark_sent(session: Session, ids: Collection[int], now: datetime) -> None:
    """These messages have arrived. Ids of inbound messages are passed over."""
    if ids:
        session.connection().execute(SENT, {"of_ids": list(ids), "at": now})


def _said(
    peer: Peer, kind: str, body: str, content: Mapping[str, object], now: datetime
) -> dict[str, object]:
    words = {"kind": kind, "body": kept(body), "content": _within(content, kept)}
    return {**peer._asdict(), **words, "attempts": 0, "parts_sent": 0, "created_at": now}


def _recorded(session: Session, peer: Peer, external_id: str) -> Message:
    key = (Message.direction == Direction.IN, Message.external_id == kept(external_id))
    of_account = (Message.channel == peer.channel, Message.account == peer.account)
    found = select(Message).where(*key, *of_account).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).one()


def _with(peer: Peer) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Message.channel) == peer.channel,
        col(Message.account) == peer.account,
        col(Message.user) == peer.user,
    )


def _within(value: Any, change: Callable[[str], str]) -> Any:  # Any: JSON
    """The same with all words in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _within(each, change) for key, each in value.items()}
    return [_within(each, change) for each in value] if isinstance(value, (list, tuple)) else value


def change(session: Session, id: int, before: Collection[Status], values: Mapping[str, object]) -> None:
    """Change a message, if it stands where one of `before` says."""
    which = (col(Message.id) == id, col(Message.status).in_(before))
    session.exec(update(Message).where(*which).values(dict(values)))


def readdress(session: Session, peer: Peer, user: str) -> None:
    """The conversation goes on under another address: so does what still waits for it."""
    waiting = update(MESSAGE).where(*_with(peer), unsent(MESSAGE))
    session.connection().execute(waiting.values(user=user))
