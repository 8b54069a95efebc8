"""A worker is asked how they saw a visit, reminded once, and the owner hears when nothing came."""

from bot import cards, complaints, telling
from bot.flow import Turn
from bot.flows import stating
from bot.messages import Outbound
from core.complaints import Complaint, Statement, Status, statements
from core.complaints.statements import AGAIN, ASK
from core.reminders import Reminder
from core.workers import Worker

KIND = statements.KIND


def say(turn: Turn, reminder: Reminder) -> str:
    """Ask, ask again, or tell the owner that it is due; nothing once it was given or the complaint closed."""
    number, _, worker_id = reminder.subject.partition(":")
    statement = statements.find(turn.session, int(number), int(worker_id))
    complaint = turn.session.get_one(Complaint, statement.complaint_id)
    what = str(reminder.payload["what"])
    if statement.given_at is not None:
        return "not said: they have said how they saw it"
    if complaint.status is Status.CLOSED:
        return "not said: it is closed"
    if what == ASK:
        return _ask(turn, complaint, statement, "statement-asked")
    if what == AGAIN:
        statement.reminded_at = turn.now
        turn.session.add(statement)
        return _ask(turn, complaint, statement, "statement-asked-again")
    _tell_owner(turn, complaint, statement, "statement-missing")
    return "its owner was told that there is none"


def _ask(turn: Turn, complaint: Complaint, statement: Statement, key: str) -> str:
    """What happened is asked, and of which kind it is said to be: not who said so, nor in which words."""

    def make(their: Turn) -> Outbound:
        return their.say(
            key,
            visit=stating.line(their, statement.complaint_id),
            about=complaints.kind(their, complaint),
            by=complaints.clock(their, statement.due_at),
            choices=[cards.go(their, "stating", str(statement.complaint_id))],
        )

    if telling.worker(turn, statement.worker_id, make):
        return "asked"
    _tell_owner(turn, complaint, statement, "statement-unreachable")
    return "its owner was told to ring them: they can be written to nowhere"


def _tell_owner(turn: Turn, complaint: Complaint, statement: Statement, key: str) -> None:
    name = turn.session.get_one(Worker, statement.worker_id).name

    def make(their: Turn) -> Outbound:
        number = complaints.number(complaint)
        return their.say(
            key, name=name, number=number, choices=[cards.go(their, "complaint", number, "go-case")]
        )

    if not complaints.tell_member(turn, complaint.owner_id or 0, make):
        complaints.tell_staff(turn, complaint, make)
