"""The first of a month: whoever wants one message that has all of it gets it, if there is something in it."""

from bot import digest, membership
from bot.flow import Turn
from core import decency
from core.decency import DIGEST, Pace
from core.reminders import Reminder

KIND = DIGEST


def whom(_turn: Turn, reminder: Reminder) -> int:
    """Whose it is."""
    return int(reminder.subject)


def plan_next(turn: Turn, reminder: Reminder) -> None:
    """Whatever becomes of this one, the next comes a month later."""
    digest.plan(turn.session, turn.company, int(reminder.subject), turn.now)


def say(turn: Turn, reminder: Reminder) -> str:
    """Tell them of their month."""
    customer_id = int(reminder.subject)
    if decency.pace(turn.session, customer_id) is not Pace.DIGEST:
        return "not said: they want it no more"
    if not digest.lines(turn, customer_id):
        return "not said: there is nothing in it"
    if membership.tell(turn, customer_id, lambda their: digest.make(their, customer_id)):
        return "said"
    return "not said: the customer can be written to nowhere"
