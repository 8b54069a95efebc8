"""What follows when visits of a plan are placed or called off: for workers, staff and the customer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from sqlmodel import Session

from bot import cards, facts, kin, meeting, offering, recurring, reminding, telling, texts
from bot.flow import Turn
from bot.messages import Choice, Outbound
from bot.texts import Money
from core import calendars, identities, offers, plans, quiet, reminders, visits
from core.company import Company
from core.correspondence import Peer
from core.customers import Customer
from core.news import Kind
from core.plans import Fate, Freed, Made, Plan, PlanDate, What
from core.plans.expanding import DAY
from core.visits import Visit
from core.workers import Worker

LAST = "plan-last"
"""The reminder that the last visit of a plan is near."""
SETTLED = 14
"""Of a plan that began fewer days ago it is said once that it ends."""


def look(session: Session, company: Company, plan: Plan, now: datetime) -> list[Peer]:
    """Place the visits of a plan that have come near enough, and tell what is special about them.

    At night nothing is placed: whoever must be told hears it in the morning.
    """
    plan.look_at = quiet.told_at(company, now)
    if plan.look_at > now:
        return []
    made = plans.make(session, company, plan, now)
    turn = telling.house_turn(session, company, now)
    follow(turn, plan, made)
    for one in made:
        _tell(turn, plan, one)
    return list(meeting.pass_on(turn))


def settle(turn: Turn, plan: Plan) -> list[Outbound]:
    """Place what has come near enough while its customer is here; what they hear of it."""
    made = plans.make(turn.session, turn.company, plan, turn.now)
    follow(turn, plan, made)
    return [said for one in made if (said := told(turn, plan, one)) is not None]


def follow(turn: Turn, plan: Plan, made: Sequence[Made]) -> None:
    """See to the workers of new visits, and tell staff of the dates for which nobody is free."""
    for one in made:
        if one.visit is not None:
            placed(turn, plan, one.visit)
        if one.what is What.UNPLACED:
            telling.staff(turn, partial(_for_staff, plan=plan, kept=one.kept))
    if any(one.visit for one in made):
        announce_end(turn, plan)


def announce_end(turn: Turn, plan: Plan) -> None:
    """Once its last visit is placed, its customer is to hear before that one that none comes after it."""
    if plan.ends is None and plan.times is None:
        return
    known = recurring.outline(turn, plan)
    last = plans.final(turn.company, known, turn.now)
    if last is None or last.on is None or known.visit(last.day) is None:
        return
    for day, before in asked_on(turn, plan, last.on).items():
        due_at = datetime.combine(day, turn.company.plans.look_at, turn.company.zone)
        key = f"{LAST}:{plan.id}:{last.day}:{before}"
        payload = {"day": last.day.isoformat(), "before": before}
        reminders.schedule(turn.session, LAST, str(plan.id), due_at, dedupe_key=key, payload=payload)


def asked_on(turn: Turn, plan: Plan, last: date) -> Mapping[date, int]:
    """The days on which its customer is asked whether it goes on, each with how many before the last it is.

    As often as for a contract; of a plan that has hardly begun, once.
    """
    tomorrow = turn.now.astimezone(turn.company.zone).date() + DAY
    settled = plan.began_at.astimezone(turn.company.zone).date() + SETTLED * DAY
    every = sorted(turn.company.care.contract_days, reverse=True)
    asked = {max(tomorrow, last - before * DAY): before for before in every}
    worth = {day: before for day, before in asked.items() if settled <= day < last}
    only = max(tomorrow, last - turn.company.plans.answer_days * DAY)
    return worth or ({only: (last - only).days} if only < last else {})


def placed(turn: Turn, plan: Plan, visit: Visit) -> None:
    """Ask whoever is to attend a new visit; who said yes to one of the plan before is not asked again."""
    reminding.plan(turn, visit)
    kin.placed(turn, visit)
    if visit.status is visits.Status.REQUESTED:
        telling.staff_of_request(turn, visit)
        return
    if plans.knows(turn.session, plan, visit):
        offers.settle(turn.session, turn.company, visit, by="bot", now=turn.now)
    else:
        offering.offer(turn, visit)


def called_off(turn: Turn, freed: Freed) -> None:
    """Visits that a change of their plan called off: nobody is reminded, and their workers hear of it."""
    for visit in freed.cancelled:
        reminding.drop(turn, visit)
        offering.withdraw(turn, visit)


def staying(turn: Turn, freed: Freed) -> list[Outbound]:
    """Visits that are too near to be called off free, and how to cancel them all the same."""
    return [
        turn.say(
            "plan-staying",
            visit=cards.visit_line(turn, visit),
            choices=[
                cards.go(turn, "cancelling", visit.reference),
                cards.go(turn, "moving", visit.reference),
            ],
        )
        for visit in freed.staying
    ]


def told(turn: Turn, plan: Plan, one: Made) -> Outbound | None:
    """What the customer is told of a date that was looked at; None when all is as always."""
    if one.what is What.PLACED:
        return None
    day = turn.text("value-said", value=one.occasion.day)
    elsewhere = one.what is What.PRICE and one.occasion.fate is Fate.MOVED
    rule = recurring.outline(turn, plan).latest()
    key = "plan-made-price-moved" if elsewhere else f"plan-made-{one.what.value}"
    return turn.say(
        "plan-made-price-risen" if one.what is What.PRICE and one.usual and not elsewhere else key,
        each=Money(one.usual or 0),
        plan=recurring.line(turn, plan, rule),
        usual=Money(rule.total),
        day=day,
        when=_when(turn, one),
        by=turn.local(one.kept.answer_by) if one.kept.answer_by else "",
        total=Money(one.total),
        holiday=calendars.is_holiday(turn.company, one.occasion.day, turn.language) or "",
        before=turn.session.get_one(Worker, one.instead_of).name if one.instead_of else "",
        name=cards.team(turn, one.visit) if one.visit else "",
        count=len(one.nearest),
        choices=_answers(turn, plan, one),
    )


def _when(turn: Turn, one: Made) -> str:
    """Day and hour of a date, as they are now."""
    at = one.visit.starts_at if one.visit else one.occasion.starts_at
    return str(turn.text("value-said", value=turn.local(at))) if at else ""


def _answers(turn: Turn, plan: Plan, one: Made) -> list[Choice]:
    here = recurring.mark(plan, one.kept.day)
    go = partial(cards.go, turn)
    other = go("altering", here, "plan-other-day")
    match one.what:
        case What.HOLIDAY | What.PRICE:
            return [go("plankeep", here), go("omitting", here, "plan-skip"), other]
        case What.OTHER_WORKER | What.MOVED:
            return [go("planfine", here), other, go("omitting", here, "plan-skip")]
        case What.UNPLACED:
            near = [
                Choice(turn.text("value-said", value=turn.local(window.starts_at)),
                       f"go:planat:{here}.{int(window.starts_at.timestamp())}")
                for window in one.nearest
            ]  # fmt: skip
            return [*near[:3], other, go("planwait", here), go("omitting", here, "plan-skip")]
    return [other, go("plans")]


def _tell(turn: Turn, plan: Plan, one: Made) -> None:
    """Tell the customer in each chat of theirs, in their language."""
    customer = turn.session.get_one(Customer, plan.customer_id)
    language = texts.closest(customer.language) or turn.company.languages[0]

    def make(their: Turn) -> Outbound:
        said = told(their, plan, one)
        assert said is not None
        if one.visit is not None:
            return facts.about_visit(their, said, Kind.VISIT_CHANGED, one.visit)
        return replace(said, critical=True, until=one.kept.answer_by or one.occasion.starts_at)

    if one.what is not What.PLACED:
        turn.tell(identities.of_customer(turn.session, plan.customer_id), language, make)


def _for_staff(their: Turn, *, plan: Plan, kept: PlanDate) -> Outbound:
    """What staff read of a date for which nobody is free."""
    customer = their.session.get_one(Customer, plan.customer_id)
    return their.say(
        "plan-told-unplaced",
        plan=recurring.line(their, plan, recurring.outline(their, plan).latest()),
        day=their.text("value-said", value=kept.day),
        name=customer.name or their.text("customer-unnamed"),
        phone=telling.number_of(their, customer),
        choices=[*telling.to_call_customer(their, customer), cards.go(their, "unplaced")],
    )
