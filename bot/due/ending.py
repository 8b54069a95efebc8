"""A visit is soon over: its customer is asked to come and look at the work while the worker is there."""

from functools import partial

from bot import attending, cards, reaching, reminding
from bot.flow import Turn
from bot.messages import Card, Outbound
from core import alarms, visits
from core.checklists import UNDER_WAY
from core.reminders import Reminder
from core.visits import Visit

KIND = reminding.VISIT_ENDING


def say(turn: Turn, reminder: Reminder) -> str:
    """Ask the customer to come, and have it looked at afterwards whether the visit was finished."""
    visit = visits.by_reference(turn.session, reminder.subject)
    if visit is not None and alarms.is_frozen(turn.session, visit.id or 0):
        return "not said: a call for help is open"
    if visit is None or visit.status not in visits.LIVE:
        return "not said: the visit is over"
    reminding.plan_overdue(turn.session, visit)
    if visit.status not in UNDER_WAY or visit.ends_at <= turn.now:
        return "not said: nobody is at work, or the end has come"
    come = partial(_come, visit=visit)
    if reaching.customer(turn, visit, come, until=visit.ends_at, critical=False):
        return "said"
    return "not said: the customer can be written to nowhere"


def _come(turn: Turn, *, visit: Visit) -> Outbound:
    service = turn.company.service(visit.service_code)
    lines = ((turn.text("card-acceptance"), cards.listed(turn, service.acceptance)),)
    return turn.say(
        "ending-soon",
        worker=attending.lead(turn, visit),
        ends=attending.clock(turn, visit.ends_at),
        card=Card(turn.text("card-title", reference=visit.reference), lines),
        choices=[cards.go(turn, "howfar", visit.reference)],
    )
