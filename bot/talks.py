"""Staff and customers who talk with each other through us, while the bot is silent."""

from dataclasses import replace
from datetime import timedelta

from bot import cards, handing_over, store, telling, words
from bot.enquiries import about_messages
from bot.flow import Turn
from bot.handing_over import member, name_of
from bot.messages import (
    Arrived,
    Card,
    Choice,
    Consented,
    Contact,
    Content,
    Outbound,
    Photo,
    Place,
    Proven,
    Tap,
    Text,
    Unsupported,
    Voice,
)
from bot.readers import complaints as complaints_read
from core import complaints, correspondence, grants, handoffs, identities, visits, ways
from core.correspondence import Direction, Message, Peer
from core.customers import Customer
from core.handoffs import Handoff
from core.identities import Identity, Role
from core.ways import FREE, Direct, News

RECENT = 6
"""So many of the last words of both sides are shown to whoever takes a conversation."""
LONGEST_LINE = 80
SERVING = "serving"
"""The flow in which staff write to a customer."""


def heard(turn: Turn) -> bool:
    """Pass what a customer did on to whoever of ours talks with them; False where nobody does, or it is for
    the bot alone."""
    who = turn.identity
    if not isinstance(who, identities.Speaker) or who.role is not Role.CUSTOMER or who.served_by is None:
        return False
    if _is_for_the_bot(turn.content):
        return False
    peer = Peer(who.channel, who.account, who.user)
    lease = timedelta(minutes=turn.company.policies.handoff_lease_minutes)
    handoff = handoffs.heard(turn.session, who.handoff_id or 0, peer, lease=lease, now=turn.now)
    if handoff is None:
        return False  # given back in this very moment
    if said := told(turn, turn.content):
        _pass_on(turn, handoff, _key(turn.content), said)
    return True


def _key(content: Content) -> str:
    if is_danger(content):
        return "talk-danger"
    return "talk-wish" if about_messages.wish(content) else "talk-heard"


def is_for_both(content: Content) -> bool:
    """Whether the bot acts on it whoever talks: words of danger, and what they want us to send no more."""
    return is_danger(content) or about_messages.wish(content) is not None


def is_danger(content: Content) -> bool:
    """Whether it holds words of danger, which the bot hears whoever talks."""
    return isinstance(content, Text) and complaints_read.danger(content.body) is not None


def _is_for_the_bot(content: Content) -> bool:
    """Proofs of who they are, links that want something, and the way back to the bot."""
    match content:
        case Proven():
            return True
        case Arrived(start):
            return bool(start)
        case Text(body):
            return words.whole(body, "handoff", {"robot"}) is not None
        case Tap(data):
            return data == "go:robot"
    return False


def told(turn: Turn, content: Content) -> str:
    """What somebody did, in words for the other side; "" for what says nothing."""
    match content:
        case Text(body):
            return body.strip()
        case Photo(_, caption):
            return turn.text("talk-photo", words=caption or "none")
        case Voice():
            return turn.text("talk-voice")
        case Place(latitude, longitude, label):
            place = turn.text("relay-place", latitude=f"{latitude:.5f}", longitude=f"{longitude:.5f}")
            return f"{label} {place}".strip()
        case Contact(phone, name):
            return f"{name} {phone}".strip()
        case Tap(_, label):
            return turn.text("talk-tap", label=label or "none")
        case Consented() | Arrived():
            return ""
        case Unsupported():
            return turn.text("talk-other")
    return ""


def _pass_on(turn: Turn, handoff: Handoff, key: str, said: str) -> None:
    """Tell whoever has it, with the way to answer where their chat is not open for that just now."""
    assert handoff.taken_by is not None
    for chat in identities.of_member(turn.session, handoff.taken_by):
        open_here = _is_open_in(turn, chat, handoff)

        def make(their: Turn, *, answers: bool = open_here) -> Outbound:
            number = str(handoff.id)
            choices = [] if answers else [cards.go(their, SERVING, number, who=name_of(their, handoff))]
            return their.say(key, name=name_of(their, handoff), words=said, choices=choices)

        handing_over.tell(turn, [chat], make)


def _is_open_in(turn: Turn, chat: Identity, handoff: Handoff) -> bool:
    """Whether what is typed in that chat goes to this customer now."""
    form = store.peek(turn.session, Peer(chat.channel, chat.account, chat.user)).get("form") or {}
    answers = form.get("answers", {})
    return form.get("flow") == SERVING and answers.get("handoff") == handoff.id


def say(turn: Turn, handoff: Handoff, line: str) -> Outbound:
    """Say something to the customer for a member of staff; what staff hear of how it goes."""
    who = member(turn, turn.identity.staff_id)

    def make(their: Turn) -> Outbound:
        said = their.say("talk-said", member=who, words=line)
        return replace(said, critical=True, said_by=turn.identity.staff_id)

    chat = handing_over.tell_customer(turn, handoff, make)
    rest = timedelta(minutes=turn.company.policies.handoff_rest_minutes)
    handoffs.said(turn.session, handoff, rest=rest, now=turn.now)
    number = str(handoff.id)
    choices = [cards.go(turn, "handback", number), *waiting_elsewhere(turn, handoff)]
    key = "talk-sent" if chat and _goes_now(turn, chat[0]) else "talk-held" if chat else "talk-nowhere"
    customer = turn.session.get_one(Customer, handoff.customer_id)
    call = [] if chat else telling.to_call_customer(turn, customer)
    phone = telling.number_of(turn, customer)
    return turn.say(key, name=name_of(turn, handoff), phone=phone, choices=[*call, *choices])


