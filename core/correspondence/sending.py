"""Sending what is in the outbox: claimed, sent, postponed or given up, in order for each recipient."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any

import sqlalchemy
from sqlalchemy import Row, and_, bindparam, case, exists, literal_column, or_, update
from sqlmodel import Session

from core.correspondence.recording import change
from core.correspondence.tables import (
    BACKOFF,
    LEASE,
    MESSAGE,
    RESTS,
    UNSENT,
    Arrival,
    Claimed,
    Direction,
    Earlier,
    Peer,
    Purpose,
    Status,
    Taken,
    short,
    unsent,
)
from core.prepared import Prepared

MOST_TOGETHER = 20
"""More than so many notices are not looked at to be said in one message."""

_SILENT = "whoever was to send it never said what became of it"

_C = MESSAGE.c
_at = bindparam("at", type_=_C.due_at.type)
_of_account = and_(_C.channel == bindparam("of_channel"), _C.account == bindparam("of_account"))
_of_purpose = _C.purpose == bindparam("of_purpose", type_=_C.purpose.type)
_other = MESSAGE.alias()


def _is(status: Status, message: sqlalchemy.FromClause = MESSAGE) -> sqlalchemy.ColumnElement[bool]:
    # Written out, as in `unsent`.
    return message.c.status == literal_column(f"'{status.value}'")


_BULK: sqlalchemy.ColumnElement[str] = literal_column(f"'{Purpose.BULK.value}'")
_is_bulk, _other_is_bulk = _of_purpose.right == _BULK, _other.c.purpose == _BULK


def _rests(message: sqlalchemy.FromClause) -> sqlalchemy.ColumnElement[bool]:
    return and_(
        _is(Status.WAITING, message), message.c.way.is_not_distinct_from(literal_column(f"'{RESTS}'"))
    )


# What goes to everybody lets everything else of this person go first, unless it is already on its way.
_goes_first = and_(
    _other.c.channel == _C.channel,
    _other.c.account == _C.account,
    _other.c.user == _C.user,
    _other.c.id != _C.id,
    unsent(_other),
    _other.c.due_at.is_not(None),  # what is held waits for its person, and nothing waits for it
    or_(~_rests(_other), _other.c.due_at <= _at),  # nor for what waits for the morning
    or_(
        and_(_other.c.id < _C.id, or_(_is_bulk, ~_other_is_bulk, _is(Status.SENDING, _other))),
        and_(_is_bulk, ~_other_is_bulk),
    ),
)
_HEADS = (
    sqlalchemy.select(_C.id)
    .where(unsent(MESSAGE), _of_account, _of_purpose, _C.due_at <= _at)
    .where(
        or_(_C.lease_until.is_(None), _C.lease_until <= _at),
        or_(_C.expires_at.is_(None), _C.expires_at > _at),
    )
    .where(~exists().where(_goes_first))
    .order_by(_C.due_at, _C.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_TAKEN = (_C.id, _C.channel, _C.account, _C.user, _C.body, _C.content, _C.purpose, _C.attempts, _C.parts_sent)
_TAKE = (
    update(MESSAGE)
    .where(_C.id.in_(bindparam("of_ids", expanding=True)))
    .values(status=Status.SENDING, lease_until=bindparam("until"), attempts=_C.attempts + 1)
    .returning(*_TAKEN)
)
_EARLIER = Prepared(
    sqlalchemy.select(_C.id, _C.receipt, _C.body, _C.content).where(
        _C.id == bindparam("of_id"), _C.receipt.is_not(None)
    )
)
_WAITS = Prepared(
    sqlalchemy.select(_C.id)
    .where(
        _of_account,
        _C.user == bindparam("of_user"),
        unsent(MESSAGE),
        _C.due_at.is_not(None),
        ~_rests(MESSAGE),
        or_(_C.purpose != _BULK, _is(Status.SENDING)),
    )
    .limit(literal_column("1"))
)
_held = and_(
    _of_account,
    _C.user == bindparam("of_user"),
    unsent(MESSAGE),
    _is(Status.WAITING),
    or_(_C.expires_at.is_(None), _C.expires_at > _at),
)
_HELD = Prepared(sqlalchemy.select(_C.id).where(_held).limit(literal_column("1")))
_TAKE_ALONG = (
    update(MESSAGE)
    .where(_held)
    .values(status=Status.SENT, sent_at=_at, lease_until=None, way="direct:answer")
    .returning(_C.id, _C.body, _C.content)
)
_AFTER = (
    sqlalchemy.select(*_TAKEN, _C.due_at, _C.lease_until, _C.expires_at)
    .where(_of_account, _C.user == bindparam("of_user"), unsent(MESSAGE), _C.id > bindparam("of_id"))
    .order_by(_C.id)
    .limit(literal_column(str(MOST_TOGETHER)))
)
_FREE = (
    sqlalchemy.select(_C.id)
    .where(_C.id.in_(bindparam("of_ids", expanding=True)), unsent(MESSAGE))
    .where(or_(_C.lease_until.is_(None), _C.lease_until <= _at))
    .with_for_update(skip_locked=True)
)
_longest = bindparam("longest", type_=_C.due_at.type)
# A clock that went ahead was set back: nobody is to wait until it is as late again.
_SET_RIGHT = (
    update(MESSAGE)
    .where(unsent(MESSAGE), _of_account)
    .where(
        or_(
            _C.lease_until > _longest,
            and_(_C.attempts > 0, _C.due_at > _longest, ~_rests(MESSAGE)),
            and_(_is(Status.WAITING), _C.due_at > _at, _C.due_at == _C.created_at),
        )
    )
    .values(due_at=_at, lease_until=case((_C.lease_until.is_not(None), _at)))
)
_FATE = (_C.status, _C.due_at, _C.lease_until, _C.sent_at, _C.receipt, _C.failure, _C.way)
_SENT = Prepared(
    update(MESSAGE)
    .where(_C.id == bindparam("of_id"), _C.direction != Direction.IN)
    .values(
        status=Status.SENT,
        sent_at=bindparam("at"),
        receipt=bindparam("as_receipt"),
        lease_until=None,
        failure=None,
    )
)


def claim(session: Session, channel: str, account: str, now: datetime, limit: int = 50) -> list[Claimed]:
    """Take up to `limit` messages to be sent from one account, for LEASE long, at most one per recipient.

    The urgent ones first, and of one recipient the oldest, so that a later line never overtakes an earlier
    one, whichever process sends it: the next is not to be had before the first was `sent`, given up or has
    expired. Only what goes to everybody is overtaken. A lease that ran out makes a message due again, so
    that a crash between sending and `sent` sends twice; see `sweep` for what must not. Commit before sending.
    """
    connection = session.connection()
    taken: list[Row[Any]] = []  # Any: the columns of _TAKEN
    for purpose in Purpose:
        if (room := limit - len(taken)) <= 0:
            break
        which = {"of_channel": channel, "of_account": account, "of_purpose": purpose, "at": now, "most": room}
        if heads := connection.execute(_HEADS, which).scalars().all():
            values = {"of_ids": heads, "until": now + LEASE}
            taken += sorted(connection.execute(_TAKE, values).all(), key=lambda row: row.id)
    return with_earlier(session, [_claimed(row) for row in taken])


def following(session: Session, message: Claimed, now: datetime) -> list[Claimed]:
    """The notices that may be said together with a claimed one, in order; what is held is among them.

    Up to the first that has to come by itself or later. They are nobody's yet: see `take_together`.
    """
    channel, account, user = message.peer
    which = {"of_channel": channel, "of_account": account, "of_user": user, "of_id": message.id}
    found: list[Claimed] = []
    row: Any  # the columns of _AFTER
    for row in session.connection().execute(_AFTER, which).all():
        if row.purpose is Purpose.BULK or (row.expires_at is not None and row.expires_at <= now):
            continue  # lets everything else go first, or is not said any more
        times = (row.lease_until, row.due_at)
        if (
            any(at is not None and at > now for at in times)
            or row.purpose is not Purpose.NOTICE
            or row.parts_sent
            or touched(row.content)
        ):
            break
        found.append(_claimed(row))
    return found


def take_together(session: Session, messages: Sequence[Claimed], now: datetime) -> list[Claimed]:
    """Claim these along with the one they follow; up to the first that somebody else changes just now."""
    ids = [message.id for message in messages]
    free = set(session.connection().execute(_FREE, {"of_ids": ids, "at": now}).scalars()) if ids else set()
    taken = list(takewhile(lambda message: message.id in free, messages))
    if taken:
        values = {"of_ids": [message.id for message in taken], "until": now + LEASE}
        session.connection().execute(_TAKE, values).all()
    return taken


def likewise(session: Session, message: Claimed) -> None:
    """What became of a message became of all that was said along with it."""
    if message.along:
        fate = session.connection().execute(sqlalchemy.select(*_FATE).where(_C.id == message.id)).one()
        theirs = update(MESSAGE).where(_C.id.in_(message.along), unsent(MESSAGE))
        session.connection().execute(theirs.values(fate._asdict()))


def with_earlier(session: Session, claimed: Sequence[Claimed]) -> list[Claimed]:
    """The same, each with the message on the person's screen that it closes or replaces, if that is there."""
    return [one._replace(earlier=_earlier(session, touched(one.content))) for one in claimed]


