"""Offers on their way: workers are asked, the next after a no, then staff; customers hear who comes."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot import cards, reaching, recurring, telling
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from core import identities, offers, plans, reminders, rights, visits
from core.errors import DomainError
from core.matching import FOR_STAFF
from core.news import Kind
from core.offers import Offer, Passed
from core.visits import Visit
from core.workers import Worker

REASONS = ("far", "full", "ill", "customer", "other")
"""Why workers decline; anything else is in their own words."""
REASONS_SHOWN = 3
NOES: tuple[type[DomainError], ...] = (
    offers.UnknownOffer,
    offers.AlreadyYours,
    offers.AlreadyDeclined,
    offers.WentElsewhere,
    offers.NoLongerStands,
    offers.Busy,
)
"""Why an answer to an offer comes to nothing; the line for each may name the company's `phone`."""


def offer(turn: Turn, visit: Visit, *, workers: Collection[int] = ()) -> None:
    """Ask everybody who is pencilled in for a visit and was not asked about its time yet.

    To be called when a visit is confirmed, moved, or attended by somebody else. `workers` (ids) are asked
    again. Whom it was offered to before, and who need not come, hear that.
    """
    asked = offers.make(turn.session, turn.company, visit, workers=workers, now=turn.now)
    _ask(turn, visit, asked.made, moved={one.worker_id for one in asked.withdrawn if one.told_at})
    again = {one.worker_id for one in asked.made}
    _let_go(turn, visit, (one for one in asked.withdrawn if one.worker_id not in again))


def withdraw(turn: Turn, visit: Visit) -> None:
    """A visit does not take place: nobody is asked any more, and who was hears that it is off."""
    _let_go(turn, visit, offers.withdraw(turn.session, visit, turn.now))


def follow(turn: Turn, visit: Visit, passed: Passed) -> None:
    """Do what follows from a worker's no: ask the next one, or let staff decide."""
    _ask(turn, visit, passed.made)
    if passed.for_staff:
        telling.staff(turn, partial(_unaccepted, visit=visit))


def tell(turn: Turn, one: Offer, *, moved: bool = False) -> None:
    """Put an open offer before its worker now."""
    visit = turn.session.get_one(Visit, one.visit_id)
    offers.told(turn.session, turn.company, visit, one, turn.now)

    def make(their: Turn) -> Outbound:
        return replace(shown(their, one=one, moved=moved), until=one.until)

    telling.worker(turn, one.worker_id, make)


def tell_over(turn: Turn, one: Offer) -> None:
    """Tell a worker that what they were asked for, or had said yes to, is off."""
    visit = turn.session.get_one(Visit, one.visit_id)
    said = "told-visit-elsewhere" if visit.status in visits.LIVE else "told-visit-cancelled"

    def make(their: Turn) -> Outbound:
        area = their.company.area(visit.area_code).name
        line = _line(their, visit, one.starts_at)
        choices = [cards.go(their, "round")]
        return their.say(said, visit=line, area=area, reference=visit.reference, choices=choices)

    telling.worker(turn, one.worker_id, make)


def tell_lapsed(turn: Turn, one: Offer) -> None:
    """Tell a worker who did not answer in time that the next one is asked."""
    visit = turn.session.get_one(Visit, one.visit_id)

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, "round")]
        return their.say("offers-lapsed", visit=cards.visit_line(their, visit), choices=choices)

    telling.worker(turn, one.worker_id, make)


def tell_customer(turn: Turn, visit: Visit, worker_id: int, instead: int) -> None:
    """Tell the customer, once it is certain, that a worker comes `instead` of the one they expect (ids)."""
    wanted = instead == visit.wants_worker_id
    comes = turn.session.get_one(Worker, worker_id)
    before = turn.session.get_one(Worker, instead)

    def make(their: Turn) -> Outbound:
        return their.say(
            "offers-changed-wanted" if wanted else "offers-changed",
            visit=cards.visit_line(their, visit),
            name=comes.name,
            about=cards.worker_about(their, comes),
            before=before.name,
            choices=cards.visit_choices(their, visit),
        )

    reaching.customer(turn, visit, make, kind=Kind.VISIT_CHANGED, until=visit.starts_at)


