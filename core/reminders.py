"""What must happen at a time, whatever restarts in between: rows with a due time, claimed by a lease."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ColumnElement, Index, func, or_, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Field, Session, SQLModel, col, select

from core.database import stored

LEASE = timedelta(minutes=2)
BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long a reminder rests after its first, second, … failure."""
MOST_FAILURES = len(BACKOFF) + 1
"""So often it may break, or take its process down with it, before it is given up."""
GIVEN_UP = "given up"
"""What the outcome of such a one begins with."""

_WAITING, _LEASED = text("status = 'waiting'"), text("status = 'leased'")


class Status(StrEnum):
    """Where a reminder stands."""

    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    CANCELLED = "cancelled"


class Reminder(SQLModel, table=True):
    """Something to look at when its time comes; whether it is still true is asked of its subject then."""

    __table_args__ = (
        Index("ix_reminder_due", "due_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_reminder_lease", "lease_until", sqlite_where=_LEASED, postgresql_where=_LEASED),
        Index("ix_reminder_subject", "kind", "subject"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: str
    """Whom or what it is about, as the kind names it: a visit's id, a customer's id."""
    due_at: datetime
    status: Status = Field(default=Status.WAITING, sa_type=stored(Status))
    attempts: int = 0
    lease_until: datetime | None = None
    dedupe_key: str = Field(unique=True)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # Any: JSON as the kind defines it
    done_at: datetime | None = None
    outcome: str | None = None
    """What came of it, or why nothing was said, in words for staff."""
    failures: int = 0
    """How often it broke, or whoever had claimed it died."""
    first_due_at: datetime | None = None
    """When it was due before it had to wait for a better hour."""

    @property
    def since(self) -> datetime:
        """When it became due: how late it is counts from then, however often it was put off."""
        return self.first_due_at or self.due_at

    @property
    def is_worn_out(self) -> bool:
        """Whether it failed too often to be tried once more."""
        return self.failures >= MOST_FAILURES


class LeaseLost(Exception):
    """The reminder was cancelled, moved or claimed anew meanwhile: roll back what was done for it."""


_TABLE = SQLModel.metadata.tables["reminder"]
_SCHEDULE: Mapping[str, ReturningInsert[int]] = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(["dedupe_key"]).returning(_TABLE.c.id),
    "postgresql": postgresql.insert(_TABLE)
    .on_conflict_do_nothing(index_elements=["dedupe_key"])
    .returning(_TABLE.c.id),
}


_SCHEDULE_ALL: Mapping[str, sqlite.Insert | postgresql.Insert] = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(["dedupe_key"]),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(index_elements=["dedupe_key"]),
}


def schedule(
    session: Session,
    kind: str,
    subject: str,
    due_at: datetime,
    *,
    dedupe_key: str,
    payload: Mapping[str, object] | None = None,
) -> None:
    """Remind at `due_at`. The same key again moves it, also back from being cancelled; done stays done, and
    what waits for a better hour waits on if it was due then anyway.

    Whoever is just at work on the former one finds out in `done`.
    """
    values = {"kind": kind, "subject": subject, "due_at": due_at, "dedupe_key": dedupe_key}
    values |= {"status": Status.WAITING, "attempts": 0, "failures": 0}
    values["payload"] = dict(payload or {})
    connection = session.connection()
    if connection.execute(_SCHEDULE[connection.dialect.name], values).scalar() is not None:
        return
    reminder = session.exec(select(Reminder).where(Reminder.dedupe_key == dedupe_key).with_for_update()).one()
    if reminder.status == Status.DONE:
        return
    reminder.payload = dict(payload or {})
    if reminder.status != Status.WAITING or reminder.since != due_at:
        reminder.due_at, reminder.status = due_at, Status.WAITING
        reminder.lease_until = reminder.outcome = reminder.first_due_at = None
        reminder.failures = 0
    session.add(reminder)
    session.flush()


def schedule_all(session: Session, kind: str, subjects: Mapping[str, str], due_at: datetime) -> None:
    """Remind of many subjects of one kind, by their dedupe keys; a key that is known stays as it is."""
    if not subjects:
        return
    common = {"kind": kind, "due_at": due_at, "status": Status.WAITING, "attempts": 0, "failures": 0}
    rows = [{**common, "dedupe_key": key, "subject": one, "payload": {}} for key, one in subjects.items()]
    connection = session.connection()
    connection.execute(_SCHEDULE_ALL[connection.dialect.name], rows)


def are_due(session: Session, now: datetime, most: int) -> int:
    """How many wait and are due, counted up to `most`."""
    due = select(Reminder.id).where(_WAITING, col(Reminder.due_at) <= now).limit(most)
    return session.exec(select(func.count()).select_from(due.subquery())).one()


