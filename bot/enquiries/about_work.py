"""What is theirs today: a worker's visits, and what waits for staff."""

from datetime import datetime, timedelta

from bot import cards, handing_over
from bot.enquiries import about_handoffs
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from core import alarms, forewarnings, handoffs, rights, visits
from core.customers import Customer
from core.workers import Worker

DAYS = 7
SHOWN = 10
TAKEN_FROM_HERE = 2


def visits_ahead(turn: Turn, _argument: str) -> list[Outbound]:
    """A worker's visits of today and the days after, with the district; the door comes the day before."""
    morning = turn.now.astimezone(turn.company.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    worker_id = turn.identity.worker_id or 0
    found = visits.of_worker(turn.session, worker_id, morning, morning + timedelta(days=DAYS))
    if not found:
        return [turn.say("round-none", days=DAYS, choices=[cards.go(turn, "round")])]
    lines = tuple(
        (
            cards.when(turn, visit),
            turn.text(
                "round-line", name=turn.company.service(visit.service_code).name, where=_where(turn, visit)
            ),
        )
        for visit in found[:SHOWN]
    )
    card = Card(turn.text("round-title"), lines)
    return [turn.say("round-told", count=len(found), days=DAYS, card=card, choices=[cards.go(turn, "round")])]


def _where(turn: Turn, visit: visits.Visit) -> str:
    if rights.worker_knows_door(visit.starts_at, visit.ends_at, turn.now):
        return visit.address_line
    return turn.company.area(visit.area_code).name.get(turn.language)


def desk(turn: Turn, _argument: str) -> list[Outbound]:
    """Who waits for a person and which requests wait for an answer, the most urgent first."""
    called = alarms.unsettled(turn.session, SHOWN)
    waiting = handoffs.waiting(turn.session, SHOWN)
    requests = visits.requests_waiting(turn.session, SHOWN)
    if not (called or waiting or requests):
        return [turn.say("desk-none", choices=[*_to_call(turn), cards.go(turn, "desk")])]
    lines = [(_at(turn, one.raised_at), _called(turn, one)) for one in called]
    lines += [(_at(turn, one.asked_at), _wait(turn, one)) for one in waiting]
    lines += [
        (visit.reference, turn.text("request-line", visit=cards.visit_line(turn, visit), by=visit.answer_by))
        for visit in requests
    ]
    choices = [cards.go(turn, "rescue", label="go-rescue-open")] if called else []
    choices += [about_handoffs.take_choice(turn, one) for one in waiting[:TAKEN_FROM_HERE]]
    choices += [cards.go(turn, "requests")] if requests else []
    card = Card(turn.text("desk-title"), tuple(lines))
    first = [turn.text("desk-called", count=len(called))] if called else []
    if waiting or requests:
        first.append(turn.text("desk-told", waiting=len(waiting), requests=len(requests)))
    return [
        Outbound(
            "\n".join(first),
            (*choices, *_to_call(turn), cards.go(turn, "intaking"), cards.go(turn, "desk")),
            card,
        )
    ]


def _to_call(turn: Turn) -> list[Choice]:
    """The way to customers who are to be called, where there are some."""
    return [cards.go(turn, "forewarnings")] if forewarnings.open_ones(turn.session, 1) else []


def _at(turn: Turn, at: datetime) -> str:
    return turn.text("value-said", value=turn.local(at))


def _called(turn: Turn, one: alarms.Alarm) -> str:
    return turn.text("desk-alarm", worker=turn.session.get_one(Worker, one.raised_by).name)


def _wait(turn: Turn, one: handoffs.Handoff) -> str:
    customer = turn.session.get(Customer, one.customer_id)
    name = customer.name if customer and customer.name else turn.text("desk-unnamed")
    return turn.text("desk-line", name=name, words=handing_over.quoted(turn, one.words))
