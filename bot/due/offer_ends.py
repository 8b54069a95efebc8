"""The time of an offer is over: the next one is asked, or staff are."""

from bot import offering
from bot.flow import Turn
from core import offers, visits
from core.offers import Offer
from core.reminders import Reminder
from core.visits import Visit

KIND = offers.ENDS


def say(turn: Turn, reminder: Reminder) -> str:
    """Go on without the worker's answer, if there was none."""
    one = turn.session.get_one(Offer, int(reminder.subject))
    passed = offers.expire(turn.session, turn.company, one, turn.now)
    if passed is None:
        return "not said: it was answered, taken back, or has more time"
    visit = turn.session.get_one(Visit, one.visit_id)
    if one.worker_id not in {worker.id for _, worker in visits.crew(turn.session, visit)}:
        offering.tell_lapsed(turn, one)
    offering.follow(turn, visit, passed)
    return "said: nobody is left to ask, staff decide" if passed.for_staff else "said"
