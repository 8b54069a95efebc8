"""Who is behind an account on a channel: a customer, a worker or a member of staff."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import CheckConstraint, UniqueConstraint, and_, bindparam
from sqlalchemy import select as columns
from sqlmodel import Field, Session, SQLModel, col, select

from core import customers, staff
from core.customers import Customer
from core.prepared import Prepared


class Role(StrEnum):
    """What a person is to the company."""

    CUSTOMER = "customer"
    WORKER = "worker"
    STAFF = "staff"


class Identity(SQLModel, table=True):
    """One account on one channel, and the one person behind it. A person may have several accounts."""

    __table_args__ = (
        UniqueConstraint("channel", "account", "user"),
        CheckConstraint(
            "CASE WHEN customer_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN worker_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN staff_id IS NULL THEN 0 ELSE 1 END = 1",
            name="one_person",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    account: str
    user: str
    customer_id: int | None = Field(default=None, foreign_key="customer.id", index=True)
    worker_id: int | None = Field(default=None, foreign_key="worker.id", index=True)
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id", index=True)
    created_at: datetime
    unreachable_at: datetime | None = None
    """Since when this account cannot be written to: blocked us, left, was deleted."""

    @property
    def role(self) -> Role:
        """What the person behind this account is to the company."""
        return _role(self.worker_id, self.staff_id)


class Speaker(NamedTuple):
    """An account that somebody is talking from, and who that is."""

    channel: str
    account: str
    user: str
    customer_id: int | None
    worker_id: int | None
    staff_id: int | None
    unreachable_at: datetime | None
    language: str | None
    """What a customer is spoken to in; None for everybody else."""

    @property
    def role(self) -> Role:
        """What the person is to the company."""
        return _role(self.worker_id, self.staff_id)


def _role(worker_id: int | None, staff_id: int | None) -> Role:
    if worker_id is not None:
        return Role.WORKER
    return Role.CUSTOMER if staff_id is None else Role.STAFF


_with_key = and_(
    col(Identity.channel) == bindparam("of_channel"),
    col(Identity.account) == bindparam("of_account"),
    col(Identity.user) == bindparam("of_user"),
)
_BY_KEY = select(Identity).where(_with_key)
_SPEAKER = Prepared(
    columns(*(col(getattr(Identity, name)) for name in Speaker._fields[:-1]), col(Customer.language))
    .outerjoin(Customer, col(Identity.customer_id) == col(Customer.id))
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
        made = Identity(channel=channel, account=account, user=user, customer_id=customer.id, created_at=now)
        _add(session, made)
        return Speaker(channel, account, user, customer.id, None, None, None, customer.language)
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
    """From now on this account speaks for a worker, whoever it spoke for before."""
    identity = _account(session, channel, account, user, now)
    identity.customer_id, identity.worker_id, identity.staff_id = None, worker_id, None
    return _add(session, identity)


def bind_staff(
    session: Session, channel: str, account: str, user: str, staff_id: int, *, now: datetime
) -> Identity:
    """From now on this account speaks for a member of staff, whoever it spoke for before."""
    identity = _account(session, channel, account, user, now)
    identity.customer_id, identity.worker_id, identity.staff_id = None, None, staff_id
    return _add(session, identity)


def bind_customer(
    session: Session, channel: str, account: str, user: str, customer_id: int, *, now: datetime
) -> Identity:
    """From now on this account speaks for a customer, whoever it spoke for before."""
    identity = _account(session, channel, account, user, now)
    identity.customer_id, identity.worker_id, identity.staff_id = customer_id, None, None
    return _add(session, identity)


def of_customer(session: Session, customer_id: int) -> list[Identity]:
    """Where a customer can be written to, latest account first."""
    return list(session.execute(_OF_CUSTOMER, {"person": customer_id}).scalars())


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
    """The channel says that this account cannot be written to. The next word from it ends that."""
    identity.unreachable_at = identity.unreachable_at or now
    session.add(identity)


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


def _account(session: Session, channel: str, account: str, user: str, now: datetime) -> Identity:
    found = find(session, channel, account, user)
    return found or Identity(channel=channel, account=account, user=user, created_at=now)


def _add(session: Session, identity: Identity) -> Identity:
    session.add(identity)
    session.flush()
    return identity
