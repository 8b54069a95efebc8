"""The customer judges the work: what they are shown, and the answers that are still open."""

from bot import attending, cards, checking
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from bot.texts import Money
from core import acceptance, payments
from core.acceptance import WAITING, State
from core.visits import Visit


def asked(turn: Turn, visit: Visit) -> Outbound:
    """The work is done: what to look at, and the three answers."""
    return turn.say(
        "acceptance-asked",
        worker=attending.lead(turn, visit),
        card=card(turn, visit),
        choices=choices(turn, visit),
    )


def card(turn: Turn, visit: Visit) -> Card:
    """What to look at, what could not be done, and what the visit comes to."""
    service = turn.company.service(visit.service_code)
    lines = (
        (turn.text("card-acceptance"), cards.listed(turn, service.acceptance)),
        *checking.left_out(turn, visit),
        (turn.text("quote-total"), turn.text("value-said", value=Money(payments.due(turn.session, visit)))),
    )
    return Card(turn.text("card-title", reference=visit.reference), lines)


def choices(turn: Turn, visit: Visit) -> list[Choice]:
    """The answers that are still open."""
    found = acceptance.of(turn.session, visit)
    if found is None or found.state not in WAITING:
        return []
    names = ("accept", "redoing", "later") if found.state is State.ASKED else ("accept", "redoing")
    return [cards.go(turn, name, visit.reference) for name in names]
