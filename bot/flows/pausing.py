"""Let a plan rest for a while, or end it."""

from datetime import date, timedelta
from typing import Any

from bot import arranging, cards, plan_answers, plan_ends, recurring
from bot.answers import body_of
from bot.flow import Flow, Option, Options, Reader, Turn, ask, confirm, one_of
from bot.messages import Card, Content, Outbound
from bot.readers import rhythm, when
from bot.verdicts import Leave, Retry
from core import plans
from core.plans import Until

WEEKS = (1, 2, 4)
LONGEST = timedelta(days=366)


def _local_day(turn: Turn) -> date:
    return turn.now.astimezone(turn.company.zone).date()


def _spot_first(turn: Turn, text: str) -> date | None:
    """The first day of what they name, however long that is: "next week", "春节"."""
    found = when.read(text, turn.now.astimezone(turn.company.zone), turn.language)
    if found is None or not found.has_day or found.starts is None:
        return None
    return max(found.starts.date(), _local_day(turn))


def _read_first(turn: Turn, content: Content) -> date | None:
    body = body_of(content)
    return _spot_first(turn, body) if body else None


a_start: Reader[date] = Reader(
    _read_first, _spot_first, worded=lambda turn, day: turn.text("value-said", value=day)
)


def starts_offered(turn: Turn, plan: int) -> Options[date]:
    """From the next date on, or from one of the two after it."""
    found = plans.next_dates(turn.company, plan_answers.known(turn, plan), turn.now)
    if not found:
        raise Leave("plan-no-dates")
    return [Option(one.on or one.day, turn.text("value-said", value=one.on or one.day)) for one in found]


def lengths(turn: Turn, first: date) -> Options[date]:
    """For how long: the last day of each."""
    return [
        Option(first + timedelta(days=7 * weeks - 1), turn.text("plan-weeks", count=weeks)) for weeks in WEEKS
    ]


def _spot_last(turn: Turn, text: str, first: date) -> date | None:
    """The last day: after so many weeks, or the day that is named; None for "until I say so"."""
    lasts = rhythm.length(text)
    if lasts is not None:
        return first + lasts - timedelta(days=1)
    found = when.read(text, turn.now.astimezone(turn.company.zone), turn.language)
    if found is None or not found.has_day or found.starts is None:
        return None
    last = (found.ends - timedelta(seconds=1)).date() if found.ends else found.starts.date()
    return last if last > first else None


def _read_last(turn: Turn, content: Content, first: date) -> date | None:
    body = body_of(content)
    return _spot_last(turn, body, first) if body else None


an_end: Reader[date] = Reader(
    _read_last, _spot_last, worded=lambda turn, day: turn.text("value-said", value=day)
)


def last_fits(turn: Turn, first: date, last: date) -> None:
    """Raise `Retry` when a pause would end before it begins, or be no pause any more."""
    if not first <= last <= first + LONGEST:
        raise Retry("plan-pause-odd", first=first, last=last)


def rest(turn: Turn, plan: int, first: date, last: date | None) -> Outbound:
    """From when to when, and which dates that leaves out."""
    known = plan_answers.known(turn, plan)
    ahead = plans.upcoming(turn.company, known, turn.now, count=60)
    within = [one for one in ahead if one.on and first <= one.on and (last is None or one.on <= last)]
    days = turn.text("plan-from-to", first=_said(turn, first), last=_said(turn, last)) if last else ""
    lines = [
        (turn.text("pausing-first-label"), days or turn.text("plan-from-on", first=_said(turn, first))),
        (turn.text("plan-left-out"), turn.text("plan-times", count=len(within))),
    ]
    title = recurring.line(turn, known.plan, known.latest())
    return Outbound(turn.text("pausing-agreed-ask"), card=Card(title, tuple(lines)))


def _said(turn: Turn, day: date) -> str:
    return turn.text("value-said", value=day)


class Pausing(Flow):
    """Which plan, from when, until when, and yes."""

    plan: int = ask(one_of(plan_answers.own_plans), known=plan_answers.only_plan)
    first: date = ask(one_of(starts_offered, other=a_start))
    last: date | None = ask(one_of(lengths, other=an_end), check=last_fits, skippable=True)
    agreed: bool = confirm(rest)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: answers by question
        """`PLAN` of a button."""
        return {"plan": recurring.marked(turn, argument)[0].id} if argument else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Rest; visits that are too near stay, and that is said."""
        plan = locked(turn, self.plan)
        freed = plans.pause(turn.session, turn.company, plan, self.first, self.last, turn.now)
        arranging.called_off(turn, freed)
        special = arranging.settle(turn, plan)
        said = recurring.shown(turn, plan, "plan-paused" if self.last else "plan-paused-open")
        return [*arranging.staying(turn, freed), said, *special]


def at_once(_turn: Turn) -> Until:
    """Now, unless they say until when or for how many more."""
    return Until()


def end_fits(turn: Turn, until: Until) -> None:
    """Raise `Retry` when that end is past, or too far."""
    if until:
        plan_ends.fits(turn, _local_day(turn), until)


def end_of_plan(turn: Turn, plan: int, until: Until) -> Outbound:
    """The plan, and what becomes of the visits that are placed."""
    known = plan_answers.known(turn, plan)
    if until:
        lines = ((turn.text("plan-until"), plan_ends.said(turn, until)),)
        card = Card(recurring.line(turn, known.plan, known.latest()), lines)
        return Outbound(turn.text("ending-later-ask"), card=card)
    card = Card(recurring.line(turn, known.plan, known.latest()), tuple(recurring.dates(turn, known)))
    return Outbound(turn.text("ending-agreed-ask"), card=card)


class Ending(Flow):
    """Which plan, from when on, and yes."""

    plan: int = ask(one_of(plan_answers.own_plans), known=plan_answers.only_plan)
    until: Until = ask(plan_ends.an_until, known=at_once, check=end_fits)
    agreed: bool = confirm(end_of_plan)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: answers by question
        """`PLAN` of a button."""
        return {"plan": recurring.marked(turn, argument)[0].id} if argument else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """End it; visits that are too near stay, and that is said."""
        plan = locked(turn, self.plan)
        if self.until:
            return self.limited(turn, plan)
        freed = plans.end(turn.session, turn.company, plan, turn.now)
        arranging.called_off(turn, freed)
        again = [cards.go(turn, "repeating", "", "plan-new"), cards.go(turn, "visits")]
        ended = turn.say("plan-ended-now", count=len(freed.cancelled), choices=again)
        return [*arranging.staying(turn, freed), ended]

    def limited(self, turn: Turn, plan: plans.Plan) -> list[Outbound]:
        """Let it go on so long, and no longer."""
        freed = plans.limit(turn.session, turn.company, plan, self.until, turn.now)
        arranging.called_off(turn, freed)
        special = arranging.settle(turn, plan)
        said = recurring.shown(turn, plan, "plan-limited", until=plan_ends.said(turn, self.until))
        return [*arranging.staying(turn, freed), said, *special]


def locked(turn: Turn, number: int) -> plans.Plan:
    """Their plan, which nobody else changes now. Leaves when it ended meanwhile."""
    plan = plan_answers.plan_of(turn, number)
    try:
        plans.lock(turn.session, plan)
    except plans.PlanEnded as no:
        raise Leave(no.key) from no
    return plan
