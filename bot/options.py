"""What is on offer by today's facts, ready to be shown: services, homes, days, windows, workers."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot import cards, handing_over, membership, words
from bot.flow import Option, Options, Reference, Turn
from bot.messages import Card, Choice
from bot.verdicts import AskAgain, Implies, Leave, Retry
from core import catalogue, customers, matching, peaks, visits, windows
from core.catalogue import Family, Service
from core.identities import Role
from core.visits import Visit
from core.windows import Need, Window

SHOWN = 6
WORKERS_SHOWN = 3
DAYS = 14
WAITABLE = ("full", "early", "share", "member-day")
"""Why a day cannot be had now for which one may wait."""
"""So many days ahead are looked through for the ones to offer; any other day may be typed."""


def families(turn: Turn) -> Options[Family]:
    """The shelves of the catalogue that have something on them."""
    offered = {service.family for service in turn.company.services}
    return [Option(family, turn.text(f"family-{family.value}")) for family in Family if family in offered]


def services_offered(turn: Turn, family: Family) -> Options[str]:
    """The services on a shelf; those of other shelves are understood when they are typed."""
    return [service_option(turn, one, shown=one.family == family) for one in turn.company.services]


def service_option(turn: Turn, service: Service, *, shown: bool = True) -> Option[str]:
    """A service with what it costs."""
    return Option(service.code, cards.service_line(turn, service), (service.name.get(turn.language),), shown)


def quantities(turn: Turn, service: str) -> Options[int]:
    """The quantities worth a button."""
    sold = turn.company.service(service)
    return [Option(count, cards.quantity(turn, sold.unit, count), (str(count),)) for count in sold.choices]


def quantity_is_sold(turn: Turn, service: str, quantity: int) -> None:
    """Raise `Retry` when one visit cannot be that small or that large."""
    sold = turn.company.service(service)
    try:
        catalogue.check(sold, quantity)
    except catalogue.QuantityOutOfRange as no:
        smallest, largest = (
            cards.quantity(turn, sold.unit, count) for count in (sold.smallest, sold.largest)
        )
        raise Retry(no.key, smallest=smallest, largest=largest) from None


def size_of_home(turn: Turn, service: str) -> int | None:
    """The floor space of the home they last used, for services that go by that."""
    if not turn.company.service(service).by_floor:
        return None
    homes = customers.addresses(turn.session, turn.customer_id)
    return homes[0].size_m2 if homes else None


def add_ons_offered(turn: Turn, service: str) -> Options[str]:
    """The add-ons that go with a service, with their prices."""
    sold = turn.company.service(service)
    return [
        Option(extra.code, cards.add_on_line(turn, extra), (extra.name.get(turn.language),))
        for extra in catalogue.offered(turn.company, sold)
    ]


def has_add_ons(turn: Turn, service: str) -> bool:
    """Whether there is any add-on to ask about."""
    return bool(turn.company.service(service).add_ons)


def saved_addresses(turn: Turn) -> Options[int]:
    """Their own homes, the one used last first."""
    homes = customers.addresses(turn.session, turn.customer_id)
    return [Option(home.id or 0, cards.address_line(home), (home.line,)) for home in homes[:SHOWN]]


def household_facts(turn: Turn, service: str) -> Options[str]:
    """What about a home changes who suits it for this service, and whether a woman is to come."""
    facts = [*sorted(turn.company.service(service).home_facts), "female"]
    return [Option(fact, turn.text(f"home-{fact}"), tuple(words.phrases("home", fact))) for fact in facts]


def facts_matter(turn: Turn, service: str, still: bool | None) -> bool:
    """Whether to ask about the home: once, or anew when it changed; only where it changes who comes."""
    told = turn.household.told_at
    return (told is None or still is False) and bool(turn.company.service(service).home_facts)


def need_of(turn: Turn, service: str, quantity: int, add_ons: tuple[str, ...] | None, address: int) -> Need:
    """What a window is looked for, from the answers of a form."""
    sold = turn.company.service(service)
    home = turn.home(address)
    return Need(
        service=sold,
        minutes=catalogue.minutes(turn.company, sold, quantity, dict.fromkeys(add_ons or (), 1)),
        crew=sold.crew_for(quantity),
        area=home.area_code,
        customer_id=turn.customer_id,
        home=turn.household,
    )


def need_of_visit(turn: Turn, visit: Visit) -> Need:
    """What a window is looked for when a visit is to be moved."""
    sold = turn.company.service(visit.service_code)
    own = turn.role is not Role.STAFF
    return Need(
        service=sold,
        minutes=int((visit.ends_at - visit.starts_at) / timedelta(minutes=1)),
        crew=sold.crew_for(visit.quantity),
        area=visit.area_code,
        customer_id=visit.customer_id,
        home=turn.household if own else customers.home(turn.session, visit.customer_id),
        instead_of=visit.id,
    )


def _free(turn: Turn, need: Need, first: date, last: date) -> dict[date, list[Window]]:
    """The free windows of some days; searched once in a turn, which so sees one state of them throughout."""
    key = ("free", need.service.code, need.minutes, need.crew, need.area, need.instead_of, first, last)
    if key not in turn.found:
        turn.found[key] = windows.free(turn.session, turn.company, need, first, last, now=turn.now)
    found: dict[date, list[Window]] = turn.found[key]
    return found


def _free_days(turn: Turn, need: Need) -> Options[date]:
    """The next days with a free window; looked for up to the horizon only when two weeks have none.

    Without any, a person is asked to help and the form is left: nobody is asked for a day that cannot be had.
    """
    today = turn.now.astimezone(turn.company.zone).date()
    horizon = today + timedelta(days=turn.company.policies.horizon_days)
    soon = today + timedelta(days=DAYS - 1)
    for first, last in ((today, soon), (soon + timedelta(days=1), horizon)):
        if days := windows.open_days(turn.session, turn.company, need, first, last, now=turn.now):
            return [Option(day, cards.day(turn, day)) for day in days[:SHOWN]]
    name = need.service.name
    if turn.role is Role.STAFF:
        raise Leave("rescheduling-nothing")
    wanted = name.get(turn.language)
    handoff = handing_over.ask(turn, topic=need.service.code, words=wanted, reason="no-window")
    raise Leave("day-none", name=name, phone=turn.house_phone, by=handing_over.until(turn, handoff))


def open_days(
    turn: Turn, service: str, quantity: int, add_ons: tuple[str, ...], address: int
) -> Options[date]:
    """The next days with a free window."""
    return _free_days(turn, need_of(turn, service, quantity, add_ons, address))


def day_is_open(
    turn: Turn, service: str, quantity: int, add_ons: tuple[str, ...], address: int, day: date
) -> None:
    """Raise `Retry` with the reason when nothing is free on a day."""
    _check_day(turn, need_of(turn, service, quantity, add_ons, address), day)


def _check_day(turn: Turn, need: Need, day: date) -> None:
    if _free(turn, need, day, day).get(day):
        return
    reason = windows.why_not(turn.session, turn.company, need, day, now=turn.now)
    if reason is None:
        return  # somebody gave a window back between the two looks
    args: dict[str, object] = {"day": day, "horizon": turn.company.policies.horizon_days}
    if reason == "member-day":
        args |= membership.after_member_day(turn, day)
    if reason in WAITABLE and turn.role is Role.CUSTOMER and need.instead_of is None:
        is_season = reason in ("early", "share")
        mine = peaks.standing(turn.session, turn.company, day, turn.customer_id) if is_season else None
        opens = turn.local(mine.opens_at if reason == "early" else mine.freed_at) if mine else ""
        wait = Choice(turn.text("queue-wait", day=day), f"go:queueing:{day.isoformat()}", "way")
        raise Retry(f"day-{reason}-queue", _free_days(turn, need), (wait,), opens=opens, **args)
    raise Retry(f"day-{reason}", _free_days(turn, need), **args)


def windows_of_day(
    turn: Turn, service: str, quantity: int, add_ons: tuple[str, ...], address: int, day: date
) -> list[Window]:
    """All free windows of a day, in order."""
    need = need_of(turn, service, quantity, add_ons, address)
    return _free(turn, need, day, day).get(day, [])


def spread(free: Sequence[Window], most: int = SHOWN) -> list[Window]:
    """A few windows that stand for all of them: the first, the last, and evenly between."""
    if len(free) <= most:
        return list(free)
    return [free[round(step * (len(free) - 1) / (most - 1))] for step in range(most)]


def window_options(
    turn: Turn, shown: Sequence[Window], free: Sequence[Window] = (), *, day: date | None = None
) -> Options[datetime]:
    """Windows as choices; those of `free` that are not shown are understood when they are typed.

    With `day`, one that lies on another day says so.
    """
    starts = {window.starts_at for window in shown}
    every = {window.starts_at: window for window in (*shown, *free)}
    return [Option(at, _window_label(turn, every[at], day), shown=at in starts) for at in sorted(every)]


def _window_label(turn: Turn, window: Window, day: date | None) -> str:
    local = window.starts_at.astimezone(turn.company.zone).date()
    hours = cards.window(turn, window.starts_at, window.ends_at)
    if day is None or day == local:
        return hours
    return turn.text("day-and-window", day=cards.day(turn, local), window=hours)


def free_windows(
    turn: Turn, service: str, quantity: int, add_ons: tuple[str, ...], address: int, day: date
) -> Options[datetime]:
    """The free windows of a day; when the last one has just gone, the day is asked again."""
    free = windows_of_day(turn, service, quantity, add_ons, address, day)
    if not free:
        raise AskAgain("day", "day-full", day=day)
    return window_options(turn, spread(free), free)


def hold_window(
    turn: Turn,
    service: str,
    quantity: int,
    add_ons: tuple[str, ...],
    address: int,
    day: date,
    window: datetime,
) -> None:
    """Keep the window for the customer while the rest is asked; a taken one is answered with the nearest."""
    is_on_day(turn, day, window)
    need = need_of(turn, service, quantity, add_ons, address)
    found = next((one for one in _free(turn, need, day, day).get(day, []) if one.starts_at == window), None)
    best = [match.worker.id or 0 for match in _matches(turn, need, found)] if found else []
    try:
        windows.hold(turn.session, turn.company, need, window, preferred=best, found=found, now=turn.now)
    except windows.WindowTaken as taken:
        raise Retry("window-taken", window_options(turn, taken.nearest, day=day)) from taken


def is_on_day(turn: Turn, day: date, window: datetime) -> None:
    """Raise `Implies` when a window lies on another day than the one given, as the nearest ones may."""
    local = window.astimezone(turn.company.zone).date()
    if local != day:
        raise Implies("day", local)


def one_worker_comes(turn: Turn, service: str, quantity: int) -> bool:
    """Whether there is a single worker to choose; crews are put together by us."""
    return turn.company.service(service).crew_for(quantity) == 1


def _matches(turn: Turn, need: Need, window: Window) -> list[matching.Match]:
    """Everybody who could come then, who suits best first; weighed once in a turn."""
    key = ("matches", window.starts_at, window.ends_at, window.workers)
    if key not in turn.found:
        turn.found[key] = matching.rank(
            turn.session, turn.company, need, window.workers, starts_at=window.starts_at
        )
    found: list[matching.Match] = turn.found[key]
    return found


def _ranked(
    turn: Turn, service: str, quantity: int, add_ons: tuple[str, ...], address: int, window: datetime
) -> tuple[list[matching.Match], int | None]:
    """Everybody who could come, who suits best first; before them, if free, who came last time (their id)."""
    key = ("ranked", service, quantity, add_ons, address, window)
    if key not in turn.found:
        need = need_of(turn, service, quantity, add_ons, address)
        day = window.astimezone(turn.company.zone).date()
        free = _free(turn, need, day, day).get(day, [])
        here = next((one for one in free if one.starts_at == window), None)
        if here is None:
            raise AskAgain("window", "window-taken")
        ranked = list(_matches(turn, need, here))
        last = visits.last_worker(turn.session, turn.customer_id, service)
        last_id = last.id if last else None
        ranked.sort(key=lambda match: match.worker.id != last_id)
        turn.found[key] = ranked, last_id
    found: tuple[list[matching.Match], int | None] = turn.found[key]
    return found


def suitable_workers(
    turn: Turn, service: str, quantity: int, add_ons: tuple[str, ...], address: int, window: datetime
) -> Options[int]:
    """Three who suit best, the one who came last time before them. The rest may be named."""
    ranked, last = _ranked(turn, service, quantity, add_ons, address, window)
    return [
        Option(
            match.worker.id or 0,
            cards.worker_line(turn, match, same=match.worker.id == last),
            (match.worker.name,),
            shown=place < WORKERS_SHOWN,
        )
        for place, match in enumerate(ranked)
    ]


def worker_cards(
    turn: Turn, service: str, quantity: int, add_ons: tuple[str, ...], address: int, window: datetime
) -> Card:
    """The three on offer, each in a sentence."""
    ranked, _last = _ranked(turn, service, quantity, add_ons, address, window)
    return cards.team_card(turn, [match.worker for match in ranked[:WORKERS_SHOWN]])


def hold_with(
    turn: Turn,
    service: str,
    quantity: int,
    add_ons: tuple[str, ...],
    address: int,
    window: datetime,
    worker: int,
) -> None:
    """Keep the window with the worker they chose."""
    need = need_of(turn, service, quantity, add_ons, address)
    try:
        windows.hold(turn.session, turn.company, need, window, workers=[worker], now=turn.now)
    except windows.WindowTaken as taken:
        raise Retry("worker-taken") from taken


def _upcoming(turn: Turn) -> list[Visit]:
    return visits.upcoming(turn.session, turn.customer_id, turn.now)


def movable_visits(turn: Turn) -> Options[Reference]:
    """Their visits that may still get another time."""
    return _visit_options(
        turn, [one for one in _upcoming(turn) if one.status in visits.AHEAD], "moving-nothing"
    )


def cancellable_visits(turn: Turn) -> Options[Reference]:
    """Their visits that may still be cancelled."""
    found = [one for one in _upcoming(turn) if visits.Status.CANCELLED in visits.ALLOWED[one.status]]
    return _visit_options(turn, found, "cancelling-nothing")


def only_movable(turn: Turn) -> Reference | None:
    """The visit that must be meant, because no other can be moved."""
    return _only(movable_visits(turn))


def only_cancellable(turn: Turn) -> Reference | None:
    """The visit that must be meant, because no other can be cancelled."""
    return _only(cancellable_visits(turn))


def _only(visits_offered: Options[Reference]) -> Reference | None:
    return visits_offered[0].value if len(visits_offered) == 1 else None


def _visit_options(turn: Turn, found: Sequence[Visit], nothing: str) -> Options[Reference]:
    if not found:
        raise Leave(nothing)
    return [
        Option(Reference(visit.reference), cards.visit_line(turn, visit), (visit.reference,))
        for visit in found
    ]


def days_for_move(turn: Turn, visit: Reference) -> Options[date]:
    """The next days with a free window for a visit that is to be moved."""
    return _free_days(turn, need_of_visit(turn, cards.visit_of(turn, visit)))


def day_for_move(turn: Turn, visit: Reference, day: date) -> None:
    """Raise `Retry` with the reason when the visit cannot be moved to that day."""
    _check_day(turn, need_of_visit(turn, cards.visit_of(turn, visit)), day)


def windows_for_move(turn: Turn, visit: str, day: date) -> list[Window]:
    """All windows of a day that a visit can be moved to; the time it has now is not one of them."""
    moving = cards.visit_of(turn, visit)
    free = _free(turn, need_of_visit(turn, moving), day, day)
    return [window for window in free.get(day, []) if window.starts_at != moving.starts_at]


def free_windows_for_move(turn: Turn, visit: Reference, day: date) -> Options[datetime]:
    """The windows of a day that a visit can be moved to."""
    free = windows_for_move(turn, visit, day)
    if not free:
        raise AskAgain("day", "day-full", day=day)
    return window_options(turn, spread(free), free)
