"""What a booking makes, once, of what happened in a home: asked, not supposed."""

from datetime import date, datetime
from functools import partial
from typing import TypeAlias

from bot import agreeing, cards, habits, life, options
from bot.flow import Option, Options, Turn
from bot.flows.wishes import SENSITIVE, facts_are_old, keep_what_was_told, what_was_told
from bot.messages import Card
from bot.verdicts import Implies, Retry
from core import customers, facts
from core.catalogue import Family
from core.consents import Purpose
from core.customers import Address
from core.facts import JOINS, Event, Habit

ASKED_AGAIN = (Habit.TIMES, Habit.PRODUCTS, Habit.MANNERS)
"""What is made use of in every visit."""
Told: TypeAlias = dict[str, list[str]]
"""What was told and is to be used in this booking, as codes: `events`, `times`, what is `old`."""


def what_they_told(turn: Turn) -> Told:
    """What stands, read once for a booking."""
    known = facts.standing(turn.session, turn.customer_id)
    events = facts.happening(known, turn.now)
    if set(JOINS) & {*events}:  # what was told of the home since then is the newer word
        since = turn.household.told_at
        newer = {one.what for one in known if since is None or one.told_at > since}
        events = [one for one in events if one not in JOINS or one in newer]
    times = [one.value for one in known if one.what == Habit.TIMES]
    old = [one.what for one in known if one.what in ASKED_AGAIN and habits.are_old(turn, one)]
    return {"events": [event.value for event in events], "times": times, "old": old}


def usual_days(turn: Turn, told: Told) -> str:
    """When they are free as they say it, where that names days; "none" else."""
    return _times(turn, told, days=True)


def usual_hours(turn: Turn, told: Told) -> str:
    """When they are free as they say it, where that names hours alone; "none" else."""
    return _times(turn, told, days=False)


def _times(turn: Turn, told: Told, *, days: bool) -> str:
    times = told.get("times", [])
    named = bool(times) and not times[0].startswith(habits.ALL_DAYS)
    return habits.times_worded(turn, times[0]) if times and named == days else "none"


def days_by_habit(
    turn: Turn, told: Told, service: str, quantity: int, add_ons: tuple[str, ...], address: int
) -> Options[date]:
    """The next days with a free window; those on which they are usually free first."""
    times, need = told.get("times", []), options.need_of(turn, service, quantity, add_ons, address)
    return options.free_days(turn, need, partial(habits.suits_day, times[0]) if times else None)


def windows_by_habit(
    turn: Turn, told: Told, service: str, quantity: int, add_ons: tuple[str, ...], address: int, day: date
) -> Options[datetime]:
    """The free windows of a day; those in which they are usually free first."""
    times = told.get("times", [])
    free = options.windows_of_day(turn, service, quantity, add_ons, address, day)
    good = [one for one in free if times and habits.suits(times[0], turn.company, one.starts_at)]
    if not good:
        return options.free_windows(turn, service, quantity, add_ons, address, day)
    rest = [one for one in free if one not in good]
    first = options.spread(good, max(options.SHOWN - len(rest), options.SHOWN - 2))
    others = options.SHOWN - len(first)
    shown = [*first, *(options.spread(rest, others) if others > 1 else [])]
    starts = {one.starts_at for one in good}
    return sorted(options.window_options(turn, shown, free), key=lambda one: one.value not in starts)


def are_old(turn: Turn, told: Told, service: str) -> bool:
    """Whether anything they told is so old that it is asked again before it is used."""
    return bool(told.get("old")) or facts_are_old(turn, service)


def old_ones(turn: Turn, told: Told, service: str) -> Card:
    """What they told, and when."""
    of_home = what_was_told(turn).lines if facts_are_old(turn, service) else ()
    old = told.get("old", [])
    known = facts.standing(turn.session, turn.customer_id) if old else []
    lines = [habits.told_line(turn, one) for one in known if one.what in old]
    return Card(turn.text("life-you-said"), (*of_home, *lines))


def keep_old_ones(turn: Turn, told: Told, still: bool) -> None:
    """They say that it is still so: it counts as told today."""
    if turn.household.told_at is not None:
        keep_what_was_told(turn, still)
    elif still:
        facts.confirm(turn.session, turn.customer_id, turn.now)


def _happened(told: Told | None, event: Event) -> bool:
    return told is not None and event in told.get("events", [])


