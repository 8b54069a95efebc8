"""Where conversations are kept between two messages: one row each, locked while a turn is taken."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, Index, Integer, UniqueConstraint, bindparam, text
from sqlmodel import Field, Session, SQLModel, col, select

from bot.messages import Sender
from bot.state import State
from core.correspondence import Peer
from core.policies import Policies

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
    def sender(self) -> Sender:
        """Whom this conversation is with, as messages call them."""
        return Sender(self.channel, self.account, self.user)


_OF = (
    select(Conversation)
    .where(
        Conversation.channel == bindparam("of_channel"),
        Conversation.account == bindparam("of_account"),
        Conversation.user == bindparam("of_user"),
    )
    .with_for_update()
)


def _key(sender: Sender) -> dict[str, str]:
    return {"of_channel": sender.channel, "of_account": sender.account, "of_user": sender.user}


def load(session: Session, sender: Sender, now: datetime) -> Conversation:
    """The conversation with a person, locked until the transaction ends; a new one at first sight.

    Two first messages at once raise IntegrityError in one of the turns, which is then taken again.
    """
    conversation = session.execute(_OF, _key(sender)).scalar_one_or_none()
    if conversation is None:
        conversation = Conversation(
            channel=sender.channel, account=sender.account, user=sender.user, updated_at=now
        )
        session.add(conversation)
        session.flush()
    return conversation


def save(conversation: Conversation, state: State, policies: Policies, now: datetime) -> None:
    """Keep where the conversation stands, and when a form left lying is reminded of and dropped."""
    conversation.state = state.model_dump(mode="json", exclude_defaults=True)
    conversation.updated_at = now
    lying = state.form is not None
    conversation.nudge_at = now + timedelta(minutes=policies.idle_minutes) if lying else None
    conversation.forget_at = now + timedelta(hours=policies.draft_hours) if lying else None


def readdress(session: Session, peer: Peer, user: str) -> None:
    """The conversation goes on under another name, unless one is held there already."""
    there = Sender(peer.channel, peer.account, user)
    moved = session.execute(_OF, _key(Sender(*peer))).scalar_one_or_none()
    if moved is not None and session.execute(_OF, _key(there)).first() is None:
        moved.user = user
        session.flush()


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
