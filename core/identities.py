"""Who is behind an account on a channel: a customer, a worker, a member of staff, or more than one of them.

An account speaks as one of them at a time; what is told to another of them reaches it all the same.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import CheckConstraint, UniqueConstraint, and_, bindparam, column, table, text
from sqlalchemy import select as columns
from sqlmodel import Field, Session, SQLModel, col, select

from core import customers, handoffs, staff
from core.customers import Customer
from core.database import stored
from core.errors import DomainError
from core.handoffs import Handoff
from core.prepared import Prepared


class Role(StrEnum):
    """What a person is to the company."""

    CUSTOMER = "customer"
    WORKER = "worker"
    STAFF = "staff"


class NotTheirRole(DomainError):
    """This account has never been bound to anybody who is that to the company, or is so no more."""

    key = "role-not-yours"


class Identity(SQLModel, table=True):
    """One account on one channel, and the person behind it, who may be several things to the company.

    A person may have several accounts.
    """

    __table_args__ = (
        UniqueConstraint("channel", "account", "user"),
        CheckConstraint(
            "CASE speaks_as WHEN 'customer' THEN customer_id WHEN 'worker' THEN worker_id"
            " ELSE staff_id END IS NOT NULL",
            name="speaks_as_who_they_are",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    account: str
    user: str
    customer_id: int | None = Field(default=None, foreign_key="customer.id", index=True)
    worker_id: int | None = Field(default=None, foreign_key="worker.id", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id", index=True)
    speaks_as: Role = Field(sa_type=stored(Role))
    """Which of them is speaking, until the person switches."""
    created_at: datetime
    unreachable_at: datetime | None = None
    """Since when this account cannot be written to: blocked us, left, was deleted."""

    @property
    def role(self) -> Role:
        """What the person speaks as just now."""
        return self.speaks_as

    @property
    def roles(self) -> tuple[Role, ...]:
        """Everything that the person is to the company, in the order of `Role`."""
        return _roles(self)


class Speaker(NamedTuple):
    """An account that somebody is talking from, and who that is."""

    channel: str
    account: str
    user: str
    customer_id: int | None
    worker_id: int | None
    staff_id: int | None
    speaks_as: Role
    unreachable_at: datetime | None
    language: str | None
    """What they are spoken to in as a customer; None for who is none."""
    handoff_id: int | None = None
    """The open hand-off of who is a customer."""
    served_by: int | None = None
    """Who on the staff has taken it; then the bot is silent."""
    zone: str | None = None
    """By which clock they live as a customer, where they said so."""

    @property
    def role(self) -> Role:
        """What the person speaks as just now."""
        return self.speaks_as

    @property
    def roles(self) -> tuple[Role, ...]:
        """Everything that the person is to the company, in the order of `Role`."""
        return _roles(self)


def _roles(who: "Identity | Speaker") -> tuple[Role, ...]:
    ids = {Role.CUSTOMER: who.customer_id, Role.WORKER: who.worker_id, Role.STAFF: who.staff_id}
    return tuple(role for role, id in ids.items() if id is not None)


_with_key = and_(
    col(Identity.channel) == bindparam("of_channel"),
    col(Identity.account) == bindparam("of_account"),
    col(Identity.user) == bindparam("of_user"),
)
_BY_KEY = select(Identity).where(_with_key)
_their_handoff = and_(  # as in the partial index, so that it serves
    col(Handoff.customer_id) == col(Identity.customer_id), text("handoff.status IN ('waiting', 'taken')")
)
_wish = table("message_wish", column("customer_id"), column("zone"))  # `core.decency` builds on this
_SPEAKER = Prepared(
    columns(
        *(col(getattr(Identity, name)) for name in Speaker._fields[:-4]),
        col(Customer.language),
        col(Handoff.id),
        col(Handoff.taken_by),
        _wish.c.zone,
    )
    .outerjoin(Customer, col(Identity.customer_id) == col(Customer.id))
    .outerjoin(Handoff, _their_handoff)
    .outerjoin(_wish, col(Identity.customer_id) == _wish.c.customer_id)
    .where(_with_key)
)


_OF_CUSTOMER, _OF_WORKER = (
    select(Identity)
    .where(person == bindparam("person"), col(Identity.unreachable_at).is_(None))
    .order_by(col(Identity.id).desc())
    for person in (col(Identity.customer_id), col(Identity.worker_id))
)


def behind(
    session: Session, channel: str, account: str, user: str, *, language: str, now: datetime
) -> Identity:
    """Who is talking, as `speaker` tells, to be changed."""
    speaker(session, channel, account, user, language=language, now=now)
    identity = find(session, channel, account, user)
    assert identity is not None
    return identity


def speaker(
    session: Session, channel: str, account: str, user: str, *, language: str, now: datetime
) -> Speaker:
    """Who is talking. At first sight, a new customer who speaks `language`.

    Somebody who writes can be written to, so a mark as unreachable is taken away. When two first
    messages of one person arrive at once, the unique key lets one of them make the customer and the
    other raises IntegrityError: take that whole turn again, and it finds the customer of the first.
    """
    row = _SPEAKER.first(session, _key(channel, account, user))
    if row is None:
        customer = customers.greet(session, language=language, now=now)
        # Never one that came to be meanwhile: the unique key has to refuse the second of two.
        made = Identity(
            channel=channel,
            account=account,
            user=user,
            customer_id=customer.id,
            speaks_as=Role.CUSTOMER,
            created_at=now,
        )
        _add(session, made)
        return Speaker(
            channel, account, user, customer.id, None, None, Role.CUSTOMER, None, customer.language
        )
    found = Speaker(*row)
    if found.unreachable_at is not None and (lost := find(session, channel, account, user)) is not None:
        regain(session, lost)
    return found


def find(session: Session, channel: str, account: str, user: str) -> Identity | None:
    """The identity of this account, if it was ever seen or bound."""
    return session.execute(_BY_KEY, _key(channel, account, user)).scalar_one_or_none()


def bind_worker(
    session: Session, channel: str, account: str, user: str, worker_id: int, *, now: datetime
) -> Identity:
    """This account speaks for a worker, and as them from now on; what else it spoke for, it still does."""
    identity = _account(session, channel, account, user, Role.WORKER, now)
    identity.worker_id = worker_id
    return _add(session, identity)


def bind_staff(
    session: Session, channel: str, account: str, user: str, staff_id: int, *, now: datetime
) -> Identity:
    """This account speaks for a member of staff, as `bind_worker` for a worker."""
    identity = _account(session, channel, account, user, Role.STAFF, now)
    identity.staff_id = staff_id
    return _add(session, identity)


def bind_customer(
    session: Session, channel: str, account: str, user: str, customer_id: int, *, now: datetime
) -> Identity:
    """This account speaks for a customer, as `bind_worker` for a worker."""
    identity = _account(session, channel, account, user, Role.CUSTOMER, now)
    identity.customer_id = customer_id
    return _add(session, identity)


def speak_as(session: Session, channel: str, account: str, user: str, role: Role) -> Identity:
    """From now on this account speaks as that. Raises NotTheirRole."""
    identity = find(session, channel, account, user)
    if identity is None or role not in identity.roles:
        raise NotTheirRole
    identity.speaks_as = role
    return _add(session, identity)


def release_worker(session: Session, worker_id: int, *, language: str, now: datetime) -> int:
    """No account speaks for this worker any more; how many did. One that was nobody else becomes a new
    customer's, who speaks `language`, so that whoever is behind it is still heard."""
    theirs = list(session.exec(select(Identity).where(Identity.worker_id == worker_id).with_for_update()))
    for identity in theirs:
        _keep_one_more(session, identity, language, now)
        identity.worker_id = None
        _speak_as_what_is_left(session, identity)
    return len(theirs)


