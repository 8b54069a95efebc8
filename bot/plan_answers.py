"""Questions about plans: how often, which plan, which date, when; as readers and options for their flows."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot import cards, options, plan_ends, recurring
from bot.answers import a_day, body_of
from bot.flow import Option, Options, Reader, Turn
from bot.messages import Content, Text
from bot.readers import rhythm, when
from bot.verdicts import Leave, Retry
from bot.window_answers import a_window, pick_window, word_window
from core import calendars, matching, plans, visits, windows
from core.matching import Need
from core.plans import Every, Occasion, Outline, Plan
from core.windows import Window

DAYS_SHOWN = 6
SOON = timedelta(hours=3)
"""A first visit that would begin sooner than this is meant for next week."""
SCOPES = ("this", "following")


def everies(turn: Turn) -> Options[Every]:
    """How often something may come again."""
    return [Option(every, turn.text(f"plan-often-{every.value}")) for every in Every]


def _spot_every(_turn: Turn, text: str) -> Every | None:
    return rhythm.spot(text)


def _read_every(_turn: Turn, content: Content) -> Every | None:
    body = body_of(content)
    return rhythm.spot(body) if body else None


how_often: Reader[Every] = Reader(
    _read_every, _spot_every, worded=lambda turn, every: turn.text(f"plan-often-{every.value}")
)


def _first(turn: Turn, text: str) -> str:
    """The message as if it were about the first visit alone."""
    return rhythm.once(plan_ends.without(turn, text))


def _once(turn: Turn, content: Content) -> Content:
    body = body_of(content)
    return Text(_first(turn, body)) if body else content


def _spot_first_day(turn: Turn, text: str) -> date | None:
    """The first date: of "every Wednesday" the next one, in a week where it is too late for today's."""
    assert a_day.spot is not None
    said = _first(turn, text)
    day, now = a_day.spot(turn, said), turn.now.astimezone(turn.company.zone)
    if day is None or day != now.date() or rhythm.spot(text) is None:
        return day
    named = when.read(said, now, turn.language)
    too_late = named is not None and named.has_time and named.starts and named.starts < now + SOON
    return day + timedelta(days=7) if too_late else day


def _read_first_day(turn: Turn, content: Content) -> date | None:
    body = body_of(content)
    return _spot_first_day(turn, body) if body else None


a_first_day: Reader[date] = Reader(_read_first_day, _spot_first_day)


def _read_first_window(
    turn: Turn,
    content: Content,
    service: str,
    quantity: int,
    add_ons: tuple[str, ...],
    address: int,
    day: date,
) -> datetime | None:
    return a_window.read(turn, _once(turn, content), service, quantity, add_ons, address, day)


def _spot_first_window(
    turn: Turn, text: str, service: str, quantity: int, add_ons: tuple[str, ...], address: int, day: date
) -> datetime | None:
    assert a_window.spot is not None
    return a_window.spot(turn, _first(turn, text), service, quantity, add_ons, address, day)


a_first_window: Reader[datetime] = Reader(_read_first_window, _spot_first_window, worded=word_window)


def own_plans(turn: Turn) -> Options[int]:
    """Their plans that are running."""
    found = plans.running(turn.session, turn.customer_id)
    if not found:
        raise Leave("plan-none")
    return [
        Option(one.id or 0, recurring.line(turn, one, recurring.outline(turn, one).latest())) for one in found
    ]


def only_plan(turn: Turn) -> int | None:
    """The plan that must be meant, because there is no other."""
    found = own_plans(turn)
    return found[0].value if len(found) == 1 else None


def plan_of(turn: Turn, number: int) -> Plan:
    """Their own plan by its number. Raises UnknownPlan."""
    return plans.of_customer(turn.session, turn.customer_id, number)


def known(turn: Turn, number: int) -> Outline:
    """A plan as it stands, read once in a turn."""
    return turn.once(("plan", number), lambda: recurring.outline(turn, plan_of(turn, number)))


def next_dates(turn: Turn, plan: int) -> Options[date]:
    """The next three dates; called by their own day, shown as the day they are on."""
    found = plans.next_dates(turn.company, known(turn, plan), turn.now)
    if not found:
        raise Leave("plan-no-dates")
    return [Option(one.day, _date_label(turn, one)) for one in found]


def _date_label(turn: Turn, one: Occasion) -> str:
    return turn.text("value-said", value=turn.local(one.starts_at))


def _read_date(turn: Turn, content: Content, plan: int) -> date | None:
    body = body_of(content)
    return _spot_date(turn, body, plan) if body else None


NAMED = re.compile(r".*?[那这]一?次|\bthe (?:one|visit) (?:on|of)\b.*?(?=\bto\b|$)", re.IGNORECASE)
"""Words that say which date is meant, apart from the day it is to be put on."""


def _spot_date(turn: Turn, text: str, plan: int) -> date | None:
    """The date that is on the day they name; of "next week" the one in it."""
    assert a_day.spot is not None
    text = apart[0] if (apart := NAMED.search(text)) else text
    try:
        named = {a_day.spot(turn, text)}
    except Retry as several:
        named = {option.value for option in several.options or ()}
    ahead = plans.upcoming(turn.company, known(turn, plan), turn.now, count=12)
    found = [one.day for one in ahead if one.on is not None and {one.on, one.day} & named]
    return found[0] if found else None


a_date: Reader[date] = Reader(
    _read_date, _spot_date, worded=lambda turn, day: turn.text("value-said", value=day)
)


def occasion(turn: Turn, plan: int, which: date) -> Occasion:
    """One date of a plan that is ahead. Leaves when there is none."""
    ahead = plans.upcoming(turn.company, known(turn, plan), turn.now, count=12)
    found = next((one for one in ahead if one.day == which), None)
    if found is None:
        raise Leave("plan-no-such-date", day=which)
    return found


