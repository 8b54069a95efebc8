"""What staff choose from when they act by chat: visits by reference or by time, and reasons."""

import re
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from bot import cards
from bot.answers import free_text
from bot.flow import Option, Options, Reader, Reference, Turn, one_of
from bot.messages import Content, Text
from bot.verdicts import Leave, Retry
from core import visits
from core.errors import DomainError
from core.visits import Status, Visit

REFERENCE = re.compile(r"(?<![A-Z0-9])[2-9A-HJKMNP-Z]{6}(?![A-Z0-9])")
REASONS = ("ill", "accident", "family", "weather", "safety", "staffing", "wish", "other", "dropped-out")
"""Why a visit is changed, as codes that reports count by; any words may be given instead."""
SHOWN = 8
BACK, AHEAD = timedelta(hours=6), timedelta(days=2)
"""How far around now visits are offered; any other is found by its reference."""


def because(turn: Turn, reason: str) -> str:
    """A reason in words: a code's, or the ones that were typed."""
    return turn.text(f"because-{reason}") if reason in REASONS else reason


def because_to_customer(turn: Turn, reason: str) -> str:
    """A reason as its customer reads it."""
    own = f"because-{reason}-told"
    return turn.text(own) if reason in REASONS and turn.has(own) else because(turn, reason)


def why(*codes: str) -> Reader[str]:
    """A question for the reason: one of these codes, or a sentence."""

    def offered(turn: Turn) -> Options[str]:
        return [Option(code, turn.text(f"because-{code}")) for code in codes]

    return one_of(offered, other=free_text(200))


def _spot_visit(turn: Turn, text: str) -> Reference | None:
    """A reference in whatever case, wherever it stands."""
    for said in REFERENCE.findall(text.upper()):
        if visits.by_reference(turn.session, said) is not None:
            return Reference(said)
    return None


def _read_visit(turn: Turn, content: Content) -> Reference | None:
    return _spot_visit(turn, content.body) if isinstance(content, Text) else None


def a_visit(allowed: Collection[Status], *, ahead: timedelta = AHEAD) -> Reader[Reference]:
    """A visit in one of these states: from those around now (up to `ahead`), or by its reference."""

    def offered(turn: Turn) -> Options[Reference]:
        near = visits.between(turn.session, turn.now - BACK, turn.now + ahead, limit=4 * SHOWN)
        found = [one for one in near if one.status in allowed][:SHOWN]
        return [Option(Reference(one.reference), line(turn, one), (one.reference,)) for one in found]

    return one_of(offered, other=Reader(_read_visit, _spot_visit, worded=_word_visit))


def _word_visit(turn: Turn, reference: Reference) -> str:
    return line(turn, cards.everybodys(turn, reference))


def line(turn: Turn, visit: Visit) -> str:
    """A visit in a line, with who comes."""
    return turn.text("desk-visit", visit=cards.visit_line(turn, visit), team=cards.team(turn, visit))


def is_in(allowed: Collection[Status]) -> Callable[[Turn, Reference], None]:
    """Refuses a visit that is in another state by now, and says in which."""

    def check(turn: Turn, visit: Reference) -> None:
        found = cards.everybodys(turn, visit)
        if found.status not in allowed:
            raise Retry(visits.MoveNotAllowed.key, status=found.status.value)

    return check


def begin_with(
    turn: Turn, argument: str, find: Callable[[Turn, str], Visit], allowed: Collection[Status]
) -> dict[str, Any]:  # Any: answers by question, as in `Flow.start`
    """The visit that a button is about. Leaves with how it stands, when nothing can be done any more."""
    if not argument:
        return {}
    try:
        visit = find(turn, argument)
    except DomainError as no:
        raise Leave(no.key, **no.args_) from no
    if visit.status not in allowed:
        raise Leave(visits.MoveNotAllowed.key, status=visit.status.value)
    return {"visit": visit.reference}


def leave(no: DomainError) -> Leave:
    """A rule's no as the end of a form."""
    return Leave(no.key, **no.args_)
