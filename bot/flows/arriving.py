"""A worker says that they are there, and shows it: by the customer's code, a place or a picture."""

from typing import Any

from bot import jobs, underway, worker_cards
from bot.answers import free_text
from bot.flow import Flow, Reference, Turn, ask, one_of
from bot.messages import Outbound
from core import attendance
from core.attendance import Evidence, Proof
from core.errors import DomainError
from core.identities import Role
from core.visits import Visit
from core.workers import Worker


def may_arrive(turn: Turn, visit: Visit) -> None:
    """Raise what speaks against being there now."""
    attendance.check_arrival(turn.session, visit, turn.worker_id, turn.now)


def job_to_arrive(turn: Turn) -> Reference:
    """The visit that they are on the way to."""
    return jobs.next_job(turn, may_arrive)


class Arriving(Flow):
    """Which visit, and what shows that they are there."""

    roles = frozenset({Role.WORKER})

    visit: Reference = ask(one_of(jobs.jobs_near), known=job_to_arrive)
    proof: Evidence = ask(jobs.a_proof)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit of a button."""
        return {"visit": jobs.checked(turn, argument, may_arrive)} if argument else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """They are there; the customer hears it of the first, and staff of whoever proves it again."""
        visit = jobs.job_of(turn, self.visit)
        disputed = attendance.is_disputed(turn.session, visit)
        try:
            news = attendance.arrive(turn.session, visit, turn.worker_id, self.proof, turn.now)
        except DomainError as no:
            raise jobs.refused(turn, visit, no) from no
        if not disputed and news:
            underway.arrived(turn, visit, turn.session.get_one(Worker, turn.worker_id))
        if disputed:
            key = "told-staff-met" if news else "told-staff-proved-again"
            underway.staff(turn, visit, key)
        choices = worker_cards.choices(turn, visit, turn.worker_id)
        return [turn.say(_said(self.proof, disputed=disputed, news=news), choices=choices)]


def _said(proof: Evidence, *, disputed: bool, news: bool) -> str:
    if disputed:
        return "arriving-settled" if news else "arriving-proved-again"
    return "arriving-done" if proof.proof is Proof.CODE or news else "arriving-done-too"


class Standing(Flow):
    """Where somebody stands whom the customer cannot find, in their own words."""

    roles = frozenset({Role.WORKER})

    visit: Reference = ask(one_of(jobs.jobs_near), known=job_to_arrive)
    words: str = ask(free_text(100))

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit of a button."""
        return {"visit": jobs.checked(turn, argument, may_arrive)} if argument else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """The customer reads it, and staff do."""
        visit = jobs.job_of(turn, self.visit)
        underway.stands(turn, visit, turn.session.get_one(Worker, turn.worker_id), self.words)
        return [turn.say("standing-done", choices=worker_cards.choices(turn, visit, turn.worker_id))]
