"""What customer and worker of a visit write to each other, passed on without numbers."""

from datetime import datetime
from functools import partial

from bot import cards, reaching, telling, words
from bot.flow import Turn
from bot.messages import Outbound
from core import praise, quiet, relay, reminders, timeline, visits
from core.customers import Customer
from core.visits import Visit
from core.workers import Worker

WAITING = "relay"
"""The kind of reminder that holds words until the worker is up."""
SHORTEST_PRAISE = 4


def to_worker(turn: Turn, visit: Visit, said: str) -> tuple[Worker, datetime | None]:
    """Pass a customer's words on to whoever leads; who that is, and when they will read it if not now.

    Raises RelayClosed.
    """
    worker = relay.partner(turn.session, visit, turn.now)
    waits = None if quiet.is_under_way(visit) else quiet.until(turn.company, turn.now)
    if waits is None:
        deliver(turn, visit, worker, said)
    else:
        reminders.schedule(
            turn.session,
            WAITING,
            visit.reference,
            waits,
            dedupe_key=f"{WAITING}:{visit.reference}:{turn.now.timestamp()}",
            payload={"words": said},
        )
    _note(turn, visit, "customer")
    if visit.status is visits.Status.FINISHED and _is_praise(said):
        praise.keep(turn.session, visit.id or 0, worker.id or 0, said, turn.now)
    return worker, waits


def deliver(turn: Turn, visit: Visit, worker: Worker, said: str) -> None:
    """Tell the worker what the customer wrote; where that cannot be, staff are asked to ring them."""
    if telling.worker(turn, worker.id or 0, partial(_from_customer, visit=visit, said=said)):
        return

    def make(their: Turn) -> Outbound:
        line = cards.visit_line(their, visit)
        return their.say("told-relay-unread", worker=worker.name, visit=line, words=said)

    telling.staff(turn, make)


def to_customer(turn: Turn, visit: Visit, said: str) -> bool:
    """Pass a worker's words on in every chat of the customer's; False if staff have to call them.

    Raises RelayClosed, also for workers who do not lead.
    """
    worker = relay.partner(turn.session, visit, turn.now)
    if worker.id != turn.worker_id:
        raise relay.RelayClosed
    _note(turn, visit, "worker")

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, "messaging", visit.reference, "go-messaging-back")]
        return their.say("relay-from-worker", name=worker.name, words=said, choices=choices)

    return reaching.customer(turn, visit, make)


def _from_customer(turn: Turn, *, visit: Visit, said: str) -> Outbound:
    return turn.say(
        "relay-from-customer",
        name=name_of_customer(turn, visit),
        visit=cards.visit_line(turn, visit),
        words=said,
        choices=[cards.go(turn, "messaging", visit.reference, "go-messaging-back")],
    )


def name_of_customer(turn: Turn, visit: Visit) -> str:
    """What a worker calls whoever is there: never by a number."""
    return (
        visit.contact_name
        or turn.session.get_one(Customer, visit.customer_id).name
        or turn.text("customer-unnamed")
    )


def _note(turn: Turn, visit: Visit, who: str) -> None:
    timeline.add(turn.session, visit.id or 0, f"{who}-wrote", actor=who, now=turn.now)


def _is_praise(said: str) -> bool:
    thanks = words.within(said, "intents", {"thanks"}) is not None
    return thanks and len(said) >= SHORTEST_PRAISE and not words.ends_like_a_question(said)
