"""The work is done, or nobody opened the door: a visit ends by the worker's word."""

from functools import partial

from bot import (
    afterwards,
    attending,
    benefits,
    cards,
    checking,
    judging,
    reaching,
    reminding,
    telling,
    worker_cards,
)
from bot.enquiries import about_acceptance, about_payment
from bot.flow import Turn
from bot.messages import Outbound
from bot.texts import Money
from core import acceptance, checklists, extras, payments, visits
from core.acceptance import State
from core.fees import Fee
from core.visits import Status, Visit


def finish(turn: Turn, reference: str) -> list[Outbound]:
    """The worker says that the work is done; what must be done and is not is shown first."""
    visit = attending.visit_of(turn, reference) or about_payment.last_finished(turn)
    if visit is None:
        return attending.nothing(turn)
    match visit.status:
        case Status.FINISHED:
            return _again(turn, visit)
        case Status.WORKING:
            pass
        case Status.CONFIRMED | Status.ON_THE_WAY | Status.ARRIVED:
            return [worker_cards.comes_first(turn, visit, turn.worker_id)]
        case _:
            return [checking.not_there(turn, visit)]
    missing = checklists.missing(checklists.items(turn.session, turn.company, visit))
    if missing:
        said = turn.text("finishing-not-yet", count=len(missing))
        return [checking.shown(turn, visit, said)]
    _finish(turn, visit)
    return [about_payment.due_card(turn, visit, "finishing-done")]


def _finish(turn: Turn, visit: Visit) -> None:
    visits.advance(turn.session, visit, Status.FINISHED, actor="worker", now=turn.now)
    extras.withdraw_open(turn.session, visit, turn.now)
    acceptance.ask(turn.session, visit, turn.now)
    payments.ask(turn.session, visit, turn.now)
    reminding.drop(turn, visit)
    reminding.plan_unchecked(turn.session, visit, turn.now)
    afterwards.plan(turn.session, turn.company, visit, turn.now)
    reaching.customer(turn, visit, partial(judging.asked, visit=visit), critical=False)
    reference = visit.reference
    attending.crew(
        turn,
        visit,
        lambda their: their.say(
            "told-finished",
            visit=cards.visit_line(their, visit),
            choices=[cards.go(their, "paying", reference)],
        ),
        but=[turn.worker_id],
    )


def _again(turn: Turn, visit: Visit) -> list[Outbound]:
    """Done was said before; where something had to be done again, that is what is done now."""
    asked = acceptance.of(turn.session, visit)
    if asked is not None and asked.state is State.REDO:
        return about_acceptance.redone(turn, visit.reference)
    return [about_payment.due_card(turn, visit, "finishing-before")]


def nobody_opened(turn: Turn, reference: str) -> list[Outbound]:
    """The worker waited long enough before a closed door: the visit is over, and its fee is told with why."""
    visit = attending.visit_of(turn, reference)
    if visit is None:
        return attending.nothing(turn)
    if visit.status is not Status.ARRIVED:
        return [turn.say("noaccess-not-now", choices=attending.choices(turn, visit))]
    until = attending.may_leave_at(turn, visit)
    if turn.now < until:
        choices = [cards.go(turn, "noaccess", visit.reference)]
        return [turn.say("noaccess-wait", until=attending.clock(turn, until), choices=choices)]
    crew = [worker.id or 0 for _, worker in visits.crew(turn.session, visit)]
    fee = visits.no_access(turn.session, turn.company, visit, actor="worker", now=turn.now)
    reminding.drop(turn, visit)
    reaching.customer(turn, visit, partial(_closed, visit=visit, fee=fee))
    for worker_id in crew:
        if worker_id != turn.worker_id:
            telling.worker(turn, worker_id, lambda their: their.say("noaccess-done"))
    telling.staff(turn, lambda their: _closed_for_staff(their, visit))
    return [turn.say("noaccess-done", choices=[cards.go(turn, "round")])]


def _closed(turn: Turn, *, visit: Visit, fee: Fee) -> Outbound:
    said = turn.say(
        "told-no-access",
        visit=cards.visit_line(turn, visit),
        fee=cards.fee_rule(turn, fee),
        phone=turn.house_phone,
        choices=[cards.go(turn, "booking", "again"), cards.go(turn, "person")],
    )
    return benefits.with_returned(turn, visit, said)


def _closed_for_staff(turn: Turn, visit: Visit) -> Outbound:
    return turn.say(
        "told-staff-no-access",
        visit=cards.visit_line(turn, visit),
        reference=visit.reference,
        fee=Money(visit.fee),
        phone=telling.phone_of(turn, visit),
        choices=[cards.go(turn, "desk")],
    )
