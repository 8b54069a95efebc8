"""In the morning a worker hears of what was offered in their hours of rest, or that something is off."""

from bot import offering
from bot.flow import Turn
from core import offers
from core.offers import Offer
from core.reminders import Reminder

KIND = offers.TELLS


def say(turn: Turn, reminder: Reminder) -> str:
    """Tell the worker what is still true."""
    one = turn.session.get_one(Offer, int(reminder.subject))
    if one.status is offers.Status.OPEN and one.told_at is None:
        offering.tell(turn, one, moved=bool(reminder.payload["moved"]))
        return "said"
    if one.status is offers.Status.WITHDRAWN and one.told_at is not None:
        offering.tell_over(turn, one)
        return "said: it is off"
    return "not said: it is as the worker knows it"
