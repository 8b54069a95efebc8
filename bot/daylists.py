"""A worker's visits of one day, as one message: each with its button, and one to say that all were seen."""

from datetime import date, time, timedelta

from bot import cards, watching, worker_cards
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from core import attendance, visits
from core.visits import Visit

SHOWN = 8


def of(turn: Turn, worker_id: int, day: date) -> list[Visit]:
    """The worker's visits of a day that are ahead, under way or over, in order; no mere requests."""
    first = watching.local(turn, day, time.min)
    found = visits.of_worker(turn.session, worker_id, first, first + timedelta(days=1))
    return [visit for visit in found if visit.status is not visits.Status.REQUESTED]


def told(turn: Turn, worker_id: int, day: date, which: str) -> Outbound:
    """A day's list: of `today`, `tomorrow` or an `other` day as asked for, or as it is `sent` or `changed`.

    The only visit of a day is shown with everything about it.
    """
    theirs = of(turn, worker_id, day)
    if not theirs:
        return turn.say(f"daylist-{which}-none", day=cards.day(turn, day), choices=_others(turn, day))
    choices = [*_seen(turn, worker_id, day, theirs), *_opened(turn, worker_id, theirs)]
    card = _card(turn, worker_id, day, theirs)
    return turn.say(
        f"daylist-{which}", day=cards.day(turn, day), count=len(theirs), card=card, choices=choices
    )


def _card(turn: Turn, worker_id: int, day: date, theirs: list[Visit]) -> Card:
    if len(theirs) == 1:
        return worker_cards.visit_card(turn, theirs[0], worker_id)
    lines = [
        (cards.window(turn, visit.starts_at, visit.ends_at), _line(turn, visit)) for visit in theirs[:SHOWN]
    ]
    return Card(turn.text("daylist-title", day=cards.day(turn, day)), tuple(lines))


def _line(turn: Turn, visit: Visit) -> str:
    service = turn.company.service(visit.service_code)
    return turn.text(
        "daylist-line",
        name=service.name,
        quantity=cards.quantity(turn, service.unit, visit.quantity),
        where=worker_cards.where(turn, visit),
    )


def _seen(turn: Turn, worker_id: int, day: date, theirs: list[Visit]) -> list[Choice]:
    """The button that confirms the list, while something in it is not confirmed."""
    for visit in theirs:
        row = attendance.known(turn.session, visit).get(worker_id)
        if row and row.listed_at and not row.confirmed_at and visit.status is visits.Status.CONFIRMED:
            return [cards.go(turn, "confirmday", day.isoformat())]
    return []


def _opened(turn: Turn, worker_id: int, theirs: list[Visit]) -> list[Choice]:
    if len(theirs) == 1:
        here = worker_cards.choices(turn, theirs[0], worker_id)
        return [one for one in here if one.data.count(":") > 1]
    return [
        Choice(
            turn.text(
                "daylist-open",
                at=visit.starts_at.astimezone(turn.company.zone).time(),
                name=turn.company.service(visit.service_code).name,
            ),
            f"go:job:{visit.reference}",
        )
        for visit in theirs[:SHOWN]
    ]


def _others(turn: Turn, day: date) -> list[Choice]:
    today = turn.now.astimezone(turn.company.zone).date()
    return [cards.go(turn, "tomorrow" if day == today else "today"), cards.go(turn, "round")]
