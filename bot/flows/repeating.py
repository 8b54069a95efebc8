"""Have the same visit again and again: what, where, how often, from when, who, and yes."""

from datetime import date, datetime, timedelta
from typing import Any

from bot import agreeing, arranging, cards, consents, plan_answers, recurring, savings
from bot.answers import (
    a_family,
    a_name,
    a_phone,
    a_service,
    a_yes_or_no,
    an_address,
    body_of,
    free_text,
    how_much,
)
from bot.flow import Flow, Option, Options, Reference, Turn, ask, confirm, one_of, several_of, work_out
from bot.flows import booking
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
from bot.readers import phones, rhythm, services
from bot.savings import Basket, of_basket
from bot.texts import Span
from bot.verdicts import AskAgain, Leave
from core import catalogue, plans, pricing, quotes, visits, windows
from core.catalogue import Family
from core.plans import Closed, Every, Rhythm
from core.plans.expanding import Course, Scheme
from core.visits import Visit


def if_closed_choices(turn: Turn) -> Options[Closed]:
    """What is to become of dates on which the company is closed."""
    return [Option(one, turn.text(f"plan-closed-{one.value}")) for one in Closed]


def moves(_turn: Turn) -> Closed:
    """The nearest open day, unless they change that."""
    return Closed.MOVE


@of_basket
def total_of_each(turn: Turn, basket: Basket) -> int:
    """What each visit comes to, in fen: without what can be used only once."""
    return savings.look(turn, basket, pricing.NONE).quote.total


@of_basket
def arrangement(
    turn: Turn,
    basket: Basket,
    every: Every,
    day: date,
    if_closed: Closed,
    contact: str,
    note: str | None,
) -> Outbound:
    """Everything that is agreed to: rhythm, next dates, home, who comes, the price of each, how to stop."""
    sold, quantity, window = turn.company.service(basket.service), basket.quantity, basket.window
    quote = savings.look(turn, basket, pricing.NONE).quote
    minutes = catalogue.minutes(turn.company, sold, quantity, dict.fromkeys(basket.add_ons or (), 1))
    local = window.astimezone(turn.company.zone)
    course = Course(day, day, every, local.time(), minutes)
    lines = [
        (turn.text("plan-rhythm"), recurring.rhythm(turn, every, day, Span(local, local + _long(minutes)))),
        *recurring.preview(turn, Scheme([course], if_closed=if_closed)),
        (turn.text("plan-closed"), turn.text(f"plan-closed-{if_closed.value}")),
        (turn.text("card-where"), cards.address_line(turn.home(basket.address))),
        (turn.text("card-who"), booking.held_team(turn)),
        (turn.text("card-contact"), f"{contact} {phones.masked(basket.phone)}"),
        *([(turn.text("card-note"), note)] if note else []),
        *cards.quote_lines(turn, quote),
    ]
    title = turn.text("card-what-made", name=sold.name, quantity=cards.quantity(turn, sold.unit, quantity))
    rules = f"{turn.text('plan-stop')}{turn.text('plan-rules-mark')}{cards.rules_line(turn, window)}"
    held = turn.text("repeating-agreed-ask", minutes=turn.company.policies.hold_minutes)
    return Outbound(held, card=Card(title, tuple(lines), rules))


