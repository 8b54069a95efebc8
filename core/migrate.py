"""Brings a database to the shape that this version of the program expects, and back.

Alembic is loaded only to change something: it takes seven megabytes and a tenth of a second, and most starts
change nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlmodel import Session

from core.database import BUSY_TIMEOUT_MS, looking

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x4D656E6C  # any number of our own: PostgreSQL lets one process at a time hold it

PATIENCE_MS = 120_000
"""So long one process waits on SQLite for another one that migrates: a large table takes its time."""


class UnknownRevision(Exception):
    """There is no such revision here. A database that stands at one was made by a newer program."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Make the database new enough. Does nothing when it is; several processes may try at once.

    Raises UnknownRevision.
    """
    with _alone(engine) as connection, _commands() as command:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to `revision`; `"base"` leaves no table of ours. Raises UnknownRevision."""
    with _alone(engine) as connection, _commands() as command:
        command.downgrade(_config(connection), revision)


def current(engine: Engine) -> str | None:
    """The revision the database stands at; None for one that was never migrated."""
    with looking(engine) as session:
        return revision_of(session)


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the shape that this program expects."""
    return current(engine) == head()


def revision_of(session: Session) -> str | None:
    """The revision the database of an open transaction stands at."""
    connection = session.connection()
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


@cache
def head() -> str:
    """The revision that this program expects: files are named after their revisions, the last one last."""
    return max(file.name for file in (MIGRATIONS / "versions").glob("*.py")).partition("_")[0]


@contextmanager
def _commands() -> Iterator[ModuleType]:
    from alembic import command
    from alembic.util import CommandError

    try:
        yield command
    except CommandError as unknown:
        raise UnknownRevision(str(unknown)) from unknown


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """One transaction that no other migration runs beside."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # A table made anew is dropped in between, which foreign keys would answer by deleting
            # what refers to it; the switch works outside transactions only.
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys=OFF")
            driver.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
            try:
                with connection.begin():
                    yield connection
                    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                    if broken:
                        raise RuntimeError(f"the migration left rows that refer to nothing: {broken[:5]}")
            finally:
                driver.execute("PRAGMA foreign_keys=ON")
                driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        else:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
                yield connection
