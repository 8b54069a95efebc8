"""The time to choose after a drop-out is over: whoever was found comes, or staff have to call."""

from functools import partial

from bot import cards, reaching, replacing, telling
from bot.flow import Turn
from bot.messages import Outbound
from core import dropouts, visits, workers
from core.news import Kind
from core.reminders import Reminder
from core.visits import Visit

KIND = replacing.KIND


def say(turn: Turn, reminder: Reminder) -> str:
    """Tell the customer who comes; where nobody does, ask staff to call them."""
    visit = visits.by_reference(turn.session, reminder.subject)
    made = dropouts.asked_of(turn.session, visit.id) if visit is not None else None
    if visit is None or made is None or made.id != reminder.payload["dropout"]:
        return "not said: the customer has chosen, or something else happened"
    if made.instead_id is None:
        telling.staff(turn, partial(_call, visit=visit))
        return "staff were asked to call, as nobody comes and the customer said nothing"
    instead = workers.worker(turn.session, made.instead_id).name
    if not visits.keep(turn.session, visit, now=turn.now):
        return "not said: the visit is not ahead any more"
    kept = partial(_kept, visit=visit, instead=instead)
    if reaching.customer(turn, visit, kept, kind=Kind.VISIT_CHANGED, until=visit.ends_at):
        return "said"
    return "not said: the customer can be written to nowhere, staff call"


def _kept(turn: Turn, *, visit: Visit, instead: str) -> Outbound:
    return turn.say(
        "replacing-kept",
        instead=instead,
        when=cards.when(turn, visit),
        card=cards.visit_card(turn, visit),
        choices=cards.visit_choices(turn, visit),
    )


def _call(their: Turn, *, visit: Visit) -> Outbound:
    return their.say(
        "told-nobody-answered",
        visit=cards.visit_line(their, visit),
        reference=visit.reference,
        phone=telling.phone_of(their, visit),
        choices=[cards.go(their, "ticket", visit.reference)],
    )
