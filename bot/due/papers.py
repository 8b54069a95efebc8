"""A worker's paper ends: the worker and staff hear before it does, and staff what it means for visits."""

from datetime import date, timedelta
from functools import partial

from bot import cards, telling
from bot.enquiries.about_files import paper_name
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core import papers
from core.reminders import Reminder
from core.visits import Visit
from core.workers import Paper, Worker

KIND = papers.ENDS
SHOWN = 8
"""So many visits get a button; the others follow from the search, which sends nobody without papers."""


def say(turn: Turn, reminder: Reminder) -> str:
    """Warn of a paper that ends, or tell which visits it leaves without a worker, if it was not renewed."""
    worker_id, _, kind = reminder.subject.partition(":")
    worker = turn.session.get(Worker, int(worker_id))
    paper = turn.session.get(Paper, (int(worker_id), kind))
    if worker is None or not worker.active or paper is None:
        return "not said: the worker does not work here any more"
    if paper.valid_until_day != date.fromisoformat(reminder.payload["day"]):
        return "not said: the paper was renewed"
    today = turn.now.astimezone(turn.company.zone).date()
    left = paper.valid_until_day - today
    if left < timedelta(0) and reminder.payload["before"] != papers.OVER:
        return "not said: it is over by now, which is said by itself"
    if left < timedelta(0):
        ahead = papers.lacking(turn.session, turn.company, paper, turn.now)
        telling.staff(turn, partial(_over, worker=worker, paper=paper, ahead=ahead))
        return f"said: it is over, and {len(ahead)} visits ahead need it"
    telling.worker(turn, worker.id or 0, partial(_ends, paper=paper, left=left.days))
    telling.staff(turn, partial(_ends_for, worker=worker, paper=paper, left=left.days))
    return "said"


def _ends(turn: Turn, *, paper: Paper, left: int) -> Outbound:
    """To the worker."""
    kind, day = paper_name(turn, paper.kind), paper.valid_until_day
    return turn.say("told-paper-ends", kind=kind, day=day, left=left, choices=[cards.go(turn, "file")])


def _ends_for(turn: Turn, *, worker: Worker, paper: Paper, left: int) -> Outbound:
    """To staff."""
    kind, day = paper_name(turn, paper.kind), paper.valid_until_day
    return turn.say(
        "told-paper-ends-for",
        name=worker.name,
        kind=kind,
        day=day,
        left=left,
        choices=[cards.go(turn, "desk")],
    )


def _over(turn: Turn, *, worker: Worker, paper: Paper, ahead: list[Visit]) -> Outbound:
    """To staff: which visits need somebody else now."""
    choices = [_reassign(turn, visit) for visit in ahead[:SHOWN]] or [cards.go(turn, "desk")]
    return turn.say(
        "told-paper-over" if ahead else "told-paper-over-no-visits",
        name=worker.name,
        kind=paper_name(turn, paper.kind),
        day=paper.valid_until_day,
        count=len(ahead),
        choices=choices,
    )


def _reassign(turn: Turn, visit: Visit) -> Choice:
    line = cards.visit_line(turn, visit)
    return cards.go(turn, "reassigning", visit.reference, "paper-reassign", visit=line)
