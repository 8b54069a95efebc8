"""A line of the checklist cannot be done: which, and why, for customer and staff to read."""

from bot import attending, checking
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Reference, Turn, ask, one_of
from bot.messages import Outbound
from bot.verdicts import Leave
from core import checklists, visits
from core.identities import Role

REASONS = ("asked", "blocked", "broken", "none_here")


def lines_open(turn: Turn, visit: Reference) -> Options[int]:
    """The lines that are neither done nor left out."""
    at = visits.attended_by(turn.session, turn.worker_id, visit)
    found = checklists.items(turn.session, turn.company, at)
    still = [item for item in found if item.settled_at is None]
    if not still:
        raise Leave("skipping-nothing")
    return [Option(item.position, item.said(turn.language)) for item in still]


def reasons(turn: Turn) -> Options[str]:
    """Why something cannot be done; anything else may be typed."""
    return [Option(code, turn.text(f"skipping-why-{code.replace('_', '-')}")) for code in REASONS]


class Skipping(Flow):
    """Which visit, which line, and why not."""

    roles = frozenset({Role.WORKER})

    visit: Reference = ask(one_of(attending.visits_at_work), known=attending.only_at_work)
    item: int = ask(one_of(lines_open))
    why: str = ask(one_of(reasons, other=free_text(100)))

    def done(self, turn: Turn) -> list[Outbound]:
        """Keep the reason, and show what is still open."""
        visit = visits.attended_by(turn.session, turn.worker_id, self.visit)
        try:
            left = checklists.leave_out(
                turn.session,
                turn.company,
                visit,
                self.item,
                why=self.why,
                worker_id=turn.worker_id,
                now=turn.now,
            )
        except visits.MoveNotAllowed as no:
            raise Leave("working-over", visit=visit.reference) from no
        said = turn.text("skipping-done") if left else turn.text("checklist-ticked-before")
        return [checking.shown(turn, visit, said)]
