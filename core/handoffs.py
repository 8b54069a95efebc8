"""People who need a person of ours: what they wanted, why the bot gave way, who has it, and until when.

Each that is not closed is looked at again: at `look_at`, by a reminder of the kind KIND.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from core import reminders
from core.correspondence.tables import Peer
from core.database import stored
from core.errors import DomainError

KIND = "handoff"
"""The kind of reminder that looks after a hand-off; its subject is the id."""
FIRST_LOOK = timedelta(minutes=30)
"""So long after it came to be a hand-off is looked at, where whoever made it says nothing else."""
LEASE = timedelta(minutes=10)
"""How long whoever takes one has to say something, where nothing else is said."""
OWN_WISH = ("asked", "stuck", "angry", "callback", "staff", "by-request", "no-window")
"""What the reasons of those begin with that end when the customer wants no person any more."""


class Status(StrEnum):
    """Where a hand-off stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    CLOSED = "closed"


OPEN = (Status.WAITING, Status.TAKEN)
_OPEN, _WAITING = text("status IN ('waiting', 'taken')"), text("status = 'waiting'")
_TAKEN = text("status = 'taken'")

ALLOWED: Mapping[Status, frozenset[Status]] = {
    Status.WAITING: frozenset({Status.TAKEN, Status.CLOSED}),
    Status.TAKEN: frozenset({Status.WAITING, Status.TAKEN, Status.CLOSED}),
    Status.CLOSED: frozenset(),
}


