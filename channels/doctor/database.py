"""The database: whether it answers, is whole and has the tables of this version; and what stands in it."""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from channels.doctor import ledger, sending, team, undone
from channels.doctor.findings import Finding, ok, problem, warning
from core import clock, migrate
from core.company import Company
from core.database import connect, looking
from core.settings import Settings

TOO_FAR_APART = timedelta(seconds=2)


def database(chosen: Settings, business: Company | None) -> Iterator[Finding]:
    """Whether it answers, and if so what stands in it. Nothing is made that is not there."""
    url = make_url(chosen.database_url)
    where = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        yield warning(
            "database", f"{where} is not there yet", "`menling serve` or `menling migrate` makes it."
        )
        return
    engine = connect(chosen.database_url)
    try:
        yield from tables(engine, where, business)
    except SQLAlchemyError as failed:
        reason = str(getattr(failed, "orig", None) or failed).strip().splitlines()[0]
        yield problem("database", f"{where}: {reason}", "Start it, or correct MENLING_DATABASE_URL.")
        return
    finally:
        engine.dispose()


def tables(engine: Engine, where: str, business: Company | None) -> Iterator[Finding]:
    """What stands in a database that answers; `where` is how it is called."""
    with looking(engine) as session:
        session.execute(text("SELECT 1"))
        yield ok("database", f"{where} answers")
        if engine.dialect.name == "postgresql":
            yield _clocks(session)
    if engine.dialect.name == "sqlite":
        yield _integrity(engine)
    if not migrate.is_current(engine):
        yield problem("tables", "not those of this version", "Make a backup, then run `menling migrate`.")
        return
    yield ok("tables", "those of this version")
    now = clock.now()
    with looking(engine) as session:
        if business:
            yield from team.cover(session, business, now)
            yield team.papers(session, business, now)
        yield from (
            undone.late_reminders(session, now),
            *sending.outbox(session, now),
            *sending.channels(session, now),
            sending.unreachable(session, now),
            undone.set_aside(session, now),
            undone.holds(session, now),
            undone.forgotten(session, now),
            ledger.points(session),
        )


def _integrity(engine: Engine) -> Finding:
    """Read the whole file, which takes a while: outside a transaction, so that no turn waits for it."""
    with contextlib.closing(engine.raw_connection()) as connection:
        try:
            faults = [str(row[0]) for row in connection.cursor().execute("PRAGMA quick_check(5)")]
        except sqlite3.DatabaseError as failed:
            faults = [str(failed)]
    if faults == ["ok"]:
        return ok("database file", "in one piece")
    return problem("database file", "; ".join(faults), "Stop the program and put the last backup back.")


def _clocks(session: Session) -> Finding:
    """Processes on several machines agree about what is due only as far as their clocks do."""
    theirs: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    apart = abs(theirs - clock.now())
    found = f"{apart.total_seconds():.1f} seconds from the database's"
    if apart > TOO_FAR_APART:
        return warning(
            "clock", found, "Let both machines set their clocks by NTP: leases and reminders go by them."
        )
    return ok("clock", found)
