"""Change a plan, for one date or from one on: another time, another worker, another length."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot import arranging, cards, plan_answers, plan_savings, queueing, recurring, words
from bot.answers import body_of, how_much
from bot.flow import Flow, Option, Options, Reader, Turn, ask, confirm, one_of, work_out
from bot.messages import Card, Content, Outbound
from bot.options import quantities, quantity_is_sold
from bot.readers import when
from bot.texts import Money
from bot.verdicts import AskAgain, Leave
from core import plans, quotes
from core.plans import Plan, Rhythm
from core.workers import Worker

ASPECTS = ("time", "worker", "length", "saving")


def aspects(turn: Turn) -> Options[str]:
    """What about a plan may change; a coupon or points only for those who have some."""
    known = [one for one in ASPECTS if one != "saving" or plan_savings.has_any(turn)]
    return [Option(one, turn.text(f"plan-what-{one}")) for one in known]


def scopes(turn: Turn) -> Options[str]:
    """This one, or this and following."""
    return [Option(one, turn.text(f"plan-scope-{one}")) for one in plan_answers.SCOPES]


def _spot_aspect(turn: Turn, text: str) -> str | None:
    """What they say is to change; words for a day or an hour mean the time."""
    if (said := words.within(text, "aspects")) is not None:
        return said
    named = when.read(text, turn.now.astimezone(turn.company.zone), turn.language)
    return "time" if named is not None and named.has_time else None


def _spot_scope(_turn: Turn, text: str) -> str | None:
    return words.within(text, "scopes")


def _reads(spot: Callable[[Turn, str], str | None]) -> Reader[str]:
    """A reader for the whole message that looks for the same words as in passing."""

    def read(turn: Turn, content: Content) -> str | None:
        body = body_of(content)
        return spot(turn, body) if body else None

    return Reader(read, spot)


an_aspect: Reader[str] = replace(
    _reads(_spot_aspect), worded=lambda turn, what: turn.text(f"plan-what-{what}"), silent=True
)
a_scope: Reader[str] = replace(
    _reads(_spot_scope), worded=lambda turn, scope: turn.text(f"plan-scope-{scope}")
)


def is_time(_turn: Turn, what: str) -> bool:
    """Whether another time is wanted."""
    return what == "time"


def is_worker(_turn: Turn, what: str) -> bool:
    """Whether another worker is wanted."""
    return what == "worker"


def is_saving(_turn: Turn, what: str) -> bool:
    """Whether a coupon, points or a package is to be used otherwise."""
    return what == "saving"


def may_follow(_turn: Turn, what: str) -> bool:
    """Whether it may hold for all dates from one on; what is used is named date by date."""
    return what != "saving"


def is_length(_turn: Turn, what: str) -> bool:
    """Whether another length is wanted."""
    return what == "length"


def service_of(turn: Turn, plan: int) -> str:
    """What the plan is for."""
    return plan_answers.plan_of(turn, plan).service_code


def rhythm_after(
    turn: Turn, plan: int, which: date, window: datetime | None, worker: int | None, quantity: int | None
) -> Rhythm:
    """How the plan would go from that date on, at today's prices."""
    outline = plan_answers.known(turn, plan)
    one = plan_answers.occasion(turn, plan, which)
    rule = outline.rule(one)
    at = (window or one.starts_at or turn.now).astimezone(turn.company.zone)
    own, anchor, much = outline.plan, at.date() if window else which, quantity or rule.quantity
    area = turn.company.area(turn.home(own.address_id).area_code)
    sold = turn.company.service(own.service_code)
    total = quotes.quote(
        turn.company, sold, much, own.add_ons, area=area, starts_at=window or one.starts_at
    ).total
    if quantity is None and window is None:
        total = rule.total
    clock = at.time() if window else rule.at
    return Rhythm(rule.every, anchor, clock, much, worker or rule.worker_id, total)


def total_after(
    turn: Turn,
    plan: int,
    which: date,
    window: datetime | None,
    worker: int | None,
    quantity: int | None,
    saving: str | None,
) -> int:
    """What each visit would cost, in fen; that one alone where something is to be used for it."""
    if saving is not None:
        return plan_savings.total(turn, plan, which, saving)
    return rhythm_after(turn, plan, which, window, worker, quantity).total