class Handoff(SQLModel, table=True):
    """One request for a person. A customer has at most one that is open.

    While it is taken its conversation belongs to a member of staff, and the bot is silent.
    """

    __table_args__ = (
        CheckConstraint("(status = 'taken') = (lease_until IS NOT NULL)", name="leased"),
        CheckConstraint("status <> 'taken' OR taken_by IS NOT NULL", name="taken_by_somebody"),
        CheckConstraint("(status = 'closed') = (look_at IS NULL)", name="looked_at"),
        Index("uq_handoff_open", "customer_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_handoff_waiting", "asked_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_handoff_taken", "taken_by", sqlite_where=_TAKEN, postgresql_where=_TAKEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    topic: str
    """What it is about, as a code: `asked`, `call`, `callback`, `alarm`, `staff`, …"""
    words: str
    """What the person said, one line for each time they asked."""
    reason: str
    """Why the bot gave way, for staff; a line for each time."""
    notes: str = ""
    """What staff wrote down for each other, a line each; never for the customer."""
    status: Status = Field(default=Status.WAITING, sa_type=stored(Status))
    asked_at: datetime
    channel: str | None = None
    account: str | None = None
    user: str | None = None
    """Where the customer spoke last, so that they are answered there."""
    look_at: datetime | None = None
    """When somebody looks whether it is seen to; None once it is closed."""
    looks: int = 0
    """Counts those moments."""
    rung: int = 0
    """How often staff have been alerted since it began to wait: everybody, then leads, then managers."""
    promised_by: datetime | None = None
    """What the customer was told: by then somebody answers, or calls."""
    call_at: datetime | None = None
    """The customer wants to be called, from then on."""
    tries: int = 0
    """How often they were called in vain."""
    taken_by: int | None = Field(default=None, foreign_key="staff_member.id")
    taken_at: datetime | None = None
    left_by: int | None = Field(default=None, foreign_key="staff_member.id")
    """Who had it last, and let it go before the customer was done."""
    heard_at: datetime | None = None
    """Taken: since when the customer waits for a word; None when the last word was ours."""
    lease_until: datetime | None = None
    """Taken: until then whoever took it has to say something, or let it go."""
    nudged_at: datetime | None = None
    """Taken: when they were told that the customer waits."""
    closed_at: datetime | None = None
    outcome: str | None = None

    @property
    def peer(self) -> Peer | None:
        """The chat in which the customer spoke last."""
        if self.channel is None or self.account is None or self.user is None:
            return None
        return Peer(self.channel, self.account, self.user)

    @property
    def is_own_wish(self) -> bool:
        """Whether only the customer wanted it, so that it ends when they do not any more."""
        return all(line.partition(":")[0] in OWN_WISH for line in self.reason.split("\n"))


class HandoffGone(DomainError):
    """Somebody else took it first, or it is closed. `status` says which."""

    key = "handoff-gone"


class UnknownHandoff(DomainError):
    """There is no such hand-off."""

    key = "handoff-unknown"


def ask(
    session: Session,
    customer_id: int,
    *,
    topic: str,
    words: str,
    reason: str,
    now: datetime,
    peer: Peer | None = None,
    look_at: datetime | None = None,
) -> Handoff:
    """Ask for a person. Asking again while one is open adds the words to it and keeps its place in the queue.

    Two first requests at once raise IntegrityError in one of the turns; taken again, it adds to the other.
    """
    handoff = open_of(session, customer_id, lock=True)
    if handoff is None:
        at = look_at or now + FIRST_LOOK
        handoff = Handoff(
            customer_id=customer_id, topic=topic, words=words, reason=reason, asked_at=now, look_at=at
        )
        session.add(handoff)
        session.flush()
        look(session, handoff, at)
    else:
        handoff.words = _with_line(handoff.words, words)
        handoff.reason = _with_line(handoff.reason, reason)
        if look_at is not None:
            look_by(session, handoff, look_at)
    if peer is not None:
        handoff.channel, handoff.account, handoff.user = peer
    session.add(handoff)
    session.flush()
    return handoff


def find(session: Session, id: int, *, lock: bool = False) -> Handoff:
    """The one of that number; `lock` keeps it from changing until the turn ends. Raises UnknownHandoff."""
    found = session.get(Handoff, id, with_for_update=lock, populate_existing=lock)
    if found is None:
        raise UnknownHandoff
    return found


def open_of(session: Session, customer_id: int, *, lock: bool = False) -> Handoff | None:
    """The customer's hand-off that waits or is taken; `lock` keeps it from changing until the turn ends."""
    query = select(Handoff).where(Handoff.customer_id == customer_id, _OPEN)
    return session.exec(query.with_for_update() if lock else query).one_or_none()


def waiting(session: Session, limit: int = 50) -> list[Handoff]:
    """Those that nobody took yet, oldest first."""
    return list(
        session.exec(
            select(Handoff)
            .where(_WAITING)  # a literal, so that the partial index serves it
            .order_by(col(Handoff.asked_at), col(Handoff.id))
            .limit(limit)
        )
    )


def of_staff(session: Session, staff_id: int) -> list[Handoff]:
    """Those that a member of staff has taken, the first taken first."""
    theirs = select(Handoff).where(_TAKEN, Handoff.taken_by == staff_id)
    return list(session.exec(theirs.order_by(col(Handoff.taken_at), col(Handoff.id))))


def look(session: Session, handoff: Handoff, at: datetime) -> None:
    """Have it looked at then, whatever was to be before: what is due earlier finds nothing to do."""
    handoff.look_at, handoff.looks = at, handoff.looks + 1
    session.add(handoff)
    session.flush()
    reminders.schedule(session, KIND, str(handoff.id), at, dedupe_key=f"{KIND}:{handoff.id}:{handoff.looks}")


def look_too(session: Session, handoff: Handoff, at: datetime, *, key: str) -> None:
    """Have it looked at then besides, by a reminder of its own, whose key ends so."""
    reminders.schedule(session, KIND, str(handoff.id), at, dedupe_key=f"{KIND}:{handoff.id}:{key}")


def look_by(session: Session, handoff: Handoff, at: datetime) -> None:
    """Have it looked at then, unless it is looked at before."""
    if handoff.look_at is None or handoff.look_at > at:
        look(session, handoff, at)


def take(
    session: Session, handoff: Handoff, staff_id: int, *, lease: timedelta = LEASE, now: datetime
) -> None:
    """A member of staff answers this person from now on. Taking one's own again changes nothing.

    Raises HandoffGone when somebody else was faster or it is closed.
    """
    session.refresh(handoff)
    if handoff.status != Status.TAKEN or handoff.taken_by != staff_id:
        _move(session, handoff, Status.WAITING, Status.TAKEN, _taken(staff_id, lease, now))
        look(session, handoff, now + lease)


def pass_to(
    session: Session, handoff: Handoff, staff_id: int, *, by: int, lease: timedelta = LEASE, now: datetime
) -> None:
    """Whoever has it (`by`) gives it to a colleague. Raises HandoffGone when they have it no more."""
    mine = col(Handoff.taken_by) == by
    values = _taken(staff_id, lease, now)
    moved = session.exec(
        update(Handoff).where(col(Handoff.id) == handoff.id, _TAKEN, mine).values(values)
    ).rowcount
    session.refresh(handoff)
    if not moved:
        raise HandoffGone(status=handoff.status.value)
    look(session, handoff, now + lease)


def heard(
    session: Session, id: int, peer: Peer, *, lease: timedelta = LEASE, now: datetime
) -> Handoff | None:
    """The customer of a conversation that is taken wrote there; None if nobody has it any more.

    Until whoever has it answers, their lease runs from the first word that waits.
    """
    values = {"channel": peer.channel, "account": peer.account, "user": peer.user}
    still = (col(Handoff.id) == id, _TAKEN)
    if not session.exec(update(Handoff).where(*still).values(values)).rowcount:
        return None
    handoff = find(session, id)
    session.refresh(handoff)
    if handoff.heard_at is None:
        handoff.heard_at, handoff.lease_until = now, now + lease
        look_by(session, handoff, now + lease)
    return handoff


def said(session: Session, handoff: Handoff, *, rest: timedelta, now: datetime) -> None:
    """Whoever has it answered; they keep it for so long though nobody says anything."""
    handoff.heard_at = handoff.nudged_at = None
    handoff.lease_until = now + rest
    session.add(handoff)
    session.flush()


def nudged(session: Session, handoff: Handoff, *, until: datetime, now: datetime) -> None:
    """Whoever has it was told that the customer waits, and has until then."""
    handoff.nudged_at, handoff.lease_until = now, until
    look(session, handoff, until)


def note(session: Session, handoff: Handoff, line: str) -> None:
    """Write down something for colleagues; the customer never sees it."""
    handoff.notes = f"{handoff.notes}\n{line}".strip()
    session.add(handoff)
    session.flush()


def give_back(session: Session, handoff: Handoff, *, now: datetime) -> None:
    """Whoever took it cannot go on: it waits again, at its old place in the queue. Raises HandoffGone.

    It is looked at right away, so that somebody hears of it.
    """
    values = {**_untaken(), "left_by": handoff.taken_by}
    _move(session, handoff, Status.TAKEN, Status.WAITING, values)
    look(session, handoff, now)


def release(session: Session, staff_id: int, *, now: datetime) -> int:
    """This member of staff can answer nobody any more: all of theirs wait again; how many did."""
    theirs = of_staff(session, staff_id)
    for handoff in theirs:
        give_back(session, handoff, now=now)
    return len(theirs)


def call_back(session: Session, handoff: Handoff, at: datetime, *, by: datetime, now: datetime) -> None:
    """The customer is to be called from `at`, and knows that it will be before `by`; until then it waits.

    Raises HandoffGone.
    """
    values: dict[str, object] = {"call_at": at, "promised_by": by}
    if handoff.status is Status.TAKEN:
        _move(session, handoff, Status.TAKEN, Status.WAITING, {**_untaken(), **values})
    elif handoff.status is Status.WAITING:
        handoff.call_at, handoff.promised_by, handoff.rung = at, by, 0
    else:
        raise HandoffGone(status=handoff.status.value)
    look(session, handoff, max(at, now))


def close(session: Session, handoff: Handoff, *, outcome: str | None = None, now: datetime) -> None:
    """Settled, or no longer wanted; the bot answers again. Raises HandoffGone when it was closed before."""
    session.refresh(handoff)
    values = {"closed_at": now, "outcome": outcome, "look_at": None, "lease_until": None, "heard_at": None}
    _move(session, handoff, handoff.status, Status.CLOSED, values)
    reminders.cancel_waiting(session, KIND, str(handoff.id))


def readdress(session: Session, customer_id: int, peer: Peer, user: str) -> None:
    """The platform gave this customer another name in that chat; an open hand-off goes on there."""
    handoff = open_of(session, customer_id, lock=True)
    if handoff is not None and handoff.peer == peer:
        handoff.user = user
        session.add(handoff)
        session.flush()


def _taken(staff_id: int, lease: timedelta, now: datetime) -> Mapping[str, object]:
    since = {"taken_by": staff_id, "taken_at": now, "heard_at": now}
    return {**since, "lease_until": now + lease, "nudged_at": None}


def _untaken() -> Mapping[str, object]:
    since = {"taken_by": None, "taken_at": None, "heard_at": None}
    return {**since, "lease_until": None, "nudged_at": None, "rung": 0, "promised_by": None}


def _move(
    session: Session, handoff: Handoff, before: Status, after: Status, values: Mapping[str, object]
) -> None:
    # The condition stands in the statement itself, so that of two people at once one wins.
    here = (col(Handoff.id) == handoff.id, col(Handoff.status) == before)
    moved = 0
    if after in ALLOWED[before]:
        moved = session.exec(update(Handoff).where(*here).values({**values, "status": after})).rowcount
    session.refresh(handoff)
    if not moved:
        raise HandoffGone(status=handoff.status.value)


def with_lines(text_before: str, lines: str) -> str:
    """Words asked with before, and those of `lines` that are new."""
    for line in lines.split("\n"):
        text_before = _with_line(text_before, line)
    return text_before


def _with_line(text_before: str, line: str) -> str:
    known = text_before.split("\n")
    return text_before if not line or line in known else f"{text_before}\n{line}"
