"""Where conversations are kept between two messages: one row each, locked while a turn is taken."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    UniqueConstraint,
    and_,
    bindparam,
    insert,
    text,
    update,
)
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Field, Session, SQLModel, col, select

from bot.state import State
from core.correspondence import Peer
from core.policies import Policies
from core.prepared import Prepared

_revision = Column("revision", Integer, nullable=False)


class Conversation(SQLModel, table=True):
    """One person on one channel.

    `state` is a `bot.state.State`; `nudge_at` and `forget_at` belong to its draft.
    """

    __table_args__ = (
        UniqueConstraint("channel", "account", "user"),
        Index(
            "ix_conversation_nudge_at",
            "nudge_at",
            sqlite_where=text("nudge_at IS NOT NULL"),
            postgresql_where=text("nudge_at IS NOT NULL"),
        ),
        Index(
            "ix_conversation_forget_at",
            "forget_at",
            sqlite_where=text("forget_at IS NOT NULL"),
            postgresql_where=text("forget_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    account: str
    user: str
    state: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # Any: a State as JSON
    revision: int = Field(default=1, sa_column=_revision)
    """Counts the turns taken, so that two at once cannot both be saved."""
    updated_at: datetime
    nudge_at: datetime | None = None
    """When the person is reminded of a form left lying; None when there is none, or they were."""
    forget_at: datetime | None = None
    """When a form left lying is dropped."""

    __mapper_args__ = {"version_id_col": _revision}

    @property
    def peer(self) -> Peer:
        """Whom this conversation is with."""
        return Peer(self.channel, self.account, self.user)

    @property
    def held(self) -> "Held":
        """The same, as a turn has it."""
        assert self.id is not None
        return Held(self.id, self.revision, self.state)


class Held(NamedTuple):
    """A conversation as a turn has it: locked until the transaction ends."""

    id: int
    revision: int
    state: dict[str, Any]  # Any: a State as JSON


_TABLE = SQLModel.metadata.tables["conversation"]
_C = _TABLE.c
_with = and_(
    _C.channel == bindparam("of_channel"),
    _C.account == bindparam("of_account"),
    _C.user == bindparam("of_user"),
)
_LOAD = Prepared(sqlalchemy.select(_C.id, _C.revision, _C.state).where(_with).with_for_update())
_BEGIN = Prepared(
    insert(_TABLE).returning(_C.id, _C.revision, _C.state),
    ("channel", "account", "user", "state", "revision", "updated_at"),
)
_SAVE = Prepared(
    update(_TABLE)
    .where(_C.id == bindparam("of_id"), _C.revision == bindparam("of_revision"))
    .values(
        state=bindparam("now_state"),
        revision=_C.revision + 1,
        updated_at=bindparam("now"),
        nudge_at=bindparam("nudged"),
        forget_at=bindparam("forgotten"),
    )
)


def load(session: Session, peer: Peer, now: datetime) -> Held:
    """The conversation with a person, locked until the transaction ends; a new one at first sight.

    Two first messages at once raise IntegrityError in one of the turns, which is then taken again.
    """
    found = _LOAD.first(session, _key(peer))
    if found is None:
        values = {**peer._asdict(), "state": {}, "revision": 1, "updated_at": now}
        found = _BEGIN.first(session, values)
        assert found is not None
    return Held(*found)


def peek(session: Session, peer: Peer) -> dict[str, Any]:  # Any: a State as JSON
    """Where somebody's conversation stood last, without a lock, to be read only; {} where there is none."""
    of = (_C.channel == peer.channel, _C.account == peer.account, _C.user == peer.user)
    found = session.connection().execute(sqlalchemy.select(_C.state).where(*of)).scalar()
    return dict(found or {})


def save(session: Session, held: Held, state: State, policies: Policies, now: datetime) -> None:
    """Keep where the conversation stands, and when a form left lying is reminded of and dropped.

    Raises StaleDataError when another turn was saved meanwhile.
    """
    nudged, forgotten = _lies_until(state, policies, now)
    values = {
        "of_id": held.id,
        "of_revision": held.revision,
        "now_state": state.model_dump(mode="json", exclude_defaults=True),
        "now": now,
        "nudged": nudged,
        "forgotten": forgotten,
    }
    if _SAVE.changed(session, values) != 1:
        raise StaleDataError("the conversation was saved by another turn")


def _lies_until(state: State, policies: Policies, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When the form is reminded of and when it is dropped, if there is one."""
    if state.form is None:
        return None, None
    if state.form.passing:
        return None, now + timedelta(minutes=policies.passing_minutes)
    idle, draft = timedelta(minutes=policies.idle_minutes), timedelta(hours=policies.draft_hours)
    return now + idle, now + draft


def _key(peer: Peer) -> dict[str, str]:
    return {"of_channel": peer.channel, "of_account": peer.account, "of_user": peer.user}


def readdress(session: Session, peer: Peer, user: str) -> None:
    """The conversation goes on under another name, unless one is held there already."""
    if _LOAD.first(session, _key(peer._replace(user=user))) is None:
        session.connection().execute(update(_TABLE).where(_with).values(user=user), _key(peer))


def idle(session: Session, now: datetime, limit: int = 50) -> list[Conversation]:
    """Conversations whose form was left lying long enough for a reminder, locked; others' locks are passed
    by."""
    wanted = select(Conversation).where(col(Conversation.nudge_at) <= now)
    return list(
        session.exec(
            wanted.order_by(col(Conversation.nudge_at)).limit(limit).with_for_update(skip_locked=True)
        )
    )


def forgotten(session: Session, now: datetime, limit: int = 50) -> list[Conversation]:
    """Conversations whose form is to be dropped, locked; others' locks are passed by."""
    wanted = select(Conversation).where(col(Conversation.forget_at) <= now)
    return list(
        session.exec(
            wanted.order_by(col(Conversation.forget_at)).limit(limit).with_for_update(skip_locked=True)
        )
    )
