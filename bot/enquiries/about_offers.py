"""What a worker is asked to take: what waits for an answer, and the yes."""

from bot import cards, offering
from bot.enquiries.about_work import visits_ahead
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from core import offers
from core.offers import Offer
from core.visits import Visit

SHOWN = 8


def waiting(turn: Turn, argument: str) -> list[Outbound]:
    """The offers that wait for the worker's answer; one by one through their buttons."""
    found = offers.open_of_worker(turn.session, turn.worker_id)
    chosen = [one for one in found if str(one.id) == argument]
    if not found:
        return [turn.say("offers-none", choices=[cards.go(turn, "round")])]
    if chosen or len(found) == 1:
        return [offering.shown(turn, one=(chosen or found)[0])]
    lines = tuple(
        (_when(turn, one), turn.text("offers-by", by=offering.clock(turn, one.until))) for one in found
    )
    choices = [Choice(_when(turn, one), f"go:offers:{one.id}") for one in found[:SHOWN]]
    card = Card(turn.text("offers-title"), lines[:SHOWN])
    return [turn.say("offers-several", count=len(found), card=card, choices=choices)]


def accept(turn: Turn, argument: str) -> list[Outbound]:
    """The worker takes what a button offered; in words, the only offer there is."""
    found = offers.open_of_worker(turn.session, turn.worker_id)
    if not argument and len(found) == 1:
        argument = str(found[0].id)
    if not (argument.isascii() and argument.isdecimal()):
        return waiting(turn, "")
    try:
        taken = offers.accept(
            turn.session, turn.company, int(argument), worker_id=turn.worker_id, now=turn.now
        )
    except offering.NOES as no:
        return [Outbound(turn.text(no.key, phone=turn.house_phone)), *visits_ahead(turn, "")]
    visit = turn.session.get_one(Visit, taken.offer.visit_id)
    if taken.instead is not None:
        offering.tell_customer(turn, visit, turn.worker_id, taken.instead)
    if taken.staff_wait:
        offering.tell_staff_taken(turn, visit, turn.worker_id)
    return [_taken(turn, visit, others=any(other.id != taken.offer.id for other in found))]


def _taken(turn: Turn, visit: Visit, *, others: bool) -> Outbound:
    """The yes, read back, and what comes next."""
    where = offering.place_line(turn, visit)
    near = where[1] == visit.address_line
    lines = (
        (turn.text("card-when"), cards.when(turn, visit)),
        where,
        *offering.team_line(turn, visit, turn.worker_id),
        *([(turn.text("card-note"), visit.note)] if visit.note and near else []),
    )
    choices = [*([cards.go(turn, "offers")] if others else []), cards.go(turn, "round")]
    card = Card(turn.text("card-title", reference=visit.reference), lines)
    return turn.say("offers-accepted-near" if near else "offers-accepted", card=card, choices=choices)


def _when(turn: Turn, one: Offer) -> str:
    return cards.visit_line(turn, turn.session.get_one(Visit, one.visit_id))
