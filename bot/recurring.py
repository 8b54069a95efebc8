"""How plans are shown: their rhythm, their next dates, and what is special about each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot import cards, plan_ends
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from bot.texts import Money, Span
from core import calendars, customers, plans
from core.plans import Every, Fate, Occasion, Outline, Plan, PlanRule, State, Until
from core.plans.expanding import DAY, LAST, Scheme, expand, nth
from core.plans.finding import AHEAD, SHOWN
from core.quotes import Quote
from core.workers import Worker

LINES = 7
"""So many dates are shown at most, those that do not take place included."""


def mark(plan: Plan, day: date | None = None) -> str:
    """What buttons call a plan by, or one date of it."""
    return f"{plan.id}.{day:%Y%m%d}" if day else str(plan.id)


def marked(turn: Turn, said: str) -> tuple[Plan, date | None, str]:
    """The speaker's plan and the date that a button names, and what else it says. Raises UnknownPlan."""
    number, *rest = [*said.split("."), ""]
    if not number.isdecimal():
        raise plans.UnknownPlan
    plan = plans.of_customer(turn.session, turn.customer_id, int(number))
    try:
        day = date.fromisoformat(rest[0])
    except ValueError:
        day = None
    return plan, day, rest[1] if len(rest) > 1 else ""


def outline(turn: Turn, plan: Plan) -> Outline:
    """A plan as it stands now."""
    return plans.outline(turn.session, turn.company, plan, turn.now)


def rhythm(turn: Turn, every: Every, anchor: date, window: Span) -> str:
    """How often and when: "every Wednesday 09:00–12:00"."""
    which = nth(anchor) if every is Every.MONTH else 0
    weekday = turn.text("plan-weekday", day=anchor.weekday())
    key = "plan-every-month-last" if which == LAST else f"plan-every-{every.value}"
    return turn.text(key, weekday=weekday, nth=which, window=window)


def span(turn: Turn, day: date, at: time, minutes: int) -> Span:
    """From when to when, on the company's wall."""
    starts = datetime.combine(day, at, turn.company.zone)
    return Span(starts, starts + timedelta(minutes=minutes))


def rhythm_of(turn: Turn, plan: Plan, rule: PlanRule) -> str:
    """How often and when a plan goes by this rule."""
    lasts = plans.minutes_of(turn.company, plan, rule.quantity)
    return rhythm(turn, rule.every, rule.anchor, span(turn, rule.anchor, rule.at, lasts))


def line(turn: Turn, plan: Plan, rule: PlanRule) -> str:
    """A plan in a line: how often, what."""
    service = turn.company.service(plan.service_code)
    return turn.text("plan-line", rhythm=rhythm_of(turn, plan, rule), name=service.name)


def dates(turn: Turn, known: Outline) -> list[tuple[str, str]]:
    """The next three dates, and those between them that do not take place, each with what is special."""
    shown: list[tuple[str, str]] = []
    paused: list[Occasion] = []
    for one in plans.upcoming(turn.company, known, turn.now):
        if one.fate is Fate.PAUSED:
            paused.append(one)
            continue
        shown += _rest(turn, paused)
        paused = []
        shown.append((_day(turn, one.on or one.day), _said(turn, known, one)))
    shown += _rest(turn, paused)
    return shown[:LINES] or [(turn.text("plan-next"), turn.text("plan-none-ahead"))]


def preview(turn: Turn, scheme: Scheme) -> list[tuple[str, str]]:
    """The next three dates of a plan that is still to begin."""
    first = scheme.courses[0].anchor
    found = expand(turn.company, scheme, first, first + AHEAD * DAY)
    shown: list[tuple[str, str]] = []
    left = SHOWN
    for one in found:
        if not left or len(shown) == LINES:
            break
        left -= one.takes_place
        hours = (
            [cards.window(turn, one.starts_at, one.starts_at + timedelta(minutes=one.course.minutes))]
            if (one.starts_at)
            else []
        )
        special = (
            _special(turn, one, State.OPEN, None)
            if one.starts_at
            else turn.text(f"plan-fate-{one.fate.value}")
        )
        shown.append(
            (
                _day(turn, one.on or one.day),
                turn.text("plan-mark").join([*hours, *([special] if special else [])]),
            )
        )
    return shown


def _rest(turn: Turn, paused: Sequence[Occasion]) -> list[tuple[str, str]]:
    """Dates in a row on which the plan rests, as one line."""
    if not paused:
        return []
    days = _day(turn, paused[0].day)
    if len(paused) > 1:
        days = turn.text("plan-from-to", first=days, last=_day(turn, paused[-1].day))
    return [(days, turn.text("plan-fate-paused"))]


def _day(turn: Turn, day: date) -> str:
    return turn.text("value-said", value=day)


