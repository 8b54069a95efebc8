"""An hour before a visit its workers are asked to set out."""

from functools import partial

from bot import cards, telling, watching, worker_cards
from bot.flow import Turn
from bot.messages import Outbound
from core import alarms, attendance, visits
from core.reminders import Reminder
from core.visits import Visit

KIND = watching.SET_OUT


def say(turn: Turn, reminder: Reminder) -> str:
    """Ask those of the crew who have not set out."""
    visit = visits.by_reference(turn.session, reminder.subject)
    if visit is not None and alarms.is_frozen(turn.session, visit.id or 0):
        return "not said: a call for help is open"
    if visit is None or visit.status not in attendance.EXPECTED or visit.starts_at <= turn.now:
        return "not said: the visit is not ahead any more"
    known = attendance.known(turn.session, visit)
    asked = []
    for _, worker in visits.crew(turn.session, visit):
        mine = known.get(worker.id or 0)
        if not (mine and (mine.set_out_at or mine.arrived_at)):
            telling.worker(turn, worker.id or 0, partial(_make, visit=visit, worker_id=worker.id or 0))
            asked.append(worker.id)
    return f"said to {asked}" if asked else "not said: everybody is on the way"


def _make(their: Turn, *, visit: Visit, worker_id: int) -> Outbound:
    return their.say(
        "set-out",
        when=cards.when(their, visit),
        card=worker_cards.visit_card(their, visit, worker_id),
        choices=worker_cards.setting_out(their, visit),
    )
