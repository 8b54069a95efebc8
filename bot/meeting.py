"""What staff hear in the rooms of complaints, and what becomes of that when there is no room to be had."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot import cards, complaints, outbox, telling, texts
from bot.flow import Turn
from bot.handling import view
from bot.messages import Choice, Inbound, Outbound
from core import correspondence, duties, identities, rooms, staff
from core.company import Company
from core.complaints import UNSETTLED, Complaint, Status, Step, ladder, owners
from core.correspondence import Claimed, Message, Peer, Purpose
from core.identities import Identity, Role
from core.rooms import Hall, Room
from core.staff import Rank, StaffMember

LOUD = frozenset({"opened", "reopened", "raised", "called", "worse"})
"""What everybody on duty hears in their own chat while there is no room to say it in."""
LONGEST_NAME = 100
"""Characters in the name of a room."""
QUOTED = 24
"""So many characters of the customer's words stand in the name of a room."""
Told = tuple[Peer, ...]


def pass_on(turn: Turn, *, here: int | None = None) -> Told:
    """Tell other people what the turn has for them, and the rooms of every complaint that it changed.

    A room hears of a thing once. `here` is the complaint in whose room the turn was taken: what was done
    there was answered there, where everybody reads along. Who is told.
    """
    changed = [turn.session.get_one(Complaint, number) for number in rooms.touched(turn.session)]
    told: list[Peer] = []
    for complaint in changed:
        if complaint.acknowledged_at is not None or complaint.status not in UNSETTLED:
            told += _close(turn, complaint)
    told += outbox.pass_on(turn)
    for complaint in changed:
        for hall in rooms.halls(turn.session):
            told += _tell(turn, hall, complaint, knows=here == complaint.id and _is_of(turn, hall))
    return tuple(told)


def _close(turn: Turn, complaint: Complaint) -> list[Peer]:
    """Whoever was asked to take it hears that somebody has, and their buttons go; in rooms only these."""
    told: list[Peer] = []
    newest = {message.peer: message for message in rooms.asked_no_more(turn.session, complaint.id or 0)}
    for message in newest.values():
        who = identities.find(turn.session, *message.peer)
        if who is None:
            told.append(_take_off(turn, complaint, message))
        elif who.staff_id is not None and who.staff_id != complaint.owner_id:
            told += _hears(turn, complaint, message, who)
    return told


def _hears(turn: Turn, complaint: Complaint, message: Message, who: Identity) -> list[Peer]:
    """They are told, by what the turn has for them anyway if there is something about it."""
    their = replace(turn, language=telling.language_of(turn.session, who, turn.company, Role.STAFF), told=[])
    label = _taken(their, complaint)
    about = f":{complaint.id}"
    for place, (identity, said) in enumerate(turn.told):
        is_about = any(one.data.endswith(about) for one in said.choices)
        if identity.id == who.id and is_about and said.closes is None:
            turn.told[place] = (identity, replace(said, closes=message.id, chosen=label))
            return []
    said = complaints.told(their, complaint, "ladder-taken-lost", gone=True)
    outbox.post(turn.session, message.peer, replace(said, closes=message.id, chosen=label), turn.now)
    return [message.peer]


def _take_off(turn: Turn, complaint: Complaint, message: Message) -> Peer:
    """Nothing is said, as everybody reads who has it: only the buttons go."""
    label = _taken(_in_house(turn), complaint)
    content: dict[str, object] = {"choices": [], "card": None, "closes": message.id, "chosen": label}
    correspondence.post(
        turn.session,
        message.peer,
        body="",
        content=content | {"only": True},
        purpose=Purpose.NOTICE,
        now=turn.now,
    )
    return message.peer


def _taken(turn: Turn, complaint: Complaint) -> str:
    """What stands where the buttons were: who has it."""
    owner = turn.session.get(StaffMember, complaint.owner_id or 0)
    return turn.text("room-taken-label", name=owner.name if owner else turn.company.name.get(turn.language))


def _tell(turn: Turn, hall: Hall, complaint: Complaint, key: str = "", *, knows: bool = False) -> list[Peer]:
    """What is new since the room heard last, unless it `knows`; `key` says why all of it is told again."""
    assert complaint.id is not None
    their = _in_house(turn)
    name = name_of(their, complaint)
    room = rooms.find(turn.session, hall, complaint.id)
    room = room or rooms.give(turn.session, hall, complaint.id, name=name)
    rooms.change(turn.session, room, name=name, is_open=complaint.status is not Status.CLOSED)
    new = rooms.steps(turn.session, complaint.id, room.told)
    if not new:
        return []
    is_first, room.told = room.told == 0, new[-1].id or 0
    if knows:
        return []
    if hall.problem is not None or room.overheard:
        room.missed = True
        return _stand_in(turn, complaint, [one for one in new if one.what in LOUD])
    message = _whole(their, complaint, new, key) if is_first else _part(their, complaint, new)
    return [_post(turn, hall, room, message)]


