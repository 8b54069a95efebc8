"""What Telegram needs to be kept beyond turns and sends: its only transactions."""

from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot import meeting, store, telling, texts
from bot.messages import Sender
from channels import outcomes
from channels.gone import watched_transaction
from channels.keeping import Keeping
from channels.telegram.addresses import Address, topics_of
from core import clock, identities, rooms, staff, topics
from core.company import Company
from core.complaints import Complaint, owners
from core.correspondence import Peer
from core.identities import Role
from core.media import Store
from core.rooms import Hall, Room
from core.staff import Rank


class Difference(NamedTuple):
    """What a topic lacks to be as it is `wanted`: its name, and whether it is open."""

    room_id: int
    thread: int
    wanted: tuple[str, bool]
    name: str | None
    opens: bool
    closes: bool


class Record(Keeping):
    """Topics, files, chats that move, and who speaks what.

    All of it blocks: call it in a thread. Raises `Gone`.
    """

    def __init__(self, engine: Engine, store: Store, company: Company) -> None:
        super().__init__(engine, store)
        self._company = company

    def thread_of(self, to: Sender) -> int | None:
        """The thread that a topic's address stands for; None if we know of none."""
        with watched_transaction(self._engine) as session:
            topic = topics.find(session, *_topic(to))
            return topic.thread if topic else None

    def subject_of(self, sender: Sender, thread: int) -> str | None:
        """What is talked about in a thread of the sender's chat, if it is a topic of ours."""
        at = Address.of(sender.user)
        with watched_transaction(self._engine) as session:
            topic = topics.about(session, sender.channel, sender.account, at.chat, thread)
            return topic.subject if topic else None

    def concerned(self, to: Sender) -> list[str]:
        """Who may not read what is said in this topic, as the platform knows them: they were at the visit."""
        number = rooms.complaint_of(Address.of(to.user).subject)
        with watched_transaction(self._engine) as session:
            complaint = session.get(Complaint, number) if number is not None else None
            visit_id = complaint.visit_id if complaint else None
            found = owners.chats_of_witnesses(session, visit_id, to.channel, to.account)
            return [one for one in found if one.isdecimal()]

    def abandon_thread(self, to: Sender) -> None:
        """What was said in the topic of this address was deleted, and is not to be said there again."""
        with watched_transaction(self._engine) as session:
            topics.forget(session, *_topic(to))

    def begin_thread(self, to: Sender) -> str | None:
        """A topic is about to be made for this address: its name; None while somebody else may be at it."""
        at = Address.of(to.user)
        try:
            with watched_transaction(self._engine) as session:
                room = _room(session, to)
                name = room.name if room else at.subject
                return name if topics.begin(session, *_topic(to), name=name, now=clock.now()) else None
        except IntegrityError:
            return None  # another process began in the same moment

    def give_up_thread(self, to: Sender) -> None:
        """No topic was made for this address."""
        with watched_transaction(self._engine) as session:
            topics.give_up(session, *_topic(to))

    def remember_thread(self, to: Sender, thread: int, name: str) -> None:
        """A topic was made for this address, in the place of any earlier one."""
        with watched_transaction(self._engine) as session:
            topics.remember(session, *_topic(to), thread=thread, name=name)

    def adopt_thread(self, chat: Sender, thread: int, name: str) -> None:
        """The platform tells of a topic of this name that we made; it is the one we did not hear of."""
        with watched_transaction(self._engine) as session:
            topics.adopt(session, chat.channel, chat.account, chat.user, name=name, thread=thread)

    def lose_thread(self, to: Sender) -> None:
        """The topic of this address is gone, and with it what was said there."""
        with watched_transaction(self._engine) as session:
            topics.forget(session, *_topic(to))
            hall, complaint_id = _hall(session, to), rooms.complaint_of(Address.of(to.user).subject)
            if hall is not None and complaint_id is not None:
                meeting.tell_again(session, self._company, hall, complaint_id, clock.now())

    def difference(self, to: Sender) -> Difference | None:
        """What is to be changed about a topic so that it is as wanted; None if nothing is."""
        with watched_transaction(self._engine) as session:
            room, topic = _room(session, to), topics.find(session, *_topic(to))
            if room is None or topic is None or topic.thread is None:
                return None
            assert room.id is not None
            return Difference(
                room.id,
                topic.thread,
                wanted=(room.name, room.is_open),
                name=room.name if room.name != topic.name else None,
                opens=room.is_open and topic.closed_at is not None,
                closes=not room.is_open and topic.closed_at is None,
            )

    def settled(self, to: Sender, difference: Difference) -> None:
        """The topic is now as it was wanted then."""
        name, is_open = difference.wanted
        with watched_transaction(self._engine) as session:
            closed_at = None if is_open else clock.now()
            topics.shown(session, *_topic(to), name=name, closed_at=closed_at)
            rooms.settle(session, difference.room_id, name=name, is_open=is_open)

    def unsettled(self, chat: Sender) -> list[Sender]:
        """The topics of a chat that are not yet as wanted."""
        with watched_transaction(self._engine) as session:
            hall = rooms.hall(session, Peer(*_key(chat)))
            found = rooms.unsettled(session, hall) if hall else []
            return [Sender(*hall.room(one.complaint_id)) for one in found if hall]

    def move_threads(self, to: Sender, chat: str) -> None:
        """The chat of this address has another id now."""
        at = Address.of(to.user)
        with watched_transaction(self._engine) as session:
            topics.move(session, to.channel, to.account, at.chat, to=chat)
            rooms.readdress(session, Peer(to.channel, to.account, at.chat), chat)

    def move(self, peer: Peer, user: str) -> None:
        """The platform gave a chat another id: everything that belongs to it is found under that one now."""
        with watched_transaction(self._engine) as session:
            outcomes.move(session, peer, user)
            topics.move(session, *peer, to=user)

    def seat_staff(self, group: Sender, name: str) -> None:
        """The operator says that this group is the staff's: whoever speaks there speaks for them."""
        try:
            with watched_transaction(self._engine) as session:
                now, key = clock.now(), Peer(*_key(group))
                store.load(session, key, now)  # its lock lets one process do it and the others wait
                known = identities.find(session, *key)
                if known is not None and known.staff_id is not None:
                    identities.speak_as(session, *key, Role.STAFF)
                    staff_id = known.staff_id
                else:
                    language = self._company.languages[0]
                    member = staff.hire(session, name=name, role=Rank.CLERK, language=language, shared=True)
                    assert member.id is not None
                    staff_id = member.id
                    identities.bind_staff(session, *key, staff_id, now=now)
                rooms.seat(session, key, address=topics_of(group.user), title=name, staff_id=staff_id)
        except IntegrityError:
            return  # another process did it in the same moment

    def unseat_staff(self, channel: str, account: str) -> None:
        """The operator says that no group is the staff's (any more)."""
        with watched_transaction(self._engine) as session:
            rooms.retire(session, channel, account)

    def hall_works(self, group: Sender) -> None:
        """Topics can be made in the staff's group."""
        with watched_transaction(self._engine) as session:
            if hall := _hall(session, group):
                meeting.works(session, self._company, hall, clock.now())

    def hall_fails(self, group: Sender, why: str) -> None:
        """No topics can be made in the staff's group, or nothing be said there at all."""
        with watched_transaction(self._engine) as session:
            if hall := _hall(session, group):
                meeting.fails(session, self._company, hall, why, clock.now())

    def language(self, person: Sender) -> str | None:
        """What a person is spoken to in; None for somebody we do not know."""
        with watched_transaction(self._engine) as session:
            identity = identities.find(session, person.channel, person.account, person.user)
            if identity is None:
                return None
            return texts.closest(telling.language_of(session, identity, self._company))


def _key(who: Sender) -> tuple[str, str, str]:
    return who.channel, who.account, who.user


def _topic(to: Sender) -> tuple[str, str, str, str]:
    at = Address.of(to.user)
    return to.channel, to.account, at.chat, at.subject


def _hall(session: Session, to: Sender) -> Hall | None:
    return rooms.hall(session, Peer(to.channel, to.account, Address.of(to.user).chat))


def _room(session: Session, to: Sender) -> Room | None:
    """The room that is kept in the topic of this address."""
    hall, complaint_id = _hall(session, to), rooms.complaint_of(Address.of(to.user).subject)
    return rooms.find(session, hall, complaint_id) if hall and complaint_id is not None else None