def tell_staff_taken(turn: Turn, visit: Visit, worker_id: int) -> None:
    """Tell staff, who were looking for somebody, that a worker takes the visit after all."""
    comes = turn.session.get_one(Worker, worker_id)

    def make(their: Turn) -> Outbound:
        line, choices = cards.visit_line(their, visit), [cards.go(their, "desk")]
        return their.say(
            "offers-found", visit=line, name=comes.name, reference=visit.reference, choices=choices
        )

    telling.staff(turn, make)


def shown(turn: Turn, *, one: Offer, moved: bool = False) -> Outbound:
    """An open offer as its worker sees it: what, when, where about, why they, with whom; and yes or no."""
    visit = turn.session.get_one(Visit, one.visit_id)
    return turn.say(
        "offers-told-moved" if moved else "offers-told",
        by=clock(turn, one.until),
        card=_card(turn, visit, one),
        choices=answers(turn, one),
    )


def answers(turn: Turn, one: Offer) -> list[Choice]:
    """Yes and no to an offer."""
    return [
        cards.go(turn, "accepting", str(one.id), "offers-accept"),
        cards.go(turn, "declining", str(one.id), "offers-decline"),
    ]


def clock(turn: Turn, at: datetime) -> object:
    """A moment as people say it: without the day when it is today."""
    local = at.astimezone(turn.company.zone)
    return local.time() if local.date() == turn.now.astimezone(turn.company.zone).date() else local


def place_line(turn: Turn, visit: Visit) -> tuple[str, str]:
    """Where a worker has to go: the district, and the door from the day before on."""
    if rights.worker_knows_door(visit.starts_at, visit.ends_at, turn.now):
        return turn.text("card-where"), visit.address_line
    area = turn.company.area(visit.area_code).name.get(turn.language)
    return turn.text("offers-card-area"), area


def team_line(turn: Turn, visit: Visit, worker_id: int) -> list[tuple[str, str]]:
    """Who leads a crew and who else comes, for one of them; nothing for those who go alone."""
    team = visits.crew(turn.session, visit)
    if len(team) < 2:
        return []
    leads = next((worker for assigned, worker in team if assigned.leads), team[0][1])
    others = [worker.name for _, worker in team if worker.id not in (worker_id, leads.id)]
    key = "offers-team-lead" if leads.id == worker_id else "offers-team"
    said = turn.text(key, leader=leads.name, others=others, count=len(others))
    return [(turn.text("offers-card-team"), said)]


def _plan_line(turn: Turn, visit: Visit) -> list[tuple[str, str]]:
    """How often it comes again, where a visit is of a plan: what a yes is said to once and for all."""
    plan = plans.of_visit(turn.session, visit.id)
    if plan is None:
        return []
    rhythm = recurring.rhythm_of(turn, plan, recurring.outline(turn, plan).latest())
    return [(turn.text("plan-for-worker"), turn.text("plan-for-worker-made", rhythm=rhythm))]


def _card(turn: Turn, visit: Visit, one: Offer) -> Card:
    service = turn.company.service(visit.service_code)
    made = turn.text(
        "card-what-made", name=service.name, quantity=cards.quantity(turn, service.unit, visit.quantity)
    )
    area = turn.company.area(visit.area_code).name.get(turn.language)
    told = [each for each in one.reasons if each["key"] not in FOR_STAFF][:REASONS_SHOWN]
    why = [turn.text(f"offers-why-{each['key']}", **each["args"]) for each in told]
    lines = [
        (turn.text("card-what"), made),
        (turn.text("card-when"), cards.when(turn, visit)),
        (turn.text("offers-card-area"), area),
        *team_line(turn, visit, one.worker_id),
        *_plan_line(turn, visit),
        *([(turn.text("offers-card-why"), turn.text("list-mark").join(why))] if why else []),
    ]
    return Card(turn.text("card-title", reference=visit.reference), tuple(lines))


