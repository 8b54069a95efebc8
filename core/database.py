"""Where everything is kept: one engine for SQLite or PostgreSQL, and what every table shares."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Enum, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, SQLModel

from core import prepared

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

BUSY_TIMEOUT_MS = 5_000
LOOKS = "menling_looks"
"""The option of a connection that only reads."""
SERIALIZATION_FAILURE, DEADLOCK = "40001", "40P01"  # PostgreSQL's SQLSTATE codes for a lost race


def stored(choices: type[StrEnum]) -> Enum:
    """A column type for an enum, kept as its value and checked by the database itself."""
    name = "".join(f"_{c.lower()}" if c.isupper() else c for c in choices.__name__).lstrip("_")
    return Enum(
        choices,
        values_callable=lambda enum: [member.value for member in enum],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
        name=name,
    )


def connect(url: str, *, pool_size: int = 8) -> Engine:
    """An engine for `url`: `sqlite:///file` (WAL, foreign keys on) or `postgresql+psycopg://…`.

    The folder of an SQLite file is made when it is missing. Nothing is opened yet. Failures do not tell the
    values of their statement, which are what people wrote.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediately)
        return engine
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5},
        hide_parameters=True,
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:  # Any: the driver's own connection
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:  # Any: the driver's own connection
    # Two processes that open a new file at once: SQLite refuses the switch at once, without its busy timeout.
    give_up = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.01)


def _begin_immediately(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails with "database is locked",
    # which no busy timeout cures. Who only looks reads beside the writer and does not hold it up.
    only_looks = connection.get_execution_options().get(LOOKS, False)
    prepared.execute(connection, "BEGIN" if only_looks else "BEGIN IMMEDIATE").close()


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One unit of work: committed at the end, rolled back whole when anything is raised.

    Begun only in the few places that `tests/test_house_rules.py` names.
    """
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def looking(engine: Engine, *, within: timedelta | None = None) -> Iterator[Session]:
    """One look at everything as it stands now, beside whoever writes; what is written in it is lost.

    On PostgreSQL no statement may take longer than `within`; SQLite is limited by its indexes alone.
    """
    with engine.connect().execution_options(**{LOOKS: True}) as connection, Session(connection) as session:
        if within is not None and connection.dialect.name == "postgresql":
            limit = {"most": f"{within // timedelta(milliseconds=1)}ms"}
            session.execute(text("SELECT set_config('statement_timeout', :most, true)"), limit)
        yield session


def exclude(session: Session, what: str) -> None:
    """Let nobody else do what is called so until this transaction ends; whoever comes second waits.

    For what has no row yet that could be locked. SQLite has one writer at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))"), {"what": what})


def lost_race(error: Exception) -> bool:
    """Whether the same work may simply be done again: somebody else committed first, or holds the lock."""
    if isinstance(error, (IntegrityError, StaleDataError)):
        return True
    if not isinstance(error, OperationalError):
        return False
    return getattr(error.orig, "sqlstate", None) in (SERIALIZATION_FAILURE, DEADLOCK) or "locked" in str(
        error.orig
    )


def is_gone(error: Exception) -> bool:
    """Whether the database itself could not be reached or refused to work, whatever was asked of it."""
    return isinstance(error, DBAPIError) and (
        error.connection_invalidated or isinstance(error, OperationalError)
    )