def _earlier(session: Session, id: int | None) -> Earlier | None:
    row = None if id is None else _EARLIER.first(session, {"of_id": id})
    return Earlier(*row) if row else None


def touched(content: Mapping[str, Any]) -> int | None:  # Any: JSON
    """Which earlier message, by id, one with this content closes or replaces."""
    id = content.get("replaces") or content.get("closes")
    return int(id) if id is not None else None


def is_next(session: Session, peer: Peer) -> bool:
    """Whether what is posted to this person now would be the next to be sent to them."""
    key = {"of_channel": peer.channel, "of_account": peer.account, "of_user": peer.user}
    return _WAITS.first(session, key) is None


def sweep(session: Session, channel: str, account: str, now: datetime, *, repeats: bool = False) -> None:
    """Put away what is not to be sent any more: what has expired, and what must not be risked twice.

    Where the channel `repeats`, nothing is: what it sends again is shown once. What waits for an hour that
    a wrong clock gave it is due at once.
    """
    ours = (unsent(MESSAGE), _C.channel == channel, _C.account == account)
    which = {"of_channel": channel, "of_account": account, "at": now, "longest": now + max(BACKOFF)}
    session.connection().execute(_SET_RIGHT, which)
    free = or_(_C.lease_until.is_(None), _C.lease_until <= now)
    over = update(MESSAGE).where(*ours, _C.expires_at <= now, free)
    session.connection().execute(over.values(status=Status.EXPIRED, lease_until=None))
    if repeats:
        return
    lost = update(MESSAGE).where(
        *ours, _C.purpose == Purpose.BULK, _is(Status.SENDING), _C.lease_until <= now
    )
    put_away = {"status": Status.UNKNOWN, "lease_until": None, "failure": _SILENT}
    session.connection().execute(lost.values(put_away))


