"""What complaints taught, as staff read it: a month, its causes and promises, and what measures brought."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot import cards
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from bot.texts import Money
from core.complaints import effects, learning
from core.complaints.effects import Effect, Verdict
from core.complaints.learning import Figures, Kept, Month
from core.complaints.tables import Cause, Measure, Severity

SHOWN = 4
"""So many measures are shown at once, each with what it brought about."""


def cause(turn: Turn, one: Cause) -> str:
    """A cause in words."""
    return turn.text(f"case-cause-{one.value.replace('_', '-')}")


def report(turn: Turn, day: date) -> Outbound:
    """The month in which that day lies, beside the one before."""
    found = learning.month(turn.session, turn.company, day, turn.now)
    title, lines = turn.text("causes-title", month=_month(turn, found.first)), tuple(_lines(turn, found))
    card = Card(title, lines) if lines else None
    said = "\n".join(_head(turn, found))
    return Outbound(said, tuple(_choices(turn, found)), card, language=turn.language)


def _month(turn: Turn, first: date) -> str:
    return turn.text("learning-month", year=str(first.year), month=first.month)


def _head(turn: Turn, found: Month) -> list[str]:
    rate = effects.Rate(found.count, found.visits).per_hundred
    before = effects.Rate(found.before, found.visits_before).per_hundred
    if not found.count:
        return [turn.text("causes-none", month=_month(turn, found.first), before=found.before)]
    said = [
        turn.text(
            "causes-told",
            month=_month(turn, found.first),
            count=found.count,
            before=found.before,
            visits=found.visits,
            rate=round(rate, 1),
            rate_before=round(before, 1),
            compared="yes" if found.visits and found.visits_before else "no",
        )
    ]
    return [*said, *([turn.text("causes-unknown", count=found.unknown)] if found.unknown else [])]


def _lines(turn: Turn, found: Month) -> list[tuple[str, str]]:
    return [
        *((cause(turn, one.cause), _figures(turn, one)) for one in found.causes),
        *((_severity(turn, severity), _promises(turn, found, severity)) for severity in found.promises),
        *([(turn.text("causes-recovery"), _recovery(turn, found))] if found.recovery.customers else []),
    ]


def _figures(turn: Turn, one: Figures) -> str:
    said = [
        turn.text("causes-count", count=one.count, before=one.before),
        *([turn.text("causes-upheld", percent=round(100 * one.upheld / one.decided))] if one.decided else []),
        *([turn.text("causes-money", money=Money(one.money))] if one.money else []),
        *([turn.text("causes-points", points=one.points)] if one.points else []),
    ]
    return turn.text("list-mark").join(said)


def _severity(turn: Turn, severity: Severity) -> str:
    return turn.text("causes-severity", severity=severity.value.upper())


def _promises(turn: Turn, found: Month, severity: Severity) -> str:
    kept = found.promises[severity]
    return turn.text(
        "causes-kept",
        human=_kept(turn, kept.human),
        plan=_kept(turn, kept.plan),
        resolved=_kept(turn, kept.resolved),
    )


def _kept(turn: Turn, one: Kept) -> str:
    return turn.text("causes-kept-of", kept=one.kept, due=one.due) if one.due else turn.text("causes-not-due")


def _recovery(turn: Turn, found: Month) -> str:
    one = found.recovery
    return turn.text(
        "causes-again" if one.open_until is None else "causes-again-so-far",
        again=one.again,
        customers=one.customers,
        until=one.open_until or found.first,
    )


def _choices(turn: Turn, found: Month) -> list[Choice]:
    before, after = found.first - timedelta(days=1), found.first + timedelta(days=31)
    today = turn.now.astimezone(turn.company.zone).date()
    further = [after] if after.replace(day=1) <= today else []
    months = [
        cards.go(turn, "causes", f"{day:%Y-%m}", "go-causes-month", month=_month(turn, day))
        for day in (before, *further)
    ]
    return [*months, cards.go(turn, "measures"), cards.go(turn, "measuring")]


def listed(turn: Turn, found: Sequence[Measure]) -> list[Outbound]:
    """Measures with what they brought about, a message each."""
    return [shown(turn, one) for one in found[:SHOWN]]


def shown(turn: Turn, one: Measure) -> Outbound:
    """One measure, and how often its cause came before and after it."""
    found = effects.of(turn.session, turn.company, one, turn.now)
    lines = [
        (turn.text("measure-cause"), cause(turn, one.cause)),
        (turn.text("measure-what"), what(turn, one)),
        (turn.text("measure-from"), turn.text("value-said", value=one.from_day)),
        *((turn.text("measure-span", days=each.days), effect(turn, each)) for each in found),
    ]
    mixed = turn.text("measure-mixed") if any(each.mixed for each in found) else ""
    title = turn.text("measure-title", number=one.id)
    return Outbound(turn.text("measure-told"), card=Card(title, tuple(lines), mixed), language=turn.language)


def what(turn: Turn, one: Measure) -> str:
    """What is done, in words."""
    return turn.text("measure-line", what=turn.text(f"measuring-{one.what}"), words=one.words)


def effect(turn: Turn, one: Effect) -> str:
    """What can be said after so many days, and when it can be said if it is too early."""
    return turn.text(
        f"effect-{one.verdict.value}" if not _waits(one, turn) else "effect-undecided",
        ends=one.ends,
        undecided=one.undecided,
        before=round(one.before.per_hundred, 1),
        after=round(one.after.per_hundred, 1),
        before_count=one.before.complaints,
        after_count=one.after.complaints,
        before_visits=one.before.visits,
        after_visits=one.after.visits,
    )


def _waits(one: Effect, turn: Turn) -> bool:
    """Whether the days are over, but some complaints of them have no cause yet."""
    today = turn.now.astimezone(turn.company.zone).date()
    return one.verdict is Verdict.EARLY and today >= one.ends
