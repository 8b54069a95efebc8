"""Waiting for a person, not waiting any more, and staff who take over, note and ring up."""

from collections.abc import Callable
from datetime import timedelta

from bot import cards, handing_over, words
from bot.flow import Turn
from bot.handing_over import member, name_of
from bot.messages import Choice, Outbound, Text
from core import calendars, customers, handoffs, identities, visits
from core.correspondence import Peer
from core.customers import Customer
from core.handoffs import Handoff, HandoffGone, Status

SHOWN = 4
OF_CUSTOMER = "c"
"""What the argument begins with of a button that takes the conversation of one of several customers."""


def wait(turn: Turn, _argument: str) -> list[Outbound]:
    """The customer goes on waiting."""
    handoff = handoffs.open_of(turn.session, turn.customer_id)
    if handoff is None:
        return [turn.say("handoff-none", choices=[cards.go(turn, "person")])]
    return [handing_over.asked(turn, handoff)]


def robot(turn: Turn, _argument: str) -> list[Outbound]:
    """The customer would rather talk with the bot: nobody has to come any more, and staff hear that.

    What the company itself has to tell them stays to be done.
    """
    choices = [cards.go(turn, name) for name in ("booking", "visits", "progress", "person")]
    handoff = handoffs.open_of(turn.session, turn.customer_id, lock=True)
    if handoff is None:
        return [turn.say("robot-here", choices=choices)]
    if not handoff.is_own_wish:
        return [turn.say("robot-here-still", phone=turn.house_phone, choices=choices)]
    if handoff.taken_by is not None:
        handing_over.tell_member(turn, handoff.taken_by, _no_more(handoff))
    elif handoff.rung:
        handing_over.tell(turn, handing_over.present(turn), _no_more(handoff))
    handoffs.close(turn.session, handoff, outcome="bot: the customer went on with the bot", now=turn.now)
    return [turn.say("robot-back", choices=choices)]


def _no_more(handoff: Handoff) -> Callable[[Turn], Outbound]:
    def make(their: Turn) -> Outbound:
        return their.say("handoff-no-more", name=name_of(their, handoff), choices=[cards.go(their, "desk")])

    return make


def takeover(turn: Turn, argument: str) -> list[Outbound]:
    """A member of staff talks with a customer from now on: one who waits, or any they name.

    `argument` is the number of a hand-off, or `c` and that of a customer.
    """
    if argument.isascii() and argument.isdecimal():
        return _take(turn, handoffs.find(turn.session, int(argument)))
    if argument.startswith(OF_CUSTOMER) and argument[1:].isdecimal():
        return _take_of(turn, int(argument[1:]))
    said = _rest(turn, "takeover")
    return _search(turn, said) if said else _queue(turn)


def _take(turn: Turn, handoff: Handoff) -> list[Outbound]:
    before = (handoff.status, handoff.taken_by)
    staff_id = turn.identity.staff_id or 0
    lease = timedelta(minutes=turn.company.policies.handoff_lease_minutes)
    try:
        handoffs.take(turn.session, handoff, staff_id, lease=lease, now=turn.now)
    except HandoffGone:
        return [_too_late(turn, handoff)]
    if before != (Status.TAKEN, staff_id):
        introduce(turn, handoff, staff_id)
    turn.leads = ("serving", str(handoff.id))
    return [turn.say("takeover-done", name=name_of(turn, handoff))]


def introduce(turn: Turn, handoff: Handoff, staff_id: int) -> None:
    """Tell the customer who talks with them from now on."""
    who = member(turn, staff_id)
    handing_over.tell_customer(turn, handoff, lambda their: their.say("handoff-here", member=who))


def _too_late(turn: Turn, handoff: Handoff) -> Outbound:
    """Somebody was faster, or it is over."""
    choices = [cards.go(turn, "desk")]
    if handoff.status is Status.TAKEN:
        who = member(turn, handoff.taken_by)
        return turn.say("takeover-before", name=name_of(turn, handoff), member=who, choices=choices)
    return turn.say("takeover-over", name=name_of(turn, handoff), choices=choices)


def _take_of(turn: Turn, customer_id: int) -> list[Outbound]:
    """Take the conversation of a customer, who may have asked for nobody."""
    handoff = handoffs.open_of(turn.session, customer_id, lock=True)
    if handoff is None:
        reason = f"staff:{turn.identity.staff_id}"
        chats = identities.of_customer(turn.session, customer_id)
        peer = Peer(chats[0].channel, chats[0].account, chats[0].user) if chats else None
        handoff = handoffs.ask(
            turn.session, customer_id, topic="staff", words="", reason=reason, now=turn.now, peer=peer
        )
    return _take(turn, handoff)


