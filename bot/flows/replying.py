"""Staff write to the customer of a complaint, one message after the other, in the customer's own chat."""

from typing import Any

from bot.answers import free_text
from bot.flow import Flow, Option, Options, Reader, Turn, ask, one_of
from bot.handling import acting, wording
from bot.messages import Content, Outbound, Photo, Voice
from bot.verdicts import Leave, Retry
from core.complaints import handling
from core.errors import DomainError
from core.identities import Role

DONE, WAIT = "done", "wait"
ENDS = (DONE, WAIT)
LONGEST = 800


def ends(turn: Turn) -> Options[str]:
    """How to stop writing: with or without waiting for an answer."""
    return [Option(one, turn.text(f"replying-{one}")) for one in ENDS]


def _read(turn: Turn, content: Content) -> str | None:
    if isinstance(content, Photo | Voice):
        raise Retry("replying-only-words")
    said: str | None = free_text(LONGEST).read(turn, content)
    return said


class Replying(Flow):
    """Which complaint, and what to say; again and again until they are done."""

    roles = frozenset({Role.STAFF})
    unclear = frozenset(
        {"agenda", "desk", "requests", "unpaid", "incidents", "observations", "late", "unconfirmed", "ticket"}
    )

    case: int = ask(acting.a_case, check=acting.may_see)
    message: str = ask(one_of(ends, other=Reader(_read, whole=True)))

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The complaint of a button, or the one they looked at last."""
        return acting.opened(turn, argument)

    def again(self) -> str | None:
        """Until they say that they are done."""
        return None if self.message in ENDS else "message"

    def done(self, turn: Turn) -> list[Outbound]:
        """Send it and read it back; or stop."""
        try:
            complaint = acting.case_of(turn, self.case)
            if self.message not in ENDS:
                return [acting.reply(turn, complaint, self.message)]
            if self.message == WAIT:
                staff_id = turn.identity.staff_id or 0
                handling.ask_customer(turn.session, turn.company, complaint, staff_id, turn.now)
        except DomainError as no:
            raise Leave(no.key, **no.args_) from no
        name = wording.customer(turn, complaint)
        choices = acting.back(turn, complaint)
        return [turn.say(f"replying-ended-{self.message}", name=name, choices=choices)]
