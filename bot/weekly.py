"""A worker's week in words: visits, hours, income, being in time, thanks, and one thing to learn."""

from datetime import datetime, timedelta

from bot import cards
from bot.flow import Turn
from bot.messages import Outbound
from bot.texts import Money
from core import earnings, praise, scores
from core.earnings import Week
from core.workers import Worker

QUOTED = 2
TIPS = 4
"""So many things to know take turns where the week itself teaches nothing."""


def said(turn: Turn, worker_id: int, end: datetime, *, is_over: bool) -> Outbound:
    """The week that ends then, as it is told on Sunday or so far."""
    week = earnings.of_week(turn.session, turn.company, worker_id, end)
    choices = [
        cards.go(turn, "round"),
        cards.go(turn, "myscore"),
        *([] if is_over else [cards.go(turn, "earnings")]),
    ]
    if not week.visits:
        return turn.say("weekly-none", end=end, choices=choices)
    name = turn.session.get_one(Worker, worker_id).name
    lines = [
        turn.text(
            "weekly-told" if is_over else "weekly-so-far",
            name=name,
            visits=week.visits,
            hours=round(week.minutes / 60, 1),
            income=Money(week.income),
            percent=turn.company.policies.worker_share_percent,
        ),
        *([turn.text("weekly-in-time", late=week.late, timed=week.timed)] if week.timed else []),
        *_thanks(turn, worker_id, end),
        *_score(turn, worker_id),
        *([_lesson(turn, week, end)] if is_over else []),
    ]
    return Outbound("\n".join(lines), tuple(choices), language=turn.language)


def _thanks(turn: Turn, worker_id: int, end: datetime) -> list[str]:
    """What customers thanked them for, in the customers' own words."""
    quoted = praise.of_worker(turn.session, worker_id, end - timedelta(days=7), end, QUOTED)
    return [turn.text("weekly-thanks", words=words) for words in quoted]


def _score(turn: Turn, worker_id: int) -> list[str]:
    """What customers think, once it is so many that nobody can tell whose word it is."""
    worker = turn.session.get_one(Worker, worker_id)
    found = scores.of_worker(turn.session, turn.company, worker, turn.now)
    if found.times < turn.company.policies.score_shown_from:
        return []
    return [turn.text("weekly-score", stars=round(found.stars, 1), times=found.times)]


def _lesson(turn: Turn, week: Week, end: datetime) -> str:
    """What the week itself teaches, else the next of the things to know."""
    if week.late:
        return turn.text("weekly-lesson-late")
    number = end.astimezone(turn.company.zone).isocalendar().week % TIPS
    return turn.text(f"weekly-lesson-{number + 1}")
