"""Staff say that a complaint is done: why it came to it, who was right, and what came of it."""

from typing import Any

from bot import cards, complaints, rating_recovery
from bot.answers import free_text
from bot.desk import leave
from bot.flow import Flow, Option, Options, Turn, ask, one_of
from bot.handling import acting, customer, wording
from bot.messages import Outbound
from core import scores
from core.complaints import Cause, Complaint, Kind, consequences, finding, handling
from core.errors import DomainError
from core.identities import Role

SHOWN, MORE = 5, "more"
LIKELY = {
    Kind.LATE: (Cause.DISPATCH, Cause.CONDUCT),
    Kind.NO_SHOW: (Cause.DISPATCH, Cause.CONDUCT),
    Kind.ATTITUDE: (Cause.CONDUCT,),
    Kind.DRUNK: (Cause.CONDUCT,),
    Kind.HARASSMENT: (Cause.CONDUCT,),
    Kind.OVERCHARGED: (Cause.PRICE, Cause.INFORMATION),
    Kind.DAMAGE: (Cause.SKILL, Cause.MATERIAL),
    Kind.MISSED: (Cause.PROCESS, Cause.INFORMATION),
    Kind.PRIVACY: (Cause.PROCESS,),
}
"""What it mostly is; the others follow in their usual order."""


def causes(turn: Turn, case: int) -> Options[str]:
    """Why it came to it: what is likely has a button, the rest is asked for next."""
    likely, rest = _causes(turn, case)
    more = Option(MORE, turn.text("resolving-cause-more"))
    return [*_named(turn, likely), *_named(turn, rest, shown=False), more]


def other_causes(turn: Turn, case: int) -> Options[Cause]:
    """The causes that had no button."""
    return _named(turn, _causes(turn, case)[1])


def _causes(turn: Turn, case: int) -> tuple[list[Cause], list[Cause]]:
    likely = LIKELY.get(finding.find(turn.session, case).kind, ())
    every = [*likely, *(one for one in Cause if one not in likely)]
    return every[:SHOWN], every[SHOWN:]


def _named(
    turn: Turn, found: list[Cause], *, shown: bool = True
) -> list[Option[Any]]:  # Any: a cause, or its code
    return [Option(one, turn.text(f"case-cause-{one.value.replace('_', '-')}"), shown=shown) for one in found]


def is_other(_turn: Turn, cause: str) -> bool:
    """Whether it is none of the likely ones."""
    return cause == MORE


def verdicts(turn: Turn) -> Options[bool]:
    """Whether the customer was right."""
    return [Option(one, turn.text(f"resolving-upheld-{'yes' if one else 'no'}")) for one in (True, False)]


class Resolving(Flow):
    """Which complaint, the cause, whether it was justified, and the words that the customer gets."""

    roles = frozenset({Role.STAFF})

    case: int = ask(acting.a_case, check=acting.may_see)
    cause: str = ask(one_of(causes))
    other: Cause = ask(one_of(other_causes), when=is_other)
    upheld: bool = ask(one_of(verdicts))
    outcome: str = ask(free_text(500))

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """`NUMBER` by a button, or `NUMBER:WORDS` as it is typed; else the one they looked at last."""
        said = argument.partition(":")[2]
        return acting.opened(turn, argument) | ({"outcome": said} if said else {})

    def done(self, turn: Turn) -> list[Outbound]:
        """Resolve it and tell the customer what came of it, and that they will be asked."""
        try:
            complaint = acting.case_of(turn, self.case)
            handling.resolve(
                turn.session,
                turn.company,
                complaint,
                turn.identity.staff_id or 0,
                cause=self.other or Cause(self.cause),
                upheld=self.upheld,
                outcome=self.outcome,
                now=turn.now,
            )
        except DomainError as no:
            raise leave(no) from no
        begun = consequences(turn.session, turn.company, complaint, turn.now)
        begun += scores.reconsider(turn.session, turn.company, complaint.visit_id, turn.now)
        rating_recovery.tell_talks(turn, begun)
        return [_told(turn, complaint, self.outcome)]


def _told(turn: Turn, complaint: Complaint, outcome: str) -> Outbound:
    name, number = wording.member(turn, turn.identity.staff_id), str(complaint.id)

    def make(their: Turn) -> Outbound:
        return their.say("case-resolved", member=name, number=number, outcome=outcome)

    written = customer.write(turn, complaint, make)
    return turn.say(
        "resolving-done",
        number=number,
        name=wording.customer(turn, complaint),
        outcome=outcome,
        at=complaints.clock(turn, complaint.next_at or turn.now),
        choices=[*acting.back(turn, complaint), cards.go(turn, "measuring", number)],
        phone=customer.reached(turn, complaint, written),
    )