def need_of_date(turn: Turn, plan: int, which: date) -> Need:
    """What a window is looked for when one date is to be at another time."""
    outline = known(turn, plan)
    one, made = occasion(turn, plan, which), outline.visit(which)
    kept = outline.dates.get(which)
    quantity = (kept and kept.quantity) or outline.rule(one).quantity
    own = outline.plan
    need = options.need_of(turn, own.service_code, quantity, tuple(own.add_ons), own.address_id)
    return Need(
        need.service,
        need.minutes,
        need.crew,
        need.area,
        need.customer_id,
        need.home,
        made.id if made else None,
    )


def days_for(turn: Turn, plan: int, which: date) -> Options[date]:
    """The days around a date on which it may be as well."""
    need, today = need_of_date(turn, plan, which), turn.now.astimezone(turn.company.zone).date()
    around = [which + timedelta(days=n) for n in (1, -1, 2, -2, 3, -3, 4, -4)]
    fit = [day for day in around if day > today and _times(turn, need, day)]
    return [Option(day, cards.day(turn, day)) for day in sorted(fit[:DAYS_SHOWN])]


def day_fits(turn: Turn, plan: int, which: date, day: date) -> None:
    """Raise `Retry` when a date cannot be on that day."""
    if not times_on(turn, plan, which, day):
        raise Retry("plan-day-full", days_for(turn, plan, which), day=day)


def times_on(turn: Turn, plan: int, which: date, day: date) -> list[Window]:
    """The windows of a day that a date may have; beyond what can be booked now, any within our hours."""
    return _times(turn, need_of_date(turn, plan, which), day)


def _times(turn: Turn, need: Need, day: date) -> list[Window]:
    today = turn.now.astimezone(turn.company.zone).date()
    if day <= today + timedelta(days=turn.company.policies.horizon_days):
        key = ("plan-times", need.minutes, need.area, need.instead_of, day)
        found = turn.once(
            key, lambda: windows.free(turn.session, turn.company, need, day, day, now=turn.now)[day]
        )
        return list(found)
    lasts, times = timedelta(minutes=need.minutes), []
    for opens, closes in calendars.periods(turn.company, day):
        at = opens
        while at + lasts <= closes:
            times.append(Window(at, at + lasts, ()))
            at += windows.HALF_HOUR
    return times


RELATIVE = re.compile("下|这个?(?:周|星期|礼拜)|本周|今|明|后天|next|this|tomorrow|today|coming")
"""Words for a day that is counted from today and not from a date of the plan."""


def _spot_day(turn: Turn, text: str, which: date) -> date | None:
    """The day they name; a mere weekday is the one in the week of the date that is spoken of."""
    assert a_day.spot is not None
    text = NAMED.sub("", text)
    named = a_day.spot(turn, text)
    if named is None or RELATIVE.search(text.casefold()):
        return named
    monday = datetime.combine(which - timedelta(days=which.weekday()), time(0), turn.company.zone)
    near = when.read(text, monday, turn.language)
    day = near.starts.date() if near and near.starts else named
    return day if (day - named).days % 7 == 0 and day > _today(turn) else named


def _read_day(turn: Turn, content: Content, which: date) -> date | None:
    body = body_of(content)
    return _spot_day(turn, body, which) if body else None


a_day_near: Reader[date] = Reader(
    _read_day, _spot_day, worded=lambda turn, day: turn.text("value-said", value=day)
)


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.company.zone).date()


def windows_for(turn: Turn, plan: int, which: date, day: date) -> Options[datetime]:
    """The times of a day on offer for a date."""
    free = times_on(turn, plan, which, day)
    if not free:
        raise Retry("plan-day-full", days_for(turn, plan, which), day=day)
    return options.window_options(turn, options.spread(free, DAYS_SHOWN - 1), free)


def _read_time(turn: Turn, content: Content, plan: int, which: date, day: date) -> datetime | None:
    body = body_of(content)
    return _spot_time(turn, body, plan, which, day) if body else None


def _spot_time(turn: Turn, text: str, plan: int, which: date, day: date) -> datetime | None:
    free = times_on(turn, plan, which, day)
    if _spot_day(turn, text, which) == day:  # "周四" is that Thursday here, not the next one
        turn = replace(turn, now=datetime.combine(day, time(0), turn.company.zone))
    return pick_window(turn, text, free, day)


a_time_of_date: Reader[datetime] = Reader(_read_time, _spot_time, worded=word_window)


def workers_for(turn: Turn, plan: int, which: date) -> Options[int]:
    """Who else could come on that date, who suits best first; else who has been there before."""
    outline, need = known(turn, plan), need_of_date(turn, plan, which)
    at = occasion(turn, plan, which).starts_at
    assert at is not None
    visit = outline.visit(which)
    coming = {worker.id for _, worker in visits.crew(turn.session, visit)} if visit else set()
    usual = outline.rule(occasion(turn, plan, which)).worker_id
    here = next((one for one in _times(turn, need, at.astimezone(turn.company.zone).date())
                 if one.starts_at == at), None)  # fmt: skip
    if here is not None and here.workers:
        ranked = matching.rank(turn.session, turn.company, need, here.workers, starts_at=at)
        found = [match.worker for match in ranked]
    else:
        found = visits.workers_of(turn.session, turn.customer_id)
    others = [one for one in found if one.id not in coming | {usual}]
    if not others:
        raise Leave("plan-nobody-else")
    return [
        Option(one.id or 0, one.name, (one.name,), shown=place < options.WORKERS_SHOWN)
        for place, one in enumerate(others)
    ]
