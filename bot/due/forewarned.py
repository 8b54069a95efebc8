"""Whether there is something to speak of with a customer, and telling staff of all that was noticed."""

from datetime import timedelta
from functools import partial

from bot import forewarning
from bot.flow import Turn
from core import compensations, forewarnings, reminders, visits
from core.reminders import Reminder

LOOK, OWED, TOGETHER = forewarning.LOOK, compensations.OWED, forewarning.TOGETHER


def look(turn: Turn, reminder: Reminder) -> str:
    """A visit is some time ago: did its customer fall silent, or are they to be asked how it was?"""
    visit = visits.by_reference(turn.session, reminder.subject)
    if visit is None or visit.status is not visits.Status.FINISHED:
        return "not said: the visit is not finished"
    if reminder.payload["look"] == forewarning.CARE:
        raised = forewarning.after(turn, visit)
        return "staff are to ask how it was" if raised else "not said: raised before"
    if not forewarnings.fell_silent(turn.session, visit):
        return "not said: the customer spoke, or never does"
    return "staff are to ask why" if forewarning.silent(turn, visit) else "not said: raised before"


def owed(turn: Turn, reminder: Reminder) -> str:
    """Something was promised: is it overdue? It is looked at again in the morning it would be."""
    promised = compensations.find(turn.session, int(reminder.subject))
    if promised is None or promised.settled_at is not None:
        return "not said: it was given"
    limit = promised.granted_at + timedelta(days=turn.company.policies.forewarn_owed_days)
    at = forewarning.morning(turn.company, limit)
    if turn.now < at:
        key = f"{OWED}:{promised.id}:{at:%Y%m%d}"
        reminders.schedule(turn.session, OWED, reminder.subject, at, dedupe_key=key)
        return f"not said: to be looked at again at {at.isoformat()}"
    return "staff are to give it" if forewarning.owed(turn, promised) else "not said: raised before"


def together(turn: Turn, _reminder: Reminder) -> str:
    """Tell staff in one message of everything they have not been told of."""
    found = [one for one in forewarnings.unsaid(turn.session) if one.done_at is None]
    if not found:
        return "not said: nothing new"
    forewarning.tell(turn, partial(forewarning.several, made=found, key="forewarnings-told"))
    forewarnings.said(turn.session, found, turn.now)
    return f"said: {len(found)}"
