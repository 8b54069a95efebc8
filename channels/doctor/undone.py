"""What should have been done by now and was not."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, text
from sqlmodel import Session, col, select

from channels.console import Console
from channels.doctor.findings import Finding, ok, warning
from channels.web.channel import WebChannel
from core import reminders
from core.correspondence import Message
from core.correspondence.tables import MESSAGE, unsent
from core.reminders import Reminder
from core.windows import Hold

WEEK = timedelta(days=7)
PATIENCE = timedelta(minutes=10)
"""What is late by this much was forgotten, not just about to be done."""
NOT_RUNNING = "Is `menling serve` running? If it is, its log says why."


def late_reminders(session: Session, now: datetime) -> Finding:
    """Reminders that nobody looked at in time."""
    late = session.exec(
        select(func.count())
        .select_from(Reminder)
        .where(Reminder.status == reminders.Status.WAITING, col(Reminder.due_at) < now - PATIENCE)
    ).one()
    if late:
        return warning("reminders", f"{late} overdue", NOT_RUNNING)
    return ok("reminders", "none overdue")


def outbox(session: Session, now: datetime) -> Finding:
    """Messages that have not arrived for a while."""
    pushed = col(Message.channel).not_in([Console.name, WebChannel.name])
    waiting = unsent(MESSAGE)
    late = session.exec(
        select(func.count())
        .select_from(Message)
        .where(waiting, pushed, col(Message.created_at) < now - PATIENCE)
        .where(or_(col(Message.expires_at).is_(None), col(Message.expires_at) > now))
    ).one()
    if not late:
        return ok("outbox", "nothing waits")
    why = session.exec(
        select(Message.failure)
        .where(waiting, pushed, col(Message.failure).is_not(None))
        .order_by(col(Message.id).desc())
    ).first()
    return warning("outbox", f"{late} unsent" + (f"; the last failure: {why}" if why else ""), NOT_RUNNING)


def set_aside(session: Session, now: datetime) -> Finding:
    """Messages that the bot could not answer."""
    recent = session.exec(
        select(func.count())
        .select_from(Message)
        .where(text("status = 'set_aside'"), col(Message.created_at) > now - WEEK)  # as its index says
    ).one()
    if recent:
        return warning(
            "messages set aside",
            f"{recent} in the last week could not be answered",
            "Answer these people yourself, and report the failures in the log (turn.failed).",
        )
    return ok("messages set aside", "none in the last week")


def holds(session: Session, now: datetime) -> Finding:
    old = session.exec(
        select(func.count()).select_from(Hold).where(col(Hold.expires_at) < now - PATIENCE)
    ).one()
    if old:
        return warning("holds", f"{old} ended long ago and are still there", NOT_RUNNING)
    return ok("holds", "none left over")
