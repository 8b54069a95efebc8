"""What the customer of a visit and staff hear while it is under way: once each, and with what can be done."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot import cards, reaching, telling, wall
from bot.flow import Turn
from bot.messages import Outbound
from bot.texts import Money
from core import attendance, compensations, timeline, visits
from core.customers import Customer
from core.visits import Visit
from core.workers import Worker


def on_the_way(turn: Turn, visit: Visit, worker: Worker, eta: datetime) -> None:
    """Somebody has set out: who, when they will be there, and what to tell them at the door."""

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, "progress", visit.reference)]
        said = their.say("told-on-the-way", name=worker.name, at=clock(their, eta), choices=choices)
        return cards.with_code(their, visit, said)

    reaching.customer(turn, visit, make, until=visit.ends_at)


def later(turn: Turn, visit: Visit, worker: Worker, eta: datetime) -> None:
    """They will be there later than was said."""

    def make(their: Turn) -> Outbound:
        choices = cards.visit_choices(their, visit)
        return their.say("told-later", name=worker.name, at=clock(their, eta), choices=choices)

    reaching.customer(turn, visit, make, until=visit.ends_at)


def arrived(turn: Turn, visit: Visit, worker: Worker) -> None:
    """Somebody is there; with an apology and what is owed if that was late."""
    late = attendance.known(turn.session, visit)[worker.id or 0].late_minutes or 0
    owed = {one.kind: one.amount for one in compensations.of_visit(turn.session, visit.id or 0)}

    def make(their: Turn) -> Outbound:
        key = "told-arrived-late" if "points" in owed else "told-arrived"
        said = their.say(
            key,
            name=worker.name,
            minutes=late,
            points=owed.get("points", 0),
            choices=cards.visit_choices(their, visit),
        )
        less = owed.get("discount")
        lines = [their.text("told-discount", amount=Money(less))] if less else []
        lines = [said.text, *lines, their.text("told-nobody"), their.text("photos-ask")]
        photos = cards.go(their, "allowphotos", visit.reference)
        return replace(said, text="\n".join(lines), choices=(*said.choices, photos))

    reaching.customer(turn, visit, make, until=visit.ends_at)


def asked_both(turn: Turn, visit: Visit, *, still: bool) -> None:
    """The customer sees nobody: those who say that they are there are asked at once, and staff are told."""
    there = attendance.known(turn.session, visit)
    for worker_id in [id for id, one in there.items() if one.arrived_at and not still]:

        def make(their: Turn) -> Outbound:
            choices = [
                cards.go(their, "arriving", visit.reference, "job-prove-again"),
                cards.go(their, "standing", visit.reference),
            ]
            where = visit.address_line
            return their.say("told-not-there", where=where, reference=visit.reference, choices=choices)

        telling.worker(turn, worker_id, make)
    staff(turn, visit, "told-staff-still-not-there" if still else "told-staff-not-there")


def stands(turn: Turn, visit: Visit, worker: Worker, words: str) -> None:
    """Where the worker says that they stand, for the customer who looks for them, and for staff."""
    detail = {"worker": worker.id, "words": words}
    reason = f"worker {worker.id}: {words}"
    timeline.add(
        turn.session, visit.id or 0, "stands", actor="worker", now=turn.now, detail=detail, reason=reason
    )

    def make(their: Turn) -> Outbound:
        choices = cards.visit_choices(their, visit)
        return their.say("told-stands", name=worker.name, words=words, choices=choices)

    reaching.customer(turn, visit, make, until=visit.ends_at)
    staff(turn, visit, "told-staff-stands", words=words)


def coming(turn: Turn, visit: Visit) -> list[int]:
    """Who is on the way to a visit (ids)."""
    if visit.status is not visits.Status.ON_THE_WAY:
        return []
    return [worker.id or 0 for _, worker in visits.crew(turn.session, visit)]


def turn_back(turn: Turn, visit: Visit, worker_ids: Collection[int]) -> None:
    """Those who are on the way to a visit that was moved need not go now."""

    def make(their: Turn) -> Outbound:
        line, area = cards.visit_line(their, visit), their.company.area(visit.area_code).name
        return their.say("told-turn-back", visit=line, area=area, reference=visit.reference)

    for worker_id in worker_ids:
        telling.worker(turn, worker_id, make)


def met(turn: Turn, visit: Visit) -> None:
    """The customer has met them after all: workers and staff may stop looking."""
    for worker_id, one in attendance.known(turn.session, visit).items():
        if one.arrived_at:
            telling.worker(turn, worker_id, partial(_met, visit=visit))
    staff(turn, visit, "told-staff-met")


def _met(their: Turn, *, visit: Visit) -> Outbound:
    return their.say("told-met", choices=[cards.go(their, "starting", visit.reference)])


def staff(
    turn: Turn,
    visit: Visit,
    key: str,
    *,
    more: tuple[str, ...] = (),
    minutes: int = 0,
    at: str = "",
    words: str = "",
) -> None:
    """Tell staff of a visit under way: who, whose, by which number; `more` are buttons of other parts."""
    customer = turn.session.get_one(Customer, visit.customer_id)
    team = [worker.name for _, worker in visits.crew(turn.session, visit)]

    def make(their: Turn) -> Outbound:
        named = {"reassigning": "job-replace", "callingoff": "job-call-off"}
        others = [cards.go(their, name, visit.reference, named[name]) for name in more]
        return their.say(
            key,
            visit=cards.visit_line(their, visit),
            reference=visit.reference,
            team=their.text("value-said", value=team),
            customer=customer.name or their.text("customer-unnamed"),
            phone=telling.phone_of(turn, visit),
            choices=[*others, *telling.to_call(their, visit), cards.go(their, "story", visit.reference)],
            minutes=minutes,
            at=at,
            words=words,
        )

    telling.staff(turn, make)


def clock(turn: Turn, at: datetime) -> str:
    """A moment of today as people say it: the time on the wall."""
    return wall.there(turn, at)
