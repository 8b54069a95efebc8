"""What should have been done by now and was not."""

from datetime import datetime, timedelta

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from channels.doctor.findings import Finding, ok, warning
from core import reminders, retention
from core.correspondence import Message
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


def set_aside(session: Session, now: datetime) -> Finding:
    """Messages that the bot could not answer."""
    recent = session.exec(
        select(Message).where(text("status = 'set_aside'"), col(Message.created_at) > now - WEEK)
    ).all()  # written as its index says
    if not recent:
        return ok("messages set aside", "none in the last week")
    last = max(recent, key=lambda message: message.created_at)
    return warning(
        "messages set aside",
        f"{len(recent)} in the last week could not be answered;"
        f" the last was #{last.id} on {last.channel}, {last.created_at:%Y-%m-%d %H:%M} UTC ({last.failure})",
        "Answer these people yourself, and report the failures in the log (turn.failed).",
    )


def holds(session: Session, now: datetime) -> Finding:
    old = session.exec(
        select(func.count()).select_from(Hold).where(col(Hold.expires_at) < now - PATIENCE)
    ).one()
    if old:
        return warning("holds", f"{old} ended long ago and are still there", NOT_RUNNING)
    return ok("holds", "none left over")


def forgotten(session: Session, now: datetime) -> Finding:
    """Whether what has been kept long enough goes by itself."""
    neglected = retention.neglected(session, now)
    if neglected:
        return warning("retention", f"nothing has seen to {', '.join(neglected)} for two days", NOT_RUNNING)
    return ok("retention", "what has been kept long enough goes by itself")