def _ask(turn: Turn, visit: Visit, made: Iterable[Offer], moved: Collection[int] = ()) -> None:
    """Tell everybody of their offer, now or in the morning; for whom no chat reaches, staff say yes or no."""
    silent = []
    for one in made:
        if not identities.of_worker(turn.session, one.worker_id):
            silent.append(one)
        elif _at(turn, visit.starts_at) <= turn.now:
            tell(turn, one, moved=one.worker_id in moved)
        else:
            _in_the_morning(turn, one, visit.starts_at, moved=one.worker_id in moved)
    if silent:
        _presume(turn, visit, silent)


def _presume(turn: Turn, visit: Visit, silent: Collection[Offer]) -> None:
    """Whoever has no chat with us cannot answer: their shift counts as a yes, and staff call them."""
    people = {one.worker_id: one.expected_id for one in silent}
    offers.settle(turn.session, turn.company, visit, workers=people, by="bot", now=turn.now)
    for worker_id, expected in people.items():
        if expected not in (None, worker_id):
            tell_customer(turn, visit, worker_id, expected)
    names = [turn.session.get_one(Worker, id).name for id in people]

    def make(their: Turn) -> Outbound:
        return their.say(
            "offers-call",
            visit=cards.visit_line(their, visit),
            area=their.company.area(visit.area_code).name,
            reference=visit.reference,
            names=names,
            choices=[cards.go(their, "reassigning", visit.reference, "offers-reassign")],
        )

    telling.staff(turn, make)


def _let_go(turn: Turn, visit: Visit, withdrawn: Iterable[Offer]) -> None:
    """Tell those who knew of it that they need not come, now or in the morning."""
    for one in withdrawn:
        if one.told_at is None:
            continue
        if _at(turn, one.starts_at) <= turn.now:
            tell_over(turn, one)
        else:
            _in_the_morning(turn, one, one.starts_at)


def _at(turn: Turn, starts_at: datetime) -> datetime:
    return offers.telling_at(turn.company, starts_at, turn.now)


def _in_the_morning(turn: Turn, one: Offer, starts_at: datetime, *, moved: bool = False) -> None:
    key = f"{offers.TELLS}:{one.id}:{one.status.value}"
    due_at, payload = _at(turn, starts_at), {"moved": moved}
    reminders.schedule(turn.session, offers.TELLS, str(one.id), due_at, dedupe_key=key, payload=payload)


def _line(turn: Turn, visit: Visit, starts_at: datetime) -> str:
    """A visit in a line, at the time that it was offered for."""
    local = starts_at.astimezone(turn.company.zone)
    day = cards.day(turn, local.date())
    window = cards.window(turn, local, local + (visit.ends_at - visit.starts_at))
    when = turn.text("day-and-window", day=day, window=window)
    return turn.text("visit-line", name=turn.company.service(visit.service_code).name, when=when)


def _unaccepted(their: Turn, *, visit: Visit) -> Outbound:
    """What staff read when nobody took a visit."""
    said = [
        their.text(
            "offers-refused", name=their.session.get_one(Worker, one.worker_id).name, why=because(their, one)
        )
        for one in offers.of_visit(their.session, visit)
        if one.status in offers.REFUSED
    ]
    return their.say(
        "offers-unaccepted",
        visit=cards.visit_line(their, visit),
        area=their.company.area(visit.area_code).name,
        reference=visit.reference,
        said=said,
        team=[worker.name for _, worker in visits.crew(their.session, visit)],
        choices=[
            cards.go(their, "reassigning", visit.reference, "offers-reassign"),
            cards.go(their, "desk"),
        ],
    )


def because(turn: Turn, one: Offer) -> str:
    """Why a worker did not take a visit, for staff."""
    if one.status is offers.Status.EXPIRED:
        return turn.text("offers-because-silent")
    if one.because is None:
        return turn.text("offers-because-none")
    return turn.text(f"offers-because-{one.because}") if one.because in REASONS else one.because
