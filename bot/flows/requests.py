"""Staff answer a request: yes, or no with a reason; the customer hears at once."""

from bot import cards, offering, reaching, reminding, telling
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Reference, Turn, ask, one_of
from bot.messages import Outbound
from bot.verdicts import Leave
from core import visits
from core.identities import Role

YES, NO = "confirm", "decline"


def requests_waiting(turn: Turn) -> Options[Reference]:
    """The requests that wait for an answer, the most urgent first."""
    found = visits.requests_waiting(turn.session, 10)
    if not found:
        raise Leave("requests-nothing")
    return [
        Option(
            Reference(one.reference),
            turn.text("request-line", visit=cards.visit_line(turn, one), by=one.answer_by),
            (one.reference,),
        )
        for one in found
    ]


def verdicts(turn: Turn) -> Options[str]:
    """Yes or no."""
    return [Option(YES, turn.text("requests-verdict-yes")), Option(NO, turn.text("requests-verdict-no"))]


def is_no(_turn: Turn, verdict: str) -> bool:
    """Whether a reason is owed."""
    return verdict == NO


class Requests(Flow):
    """Which request, yes or no, and why not."""

    roles = frozenset({Role.STAFF})

    visit: Reference = ask(one_of(requests_waiting))
    verdict: str = ask(one_of(verdicts))
    reason: str = ask(free_text(200), when=is_no)

    def done(self, turn: Turn) -> list[Outbound]:
        """Answer it and tell everybody concerned."""
        visit = visits.by_reference(turn.session, self.visit)
        if visit is None:
            raise Leave("requests-nothing")
        try:
            if self.verdict == YES:
                visits.confirm(turn.session, turn.company, visit, actor="staff", now=turn.now)
            else:
                visits.decline(
                    turn.session, turn.company, visit, actor="staff", reason=self.reason, now=turn.now
                )
        except visits.MoveNotAllowed as no:
            raise Leave(no.key, **no.args_) from no
        knows = reaching.of_answer(turn, visit, reason=self.reason)
        if self.verdict == YES:
            reminding.plan(turn, visit)
            offering.offer(turn, visit)
        return [
            turn.say(
                f"requests-done-{self.verdict}",
                reference=visit.reference,
                phone="known" if knows else telling.phone_of(turn, visit),
                choices=[*([] if knows else telling.to_call(turn, visit)), cards.go(turn, "desk")],
            )
        ]
