"""What may still be said to a person where the platform counts: messages earned by what they did.

A trigger (they wrote, followed, pressed) is worth an `Allowance`, which is data of the channel. A template
that the person agreed to is a counter of its own, one message for each time they did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import CheckConstraint, UniqueConstraint, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col

from core.correspondence import Peer
from core.prepared import Prepared

TEMPLATE = "template:"
"""What the kind of a template's counter begins with; the template's id follows."""


class Grant(SQLModel, table=True):
    """What one kind of trigger still allows to be said to one person."""

    __tablename__ = "channel_grant"
    __table_args__ = (
        UniqueConstraint("channel", "account", "user", "kind"),
        CheckConstraint('"left" BETWEEN 0 AND earned', name="left_was_earned"),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    account: str
    user: str
    kind: str
    left: int
    earned: int
    """What it was worth; of a template, how often the person agreed since they last refused."""
    until: datetime | None = Field(default=None, index=True)
    """When the rest is worth nothing any more; None: never."""
    earned_at: datetime


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a trigger is worth: so many messages, for so long; `lasts` None: until they are used."""

    kind: str
    messages: int
    lasts: timedelta | None


@dataclass(frozen=True, slots=True)
class Budget:
    """How many messages a person may still be sent, templates aside."""

    left: int
    until: datetime | None
    """When the last of them is worth nothing any more. None: never, or nothing is left."""
    earned_at: datetime | None
    """When the person last did something that still counts, used up or not. None: nothing counts any more."""


class Unit(NamedTuple):
    """One message that was taken from a budget, to be given back if it was not used after all."""

    kind: str
    earned_at: datetime


class _Live(NamedTuple):
    """The columns of `_LIVE`."""

    id: int
    kind: str
    left: int
    until: datetime | None
    earned_at: datetime


_TABLE = SQLModel.metadata.tables["channel_grant"]
_G = _TABLE.c
_KEY = (*Peer._fields, "kind")
_COLUMNS = (*_KEY, "left", "earned", "until", "earned_at")


def _earning(insert: sqlite.Insert | postgresql.Insert) -> Prepared:
    # What is heard of late must not shorten what a later trigger has earned.
    values = {name: insert.excluded[name] for name in ("left", "earned", "until", "earned_at")}
    later = insert.excluded.earned_at >= _G.earned_at
    return Prepared(insert.on_conflict_do_update(index_elements=_KEY, set_=values, where=later), _COLUMNS)


def _accepting(insert: sqlite.Insert | postgresql.Insert) -> Prepared:
    values = {"left": _G.left + 1, "earned": _G.earned + 1}
    return Prepared(insert.on_conflict_do_update(index_elements=_KEY, set_=values), _COLUMNS)


_EARN = {"sqlite": _earning(sqlite.insert(_TABLE)), "postgresql": _earning(postgresql.insert(_TABLE))}
_ACCEPT = {"sqlite": _accepting(sqlite.insert(_TABLE)), "postgresql": _accepting(postgresql.insert(_TABLE))}
_of_peer = (
    _G.channel == bindparam("of_channel"),
    _G.account == bindparam("of_account"),
    _G.user == bindparam("of_user"),
)
_is_template = _G.kind.startswith(TEMPLATE, autoescape=True)
_LIVE = (
    select(_G.id, _G.kind, _G.left, _G.until, _G.earned_at)
    .where(*_of_peer, ~_is_template, or_(_G.until.is_(None), _G.until > bindparam("at", type_=_G.until.type)))
    .order_by(_G.id)
)
_LOCKED = _LIVE.with_for_update()
_ACCEPTED = select(_G.kind, _G.left).where(*_of_peer, _is_template, _G.left > 0).order_by(_G.kind)
_TAKE = (
    update(_TABLE)
    .where(_G.id == bindparam("of_id"), _G.left >= bindparam("part"))
    .values(left=_G.left - bindparam("part"))
)
_TAKE_TEMPLATE = Prepared(
    update(_TABLE)
    .where(*_of_peer, _G.kind == bindparam("of_kind"), _G.left > 0)
    .values(left=_G.left - 1)
    .returning(_G.earned_at)
)
_GIVE_BACK = (
    update(_TABLE)
    .where(
        *_of_peer,
        _G.kind == bindparam("of_kind"),
        _G.earned_at == bindparam("as_earned", type_=_G.earned_at.type),
        _G.left < _G.earned,
    )
    .values(left=_G.left + 1)
)


def template_kind(template: str) -> str:
    """The kind under which a template is counted."""
    return TEMPLATE + template


def earn(session: Session, peer: Peer, allowance: Allowance, now: datetime) -> None:
    """The person did something at `now` that is worth this. What is left of that kind does not add to it."""
    until = None if allowance.lasts is None else now + allowance.lasts
    _add(session, _EARN, peer, allowance.kind, allowance.messages, until, now)


def accept(session: Session, peer: Peer, template: str, now: datetime) -> None:
    """The person agreed to one more message by this template, at any time."""
    _add(session, _ACCEPT, peer, template_kind(template), 1, None, now)


def reject(session: Session, peer: Peer, template: str) -> None:
    """The person wants no messages by this template; what they agreed to before is worth nothing."""
    void(session, peer, template_kind(template))


