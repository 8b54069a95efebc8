"""What staff say in the room of a complaint: orders are followed, everything else is written down for them.

Nothing said there reaches the customer but by an order to say it.
"""

import re
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot import dialogue, menu, outbox, texts, words
from bot.dialogue.beginning import filling_of, last_told
from bot.flow import Turn
from bot.handling import acting, commands
from bot.messages import Content, Inbound, Noted, Outbound, Photo, Tap, Text, Unsupported, Voice
from bot.state import State
from core import identities, rooms, staff
from core.company import Company
from core.complaints import Complaint, handling
from core.correspondence import Peer
from core.errors import DomainError
from core.identities import Identity, Role, Speaker

STRANGER, WORKER, ANONYMOUS = "room-stranger", "room-worker", "room-anonymous"
"""Who has no business in a room, and what they are told once; their words are kept nowhere."""
OUTSIDERS = (STRANGER, WORKER, ANONYMOUS)
ORDERS = (
    "mine", "complaint", "replying", "noting", "passing", "planning", "remedying", "offering", "approving",
    "resolving", "asking", "nextcomplaint", "complaints",
)  # fmt: skip
"""What staff may ask for in a room, by flow or enquiry; the complaint it is about is the room's."""
GENERAL = ("nextcomplaint", "complaints")
"""Those that are about no single complaint."""
REPLY, CASE = "reply", "case"
_REST = re.compile(r"[\s:：,，]+(\S.*)", re.DOTALL)


def number_of(inbound: Inbound) -> int | None:
    """The complaint in whose room this was said; None for what was said anywhere else."""
    return rooms.complaint_of(inbound.room) if inbound.room else None


def screened(session: Session, inbound: Inbound) -> Inbound:
    """The same, without the words of somebody who has no business in the room."""
    if number_of(inbound) is None:
        return inbound
    who = _identity(session, inbound)
    if who is not None and who.staff_id is not None and staff.is_active(session, who.staff_id):
        return inbound
    kind = ANONYMOUS if not inbound.by else STRANGER if who is None or who.worker_id is None else WORKER
    return replace(inbound, content=Noted(kind))


def _identity(session: Session, inbound: Inbound) -> Identity | None:
    if not inbound.by:
        return None
    return identities.find(session, inbound.sender.channel, inbound.sender.account, inbound.by)


def is_outsider(content: Content) -> bool:
    """Whether this is all that is left of what somebody said who has no business in a room."""
    return isinstance(content, Noted) and content.kind in OUTSIDERS


def send_away(
    session: Session, company: Company, inbound: Inbound, peer: Peer, now: datetime
) -> tuple[Peer, ...]:
    """Tell them, once in a hall, how to join or that this is not for them."""
    assert isinstance(inbound.content, Noted)
    hall = rooms.hall(session, peer)
    if hall is None or not rooms.greets(session, hall, inbound.by or ANONYMOUS, now):
        return ()
    language = texts.closest(inbound.language) or company.languages[0]
    said = Outbound(texts.say(language, inbound.content.kind, company=company.name), language=language)
    outbox.post(session, peer, said, now)
    return (peer,)


def speaker(session: Session, inbound: Inbound) -> Speaker:
    """The member of staff who speaks in a room, as `screened` has let through."""
    who, sender = _identity(session, inbound), inbound.sender
    assert who is not None
    return Speaker(
        sender.channel, sender.account, sender.user, None, None, who.staff_id, Role.STAFF, None, None
    )


def take_turn(state: State, turn: Turn, room: int, replies_to: str = "") -> list[Outbound]:
    """Do what was ordered in the room of that complaint, or write down what was said: that is not answered.

    `replies_to` is the message of ours that this replies to: a question is answered by replying to it, and
    everything else is meant for colleagues, whatever form stands open.
    """
    state.case = room
    match turn.content:
        case Tap(data, label):
            turn.content = Tap(_about(data, room), label)
            return _with_hint(state, turn, dialogue.take_turn(state, turn))
        case Text(body) if (reply := _reply(body)) is not None:
            return _say(turn, room, reply)
        case Text(body) if (order := _order(turn, body)) is not None:
            turn.content = Tap(_about(order.data, room)) if isinstance(order, Tap) else order
            return _with_hint(state, turn, dialogue.take_turn(state, turn))
        case Text() | Photo() | Voice() if _is_asked(state, turn, replies_to):
            return _with_hint(state, turn, dialogue.take_turn(state, turn))
        case Text(body):
            return _note(turn, room, body)
        case Photo(media, caption):
            return _note(turn, room, caption, media)
        case Voice(media):
            return _note(turn, room, "", media)
        case Unsupported():
            return [turn.say("room-unreadable")]
    return []


def _with_hint(state: State, turn: Turn, said: list[Outbound]) -> list[Outbound]:
    """Where words are asked for: how to answer, so that nothing said to colleagues is taken for it."""
    filling = filling_of(state, turn)
    question = filling.asking() if filling else None
    if not said or question is None:
        return said
    if not question.reader.whole and any(one.kind != "way" for one in said[-1].choices):
        return said
    *before, last = said
    return [*before, replace(last, text=f"{last.text}\n{turn.text('room-reply-hint')}")]


def _about(data: str, room: int) -> str:
    """What a button or a command means here: about this complaint, where it names none."""
    kind, _, rest = data.partition(":")
    name, _, argument = rest.partition(":")
    if kind == "go" and name in ORDERS and name not in GENERAL and not argument:
        return f"go:{name}:{room}"
    return data


def _reply(body: str) -> str | None:
    """What is to be said to the customer, if a message orders that: all that stands after such a word.

    The word must stand apart, as "we answered too slowly" is for colleagues; and a number after it belongs to
    what is said, as nobody means another customer here.
    """
    said = body.strip()
    for phrase in sorted(words.raw(commands.TABLE, REPLY), key=len, reverse=True):
        rest = _REST.fullmatch(said[len(phrase) :])
        if rest is not None and said[: len(phrase)].lower() == phrase:
            return rest[1]
    return None


def _order(turn: Turn, body: str) -> Text | Tap | None:
    """What else a message orders: a command, or the whole name of something that staff can do."""
    command = commands.meant(body)
    if command is not None and command.name != REPLY:
        return Text(body)
    if command is not None and not command.rest:
        return Tap("go:replying")
    if body.strip().lower() in words.raw(commands.TABLE, CASE):
        return Tap("go:complaint")
    names = [name for name in ORDERS if menu.may(turn, name)]
    said = body.strip().removeprefix("/")
    name = words.whole(said, "alone", names) or words.whole(said, "intents", names)
    return Tap(f"go:{name}") if name is not None else None


def _say(turn: Turn, room: int, said: str) -> list[Outbound]:
    """Say it to the customer; once, and nothing stays open that could be taken for more."""
    try:
        return [acting.reply(turn, acting.case_of(turn, room), said)]
    except DomainError as no:
        return [Outbound(turn.text(no.key, **no.args_))]


def _is_asked(state: State, turn: Turn, replies_to: str) -> bool:
    """Whether this replies to the very question that stands open for them here."""
    if state.form is None or not replies_to:
        return False
    asked = last_told(turn)
    return asked is not None and asked.receipt == replies_to


def _note(turn: Turn, room: int, said: str, media: str = "") -> list[Outbound]:
    complaint = turn.session.get_one(Complaint, room)
    try:
        step = handling.note(turn.session, complaint, turn.identity.staff_id or 0, said, turn.now)
    except DomainError as no:
        return [Outbound(turn.text(no.key, **no.args_))]
    if media:
        step.detail = {"media": [media]}
    return []
