"""What comes of telling a friend: a reward once it is sure, a look by staff in doubt, and back again."""

import unicodedata
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlmodel import Session, col, select

from core import compensations, coupons, customers, reminders
from core.bindings.tables import Merge
from core.coupons import Kind
from core.customers import Address, Customer
from core.errors import DomainError
from core.identities import Identity
from core.members import points
from core.payments import Payment
from core.referrals import DOUBTED, Referral, State, is_self, lock, of_friend
from core.visits.tables import Status as VisitStatus
from core.visits.tables import Visit

if TYPE_CHECKING:
    from core.company import Company

REWARD, CHECK = "referral-reward", "referral-check"
"""Reminders by the referral's number: its reward is due; its reward is safe unless money went back."""
MONTH, YEAR = timedelta(days=30), timedelta(days=365)
HURRY, HURRIED = timedelta(days=1), 3
"""So many friends who book within so short a time are looked at."""
SCORES = {"phone": 100, "device": 70, "address": 60, "payer": 60, "hurry": 30, "cheap": 20}
"""What speaks against a referral, of 100; `cheap`: it cost hardly more than the coupon asks for."""


class Decided(DomainError):
    """There is nothing to decide any more; `state` says what became of it."""

    key = "referral-decided"


def paid(session: Session, company: "Company", visit: Visit, now: datetime) -> Referral | None:
    """A visit was paid: if it is a friend's first, the reward is due some days later. None if it is not."""
    found = of_friend(session, visit.customer_id, latest=True)
    if found is None or found.state is not State.OPEN or visit.status is not VisitStatus.FINISHED:
        return None
    found.visit_id, found.paid_at, found.state = visit.id, now, State.WAITING
    session.add(found)
    session.flush()
    due = now + timedelta(days=company.pricing.referral.after_days)
    reminders.schedule(session, REWARD, str(found.id), due, dedupe_key=f"{REWARD}:{found.id}")
    return found


def weigh(session: Session, company: "Company", found: Referral, now: datetime) -> State:
    """The time has come to reward it: REWARDED, or why not, or DOUBTED when staff must look first."""
    _lock_both(session, found)
    if found.state is not State.WAITING:
        return found.state
    if _went_back(session, found):
        return _close(session, found, State.REFUSED, now)
    found.doubts = doubts(session, company, found)
    found.score = min(100, sum(SCORES[one] for one in found.doubts))
    if "phone" in found.doubts:
        return _close(session, found, State.REFUSED, now)
    if found.score >= company.pricing.referral.hold_score:
        found.state = State.DOUBTED
        session.add(found)
        session.flush()
        return found.state
    return _reward(session, company, found, now)


def decide(
    session: Session,
    company: "Company",
    found: Referral,
    *,
    reward: bool,
    staff_id: int | None,
    now: datetime,
) -> State:
    """Staff looked at a doubted one. Raises Decided."""
    _lock_both(session, found)
    if found.state is not State.DOUBTED:
        raise Decided(state=found.state.value)
    found.staff_id = staff_id
    return _reward(session, company, found, now) if reward else _close(session, found, State.REFUSED, now)


def look_back(session: Session, company: "Company", found: Referral, now: datetime) -> int | None:
    """Take the reward back if the friend's money went back within the time for that.

    How many points were taken; None if the reward stays.
    """
    _lock_both(session, found)
    return _take_back(session, company, found, now)


def of_visit(session: Session, visit_id: int) -> Referral | None:
    """The referral whose friend's first paid visit this is."""
    return session.exec(select(Referral).where(Referral.visit_id == visit_id)).first()


def refunded(session: Session, company: "Company", visit_id: int, now: datetime) -> Referral | None:
    """Money of a visit goes back: if it was a friend's first and all of it has, its reward goes at once, or
    is not given. The referral, if that changed it."""
    found = of_visit(session, visit_id)
    if found is None or found.state not in (State.WAITING, State.DOUBTED, State.REWARDED):
        return None
    _lock_both(session, found)
    if found.state is State.REWARDED:
        return found if _take_back(session, company, found, now) is not None else None
    if found.state not in (State.WAITING, State.DOUBTED) or not _went_back(session, found):
        return None
    _close(session, found, State.REFUSED, now)
    return found


def _take_back(session: Session, company: "Company", found: Referral, now: datetime) -> int | None:
    until = timedelta(days=company.pricing.referral.clawback_days)
    if found.state is not State.REWARDED or found.rewarded_at is None or now > found.rewarded_at + until:
        return None
    if not _went_back(session, found):
        return None
    taken = points.take_back(session, _points_key(found), None, now)
    mine = coupons.by_key(session, _coupon_key(found))
    if mine is not None:
        coupons.void(session, mine.id or 0, now)
    _close(session, found, State.TAKEN_BACK, now)
    return taken


