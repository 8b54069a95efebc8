"""A worker says that they set out, and when they will be there; or that it will be later."""

from datetime import timedelta
from typing import Any

from bot import cards, jobs, underway, worker_cards
from bot.flow import Flow, Reference, Turn, ask, one_of
from bot.messages import Outbound
from core import attendance, visits
from core.errors import DomainError
from core.identities import Role
from core.visits import Visit
from core.workers import Worker


def may_set_out(turn: Turn, visit: Visit) -> None:
    """Raise what speaks against setting out now."""
    attendance.check_set_out(turn.session, visit, turn.worker_id, turn.now)


def may_be_late(turn: Turn, visit: Visit) -> None:
    """Raise what speaks against being later: they are there, or nobody is to be."""
    mine = attendance.known(turn.session, visit).get(turn.worker_id)
    if mine and mine.arrived_at:
        raise attendance.AlreadyThere(at=mine.arrived_at)
    if visit.status not in attendance.EXPECTED | attendance.UNDER_WAY:
        raise visits.MoveNotAllowed(status=visit.status.value, wanted="later")


def job_to_set_out(turn: Turn) -> Reference:
    """The visit that comes next."""
    return jobs.next_job(turn, may_set_out)


def job_to_be_late(turn: Turn) -> Reference:
    """The visit that they are on the way to."""
    return jobs.next_job(turn, may_be_late)


def pressed(turn: Turn, argument: str, check: jobs.Check) -> dict[str, Any]:  # Any: as in `Flow.start`
    """What a button carried: the visit, and the minutes where it names them."""
    reference, _, minutes = argument.partition(":")
    if not reference:
        return {}
    visit = jobs.checked(turn, reference, check)
    return {"visit": visit} | ({"minutes": int(minutes)} if minutes.isdecimal() else {})


class Departing(Flow):
    """Which visit, and in how many minutes they are there."""

    roles = frozenset({Role.WORKER})

    visit: Reference = ask(one_of(jobs.jobs_near), known=job_to_set_out)
    minutes: int = ask(jobs.how_soon)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit and the minutes of a button."""
        return pressed(turn, argument, may_set_out)

    def done(self, turn: Turn) -> list[Outbound]:
        """They are on the way; the customer of the first who is hears it."""
        visit = jobs.job_of(turn, self.visit)
        eta = turn.now + timedelta(minutes=self.minutes)
        try:
            first = attendance.set_out(turn.session, visit, turn.worker_id, eta, turn.now)
        except DomainError as no:
            raise jobs.refused(turn, visit, no) from no
        if first:
            underway.on_the_way(turn, visit, turn.session.get_one(Worker, turn.worker_id), eta)
        said = "departing-done" if first else "departing-done-too"
        return [_noted(turn, visit, said, self.minutes)]


class Delaying(Flow):
    """Which visit, and in how many minutes they are there after all."""

    roles = frozenset({Role.WORKER})

    visit: Reference = ask(one_of(jobs.jobs_near), known=job_to_be_late)
    minutes: int = ask(jobs.how_soon)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit and the minutes of a button."""
        return pressed(turn, argument, may_be_late)

    def done(self, turn: Turn) -> list[Outbound]:
        """Note the new time; the customer hears of it once, and only if it matters."""
        visit = jobs.job_of(turn, self.visit)
        eta = turn.now + timedelta(minutes=self.minutes)
        try:
            tell = attendance.expect(turn.session, visit, turn.worker_id, eta, turn.now)
        except DomainError as no:
            raise jobs.refused(turn, visit, no) from no
        if tell:
            underway.later(turn, visit, turn.session.get_one(Worker, turn.worker_id), eta)
        return [_noted(turn, visit, "delaying-done-told" if tell else "delaying-done", self.minutes)]


def _noted(turn: Turn, visit: Visit, key: str, minutes: int) -> Outbound:
    at = underway.clock(turn, turn.now + timedelta(minutes=minutes))
    choices = [cards.go(turn, name, visit.reference) for name in ("arriving", "delaying")]
    card = worker_cards.visit_card(turn, visit, turn.worker_id) if key == "departing-done" else None
    return turn.say(key, at=at, card=card, choices=choices)
