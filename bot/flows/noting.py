"""Staff write something down about a complaint that nobody but staff ever reads."""

from typing import Any

from bot.answers import free_text
from bot.desk import leave
from bot.flow import Flow, Turn, ask
from bot.handling import acting
from bot.messages import Outbound
from core.errors import DomainError
from core.identities import Role


class Noting(Flow):
    """Which complaint, and the note. It has no way to a customer."""

    roles = frozenset({Role.STAFF})

    case: int = ask(acting.a_case, check=acting.may_see)
    words: str = ask(free_text(1_000))

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The complaint of a button, or the one they looked at last."""
        return acting.opened(turn, argument)

    def done(self, turn: Turn) -> list[Outbound]:
        """Keep it."""
        try:
            return [acting.note(turn, acting.case_of(turn, self.case), self.words)]
        except DomainError as no:
            raise leave(no) from no
