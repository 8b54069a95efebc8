"""What the clock of a complaint does, said to those concerned: its owner, who had it before, the customer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from bot import complaints as telling
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core import complaints, reminders
from core.complaints import Complaint, Taken, What, clocks
from core.reminders import Reminder

KIND = clocks.KIND
DAILY = "complaints-daily"
"""The kind of reminder that lists each morning what was forgotten."""


def say(turn: Turn, reminder: Reminder) -> str:
    """Take the steps that are due, and say each."""
    complaint = turn.session.get(Complaint, int(reminder.subject))
    if complaint is None:
        return "not said: there is no such complaint"
    taken = complaints.take_steps(turn.session, turn.company, complaint, turn.now)
    if complaint.status is complaints.Status.CLOSED:
        taken = taken[-1:]  # what closed it; the rest is nobody's business any more
    whats = [one.due.what for one in taken]
    taken = [one for one in taken if _AGAIN.get(one.due.what) not in whats]
    is_asked = any(one.due.what is What.ASKED for one in taken)
    for one in taken:
        if not (is_asked and one.due.what in clocks.WARNINGS):  # whoever is asked just now sees the clocks
            _SAYS[one.due.what](turn, complaint, one)
    names = ", ".join(one.due.name for one in taken)
    return f"said: {names}" if taken else "not said: nothing is due"


def _asked(turn: Turn, complaint: Complaint, _one: Taken) -> None:
    telling.tell_owner(turn, complaint)


def _warn(turn: Turn, complaint: Complaint, one: Taken) -> None:
    """Its owner is told how little is left of what."""
    assert one.due.deadline is not None
    deadline = one.due.deadline
    by = clocks.deadlines(complaint)[deadline]

    def make(their: Turn) -> Outbound:
        return telling.told(
            their,
            complaint,
            f"ladder-warn-{deadline.value}",
            by=telling.clock(their, by),
            left=telling.left(their, by),
        )

    telling.tell_member(turn, complaint.owner_id or 0, make)


def _missed(turn: Turn, complaint: Complaint, one: Taken) -> None:
    """The customer hears an apology, who has it now and until when; who had it, that it was missed.

    A customer who has to say something first knows what it waits for.
    """
    assert one.due.deadline is not None
    deadline = one.due.deadline
    key = "ladder-moved" if one.moved else f"ladder-missed-{deadline.value}"
    goes_to_all = one.moved and complaint.rung is complaints.Rung.OWNER
    if one.before_id is not None and not goes_to_all:
        telling.tell_member(
            turn, one.before_id, lambda their: telling.told(their, complaint, key, gone=one.moved)
        )
    sorry = partial(_sorry, complaint=complaint, missed=deadline, moved=one.moved)
    if complaint.status is not complaints.Status.WAITING:
        telling.tell_customer(turn, complaint, sorry)
    if one.due.what is What.FORGOTTEN:
        plan_daily(turn)


def _sorry(their: Turn, *, complaint: Complaint, missed: clocks.Deadline, moved: bool) -> Outbound:
    promised = clocks.promise(complaint, their.company, their.now, missed)
    assert promised is not None, "what was just missed is still promised"
    return their.say(
        f"ladder-sorry-{missed.value}",
        number=telling.number(complaint),
        owner=telling.owner(their, complaint),
        moved="yes" if moved else "no",
        by=telling.clock(their, promised.by),
        phone=their.house_phone,
    )


def _hopped(turn: Turn, complaint: Complaint, one: Taken) -> None:
    """Who did not tap hears that it is somebody else's now."""
    if one.before_id is not None and one.before_id != complaint.owner_id:
        make = partial(telling.told, complaint=complaint, key="ladder-hopped", gone=True)
        telling.tell_member(turn, one.before_id, make)


def _nudge(turn: Turn, complaint: Complaint, one: Taken) -> None:
    """The customer is reminded of what we asked."""
    asked = complaints.last_said(turn.session, complaint)
    key = f"ladder-{one.due.what.value}"
    telling.tell_customer(
        turn,
        complaint,
        lambda their: _asks(
            complaint, one, their.say(key, number=telling.number(complaint), words=asked or "none")
        ),
        critical=False,
    )


def _asks(complaint: Complaint, one: Taken, said: Outbound) -> Outbound:
    """What is asked once more later is not asked for the first time then."""
    return replace(said, until=complaint.next_at) if one.due.what in _AGAIN else said


def _silent(turn: Turn, complaint: Complaint, _one: Taken) -> None:
    """The customer is told that it is closed, and how it goes on; its owner too."""
    number = telling.number(complaint)
    telling.tell_customer(
        turn, complaint, lambda their: their.say("ladder-silent", number=number), critical=False
    )
    telling.tell_member(
        turn, complaint.owner_id or 0, lambda their: their.say("ladder-silent-told", number=number)
    )


def _follow_up(turn: Turn, complaint: Complaint, one: Taken) -> None:
    """The customer is asked whether it is solved."""
    number = telling.number(complaint)

    def make(their: Turn) -> Outbound:
        choices = [
            Choice(their.text("follow-up-solved"), f"go:solved:{number}"),
            Choice(their.text("follow-up-unsolved"), f"go:unsolved:{number}"),
        ]
        said = their.say(f"ladder-{one.due.what.value}", number=number, choices=choices)
        return _asks(complaint, one, said)

    telling.tell_customer(turn, complaint, make, critical=False)


def _list_again(turn: Turn, _complaint: Complaint, _one: Taken) -> None:
    plan_daily(turn)


def _nothing(_turn: Turn, _complaint: Complaint, _one: Taken) -> None:
    """Closed in silence: nobody answered twice."""


def plan_daily(turn: Turn) -> None:
    """Have the list of what was forgotten made next morning; once for all complaints."""
    due_at = clocks.morning(turn.company, turn.now)
    day = due_at.astimezone(turn.company.zone).date().isoformat()
    reminders.schedule(turn.session, DAILY, day, due_at, dedupe_key=f"{DAILY}:{day}")


def say_daily(turn: Turn, _reminder: Reminder) -> str:
    """Every complaint whose promise was missed and that is still open, to leads and managers.

    After an outage it is said as it is now, or this morning where that is still to come.
    """
    morning = clocks.morning(turn.company, turn.now)
    if morning.date() == turn.now.astimezone(turn.company.zone).date():
        plan_daily(turn)
        return "stale: the next list comes this morning"
    found = complaints.missed(turn.session, turn.now)
    if not found:
        return "not said: everything was seen to"
    telling.tell_list(turn, found)
    return f"said: {len(found)} complaints"


_AGAIN = {What.NUDGE: What.NUDGE_AGAIN, What.FOLLOW_UP: What.FOLLOW_UP_AGAIN}
"""What is asked of the customer, and what asks it once more."""
_SAYS: Mapping[What, Callable[[Turn, Complaint, Taken], None]] = {
    What.ASKED: _asked,
    What.HALF: _warn,
    What.SOON: _warn,
    What.MISSED: _missed,
    What.OVERDUE: _missed,
    What.FORGOTTEN: _missed,
    What.UNACKNOWLEDGED: _hopped,
    What.DAILY: _list_again,
    What.NUDGE: _nudge,
    What.NUDGE_AGAIN: _nudge,
    What.SILENT: _silent,
    What.FOLLOW_UP: _follow_up,
    What.FOLLOW_UP_AGAIN: _follow_up,
    What.SETTLED: _nothing,
}
