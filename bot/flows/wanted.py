"""What is wanted and where: the questions that a booking, a plan and a place in the queue begin with."""

from datetime import date, datetime
from typing import Any, Protocol

from bot import cards, handing_over, savings
from bot.answers import a_family, a_service, a_yes_or_no, an_address, how_much
from bot.flow import Flow, Turn, ask, one_of, several_of, work_out
from bot.flows import newly
from bot.flows.wishes import still_so, tell_household
from bot.options import (
    add_ons_offered,
    facts_matter,
    families,
    has_add_ons,
    household_facts,
    quantities,
    quantity_is_sold,
    saved_addresses,
    services_offered,
    size_of_home,
    window_options,
)
from bot.readers import phones
from bot.verdicts import AskAgain, Leave
from core import customers, pricing, visits, windows, workers
from core.catalogue import Family
from core.pricing import Choice
from core.quotes import Quote


def sold_by_window(turn: Turn, service: str) -> None:
    """Live-in and long-term care is talked through with a person first: record the wish and say so."""
    wanted = turn.company.service(service)
    if wanted.by_request:
        said = wanted.name.get(turn.language)
        handoff = handing_over.ask(turn, topic=service, words=said, reason="by-request")
        raise Leave(
            "booking-by-request",
            name=wanted.name,
            price=cards.price_each(turn, wanted.unit_price, wanted.unit),
            by=handing_over.until(turn, handoff),
        )


def name_on_file(turn: Turn) -> str | None:
    """What they are called, where they told us before."""
    return turn.customer.name


def phone_on_file(turn: Turn) -> str | None:
    """Their number, where they told us before."""
    return turn.customer.phone


class Wanted(Flow):
    """Which service, how much of it, with what else, and where. Flows about a visit go on from there."""

    subjects = {"prices": "service", "scope": "service"}

    family: Family = ask(one_of(families, other=a_family))
    service: str = ask(one_of(services_offered, other=a_service), check=sold_by_window)
    quantity: int = ask(one_of(quantities, other=how_much), known=size_of_home, check=quantity_is_sold)
    add_ons: tuple[str, ...] = ask(several_of(add_ons_offered), when=has_add_ons)
    address: int = ask(one_of(saved_addresses, other=an_address))


class WantedVisit(Flow):
    """The same, and what of the home and its people matters to who comes: for flows that end in a visit."""

    subjects = Wanted.subjects

    told: newly.Told = work_out(newly.what_they_told)
    usual_days: str = work_out(newly.usual_days)
    usual_hours: str = work_out(newly.usual_hours)
    family: Family = ask(one_of(families, other=a_family))
    service: str = ask(one_of(services_offered, other=a_service), check=sold_by_window)
    first: str = ask(one_of(newly.new_home_or_not), when=newly.is_for_new_home, check=newly.use_renovation)
    quantity: int = ask(one_of(quantities, other=how_much), known=size_of_home, check=quantity_is_sold)
    add_ons: tuple[str, ...] = ask(several_of(add_ons_offered), when=has_add_ons)
    moved: bool = ask(
        one_of(newly.moved_or_not, other=a_yes_or_no),
        when=newly.may_have_moved, check=newly.leave_old_home, card=newly.old_home,
    )  # fmt: skip
    address: int = ask(one_of(saved_addresses, other=an_address), check=newly.is_lived_in)
    still: bool = ask(
        one_of(still_so, other=a_yes_or_no),
        when=newly.are_old, check=newly.keep_old_ones, card=newly.old_ones,
    )  # fmt: skip
    household: tuple[str, ...] = ask(
        several_of(household_facts), when=facts_matter, check=tell_household, card=newly.reminded
    )
    joined: bool = ask(
        one_of(newly.heed_or_not, other=a_yes_or_no),
        when=newly.has_newcomers, check=newly.keep_newcomers, card=newly.who_joined,
    )  # fmt: skip

    @classmethod
    def left(cls, turn: Turn) -> None:
        """Give the window back at once, so that somebody else can have it."""
        windows.release(turn.session, turn.customer_id)


def held_team(turn: Turn) -> str:
    """Who would come, introduced, as the hold has it now."""
    hold = windows.held(turn.session, turn.customer_id, turn.now)
    if hold is None:
        return turn.text("worker-later")
    team = {worker.id: worker for worker in workers.named(turn.session, hold.worker_ids)}
    return turn.text("list-mark").join(cards.worker_intro(turn, team[id]) for id in hold.worker_ids)


