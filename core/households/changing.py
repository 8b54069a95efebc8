"""Making a household, leaving it, and what it lets people do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import structlog
from sqlmodel import Session, col, delete, select

from core.customers import Address
from core.households.finding import people, person
from core.households.tables import (
    AlreadyIn,
    Household,
    HouseholdHome,
    HouseholdPerson,
    HouseholdVisit,
    Kind,
    NotIn,
    NotTheirs,
    Part,
    some,
)

if TYPE_CHECKING:
    from core.visits.tables import Visit

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parted:
    """What somebody's leaving meant."""

    household: Household
    others: tuple[int, ...]
    """Who was in it besides, by their numbers."""
    owner_id: int | None = None
    """Whose it is from now on, where it was theirs; None where it stays whose it was, or ended."""

    @property
    def ended(self) -> bool:
        """Whether nobody was left who could pay, so that it is over."""
        return self.household.ended_at is not None


def found(
    session: Session, customer_id: int, kind: Kind, now: datetime, *, name: str | None = None
) -> HouseholdPerson:
    """Somebody makes a household: it is theirs, and they pay. Raises AlreadyIn."""
    if person(session, customer_id) is not None:
        raise AlreadyIn(same=False)
    made = Household(kind=kind, name=" ".join((name or "").split()) or None, made_at=now)
    session.add(made)
    session.flush()
    first = HouseholdPerson(
        household_id=some(made.id), customer_id=customer_id, part=Part.PAYER, owns=True, joined_at=now
    )
    session.add(first)
    session.flush()
    log.info("household.made", household=made.id, kind=kind.value)
    return first


def leave(session: Session, customer_id: int, now: datetime) -> Parted:
    """Somebody is in it no more, and uses nothing of it. Raises NotIn.

    If it was theirs it goes to who has paid longest; without anybody who pays it ends for all.
    """
    mine = person(session, customer_id)
    if mine is None:
        raise NotIn
    household = lock(session, mine.household_id)
    session.refresh(mine, with_for_update=True)
    if mine.left_at is not None:
        raise NotIn
    there = [one for one in people(session, mine.household_id) if one.customer_id != customer_id]
    was_owner = mine.owns
    _go(session, mine, now)
    _unhear(session, there, {customer_id})
    heir = next((one for one in there if one.part is Part.PAYER), None) if was_owner else None
    if heir is not None:
        heir.owns = True
        session.add(heir)
    elif was_owner:
        household.ended_at = now
        for one in there:
            _go(session, one, now)
    session.add(household)
    session.flush()
    ended = household.ended_at is not None
    log.info("household.left", household=household.id, ended=ended)
    owner_id = heir.customer_id if heir else None
    return Parted(household, tuple(one.customer_id for one in there), owner_id)


def remove(session: Session, owner_id: int, customer_id: int, now: datetime) -> Parted:
    """The owner wants somebody out. Raises NotTheirs for who is not the owner, NotIn."""
    mine, theirs = person(session, owner_id), person(session, customer_id)
    if mine is None or not mine.owns or owner_id == customer_id:
        raise NotTheirs
    if theirs is None or theirs.household_id != mine.household_id:
        raise NotIn
    return leave(session, customer_id, now)


def hear(session: Session, elder_id: int, *, by: int, alone: bool) -> HouseholdPerson:
    """Whether only the contact hears of somebody's visits; they say so (`by`), or their contact.

    Raises NotIn where nobody hears for them, NotTheirs.
    """
    theirs = person(session, elder_id)
    if theirs is None or theirs.contact_id is None:
        raise NotIn
    if by not in (theirs.customer_id, theirs.contact_id):
        raise NotTheirs
    theirs.alone = alone
    session.add(theirs)
    session.flush()
    return theirs


def share(session: Session, customer_id: int, address: Address) -> HouseholdHome:
    """A payer of a company names an address of theirs as one of the company's. Raises NotTheirs."""
    mine = person(session, customer_id)
    if mine is None or mine.part is not Part.PAYER or address.customer_id != customer_id:
        raise NotTheirs
    made = session.get(HouseholdHome, address.id) or HouseholdHome(
        address_id=some(address.id), household_id=mine.household_id
    )
    made.household_id = mine.household_id
    session.add(made)
    session.flush()
    return made


def note_visit(session: Session, visit: "Visit", address: Address, packages: Collection[int]) -> None:
    """Write down that a visit is on the household's account, where it is.

    It is when somebody who does not pay themselves has it at an address of the household or their own as an
    elder, or used a package of somebody's (`packages`: whose they are that it was made with).
    """
    mine = person(session, visit.customer_id)
    if mine is None or mine.part not in (Part.USER, Part.ELDER):
        return
    elsewhere = address.customer_id != visit.customer_id
    if elsewhere or mine.part is Part.ELDER or {*packages} - {visit.customer_id}:
        session.add(HouseholdVisit(visit_id=some(visit.id), household_id=mine.household_id))
        session.flush()


def forget(session: Session, customers: Collection[int], now: datetime) -> None:
    """Somebody is removed, with whoever became one with them: they leave, and nothing points to them."""
    for one in customers:
        if person(session, one) is not None:
            leave(session, one, now)
    pointing = select(HouseholdPerson).where(
        col(HouseholdPerson.contact_id).in_(customers), col(HouseholdPerson.left_at).is_(None)
    )
    _unhear(session, session.exec(pointing).all(), customers)


def lock(session: Session, household_id: int) -> Household:
    """A household as it is now; nobody else joins or leaves it until the transaction ends."""
    session.flush()
    return session.get_one(Household, household_id, with_for_update=True, populate_existing=True)


def _go(session: Session, one: HouseholdPerson, now: datetime) -> None:
    one.left_at, one.owns, one.contact_id, one.alone = now, False, None, False
    session.add(one)
    theirs = select(Address.id).where(Address.customer_id == one.customer_id)
    named = (col(HouseholdHome.household_id) == one.household_id, col(HouseholdHome.address_id).in_(theirs))
    session.exec(delete(HouseholdHome).where(*named))


def _unhear(session: Session, them: Collection[HouseholdPerson], contacts: Collection[int]) -> None:
    for one in them:
        if one.contact_id in contacts:
            one.contact_id, one.alone = None, False
            session.add(one)
    session.flush()
