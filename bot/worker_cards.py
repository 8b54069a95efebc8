"""A visit as its worker sees it: what, where and how to get in, each in its time; and what to do next."""

from datetime import timedelta
from urllib.parse import quote, urlencode

from bot import attending, cards, habits
from bot.flow import Turn
from bot.homes import listed_facts
from bot.messages import Card, Choice, Outbound
from core import attendance, customers, places, rights, visits
from core.attendance import Attendance
from core.customers import Address
from core.visits import Status, Visit

MAPS = "https://uri.amap.com"
ETAS = (10, 20, 30, 45)
"""Minutes until they are there that get a button."""
DIGITS = 6
"""Of a degree, on a link: about ten centimetres."""


def visit_card(turn: Turn, visit: Visit, worker_id: int) -> Card:
    """Everything a worker should know of a visit, as far as it is time to know it."""
    service = turn.company.service(visit.service_code)
    what = turn.text(
        "card-what-made", name=service.name, quantity=cards.quantity(turn, service.unit, visit.quantity)
    )
    extras = [one.name for one in turn.company.add_ons if one.code in visit.add_ons]
    facts = listed_facts(turn, customers.home(turn.session, visit.customer_id))
    others = [one.name for _, one in visits.crew(turn.session, visit) if one.id != worker_id]
    lines = [
        (turn.text("card-status"), turn.text(f"status-{visit.status.value.replace('_', '-')}")),
        (turn.text("card-when"), cards.when(turn, visit)),
        (turn.text("card-what"), what),
        *([(turn.text("card-add-ons"), cards.listed(turn, extras))] if extras else []),
        *_way_in(turn, visit),
        *([(turn.text("job-home"), turn.text("value-said", value=facts))] if facts else []),
        *([(turn.text("card-note"), visit.note)] if visit.note else []),
        *([(turn.text("job-with"), turn.text("value-said", value=others))] if others else []),
        (turn.text("job-checklist"), cards.listed(turn, [task.words for task in service.checklist])),
    ]
    return Card(turn.text("card-title", reference=visit.reference), tuple(lines))


def _way_in(turn: Turn, visit: Visit) -> list[tuple[str, str]]:
    """Where it is: the district until a day before, then the door, a map and how to get in."""
    if not is_near(turn, visit):
        return [(turn.text("card-where"), where(turn, visit))]
    home = turn.session.get_one(Address, visit.address_id)
    note = customers.note_for_worker(home, starts_at=visit.starts_at, ends_at=visit.ends_at, now=turn.now)
    lines = [(turn.text("card-where"), where(turn, visit)), (turn.text("job-map"), map_link(home))]
    asked = [(turn.text("job-asked"), one) for one in habits.for_worker(turn, visit.customer_id)]
    return [*lines, *([(turn.text("job-way-in"), note)] if note else []), *asked]


def is_near(turn: Turn, visit: Visit) -> bool:
    """Whether its workers may know the door: from 24 hours before it until 2 hours after."""
    return rights.worker_knows_door(visit.starts_at, visit.ends_at, turn.now)


def where(turn: Turn, visit: Visit) -> str:
    """The address in its time, else the district."""
    if is_near(turn, visit):
        return visit.address_line
    return turn.company.area(visit.area_code).name.get(turn.language)


def map_link(home: Address) -> str:
    """The home on a map: its point where we have it, else what a search for the address finds."""
    if home.latitude is None or home.longitude is None:
        return f"{MAPS}/search?keyword={quote(home.line)}"
    north, east = places.to_gcj02(home.latitude, home.longitude)
    return f"{MAPS}/marker?{urlencode({'position': f'{east:.{DIGITS}f},{north:.{DIGITS}f}'}, safe=',')}"


def choices(turn: Turn, visit: Visit, worker_id: int) -> list[Choice]:
    """What a worker can do about a visit now, the next step first."""
    reference = visit.reference
    mine = attendance.known(turn.session, visit).get(worker_id)
    if visit.status in attendance.UNDER_WAY and mine and mine.arrived_at:
        if mine.is_disputed:
            again = cards.go(turn, "arriving", reference, "job-prove-again")
            return [again, cards.go(turn, "standing", reference)]
        if visit.status is Status.WORKING:
            return attending.choices(turn, visit)
        return [cards.go(turn, name, reference) for name in ("starting", "reporting", "noaccess")]
    if visit.status not in attendance.EXPECTED | attendance.UNDER_WAY:
        return [cards.go(turn, "today")]
    return [*_ahead(turn, visit, mine), cards.go(turn, "dropping", reference)]


def _ahead(turn: Turn, visit: Visit, mine: Attendance | None) -> list[Choice]:
    """What comes next before they are there."""
    reference, rules = visit.reference, turn.company.policies
    if mine and mine.set_out_at:
        return [cards.go(turn, "arriving", reference), cards.go(turn, "delaying", reference)]
    if visit.starts_at - turn.now > timedelta(hours=rules.set_out_hours):
        return [cards.go(turn, "today"), cards.go(turn, "tomorrow")]
    if visit.starts_at - turn.now > timedelta(minutes=rules.arrive_early_minutes):
        return [cards.go(turn, "departing", reference), cards.go(turn, "delaying", reference)]
    return [cards.go(turn, name, reference) for name in ("departing", "arriving", "delaying")]


def setting_out(turn: Turn, visit: Visit) -> list[Choice]:
    """Setting out with one tap, by how long the way is."""
    return [
        Choice(turn.text("go-departing-in", minutes=minutes), f"go:departing:{visit.reference}:{minutes}")
        for minutes in ETAS
    ]


def being_late(turn: Turn, visit: Visit) -> list[Choice]:
    """Being there, or later, with one tap."""
    later = [
        Choice(turn.text("go-delaying-in", minutes=minutes), f"go:delaying:{visit.reference}:{minutes}")
        for minutes in ETAS[:3]
    ]
    return [cards.go(turn, "arriving", visit.reference), *later]


def comes_first(turn: Turn, visit: Visit, worker_id: int) -> Outbound:
    """What is to be done before a visit can be said to be done, with its button."""
    mine = attendance.known(turn.session, visit).get(worker_id)
    return turn.say(f"first-{_next(visit, mine)}", choices=choices(turn, visit, worker_id))


def _next(visit: Visit, mine: Attendance | None) -> str:
    if mine and mine.arrived_at:
        return "starting" if visit.status is Status.ARRIVED else "working"
    return "arriving"