def _is_of(turn: Turn, hall: Hall) -> bool:
    """Whether the turn was taken in this hall."""
    here = rooms.hall(turn.session, Peer(turn.identity.channel, turn.identity.account, turn.identity.user))
    return here is not None and here.id == hall.id


def _post(turn: Turn, hall: Hall, room: Room, message: Outbound) -> Peer:
    peer = hall.room(room.complaint_id)
    id = correspondence.post(
        turn.session,
        peer,
        body=message.text,
        content=outbox.as_json(message) | {"room": room.complaint_id},
        purpose=Purpose.NOTICE,
        now=turn.now,
    )
    outbox.asks_to_take(turn.session, id, message)
    return peer


def _whole(turn: Turn, complaint: Complaint, steps: Sequence[Step], key: str) -> Outbound:
    """The complaint as a card, with all that happened so far."""
    lines = [view.line(turn, step) for step in steps]
    head = turn.text(key or "room-opened", number=complaint.id)
    return Outbound("\n".join([head, *lines]), _choices(turn, complaint), complaints.card(turn, complaint))


def _part(turn: Turn, complaint: Complaint, steps: Sequence[Step]) -> Outbound:
    return Outbound("\n".join(view.line(turn, step) for step in steps), _choices(turn, complaint))


def _choices(turn: Turn, complaint: Complaint) -> tuple[Choice, ...]:
    """What anybody in a room may press; whether they may is seen when they do."""
    number = str(complaint.id)
    names = ["mine"] if complaint.acknowledged_at is None else ["remedying", "resolving"]
    if complaint.status not in UNSETTLED:
        names = []
    names += ["replying", "complaint"]
    return tuple(cards.go(turn, name, number, f"room-go-{name}") for name in names)


def _stand_in(turn: Turn, complaint: Complaint, steps: Sequence[Step]) -> list[Peer]:
    """Tell those on duty what they would have read in the room; the owner is told in any case."""
    if not steps:
        return []

    def make(their: Turn) -> Outbound:
        whole = _part(their, complaint, steps)
        return replace(whole, card=complaints.card(their, complaint), critical=True)

    return _privately(turn, make, complaint)


def _privately(turn: Turn, make: Callable[[Turn], Outbound], complaint: Complaint) -> list[Peer]:
    """Tell those on duty, everybody if that is nobody; but for the owner, and whoever was at the visit."""
    present = duties.present(turn.session, turn.company, turn.now)
    those = present or {one.id for one in staff.people(turn.session)}
    hidden = {complaint.owner_id, *owners.witnesses(turn.session, complaint.visit_id)}
    every = identities.of_staff(turn.session)
    return [_say_to(turn, one, make) for one in every if one.staff_id in those - hidden]


def _say_to(turn: Turn, identity: Identity, make: Callable[[Turn], Outbound]) -> Peer:
    language = telling.language_of(turn.session, identity, turn.company, Role.STAFF)
    peer = Peer(identity.channel, identity.account, identity.user)
    outbox.post(turn.session, peer, make(replace(turn, language=language, told=[])), turn.now)
    return peer


def tell_again(session: Session, company: Company, hall: Hall, complaint_id: int, now: datetime) -> Told:
    """What was said in a room is gone: say it again, as far as the history has it."""
    rooms.forget(session, hall, complaint_id)
    complaint = session.get(Complaint, complaint_id)
    if complaint is None:
        return ()
    return tuple(_tell(telling.house_turn(session, company, now), hall, complaint, "room-lost"))


def works(session: Session, company: Company, hall: Hall, now: datetime) -> Told:
    """Rooms can be had in this hall: if that is news, those above hear it and the rooms what they missed."""
    if not rooms.works(session, hall):
        return ()
    turn = telling.house_turn(session, company, now)
    told = _to_managers(turn, lambda their: their.say("room-hall-works", hall=hall.title))
    for number in rooms.unclosed(session):
        room = rooms.find(session, hall, number)
        if room is None or room.missed or not room.told:
            rooms.forget(session, hall, number)
            told += _tell(turn, hall, session.get_one(Complaint, number), "room-again")
    return tuple(told)


def fails(session: Session, company: Company, hall: Hall, why: str, now: datetime) -> Told:
    """No room can be had in this hall: those above are told once, and that each is told by themselves now."""
    if not rooms.fails(session, hall, why, now):
        return ()
    turn = telling.house_turn(session, company, now)
    return tuple(_to_managers(turn, lambda their: their.say("room-hall-fails", hall=hall.title, why=why)))


