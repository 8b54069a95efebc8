"""Staff give a complaint to somebody else: to whom, and why."""

from typing import Any

from bot.answers import free_text
from bot.desk import leave
from bot.flow import Flow, Option, Options, Turn, ask, one_of
from bot.handling import acting
from bot.messages import Outbound
from bot.verdicts import Leave
from core import duties
from core.complaints import finding, owners
from core.errors import DomainError
from core.identities import Role
from core.staff import Rank

SHOWN = 5


def colleagues(turn: Turn, case: int) -> Options[int]:
    """Everybody else who can be written to and was not at the visit; who is on duty first, then by rank."""
    complaint = finding.find(turn.session, case)
    hidden = {*owners.witnesses(turn.session, complaint.visit_id), turn.identity.staff_id}
    reached = duties.reachable(turn.session)
    every = [
        one
        for one in duties.standings(turn.session, turn.company, turn.now)
        if one.member.id not in hidden and one.member.id in reached
    ]
    if not every:
        raise Leave("passing-nobody")
    ranks = list(Rank)
    every.sort(key=lambda one: (not one.on_duty, -ranks.index(one.member.role), one.member.id))
    return [
        Option(
            one.member.id or 0,
            turn.text(
                "passing-member",
                name=one.member.name,
                rank=one.member.role.value,
                duty="on" if one.on_duty else "off",
            ),
            (one.member.name,),
            shown=place < SHOWN,
        )
        for place, one in enumerate(every)
    ]


class Passing(Flow):
    """Which complaint, to whom, and why."""

    roles = frozenset({Role.STAFF})

    case: int = ask(acting.a_case, check=acting.may_see)
    to: int = ask(one_of(colleagues))
    reason: str = ask(free_text(200))

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """`NUMBER` or `NUMBER:STAFF`, as a button or a typed command brings along."""
        to = argument.partition(":")[2]
        return acting.opened(turn, argument) | ({"to": int(to)} if to.isdecimal() else {})

    def done(self, turn: Turn) -> list[Outbound]:
        """Pass it on; whoever gets it is asked to take it."""
        try:
            return [acting.pass_on(turn, acting.case_of(turn, self.case), self.to, self.reason)]
        except DomainError as no:
            raise leave(no) from no
