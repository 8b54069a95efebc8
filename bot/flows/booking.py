"""Book a visit: what, where, when, who, and yes."""

from datetime import date, datetime, timedelta
from typing import Any, Protocol

from bot import agreeing, cards, consents, handing_over, offering, reminding, savings, telling
from bot.answers import (
    a_day,
    a_family,
    a_name,
    a_phone,
    a_service,
    a_window,
    a_yes_or_no,
    an_address,
    free_text,
    how_much,
)
from bot.flow import Flow, Reference, Turn, ask, confirm, one_of, several_of, work_out
from bot.flows.wishes import facts_are_old, keep_what_was_told, still_so, tell_household, what_was_told
from bot.messages import Card, Outbound
from bot.options import (
    add_ons_offered,
    day_is_open,
    facts_matter,
    families,
    free_windows,
    has_add_ons,
    hold_window,
    hold_with,
    household_facts,
    one_worker_comes,
    open_days,
    quantities,
    quantity_is_sold,
    saved_addresses,
    services_offered,
    size_of_home,
    suitable_workers,
    window_options,
    worker_cards,
)
from bot.readers import phones
from bot.texts import Span
from bot.verdicts import AskAgain, Leave
from core import catalogue, customers, pricing, visits, windows, workers
from core.catalogue import Family
from core.lifecycle import suggestions
from core.pricing import Choice
from core.quotes import Quote

EXCLUDED_SHOWN = 3
SUGGESTED = "care."
"""What begins a booking of something that we suggested, before its number."""


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


def total_of_visit(
    turn: Turn,
    service: str,
    quantity: int,
    add_ons: tuple[str, ...] | None,
    address: int,
    window: datetime,
    phone: str,
    saving: str | None,
) -> int:
    """The amount that is shown and agreed to, in fen."""
    return savings.look(turn, service, quantity, add_ons, address, window, phone, saving).quote.total


def used_for_visit(
    turn: Turn,
    service: str,
    quantity: int,
    add_ons: tuple[str, ...] | None,
    address: int,
    window: datetime,
    phone: str,
    saving: str | None,
) -> str:
    """What that amount was made with, so that we can say which of it went meanwhile."""
    return savings.look(turn, service, quantity, add_ons, address, window, phone, saving).used


def agreement(
    turn: Turn,
    service: str,
    quantity: int,
    add_ons: tuple[str, ...] | None,
    address: int,
    window: datetime,
    contact: str,
    phone: str,
    note: str | None,
    saving: str | None,
) -> Outbound:
    """Everything that is agreed to: what, where, when, who, the price with its formula, and the rules."""
    sold = turn.company.service(service)
    home = turn.home(address)
    extras = dict.fromkeys(add_ons or (), 1)
    priced = savings.look(turn, service, quantity, add_ons, address, window, phone, saving)
    lasts = timedelta(minutes=catalogue.minutes(turn.company, sold, quantity, extras))
    day = cards.day(turn, window.astimezone(turn.company.zone).date())
    lines = [
        (turn.text("card-when"), turn.text("day-and-window", day=day, window=Span(window, window + lasts))),
        (turn.text("card-where"), cards.address_line(home)),
        (turn.text("card-who"), held_team(turn)),
        (turn.text("card-contact"), f"{contact} {phones.masked(phone)}"),
        *([(turn.text("card-note"), note)] if note else []),
        *cards.quote_lines(turn, priced.quote),
        (turn.text("card-excludes"), cards.listed(turn, sold.excludes[:EXCLUDED_SHOWN])),
    ]
    title = turn.text("card-what-made", name=sold.name, quantity=cards.quantity(turn, sold.unit, quantity))
    held = turn.text("booking-agreed-ask", minutes=turn.company.policies.hold_minutes)
    held = "\n".join(filter(None, (savings.note(turn, priced), held)))
    return Outbound(held, card=Card(title, tuple(lines), cards.rules_line(turn, window)))


def held_team(turn: Turn) -> str:
    """Who would come, introduced, as the hold has it now."""
    hold = windows.held(turn.session, turn.customer_id, turn.now)
    if hold is None:
        return turn.text("worker-later")
    team = {worker.id: worker for worker in workers.named(turn.session, hold.worker_ids)}
    return turn.text("list-mark").join(cards.worker_intro(turn, team[id]) for id in hold.worker_ids)


def next_usual(turn: Turn, last: datetime) -> datetime:
    """The same weekday and time again, at least a day ahead."""
    zone = turn.company.zone
    again = last.astimezone(zone)
    while again <= turn.now + timedelta(days=1):
        again += timedelta(days=7)
    return again


class Wish(Protocol):
    """The answers that a visit is placed from."""

    service: str
    quantity: int
    add_ons: tuple[str, ...]
    address: int
    window: datetime
    worker: int | None
    contact: str
    phone: str
    note: str | None


