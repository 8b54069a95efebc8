"""What it costs to be watched: a turn's line in the log, counting a turn, and one scrape.

    python benchmarks/observing.py [--messages 100000] [--waiting 1000]

Prints medians of this process's CPU. The line is written as JSON to the null device; a scrape is one look at
an SQLite database with so many messages sent, so many waiting and as many reminders, and the page made of it.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time_ns

from sqlalchemy import Engine, Table, insert
from sqlmodel import SQLModel

from bot.state import Form, State
from bot.trail import Outcome, Trail
from channels import logbook
from channels.lookout import LONGEST_LOOK, Seen
from channels.metrics import Metrics
from core import backlog, clock, migrate
from core.database import connect, looking, transaction

BATCH = 20_000
CHANNEL = "telegram"


def fill(engine: Engine, messages: int, waiting: int) -> None:
    """A long record and many reminders, of which none is due."""
    now = clock.now()
    tables = SQLModel.metadata.tables
    said: dict[str, object] = {
        "direction": "out",
        "channel": CHANNEL,
        "account": "main",
        "kind": "text",
        "purpose": "notice",
        "body": "x" * 80,
        "content": {},
        "attempts": 0,
        "parts_sent": 0,
        "created_at": now,
        "due_at": now,
    }
    later: dict[str, object] = {
        "kind": "k",
        "due_at": now + timedelta(days=1),
        "status": "waiting",
        "attempts": 0,
        "payload": {},
    }
    for status, many in (("sent", messages), ("waiting", waiting)):
        rows = [said | {"status": status, "user": f"u{n % 1000}"} for n in range(many)]
        write(engine, tables["message"], rows)
    write(
        engine, tables["reminder"], [later | {"subject": "", "dedupe_key": str(n)} for n in range(messages)]
    )


def write(engine: Engine, table: Table, rows: list[dict[str, object]]) -> None:
    """In transactions of a bearable size."""
    for start in range(0, len(rows), BATCH):
        with transaction(engine) as session:
            session.connection().execute(insert(table), rows[start : start + BATCH])


def microseconds(work: Callable[[], object], *, times: int, rounds: int = 15) -> float:
    """CPU of one call: the median of so many rounds of so many calls."""
    work()
    costs = []
    for _ in range(rounds):
        began = process_time_ns()
        for _ in range(times):
            work()
        costs.append((process_time_ns() - began) / times / 1000)
    return median(costs)


def look(engine: Engine) -> Seen:
    """What a scrape asks the database."""
    now = clock.now()
    with looking(engine, within=LONGEST_LOOK) as session:
        current = migrate.revision_of(session) == migrate.head()
        waits, due = backlog.unsent_on(session, [CHANNEL]), backlog.reminders_due(session, now)
    return Seen(now, database_up=True, tables_current=current, outbox=waits, reminders_due=due)


def main() -> None:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--waiting", type=int, default=1_000)
    chosen = parser.parse_args()
    standing, metrics = State(form=Form(flow="booking", edition=1, asking="window")), Metrics()

    def line() -> None:
        trail = Trail(CHANNEL, "text")
        trail.starts(123, standing)
        trail.leads(standing)
        trail.ends(Outcome.ANSWERED, 4567, 1)

    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        logbook.keep(nowhere)
        engine = connect(f"sqlite:///{folder}/menling.db")
        migrate.upgrade(engine)
        fill(engine, chosen.messages, chosen.waiting)
        seen = look(engine)
        counted = microseconds(lambda: metrics.took_turn(CHANNEL, Outcome.ANSWERED, 0.003), times=2_000)
        print(f"{microseconds(line, times=2_000):9.1f} µs  a turn's line")
        print(f"{counted:9.1f} µs  counting a turn")
        print(f"{microseconds(lambda: look(engine), times=5):9.1f} µs  a look at the database")
        print(f"{microseconds(lambda: metrics.text(seen), times=20):9.1f} µs  a page of metrics")
        engine.dispose()


if __name__ == "__main__":
    main()