def cancel(session: Session, dedupe_key: str) -> bool:
    """No longer needed. True when it had not been done yet."""
    return _cancel(session, col(Reminder.dedupe_key) == dedupe_key) > 0


def cancel_subject(session: Session, kind: str, subject: str) -> int:
    """Cancel every reminder of one kind about one subject; how many were still to come."""
    return _cancel(session, col(Reminder.kind) == kind, col(Reminder.subject) == subject)


def cancel_waiting(session: Session, kind: str, subject: str) -> int:
    """As `cancel_subject`, but whoever is just at work on one goes on: it may be what ended the subject."""
    return _cancel(
        session,
        col(Reminder.status) == Status.WAITING,
        col(Reminder.kind) == kind,
        col(Reminder.subject) == subject,
    )


def claim(session: Session, now: datetime, limit: int = 100) -> list[Reminder]:
    """Take up to `limit` due reminders, oldest first, for LEASE long; nobody else gets them meanwhile.

    Those of one moment come in the order in which they were planned. A reminder whose lease ran out, because
    its process died, is due again, and so is one whose lease was given by a clock that was wrong. Commit
    before working on them; each is then finished by `done` in the transaction that did what it asked for.
    """
    until = col(Reminder.lease_until)
    session.exec(
        update(Reminder)
        .where(_LEASED, or_(until <= now, until > now + max(LEASE, *BACKOFF)))
        .values(status=Status.WAITING, lease_until=None, failures=col(Reminder.failures) + 1)
        .execution_options(synchronize_session="fetch")
    )
    claimed = session.exec(
        select(Reminder)
        .where(_WAITING, col(Reminder.due_at) <= now)  # the literal lets the partial index serve it
        .order_by(col(Reminder.due_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for reminder in claimed:
        reminder.status = Status.LEASED
        reminder.lease_until = now + LEASE
        reminder.attempts += 1
    session.flush()
    return sorted(claimed, key=lambda one: (one.due_at, one.id or 0))


def done(session: Session, reminder: Reminder, outcome: str, now: datetime) -> None:
    """What a claimed reminder asked for was done in this transaction, or needs no doing: see `outcome`.

    Raises LeaseLost when it is no longer the caller's, so that the transaction is rolled back and
    nothing is said twice, and nothing that stopped being true.
    """
    _let_go(session, reminder, status=Status.DONE, done_at=now, outcome=outcome)


def postpone(session: Session, reminder: Reminder, due_at: datetime, reason: str) -> None:
    """A claimed reminder cannot be settled now: let it wait until `due_at`. Raises LeaseLost like `done`."""
    values = {"due_at": due_at, "first_due_at": reminder.since, "outcome": reason}
    _let_go(session, reminder, status=Status.WAITING, **values)


def failed(session: Session, reminder: Reminder, why: str, now: datetime) -> bool:
    """A claimed reminder broke: it rests for a while and is tried again. False when that was the last time.

    Whoever it was for then hears nothing of it: staff have to know. Raises LeaseLost like `done`.
    """
    if reminder.failures + 1 >= MOST_FAILURES:
        give_up(session, reminder, why, now)
        return False
    # It stays claimed while it rests; the end of its lease counts the failure and makes it due again.
    rests = now + BACKOFF[reminder.failures]
    _let_go(session, reminder, status=Status.LEASED, lease_until=rests, outcome=f"to be tried again: {why}")
    return True


def give_up(session: Session, reminder: Reminder, why: str, now: datetime) -> None:
    """A claimed reminder is not tried any more. Raises LeaseLost like `done`."""
    done(session, reminder, f"{GIVEN_UP} after {MOST_FAILURES} times: {why}", now)


def about(session: Session, kinds: Collection[str], subjects: Collection[str]) -> list[Reminder]:
    """Everything of these kinds that was to be said of these, in the order of its hour: also what was not."""
    if not subjects:
        return []
    theirs = (col(Reminder.kind).in_(sorted(kinds)), col(Reminder.subject).in_(list(subjects)))
    found = session.exec(select(Reminder).where(*theirs)).all()
    return sorted(found, key=lambda one: (one.since, one.id))


def _let_go(session: Session, reminder: Reminder, **values: object) -> None:
    # The number of attempts tells this claim from a later one of the same reminder.
    mine = (
        col(Reminder.id) == reminder.id,
        col(Reminder.status) == Status.LEASED,
        col(Reminder.attempts) == reminder.attempts,
    )
    values = {"lease_until": None, **values}
    if session.exec(update(Reminder).where(*mine).values(values)).rowcount == 0:
        raise LeaseLost(reminder.dedupe_key)


def _cancel(session: Session, *which: ColumnElement[bool]) -> int:
    unfinished = col(Reminder.status).in_((Status.WAITING, Status.LEASED))
    values = {"status": Status.CANCELLED, "lease_until": None}
    return session.exec(update(Reminder).where(*which, unfinished).values(values)).rowcount