def _goes_now(turn: Turn, chat: Identity) -> bool:
    peer = Peer(chat.channel, chat.account, chat.user)
    way = ways.choose(turn.session, News(peer, critical=True), turn.accounts, turn.now)
    return isinstance(way, Direct)


def waiting_elsewhere(turn: Turn, handoff: Handoff) -> list[Choice]:
    """The others who wait for an answer of this member of staff, as buttons to switch to them."""
    mine = handoffs.of_staff(turn.session, turn.identity.staff_id or 0)
    others = [one for one in mine if one.id != handoff.id and one.heard_at is not None]
    return [cards.go(turn, SERVING, str(one.id), who=name_of(turn, one)) for one in others[:2]]


def recap(turn: Turn, handoff: Handoff) -> Card:
    """Everything that whoever goes on with a customer must know, in one screen."""
    customer = turn.session.get_one(Customer, handoff.customer_id)
    ahead = visits.upcoming(turn.session, handoff.customer_id, turn.now)[:2]
    cases = complaints.unsettled(turn.session, handoff.customer_id)[:3]
    lines = [
        (turn.text("talk-card-why"), handing_over.why(turn, handoff)),
        (turn.text("talk-card-wants"), handing_over.quoted(turn, handoff.words)),
        *_form(turn, handoff),
        *((turn.text("talk-card-ahead"), f"{one.reference} {cards.visit_line(turn, one)}") for one in ahead),
        *((turn.text("talk-card-complaint"), turn.text("talk-complaint", number=one.id)) for one in cases),
        *([(turn.text("talk-card-phone"), telling.number_of(turn, customer))] if customer.phone else []),
        *(
            [(turn.text("talk-card-notes"), handing_over.quoted(turn, handoff.notes))]
            if handoff.notes
            else []
        ),
        (turn.text("talk-card-window"), window(turn, handoff)),
        *_recent(turn, handoff),
    ]
    return Card(name_of(turn, handoff), tuple(lines))


def _form(turn: Turn, handoff: Handoff) -> list[tuple[str, str]]:
    """What the customer was filling in, and how far they came."""
    if handoff.peer is None:
        return []
    form = store.peek(turn.session, handoff.peer).get("form") or {}
    flow, answers = form.get("flow"), form.get("answers", {})
    if not flow:
        return []
    named = f"go-{flow}"
    what = turn.text(named) if turn.has(named) else flow
    said = [_answer(turn, flow, name, value) for name, value in answers.items()]
    shown = turn.text("list-mark").join(one for one in said if one)
    return [(turn.text("talk-card-form"), turn.text("talk-form", what=what, said=shown or "none"))]


def _answer(turn: Turn, flow: str, name: str, value: object) -> str:
    """One answer as staff can read it; "" for what says nothing by itself."""
    key = f"{flow}-{name}-label"
    if value in (None, "", "none", [], True, False) or isinstance(value, dict) or not turn.has(key):
        return ""
    said = value
    if name == "service":
        said = turn.company.service(str(value)).name.get(turn.language)
    elif isinstance(value, list):
        said = len(value)
    elif name in ("address", "worker", "family"):
        return ""
    return turn.text("change-line", label=turn.text(key), value=str(said))


def window(turn: Turn, handoff: Handoff) -> str:
    """How much may still be said in the customer's chat, and until when."""
    chat = handing_over.chat_of(turn, handoff)
    if not chat:
        return turn.text("talk-window-nowhere")
    peer = Peer(chat[0].channel, chat[0].account, chat[0].user)
    if not turn.accounts.get(peer[:2], FREE).counted:
        return turn.text("talk-window-open", channel=turn.text(f"channel-{peer.channel}"))
    budget = grants.budget(turn.session, peer, turn.now)
    until = handing_over.moment(turn, budget.until) if budget.until else "none"
    key = "talk-window-left" if budget.left else "talk-window-closed"
    return turn.text(key, channel=turn.text(f"channel-{peer.channel}"), left=budget.left, until=until)


def _recent(turn: Turn, handoff: Handoff) -> list[tuple[str, str]]:
    if handoff.peer is None:
        return []
    said = correspondence.talk(turn.session, handoff.peer, limit=RECENT)
    return [(_who(turn, one), _line(turn, one)) for one in said]


def _who(turn: Turn, message: Message) -> str:
    key = "talk-from-customer" if message.direction is Direction.IN else "talk-from-us"
    return turn.text(key, at=message.created_at.astimezone(turn.company.zone).time())


def _line(turn: Turn, message: Message) -> str:
    kept = {"photo": "talk-photo", "tap": "talk-tap"}.get(message.kind)
    if kept is not None:
        return turn.text(kept, words=message.body or "none", label=message.body or "none")
    if message.kind == "voice":
        return turn.text("talk-voice")
    line = " ".join(message.body.split()) or turn.text("talk-other")
    return line[:LONGEST_LINE] + "…" if len(line) > LONGEST_LINE else line
