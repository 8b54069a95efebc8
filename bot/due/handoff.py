"""Customers who wait for a person, or for a word of one: whether somebody is there, else who comes next."""

from datetime import timedelta

from bot import cards, handing_over, talks
from bot.flow import Turn
from bot.handing_over import member, name_of
from bot.messages import Outbound
from core import handoffs
from core.handoffs import Handoff, Status
from core.reminders import Reminder

KIND = handoffs.KIND


def say(turn: Turn, reminder: Reminder) -> str:
    """Look after one that is open; each time it is said when it is looked at next."""
    handoff = handoffs.find(turn.session, int(reminder.subject), lock=True)
    if handoff.look_at is None:
        return "not said: it is over"
    if handoff.look_at > turn.now:
        return "not said: it is looked at later"
    return _talked(turn, handoff) if handoff.status is Status.TAKEN else _waits(turn, handoff)


def _waits(turn: Turn, handoff: Handoff) -> str:
    if handoff.left_by is not None and handoff.promised_by is None and handoff.rung == 0:
        handing_over.returned(turn, handoff)
        return "said: somebody else goes on"
    if not handing_over.present(turn):
        opening = handing_over.opening(turn)
        later = turn.now + timedelta(minutes=turn.company.policies.handoff_again_minutes)
        handoffs.look(turn.session, handoff, opening if opening > turn.now else later)
        return "not said: nobody is on duty"
    if handoff.call_at is not None and handoff.call_at > turn.now:
        handoffs.look(turn.session, handoff, handoff.call_at)
        return "not said: they want to be called later"
    if handoff.rung == 0:
        return _tell(turn, handoff)
    if handoff.promised_by is not None and handoff.promised_by > turn.now:
        handoffs.look(turn.session, handoff, handoff.promised_by)
        return "not said: there is time yet"
    handing_over.missed(turn, handoff)
    return f"said: nobody took it, time {handoff.rung}"


def _tell(turn: Turn, handoff: Handoff) -> str:
    """Those on duty hear of it for the first time; or again, where somebody let go of it."""
    handoff.rung = 1
    handing_over.alert(turn, handoff, "handoff-told")
    again = timedelta(minutes=turn.company.policies.handoff_again_minutes)
    promised = handoff.promised_by
    handoffs.look(turn.session, handoff, promised if promised and promised > turn.now else turn.now + again)
    return "said: it waits"


def _talked(turn: Turn, handoff: Handoff) -> str:
    rules, now = turn.company.policies, turn.now
    assert handoff.lease_until is not None
    assert handoff.taken_by is not None
    if handoff.lease_until > now:
        handoffs.look(turn.session, handoff, handoff.lease_until)
        return "not said: they are talking"
    if handoff.heard_at is None:
        return _let_rest(turn, handoff, handoff.taken_by)
    if handoff.nudged_at is None:
        until = now + timedelta(minutes=rules.handoff_grace_minutes)
        handoffs.nudged(turn.session, handoff, until=until, now=now)
        _nudge(turn, handoff, handoff.taken_by)
        return "said: the customer waits for an answer"
    return _let_go(turn, handoff, handoff.taken_by)


def _nudge(turn: Turn, handoff: Handoff, staff_id: int) -> None:
    def make(their: Turn) -> Outbound:
        number, name = str(handoff.id), name_of(their, handoff)
        choices = [
            cards.go(their, talks.SERVING, number, who=name),
            cards.go(their, "transferring", number),
            cards.go(their, "handback", number),
        ]
        since = (handoff.heard_at or their.now).astimezone(their.company.zone).time()
        until = (handoff.lease_until or their.now).astimezone(their.company.zone).time()
        return their.say("lease-nudge", name=name, since=since, until=until, choices=choices)

    handing_over.tell_member(turn, staff_id, make)


def _let_go(turn: Turn, handoff: Handoff, staff_id: int) -> str:
    """Whoever has it does not answer: it waits for somebody else, and everybody concerned hears so."""
    who = member(turn, staff_id)
    handoffs.give_back(turn.session, handoff, now=turn.now)

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, "takeover", str(handoff.id))]
        return their.say("lease-lost", name=name_of(their, handoff), choices=choices)

    handing_over.tell_member(turn, staff_id, make)
    handing_over.returned(turn, handoff)
    return f"said: {who} did not answer, somebody else goes on"


def _let_rest(turn: Turn, handoff: Handoff, staff_id: int) -> str:
    """Nobody said anything for so long: the bot answers the customer's next word."""
    handoffs.close(turn.session, handoff, outcome="quiet: nobody said anything any more", now=turn.now)

    def make(their: Turn) -> Outbound:
        choices = [
            cards.go(their, "takeover", f"c{handoff.customer_id}", "go-takeover-again"),
            cards.go(their, "desk"),
        ]
        return their.say("lease-rested", name=name_of(their, handoff), choices=choices)

    handing_over.tell_member(turn, staff_id, make)
    return "said: nobody said anything any more, the bot answers again"
