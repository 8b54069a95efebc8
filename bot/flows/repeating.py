"""Have the same visit again and again: what, where, how often, from when, who, and yes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot import agreeing, arranging, cards, consents, plan_answers, plan_ends, recurring, savings
from bot.answers import a_name, a_phone, body_of, free_text
from bot.flow import Option, Options, Reference, Turn, ask, confirm, one_of, work_out
from bot.flows.wanted import (
    WantedVisit,
    instead_of,
    lines_of_visit,
    name_on_file,
    phone_on_file,
    placed_as_agreed,
    title_of,
)
from bot.messages import Card, Outbound
from bot.options import (
    day_is_open,
    free_windows,
    hold_window,
    hold_with,
    one_worker_comes,
    open_days,
    suitable_workers,
    worker_cards,
)
from bot.readers import rhythm, services
from bot.savings import Basket, of_basket
from bot.texts import Span
from core import catalogue, plans, pricing, quotes, visits
from core.plans import Closed, Every, Rhythm, Until
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
    """What the first visit comes to, in fen: with what was paid ahead, without what is used up once."""
    return savings.look(turn, basket, pricing.PAID).quote.total


@of_basket
def used_for_each(turn: Turn, basket: Basket) -> str:
    """What that amount is made with."""
    return savings.look(turn, basket, pricing.PAID).used


@of_basket
def arrangement(
    turn: Turn,
    basket: Basket,
    every: Every,
    day: date,
    until: Until | None,
    if_closed: Closed,
    contact: str,
    note: str | None,
) -> Outbound:
    """Everything that is agreed to: rhythm, next dates, home, who comes, the price of each, how to stop."""
    sold, quantity, window = turn.company.service(basket.service), basket.quantity, basket.window
    quote = savings.look(turn, basket, pricing.PAID).quote
    minutes = catalogue.minutes(turn.company, sold, quantity, dict.fromkeys(basket.add_ons or (), 1))
    local = window.astimezone(turn.company.zone)
    course = Course(day, day, every, local.time(), minutes)
    lines = [
        (turn.text("plan-rhythm"), recurring.rhythm(turn, every, day, Span(local, local + _long(minutes)))),
        *recurring.preview(turn, _scheme(turn, course, until, if_closed)),
        (turn.text("plan-until"), plan_ends.said(turn, until or Until())),
        (turn.text("plan-closed"), turn.text(f"plan-closed-{if_closed.value}")),
        *lines_of_visit(turn, basket.address, contact, basket.phone, note),
        *cards.quote_lines(turn, quote),
        *_savings(turn, basket),
    ]
    rules = f"{turn.text('plan-stop')}{turn.text('plan-rules-mark')}{cards.rules_line(turn, window)}"
    held = turn.text("repeating-agreed-ask", minutes=turn.company.policies.hold_minutes)
    return Outbound(held, card=Card(title_of(turn, basket.service, quantity), tuple(lines), rules))


def _savings(turn: Turn, basket: Basket) -> list[tuple[str, str]]:
    """What is used by itself and what is not, for those who have anything to use."""
    if not savings.has_any(turn, **basket._asdict()):
        return []
    return [(turn.text("plan-savings"), turn.text("plan-savings-rule"))]


def _scheme(turn: Turn, course: Course, until: Until | None, if_closed: Closed) -> Scheme:
    """The dates that a plan would have."""
    scheme = Scheme([course], ends=until.day if until else None, if_closed=if_closed)
    if until is None or until.times is None:
        return scheme
    return replace(scheme, last=plans.last_of(turn.company, scheme, until.times, turn.now))


def _long(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


class Repeating(WantedVisit):
    """As a booking, and how often; what is known already is not asked."""

    every: Every = ask(one_of(plan_answers.everies, other=plan_answers.how_often))
    day: date = ask(one_of(open_days, other=plan_answers.a_first_day), check=day_is_open)
    window: datetime = ask(one_of(free_windows, other=plan_answers.a_first_window), check=hold_window)
    worker: int | None = ask(
        one_of(suitable_workers), when=one_worker_comes, check=hold_with, card=worker_cards, skippable=True
    )
    until: Until | None = ask(
        one_of(plan_ends.untils, other=plan_ends.an_until), check=plan_ends.fits, skippable=True
    )
    if_closed: Closed = ask(one_of(if_closed_choices), known=moves)
    contact: str = ask(a_name, known=name_on_file)
    phone: str = ask(a_phone, known=phone_on_file)
    note: str | None = ask(free_text(300), skippable=True)
    total: int = work_out(total_of_each)
    used: str = work_out(used_for_each)
    agreed: bool = confirm(arrangement)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: answers by question
        """A visit's reference brings all of that visit, from a week later on; so do words that only say how
        often, of their next or last visit."""
        visit = visits.by_reference(turn.session, argument) if argument else _meant(turn)
        if visit is None:
            return super().start(turn, "")
        known = instead_of(turn, visit)
        return known | _again(turn, visit) if known else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Place the first visit and those that are near."""
        return begun(turn, self, placed_as_agreed(turn, self, pricing.PAID))


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
        until=form.until or Until(),
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
