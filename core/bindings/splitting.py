"""A record that wrongly holds two people (a phone passed on, a list with a mistake) becomes two again.

Staff say which accounts, addresses and visits are somebody else's. With a visit goes what came of it: its
complaints, what is owed for it, the points it brought, the coupon it used. With an account go its talks with
staff. Everything else stays: nobody is given another's name, number, consents or health notes by mistake.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlmodel import Session, SQLModel, col, select

from core import customers
from core.bindings import merging
from core.bindings.changes import Ledger, take_back
from core.bindings.merging import MergedFurther
from core.bindings.tables import Merge, Proof, Split
from core.compensations import Compensation
from core.complaints.tables import Complaint
from core.coupons import Coupon
from core.customers import Address, Customer
from core.errors import DomainError
from core.forewarnings import Forewarning
from core.handoffs import Handoff
from core.identities import Identity, Role, Speaker
from core.members import PointLot, lots
from core.plans.tables import PlanDate
from core.visits import LIVE, Visit

log = structlog.get_logger()
OF_VISITS = (Complaint, Compensation, Forewarning, Coupon)


class NotOfCustomer(DomainError):
    """This is none of theirs: `what` names it."""

    key = "split-not-theirs"


class InAPlan(DomainError):
    """A visit ahead belongs to a plan that stays: `what` is its reference."""

    key = "split-in-a-plan"


class NothingToSplit(DomainError):
    """Nothing was named, or everything they can be reached by: then it is they who would be nobody."""

    key = "split-nothing"


class SplitUndone(DomainError):
    """This was undone before."""

    key = "split-undone"


@dataclass(frozen=True, slots=True)
class Parts:
    """What is somebody else's."""

    accounts: Sequence[Identity] = ()
    addresses: Sequence[Address] = ()
    visits: Sequence[Visit] = ()


def split(
    session: Session,
    kept: Customer,
    parts: Parts,
    *,
    why: str,
    name: str | None = None,
    with_phone: bool = False,
    now: datetime,
) -> Split:
    """Give these parts to a new record, with the number of the kept one if it is the other's.

    Raises NotOfCustomer, InAPlan, NothingToSplit; then nothing may be committed.
    """
    kept_id = merging.id_of(kept)
    merging.lock(session, kept_id)
    _check(session, kept_id, parts)
    new = customers.greet(session, language=kept.language, now=now)
    new.name, new.joined_at = name, kept.joined_at if name else None
    ledger = Ledger(session)
    if with_phone and kept.phone is not None:
        new.phone, new.phone_verified_at = kept.phone, kept.phone_verified_at
        ledger.change("customer", kept, phone=None, phone_verified_at=None)
    session.add(new)
    session.flush()
    _move(ledger, parts, merging.id_of(new))
    made = Split(kept_id=kept_id, made_id=merging.id_of(new), why=why, at=now, moved=ledger.moved)
    session.add(made)
    session.flush()
    log.info("customer.split", split=made.id, kept=kept_id, made=made.made_id, rows=counts(ledger.moved))
    return made


def rejoin(session: Session, split_id: int, now: datetime) -> Merge:
    """Take a split back: every row gets back what it had, and what the new record got since comes along.

    Raises SplitUndone, MergedFurther where one of the two is one with somebody else by now, TwoVerified.
    """
    made = session.get_one(Split, split_id)
    both = {merging.id_of(one): one for one in merging.lock(session, made.kept_id, made.made_id)}
    session.refresh(made, with_for_update=True)
    if made.undone_at is not None:
        raise SplitUndone
    if any(one.given_up_at for one in both.values()):
        raise MergedFurther
    new = both[made.made_id]
    if "customer" in made.moved:  # the number goes back to where it was
        new.phone, new.phone_verified_at = None, None
        session.add(new)
    take_back(session, made.moved)
    lots.follow(session, merging.lots_of(made.moved))
    made.undone_at = now
    session.add(made)
    by = Speaker("shell", "", f"split:{made.id}", None, None, None, Role.STAFF, None, None)
    joined = merging.merge(session, both[made.kept_id], new, by, now, proof=Proof.STAFF)
    log.info("customer.rejoined", split=made.id, kept=made.kept_id, made=made.made_id)
    return joined


def counts(moved: Mapping[str, Sequence[object]]) -> dict[str, int]:
    """How many rows were changed, by table."""
    return {table: len(changes) for table, changes in moved.items()}


def _check(session: Session, kept_id: int, parts: Parts) -> None:
    owned: list[tuple[str, int | None]] = [
        *((f"{one.channel}:{one.account}:{one.user}", one.customer_id) for one in parts.accounts),
        *((f"address {one.id}", one.customer_id) for one in parts.addresses),
        *((one.reference, one.customer_id) for one in parts.visits),
    ]
    for what, whose in owned:
        if whose != kept_id:
            raise NotOfCustomer(what=what)
    theirs = select(Identity.id).where(Identity.customer_id == kept_id)
    left = {*session.exec(theirs)} - {one.id for one in parts.accounts}
    if not owned or (parts.accounts and not left):
        raise NothingToSplit
    for visit in parts.visits:
        of_plan = select(PlanDate.id).where(PlanDate.visit_id == visit.id)
        if visit.status in LIVE and session.exec(of_plan).first() is not None:
            raise InAPlan(what=visit.reference)


def _move(ledger: Ledger, parts: Parts, new_id: int) -> None:
    session = ledger.session
    visits = [one.id for one in parts.visits]
    _give(ledger, parts.addresses, new_id)
    _give(ledger, parts.visits, new_id)
    for model in OF_VISITS:
        about = select(model).where(col(model.visit_id).in_(visits)).order_by(col(model.id))
        _give(ledger, session.exec(about).all(), new_id)
    earned = select(PointLot).where(col(PointLot.subject).in_([one.reference for one in parts.visits]))
    _give(ledger, session.exec(earned.order_by(col(PointLot.id))).all(), new_id)
    lots.follow(session, merging.lots_of(ledger.moved))
    for account in parts.accounts:
        there = (Handoff.channel == account.channel, Handoff.account == account.account)
        said = select(Handoff).where(*there, Handoff.user == account.user)
        mine = said.where(Handoff.customer_id == account.customer_id)
        _give(ledger, session.exec(mine.order_by(col(Handoff.id))).all(), new_id)
    _give(ledger, parts.accounts, new_id)


def _give(ledger: Ledger, rows: Iterable[SQLModel], new_id: int) -> None:
    for row in rows:
        ledger.change(str(row.__tablename__), row, customer_id=new_id)
