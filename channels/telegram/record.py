"""What Telegram needs to be kept beyond turns and sends: its only transactions."""

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from bot import store, telling, texts
from bot.messages import Sender
from channels import outcomes
from channels.gone import watched_transaction
from channels.keeping import Keeping
from channels.telegram.addresses import Address
from core import clock, identities, staff, topics
from core.company import Company
from core.correspondence import Peer
from core.identities import Role
from core.media import Store
from core.staff import Rank


class Record(Keeping):
    """Topics, files, chats that move, and who speaks what.

    All of it blocks: call it in a thread. Raises `Gone`.
    """

    def __init__(self, engine: Engine, store: Store, company: Company) -> None:
        super().__init__(engine, store)
        self._company = company

    def thread_of(self, to: Sender) -> int | None:
        """The thread that a topic's address stands for; None if it was not made yet."""
        at = Address.of(to.user)
        with watched_transaction(self._engine) as session:
            topic = topics.find(session, to.channel, to.account, at.chat, at.subject)
            return topic.thread if topic else None

    def subject_of(self, sender: Sender, thread: int) -> str | None:
        """What is talked about in a thread of the sender's chat, if it is a topic of ours."""
        at = Address.of(sender.user)
        with watched_transaction(self._engine) as session:
            topic = topics.about(session, sender.channel, sender.account, at.chat, thread)
            return topic.subject if topic else None

    def remember_thread(self, to: Sender, thread: int, name: str) -> None:
        """A topic was made for this address, in the place of any earlier one."""
        at = Address.of(to.user)
        with watched_transaction(self._engine) as session:
            topics.remember(session, to.channel, to.account, at.chat, at.subject, thread=thread, name=name)

    def forget_thread(self, to: Sender) -> None:
        """The thread of this address is gone."""
        at = Address.of(to.user)
        with watched_transaction(self._engine) as session:
            topics.forget(session, to.channel, to.account, at.chat, at.subject)

    def move_threads(self, to: Sender, chat: str) -> None:
        """The chat of this address has another id now."""
        at = Address.of(to.user)
        with watched_transaction(self._engine) as session:
            topics.move(session, to.channel, to.account, at.chat, to=chat)

    def move(self, peer: Peer, user: str) -> None:
        """The platform gave a chat another id: everything that belongs to it is found under that one now."""
        with watched_transaction(self._engine) as session:
            outcomes.move(session, peer, user)
            topics.move(session, *peer, to=user)

    def seat_staff(self, group: Sender, name: str) -> None:
        """The operator says that this group is the staff's: whoever speaks there speaks for them."""
        try:
            with watched_transaction(self._engine) as session:
                now, key = clock.now(), Peer(group.channel, group.account, group.user)
                store.load(session, key, now)  # its lock lets one process do it and the others wait
                known = identities.find(session, *key)
                if known is not None and known.staff_id is not None:
                    identities.speak_as(session, *key, Role.STAFF)
                    return
                language = self._company.languages[0]
                member = staff.hire(session, name=name, role=Rank.CLERK, language=language)
                assert member.id is not None
                identities.bind_staff(session, *key, member.id, now=now)
        except IntegrityError:
            return  # another process did it in the same moment

    def language(self, person: Sender) -> str | None:
        """What a person is spoken to in; None for somebody we do not know."""
        with watched_transaction(self._engine) as session:
            identity = identities.find(session, person.channel, person.account, person.user)
            if identity is None:
                return None
            return texts.closest(telling.language_of(session, identity, self._company))