def alteration(
    turn: Turn,
    plan: int,
    what: str,
    which: date,
    scope: str | None,
    window: datetime | None,
    worker: int | None,
    quantity: int | None,
    saving: str | None,
    total: int,
) -> Outbound:
    """What it is now, what it would be, and for which dates."""
    outline = plan_answers.known(turn, plan)
    own, new = outline.plan, rhythm_after(turn, plan, which, window, worker, quantity)
    service = turn.company.service(own.service_code)
    after = {
        "time": _time_after(turn, own, new, scope, window),
        "worker": turn.session.get_one(Worker, worker).name if worker else "",
        "length": cards.quantity(turn, service.unit, new.quantity),
        "saving": plan_savings.said(turn, plan, which, saving) if saving else "",
    }[what]
    one = plan_answers.occasion(turn, plan, which)
    lines = (
        (turn.text("altering-which-label"), turn.text("value-said", value=turn.local(one.starts_at))),
        (turn.text("altering-scope-label"), turn.text(f"plan-scope-{scope or 'this'}")),
        (turn.text("altering-saving-label" if what == "saving" else f"plan-what-{what}"), after),
        (
            turn.text("plan-price" if scope == "following" else "plan-price-this"),
            turn.text("plan-price-each", total=Money(total)),
        ),
    )
    return Outbound(
        turn.text("altering-agreed-ask"), card=Card(recurring.line(turn, own, outline.rule(one)), lines)
    )


def _time_after(turn: Turn, own: Plan, new: Rhythm, scope: str | None, window: datetime | None) -> str:
    if scope != "following" or window is None:
        return turn.text("value-said", value=turn.local(window or turn.now))
    lasts = plans.minutes_of(turn.company, own, new.quantity)
    return recurring.rhythm(turn, new.every, new.anchor, recurring.span(turn, new.anchor, new.at, lasts))


class Altering(Flow):
    """Which plan, what about it, from which date, only that one or all from there on, and yes."""

    plan: int = ask(one_of(plan_answers.own_plans), known=plan_answers.only_plan)
    what: str = ask(one_of(aspects, other=an_aspect))
    which: date = ask(one_of(plan_answers.next_dates, other=plan_answers.a_date))
    scope: str = ask(one_of(scopes, other=a_scope), when=may_follow)
    service: str = work_out(service_of)
    day: date = ask(
        one_of(plan_answers.days_for, other=plan_answers.a_day_near),
        when=is_time,
        check=plan_answers.day_fits,
    )
    window: datetime = ask(one_of(plan_answers.windows_for, other=plan_answers.a_time_of_date), when=is_time)
    worker: int = ask(one_of(plan_answers.workers_for), when=is_worker)
    quantity: int = ask(one_of(quantities, other=how_much), when=is_length, check=quantity_is_sold)
    saving: str = ask(one_of(plan_savings.offered), when=is_saving)
    total: int = work_out(total_after)
    agreed: bool = confirm(alteration)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: answers by question
        """`PLAN` of a button, or `PLAN.DATE`, which is to be on another day."""
        if not argument:
            return {}
        plan, day, _ = recurring.marked(turn, argument)
        here = {"plan": plan.id}
        return here if day is None else {**here, "what": "time", "which": day, "scope": "this"}

    def done(self, turn: Turn) -> list[Outbound]:
        """Change it, and place anew what is near."""
        plan = plan_answers.plan_of(turn, self.plan)
        try:
            plans.lock(turn.session, plan)
            freed = self.change(turn, plan)
        except plans.TooLateToChange as late:
            return [too_late(turn, str(late.args_["reference"]))]
        except (plans.DayTaken, plans.DayUnfit) as no:
            raise AskAgain("day", no.key, **no.args_) from no
        except (plans.PlanEnded, plans.NoSuchDate) as no:
            raise Leave(no.key, **no.args_) from no
        queueing.leave_for(turn, plan.service_code, self.which)
        arranging.called_off(turn, freed)
        special = arranging.settle(turn, plan)
        said = recurring.shown(turn, plan, f"plan-altered-{self.scope or 'this'}")
        return [*arranging.staying(turn, freed), said, *special]

    def change(self, turn: Turn, plan: Plan) -> plans.Freed:
        """Let one date differ, or all from there on. Raises as `plans.put` and `plans.change`."""
        new = rhythm_after(turn, self.plan, self.which, self.window, self.worker, self.quantity)
        if self.scope == "following":
            return plans.change(turn.session, turn.company, plan, self.which, new, turn.now)
        return plans.put(
            turn.session,
            turn.company,
            plan,
            self.which,
            to_day=new.anchor if self.window else None,
            at=new.at if self.window else None,
            worker_id=self.worker,
            quantity=self.quantity,
            total=self.total,
            saving=self.saving,
            now=turn.now,
        )


def too_late(turn: Turn, reference: str) -> Outbound:
    """The visit is too near to be changed free: what can be done all the same, and that it may cost."""
    return turn.say(
        "plan-too-late",
        reference=reference,
        choices=[cards.go(turn, "moving", reference), cards.go(turn, "cancelling", reference)],
    )
