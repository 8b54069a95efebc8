"""Book a visit: what, where, when, who, and yes."""

from datetime import date, datetime, timedelta
from typing import Any

from bot import agreeing, cards, consents, kin, offering, reminding, savings, telling
from bot.answers import a_day, a_name, a_phone, free_text
from bot.flow import Reference, Turn, ask, confirm, one_of, work_out
from bot.flows import newly
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
    hold_window,
    hold_with,
    one_worker_comes,
    suitable_workers,
    worker_cards,
)
from bot.savings import Basket, of_basket
from bot.texts import Span
from bot.window_answers import a_window
from core import catalogue, pricing, visits
from core.lifecycle import suggestions

EXCLUDED_SHOWN = 3
SUGGESTED = "care."
"""What begins a booking of something that we suggested, before its number."""


@of_basket
def total_of_visit(turn: Turn, basket: Basket, saving: str | None) -> int:
    """The amount that is shown and agreed to, in fen."""
    return savings.look(turn, basket, saving).quote.total


@of_basket
def used_for_visit(turn: Turn, basket: Basket, saving: str | None) -> str:
    """What that amount was made with, so that we can say which of it went meanwhile."""
    return savings.look(turn, basket, saving).used


@of_basket
def agreement(turn: Turn, basket: Basket, contact: str, note: str | None, saving: str | None) -> Outbound:
    """Everything that is agreed to: what, where, when, who, the price with its formula, and the rules."""
    sold, quantity, window = turn.company.service(basket.service), basket.quantity, basket.window
    extras = dict.fromkeys(basket.add_ons or (), 1)
    priced = savings.look(turn, basket, saving)
    lasts = timedelta(minutes=catalogue.minutes(turn.company, sold, quantity, extras))
    day = cards.day(turn, window.astimezone(turn.company.zone).date())
    lines = [
        (turn.text("card-when"), turn.text("day-and-window", day=day, window=Span(window, window + lasts))),
        *lines_of_visit(turn, basket.address, contact, basket.phone, note),
        *cards.quote_lines(turn, priced.quote),
        (turn.text("card-excludes"), cards.listed(turn, sold.excludes[:EXCLUDED_SHOWN])),
    ]
    held = turn.text("booking-agreed-ask", minutes=turn.company.policies.hold_minutes)
    held = "\n".join(filter(None, (savings.note(turn, priced), held)))
    return Outbound(
        held,
        card=Card(title_of(turn, basket.service, quantity), tuple(lines), cards.rules_line(turn, window)),
    )


def next_usual(turn: Turn, last: datetime) -> datetime:
    """The same weekday and time again, at least a day ahead."""
    zone = turn.company.zone
    again = last.astimezone(zone)
    while again <= turn.now + timedelta(days=1):
        again += timedelta(days=7)
    return again


class Booking(WantedVisit):
    """Book a visit, in the order people think of it; what is known already is not asked."""

    at_the_end = ("saving",)

    day: date = ask(one_of(newly.days_by_habit, other=a_day), check=day_is_open)
    window: datetime = ask(one_of(newly.windows_by_habit, other=a_window), check=hold_window)
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

    def done(self, turn: Turn) -> list[Outbound]:
        """Place the visit."""
        return placed(turn, placed_as_agreed(turn, self, self.saving or pricing.BEST))


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


def placed(turn: Turn, visit: visits.Visit) -> list[Outbound]:
    """Say that it is done and what comes next; tell who has to come or to confirm."""
    turn.about = Reference(visit.reference)
    agreeing.agree_to_terms(turn, visit.reference)
    reminding.plan(turn, visit)
    kin.placed(turn, visit)
    card = cards.visit_card(turn, visit)
    again = cards.go(turn, "repeating", visit.reference)
    choices = [*cards.visit_choices(turn, visit), again]
    if visit.status is visits.Status.REQUESTED:
        telling.staff_of_request(turn, visit)
        said = turn.say("booking-requested", answer_by=visit.answer_by, card=card, choices=choices)
        return [consents.offered(turn, said)]
    offering.offer(turn, visit)
    return [consents.offered(turn, turn.say("booking-placed", card=card, choices=choices))]