def _search(turn: Turn, said: str) -> list[Outbound]:
    """The customer meant by a visit's reference, a name, or the end of a number."""
    if (visit := visits.by_reference(turn.session, said)) is not None:
        return _take_of(turn, visit.customer_id)
    found = customers.called(turn.session, said, SHOWN)
    if not found:
        return [turn.say("takeover-unknown", said=said, choices=[cards.go(turn, "desk")])]
    if len(found) == 1:
        return _take_of(turn, found[0].id or 0)
    choices = [Choice(_told_apart(turn, one), f"go:takeover:{OF_CUSTOMER}{one.id}") for one in found]
    return [turn.say("takeover-which", said=said, choices=choices)]


def _told_apart(turn: Turn, customer: Customer) -> str:
    end = customer.phone[-4:] if customer.phone else f"#{customer.id}"
    return turn.text("takeover-one", name=customer.name or turn.text("desk-unnamed"), end=end)


def _queue(turn: Turn) -> list[Outbound]:
    found = handoffs.waiting(turn.session, SHOWN)
    if not found:
        return [turn.say("takeover-nobody", choices=[cards.go(turn, "desk")])]
    return [turn.say("takeover-whom", choices=[take_choice(turn, one) for one in found])]


def take_choice(turn: Turn, handoff: Handoff) -> Choice:
    """The button that takes it."""
    name = name_of(turn, handoff)
    return cards.go(turn, "takeover", str(handoff.id), "go-takeover-one", who=name)


def _rest(turn: Turn, intent: str) -> str:
    """What stands behind a command in the same message."""
    body = turn.content.body.strip().lstrip("/").strip() if isinstance(turn.content, Text) else ""
    for phrase in sorted(words.phrases("intents", intent), key=len, reverse=True):
        if body.casefold().startswith(phrase):
            return body[len(phrase) :].strip(" :：,，")
    return ""


def remark(turn: Turn, argument: str) -> list[Outbound]:
    """Staff write something down about a customer for each other; the customer never sees it."""
    handoff = _given(turn, argument)
    said = _rest(turn, "remark")
    if handoff is None or not said:
        return [turn.say("remark-what")]
    who = member(turn, turn.identity.staff_id)
    handoffs.note(turn.session, handoff, turn.text("remark-line", member=who, words=said))
    return [turn.say("remark-done")]


def _given(turn: Turn, argument: str) -> Handoff | None:
    """The hand-off of a button or command; else the only one that this member of staff has."""
    if argument.isascii() and argument.isdecimal():
        return handoffs.find(turn.session, int(argument))
    mine = handoffs.of_staff(turn.session, turn.identity.staff_id or 0)
    return mine[0] if len(mine) == 1 else None


def not_reached(turn: Turn, argument: str) -> list[Outbound]:
    """Staff rang up a customer in vain: they are called again, and read of it where they can."""
    handoff = handoffs.find(turn.session, int(argument), lock=True) if argument.isdecimal() else None
    choices = [cards.go(turn, "desk")]
    if handoff is None or handoff.status is Status.CLOSED:
        return [turn.say("notreached-over", choices=choices)]
    rules = turn.company.policies
    again = calendars.later(turn.company, turn.now, rules.call_again_minutes)
    handoff.tries += 1
    by = again + timedelta(minutes=rules.handoff_minutes)
    handoffs.call_back(turn.session, handoff, again, by=by, now=turn.now)
    at = handing_over.moment(turn, again)

    def make(their: Turn) -> Outbound:
        ways = [cards.go(their, name) for name in ("callingback", "robot")]
        shown = handing_over.moment(their, again)
        return their.say("call-missed", at=shown, phone=their.house_phone, choices=ways)

    handing_over.tell_customer(turn, handoff, make)
    name = name_of(turn, handoff)
    return [turn.say("notreached-done", name=name, at=at, count=handoff.tries, choices=choices)]


def mine(turn: Turn, _argument: str) -> list[Outbound]:
    """Whom a member of staff talks with just now, those who wait first."""
    found = handoffs.of_staff(turn.session, turn.identity.staff_id or 0)
    choices = [cards.go(turn, "serving", str(one.id), who=name_of(turn, one)) for one in found[:SHOWN]]
    choices.append(cards.go(turn, "desk"))
    if not found:
        return [turn.say("talks-none", choices=choices)]
    return [turn.say("talks-told", count=len(found), choices=choices)]