class Wish(Protocol):
    """The answers that a visit is placed from."""

    service: str
    quantity: int
    add_ons: tuple[str, ...]
    address: int
    day: date
    window: datetime
    worker: int | None
    contact: str
    phone: str
    note: str | None
    total: int
    used: str


def placed_as_agreed(turn: Turn, form: Wish, saving: str) -> visits.Visit:
    """The visit of a complete form, with what they chose to have taken off, for exactly what they agreed to.

    A window that went meanwhile is answered with the nearest ones; a price that changed is shown again.
    """
    remember(turn, form)
    try:
        visit = place(turn, form, saving)
    except windows.WindowTaken as taken:
        nearest = window_options(turn, taken.nearest, day=form.day)
        raise AskAgain("window", "window-taken", nearest) from taken
    except pricing.BenefitGone as gone:
        raise AskAgain("total", f"saving-gone-{gone.args_['kind']}") from gone
    except visits.TooManyOpen as no:
        raise Leave("visit-too-many-open", limit=no.args_["limit"], phone=turn.house_phone) from no
    if visit.total != form.total:
        went = savings.lost(form.used, Quote.from_json(visit.quote))
        raise AskAgain("total", f"saving-gone-{went}" if went else "visit-total-changed")
    return visit


def lines_of_visit(
    turn: Turn, address: int, contact: str, phone: str, note: str | None
) -> list[tuple[str, str]]:
    """What a summary says of where, who comes, who is there, and what they should know."""
    return [
        (turn.text("card-where"), cards.address_line(turn.home(address))),
        (turn.text("card-who"), held_team(turn)),
        (turn.text("card-contact"), f"{contact} {phones.masked(phone)}"),
        *([(turn.text("card-note"), note)] if note else []),
    ]


def title_of(turn: Turn, service: str, quantity: int) -> str:
    """What a summary is headed with: the service and how much of it."""
    sold = turn.company.service(service)
    return turn.text("card-what-made", name=sold.name, quantity=cards.quantity(turn, sold.unit, quantity))


def instead_of(turn: Turn, visit: visits.Visit) -> dict[str, Any]:  # Any: answers by question
    """Everything of a visit of theirs that fell through, but its time and who was to come."""
    if visit.customer_id != turn.customer_id:
        return {}
    return {
        "family": turn.company.service(visit.service_code).family,
        "service": visit.service_code,
        "quantity": visit.quantity,
        "add_ons": tuple(visit.add_ons),
        "address": visit.address_id,
        "note": visit.note,
    }


def remember(turn: Turn, form: Wish) -> None:
    """Keep what the form tells of the customer and their home, so that it is not asked again."""
    customer = turn.customer
    if customer.joined_at is None or customer.name is None or customer.phone is None:
        name = customer.name or form.contact
        phone = customer.phone or (form.phone if name == form.contact else None)
        customers.join(turn.session, customer, name=name, phone=phone, now=turn.now)
    if turn.company.service(form.service).by_floor:
        home = turn.home(form.address)
        customers.remember_size(turn.session, home, form.quantity)


def place(turn: Turn, form: Wish, saving: str | None = None) -> visits.Visit:
    """The visit of a complete form, with what they chose to have taken off. Raises as `visits.place`."""
    visit = visits.place(
        turn.session,
        turn.company,
        turn.customer,
        service=turn.company.service(form.service),
        quantity=form.quantity,
        add_ons=dict.fromkeys(form.add_ons or (), 1),
        address=turn.home(form.address),
        starts_at=form.window,
        workers=[form.worker] if form.worker else [],
        wants=form.worker,
        note=form.note,
        choice=Choice.parse(saving or pricing.BEST),
        now=turn.now,
    )
    if (contact := somebody_else(turn, form)) is not None:
        visit.contact_name, visit.contact_phone = contact
        turn.session.add(visit)
    return visit


def somebody_else(turn: Turn, form: Wish) -> tuple[str, str] | None:
    """Who is there, where that is not the customer: a booking for one's mother renames nobody."""
    contact, customer = (form.contact, form.phone), turn.customer
    return None if contact == (customer.name, customer.phone) else contact