def doubts(session: Session, company: "Company", found: Referral) -> list[str]:
    """What speaks for it that the friend is the referrer, or that nobody meant to become a customer."""
    friend = session.get_one(Customer, found.friend_id)
    visit = session.get(Visit, found.visit_id) if found.visit_id else None
    told = []
    if is_self(session, found.referrer_id, friend.phone):
        told.append("phone")
    if visit is not None and _is_their_home(session, found.referrer_id, visit):
        told.append("address")
    if visit is not None and is_self(session, found.referrer_id, visit.contact_phone):
        told.append("payer")
    if _is_their_device(session, found):
        told.append("device")
    if _in_a_hurry(session, found):
        told.append("hurry")
    if visit is not None and visit.total < company.pricing.referral.friend_least:
        told.append("cheap")
    return told


def doubted(session: Session, limit: int) -> list[Referral]:
    """Those that staff have to look at, the oldest first."""
    return list(session.exec(select(Referral).where(DOUBTED).order_by(col(Referral.paid_at)).limit(limit)))


def _lock_both(session: Session, found: Referral) -> None:
    session.flush()
    lock(session, found.referrer_id, found.friend_id)
    session.refresh(found, with_for_update=True)


def _went_back(session: Session, found: Referral) -> bool:
    """Whether all the money of the friend's first visit went back to them."""
    payment = session.get(Payment, found.visit_id) if found.visit_id else None
    if payment is None or payment.paid_at is None:
        return True
    back = sum(
        one.amount for one in compensations.of_visit(session, payment.visit_id) if one.kind == "refund"
    )
    return 0 < payment.amount <= back


def _is_their_home(session: Session, referrer_id: int, visit: Visit) -> bool:
    there = session.get_one(Address, visit.address_id)
    theirs = select(Address).where(Address.customer_id == referrer_id)
    return any(_bare(one) == _bare(there) for one in session.exec(theirs))


def _is_their_device(session: Session, found: Referral) -> bool:
    """Whether the two were one customer before, or write from one browser or one person's accounts.

    What a platform calls somebody is the same in all accounts of ours there.
    """
    both = found.referrer_id, found.friend_id
    merged = select(Merge.id).where(col(Merge.kept_id).in_(both), col(Merge.given_id).in_(both))
    if session.exec(merged.limit(1)).first() is not None:
        return True
    theirs = select(Identity.channel, Identity.user, Identity.customer_id)
    accounts: dict[tuple[str, str], set[int | None]] = {}
    for channel, user, owner in session.exec(theirs.where(col(Identity.customer_id).in_(both))):
        accounts.setdefault((channel, user), set()).add(owner)
    return any(len(owners) > 1 for owners in accounts.values())


def _bare(address: Address) -> str:
    """The letters and digits of an address, however it was punctuated."""
    written = unicodedata.normalize("NFKC", customers.in_full(address)).casefold()
    return "".join(letter for letter in written if letter.isalnum())


def _in_a_hurry(session: Session, found: Referral) -> bool:
    near = select(func.count()).where(
        Referral.referrer_id == found.referrer_id,
        col(Referral.invited_at) > found.invited_at - HURRY,
        col(Referral.invited_at) < found.invited_at + HURRY,
    )
    return session.exec(near).one() > HURRIED


def _reward(session: Session, company: "Company", found: Referral, now: datetime) -> State:
    rules = company.pricing.referral
    had = select(func.count()).where(Referral.referrer_id == found.referrer_id)
    month = session.exec(had.where(col(Referral.rewarded_at) > now - MONTH)).one()
    year = session.exec(had.where(col(Referral.rewarded_at) > now - YEAR)).one()
    if month >= rules.per_month or year >= rules.per_year:
        return _close(session, found, State.CAPPED, now)
    found.state, found.rewarded_at = State.REWARDED, now
    session.add(found)
    session.flush()
    about = str(found.id)
    if rules.points:
        key, subject = _points_key(found), f"referral:{about}"
        who = found.referrer_id
        points.earn(session, company, who, rules.points, reason="referral", subject=subject, now=now, key=key)
    if rules.coupon:
        coupons.issue(
            session,
            company,
            found.referrer_id,
            kind=Kind.FEN,
            amount=rules.coupon,
            reason="referral",
            key=_coupon_key(found),
            now=now,
        )
    check = now + timedelta(days=rules.clawback_days)
    reminders.schedule(session, CHECK, about, check, dedupe_key=f"{CHECK}:{about}")
    return found.state


def _close(session: Session, found: Referral, state: State, now: datetime) -> State:
    found.state, found.closed_at = state, now
    session.add(found)
    session.flush()
    return state


def _points_key(found: Referral) -> str:
    return f"referral:{found.id}"


def _coupon_key(found: Referral) -> str:
    return f"referrer:{found.id}"