class Booking(Flow):
    """Book a visit, in the order people think of it; what is known already is not asked."""

    subjects = {"prices": "service", "scope": "service"}
    at_the_end = ("saving",)

    family: Family = ask(one_of(families, other=a_family))
    service: str = ask(one_of(services_offered, other=a_service), check=sold_by_window)
    quantity: int = ask(one_of(quantities, other=how_much), known=size_of_home, check=quantity_is_sold)
    add_ons: tuple[str, ...] = ask(several_of(add_ons_offered), when=has_add_ons)
    address: int = ask(one_of(saved_addresses, other=an_address))
    still: bool = ask(
        one_of(still_so, other=a_yes_or_no), when=facts_are_old, check=keep_what_was_told, card=what_was_told
    )
    household: tuple[str, ...] = ask(several_of(household_facts), when=facts_matter, check=tell_household)
    day: date = ask(one_of(open_days, other=a_day), check=day_is_open)
    window: datetime = ask(one_of(free_windows, other=a_window), check=hold_window)
    worker: int | None = ask(
        one_of(suitable_workers), when=one_worker_comes, check=hold_with, card=worker_cards, skippable=True
    )
    contact: str = ask(a_name, known=name_on_file)
    phone: str = ask(a_phone, known=phone_on_file)
    note: str | None = ask(free_text(300), skippable=True)
    saving: str | None = ask(one_of(savings.offered), known=savings.best, when=savings.has_any)
    total: int = work_out(total_of_visit)
    used: str = work_out(used_for_visit)
    agreed: bool = confirm(agreement)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: answers by question
        """`again` brings everything of the last visit, a visit's reference all of that one but its time; what
        was suggested (`care.12`) its time as well; a service's code brings that service."""
        if argument == "again":
            return same_again(turn)
        if argument.startswith(SUGGESTED):
            return suggested(turn, argument.removeprefix(SUGGESTED))
        if (visit := visits.by_reference(turn.session, argument)) is not None:
            return instead_of(turn, visit)
        known = [one for one in turn.company.services if one.code == argument]
        return {"family": known[0].family, "service": argument} if known else {}

    @classmethod
    def left(cls, turn: Turn) -> None:
        """Give the window back at once, so that somebody else can have it."""
        windows.release(turn.session, turn.customer_id)

    def done(self, turn: Turn) -> list[Outbound]:
        """Place the visit; a window that went meanwhile is answered with the nearest ones."""
        remember(turn, self)
        try:
            visit = place(turn, self, self.saving)
        except windows.WindowTaken as taken:
            nearest = window_options(turn, taken.nearest, day=self.day)
            raise AskAgain("window", "window-taken", nearest) from taken
        except pricing.BenefitGone as gone:
            raise AskAgain("total", f"saving-gone-{gone.args_['kind']}") from gone
        except visits.TooManyOpen as no:
            raise Leave("visit-too-many-open", limit=no.args_["limit"], phone=turn.house_phone) from no
        if visit.total != self.total:
            went = savings.lost(self.used, Quote.from_json(visit.quote))
            raise AskAgain("total", f"saving-gone-{went}" if went else "visit-total-changed")
        return placed(turn, visit)


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


def same_again(turn: Turn) -> dict[str, Any]:  # Any: answers by question
    """Everything of their last visit, a week or more later at its usual time; nothing if there was none."""
    last = visits.usual(turn.session, turn.customer_id)
    if last is None:
        return {}
    window = next_usual(turn, last.starts_at)
    return {
        "family": turn.company.service(last.service_code).family,
        "service": last.service_code,
        "quantity": last.quantity,
        "add_ons": tuple(last.add_ons),
        "address": last.address_id,
        "day": window.date(),
        "window": window,
        "worker": next((worker.id for _, worker in visits.crew(turn.session, last)), None),
        "note": last.note,
    }


def suggested(turn: Turn, number: str) -> dict[str, Any]:  # Any: answers by question
    """Everything of a visit that we suggested; without its time where that is too near by now."""
    known = int(number) if number.isascii() and number.isdecimal() and len(number) < 18 else 0
    try:
        made = suggestions.find(turn.session, turn.customer_id, known)
    except suggestions.NoSuggestion:
        return same_again(turn)
    visit = turn.session.get(visits.Visit, made.visit_id) if made.visit_id else None
    if visit is None:
        return same_again(turn)
    answers = instead_of(turn, visit)
    if answers and made.starts_at is not None and made.starts_at > turn.now:
        lead = next((worker.id for _, worker in visits.crew(turn.session, visit)), None)
        window = made.starts_at.astimezone(turn.company.zone)
        answers |= {"day": window.date(), "window": window, "worker": lead}
    return answers


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


def placed(turn: Turn, visit: visits.Visit) -> list[Outbound]:
    """Say that it is done and what comes next; tell who has to come or to confirm."""
    turn.about = Reference(visit.reference)
    agreeing.agree_to_terms(turn, visit.reference)
    reminding.plan(turn, visit)
    card = cards.visit_card(turn, visit)
    again = cards.go(turn, "repeating", visit.reference)
    choices = [*cards.visit_choices(turn, visit), again]
    if visit.status is visits.Status.REQUESTED:
        telling.staff_of_request(turn, visit)
        said = turn.say("booking-requested", answer_by=visit.answer_by, card=card, choices=choices)
        return [consents.offered(turn, said)]
    offering.offer(turn, visit)
    return [consents.offered(turn, turn.say("booking-placed", card=card, choices=choices))]
