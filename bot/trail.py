"""What a turn leaves in the log: who was asked what, how it ended and how long it took. Never their words."""

from dataclasses import dataclass, field
from enum import StrEnum
from time import perf_counter

import structlog

from bot.state import State

log = structlog.get_logger()


class Outcome(StrEnum):
    """How a turn ended."""

    ANSWERED = "answered"
    KEPT = "kept"
    """It asked for no answer."""
    NOTED = "noted"
    """Staff wrote it down for each other in the room of a case; it asks for no answer either."""
    PASSED = "passed"
    """A person of ours talks with them, and was told."""
    REPEATED = "repeated"
    """The message was answered before, and gets the same answer."""
    AGAIN = "again"
    """Its turn failed before, and succeeded now."""
    FAILED = "failed"
    """Nothing of it remains; the channel may deliver it again."""
    SET_ASIDE = "set_aside"
    """It failed for the last time: the person got an apology, and staff were told."""
    UNAVAILABLE = "unavailable"
    """The database was gone."""


@dataclass(slots=True)
class Trail:
    """One turn, from the first try to its end."""

    channel: str
    kind: str
    begun: float = field(default_factory=perf_counter)
    tries: int = 0
    conversation: int | None = None
    flow: str | None = None
    question: str | None = None
    asks: str | None = None

    def starts(self, conversation: int | None, state: State) -> None:
        """Where the conversation stood before."""
        self.conversation = conversation
        self.flow, self.question = _standing(state)

    def leads(self, state: State) -> None:
        """Where it stands now; the flow stays the one that was answered, if there was one."""
        flow, self.asks = _standing(state)
        self.flow = self.flow or flow

    def ends(self, outcome: Outcome, message: int | None = None, replies: int = 0) -> None:
        """Write the turn's one line. Not before its transaction has ended: what is rolled back never was."""
        log.info(
            "turn.taken",
            conversation=self.conversation,
            message=message,
            channel=self.channel,
            kind=self.kind,
            flow=self.flow,
            question=self.question,
            asks=self.asks,
            outcome=outcome.value,
            replies=replies,
            tries=self.tries,
            ms=round((perf_counter() - self.begun) * 1000, 1),
        )


def _standing(state: State) -> tuple[str | None, str | None]:
    return (state.form.flow, state.form.asking) if state.form else (None, None)
