"""The databases that a benchmark is held on: an SQLite file, and a PostgreSQL that it starts itself."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from core import migrate
from core.database import connect
from tests import database

KINDS = ("sqlite", "postgresql")


def choice(arguments: argparse.ArgumentParser) -> None:
    """Let whoever measures say on which; `chosen` reads it."""
    arguments.add_argument("--database", choices=(*KINDS, "both"), default="sqlite")


def chosen(said: str) -> tuple[str, ...]:
    """The kinds that were asked for."""
    return KINDS if said == "both" else (said,)


@contextmanager
def opened(kind: str) -> Iterator[Engine]:
    """An empty database of that kind with all tables, gone afterwards."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield from _built(f"sqlite:///{folder}/benchmark.db")
        return
    with database.postgresql() as server:
        yield from _built(server.create("benchmark"))


def _built(url: str) -> Iterator[Engine]:
    engine = connect(url)
    migrate.upgrade(engine)
    yield engine
    engine.dispose()
