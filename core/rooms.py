"""Where staff see a complaint together: in each chat that they share it has a room of its own.

What a room should be is written here; the channel makes it so, and `core.topics` keeps how it is.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, event, text
from sqlalchemy.orm import object_session
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Field, Session, SQLModel, col, select

from core.complaints import Complaint, Step
from core.correspondence import Message, Peer

_PREFIX = "complaint-"
_TOUCHED = "complaints touched"
_UNSETTLED = text("settled = false")
_OVERHEARD = text("overheard = true")


class Hall(SQLModel, table=True):
    """A chat that staff share, in which complaints can be given rooms."""

    __table_args__ = (UniqueConstraint("channel", "account", "chat"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    account: str
    chat: str
    address: str
    """Where a room in it is written to, with `{subject}` in the place of what the room is about."""
    title: str
    staff_id: int = Field(foreign_key="staff_member.id")
    """Whom the chat speaks for as a whole: nobody of flesh and blood."""
    is_used: bool = True
    """Whether it is the staff's chat now; another may have been set since."""
    problem: str | None = None
    """Why no room can be had in it now, for staff."""
    problem_since: datetime | None = None

    def room(self, complaint_id: int) -> Peer:
        """Where the room of a complaint is written to."""
        return Peer(self.channel, self.account, self.address.replace("{subject}", subject(complaint_id)))


class Room(SQLModel, table=True):
    """The room of one complaint in one hall, as it should be."""

    __table_args__ = (
        UniqueConstraint("complaint_id", "hall_id"),
        Index("ix_room_unsettled", "hall_id", sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED),
        Index("ix_room_overheard", "hall_id", sqlite_where=_OVERHEARD, postgresql_where=_OVERHEARD),
    )

    id: int | None = Field(default=None, primary_key=True)
    complaint_id: int = Field(foreign_key="complaint.id")
    hall_id: int = Field(foreign_key="hall.id", index=True)
    name: str
    """What people see above it."""
    is_open: bool = True
    settled: bool = True
    """Whether the channel has nothing to change about its name and whether it is open."""
    told: int = 0
    """The step up to which its history has been told, there or otherwise..."""
    missed: bool = False
    """... and whether some of that was told otherwise, because there was no room to be had."""
    overheard: bool = False
    """Whether somebody who was at the visit reads along in the hall, so that nothing is said there."""


class Guest(SQLModel, table=True):
    """Somebody in a hall whom we do not know as staff, and that we have told them so."""

    hall_id: int = Field(foreign_key="hall.id", primary_key=True)
    user: str = Field(primary_key=True)
    """As the platform knows them."""
    told_at: datetime


class Asked(SQLModel, table=True):
    """A message on somebody's screen by which they may take a complaint that nobody has taken yet."""

    __tablename__ = "complaint_asked"

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    complaint_id: int = Field(foreign_key="complaint.id", index=True)


@event.listens_for(Step, "after_insert")
def _touched(_mapper: Any, _connection: Any, step: Step) -> None:  # Any: what the event brings along
    # Heard here, so that whoever writes history need not think of rooms, and no room misses any of it.
    if (session := object_session(step)) is not None:
        session.info.setdefault(_TOUCHED, set()).add(step.complaint_id)


def touched(session: Session) -> list[int]:
    """The complaints whose history this session wrote, by number; asked again, those since then."""
    found: set[int] = session.info.pop(_TOUCHED, set())
    return sorted(found)


def subject(complaint_id: int) -> str:
    """What the room of a complaint is about, as addresses name it."""
    return f"{_PREFIX}{complaint_id}"


def complaint_of(subject: str) -> int | None:
    """The complaint that a subject names, if it names one."""
    number = subject.removeprefix(_PREFIX)
    is_one = subject.startswith(_PREFIX) and number.isascii() and number.isdecimal()
    return int(number) if is_one else None


def seat(session: Session, chat: Peer, *, address: str, title: str, staff_id: int) -> Hall:
    """This chat is the staff's, and no other of the account any more."""
    hall = _find(session, chat) or Hall(
        channel=chat.channel,
        account=chat.account,
        chat=chat.user,
        address=address,
        title=title,
        staff_id=staff_id,
    )
    hall.address, hall.title, hall.staff_id = address, title, staff_id
    hall.is_used = True
    session.add(hall)
    retire(session, chat.channel, chat.account, but=chat.user)
    session.flush()
    return hall


def retire(session: Session, channel: str, account: str, *, but: str = "") -> None:
    """The account has no hall (any more), but for this chat."""
    of_account = (Hall.channel == channel, Hall.account == account)
    for hall in session.exec(select(Hall).where(*of_account, Hall.chat != but, col(Hall.is_used))):
        hall.is_used = False
        session.add(hall)


def halls(session: Session) -> list[Hall]:
    """The chats that staff share now."""
    return list(session.exec(select(Hall).where(col(Hall.is_used)).order_by(col(Hall.id))))


def hall(session: Session, chat: Peer) -> Hall | None:
    """The hall that this chat is, or of which this is a room."""
    found = _find(session, chat)
    if found is None:
        for one in halls(session):
            before, _, _ = one.address.partition("{")
            if one.channel == chat.channel and one.account == chat.account and chat.user.startswith(before):
                return one
    return found if found is not None and found.is_used else None


