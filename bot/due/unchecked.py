"""A customer had long enough to look at the work: it counts as not checked, without another word."""

from bot import reminding
from bot.flow import Turn
from core import acceptance, visits
from core.reminders import Reminder

KIND = reminding.VISIT_UNCHECKED


def say(turn: Turn, reminder: Reminder) -> str:
    """Close what nobody answered."""
    visit = visits.by_reference(turn.session, reminder.subject)
    found = acceptance.of(turn.session, visit) if visit else None
    if visit is None or found is None or found.at > reminder.due_at:
        return "nothing to close"
    return "not checked" if acceptance.give_up(turn.session, visit, turn.now) else "answered in time"
