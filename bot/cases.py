"""A case that a worker reported, as staff see it."""

from bot import cards
from bot.flow import Turn
from core.incidents import Incident
from core.visits import Visit

SHOWN = 10


def number(case: Incident) -> str:
    """What staff call a case by."""
    return f"#{case.id}"


def line(turn: Turn, case: Incident) -> str:
    """A case in a line: what, where, and in whose words."""
    visit = turn.session.get_one(Visit, case.visit_id)
    return turn.text(
        "incidents-line",
        kind=turn.text(f"problem-{case.kind.value}"),
        visit=cards.visit_line(turn, visit),
        reference=visit.reference,
        words=" ".join(case.words.split()) or "none",
        photos=len(case.media),
    )