def is_for_new_home(turn: Turn, told: Told, service: str) -> bool:
    """Whether another cleaning was chosen than the one a home just done up needs first."""
    sold = turn.company.service(service)
    new = life.new_home_service(turn)
    fits = sold.family is Family.CLEANING and new is not None and service != new
    return _happened(told, Event.RENOVATED) and fits


def new_home_or_not(turn: Turn, service: str) -> Options[str]:
    """The cleaning for a new home, or the one they chose."""
    codes = (turn.company.record.new_home, service)
    return [Option(code, cards.service_line(turn, turn.company.service(code))) for code in codes]


def use_renovation(turn: Turn, service: str, first: str) -> None:
    """Nothing more is made of it. Raises `Implies` where they want the other cleaning."""
    facts.spend(turn.session, turn.customer_id, [Event.RENOVATED], turn.now)
    if first != service:
        raise Implies("service", first)


def may_have_moved(turn: Turn, told: Told) -> bool:
    """Whether they said that they move, and had a home then of which it may be true."""
    return _happened(told, Event.MOVING) and _home_then(turn) is not None


def _home_then(turn: Turn) -> Address | None:
    """The home they used last, of those they had when they said that they move."""
    said = facts.of(turn.session, turn.customer_id, Event.MOVING)
    homes = customers.addresses(turn.session, turn.customer_id)
    return next((one for one in homes if said and one.created_at <= said.told_at), None)


def moved_or_not(turn: Turn) -> Options[bool]:
    """Moved, or still there."""
    return [Option(True, turn.text("booking-moved-yes")), Option(False, turn.text("booking-moved-no"))]


def old_home(turn: Turn) -> Card:
    """The home they used last."""
    home = _home_then(turn)
    lines = [(turn.text("card-where"), cards.address_line(home))] if home else []
    return Card(turn.text("life-you-said"), tuple(lines))


def leave_old_home(turn: Turn, moved: bool) -> None:
    """The home they used last is offered no more; who is still there is asked again in two weeks."""
    if not moved:
        return facts.put_off(turn.session, turn.customer_id, Event.MOVING, turn.now)
    if (home := _home_then(turn)) is not None:
        customers.retire_address(turn.session, home, now=turn.now)
    return facts.spend(turn.session, turn.customer_id, [Event.MOVING], turn.now)


def is_lived_in(turn: Turn, told: Told, address: int) -> None:
    """Raise `Retry` for a home that they have just left."""
    if _happened(told, Event.MOVING) and turn.home(address).retired_at is not None:
        raise Retry("booking-address-left")


def newcomers(turn: Turn, told: Told, service: str) -> list[Event]:
    """Who joined the household, where that changes who suits, and nothing newer was told of the home."""
    matters, home = turn.company.service(service).home_facts, turn.household
    return [
        event
        for event, fact in JOINS.items()
        if _happened(told, event) and fact in matters and not getattr(home, fact)
    ]


def has_newcomers(turn: Turn, told: Told, service: str, household: tuple[str, ...] | None) -> bool:
    """Whether to ask: not right after the home was asked about."""
    return household is None and bool(newcomers(turn, told, service))


def who_joined(turn: Turn, told: Told, service: str) -> Card:
    """Who joined, in words."""
    said = [turn.text(f"life-{event.value}-what") for event in newcomers(turn, told, service)]
    return Card(
        turn.text("life-you-said"),
        ((turn.text("household-facts-label"), turn.text("value-said", value=said)),),
    )


def reminded(turn: Turn, told: Told, service: str) -> Card | None:
    """Who joined, where the home is asked about anyway."""
    return who_joined(turn, told, service) if newcomers(turn, told, service) else None


def heed_or_not(turn: Turn) -> Options[bool]:
    """Heed it from now on, or do not keep it."""
    return [
        Option(True, turn.text("booking-joined-yes")),
        Option(False, turn.text("booking-joined-no")),
    ]


def keep_newcomers(turn: Turn, told: Told, service: str, joined: bool) -> None:
    """Keep them as facts of the home, if they may be kept, and make nothing more of what was said."""
    found = newcomers(turn, told, service)
    if joined:
        so = {JOINS[event] for event in found}
        turn.found["household"] = customers.tell_home(
            turn.session,
            turn.customer_id,
            pets="pets" in so or None,
            elderly="elderly" in so or None,
            infants="infants" in so or None,
            now=turn.now,
        )
        if SENSITIVE & so:
            agreeing.agree(turn, Purpose.SENSITIVE)
    facts.spend(turn.session, turn.customer_id, found, turn.now)
