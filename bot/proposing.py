"""Something extra as people see it: its name, and the one card that the customer agrees to or not."""

from datetime import timedelta

from bot import attending, cards, reaching, reminding
from bot.flow import Turn
from bot.messages import Card, Outbound
from bot.texts import Money
from core.extras import Extra
from core.visits import Visit


def named(turn: Turn, extra: Extra) -> str:
    """What is proposed, in a few words."""
    line = extra.quote_line
    if line.kind == "overtime":
        return turn.text("extra-longer", minutes=line.quantity)
    return cards.quote_line(turn, line)[0]


def proposal(turn: Turn, visit: Visit, extra: Extra) -> Outbound:
    """The one card that the customer agrees to or not: what, why, price and new end."""
    price = cards.quote_line(turn, extra.quote_line)[1]
    ends = visit.ends_at + timedelta(minutes=extra.minutes)
    later = turn.text(
        "extra-from-to", old=attending.clock(turn, visit.ends_at), new=attending.clock(turn, ends)
    )
    total = turn.text("extra-from-to", old=Money(visit.total), new=Money(visit.total + extra.amount))
    lines = (
        (turn.text("extra-what"), named(turn, extra)),
        (turn.text("extra-why"), attending.worded(turn, "adding-why", extra.why)),
        (turn.text("card-price"), price),
        (turn.text("extra-ends"), later if extra.minutes else attending.clock(turn, ends)),
        (turn.text("quote-total"), total),
    )
    yes = cards.go(turn, "extrayes", str(extra.id), amount=Money(extra.amount))
    return turn.say(
        "extra-proposed",
        worker=attending.lead(turn, visit),
        until=attending.clock(turn, extra.expires_at),
        card=Card(turn.text("card-title", reference=visit.reference), lines),
        choices=[yes, cards.go(turn, "extrano", str(extra.id))],
    )


def propose(turn: Turn, visit: Visit, extra: Extra) -> bool:
    """Put it to the customer, and look again when its time is over; False if nobody can be asked by chat."""
    reminding.plan_extra(turn.session, extra)
    return reaching.customer(turn, visit, lambda their: proposal(their, visit, extra), until=extra.expires_at)
