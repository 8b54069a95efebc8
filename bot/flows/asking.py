"""Staff ask a worker how they saw what a customer complains about."""

from typing import Any

from bot import complaints
from bot.desk import leave
from bot.flow import Flow, Option, Options, Turn, ask, one_of
from bot.handling import acting, wording
from bot.messages import Outbound
from bot.verdicts import Leave
from core import visits
from core.complaints import finding, statements
from core.errors import DomainError
from core.identities import Role


def witnesses(turn: Turn, case: int) -> Options[int]:
    """Who attended the visit."""
    visit = wording.visit_of(turn, finding.find(turn.session, case))
    crew = visits.crew(turn.session, visit) if visit else []
    if not crew:
        raise Leave("asking-nobody")
    return [Option(worker.id or 0, worker.name) for _, worker in crew]


def only_witness(turn: Turn, case: int) -> int | None:
    """The one who must be meant."""
    found = witnesses(turn, case)
    return found[0].value if len(found) == 1 else None


class Asking(Flow):
    """Which complaint, and which worker."""

    roles = frozenset({Role.STAFF})

    case: int = ask(acting.a_case, check=acting.may_see)
    worker: int = ask(one_of(witnesses), known=only_witness)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The complaint of a button, or the one they looked at last."""
        return acting.opened(turn, argument)

    def done(self, turn: Turn) -> list[Outbound]:
        """Ask; or say what they said, or until when they were asked already."""
        try:
            complaint = acting.case_of(turn, self.case)
        except DomainError as no:
            raise leave(no) from no
        made = statements.ask_statement(turn.session, turn.company, complaint, self.worker, turn.now)
        name = next(option.label for option in witnesses(turn, self.case) if option.value == self.worker)
        said = turn.say(
            "asking-said" if made.given_at else "asking-done",
            name=name,
            words=made.words,
            by=complaints.clock(turn, made.due_at),
            choices=acting.back(turn, complaint),
        )
        return [said]
