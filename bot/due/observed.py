"""Some minutes after a visit its worker is asked how it was; what nobody confirms is dropped one day."""

from datetime import timedelta
from functools import partial

from bot import afterwards, cards, noticing, telling
from bot.flow import Turn
from bot.messages import Outbound
from core import alarms, observations, visits, welfare
from core.reminders import Reminder
from core.visits import Visit
from core.welfare import Light

KIND = afterwards.OBSERVED
STALE = timedelta(hours=24)
"""Nobody is asked about a visit that was over so long ago, after an outage."""


def say(turn: Turn, reminder: Reminder) -> str:
    """Ask the one who led, about the elder or infant first where the family agreed; or let go of the rest."""
    visit = visits.by_reference(turn.session, reminder.subject)
    if visit is None or visit.status is not visits.Status.FINISHED:
        return "not said: the visit is not finished"
    if reminder.payload["say"] == afterwards.EXPIRE:
        return f"dropped {observations.expire(turn.session, visit, turn.now)} that nobody confirmed"
    if turn.now - (visit.closed_at or visit.ends_at) > STALE:
        return "not said: too long ago to be asked"
    if alarms.is_frozen(turn.session, visit.id or 0):
        return "not said: the worker called for help, staff see to it"
    watched = welfare.consent_of(turn.session, visit.customer_id) is not None
    team = visits.crew(turn.session, visit)
    make = partial(_lights if watched else noticing.question, visit=visit)
    if team and telling.worker(turn, team[0][1].id or 0, make):
        return "asked for the light" if watched else "asked"
    return "not said: the worker can be written to nowhere"


def _lights(turn: Turn, visit: Visit) -> Outbound:
    """How they were, by one tap."""
    choices = [
        cards.go(turn, "lighting", f"{visit.reference}:{light.value}", f"go-lighting-{light.value}")
        for light in Light
    ]
    return turn.say("light-ask", visit=cards.visit_line(turn, visit), choices=choices)