def _long(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


class Repeating(Flow):
    """As a booking, and how often; what is known already is not asked."""

    subjects = {"prices": "service", "scope": "service"}

    family: Family = ask(one_of(families, other=a_family))
    service: str = ask(one_of(services_offered, other=a_service), check=booking.sold_by_window)
    quantity: int = ask(one_of(quantities, other=how_much), known=size_of_home, check=quantity_is_sold)
    add_ons: tuple[str, ...] = ask(several_of(add_ons_offered), when=has_add_ons)
    address: int = ask(one_of(saved_addresses, other=an_address))
    still: bool = ask(
        one_of(still_so, other=a_yes_or_no), when=facts_are_old, check=keep_what_was_told, card=what_was_told
    )
    household: tuple[str, ...] = ask(several_of(household_facts), when=facts_matter, check=tell_household)
    every: Every = ask(one_of(plan_answers.everies, other=plan_answers.how_often))
    day: date = ask(one_of(open_days, other=plan_answers.a_first_day), check=day_is_open)
    window: datetime = ask(one_of(free_windows, other=plan_answers.a_first_window), check=hold_window)
    worker: int | None = ask(
        one_of(suitable_workers), when=one_worker_comes, check=hold_with, card=worker_cards, skippable=True
    )
    if_closed: Closed = ask(one_of(if_closed_choices), known=moves)
    contact: str = ask(a_name, known=booking.name_on_file)
    phone: str = ask(a_phone, known=booking.phone_on_file)
    note: str | None = ask(free_text(300), skippable=True)
    total: int = work_out(total_of_each)
    agreed: bool = confirm(arrangement)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: answers by question
        """A visit's reference brings all of that visit, from a week later on; so do words that only say how
        often, of their next or last visit."""
        visit = visits.by_reference(turn.session, argument) if argument else _meant(turn)
        if visit is None:
            return super().start(turn, "")
        known = booking.instead_of(turn, visit)
        return known | _again(turn, visit) if known else {}

    @classmethod
    def left(cls, turn: Turn) -> None:
        """Give the first window back at once."""
        windows.release(turn.session, turn.customer_id)

    def done(self, turn: Turn) -> list[Outbound]:
        """Place the first visit and those that are near; a window that went meanwhile is answered with the
        nearest ones."""
        booking.remember(turn, self)
        try:
            visit = booking.place(turn, self, pricing.NONE)
        except windows.WindowTaken as taken:
            nearest = window_options(turn, taken.nearest, day=self.day)
            raise AskAgain("window", "window-taken", nearest) from taken
        except visits.TooManyOpen as no:
            raise Leave("visit-too-many-open", limit=no.args_["limit"], phone=turn.house_phone) from no
        if visit.total != self.total:
            raise AskAgain("total", "visit-total-changed")
        return begun(turn, self, visit)


def begun(turn: Turn, form: Repeating, visit: Visit) -> list[Outbound]:
    """The plan of a complete form, whose first visit is placed; and what is said of it."""
    local = form.window.astimezone(turn.company.zone)
    plan = plans.start(
        turn.session,
        turn.company,
        turn.customer,
        Rhythm(form.every, form.day, local.time(), form.quantity, form.worker, usual_total(turn, form)),
        service_code=form.service,
        add_ons=dict.fromkeys(form.add_ons or (), 1),
        address=turn.home(form.address),
        note=form.note,
        if_closed=form.if_closed,
        now=turn.now,
    )
    turn.about = Reference(visit.reference)
    agreeing.agree_to_terms(turn, visit.reference)
    plans.keep(turn.session, plan, form.day, visit)
    arranging.placed(turn, plan, visit)
    plans.wait(turn.company, plan, turn.now)
    requested = visit.status is visits.Status.REQUESTED
    said = recurring.shown(
        turn, plan, "plan-begun-requested" if requested else "plan-begun", by=visit.answer_by or ""
    )
    return [consents.offered(turn, said)]


def usual_total(turn: Turn, form: Repeating) -> int:
    """What each visit costs at most without being asked about, in fen: what holds for the first one alone,
    such as a coupon, is left out."""
    sold, area = turn.company.service(form.service), turn.company.area(turn.home(form.address).area_code)
    extras = dict.fromkeys(form.add_ons or (), 1)
    listed = quotes.quote(turn.company, sold, form.quantity, extras, area=area, starts_at=form.window)
    return max(form.total, listed.total)


def _meant(turn: Turn) -> Visit | None:
    """The visit that is to come again where they only said how often."""
    said = body_of(turn.content) or ""
    if rhythm.spot(said) is None or services.spot(said, turn.company) is not None:
        return None
    ahead = visits.upcoming(turn.session, turn.customer_id, turn.now)
    return ahead[0] if ahead else visits.usual(turn.session, turn.customer_id)


def _again(turn: Turn, visit: Visit) -> dict[str, Any]:  # Any: answers by question
    """When and with whom a visit comes again: a week later, on its weekday and at its time."""
    zone = turn.company.zone
    first = visit.starts_at.astimezone(zone) + timedelta(days=7)
    while first <= turn.now + timedelta(days=1):
        first += timedelta(days=7)
    said = body_of(turn.content) or ""
    every = rhythm.spot(said) or Every.WEEK
    if every is Every.FORTNIGHT and visit.starts_at > turn.now:
        first += timedelta(days=7)
    lead = next((worker.id for _, worker in visits.crew(turn.session, visit)), None)
    return {"every": every, "day": first.date(), "window": first, "worker": lead}
