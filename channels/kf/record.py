"""What customer service needs to be kept beyond turns and sends: its only transactions."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from bot import undelivered
from channels.gone import watched_transaction
from channels.kf import errors, msgids
from channels.kf.errors import Fate
from channels.kf.updates import CHANNEL, Read
from core import accounts, clock, correspondence, grants, mailboxes
from core.company import Company
from core.correspondence import Claimed, Peer, Purpose
from core.mailboxes import Letter, Mailbox, Page

TOKEN_LIVES = timedelta(minutes=10)
EVERY = timedelta(minutes=3)
"""How often the platform is asked when it says nothing: an event of it may have been lost."""
WHY_HELD = "why-staff-talk"


class Record:
    """The mailbox of one account, for one process, `holder`. All of it blocks. Raises `Gone`."""

    def __init__(self, engine: Engine, company: Company, account: str, holder: str) -> None:
        self._engine, self._company = engine, company
        self._key, self._holder = (CHANNEL, account), holder
        self._mark = ""

    def mark(self) -> str:
        """What tells the ids of this database's messages from those of any other."""
        if not self._mark:
            with watched_transaction(self._engine) as session:
                self._mark = mailboxes.opened(session, *self._key, clock.now()).mark
        return self._mark

    def ring(self, token: str) -> None:
        """There is something; nobody forgets it from now on."""
        now = clock.now()
        with watched_transaction(self._engine) as session:
            mailboxes.ring(session, *self._key, token, now + TOKEN_LIVES, now)

    def take(self, always: bool) -> Mailbox | None:
        """The mailbox, if there is something to do and nobody does it.

        At the start (`always`) what a process before us held is ours, where only one can be running.
        """
        seizes = always and self._engine.dialect.name == "sqlite"
        with watched_transaction(self._engine) as session:
            return mailboxes.take(
                session, *self._key, self._holder, clock.now(), every=EVERY, always=always, seize=seizes
            )

    def keep(self, box: Mailbox, page: Page) -> bool:
        """A page and the cursor behind it, both or neither; False when the mailbox is somebody else's."""
        with watched_transaction(self._engine) as session:
            return mailboxes.keep(session, box, page, clock.now())

    def hold(self, box: Mailbox) -> bool:
        """Whether the mailbox is still ours; if so it stays."""
        with watched_transaction(self._engine) as session:
            return mailboxes.hold(session, box, clock.now())

    def leave(self, box: Mailbox, is_empty: bool) -> None:
        """Let go of the mailbox; `is_empty` if everything was fetched."""
        with watched_transaction(self._engine) as session:
            mailboxes.leave(session, box, clock.now(), is_empty=is_empty)

    def waiting(self, most: int) -> Sequence[Letter]:
        """What had no turn yet."""
        with watched_transaction(self._engine) as session:
            return mailboxes.waiting(session, *self._key, most)

    def allow(self, peer: Peer, read: Read) -> None:
        """This person can be greeted by the code that came along."""
        assert read.until is not None
        with watched_transaction(self._engine) as session:
            mailboxes.allow(session, peer, read.code, read.until, clock.now())

    def code(self, peer: Peer) -> str | None:
        """The code by which this person can be greeted, once."""
        with watched_transaction(self._engine) as session:
            return mailboxes.use(session, peer, clock.now())

    def done(self, letter_id: int, read: Read | None) -> None:
        """A letter had its turn: it is removed, and in the same transaction what it tells of is acted on."""
        with watched_transaction(self._engine) as session:
            if read and read.failed:
                self._came_back(session, read)
            mailboxes.remove(session, letter_id)

    def tell_staff(self, peer: Peer, words: str) -> None:
        """Staff hear, once, that this customer does not get what we say."""
        now = clock.now()
        lost = Claimed(0, peer, words, {}, Purpose.NOTICE, 0, 0)
        with watched_transaction(self._engine) as session:
            undelivered.needs_call(session, self._company, lost, why=WHY_HELD, now=now)

    def _came_back(self, session: Session, read: Read) -> None:
        """The platform took a message and did not deliver it."""
        assert read.failed is not None
        now, peer, (fate, words) = clock.now(), read.peer, errors.failure(read.failed.why)
        box = mailboxes.opened(session, *self._key, now)
        row = msgids.row(box.mark, read.failed.msgid)
        lost = correspondence.came_back(session, peer, row, f"msg_send_fail: {words}") if row else None
        if fate is Fate.BROKEN:
            accounts.failed(session, *self._key, words, for_good=True, now=now)
        if lost is None:
            return
        if fate is Fate.LOST:
            undelivered.lose(session, self._company, lost, why=words, now=now)
        elif fate is not Fate.NEVER:
            grants.void(session, peer, earned_before=read.inbound.at)
            again = correspondence.post(
                session, peer, body=lost.body, content=lost.content, purpose=lost.purpose, now=now
            )
            correspondence.hold(session, again, "wait:came-back")
            if lost.content.get("critical"):
                undelivered.needs_call(session, self._company, lost, why="why-counted", now=now)
