"""Access tokens of the platforms: fetched by one process at a time, kept here, and used by all of them.

A row an account, never named after its secret. Whoever finds no good token takes the row's lease, commits,
fetches, and keeps what came; everybody else looks here until it is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, update

LEASE = timedelta(seconds=20)
"""How long one process may take to fetch; well over what the call itself is allowed to last."""
EARLY = timedelta(minutes=5)
"""A token is renewed so long before it ends: until then the platforms honour both, the old and the new."""
AT_LEAST = timedelta(minutes=1)
"""How long a token is used that we were given with less than EARLY left, so that it is not fetched for each
call: some platforms repeat the same one until it ends."""


class PlatformToken(SQLModel, table=True):
    """What is known of one account's token. There is no value while it is fetched for the first time."""

    __tablename__ = "platform_token"

    channel: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    value: str | None = None
    expires_at: datetime | None = None
    fetched_at: datetime | None = None
    lease_until: datetime | None = None
    """Somebody is fetching, and nobody else does before."""


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """A token as it was given to us. Shows nothing of itself, since it ends up in logs otherwise."""

    value: str
    fetched_at: datetime
    expires_at: datetime

    def is_good(self, now: datetime) -> bool:
        """Whether to use it at `now`, and not to fetch another."""
        if now >= self.expires_at:
            return False
        return now + EARLY <= self.expires_at or now < self.fetched_at + AT_LEAST


_TABLE = SQLModel.metadata.tables["platform_token"]
_C = _TABLE.c


def current(session: Session, channel: str, account: str, now: datetime) -> Token | None:
    """The token to use, if there is one that is good for a while yet."""
    token = _stored(session, channel, account)
    return token if token and token.is_good(now) else None


def may_fetch(
    session: Session, channel: str, account: str, now: datetime, *, not_this: str | None = None
) -> bool | Token:
    """Whether the caller is the one to fetch a token now, for LEASE long; a Token when there is one already.

    `not_this` is a token that the platform refused. False while somebody else fetches: look again. Of any
    number of callers at once one gets the lease. Commit before fetching, then `keep` or `give_up`.
    """
    token = current(session, channel, account, now)
    if token and token.value != not_this:
        return token
    values = {"channel": channel, "account": account, "lease_until": now + LEASE}
    connection = session.connection()
    insert = _INSERTS[connection.dialect.name](_TABLE).values(values)
    taken = insert.on_conflict_do_update(
        index_elements=["channel", "account"],
        set_={"lease_until": insert.excluded.lease_until},
        where=and_(or_(_C.lease_until.is_(None), _C.lease_until <= now), _is_needed(now, not_this)),
    ).returning(_C.channel)
    if connection.execute(taken).first():
        return True
    # Not taken: somebody fetches, or has done so since we looked.
    token = current(session, channel, account, now)
    return token if token and token.value != not_this else False


def keep(
    session: Session, channel: str, account: str, value: str, *, expires_in: timedelta, now: datetime
) -> Token:
    """This was fetched: from now on everybody uses it, and the lease is over."""
    values = {"value": value, "fetched_at": now, "expires_at": now + expires_in, "lease_until": None}
    connection = session.connection()
    insert = _INSERTS[connection.dialect.name](_TABLE)
    connection.execute(
        insert.values(channel=channel, account=account, **values).on_conflict_do_update(
            index_elements=["channel", "account"], set_=values
        )
    )
    return Token(value, fetched_at=now, expires_at=now + expires_in)


def give_up(session: Session, channel: str, account: str) -> None:
    """Nothing was fetched: somebody else may try at once."""
    session.connection().execute(
        update(_TABLE).where(_C.channel == channel, _C.account == account).values(lease_until=None)
    )


_INSERTS: Mapping[str, "type[sqlite.Insert] | type[postgresql.Insert]"] = {
    "sqlite": sqlite.Insert,
    "postgresql": postgresql.Insert,
}


def _stored(session: Session, channel: str, account: str) -> Token | None:
    row = (
        session.connection()
        .execute(_TABLE.select().where(_C.channel == channel, _C.account == account))
        .one_or_none()
    )
    if row is None or row.value is None:
        return None
    return Token(row.value, fetched_at=row.fetched_at, expires_at=row.expires_at)


def _is_needed(now: datetime, not_this: str | None) -> ColumnElement[bool]:
    """As `Token.is_good`, for the row as it is when its lease is taken."""
    ends = and_(_C.expires_at < now + EARLY, _C.fetched_at <= now - AT_LEAST)
    needed = or_(_C.value.is_(None), _C.expires_at <= now, ends)
    return needed if not_this is None else or_(needed, _C.value == not_this)
