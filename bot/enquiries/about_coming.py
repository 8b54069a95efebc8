"""The customer says that they expect us tomorrow: one tap on the reminder, or a word."""

from bot import cards, expecting
from bot.flow import Reference, Turn
from bot.messages import Choice, Outbound
from core import visits


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


def _choices(turn: Turn, reference: str) -> list[Choice]:
    return [cards.go(turn, name, reference) for name in ("moving", "cancelling", "progress")]