def end_leases(session: Session, channel: str, account: str, now: datetime) -> None:
    """Whoever was sending from this account before `now` is gone: what they claimed may be claimed again."""
    ours = (unsent(MESSAGE), _C.channel == channel, _C.account == account, _is(Status.SENDING))
    theirs = update(MESSAGE).where(*ours, _C.lease_until < now + LEASE)
    session.connection().execute(theirs.values(lease_until=now))


def arrived(session: Session, arrivals: Sequence[Arrival]) -> None:
    """Several messages were taken by their channels."""
    for id, at, receipt in arrivals:
        sent(session, id, at, receipt=receipt)


def sent(session: Session, message_id: int, now: datetime, *, receipt: str | None = None) -> None:
    """The channel has taken the message, and calls it `receipt`."""
    _SENT.changed(session, {"of_id": message_id, "at": now, "as_receipt": receipt})


def bounce(session: Session, peer: Peer, receipt: str, why: str, now: datetime) -> None:
    """What was sent to this person, and the platform calls `receipt`, did not arrive after all.

    It is due again, and its content says "bounced", so that another way is found. Harmless if there is none.
    """
    theirs = and_(_C.channel == peer.channel, _C.account == peer.account, _C.user == peer.user)
    which = and_(theirs, _C.direction != Direction.IN, _C.receipt == receipt, _is(Status.SENT))
    found = session.connection().execute(sqlalchemy.select(_C.id, _C.content).where(which).with_for_update())
    for id, content in found.all():
        values = {"status": Status.WAITING, "due_at": now, "sent_at": None, "receipt": None}
        values |= {"failure": short(why), "content": content | {"bounced": True}}
        change(session, id, {Status.SENT}, values)


