"""A worker has waited long enough before a closed door, and may go."""

from bot import attending, cards, reminding
from bot.flow import Turn
from core import visits
from core.reminders import Reminder
from core.visits import Status

KIND = reminding.NO_ACCESS


def say(turn: Turn, reminder: Reminder) -> str:
    """Ask whether somebody opened; if not, the visit can be ended with a tap."""
    visit = visits.by_reference(turn.session, reminder.subject)
    if visit is None or visit.status is not Status.ARRIVED:
        return "not said: somebody opened, or the visit is over"
    reference = visit.reference
    attending.crew(
        turn,
        visit,
        lambda their: their.say("noaccess-may-go", choices=[cards.go(their, "noaccess", reference)]),
    )
    return "said"
