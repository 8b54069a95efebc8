"""A company with as many customers as one likes, put into a database quickly, for measuring what grows."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Engine, event, func, insert, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlmodel import SQLModel

from benchmarks.crowd import rows
from benchmarks.crowd.rows import WORKERS, Rows
from benchmarks.windows import cover, people
from core import policies, staff
from core.company import Company
from core.database import connect, transaction

AREAS_EACH = 4
CLERKS = 3
BATCH = 4_000
"""Customers in one transaction."""
TABLES = (
    "customer", "identity", "conversation", "address", "home_profile", "visit", "assignment", "occupied",
    "entry", "reminder", "message",
)  # fmt: skip
"""In the order in which they refer to one another."""
NUMBERED = ("customer", "address", "visit")
"""Tables whose ids are given here, because other rows refer to them."""


def found(engine: Engine, company: Company, now: datetime) -> None:
    """The company without customers: 1,000 workers and three clerks, who can all be told things; policies."""
    people(engine, company, WORKERS)
    cover(engine, company, WORKERS, AREAS_EACH)
    with transaction(engine) as session:
        policies.remember(session, company, now)
        told = [rows.identity(f"worker-{id}", now, worker_id=id) for id in range(1, WORKERS + 1)]
        for number in range(CLERKS):
            clerk = staff.hire(session, name=f"Clerk {number}", role=staff.Rank.CLERK, language="zh-CN")
            told.append(rows.identity(f"clerk-{number}", now, staff_id=clerk.id))
        session.connection().execute(insert(SQLModel.metadata.tables["identity"]), told)


def grow(
    engine: Engine, company: Company, now: datetime, first: int, end: int, *, quick: bool = True
) -> Iterator[int]:
    """Put customers number `first` until before `end` into the database; says how far it is after each batch.

    Each has written and was answered, had a visit at some time, and is to be reminded of something later.
    The first thousand are those who have visits ahead of them.
    """
    filling = _filling(engine) if quick else engine
    for begin in range(first, end, BATCH):
        ids = _next_ids(filling)
        batch = rows.customers(company, now, range(begin, min(begin + BATCH, end)), ids)
        _insert(filling, batch)
        if begin == 0:
            _insert(filling, rows.ahead(company, now, ids["customer"], _next_ids(filling)))
        yield min(begin + BATCH, end)
    if quick:
        filling.dispose()
    _settle(engine)


def befriend(engine: Engine, company: Company, now: datetime, users: Iterable[str], visits: int) -> None:
    """Customers under these names, whose home is known, with so many visits behind them."""
    for user in users:
        _insert(engine, rows.regular(company, now, user, visits, _next_ids(engine)))
    _settle(engine)


def counted(engine: Engine) -> dict[str, int]:
    """How many rows each table has."""
    with transaction(engine) as session:
        return {
            name: session.execute(
                select(func.count()).select_from(SQLModel.metadata.tables[name])
            ).scalar_one()
            for name in TABLES
        }


def _filling(engine: Engine) -> Engine:
    """The same database, opened so that filling it is quick: a power cut would spoil the file."""
    if engine.dialect.name != "sqlite":
        return engine
    engine.dispose()  # the journal can be given up only while nobody else has the file open
    opened = connect(engine.url.render_as_string(hide_password=False))

    @event.listens_for(opened, "connect")
    def _hurry(connection: DBAPIConnection, _record: object) -> None:
        for pragma in ("journal_mode=OFF", "foreign_keys=OFF", "cache_size=-1000000"):
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

    return opened


def _next_ids(engine: Engine) -> dict[str, int]:
    with transaction(engine) as session:
        tables = SQLModel.metadata.tables
        return {
            name: (session.execute(select(func.max(tables[name].c.id))).scalar_one() or 0) + 1
            for name in NUMBERED
        }


def _insert(engine: Engine, batch: Rows) -> None:
    with transaction(engine) as session:
        connection = session.connection()
        for name in TABLES:
            if batch.get(name):
                connection.execute(insert(SQLModel.metadata.tables[name]), batch[name])


def _settle(engine: Engine) -> None:
    """What a database does by itself in time: ids go on behind the given ones, statistics are taken."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with transaction(engine) as session:
        for name in NUMBERED:
            session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")  # noqa: S608
            )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
