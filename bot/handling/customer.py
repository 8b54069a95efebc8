"""Writing to the customer of a complaint: in which chat, and whether and how long that can be done now."""

from collections.abc import Callable
from dataclasses import replace

from bot import cards, complaints, telling, texts
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core import correspondence, grants, identities
from core.complaints import UNSETTLED, Complaint, Severity
from core.correspondence import Peer
from core.customers import Customer
from core.identities import Identity
from core.ways import FREE


def chat(turn: Turn, complaint: Complaint) -> Identity | None:
    """Where the customer wrote last, of the chats in which they can be written to."""
    chats = identities.of_customer(turn.session, complaint.customer_id)
    if len(chats) < 2:
        return chats[0] if chats else None
    heard = {one.id: correspondence.last_heard(turn.session, _peer(one)) or 0 for one in chats}
    return max(chats, key=lambda one: (heard[one.id], one.id or 0))


def write(turn: Turn, complaint: Complaint, make: Callable[[Turn], Outbound]) -> bool:
    """Say what `make` says in the chat where they wrote last, with a button to the complaint.

    It goes another way by itself where that chat is closed to us, at last by a call. False if they have no
    chat: then they have to be called.
    """
    found = chat(turn, complaint)
    if found is None:
        return False

    def said(their: Turn) -> Outbound:
        made = make(their)
        number = str(complaint.id)
        own = [one for one in made.choices if one.data.split(":")[1:2] == ["complaint"]]
        about = [] if own else [cards.go(their, "complaint", number, "go-complaint-number", number=number)]
        return replace(made, choices=(*made.choices, *about), critical=True)

    turn.tell([found], language(turn, complaint), said)
    return True


def language(turn: Turn, complaint: Complaint) -> str:
    """The language the customer is spoken to in."""
    known = turn.session.get_one(Customer, complaint.customer_id).language
    return texts.closest(known) or turn.company.languages[0]


def phone(turn: Turn, complaint: Complaint) -> str:
    """The number at which staff call the customer, in full only where nobody can wait; "none" without one."""
    found = turn.session.get_one(Customer, complaint.customer_id)
    if complaint.severity is Severity.S1 and complaint.status in UNSETTLED:
        return telling.number_at_once(turn, found, f"complaint:{complaint.id}")
    return telling.number_of(turn, found)


def to_call(turn: Turn, complaint: Complaint) -> list[Choice]:
    """A button that shows the number, where the card does not."""
    urgent = complaint.severity is Severity.S1 and complaint.status in UNSETTLED
    found = turn.session.get_one(Customer, complaint.customer_id)
    return [] if urgent else telling.to_call_customer(turn, found)


def window(turn: Turn, complaint: Complaint) -> str:
    """Whether and until when the customer can be written to, for staff: the chat, its end, what is left."""
    found = chat(turn, complaint)
    if found is None:
        return turn.text("case-window-none")
    where = channel(turn, found)
    limits = turn.accounts.get((found.channel, found.account), FREE)
    if not limits.counted:
        return turn.text("case-window-free", channel=where)
    budget = grants.budget(turn.session, _peer(found), turn.now)
    if budget.left == 0:
        return turn.text("case-window-closed", channel=where)
    until = "none" if budget.until is None else complaints.clock(turn, budget.until)
    return turn.text("case-window-open", channel=where, until=until, left=budget.left)


def channel(turn: Turn, where: Identity) -> str:
    """A channel as staff call it."""
    own = f"case-channel-{where.channel}"
    return turn.text(own) if turn.has(own) else where.channel


def reached(turn: Turn, complaint: Complaint, written: bool) -> str:
    """How the customer hears of it, for staff: "known", or the number to call, "none" without one."""
    return "known" if written else phone(turn, complaint)


def _peer(one: Identity) -> Peer:
    return Peer(one.channel, one.account, one.user)