def _said(turn: Turn, known: Outline, one: Occasion) -> str:
    """What is to be said of one date: its hours and who comes, or why it does not take place."""
    kept = known.dates.get(one.day)
    if one.starts_at is None:
        closed = one.fate is Fate.CLOSED or (kept is not None and kept.state is State.CLOSED)
        return turn.text("plan-fate-closed" if closed else f"plan-fate-{one.fate.value}")
    visit = known.visit(one.day)
    rule = known.rule(one)
    lasts = plans.minutes_of(turn.company, known.plan, (kept and kept.quantity) or rule.quantity)
    ends = visit.ends_at if visit else one.starts_at + timedelta(minutes=lasts)
    parts = [cards.window(turn, one.starts_at, ends)]
    wished = (kept and kept.worker_id) or rule.worker_id
    if visit is not None:
        parts.append(cards.team(turn, visit))
    elif wished and not (kept and kept.state is State.UNPLACED):
        parts.append(turn.session.get_one(Worker, wished).name)
    special = _special(turn, one, kept.state if kept else State.OPEN, kept.answer_by if kept else None)
    total = visit.total if visit else (kept.total if kept and kept.total is not None else rule.total)
    if visit is not None and any(one.kind == "package" for one in Quote.from_json(visit.quote).benefits):
        parts.append(turn.text("plan-packaged", total=Money(total)))
    elif total != known.latest().total and not (kept and kept.state is State.UNPLACED):
        parts.append(turn.text("plan-costs", total=Money(total)))
    return turn.text("plan-mark").join([*parts, *([special] if special else [])])


def _special(turn: Turn, one: Occasion, state: State, answer_by: datetime | None) -> str:
    """What is not as usual about a date that takes place; "" when all is."""
    if state is State.ASKED:
        return turn.text("plan-state-asked", by=answer_by)
    if state is State.UNPLACED:
        return turn.text("plan-state-unplaced")
    if one.fate is Fate.HOLIDAY:
        name = calendars.is_holiday(turn.company, one.day, turn.language)
        return turn.text("plan-fate-holiday", name=name or "")
    if one.fate in (Fate.MOVED, Fate.SWAPPED):
        return turn.text(f"plan-fate-{one.fate.value}", day=one.day)
    return ""


def shown(turn: Turn, plan: Plan, key: str = "plan-shown", **args: object) -> Outbound:
    """A plan with its next three dates and what can be done with it, below the line of `key`."""
    return turn.say(key, card=card(turn, plan), choices=choices(turn, plan), **args)


def card(turn: Turn, plan: Plan) -> Card:
    """A plan as its customer sees it: rhythm, next dates, home, who comes, price, and how to stop it."""
    known = outline(turn, plan)
    rule = known.latest()
    service = turn.company.service(plan.service_code)
    made = turn.text(
        "card-what-made", name=service.name, quantity=cards.quantity(turn, service.unit, rule.quantity)
    )
    home = customers.address(turn.session, plan.customer_id, plan.address_id)
    wished = turn.session.get_one(Worker, rule.worker_id).name if rule.worker_id else ""
    lines = [
        (turn.text("card-what"), made),
        *(dates(turn, known) if plan.ended_at is None else []),
        *_until(turn, known),
        *_pauses(turn, known),
        (turn.text("card-where"), cards.address_line(home)),
        *([(turn.text("card-who"), wished)] if wished else []),
        (turn.text("plan-price"), turn.text("plan-price-each", total=Money(rule.total))),
        *([(turn.text("card-note"), plan.note)] if plan.note else []),
    ]
    footer = turn.text("plan-over" if plan.ended_at else "plan-stop")
    return Card(rhythm_of(turn, plan, rule), tuple(lines), footer)


def _until(turn: Turn, known: Outline) -> list[tuple[str, str]]:
    """How long it goes on, where its end is set; and how many are left, where they are counted."""
    until = Until(known.plan.ends, known.plan.times)
    if not until or known.plan.ended_at is not None:
        return []
    left = plans.left_of(turn.company, known, turn.now)
    words = plan_ends.said(turn, until)
    return [
        (turn.text("plan-until"), words if left is None else turn.text("plan-left", until=words, count=left))
    ]


def _pauses(turn: Turn, known: Outline) -> list[tuple[str, str]]:
    """When the plan rests, as far as that is not over."""
    today = turn.now.astimezone(turn.company.zone).date()
    said = []
    for first, last in sorted(known.scheme.pauses, key=lambda pause: pause[0]):
        if last is None:
            said.append(turn.text("plan-from-on", first=_day(turn, first)))
        elif last >= today:
            said.append(turn.text("plan-from-to", first=_day(turn, first), last=_day(turn, last)))
    return [(turn.text("plan-fate-paused"), one) for one in said]


def with_first(said: Outbound, choice: Choice) -> Outbound:
    """The same message with one more button, before the others; at most six in all."""
    return replace(said, choices=(choice, *said.choices)[:6])


def choices(turn: Turn, plan: Plan) -> list[Choice]:
    """What can be done with a plan."""
    if plan.ended_at is not None:
        return [cards.go(turn, "repeating", "", "plan-new"), cards.go(turn, "visits")]
    known = outline(turn, plan)
    today = turn.now.astimezone(turn.company.zone).date()
    rests = any(last is None or last >= today for _, last in known.scheme.pauses)
    names = ["omitting", "altering", "pausing", "resuming", "ending"]
    return [cards.go(turn, name, mark(plan)) for name in names if name != "resuming" or rests]
