"""Nobody answered a proposal in time: the worker hears that it must not be begun."""

from bot import attending, proposing, reminding
from bot.flow import Turn
from core import extras
from core.reminders import Reminder
from core.visits import Visit

KIND = reminding.EXTRA_EXPIRES


def say(turn: Turn, reminder: Reminder) -> str:
    """Close the proposal, and tell everybody who attends the visit."""
    extra = extras.by_id(turn.session, int(reminder.subject))
    if not extras.expire(turn.session, extra, turn.now):
        return "not said: it was answered"
    visit = turn.session.get_one(Visit, extra.visit_id)
    attending.crew(
        turn,
        visit,
        lambda their: their.say(
            "told-extra-expired",
            what=proposing.named(their, extra),
            choices=attending.choices(their, visit),
        ),
    )
    return "nobody answered, the workers were told"
