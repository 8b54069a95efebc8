"""Where an episode takes place: a small town on SQLite or PostgreSQL, the same for every episode."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from core import clock, company, identities
from core.database import connect, transaction
from tests import database, town

ACCOUNT = "123456"
WORKERS = {5001: 3}
"""Workers who hear of their visits on Telegram, by the number of their chat. Nobody who is booked often: the
program tells nobody more than one thing a second unasked, and an episode waits until all is told."""
TEMPLATE = "crash_template"


@dataclass(frozen=True, slots=True)
class Ground:
    """A kind of database, and how many servers run over one of it."""

    name: str
    servers: int
    fresh: Callable[[str], str]
    """Makes the furnished database of that name anew and tells its address."""
    empty: Callable[[str], str]
    """The same without a single table."""
    forget: Callable[[str], None]
    """Takes the database of that name away."""
    as_left: Callable[[str], AbstractContextManager[str]]
    """The address of that database as it stands when nothing runs, without a trace of having been read."""


def furnish(engine: Engine) -> None:
    """The town of the tests, one of whose workers is on Telegram."""
    now = clock.now()
    with transaction(engine) as session:
        town.furnish(session, company.load(), now)
        for chat, worker in WORKERS.items():
            identities.bind_worker(session, "telegram", ACCOUNT, str(chat), worker, now=now)


def sqlite(folder: Path) -> Ground:
    """One server over a file."""
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / "template.db"
    engine = connect(f"sqlite:///{template}")
    database.build(engine)
    furnish(engine)
    engine.dispose()  # the last to leave puts the log beside the file into it

    def forget(name: str) -> None:
        for old in folder.glob(f"{name}.db*"):
            old.unlink()

    def empty(name: str) -> str:
        forget(name)
        return f"sqlite:///{folder / name}.db"

    def fresh(name: str) -> str:
        url = empty(name)
        shutil.copyfile(template, folder / f"{name}.db")
        return url

    @contextmanager
    def as_left(name: str) -> Iterator[str]:
        with tempfile.TemporaryDirectory(dir=folder) as apart:
            for file in (f"{name}.db", f"{name}.db-wal"):
                if (folder / file).exists():
                    shutil.copyfile(folder / file, Path(apart) / file)
            yield f"sqlite:///{Path(apart) / name}.db"

    return Ground("sqlite", 1, fresh, empty, forget, as_left)


def postgresql(server: database.Server) -> Ground:
    """Two servers over a database."""
    engine = connect(server.create(TEMPLATE))
    database.build(engine)
    furnish(engine)
    engine.dispose()

    def fresh(name: str) -> str:
        return server.create(f"crash_{name}", template=TEMPLATE)

    def empty(name: str) -> str:
        return server.create(f"crash_{name}")

    def forget(name: str) -> None:
        server.drop(f"crash_{name}")

    def as_left(name: str) -> AbstractContextManager[str]:
        return nullcontext(server.url(f"crash_{name}"))

    return Ground("postgresql", 2, fresh, empty, forget, as_left)


@contextmanager
def own(kind: str, folder: Path) -> Iterator[Ground]:
    """One of them by its name, with a PostgreSQL of its own where that is needed."""
    if kind == "sqlite":
        yield sqlite(folder)
        return
    with database.postgresql() as server:
        yield postgresql(server)
