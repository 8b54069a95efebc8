"""A worker's day: the list of it, one visit of it, that they have seen it, and that work begins."""

from datetime import date, timedelta

from bot import cards, daylists, jobs, worker_cards
from bot.flow import Turn
from bot.messages import Outbound
from core import attendance, visits
from core.visits import Status, Visit


def today(turn: Turn, argument: str) -> list[Outbound]:
    """The visits of today, or of another day that is named (ISO 8601)."""
    days = {_day(turn, 0): "today", _day(turn, 1): "tomorrow"}
    try:
        day = date.fromisoformat(argument) if argument else _day(turn, 0)
    except ValueError:
        day = _day(turn, 0)
    return [daylists.told(turn, turn.worker_id, day, days.get(day, "other"))]


def tomorrow(turn: Turn, _argument: str) -> list[Outbound]:
    """The visits of tomorrow."""
    return [daylists.told(turn, turn.worker_id, _day(turn, 1), "tomorrow")]


def one(turn: Turn, reference: str) -> list[Outbound]:
    """A visit of theirs, with everything about it and what can be done now."""
    visit = jobs.job_of(turn, reference)
    card = worker_cards.visit_card(turn, visit, turn.worker_id)
    choices = worker_cards.choices(turn, visit, turn.worker_id)
    return [turn.say("job-shown", card=card, choices=choices)]


def confirm_day(turn: Turn, argument: str) -> list[Outbound]:
    """They have seen the list of a day, in words that of tomorrow; a second time it says so."""
    try:
        day = date.fromisoformat(argument) if argument else _day(turn, 1)
    except ValueError:
        return tomorrow(turn, "")
    theirs = daylists.of(turn, turn.worker_id, day)
    rows = [attendance.of(turn.session, visit, turn.worker_id) for visit in theirs]
    choices = [cards.go(turn, "today"), cards.go(turn, "tomorrow")]
    if not rows:
        return [turn.say("confirmday-none", day=cards.day(turn, day), choices=choices)]
    new = [row for row in rows if row.listed_at and not row.confirmed_at]
    for row in new:
        row.confirmed_at = turn.now
        turn.session.add(row)
    key = "confirmday-done" if new else "confirmday-again"
    return [turn.say(key, day=cards.day(turn, day), choices=choices)]


def start(turn: Turn, reference: str) -> list[Outbound]:
    """Work begins; before they are there, it says what comes first."""
    visit = _meant(turn, reference)
    if visit is None:
        return [turn.say("jobs-none", choices=[cards.go(turn, "today")])]
    if visit.status is Status.WORKING:
        return [worker_cards.comes_first(turn, visit, turn.worker_id)]
    try:
        attendance.start_work(turn.session, visit, turn.worker_id, turn.now)
    except attendance.Disputed as no:
        choices = worker_cards.choices(turn, visit, turn.worker_id)
        return [turn.say(no.key, choices=choices)]
    except attendance.NotThereYet:
        return [worker_cards.comes_first(turn, visit, turn.worker_id)]
    card = worker_cards.visit_card(turn, visit, turn.worker_id)
    choices = worker_cards.choices(turn, visit, turn.worker_id)
    until = visit.ends_at.astimezone(turn.company.zone).time()
    return [turn.say("starting-done", until=until, card=card, choices=choices)]


def _meant(turn: Turn, reference: str) -> Visit | None:
    if reference:
        return jobs.job_of(turn, reference)
    return visits.next_of_worker(turn.session, turn.worker_id, turn.now)


def _day(turn: Turn, ahead: int) -> date:
    return turn.now.astimezone(turn.company.zone).date() + timedelta(days=ahead)
