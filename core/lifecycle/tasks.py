"""Whom staff are to call, until when, and what came of it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlmodel import Session, col, select

from core import calendars
from core.errors import DomainError
from core.lifecycle.tables import CareTask

if TYPE_CHECKING:
    from core.company import Company

MOST_TRIES = 3
REACHED, GIVEN_UP, DROPPED = "reached", "given-up", "dropped"


class TaskGone(DomainError):
    """Somebody has seen to it already."""

    key = "care-task-gone"


def ask(
    session: Session,
    company: "Company",
    customer_id: int,
    *,
    what: str,
    key: str,
    about: str = "",
    now: datetime,
) -> CareTask | None:
    """Have staff call a customer within the hours the company says, of its office; None the second time."""
    if session.exec(select(CareTask).where(CareTask.key == key)).first() is not None:
        return None
    wanted = now + timedelta(hours=company.care.call_hours)
    due_at = calendars.later(company, wanted, 0)
    made = CareTask(customer_id=customer_id, what=what, key=key, about=about, made_at=now, due_at=due_at)
    session.add(made)
    session.flush()
    return made


def drop(session: Session, keys: Collection[str], now: datetime) -> None:
    """Nobody need call about these any more."""
    waiting = select(CareTask).where(col(CareTask.key).in_(list(keys)), col(CareTask.done_at).is_(None))
    for task in session.exec(waiting.with_for_update()).all():
        task.done_at, task.outcome = now, DROPPED
        session.add(task)
    session.flush()


def waiting(session: Session, limit: int) -> list[CareTask]:
    """What is still to be done, the most urgent first."""
    undone = select(CareTask).where(text("done_at IS NULL"))
    return list(session.exec(undone.order_by(col(CareTask.due_at), col(CareTask.id)).limit(limit)))


def done(session: Session, task_id: int, by: int, now: datetime) -> CareTask:
    """The customer was called. Raises TaskGone."""
    return _close(session, _open(session, task_id), REACHED, by, now)


def not_reached(session: Session, company: "Company", task_id: int, by: int, now: datetime) -> CareTask:
    """Nobody answered: it waits for the next open day; after the last time it is over. Raises TaskGone."""
    task = _open(session, task_id)
    task.tries += 1
    if task.tries >= MOST_TRIES:
        return _close(session, task, GIVEN_UP, by, now)
    task.due_at = calendars.later(company, now + timedelta(hours=company.care.call_hours), 0)
    session.add(task)
    session.flush()
    return task


def _open(session: Session, task_id: int) -> CareTask:
    task = session.get(CareTask, task_id, with_for_update=True, populate_existing=True)
    if task is None or task.done_at is not None:
        raise TaskGone
    return task


def _close(session: Session, task: CareTask, outcome: str, by: int, now: datetime) -> CareTask:
    task.done_at, task.done_by, task.outcome = now, by, outcome
    session.add(task)
    session.flush()
    return task
