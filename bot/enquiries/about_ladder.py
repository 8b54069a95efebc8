"""Whose a complaint is: a member of staff takes it, a customer asks for the manager."""

from dataclasses import replace

from bot import complaints as telling
from bot import handing_over
from bot.cards import go
from bot.flow import Turn
from bot.messages import Choice, Outbound, Text
from core import complaints, quiet
from core.complaints import BeyondAuthority, Complaint, Rung, TakenByOther, UnknownComplaint, clocks


def mine(turn: Turn, argument: str) -> list[Outbound]:
    """A member of staff takes a complaint; who was later hears who did, and whose it was, that it moved."""
    staff_id = turn.identity.staff_id or 0
    complaint = _named(turn, argument) if argument else _meant(turn, staff_id)
    if complaint is None:
        return [turn.say("ladder-nothing", choices=[go(turn, "desk")])]
    before = complaint.owner_id
    was_theirs = complaint.acknowledged_at is not None and before == staff_id
    try:
        complaints.acknowledge(turn.session, turn.company, complaint, staff_id, turn.now)
        turn.case = complaint.id
    except TakenByOther:
        return [telling.told(turn, complaint, "ladder-taken-lost")]
    except BeyondAuthority:
        return [telling.told(turn, complaint, "ladder-taken-above")]
    if not was_theirs:
        if before is not None and before != staff_id:
            telling.tell_member(
                turn, before, lambda their: telling.told(their, complaint, "ladder-taken-lost")
            )
        _tell_customer(turn, complaint)
    return [replace(telling.told(turn, complaint, "ladder-taken", in_full=True), critical=False)]


def _named(turn: Turn, argument: str) -> Complaint:
    found = (
        turn.session.get(Complaint, int(argument)) if argument.isascii() and argument.isdecimal() else None
    )
    if found is None:
        raise UnknownComplaint
    return found


def _meant(turn: Turn, staff_id: int) -> Complaint | None:
    """Without a number: the one they looked at last while it is to be taken, else what they are asked to."""
    seen = turn.session.get(Complaint, turn.case) if turn.case is not None else None
    if seen is not None and seen.status in complaints.UNSETTLED and seen.acknowledged_at is None:
        return seen
    return complaints.asked_of(turn.session, staff_id)


def _tell_customer(turn: Turn, complaint: Complaint) -> None:
    """Who has it and until when; not at night where that can wait."""
    promised = clocks.promise(complaint, turn.company, turn.now)
    can_wait = turn.company.complaints.of(complaint.severity).runs == "hours"
    if promised is None or (can_wait and quiet.told_at(turn.company, turn.now) != turn.now):
        return

    def make(their: Turn) -> Outbound:
        return their.say(
            "ladder-taken-customer",
            number=telling.number(complaint),
            owner=telling.owner(their, complaint),
            next=promised.deadline.value,
            by=telling.clock(their, promised.by),
        )

    telling.tell_customer(turn, complaint, make, critical=False)


def manager(turn: Turn, argument: str) -> list[Outbound]:
    """A customer wants the manager, who takes over after a missed promise; before, the wish is told on."""
    complaint = complaints.latest_of_customer(turn.session, turn.customer_id, argument)
    if complaint is None:
        words = turn.content.body if isinstance(turn.content, Text) else ""
        handing_over.ask(turn, topic="manager", words=words, reason="manager")
        return [turn.say("manager-nothing", choices=[go(turn, "complaining", label="manager-complain")])]
    number = telling.number(complaint)
    if complaint.status not in complaints.UNSETTLED:
        unsolved = Choice(turn.text("follow-up-unsolved"), f"go:unsolved:{number}")
        return [turn.say("manager-settled", number=number, choices=[unsolved])]
    before, owner_id = complaint.rung, complaint.owner_id
    raised = complaints.ask_for_manager(turn.session, turn.company, complaint, turn.now)
    _pass_on_wish(turn, complaint, owner_id, is_new=complaint.rung is not before)
    promised = clocks.promise(complaint, turn.company, turn.now)
    had_it = before in (Rung.MANAGER, Rung.OWNER)
    key = "manager-has-it" if had_it else "manager-raised" if raised else "manager-promised"
    return [
        turn.say(
            key,
            number=number,
            owner=telling.owner(turn, complaint),
            next=promised.deadline.value if promised else "resolved",
            by=telling.clock(turn, promised.by if promised else complaint.resolve_by),
            phone=turn.house_phone,
        )
    ]


def _pass_on_wish(turn: Turn, complaint: Complaint, before_id: int | None, *, is_new: bool) -> None:
    """Its owner hears of the wish; a new one is asked to take it, and who had it hears that it moved."""
    if is_new:
        telling.tell_owner(turn, complaint)
    key = "ladder-moved" if is_new else "manager-wanted"
    if before_id is not None:
        telling.tell_member(turn, before_id, lambda their: telling.told(their, complaint, key, gone=is_new))
