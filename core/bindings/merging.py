"""Two customers become one, and two again.

What is kept of whom: the customer who asked for the code stays, and their facts win; the other's fill what
is missing (name, phone, day of joining, facts about the home). Visits, what is owed, complaints, addresses,
hand-offs, plans and accounts go over. Messages and media belong to accounts, reminders, offers and
drop-outs to visits, so they need nothing.

What could clash: of one home in both books the other's entry is retired. Of two opinions about a worker the
kept customer's stands. Of two hand-offs that are open the kept customer's stays open, with the words of
both, and taken if either was. Of two live holds the kept customer's counts, and the other dies at its own
time. Of two places in one queue the kept customer's stays. Of two consents to the same the kept
customer's stands, and of two memberships too, in the higher tier; points are added up. Of two friends' codes
the first counts, and who turns out to have told themselves is rewarded for nothing. Of two places in
households the kept customer's stays; within one household it takes over what the other's allowed. What
either refused to hear stays refused, and what both were told counts together. Of two parts in one campaign
both stay where they are, and no more than one of them is told. Of two suggestions that are open the kept
customer's stays, and where they stand is looked at anew. The kept customer's e-mail address stands. All
visits ahead stay, also more than a customer may have: nothing new is placed until they are fewer.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from core import consents, customers, facts, handoffs, waitings, waitlist, welfare, windows
from core.bindings import campaigning, households, unasked
from core.bindings.changes import Ledger, take_back
from core.bindings.tables import Merge, Proof
from core.compensations import Compensation
from core.complaints.tables import Complaint
from core.consents import Consent
from core.coupons import Coupon
from core.customers import Address, Customer, HomeProfile
from core.errors import DomainError
from core.facts import Fact
from core.forewarnings import Forewarning
from core.handoffs import Handoff
from core.identities import Identity, Speaker
from core.lifecycle import CareTask, Contract
from core.matching import Preference
from core.members import Adjustment, PointLot, Redemption, lots, tiers
from core.packages import Package
from core.plans import Plan, PlanDate
from core.referrals import Referral, ReferralCode
from core.referrals import State as ReferralState
from core.resorts.tables import Notification
from core.visits import Visit
from core.waitings import Waiting
from core.welfare import WelfareConsent
from core.windows import Hold

log = structlog.get_logger()
LOOKED_AT = 200
HOME_FACTS = ("pets", "elderly", "infants", "allergy", "worker_gender", "worker_language")
ADDRESS_FACTS = ("detail", "size_m2", "rooms", "access_note", "access_until")

TAKEN_FACTS = ("status", "taken_by", "taken_at", "heard_at", "lease_until", "nudged_at")


class TwoVerified(DomainError):
    """Both customers proved a phone number, and not the same one: only a person of ours may decide."""

    key = "binding-two-verified"


class MergeUndone(DomainError):
    """This merge was undone before."""

    key = "merge-undone"


class MergedFurther(DomainError):
    """The customer who was kept has been given up for another since: undo that merge first."""

    key = "merge-further"


def merge(
    session: Session, kept: Customer, given: Customer, by: Identity | Speaker, now: datetime, *, proof: Proof
) -> Merge:
    """Make `given` one with `kept`. Both must be locked. Raises TwoVerified."""
    if kept.phone_verified_at and given.phone_verified_at and kept.phone != given.phone:
        raise TwoVerified
    kept_id, given_id = id_of(kept), id_of(given)
    ledger = Ledger(session)
    _join(ledger, kept, given, now)
    made = Merge(
        kept_id=kept_id,
        given_id=given_id,
        channel=by.channel,
        account=by.account,
        user=by.user,
        proof=proof.value,
        at=now,
        moved=ledger.moved,
    )
    session.add(made)
    session.flush()
    counts = {table: len(changes) for table, changes in ledger.moved.items()}
    log.info("customer.merged", merge=made.id, kept=kept_id, given=given_id, proof=proof.value, rows=counts)
    return made


def _join(ledger: Ledger, kept: Customer, given: Customer, now: datetime) -> None:
    kept_id, given_id = id_of(kept), id_of(given)
    _join_facts(ledger, kept, given, now)
    _join_homes(ledger, kept_id, given_id, now)
    _join_opinions(ledger, kept_id, given_id)
    _join_addresses(ledger, kept_id, given_id, now)
    for model in (
        *(Visit, Plan, Compensation, Complaint, Forewarning, Identity),
        *(PointLot, Adjustment, Redemption, Coupon, Package, ReferralCode, CareTask, Contract, Notification),
    ):
        theirs = select(model).where(col(model.customer_id) == given_id).order_by(col(model.id))
        for row in ledger.session.exec(theirs):
            ledger.change(str(model.__tablename__), row, customer_id=kept_id)
    _join_handoffs(ledger, kept_id, given_id, now)
    _join_holds(ledger, kept_id, given_id, now)
    _join_watching(ledger, kept_id, given_id, now)
    _join_consents(ledger, kept_id, given_id, now)
    _join_waits(ledger, kept_id, given_id)
    _join_referrals(ledger, kept_id, given_id, now)
    _join_memberships(ledger, kept_id, given_id)
    _join_points(ledger, kept_id, now)
    _join_told(ledger, kept_id, given_id, now)
    households.join(ledger, kept_id, given_id, now)
    unasked.join_peace(ledger, kept_id, given_id, now)
    campaigning.join(ledger, kept_id, given_id, now)
    unasked.join_care(ledger, kept_id, given_id, now)
    unasked.join_addresses(ledger, kept_id, given_id)


def undo(session: Session, merge_id: int, *, by: int, now: datetime) -> Merge:
    """Part the two customers again, on the word of a member of staff (`by`, their id).

    Every row gets back what it had, unless it was changed since; what is newer than the merge stays with the
    customer who was kept. Raises MergeUndone, MergedFurther.
    """
    made = session.get_one(Merge, merge_id)
    lock(session, made.kept_id, made.given_id)
    session.refresh(made, with_for_update=True)
    if made.undone_at is not None:
        raise MergeUndone
    further = select(Merge.id).where(Merge.given_id == made.kept_id, col(Merge.undone_at).is_(None))
    if session.exec(further).first() is not None:
        raise MergedFurther
    take_back(session, made.moved)
    lots.follow(session, lots_of(made.moved))
    session.expire_all()
    lots.part(session, (made.kept_id, made.given_id), made.at, now)
    _follow_plans(session, made)
    for change in made.moved.get("handoff", []):  # what was closed by the merge is seen to again
        again = session.get_one(Handoff, change["key"][0])
        if again.look_at is not None:
            handoffs.look_too(session, again, max(now, again.look_at), key=f"apart:{made.id}")
    made.undone_at, made.undone_by = now, by
    session.add(made)
    session.flush()
    log.info("customer.parted", merge=made.id, kept=made.kept_id, given=made.given_id, by=by)
    return made


def _follow_plans(session: Session, made: Merge) -> None:
    """Visits that a plan made meanwhile go back with it, to the home they are for."""
    back = [change["key"][0] for change in made.moved.get("plan", [])]
    for plan in session.exec(select(Plan).where(col(Plan.id).in_(back), Plan.customer_id == made.given_id)):
        placed = select(PlanDate.visit_id).where(PlanDate.plan_id == plan.id)
        theirs = select(Visit).where(col(Visit.id).in_(placed), Visit.customer_id == made.kept_id)
        for visit in session.exec(theirs).all():
            visit.customer_id = made.given_id
            session.add(visit)


def has_own(session: Session, customer_id: int) -> bool:
    """Whether a customer has a name, a number, a home or a visit: what they would miss."""
    customer = session.get_one(Customer, customer_id)
    if customer.name is not None or customer.phone is not None:
        return True
    found = (
        select(model.id).where(col(model.customer_id) == customer_id).limit(1) for model in (Address, Visit)
    )
    return any(session.exec(query).first() is not None for query in found)


def latest(session: Session, customer_id: int) -> Merge | None:
    """The last merge into this customer that was not undone."""
    return session.exec(
        select(Merge)
        .where(Merge.kept_id == customer_id, col(Merge.undone_at).is_(None))
        .order_by(col(Merge.id).desc())
        .limit(1)
    ).first()


def recent(session: Session, limit: int) -> list[Merge]:
    """The merges that were not undone, of the last LOOKED_AT there were, the latest first."""
    newest = session.exec(select(func.max(Merge.id))).one() or 0
    standing = select(Merge).where(col(Merge.id) > newest - LOOKED_AT, col(Merge.undone_at).is_(None))
    return list(session.exec(standing.order_by(col(Merge.id).desc()).limit(limit)))


def lock(session: Session, *ids: int) -> list[Customer]:
    """These customers, as they are now, by rising id.

    Nobody else changes them or adds anything of theirs until the transaction ends.
    """
    session.flush()
    return [
        session.get_one(Customer, id, with_for_update=True, populate_existing=True) for id in sorted({*ids})
    ]


def id_of(row: Customer) -> int:
    assert row.id is not None
    return row.id


def _missing(kept: SQLModel, given: SQLModel, names: tuple[str, ...]) -> dict[str, object]:
    """What the one has and the other lacks."""
    pairs = {name: (getattr(kept, name), getattr(given, name)) for name in names}
    return {name: theirs for name, (ours, theirs) in pairs.items() if ours is None and theirs is not None}


def _join_facts(ledger: Ledger, kept: Customer, given: Customer, now: datetime) -> None:
    for name in ("name", "joined_at"):
        ledger.change("customer", kept, **_missing(kept, given, (name,)))
    if kept.phone is None or kept.phone == given.phone:
        ledger.change("customer", kept, **_missing(kept, given, ("phone", "phone_verified_at")))
    ledger.change("customer", given, given_up_at=now)


def _join_homes(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    theirs = ledger.session.get(HomeProfile, given_id)
    if theirs is None:
        return
    ours = ledger.session.get(HomeProfile, kept_id)
    if ours is None:
        facts = {name: getattr(theirs, name) for name in HOME_FACTS}
        ledger.make("home_profile", HomeProfile(customer_id=kept_id, **facts, told_at=theirs.told_at))
        return
    for name in HOME_FACTS:
        ledger.change("home_profile", ours, **_missing(ours, theirs, (name,)))


def _join_opinions(ledger: Ledger, kept_id: int, given_id: int) -> None:
    def of(customer_id: int) -> list[Preference]:
        return list(ledger.session.exec(select(Preference).where(Preference.customer_id == customer_id)))

    known = {one.worker_id for one in of(kept_id)}
    for one in of(given_id):
        if one.worker_id not in known:
            copy = Preference(customer_id=kept_id, worker_id=one.worker_id, kind=one.kind)
            ledger.make("preference", copy)


def _join_addresses(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    ours = customers.addresses(ledger.session, kept_id)
    theirs = select(Address).where(Address.customer_id == given_id).order_by(col(Address.id))
    for address in ledger.session.exec(theirs).all():
        same = next((one for one in ours if customers.is_same_home(one, address)), None)
        if same is not None and address.retired_at is None:
            ledger.change("address", same, **_missing(same, address, ADDRESS_FACTS))
            ledger.change("address", address, retired_at=now)
        ledger.change("address", address, customer_id=kept_id)


def _join_handoffs(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    session = ledger.session
    ours = handoffs.open_of(session, kept_id, lock=True)
    theirs = handoffs.open_of(session, given_id, lock=True)
    if ours is not None and theirs is not None:
        joined: dict[str, object] = {
            "words": handoffs.with_lines(ours.words, theirs.words),
            "reason": handoffs.with_lines(ours.reason, theirs.reason),
            "asked_at": min(ours.asked_at, theirs.asked_at),
        }
        if (ours.status, theirs.status) == (handoffs.Status.WAITING, handoffs.Status.TAKEN):
            joined |= {name: getattr(theirs, name) for name in TAKEN_FACTS}
        if ours.peer is None:
            joined |= {name: getattr(theirs, name) for name in ("channel", "account", "user")}
        closed = {"status": handoffs.Status.CLOSED, "closed_at": now, "outcome": f"merged into {ours.id}"}
        ledger.change("handoff", theirs, **closed, look_at=None, lease_until=None)
        joined["look_at"] = soonest = min(ours.look_at or now, theirs.look_at or now)
        ledger.change("handoff", ours, **joined)
        handoffs.look_too(session, ours, soonest, key=f"with:{theirs.id}")
    for row in session.exec(select(Handoff).where(Handoff.customer_id == given_id).order_by(col(Handoff.id))):
        ledger.change("handoff", row, customer_id=kept_id)


def _join_holds(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    session = ledger.session
    theirs = windows.held(session, given_id, now)
    if theirs is None or windows.held(session, kept_id, now) is not None:
        return
    windows.release(session, kept_id)  # one that expired would stand in the way
    session.flush()
    still = session.exec(select(Hold).where(Hold.id == theirs.id).with_for_update()).one_or_none()
    if still is not None:
        ledger.change("hold", still, customer_id=kept_id)


def _join_waits(ledger: Ledger, kept_id: int, given_id: int) -> None:
    """Of two places in one queue the one that is offered something stays, else their own; since the earlier
    of the two."""
    ours = {(one.service_code, one.day): one for one in waitlist.of_customer(ledger.session, kept_id)}
    theirs = select(Waiting).where(Waiting.customer_id == given_id).order_by(col(Waiting.id))
    left = {"status": waitings.Status.LEFT, "offer_until": None}
    for row in ledger.session.exec(theirs).all():
        same = ours.get((row.service_code, row.day)) if row.status in waitings.LIVE else None
        if same is not None:
            offered = waitings.Status.OFFERED
            stays, goes = (
                (row, same)
                if (same.status, row.status) == (waitings.Status.WAITING, offered)
                else (same, row)
            )
            ledger.change("waiting", stays, since=min(stays.since, goes.since))
            ledger.change("waiting", goes, **left)
        ledger.change("waiting", row, customer_id=kept_id)


def _join_watching(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    stands = welfare.consent_of(ledger.session, kept_id) is not None
    theirs = select(WelfareConsent).where(WelfareConsent.customer_id == given_id)
    for row in ledger.session.exec(theirs.order_by(col(WelfareConsent.id))).all():
        if stands and row.revoked_at is None:
            ledger.change("welfare_consent", row, revoked_at=now)
        ledger.change("welfare_consent", row, customer_id=kept_id)


def _join_consents(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    stands = {(one.purpose, one.subject) for one in consents.standing(ledger.session, kept_id)}
    theirs = select(Consent).where(Consent.customer_id == given_id).order_by(col(Consent.id))
    for row in ledger.session.exec(theirs).all():
        if row.withdrawn_at is None and (row.purpose, row.subject) in stands:
            ledger.change("consent", row, withdrawn_at=now)
        ledger.change("consent", row, customer_id=kept_id)


def _join_referrals(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    session = ledger.session
    refused = {"state": ReferralState.REFUSED, "closed_at": now}
    brought = select(Referral).where(Referral.referrer_id == given_id).order_by(col(Referral.id))
    for row in session.exec(brought).all():
        own = row.friend_id == kept_id and row.state is not ReferralState.REFUSED
        ledger.change("referral", row, referrer_id=kept_id, **(refused if own else {}))
    ours, theirs = (
        session.exec(select(Referral).where(Referral.friend_id == one)).one_or_none()
        for one in (kept_id, given_id)
    )
    if theirs is None:
        return
    if ours is not None:  # the first code counts, and one customer has come once
        later = max(ours, theirs, key=lambda one: one.invited_at)
        if later.state in (ReferralState.OPEN, ReferralState.WAITING, ReferralState.DOUBTED):
            ledger.change("referral", later, **refused)
        return
    own = theirs.referrer_id == kept_id and theirs.state is not ReferralState.REFUSED
    ledger.change("referral", theirs, friend_id=kept_id, **(refused if own else {}))


def lots_of(moved: Mapping[str, list[Any]]) -> list[int]:  # Any: JSON
    """The lots of points among what was changed."""
    return [change["key"][0] for change in moved.get(PointLot.__tablename__, [])]


def _join_points(ledger: Ledger, kept_id: int, now: datetime) -> None:
    """Entries go where their lots went, and what one of the two owed is paid by what the other had."""
    lots.follow(ledger.session, lots_of(ledger.moved))
    lots.even_out(ledger.session, kept_id, now)


def _join_memberships(ledger: Ledger, kept_id: int, given_id: int) -> None:
    ours, theirs = (tiers.membership(ledger.session, id, lock=True) for id in (kept_id, given_id))
    if theirs is not None and ours is None:
        ledger.change("membership", theirs, customer_id=kept_id)
    elif theirs is not None and ours is not None and theirs.tier.step > ours.tier.step:
        higher = {name: getattr(theirs, name) for name in ("tier", "tier_since", "tier_until")}
        ledger.change("membership", ours, **higher)


def _join_told(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    known = {one.what for one in facts.standing(ledger.session, kept_id)}
    theirs = select(Fact).where(Fact.customer_id == given_id).order_by(col(Fact.id))
    for row in ledger.session.exec(theirs).all():
        if row.ended_at is None and row.what in known:
            ledger.change("fact", row, ended_at=now)
        ledger.change("fact", row, customer_id=kept_id)
