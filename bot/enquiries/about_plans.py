"""Their plans: what comes when, and the answers to what was told of single dates."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from bot import arranging, cards, plan_ends, queueing, recurring, telling
from bot.flow import Reference, Turn
from bot.messages import Card, Choice, Outbound
from core import plans, reminders, waitlist, windows
from core.customers import Customer
from core.errors import DomainError
from core.lifecycle import tasks
from core.plans import Plan, PlanDate, State, Until

CALLED = 5
"""So many of their customers get a button with the number."""
LISTED = 10


def show(turn: Turn, argument: str) -> list[Outbound]:
    """Their plan with its next three dates; several, to choose from."""
    if argument:
        return [recurring.shown(turn, recurring.marked(turn, argument)[0])]
    found = plans.running(turn.session, turn.customer_id)
    if not found:
        return [
            turn.say(
                "plans-none", choices=[cards.go(turn, "repeating", "", "plan-new"), cards.go(turn, "visits")]
            )
        ]
    if len(found) == 1:
        return [recurring.shown(turn, found[0])]
    lines = [(one, recurring.line(turn, one, recurring.outline(turn, one).latest())) for one in found]
    choices = [Choice(line, f"go:plans:{one.id}") for one, line in lines]
    return [turn.say("plans-several", count=len(found), choices=choices)]


def resume(turn: Turn, argument: str) -> list[Outbound]:
    """Go on from today."""
    found = (
        [recurring.marked(turn, argument)[0]] if argument else plans.running(turn.session, turn.customer_id)
    )
    if not found:
        return show(turn, "")
    plan = found[0]
    plans.lock(turn.session, plan)
    today = turn.now.astimezone(turn.company.zone).date()
    rested = plans.resume(turn.session, plan, today, turn.now)
    special = arranging.settle(turn, plan)
    return [recurring.shown(turn, plan, "plan-resumed" if rested else "plan-not-paused"), *special]


def keep(turn: Turn, argument: str) -> list[Outbound]:
    """They want a date they were asked about."""
    plan, day, _ = recurring.marked(turn, argument)
    if day is None:
        return show(turn, argument)
    plans.lock(turn.session, plan)
    made = plans.agree(turn.session, turn.company, plan, day, turn.now)
    if made is None:
        return [recurring.shown(turn, plan, "plan-settled")]
    arranging.follow(turn, plan, [made])
    special = arranging.settle(turn, plan)
    said = arranging.told(turn, plan, made) or recurring.shown(turn, plan, "plan-kept", day=day)
    return [said, *special]


def fine(turn: Turn, argument: str) -> list[Outbound]:
    """They are content with what was done about a date."""
    plan, _, _ = recurring.marked(turn, argument)
    return [recurring.shown(turn, plan, "plan-fine")]


def back(turn: Turn, argument: str) -> list[Outbound]:
    """A date that was left out is wanted after all."""
    plan, day, _ = recurring.marked(turn, argument)
    if day is None:
        return show(turn, argument)
    plans.lock(turn.session, plan)
    try:
        plans.put(turn.session, turn.company, plan, day, now=turn.now)
    except DomainError:
        return [recurring.shown(turn, plan, "plan-settled")]
    special = arranging.settle(turn, plan)
    return [recurring.shown(turn, plan, "plan-kept", day=day), *special]


def wait(turn: Turn, argument: str) -> list[Outbound]:
    """They would rather wait whether something opens on a date for which nobody is free."""
    plan, day, _ = recurring.marked(turn, argument)
    kept = recurring.outline(turn, plan).dates.get(day) if day else None
    if day is None or kept is None or kept.state is not State.UNPLACED:
        return [recurring.shown(turn, plan, "plan-settled")]
    midnight = datetime.combine(kept.to_day or day, time(0), turn.company.zone)
    known = recurring.outline(turn, plan)
    try:
        one = waitlist.join(
            turn.session,
            turn.company,
            turn.customer,
            service_code=plan.service_code,
            quantity=kept.quantity or known.latest().quantity,
            add_ons=plan.add_ons,
            address=turn.home(plan.address_id),
            day=midnight.date(),
            begins_at=midnight,
            ends_at=midnight + timedelta(days=1),
            note=plan.note,
            now=turn.now,
        )
    except waitlist.TooManyWaits as no:
        return [turn.say(no.key, choices=[cards.go(turn, "queue")], limit=no.args_["limit"])]
    choices = [cards.go(turn, "queue"), cards.go(turn, "omitting", argument, "plan-skip")]
    minutes, place = turn.company.waitlist.minutes, queueing.standing(turn, one)
    what = queueing.line(turn, one)
    return [turn.say("queue-joined", what=what, place=place, minutes=minutes, choices=choices)]


def onward(turn: Turn, argument: str) -> list[Outbound]:
    """It goes on after the end that was set, until they say otherwise."""
    plan, _, _ = recurring.marked(turn, argument)
    try:
        plans.lock(turn.session, plan)
    except plans.PlanEnded as no:
        return [
            turn.say(no.key, choices=[cards.go(turn, "repeating", "", "plan-new"), cards.go(turn, "visits")])
        ]
    plans.limit(turn.session, turn.company, plan, Until(), turn.now)
    tasks.drop(turn.session, [f"{arranging.LAST}:{plan.id}"], turn.now)
    special = arranging.settle(turn, plan)
    return [recurring.shown(turn, plan, "plan-onward"), *special]


def enough(turn: Turn, argument: str) -> list[Outbound]:
    """It ends as was agreed: they are not asked again, and nobody calls."""
    plan, _, _ = recurring.marked(turn, argument)
    if plan.ends is None and plan.times is None:
        return [recurring.shown(turn, plan, "plan-onward")]
    reminders.cancel_waiting(turn.session, arranging.LAST, str(plan.id))
    tasks.drop(turn.session, [f"{arranging.LAST}:{plan.id}"], turn.now)
    until = plan_ends.said(turn, Until(plan.ends, plan.times))
    choices = [cards.go(turn, "planonward", recurring.mark(plan)), cards.go(turn, "plans")]
    return [turn.say("plan-enough", until=until, choices=choices)]


def at(turn: Turn, argument: str) -> list[Outbound]:
    """They take another time for a date for which nobody was free."""
    plan, day, stamp = recurring.marked(turn, argument)
    if day is None or not stamp.isdecimal():
        return show(turn, argument)
    plans.lock(turn.session, plan)
    starts_at = datetime.fromtimestamp(int(stamp), UTC)
    try:
        with turn.session.begin_nested():
            visit = plans.place_at(turn.session, turn.company, plan, day, starts_at, turn.now)
    except windows.WindowTaken as taken:
        here = recurring.mark(plan, day)
        near = [
            Choice(
                turn.text("value-said", value=turn.local(one.starts_at)),
                f"go:planat:{here}.{int(one.starts_at.timestamp())}",
            )
            for one in taken.nearest
        ]
        skip = cards.go(turn, "omitting", here, "plan-skip")
        return [turn.say("window-taken", choices=[*near, skip])]
    except DomainError:
        return [recurring.shown(turn, plan, "plan-settled")]
    turn.about = Reference(visit.reference)
    queueing.leave_for(turn, plan.service_code, day)
    arranging.placed(turn, plan, visit)
    return [
        recurring.shown(turn, plan, "plan-kept", day=visit.starts_at.astimezone(turn.company.zone).date())
    ]


def unplaced(turn: Turn, _argument: str) -> list[Outbound]:
    """For staff: the dates of plans for which nobody is free, whose customers have not chosen yet."""
    today = turn.now.astimezone(turn.company.zone).date()
    found = plans.unplaced(turn.session, today, LISTED)
    if not found:
        return [turn.say("unplaced-none", choices=[cards.go(turn, "desk")])]
    lines = tuple(_line(turn, one) for one in found)
    card = Card(turn.text("unplaced-title"), lines)
    choices = [*_calls(turn, found), cards.go(turn, "desk")]
    return [turn.say("unplaced-shown", count=len(found), card=card, choices=choices)]


def _calls(turn: Turn, found: Sequence[PlanDate]) -> list[Choice]:
    """A button for the number of each of their customers, the first few."""
    ids = dict.fromkeys(turn.session.get_one(Plan, one.plan_id).customer_id for one in found)
    those = [turn.session.get_one(Customer, id) for id in ids]
    called = [one for one in those if one.phone][:CALLED]
    return [
        cards.go(
            turn, "showphone", str(one.id), "go-showphone-of", customer=cards.customer_name(turn, one.id or 0)
        )
        for one in called
    ]


def _line(turn: Turn, one: PlanDate) -> tuple[str, str]:
    plan = turn.session.get_one(Plan, one.plan_id)
    customer = turn.session.get_one(Customer, plan.customer_id)
    who = customer.name or turn.text("customer-unnamed")
    said = turn.text(
        "unplaced-line",
        name=who,
        phone=telling.number_of(turn, customer),
        plan=recurring.line(turn, plan, recurring.outline(turn, plan).latest()),
    )
    return turn.text("value-said", value=one.day), said
