"""Leave one date of a plan out."""

from datetime import date
from typing import Any

from bot import arranging, cards, plan_answers, queueing, recurring
from bot.flow import Flow, Turn, ask, one_of
from bot.flows.altering import too_late
from bot.messages import Outbound
from bot.verdicts import Leave
from core import plans


class Omitting(Flow):
    """Which plan, which date."""

    plan: int = ask(one_of(plan_answers.own_plans), known=plan_answers.only_plan)
    which: date = ask(one_of(plan_answers.next_dates, other=plan_answers.a_date))

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: answers by question
        """`PLAN` of a button, or `PLAN.DATE`."""
        if not argument:
            return {}
        plan, day, _ = recurring.marked(turn, argument)
        return {"plan": plan.id} | ({"which": day} if day else {})

    def done(self, turn: Turn) -> list[Outbound]:
        """Leave it out; one tap brings it back."""
        plan = plan_answers.plan_of(turn, self.plan)
        try:
            plans.lock(turn.session, plan)
            freed = plans.skip(turn.session, turn.company, plan, self.which, turn.now)
        except plans.TooLateToChange as late:
            return [too_late(turn, str(late.args_["reference"]))]
        except (plans.PlanEnded, plans.NoSuchDate) as no:
            raise Leave(no.key, **no.args_) from no
        queueing.leave_for(turn, plan.service_code, self.which)
        arranging.called_off(turn, freed)
        special = arranging.settle(turn, plan)
        back = cards.go(turn, "planback", recurring.mark(plan, self.which))
        said = recurring.shown(turn, plan, "plan-omitted", day=self.which)
        return [recurring.with_first(said, back), *special]
