"""Households in a talk: whose visits somebody may change besides their own, and who hears what of which."""

from collections.abc import Callable
from functools import partial

from bot import cards, packing, reaching, savings, telling
from bot.flow import Turn
from bot.messages import Outbound
from bot.texts import Money
from core import households, packages, visits
from core.customers import Address, Customer
from core.households import HouseholdPerson, Kind
from core.identities import Role
from core.packages import Package
from core.quotes import Quote
from core.visits import Visit
from core.workers import Worker

START = "belonging"
"""What the links of an invitation carry, before the token."""


def mine(turn: Turn) -> HouseholdPerson | None:
    """What the speaker is in their household, looked up once in a turn."""
    return turn.once("kin", lambda: households.person(turn.session, turn.customer_id))


def homes(turn: Turn) -> list[Address]:
    """The homes of others to which the speaker may book."""
    return households.homes(turn.session, turn.customer_id) if mine(turn) is not None else []


def ahead(turn: Turn) -> list[Visit]:
    """The speaker's visits ahead, and those of whom they hear for, the next one first."""
    found = visits.upcoming(turn.session, turn.customer_id, turn.now)
    for one in households.looked_after(turn.session, turn.customer_id):
        found += visits.upcoming(turn.session, one, turn.now)
    return sorted(found, key=lambda visit: (visit.starts_at, visit.id or 0))


def visit_of(turn: Turn, reference: str) -> Visit:
    """A visit by its reference: their own, or one they hear of; staff open everybody's. Raises
    `UnknownVisit`."""
    found = cards.everybodys(turn, reference)
    if turn.role is Role.STAFF or found.customer_id == turn.customer_id:
        return found
    if turn.role is Role.CUSTOMER and turn.customer_id in households.hearers(turn.session, found):
        return found
    raise visits.UnknownVisit(reference=reference)


def line(turn: Turn, visit: Visit) -> str:
    """A visit in a line; with whose it is, where it is somebody else's."""
    said = cards.visit_line(turn, visit)
    if visit.customer_id == turn.customer_id:
        return said
    name = reaching.whose(turn, visit, turn.customer_id)
    return turn.text("kin-visit-line", visit=said, home=name)


def name(turn: Turn, customer_id: int) -> str:
    """What the others in a household call somebody."""
    known = turn.session.get(Customer, customer_id)
    return (known.name if known else None) or turn.text("kin-unnamed")


def placed(turn: Turn, visit: Visit) -> None:
    """Whoever hears of the visit is told that it was booked; who pays, what it costs and what of theirs it
    used."""
    if savings.is_alone(turn) or households.person(turn.session, visit.customer_id) is None:
        return
    by = name(turn, visit.customer_id)

    def make(their: Turn) -> Outbound:
        card, choices = cards.visit_card(their, visit), cards.visit_choices(their, visit)
        return their.say("kin-placed", by=by, card=card, choices=choices)

    used, hearing = _used(turn, visit, by), households.hearers(turn.session, visit)
    for payer in sorted({*households.payers_of(turn.session, visit), *used}):
        if payer not in hearing:
            _tell_payer(turn, visit, payer, "payer-placed", used.get(payer))
        elif payer in used:
            telling.customer(turn, payer, partial(_only_use, use=used[payer]))
    reaching.everybody(turn, visit, make, but=visit.customer_id)  # last, as numbers answer what came last


def _used(turn: Turn, visit: Visit, by: str) -> dict[int, Callable[[Turn], str]]:
    """What of whose package a visit used, by whose it is."""
    lines = [one for one in Quote.from_json(visit.quote).benefits if one.kind == "package"]
    found = ((packages.find(turn.session, int(one.code)), one.quantity) for one in lines)
    return {
        one.customer_id: partial(_use, by=by, package=one, count=count, left=packages.left(turn.session, one))
        for one, count in found
        if one is not None and one.customer_id != visit.customer_id
    }


def _use(their: Turn, *, by: str, package: Package, count: int, left: int) -> str:
    named = packing.name(their, package)
    return their.text("payer-used", by=by, package=named, count=count, left=left, unit=package.unit)


def _only_use(their: Turn, *, use: Callable[[Turn], str]) -> Outbound:
    return Outbound(use(their), (cards.go(their, "packages"),), language=their.language)


def changed(turn: Turn, visit: Visit, key: str) -> None:
    """A visit was moved or cancelled by somebody in the talk: the others who hear of it are told, and who
    pays where it was cancelled."""
    by = name(turn, turn.customer_id) if turn.role is Role.CUSTOMER else turn.company.name.get(turn.language)

    def make(their: Turn) -> Outbound:
        said = their.say(key, by=by, choices=cards.visit_choices(their, visit))
        return Outbound(said.text, said.choices, cards.visit_card(their, visit), language=their.language)

    reaching.everybody(turn, visit, make, but=turn.identity.customer_id)
    if key == "kin-cancelled":
        for payer in households.payers_of(turn.session, visit):
            if payer != turn.identity.customer_id:
                _tell_payer(turn, visit, payer, "payer-cancelled")


def finished(turn: Turn, visit: Visit) -> None:
    """The work is done: who pays hears what is owed."""
    for payer in households.payers_of(turn.session, visit):
        _tell_payer(turn, visit, payer, "payer-finished")


def done(turn: Turn) -> Callable[[Turn], Outbound]:
    """What who hears of a visit is told by the worker that it is done; its customer judges the work."""
    worker = turn.session.get_one(Worker, turn.worker_id).name
    return lambda their: their.say("kin-done", worker=worker, choices=[cards.go(their, "person")])


def complained(turn: Turn, visit: Visit, number: str) -> None:
    """Something was wrong with a visit: who hears for the customer knows that it is seen to, and no
    more."""
    by = name(turn, visit.customer_id)

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, "visit", visit.reference), cards.go(their, "person")]
        return their.say("kin-complained", by=by, number=number, choices=choices)

    reaching.everybody(turn, visit, make, but=visit.customer_id)


def _tell_payer(
    turn: Turn, visit: Visit, payer: int, key: str, used: Callable[[Turn], str] | None = None
) -> None:
    """Reference, day and price of a visit on the household's account: nothing else of it."""
    bill = households.bill_of(turn.session, visit)
    by = name(turn, visit.customer_id)

    def make(their: Turn) -> Outbound:
        said = their.text(
            key,
            by=by,
            kind=bill.kind.value if bill else Kind.HOME.value,
            company=(bill.name if bill else None) or "none",
            reference=visit.reference,
            day=visit.starts_at.astimezone(their.company.zone).date(),
            price=Money(visit.fee if key == "payer-cancelled" else visit.total),
            due="yes" if (visit.fee if key == "payer-cancelled" else visit.total) else "no",
        )
        lines = [said, used(their)] if used else [said]
        return Outbound("\n".join(lines), (cards.go(their, "family"),), language=their.language)

    telling.customer(turn, payer, make)


def tell(turn: Turn, customer_id: int, key: str, **args: object) -> None:
    """Tell somebody of a household a line, with the way to it."""

    def make(their: Turn) -> Outbound:
        return Outbound(their.text(key, **args), (cards.go(their, "family"),), language=their.language)

    telling.customer(turn, customer_id, make)