def fall_back(session: Session, company: Company, message: Claimed, *, why: str, now: datetime) -> Told:
    """Something could not be said in a room or a hall: those on duty get it in their own chats instead.

    Nothing where the message went to somebody else. The room hears all of it once it can be had again.
    """
    hall = rooms.hall(session, message.peer)
    if hall is None:
        return ()
    told = [*fails(session, company, hall, why, now)]
    number = message.content.get("room")
    complaint = session.get(Complaint, number) if number is not None else None
    if complaint is not None:
        rooms.forget(session, hall, complaint.id or 0)
        turn, said = telling.house_turn(session, company, now), outbox.outbound(message)
        told += _privately(turn, lambda _their: replace(said, critical=True), complaint)
    return tuple(told)


def keep_private(session: Session, company: Company, message: Claimed, *, left: bool, now: datetime) -> Told:
    """Somebody who was at the visit reads along in the hall: those on duty get it in their own chats instead.

    `left` is whether what was said in the room before still stands there. Nothing where the message is not
    about a complaint.
    """
    hall, number = rooms.hall(session, message.peer), message.content.get("room")
    complaint = session.get(Complaint, number) if number is not None else None
    room = rooms.find(session, hall, number) if hall and number is not None else None
    if hall is None or complaint is None or room is None:
        return ()
    rooms.overhear(session, room)
    key = "room-overheard-left" if left else "room-overheard"
    said = outbox.outbound(message)

    def make(their: Turn) -> Outbound:
        return replace(said, text=f"{said.text}\n{their.text(key, hall=hall.title)}", critical=True)

    return tuple(_privately(telling.house_turn(session, company, now), make, complaint))


def _let_speak(turn: Turn, hall: Hall, user: str) -> Told:
    """Somebody has left a hall: what was not said because of them is said now."""
    told: list[Peer] = []
    for room in rooms.overheard(turn.session, hall):
        complaint = turn.session.get_one(Complaint, room.complaint_id)
        concerned = owners.chats_of_witnesses(turn.session, complaint.visit_id, hall.channel, hall.account)
        if user in concerned and complaint.status is not Status.CLOSED:
            room.overheard = False
            rooms.forget(turn.session, hall, room.complaint_id)
            told += _tell(turn, hall, complaint, "room-again")
    return tuple(told)


def hears_of_leaving(session: Session, company: Company, inbound: Inbound, now: datetime) -> Told:
    """Somebody left a hall. What was kept from them is said there; and if they are staff, what they own moves
    on, and those above hear it: they may have left the company as well."""
    sender = inbound.sender
    hall = rooms.hall(session, Peer(sender.channel, sender.account, sender.user))
    who = identities.find(session, sender.channel, sender.account, inbound.by)
    if hall is None or who is None:
        return ()
    turn = telling.house_turn(session, company, now)
    told = _let_speak(turn, hall, inbound.by or "")
    if who.staff_id is None:
        return told
    moved = ladder.leave(session, company, who.staff_id, "left the staff's chat", now)
    name = session.get_one(StaffMember, who.staff_id).name
    said = partial(_parted, name=name, hall=hall.title, count=len(moved))
    return (*told, *_to_managers(turn, said))


def _parted(turn: Turn, *, name: str, hall: str, count: int) -> Outbound:
    return turn.say("room-parted", name=name, hall=hall, count=count)


def _to_managers(turn: Turn, make: Callable[[Turn], Outbound]) -> list[Peer]:
    """Tell every manager; where there is none who can be told, everybody."""
    every = identities.of_staff(turn.session)
    members = {one.staff_id: turn.session.get_one(StaffMember, one.staff_id) for one in every}
    people = [one for one in every if not members[one.staff_id].shared]
    managers = [one for one in people if members[one.staff_id].role is Rank.MANAGER]
    return [_say_to(turn, one, make) for one in managers or people]


def _in_house(turn: Turn) -> Turn:
    """The same turn in the language of the house, which everybody in a hall can read."""
    language = texts.closest(turn.company.languages[0]) or texts.languages()[0]
    return replace(turn, language=language, told=[])


def name_of(turn: Turn, complaint: Complaint) -> str:
    """What stands above a complaint's room: how it stands, its number, how bad, whose and what."""
    words = " ".join(complaint.words.split())
    about = words if len(words) <= QUOTED else f"{words[: QUOTED - 1]}…"
    settled = complaint.status in (Status.RESOLVED, Status.CLOSED)
    said = turn.text(
        f"room-name-{complaint.status.value if settled else complaint.severity.value}",
        number=str(complaint.id),
        severity=complaint.severity.value.upper(),
        customer=cards.customer_name(turn, complaint.customer_id),
        about=about or complaints.kind(turn, complaint),
    )
    return said[:LONGEST_NAME]
