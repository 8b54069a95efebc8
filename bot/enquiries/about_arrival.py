"""The customer of a visit that is late or whose worker is not to be seen; and the whole story for staff."""

import re

from bot import cards, expecting, underway, whys
from bot.flow import Reference, Turn
from bot.messages import Card, Outbound, Text
from bot.texts import Money
from core import attendance, compensations, references, timeline, visits
from core.reminders import Reminder
from core.visits import Visit

REFERENCES = re.compile(r"[A-Za-z0-9]+")
LINES = 30
"""The latest so many lines of a story are shown."""


def not_there(turn: Turn, reference: str) -> list[Outbound]:
    """Nobody is to be seen of those who say that they are there: both sides and staff are asked at once."""
    visit = _theirs(turn, reference)
    if visit.status not in attendance.UNDER_WAY:
        return [_how_it_stands(turn, visit, "notthere-not-now")]
    new = attendance.dispute(turn.session, visit, turn.now)
    known = timeline.of(turn.session, visit.id or 0, viewer=turn.role)
    repeated = sum(entry.what == "still-disputed" for entry in known)
    if new or repeated <= 1:
        underway.asked_both(turn, visit, still=not new)
    said = "notthere-asked" if new else "notthere-still"
    choices = cards.visit_choices(turn, visit)
    return [cards.with_code(turn, visit, turn.say(said, phone=turn.house_phone, choices=choices))]


def found(turn: Turn, reference: str) -> list[Outbound]:
    """They have met after all."""
    visit = _theirs(turn, reference)
    choices = cards.visit_choices(turn, visit)
    if visit.status not in attendance.UNDER_WAY:
        return [_how_it_stands(turn, visit, "notthere-not-now")]
    reason = "the customer has met them"
    if attendance.settle(turn.session, visit, actor="customer", reason=reason, now=turn.now):
        underway.met(turn, visit)
        choices = cards.visit_choices(turn, visit)
    return [turn.say("foundthem-done", choices=choices)]


def wait(turn: Turn, reference: str) -> list[Outbound]:
    """They go on waiting, for nothing as yet."""
    visit = _theirs(turn, reference)
    if visit.status not in attendance.EXPECTED:
        return [_how_it_stands(turn, visit, "late-not-now")]
    choices = cards.visit_choices(turn, visit)
    minutes = turn.company.policies.very_late_worker_minutes
    return [turn.say("waiting-done", minutes=minutes, phone=turn.house_phone, choices=choices)]


def keep(turn: Turn, reference: str) -> list[Outbound]:
    """They keep a visit that is very late, for less."""
    visit = _theirs(turn, reference)
    try:
        attendance.keep(turn.session, visit, actor="customer", now=turn.now)
    except visits.MoveNotAllowed:
        return [_how_it_stands(turn, visit, "late-not-now")]
    owed = compensations.of_visit(turn.session, visit.id or 0)
    less = sum(one.amount for one in owed if one.reason == attendance.KEPT)
    due, choices = compensations.due(turn.session, visit), cards.visit_choices(turn, visit)
    return [turn.say("keepwaiting-done", less=Money(less), due=Money(due), choices=choices)]


def story(turn: Turn, argument: str) -> list[Outbound]:
    """Everything that happened to a visit, with the reasons, by its reference in the words or on a button."""
    visit = _named(turn, argument)
    if visit is None:
        return [turn.say("story-which")]
    entries = timeline.of(turn.session, visit.id or 0, viewer=turn.role)
    planned = whys.of_visit(turn.session, visit.reference)
    told = [(one.at, _line(turn, one)) for one in entries if one.what != expecting.REMINDED]
    told += [(whys.at(one), _why(turn, one)) for one in planned if whys.at(one) <= turn.now]
    newest = sorted(told, key=lambda one: one[0])[-LINES:]
    lines = tuple((turn.text("value-said", value=turn.local(at)), line) for at, line in newest)
    card = Card(turn.text("card-title", reference=visit.reference), lines)
    status = turn.text(f"status-{visit.status.value.replace('_', '-')}")
    line = cards.visit_line(turn, visit)
    choices = [cards.go(turn, "story", visit.reference)]
    return [turn.say("story-told", visit=line, status=status, card=card, choices=choices)]


def _line(turn: Turn, entry: timeline.Entry) -> str:
    key = f"story-{entry.what.replace('_', '-')}"
    what = turn.text(key) if turn.has(key) else entry.what
    actor = turn.text(f"actor-{entry.actor}")
    if not entry.reason:
        return turn.text("story-line", what=what, actor=actor)
    return turn.text("story-line-because", what=what, actor=actor, reason=entry.reason)


def _why(turn: Turn, reminder: Reminder) -> str:
    """What was to be said by the clock, and what came of it."""
    key, came = f"why-{reminder.kind}", whys.outcome(reminder)
    what = turn.text(key) if turn.has(key) else reminder.kind
    line = "why-not-said" if came.startswith(whys.SILENT) else "why-said"
    return turn.text(line, what=what, reason=whys.worded(turn, came))


def _named(turn: Turn, argument: str) -> Visit | None:
    if argument:
        return visits.by_reference(turn.session, argument)
    body = turn.content.body if isinstance(turn.content, Text) else ""
    named = (word for word in REFERENCES.findall(body) if len(word) == references.LENGTH)
    found = (visits.by_reference(turn.session, word) for word in named)
    return next((visit for visit in found if visit is not None), None)


def _theirs(turn: Turn, reference: str) -> Visit:
    """The visit of a button, else the one that is under way or next."""
    ahead = [] if reference else visits.upcoming(turn.session, turn.customer_id, turn.now)
    visit = ahead[0] if ahead else cards.visit_of(turn, reference)
    turn.about = Reference(visit.reference)
    return visit


def _how_it_stands(turn: Turn, visit: Visit, key: str) -> Outbound:
    return turn.say(key, card=cards.visit_card(turn, visit), choices=cards.visit_choices(turn, visit))
