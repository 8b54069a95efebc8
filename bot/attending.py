"""The visit that a worker is at, and telling whoever else attends it."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from bot import cards, telling, wall
from bot.flow import Option, Options, Reference, Turn
from bot.messages import Choice, Outbound
from bot.verdicts import Leave
from core import policies, visits
from core.checklists import UNDER_WAY
from core.visits import Status, Visit

NEAR = timedelta(days=1)
AT_DOOR = frozenset({Status.ON_THE_WAY, Status.CONFIRMED}) | UNDER_WAY


def near(turn: Turn) -> list[Visit]:
    """The worker's visits of a day before and after this moment, in order."""
    return turn.once(
        ("near", turn.worker_id),
        lambda: visits.of_worker(turn.session, turn.worker_id, turn.now - NEAR, turn.now + NEAR),
    )


def visit_of(turn: Turn, reference: str) -> Visit | None:
    """The worker's visit of that reference, else what they are at or come to next; None without any.

    Raises `UnknownVisit` for somebody else's.
    """
    if reference:
        return visits.attended_by(turn.session, turn.worker_id, reference)
    return visits.next_of_worker(turn.session, turn.worker_id, turn.now)


def at_work(turn: Turn) -> Visit | None:
    """The visit the worker is at just now."""
    return next((visit for visit in near(turn) if visit.status in UNDER_WAY), None)


def nothing(turn: Turn) -> list[Outbound]:
    """There is no visit that this could be about."""
    return [turn.say("working-nothing", choices=[cards.go(turn, "round")])]


def visits_at_work(turn: Turn) -> Options[Reference]:
    """The visits that the worker is at."""
    return _options(turn, [visit for visit in near(turn) if visit.status in UNDER_WAY])


def only_at_work(turn: Turn) -> Reference | None:
    """The visit that must be meant."""
    return _only(visits_at_work(turn))


def visits_to_report(turn: Turn) -> Options[Reference]:
    """The visits that something can have gone wrong at: under way, about to be, or just over."""
    begun = [one for one in near(turn) if one.status in AT_DOOR and one.starts_at - turn.now <= NEAR / 12]
    return _options(turn, [*begun, *(one for one in near(turn) if one.status is Status.FINISHED)])


def only_to_report(turn: Turn) -> Reference | None:
    """The visit that must be meant: the one the worker is at, if there is one."""
    here = at_work(turn)
    return Reference(here.reference) if here else _only(visits_to_report(turn))


def crew(turn: Turn, visit: Visit, make: Callable[[Turn], Outbound], *, but: Collection[int] = ()) -> None:
    """Tell everybody who attends a visit, without `but` (ids)."""
    for _, worker in visits.crew(turn.session, visit):
        if worker.id not in but:
            telling.worker(turn, worker.id or 0, make)


def lead(turn: Turn, visit: Visit) -> str:
    """Who leads a visit, by name."""
    team = visits.crew(turn.session, visit)
    return team[0][1].name if team else turn.text("worker-later")


def choices(turn: Turn, visit: Visit) -> list[Choice]:
    """What a worker does with a visit that is under way, one tap each."""
    if visit.status not in UNDER_WAY:
        return [cards.go(turn, "round")]
    names = ("checklist", "finishing", "adding", "reporting")
    return [cards.go(turn, name, visit.reference) for name in names]


def may_leave_at(turn: Turn, visit: Visit) -> datetime:
    """How long the worker waits before a closed door."""
    rules = policies.as_of(turn.session, visit.policy_version)
    return visit.starts_at + timedelta(minutes=rules.no_access_minutes)


def worded(turn: Turn, key: str, said: str) -> str:
    """What somebody chose, in the language of this turn, or their own words as they are.

    `key` begins the names of what there was to choose.
    """
    chosen = f"{key}-{said.replace('_', '-')}"
    return turn.text(chosen) if turn.has(chosen) else said


def clock(turn: Turn, at: datetime) -> str:
    """A moment as the company's clock shows it."""
    return wall.there(turn, at)


def _options(turn: Turn, found: Collection[Visit]) -> Options[Reference]:
    if not found:
        raise Leave("working-nothing")
    return [
        Option(Reference(visit.reference), cards.visit_line(turn, visit), (visit.reference,))
        for visit in found
    ]


def _only(offered: Options[Reference]) -> Reference | None:
    return offered[0].value if len(offered) == 1 else None
