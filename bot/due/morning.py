"""Before the office opens every member of staff hears what the day holds, if it holds something."""

from datetime import date
from functools import partial

from bot import mornings, telling
from bot.flow import Turn
from core import identities
from core import mornings as days
from core.identities import Role
from core.reminders import Reminder
from core.staff import StaffMember

KIND = days.KIND


def say(turn: Turn, reminder: Reminder) -> str:
    """Tell each of them in their language what they may see of it; after an outage of days, today's."""
    if days.is_over(turn.company, date.fromisoformat(reminder.subject), turn.now):
        days.make_up(turn.session, turn.company, turn.now)
        return "stale: its day is over"
    morning, told = mornings.look(turn), set[int]()
    for identity in identities.of_staff(turn.session):
        member = turn.session.get_one(StaffMember, identity.staff_id)
        theirs = mornings.seen_by(turn, morning, member.id or 0)
        if not theirs.is_empty:
            language = telling.language_of(turn.session, identity, turn.company, Role.STAFF)
            turn.tell([identity], language, partial(mornings.make, morning=theirs, member=member))
            told.add(member.id or 0)
    return f"said to {len(told)}" if told else "not said: there is nothing to see to"