def budget(session: Session, peer: Peer, now: datetime) -> Budget:
    """What this person may still be sent at `now`."""
    live = _live(session, peer, now)
    left = [grant for grant in live if grant.left > 0]
    last = max(left, key=_end, default=None)
    return Budget(
        sum(grant.left for grant in left),
        last.until if last else None,
        max((grant.earned_at for grant in live), default=None),
    )


def spend(
    session: Session, peer: Peer, now: datetime, *, keep: int = 0, messages: int = 1
) -> tuple[Unit, ...]:
    """Take `messages` units, what ends soonest first; none at all unless `keep` are left after that.

    Of several transactions at once each gets units of its own: the second waits for the first to end.
    """
    live = sorted(_live(session, peer, now, lock=True), key=_end)
    if sum(grant.left for grant in live) < messages + keep:
        return ()
    taken: list[Unit] = []
    for grant in live:
        part = min(grant.left, messages - len(taken))
        if part > 0 and session.connection().execute(_TAKE, {"of_id": grant.id, "part": part}).rowcount:
            taken += [Unit(grant.kind, grant.earned_at)] * part
    return tuple(taken)


def spend_template(session: Session, peer: Peer, template: str) -> tuple[Unit, ...]:
    """Take one message by this template; nothing if the person agreed to none that is left."""
    kind = template_kind(template)
    row = _TAKE_TEMPLATE.first(session, _key(peer) | {"of_kind": kind})
    return () if row is None else (Unit(kind, row[0]),)


def accepted(session: Session, peer: Peer) -> Mapping[str, int]:
    """The templates that this person may still be sent, and how often."""
    rows = session.connection().execute(_ACCEPTED, _key(peer))
    return {kind.removeprefix(TEMPLATE): left for kind, left in rows}


def give_back(session: Session, peer: Peer, units: Sequence[Unit]) -> None:
    """These did not reach the platform. What has been earned anew or made void meanwhile stays as it is."""
    for unit in units:
        which = {"of_kind": unit.kind, "as_earned": unit.earned_at}
        session.connection().execute(_GIVE_BACK, _key(peer) | which)


def void(
    session: Session, peer: Peer, kind: str | None = None, *, earned_before: datetime | None = None
) -> None:
    """The platform says that there is nothing left: of one kind, or of everything but the templates.

    What was earned at `earned_before` or later stays: the platform did not know of it when it said so.
    """
    which = [*_of_peer, ~_is_template if kind is None else _G.kind == kind]
    if earned_before is not None:
        which.append(_G.earned_at < earned_before)
    session.connection().execute(delete(_TABLE).where(*which), _key(peer))


def readdress(session: Session, peer: Peer, user: str) -> None:
    """The platform gave this person another name: what was earned under the former goes along.

    Where both have the same kind, what was earned last counts; what they agreed to by templates adds up.
    """
    for grant in _rows(session, peer):
        there = next(
            (one for one in _rows(session, peer._replace(user=user)) if one.kind == grant.kind), None
        )
        if there is None:
            grant.user = user
        else:
            if grant.kind.startswith(TEMPLATE):
                there.left, there.earned = there.left + grant.left, there.earned + grant.earned
                there.earned_at = max(there.earned_at, grant.earned_at)
            elif grant.earned_at > there.earned_at:
                there.left, there.earned = grant.left, grant.earned
                there.until, there.earned_at = grant.until, grant.earned_at
            session.delete(grant)
        session.flush()


def sweep(session: Session, now: datetime, limit: int = 500) -> int:
    """Forget up to `limit` grants whose time is over; how many went."""
    over = select(_G.id).where(_G.until <= now).order_by(_G.until).limit(limit)
    free = over.with_for_update(skip_locked=True)
    return session.connection().execute(delete(_TABLE).where(_G.id.in_(free))).rowcount


def _add(
    session: Session,
    how: Mapping[str, Prepared],
    peer: Peer,
    kind: str,
    messages: int,
    until: datetime | None,
    now: datetime,
) -> None:
    values = {"kind": kind, "left": messages, "earned": messages, "until": until, "earned_at": now}
    how[session.get_bind().dialect.name].changed(session, peer._asdict() | values)


def _live(session: Session, peer: Peer, now: datetime, *, lock: bool = False) -> list[_Live]:
    rows = session.connection().execute(_LOCKED if lock else _LIVE, _key(peer) | {"at": now})
    return [_Live(*row) for row in rows]


def _rows(session: Session, peer: Peer) -> list[Grant]:
    of = (
        col(Grant.channel) == peer.channel,
        col(Grant.account) == peer.account,
        col(Grant.user) == peer.user,
    )
    every = select(Grant).where(*of).order_by(col(Grant.id)).with_for_update()
    return list(session.execute(every.execution_options(populate_existing=True)).scalars())


def _end(grant: _Live) -> datetime:
    return grant.until or datetime.max.replace(tzinfo=UTC)


def _key(peer: Peer) -> dict[str, Any]:  # Any: what statements take
    return {"of_channel": peer.channel, "of_account": peer.account, "of_user": peer.user}