def fails(session: Session, hall: Hall, why: str, now: datetime) -> bool:
    """No room can be had there; whether that is news."""
    is_news = hall.problem is None
    hall.problem, hall.problem_since = why, hall.problem_since or now
    session.add(hall)
    return is_news


def works(session: Session, hall: Hall) -> bool:
    """Rooms can be had there; whether that is news."""
    is_news = hall.problem is not None
    hall.problem = hall.problem_since = None
    session.add(hall)
    return is_news


def find(session: Session, hall: Hall, complaint_id: int) -> Room | None:
    """The room of a complaint in a hall."""
    here = (Room.complaint_id == complaint_id, Room.hall_id == hall.id)
    return session.exec(select(Room).where(*here)).one_or_none()


def give(session: Session, hall: Hall, complaint_id: int, *, name: str) -> Room:
    """A new room, in which nothing has been said. Two at once raise IntegrityError in one of the turns."""
    assert hall.id is not None
    room = Room(complaint_id=complaint_id, hall_id=hall.id, name=name)
    session.add(room)
    session.flush()
    return room


def change(session: Session, room: Room, *, name: str, is_open: bool) -> None:
    """What it should be called, and whether it should be open."""
    if (room.name, room.is_open) != (name, is_open):
        room.name, room.is_open = name, is_open
        _unsettle(session, room)


def _unsettle(session: Session, room: Room) -> None:
    """Written also where it stood so: the channel may just be writing that the former wish is done."""
    room.settled = False
    flag_modified(room, "settled")
    session.add(room)


def unsettled(session: Session, hall: Hall, limit: int = 20) -> list[Room]:
    """Rooms of the hall that are not yet as they should be."""
    wanted = select(Room).where(_UNSETTLED, Room.hall_id == hall.id).order_by(col(Room.id))
    return list(session.exec(wanted.limit(limit)))


def settle(session: Session, room_id: int, *, name: str, is_open: bool) -> None:
    """The channel made it so; if something else is wanted meanwhile, that is still to be done."""
    room = session.get(Room, room_id, with_for_update=True)
    if room is not None and (room.name, room.is_open) == (name, is_open):
        room.settled = True
        session.add(room)


def forget(session: Session, hall: Hall, complaint_id: int) -> None:
    """Everything that was said in the room is gone: its history has to be told again."""
    if (room := find(session, hall, complaint_id)) is not None:
        room.told, room.missed = 0, False
        _unsettle(session, room)


def overhear(session: Session, room: Room) -> None:
    """Somebody who was at the visit reads along: nothing is said in the room, and what was is gone."""
    room.overheard, room.told, room.missed = True, 0, True
    session.add(room)


def overheard(session: Session, hall: Hall) -> list[Room]:
    """The rooms of a hall in which nothing is said because of who reads along there."""
    wanted = select(Room).where(_OVERHEARD, Room.hall_id == hall.id).order_by(col(Room.id))
    return list(session.exec(wanted))


def unclosed(session: Session, limit: int = 100) -> list[int]:
    """The complaints that are not closed, by number."""
    wanted = select(Complaint.id).where(text("status <> 'closed'")).order_by(col(Complaint.id))
    return [one or 0 for one in session.exec(wanted.limit(limit))]


def steps(session: Session, complaint_id: int, after: int) -> list[Step]:
    """The history of a complaint since that step."""
    wanted = select(Step).where(Step.complaint_id == complaint_id, col(Step.id) > after)
    return list(session.exec(wanted.order_by(col(Step.id))))


def ask(session: Session, message_id: int, complaint_id: int) -> None:
    """This message asks somebody to take a complaint, until somebody has."""
    session.add(Asked(message_id=message_id, complaint_id=complaint_id))


def asked_no_more(session: Session, complaint_id: int) -> list[Message]:
    """The messages by which a complaint could have been taken until now, the oldest first; once."""
    theirs = list(session.exec(select(Asked).where(Asked.complaint_id == complaint_id)))
    ids = [one.message_id for one in theirs]
    for one in theirs:
        session.delete(one)
    if not ids:
        return []
    return list(session.exec(select(Message).where(col(Message.id).in_(ids)).order_by(col(Message.id))))


def roomy(session: Session) -> frozenset[int]:
    """The members of staff who are chats in which complaints have rooms: they read it there."""
    return frozenset(one.staff_id for one in halls(session) if one.problem is None)


def greets(session: Session, hall: Hall, user: str, now: datetime) -> bool:
    """Whether this stranger is to be told now that we do not know them; once for each hall."""
    assert hall.id is not None
    if session.get(Guest, (hall.id, user)) is not None:
        return False
    session.add(Guest(hall_id=hall.id, user=user, told_at=now))
    session.flush()
    return True


def readdress(session: Session, chat: Peer, user: str) -> None:
    """The platform gave the chat another id; a hall that is kept under that one already gives way."""
    moved = _find(session, chat)
    if moved is None:
        return
    if (there := _find(session, chat._replace(user=user))) is not None:
        there.chat, there.is_used = f"{user} (former)", False
        session.add(there)
        session.flush()
    moved.address = moved.address.replace(moved.chat, user)
    moved.chat = user
    session.add(moved)
    session.flush()


def _find(session: Session, chat: Peer) -> Hall | None:
    of_chat = (Hall.channel == chat.channel, Hall.account == chat.account, Hall.chat == chat.user)
    return session.exec(select(Hall).where(*of_chat)).one_or_none()
