"""A visit should be over and nobody said so: its workers are asked, then staff are told."""

from bot import attending, cards, reminding, telling
from bot.flow import Turn
from bot.messages import Outbound
from core import alarms, visits
from core.checklists import UNDER_WAY
from core.reminders import Reminder
from core.visits import Visit

KIND = reminding.VISIT_OVERDUE


def say(turn: Turn, reminder: Reminder) -> str:
    """Ask the workers, or tell staff, about a visit that has ended by the clock only."""
    visit = visits.by_reference(turn.session, reminder.subject)
    if visit is not None and alarms.is_frozen(turn.session, visit.id or 0):
        return "not said: a call for help is open"
    if visit is None or visit.status not in UNDER_WAY:
        return "not said: the visit is over, or never began"
    if visit.ends_at.isoformat() != reminder.payload["ends_at"]:
        return "not said: the visit lasts longer now"
    if reminder.payload["asked"] == "worker":
        attending.crew(turn, visit, lambda their: _ask(their, visit))
        reminding.plan_overdue(turn.session, visit, staff=True)
        return "asked the workers"
    telling.staff(turn, lambda their: _tell(their, visit))
    return "told staff"


def _ask(turn: Turn, visit: Visit) -> Outbound:
    choices = [cards.go(turn, name, visit.reference) for name in ("finishing", "adding", "reporting")]
    return turn.say("overdue-asked", visit=cards.visit_line(turn, visit), choices=choices)


def _tell(turn: Turn, visit: Visit) -> Outbound:
    return turn.say(
        "overdue-told",
        worker=attending.lead(turn, visit),
        visit=cards.visit_line(turn, visit),
        reference=visit.reference,
        phone=telling.phone_of(turn, visit),
        choices=[cards.go(turn, "desk")],
    )
