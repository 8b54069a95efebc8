"""A visit comes near: its customer is reminded, a day before and two hours before."""

from functools import partial

from bot import cards, expecting, forewarning, reaching, reminding
from bot.flow import Turn
from bot.messages import Outbound
from core import alarms, clock, visits
from core.news import Kind
from core.reminders import Reminder
from core.visits import Visit

KIND = reminding.VISIT_NEAR
_, SOON = reminding.BEFORE["hours"]


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Whose visit it is."""
    visit = visits.by_reference(turn.session, reminder.subject)
    return visit.customer_id if visit is not None else None


def say(turn: Turn, reminder: Reminder) -> str:
    """Remind the customer of a visit that is still ahead."""
    visit = visits.by_reference(turn.session, reminder.subject)
    if visit is None or visit.status is not visits.Status.CONFIRMED or visit.starts_at <= turn.now:
        return "not said: the visit is not ahead any more"
    if alarms.is_frozen(turn.session, visit.id or 0):
        return "not said: the worker called for help, staff see to it"
    if reminder.payload["said"] == "day":
        forewarning.before(turn, visit)
        if visit.starts_at - turn.now <= SOON:
            return "stale: it is so late that only the reminder shortly before is worth saying"
    near = partial(_near, visit=visit, said=reminder.payload["said"])
    until = min(
        visit.starts_at, clock.midnight(turn.now, turn.company.zone)
    )  # it says "tomorrow", or "today"
    if reaching.customer(turn, visit, near, kind=Kind.VISIT_NEAR, until=until):
        if reminder.payload["said"] == "day":
            expecting.plan(turn, visit)
        return "said"
    return "not said: the customer can be written to nowhere, staff call"


def _near(turn: Turn, *, visit: Visit, said: str) -> Outbound:
    confirm = [cards.go(turn, "expected", visit.reference)] if said == "day" else []
    return turn.say(
        f"near-{said}",
        when=cards.when(turn, visit),
        card=cards.visit_card(turn, visit),
        choices=[*confirm, *cards.visit_choices(turn, visit)],
    )
