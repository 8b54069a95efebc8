"""Complaints as staff work on them: the queue, one of them, the offers sent; and the customer's last word."""

from bot import cards, complaints
from bot.flow import Turn
from bot.handling import acting, thread, view, wording
from bot.messages import Card, Choice, Outbound
from core import scores
from core.complaints import Complaint, finding, handling

SHOWN = 10
BUTTONS = 5


def queue(turn: Turn, argument: str) -> list[Outbound]:
    """What somebody has to see to, the most urgent first and with the time left; `mine` only their own."""
    staff_id = turn.identity.staff_id or 0
    found = _urgent(turn, staff_id if argument == "mine" else None)
    if not found:
        return [turn.say("case-queue-none", choices=[cards.go(turn, "desk")])]
    shown = found[:SHOWN]
    lines = tuple((f"#{one.id}", acting.queued(turn, one)) for one in shown)
    buttons = [_open(turn, one) for one in shown[:BUTTONS]]
    own = sum(one.owner_id == staff_id for one in found)
    return [
        turn.say(
            "case-queue",
            count=len(found),
            own=own,
            more=len(found) - len(shown),
            card=Card(turn.text("case-queue-title"), lines),
            choices=buttons,
        )
    ]


def _urgent(turn: Turn, owner_id: int | None = None) -> list[Complaint]:
    found = finding.queue(turn.session, acting.QUEUED, owner_id)
    return finding.visible(turn.session, found, turn.identity.staff_id or 0)


def _open(turn: Turn, complaint: Complaint) -> Choice:
    number = complaints.number(complaint)
    return cards.go(turn, "complaint", number, "go-complaint-number", number=number)


def most_urgent(turn: Turn, _argument: str) -> list[Outbound]:
    """The complaint whose deadline is next: their own first, then what nobody has said that they have."""
    staff_id = turn.identity.staff_id or 0
    found = _urgent(turn)
    theirs = [one for one in found if one.owner_id == staff_id or one.acknowledged_at is None]
    if not theirs:
        return queue(turn, "")
    return [view.show(turn, theirs[0])]


def one(turn: Turn, argument: str) -> list[Outbound]:
    """One complaint by its number, as staff see it; else the one they looked at last, or the queue."""
    number = int(argument) if argument.isascii() and argument.isdecimal() else turn.case
    if number is None:
        return queue(turn, "")
    return [view.show(turn, acting.case_of(turn, number))]


def put(turn: Turn, argument: str) -> list[Outbound]:
    """Send the customer what is on offer, to choose from."""
    number = int(argument) if argument.isascii() and argument.isdecimal() else turn.case or 0
    return [acting.put(turn, acting.case_of(turn, number))]


def solved(turn: Turn, argument: str) -> list[Outbound]:
    """The customer says that it is solved."""
    complaint = _own(turn, argument)
    if handling.solved(turn.session, turn.company, complaint, turn.now):
        thread.tell(turn, complaint, "case-told-solved")
    return [
        turn.say("solved-thanks", number=complaints.number(complaint), choices=[cards.go(turn, "booking")])
    ]


def unsolved(turn: Turn, argument: str) -> list[Outbound]:
    """The customer says that it is not: somebody higher up sees to it at once; what is missing may follow."""
    former = _own(turn, argument)
    before = (former.id, former.reopened)
    complaint = handling.unsolved(turn.session, turn.company, former, "", now=turn.now)
    scores.reconsider(turn.session, turn.company, complaint.visit_id, turn.now)
    if before != (complaint.id, complaint.reopened):
        complaints.tell_owner(turn, complaint)
    return [
        turn.say(
            "unsolved-told",
            number=complaints.number(complaint),
            owner=complaints.owner(turn, complaint),
            by=wording.promised(turn, complaint),
            choices=[_open(turn, complaint)],
        )
    ]


def _own(turn: Turn, argument: str) -> Complaint:
    number = int(argument) if argument.isascii() and argument.isdecimal() else 0
    return finding.of_customer(turn.session, turn.customer_id, number)
