"""How long a plan goes on: asked once, read in passing, and said."""

from datetime import date, timedelta

from bot.answers import body_of
from bot.flow import Option, Options, Reader, Turn
from bot.messages import Content
from bot.readers import endings, when
from bot.verdicts import Retry
from core.plans import Until

TIMES = (4, 10)
HALF_A_YEAR = timedelta(weeks=26)
LONGEST = timedelta(days=5 * 366)


def said(turn: Turn, until: Until) -> str:
    """How long it goes on, in words."""
    if until.day is not None:
        return turn.text("plan-until-day", day=turn.text("value-said", value=until.day))
    return turn.text("plan-until-times", count=until.times) if until.times else turn.text("plan-until-open")


def untils(turn: Turn, day: date) -> Options[Until]:
    """So many times, or for half a year from the first day on."""
    half = Until(day=day + HALF_A_YEAR)
    last = turn.text("value-said", value=half.day)
    counted = [Option(Until(times=one), said(turn, Until(times=one))) for one in TIMES]
    return [*counted, Option(half, turn.text("plan-until-half-year", day=last))]


def fits(turn: Turn, day: date, until: Until | None) -> None:
    """Raise `Retry` when a plan that begins on that day could not go on so long."""
    most = turn.company.plans.times_most
    if until is None:
        return
    if until.times is not None and not 2 <= until.times <= most:
        raise Retry("plan-until-times-odd", most=most)
    if until.day is not None and not day < until.day <= day + LONGEST:
        raise Retry("plan-until-day-odd", first=day)


def without(turn: Turn, text: str) -> str:
    """The message without how long it goes on."""
    return endings.without(text, endings.day(text) if _day(turn, text) else None)


def _day(turn: Turn, text: str) -> date | None:
    """The last day that is named: of "until June" the last one of June."""
    named = endings.day(text)
    return _last(turn, named) if named else None


def _last(turn: Turn, named: str) -> date | None:
    now = turn.now.astimezone(turn.company.zone)
    if endings.is_end_of_year(named):
        return date(now.year, 12, 31)
    found = when.read(named, now, turn.language)
    if found is None or not found.has_day or found.has_time:
        return None
    if found.ends is not None:
        return (found.ends - timedelta(seconds=1)).date()
    return found.starts.date() if found.starts else None


def _spot(turn: Turn, text: str) -> Until | None:
    times = endings.times(text)
    if times is not None:
        return Until(times=times)
    day = _day(turn, text)
    return Until(day=day) if day else None


def _read(turn: Turn, content: Content) -> Until | None:
    body = body_of(content)
    if not body:
        return None
    times = endings.times(body, whole=True)
    if times is not None:
        return Until(times=times)
    day = _day(turn, body) or _last(turn, body)
    return Until(day=day) if day else None


an_until: Reader[Until] = Reader(_read, _spot, amount=True, worded=said)
