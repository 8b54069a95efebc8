"""Looking anew, each day, at where customers stand and at what is to be said to them next."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from sqlmodel import Session, col, select

from core import reminders
from core.lifecycle import planning, reading, staging, suggestions
from core.lifecycle.reading import History
from core.lifecycle.tables import Lifecycle, Stage

if TYPE_CHECKING:
    from core.company import Company

AT_ONCE = 10
"""So many customers are looked at in one transaction: people who write at night wait for no more."""
LATER, AFTER_LOSS = timedelta(hours=1), timedelta(days=30)
NIGHT, SPREAD_MINUTES = time(2), 240
"""Each customer is looked at at a moment of the night of their own."""


def due(session: Session, now: datetime, limit: int = AT_ONCE) -> list[Lifecycle]:
    """Customers whose turn it is, locked; others look at those that are missing."""
    waiting = select(Lifecycle).where(col(Lifecycle.look_at) <= now).order_by(col(Lifecycle.look_at))
    return list(session.exec(waiting.limit(limit).with_for_update(skip_locked=True)))


def look(session: Session, company: "Company", row: Lifecycle, now: datetime) -> History:
    """Find where a customer stands, write it down with the reason, and plan what is said to them next."""
    history = reading.read(session, row.customer_id, now)
    row.looked_at, row.look_at = now, _next(company, row, now)
    session.add(row)
    if not history.finished or history.customer.given_up_at is not None:
        row.look_at = now + AFTER_LOSS  # all that was theirs went to another, who is looked at
        session.flush()
        return history
    placed = staging.stage(company, history, now)
    if placed.stage is not row.stage:
        row.stage, row.since = placed.stage, now
    row.why = dict(placed.why)
    segment, score = staging.value(company, history, now)
    row.segment, row.score = segment, dict(score)
    row.interval_days, row.last_at = history.interval(company), history.finished[0].starts_at
    if (
        row.stage is Stage.LOST
        and now - history.finished[0].starts_at > 2 * company.care.lost_days * planning.DAY
    ):
        row.look_at = now + AFTER_LOSS
    session.flush()
    suggestions.settle(session, history, now)
    for care in planning.of(company, row, history, now):
        subject = str(row.customer_id)
        reminders.schedule(
            session, care.kind, subject, care.due_at, dedupe_key=care.key, payload=care.payload
        )
    return history


def _next(company: "Company", row: Lifecycle, now: datetime) -> datetime:
    minutes = crc32(str(row.customer_id).encode()) % SPREAD_MINUTES
    day = now.astimezone(company.zone).date()
    at = datetime.combine(day, NIGHT, company.zone) + timedelta(minutes=minutes)
    return at if at > now else at + timedelta(days=1)


def of(session: Session, customer_id: int) -> Lifecycle | None:
    """Where a customer stands; None for who never had a finished visit."""
    return session.get(Lifecycle, customer_id)


def listed(session: Session, stage: Stage | None, limit: int) -> list[Lifecycle]:
    """Customers of a stage, or of all, by their number."""
    rows = select(Lifecycle) if stage is None else select(Lifecycle).where(Lifecycle.stage == stage)
    return list(session.exec(rows.order_by(col(Lifecycle.customer_id)).limit(limit)))
