"""A visit comes near: when its customer is reminded, and that they expect us: one tap, or a word."""

from bot import cards, expecting, handing_over, reminding
from bot.flow import Reference, Turn
from bot.messages import Choice, Outbound
from core import reminders, visits
from core.reminders import Status


def confirm(turn: Turn, reference: str) -> list[Outbound]:
    """Note it on the visit of the button, or on the one that comes next."""
    ahead = visits.upcoming(turn.session, turn.customer_id, turn.now)
    found = [one for one in ahead if one.reference == reference] if reference else ahead[:1]
    if not found:
        return [turn.say("expected-nothing", choices=[cards.go(turn, "booking"), cards.go(turn, "visits")])]
    visit = found[0]
    turn.about = Reference(visit.reference)
    if visit.status is not visits.Status.CONFIRMED:
        return [
            turn.say(
                "expected-not-yet",
                visit=cards.visit_line(turn, visit),
                choices=_choices(turn, visit.reference),
            )
        ]
    expecting.confirm(turn, visit)
    return [turn.say("expected-noted", when=cards.when(turn, visit), choices=_choices(turn, visit.reference))]


def reminded(turn: Turn, _argument: str) -> list[Outbound]:
    """When they will be reminded of the visit that comes next, and when they were."""
    ahead = visits.upcoming(turn.session, turn.customer_id, turn.now)
    if not ahead:
        return [turn.say("reminded-of-none", choices=[cards.go(turn, "booking")])]
    visit = ahead[0]
    found = reminders.about(turn.session, {reminding.VISIT_NEAR}, [visit.reference])
    to_come = [handing_over.moment(turn, one.due_at) for one in found if one.status is Status.WAITING]
    said = [handing_over.moment(turn, one.done_at) for one in found if one.done_at and one.outcome == "said"]
    key = "reminded-to-come" if to_come else "reminded-said" if said else "reminded-on-the-way"
    when = cards.when(turn, visit)
    return [turn.say(key, when=when, at=to_come or said, choices=_choices(turn, visit.reference))]


def _choices(turn: Turn, reference: str) -> list[Choice]:
    return [cards.go(turn, name, reference) for name in ("moving", "cancelling", "progress")]
