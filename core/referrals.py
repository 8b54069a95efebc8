"""Telling friends: a code of one's own, and who came by it. What the two get: `core.rewards`."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, Session, SQLModel, col, select

from core import coupons, database, references
from core.coupons import Coupon, Kind, Limits
from core.customers import Customer
from core.errors import DomainError
from core.visits.tables import Visit

if TYPE_CHECKING:
    from core.company import Company

INVITED = "invited"
"""The reason of a friend's coupon."""


class State(StrEnum):
    """Where a referral stands."""

    OPEN = "open"
    """The friend has not had a visit that was paid."""
    WAITING = "waiting"
    """The reward is due some days after the friend's first paid visit."""
    DOUBTED = "doubted"
    """Staff decide."""
    REWARDED = "rewarded"
    REFUSED = "refused"
    CAPPED = "capped"
    """The referrer had as many rewards as there are in that time."""
    TAKEN_BACK = "taken_back"
    """The friend's money went back, and so did the reward."""


DOUBTED = text("state = 'doubted'")


class ReferralCode(SQLModel, table=True):
    """The code by which a customer tells friends. After a merge somebody may have two; both lead to them."""

    __tablename__ = "referral_code"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    code: str = Field(unique=True, max_length=8)
    made_at: datetime


class Referral(SQLModel, table=True):
    """That somebody came because somebody told them. The first code a friend gives is the one that counts."""

    __table_args__ = (
        CheckConstraint("referrer_id <> friend_id OR state = 'refused'", name="another"),
        Index("ix_referral_referrer", "referrer_id", "rewarded_at"),
        Index("ix_referral_doubted", "paid_at", sqlite_where=DOUBTED, postgresql_where=DOUBTED),
    )

    id: int | None = Field(default=None, primary_key=True)
    referrer_id: int = Field(foreign_key="customer.id")
    friend_id: int = Field(foreign_key="customer.id", unique=True)
    state: State = Field(default=State.OPEN, sa_type=database.stored(State))
    invited_at: datetime
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    """The friend's first visit that was paid..."""
    paid_at: datetime | None = None
    score: int = 0
    doubts: list[str] = Field(default_factory=list, sa_type=JSON)
    """Why the score is what it is: names of `core.rewards.SCORES`."""
    staff_id: int | None = Field(default=None, foreign_key="staff_member.id")
    """Who decided, where there was doubt."""
    rewarded_at: datetime | None = None
    closed_at: datetime | None = None


class UnknownReferral(DomainError):
    """There is no such code."""

    key = "referral-unknown"


class OwnCode(DomainError):
    """Nobody tells themselves."""

    key = "referral-own"


class InvitedBefore(DomainError):
    """They came by somebody's code before; `by` is that customer's id."""

    key = "referral-before"


class NotNew(DomainError):
    """They had a visit of ours already."""

    key = "referral-not-new"


def code_of(session: Session, customer_id: int, now: datetime) -> str:
    """The code of a customer, made when it is first wanted."""
    known = select(ReferralCode.code).where(ReferralCode.customer_id == customer_id)
    if (found := session.exec(known.order_by(col(ReferralCode.id)).limit(1)).first()) is not None:
        return found
    while True:
        code = references.draw()
        if _owner(session, code) is None:
            session.add(ReferralCode(customer_id=customer_id, code=code, made_at=now))
            session.flush()
            return code


def invite(session: Session, company: "Company", friend_id: int, said: str, now: datetime) -> Referral:
    """Somebody came by a code: they get a coupon for their first visit.

    Raises UnknownReferral, OwnCode, InvitedBefore, NotNew. Of two codes at once the first one counts.
    """
    lock(session, friend_id)
    referrer_id = _owner(session, "".join(said.split()).upper())
    if referrer_id is None:
        raise UnknownReferral
    if (before := of_friend(session, friend_id)) is not None:
        if before.referrer_id == referrer_id:
            return before
        raise InvitedBefore(by=before.referrer_id)
    friend = session.get_one(Customer, friend_id)
    if referrer_id == friend_id or is_self(session, referrer_id, friend.phone):
        raise OwnCode
    if session.exec(select(Visit.id).where(Visit.customer_id == friend_id).limit(1)).first() is not None:
        raise NotNew
    made = Referral(referrer_id=referrer_id, friend_id=friend_id, invited_at=now)
    session.add(made)
    session.flush()
    rules = company.pricing.referral
    if rules.friend_off:
        coupons.issue(
            session,
            company,
            friend_id,
            kind=Kind.FEN,
            amount=rules.friend_off,
            reason=INVITED,
            key=_friend_key(made),
            limits=Limits(least=rules.friend_least),
            now=now,
        )
    return made


def is_self(session: Session, referrer_id: int, phone: str | None) -> bool:
    """Whether a number is that of the one who is said to have told them."""
    return phone is not None and session.get_one(Customer, referrer_id).phone == phone


def may_use(session: Session, coupon: Coupon, phone: str | None) -> bool:
    """Whether a coupon may be used by who leaves that number: nobody is a friend of their own."""
    if coupon.reason != INVITED:
        return True
    found = of_friend(session, coupon.customer_id)
    return found is not None and not is_self(session, found.referrer_id, phone)


def of_friend(session: Session, friend_id: int, *, latest: bool = False) -> Referral | None:
    """By whom a customer came; locked and as it is now with `latest`."""
    query = select(Referral).where(Referral.friend_id == friend_id)
    if latest:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).one_or_none()


def find(session: Session, id: int) -> Referral | None:
    """A referral by its number."""
    return session.get(Referral, id)


def of_referrer(session: Session, referrer_id: int, limit: int) -> list[Referral]:
    """Who came by a customer's code, the newest first."""
    theirs = select(Referral).where(Referral.referrer_id == referrer_id)
    return list(session.exec(theirs.order_by(col(Referral.id).desc()).limit(limit)))


def lock(session: Session, *customer_ids: int) -> None:
    """Let nobody else change these customers until the transaction is over."""
    for id in sorted({*customer_ids}):
        query = select(Customer.id).where(Customer.id == id)
        session.exec(query.with_for_update(key_share=True)).one()


def _owner(session: Session, code: str) -> int | None:
    return session.exec(select(ReferralCode.customer_id).where(ReferralCode.code == code)).first()


def _friend_key(found: Referral) -> str:
    return f"friend:{found.id}"
