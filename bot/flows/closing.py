"""Staff close a case that a worker reported, and say what came of it."""

from typing import Any

from bot import cards, cases
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Turn, ask, one_of
from bot.messages import Outbound
from bot.verdicts import Leave
from core import incidents
from core.identities import Role


def cases_open(turn: Turn) -> Options[int]:
    """The cases nobody closed yet."""
    found = incidents.open_ones(turn.session, cases.SHOWN)
    if not found:
        raise Leave("incidents-none")
    return [
        Option(
            one.id or 0,
            turn.text("closing-option", number=cases.number(one), case=cases.line(turn, one)),
            (cases.number(one),),
        )
        for one in found
    ]


class Closing(Flow):
    """Which case, and what came of it."""

    roles = frozenset({Role.STAFF})

    incident: int = ask(one_of(cases_open))
    reason: str = ask(free_text(300))

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The case that a button is about."""
        return {"incident": int(argument)} if argument.isascii() and argument.isdecimal() else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Close it; the reason stays in the visit's story."""
        staff_id = turn.identity.staff_id
        assert staff_id is not None
        try:
            case = incidents.close(
                turn.session, self.incident, reason=self.reason, staff_id=staff_id, now=turn.now
            )
        except incidents.IncidentClosed as no:
            raise Leave(no.key) from no
        choices = [cards.go(turn, "incidents"), cards.go(turn, "desk")]
        return [turn.say("closing-done", number=cases.number(case), choices=choices)]
