"""The ways of customers: kept when they are told, read back, taken away, and heeded in what is offered."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bot import cards
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from bot.readers.habits import read
from core import facts
from core.company import Company
from core.facts import Fact, Habit, Source
from core.members import birthdays

ALL_DAYS = "1234567"
ANY_HOUR = (0, 24)


def tells(turn: Turn, body: str) -> bool:
    """Whether the message tells of their ways."""
    return bool(_read(turn, body))


def _read(turn: Turn, body: str) -> Mapping[Habit, str]:
    return read(body, turn.now.astimezone(turn.company.zone), turn.language)


def heard(turn: Turn, body: str) -> Mapping[Habit, str]:
    """What the message tells of their ways; it is kept."""
    told = _read(turn, body)
    if told:
        said = {habit.value: value for habit, value in told.items()}
        born = said.pop(Habit.BIRTHDAY, None)
        facts.tell(turn.session, turn.customer_id, said, source=Source.CUSTOMER, now=turn.now)
        if born is not None:
            month, day = (int(part) for part in born.split("-"))
            birthdays.tell(turn.session, turn.company, turn.customer_id, month, day, now=turn.now)
    return told


def line(turn: Turn, habit: Habit, value: str) -> str:
    """That it is kept, and what is made of it."""
    return turn.text(f"habit-{habit.value}-told", value=worded(turn, habit, value))


def worded(turn: Turn, habit: Habit, value: str) -> str:
    """What is kept, as people say it."""
    match habit:
        case Habit.TIMES:
            return times_worded(turn, value)
        case Habit.QUIET:
            return _days(turn, value)
        case Habit.BIRTHDAY:
            month, day = value.split("-")
            return turn.text("habit-day-of-year", month=int(month), day=int(day))
    return value


def times_worded(turn: Turn, value: str) -> str:
    """Weekdays and part of the day, in a few words."""
    days, hours = _parsed(value)
    part = next((name for name, span in _PARTS.items() if span == hours), "")
    key = f"habit-part-{part}" if part else "habit-hours"
    when = turn.text(key, first=hours[0], last=hours[1])
    named = "" if days == ALL_DAYS else _days(turn, days)
    return turn.text("habit-when", days=named or "any", when="any" if hours == ANY_HOUR else when)


_PARTS = {"morning": (8, 12), "afternoon": (12, 18), "evening": (17, 21)}


def _days(turn: Turn, days: str) -> str:
    if days == "67":
        return turn.text("habit-weekend")
    if days == "12345":
        return turn.text("habit-workdays")
    said = [turn.text(f"habit-weekday-{day}") for day in days]
    return turn.text("value-said", value=said)


def _parsed(value: str) -> tuple[str, tuple[int, int]]:
    days, _, hours = value.partition("/")
    first, _, last = hours.partition("-")
    return days, (int(first), int(last))


def suits(value: str, company: Company, at: datetime) -> bool:
    """Whether a moment lies in the times that they prefer."""
    days, (first, last) = _parsed(value)
    local = at.astimezone(company.zone)
    return str(local.isoweekday()) in days and first <= local.hour < last


def suits_day(value: str, day: date) -> bool:
    """Whether a day does."""
    return str(day.isoweekday()) in _parsed(value)[0]


def mine(turn: Turn, argument: str) -> list[Outbound]:
    """Everything of theirs that is kept, each with the day it was told and a way to take it away."""
    lines = []
    if argument in set(Habit) and (one := facts.of(turn.session, turn.customer_id, argument)) is not None:
        facts.end(turn.session, one, turn.now)
        lines.append(turn.text("habit-gone"))
    known = _known(turn)
    lines.append(turn.text("habit-shown" if known else "habit-none"))
    shown = [told_line(turn, one) for one in known]
    card = Card(turn.text("habit-title"), tuple(shown)) if shown else None
    return [Outbound("\n".join(lines), (*_off(turn, known), cards.go(turn, "profile")), card)]


def _known(turn: Turn) -> list[Fact]:
    every = facts.standing(turn.session, turn.customer_id)
    return [one for one in every if one.what in set(Habit)]


def _told(turn: Turn, one: Fact) -> str:
    day = one.told_at.astimezone(turn.company.zone).date()
    return turn.text("habit-kept", value=worded(turn, Habit(one.what), one.value), day=day)


def told_line(turn: Turn, one: Fact) -> tuple[str, str]:
    """One of theirs with the day it was told."""
    return turn.text(f"habit-{one.what}"), _told(turn, one)


def _off(turn: Turn, known: Sequence[Fact]) -> list[Choice]:
    return [
        cards.go(turn, "habits", one.what, "go-habit-off", what=turn.text(f"habit-{one.what}"))
        for one in known
    ]


def for_worker(turn: Turn, customer_id: int) -> list[str]:
    """What whoever comes has to heed, in the customer's words; shown only near the visit, as the door is."""
    told = facts.standing(turn.session, customer_id)
    return [one.value for one in told if one.what in (Habit.PRODUCTS, Habit.MANNERS)]


def are_old(turn: Turn, one: Fact) -> bool:
    """Whether it was told so long ago that it is asked again before it is used."""
    return turn.now - one.told_at > timedelta(days=turn.company.privacy.fact_days)