def release_staff(session: Session, staff_id: int, *, language: str, now: datetime) -> int:
    """No account speaks for this member of staff any more, as `release_worker` for a worker.

    Whoever they were talking with waits for somebody else.
    """
    handoffs.release(session, staff_id, now=now)
    theirs = list(session.exec(select(Identity).where(Identity.staff_id == staff_id).with_for_update()))
    for identity in theirs:
        _keep_one_more(session, identity, language, now)
        identity.staff_id = None
        _speak_as_what_is_left(session, identity)
    return len(theirs)


def of_customer(session: Session, customer_id: int) -> list[Identity]:
    """Where a customer can be written to, latest account first."""
    return list(session.execute(_OF_CUSTOMER, {"person": customer_id}).scalars())


def every_of_customer(session: Session, customer_id: int) -> list[Identity]:
    """Every account of a customer, latest first, whether or not they can be written to there."""
    theirs = select(Identity).where(Identity.customer_id == customer_id)
    return list(session.exec(theirs.order_by(col(Identity.id).desc())))


def last_of_customer(session: Session, customer_id: int) -> Identity | None:
    """The account a customer came by last, whether or not they can be written to there."""
    theirs = select(Identity).where(Identity.customer_id == customer_id)
    return session.exec(theirs.order_by(col(Identity.id).desc()).limit(1)).first()