def unsure(
    session: Session, message: Claimed, due_at: datetime, failure: str, *, parts_sent: int = 0
) -> None:
    """It may have arrived or not. What is harmless twice is tried again at `due_at`, anything else is not."""
    if message.purpose is Purpose.BULK:
        put_away = {"status": Status.UNKNOWN, "lease_until": None, "failure": short(failure)}
        change(session, message.id, {Status.SENDING}, put_away)
    else:
        postpone(session, message.id, due_at, failure, parts_sent=parts_sent)


def postpone(
    session: Session, message_id: int, due_at: datetime, failure: str, *, parts_sent: int = 0
) -> None:
    """Sending failed for now: try again at `due_at`. What this person is told later waits behind it."""
    values: dict[str, object] = {"lease_until": None, "failure": short(failure), "parts_sent": parts_sent}
    change(session, message_id, {Status.SENDING}, values | {"status": Status.WAITING, "due_at": due_at})


def put_off(session: Session, message_id: int, due_at: datetime) -> None:
    """What was just posted is sent at `due_at` and not before."""
    change(session, message_id, {Status.WAITING}, {"due_at": due_at})


def rest(session: Session, message_id: int, until: datetime) -> None:
    """What was claimed may wake nobody: it is sent at `until`, and what is urgent does not wait behind it."""
    values = {"status": Status.WAITING, "lease_until": None, "due_at": until, "way": RESTS}
    change(session, message_id, {Status.SENDING}, values | {"attempts": _C.attempts - 1})


def hold(session: Session, message_id: int, way: str, *, parts_sent: int = 0) -> None:
    """There is no way to this person now (`way` says why): keep it until `release`, or until it expires.

    What they are told later does not wait behind it.
    """
    values: dict[str, object] = {"lease_until": None, "due_at": None, "way": short(way)}
    change(session, message_id, UNSENT, values | {"status": Status.WAITING, "parts_sent": parts_sent})


def release(session: Session, peer: Peer, now: datetime, *, most: int | None = None) -> int:
    """This person can be written to again: what was held for them is due, the oldest first; how many.

    At most `most` of them; the rest is held until the next time.
    """
    theirs = and_(_C.channel == peer.channel, _C.account == peer.account, _C.user == peer.user)
    held = sqlalchemy.select(_C.id).where(theirs, unsent(MESSAGE), _C.due_at.is_(None)).order_by(_C.id)
    ids = session.connection().execute(held.limit(most)).scalars().all()
    if ids:
        session.connection().execute(update(MESSAGE).where(_C.id.in_(ids)).values(due_at=now))
    return len(ids)


def take_along(session: Session, peer: Peer, now: datetime) -> list[Taken]:
    """What waits for this person, in order, to be said in an answer; it counts as sent."""
    values = {"of_channel": peer.channel, "of_account": peer.account, "of_user": peer.user, "at": now}
    if _HELD.first(session, values) is None:
        return []
    rows = sorted(session.connection().execute(_TAKE_ALONG, values).all(), key=lambda row: row.id)
    return [Taken(row.body, row.content) for row in rows]


def goes(session: Session, message_id: int, way: str) -> None:
    """Note which way a message goes, for staff to read."""
    session.connection().execute(update(MESSAGE).where(_C.id == message_id).values(way=short(way)))


def give_up(session: Session, message_id: int, failure: str) -> None:
    """It will never arrive; what this person is told later no longer waits for it."""
    failed = {"lease_until": None, "failure": short(failure)}
    change(session, message_id, UNSENT, failed | {"status": Status.UNDELIVERED})


def came_back(session: Session, peer: Peer, message_id: int, failure: str) -> Claimed | None:
    """A message that its channel had taken did not reach this person after all.

    None if there is no such message to them, or if it is known already not to have arrived.
    """
    which = (_C.id == message_id, _C.direction == Direction.OUT, _C.status.in_((*UNSENT, Status.SENT)))
    theirs = and_(_C.channel == peer.channel, _C.account == peer.account, _C.user == peer.user)
    lost = update(MESSAGE).where(*which, theirs).values(status=Status.UNDELIVERED, failure=short(failure))
    row = session.connection().execute(lost.values(lease_until=None).returning(*_TAKEN)).one_or_none()
    return _claimed(row) if row else None


def _claimed(row: Row[Any]) -> Claimed:  # Any: the columns of _TAKEN
    peer = Peer(row.channel, row.account, row.user)
    return Claimed(row.id, peer, row.body, row.content, row.purpose, row.attempts, row.parts_sent)
