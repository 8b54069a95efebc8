"""Accounts whose messages we fetch ourselves: how far we are, who fetches, and what had no turn yet.

A mailbox an account. The platform rings when there is something; whoever holds the lease fetches, page by
page. A page and the cursor behind it are kept in one transaction, so that neither is ever there without the
other; each letter of it then becomes a turn of its own, and is removed after that.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import JSON, UniqueConstraint, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col, select

from core.correspondence import Peer

LEASE = timedelta(seconds=60)
"""How long whoever fetches may be silent before somebody else does."""


class Mailbox(SQLModel, table=True):
    """How far one account is."""

    channel: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    mark: str
    """Six letters and digits that no other database of the same account has."""
    opened_at: datetime
    """What was written before is not ours to answer."""
    cursor: str | None = None
    """Where the next page begins; None before the first."""
    rings: int = 0
    """How often the platform said that there is something."""
    heard: int = 0
    """How often it had when all that there was had been fetched."""
    token: str | None = None
    """What came with the last ring."""
    token_until: datetime | None = None
    fetched_at: datetime | None = None
    """When all that there was had been fetched."""
    holder: str | None = None
    """Who fetches."""
    lease_until: datetime | None = None


class Letter(SQLModel, table=True):
    """Something fetched that had no turn yet. Ids grow in the order of the platform."""

    __table_args__ = (UniqueConstraint("channel", "account", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    account: str
    external_id: str
    content: dict[str, Any] = Field(sa_type=JSON)  # Any: the platform's own JSON


class Greeting(SQLModel, table=True):
    """Leave to say one thing to somebody at once, by a code that is good for a while."""

    channel: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    code: str
    until: datetime


class Page(NamedTuple):
    """What one question brought: the letters by their ids, and where the next page begins."""

    letters: Sequence[tuple[str, Mapping[str, Any]]]  # Any: the platform's own JSON
    cursor: str | None


_MAILBOX, _LETTER = (SQLModel.metadata.tables[name] for name in ("mailbox", "letter"))
_INSERTS: Mapping[str, "type[sqlite.Insert] | type[postgresql.Insert]"] = {
    "sqlite": sqlite.Insert,
    "postgresql": postgresql.Insert,
}


def opened(session: Session, channel: str, account: str, now: datetime) -> Mailbox:
    """The mailbox of an account, locked until the transaction ends; made at first sight."""
    values = {"channel": channel, "account": account, "mark": secrets.token_hex(3), "opened_at": now}
    values |= {"rings": 0, "heard": 0}
    insert = _INSERTS[session.get_bind().dialect.name](_MAILBOX)
    session.connection().execute(insert.values(**values).on_conflict_do_nothing())
    box = session.get(Mailbox, (channel, account), with_for_update=True, populate_existing=True)
    assert box is not None
    return box


def ring(session: Session, channel: str, account: str, token: str, until: datetime, now: datetime) -> None:
    """The platform says that there is something; asked with this token before `until`, it is not strict."""
    box = opened(session, channel, account, now)
    box.rings += 1
    if token:
        box.token, box.token_until = token, until
    session.flush()


def take(
    session: Session,
    channel: str,
    account: str,
    holder: str,
    now: datetime,
    *,
    every: timedelta,
    always: bool = False,
    seize: bool = False,
) -> Mailbox | None:
    """The mailbox, for LEASE, if there is something to do and nobody else does it.

    That is when it rang, when nothing was fetched for so long (`every`), when letters are left, or `always`.
    With `seize`, whoever held it is gone.
    """
    box = opened(session, channel, account, now)
    if not seize and box.lease_until is not None and box.lease_until > now and box.holder != holder:
        return None
    is_due = always or box.rings > box.heard or box.fetched_at is None or box.fetched_at + every <= now
    if not is_due and not waiting(session, channel, account, 1):
        return None
    box.holder, box.lease_until = holder, now + LEASE
    session.flush()
    return box


def hold(session: Session, box: Mailbox, now: datetime) -> bool:
    """Keep the lease for LEASE more; False when somebody else has it."""
    known = opened(session, box.channel, box.account, now)
    if known.holder != box.holder:
        return False
    known.lease_until = now + LEASE
    session.flush()
    return True


def keep(session: Session, box: Mailbox, page: Page, now: datetime) -> bool:
    """Keep a page that was fetched from where `box` stands, and where the next begins: both or neither.

    False, and nothing is kept, when somebody else holds the mailbox or has moved it.
    """
    known = opened(session, box.channel, box.account, now)
    if (known.holder, known.cursor) != (box.holder, box.cursor):
        return False
    insert = _INSERTS[session.get_bind().dialect.name](_LETTER)
    for external_id, content in page.letters:
        values = {"channel": box.channel, "account": box.account, "external_id": external_id}
        session.connection().execute(
            insert.values(**values, content=dict(content)).on_conflict_do_nothing(
                index_elements=["channel", "account", "external_id"]
            )
        )
    known.cursor, known.lease_until = page.cursor, now + LEASE
    session.flush()
    return True


def leave(session: Session, box: Mailbox, now: datetime, *, is_empty: bool) -> None:
    """Let go of the lease; `is_empty`: all that there was when `box` was taken has been fetched."""
    known = opened(session, box.channel, box.account, now)
    if known.holder != box.holder:
        return
    known.holder = known.lease_until = None
    if is_empty:
        known.heard, known.fetched_at = max(known.heard, box.rings), now
    session.flush()


def waiting(session: Session, channel: str, account: str, most: int) -> list[Letter]:
    """The letters that had no turn yet, in the platform's order."""
    theirs = (Letter.channel == channel, Letter.account == account)
    return list(session.exec(select(Letter).where(*theirs).order_by(col(Letter.id)).limit(most)))


def remove(session: Session, letter_id: int) -> None:
    """It had its turn."""
    session.connection().execute(delete(Letter).where(col(Letter.id) == letter_id))


def allow(session: Session, peer: Peer, code: str, until: datetime, now: datetime) -> None:
    """One thing may be said to this person by a code; earlier codes are forgotten."""
    session.connection().execute(delete(Greeting).where(col(Greeting.until) <= now))
    session.merge(Greeting(**peer._asdict(), code=code, until=until))
    session.flush()


def use(session: Session, peer: Peer, now: datetime) -> str | None:
    """The code by which something may be said to this person now; nobody gets it twice."""
    greeting = session.get(Greeting, tuple(peer), with_for_update=True, populate_existing=True)
    if greeting is None:
        return None
    session.delete(greeting)
    session.flush()
    return greeting.code if greeting.until > now else None


def readdress(session: Session, peer: Peer, user: str) -> None:
    """The platform gave somebody another name; what may be said to them by a code goes along."""
    if greeting := session.get(Greeting, tuple(peer)):
        session.delete(greeting)
        session.flush()
        session.merge(
            Greeting(**peer._replace(user=user)._asdict(), code=greeting.code, until=greeting.until)
        )