def has_account(session: Session, customer_id: int, channel: str, account: str) -> bool:
    """Whether a customer was ever seen at this account of ours, whether or not they can be written to."""
    theirs = (Identity.customer_id == customer_id, Identity.channel == channel, Identity.account == account)
    return session.exec(select(Identity.id).where(*theirs).limit(1)).first() is not None


def of_worker(session: Session, worker_id: int) -> list[Identity]:
    """Where a worker can be written to, latest account first."""
    return list(session.execute(_OF_WORKER, {"person": worker_id}).scalars())


def of_member(session: Session, staff_id: int) -> list[Identity]:
    """Where one member of staff can be written to, in the order the accounts were bound."""
    theirs = select(Identity).where(Identity.staff_id == staff_id, col(Identity.unreachable_at).is_(None))
    return list(session.exec(theirs.order_by(col(Identity.id))))


def of_staff(session: Session) -> list[Identity]:
    """Where every active member of staff can be written to, in the order the accounts were bound."""
    # Not joined: a database may go through every identity there is, because that is the order asked for.
    ids = [member.id for member in staff.on_duty(session)]
    return list(
        session.exec(
            select(Identity)
            .where(col(Identity.staff_id).in_(ids), col(Identity.unreachable_at).is_(None))
            .order_by(col(Identity.id))
        )
    )


def lose(session: Session, identity: Identity, *, now: datetime) -> None:
    """The channel says that this account cannot be written to. The next word from it ends that.

    When it was the last of a member of staff, whoever they were talking with waits for somebody else.
    """
    identity.unreachable_at = identity.unreachable_at or now
    session.add(identity)
    session.flush()
    if identity.staff_id is not None and not of_member(session, identity.staff_id):
        handoffs.release(session, identity.staff_id, now=now)


def regain(session: Session, identity: Identity) -> None:
    """The channel says that this account can be written to again."""
    identity.unreachable_at = None
    session.add(identity)


def readdress(session: Session, channel: str, account: str, user: str, now_user: str) -> None:
    """The platform gave this account another name; whoever had that name before gives way."""
    moved, there = find(session, channel, account, user), find(session, channel, account, now_user)
    if moved is not None and there is not moved:
        if there is not None:
            session.delete(there)
            session.flush()
        moved.user = now_user
        _add(session, moved)


def _key(channel: str, account: str, user: str) -> dict[str, str]:
    return {"of_channel": channel, "of_account": account, "of_user": user}


def _account(session: Session, channel: str, account: str, user: str, role: Role, now: datetime) -> Identity:
    """The account, seen before or not, speaking as that; whoever it is as that is up to the caller."""
    found = find(session, channel, account, user)
    if found is None:
        return Identity(channel=channel, account=account, user=user, speaks_as=role, created_at=now)
    found.speaks_as = role
    return found


def _keep_one_more(session: Session, identity: Identity, language: str, now: datetime) -> None:
    """Who is about to lose the only thing they are is a customer besides."""
    if len(identity.roles) == 1:
        identity.customer_id = customers.greet(session, language=language, now=now).id


def _speak_as_what_is_left(session: Session, identity: Identity) -> None:
    """As a customer, if they are one."""
    if identity.speaks_as not in identity.roles:
        identity.speaks_as = identity.roles[0]
    _add(session, identity)


def _add(session: Session, identity: Identity) -> Identity:
    session.add(identity)
    session.flush()
    return identity
