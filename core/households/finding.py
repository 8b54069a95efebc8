"""Who is in which household, what they may use of it, and who hears of a visit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from core.customers import Address, UnknownAddress
from core.households.tables import (
    BOOKS,
    Household,
    HouseholdHome,
    HouseholdPerson,
    HouseholdVisit,
    Kind,
    Part,
)

if TYPE_CHECKING:
    from core.visits.tables import Visit

_THERE = col(HouseholdPerson.left_at).is_(None)
_PERSON = select(HouseholdPerson).where(HouseholdPerson.customer_id == bindparam("customer"), _THERE)
_AT_HOME = columns(col(Address.customer_id)).where(col(Address.id) == bindparam("address")).scalar_subquery()
_CONCERNED = select(HouseholdPerson).where(
    col(HouseholdPerson.customer_id).in_([bindparam("customer"), _AT_HOME]), _THERE
)
_PAYERS = (
    columns(col(HouseholdPerson.customer_id))
    .join(HouseholdVisit, col(HouseholdVisit.household_id) == col(HouseholdPerson.household_id))
    .where(
        col(HouseholdVisit.visit_id) == bindparam("visit"),
        _THERE,
        col(HouseholdPerson.part) == Part.PAYER,
        col(HouseholdPerson.customer_id) != bindparam("customer"),
    )
    .order_by(col(HouseholdPerson.id))
)


def person(session: Session, customer_id: int) -> HouseholdPerson | None:
    """What somebody is in the household they are in now; None where they are in none."""
    return session.execute(_PERSON, {"customer": customer_id}).scalar_one_or_none()


def people(session: Session, household_id: int) -> list[HouseholdPerson]:
    """Everybody who is in it now, the owner first."""
    there = select(HouseholdPerson).where(HouseholdPerson.household_id == household_id, _THERE)
    return list(session.exec(there.order_by(col(HouseholdPerson.owns).desc(), col(HouseholdPerson.id))))


def lenders(session: Session, customer_id: int) -> list[int]:
    """Whose packages somebody may use besides their own: those of who pays, by their numbers."""
    mine = person(session, customer_id)
    if mine is None or mine.part not in BOOKS:
        return []
    paying = select(HouseholdPerson.customer_id).where(
        HouseholdPerson.household_id == mine.household_id,
        _THERE,
        HouseholdPerson.part == Part.PAYER,
        HouseholdPerson.customer_id != customer_id,
    )
    return list(session.exec(paying.order_by(col(HouseholdPerson.id))))


def homes(session: Session, customer_id: int) -> list[Address]:
    """The addresses of others to which somebody may book, the last used first.

    At home those of who pays and of elders, in a company those that were named as its own. A contact may
    book to the homes of those they hear for.
    """
    mine = person(session, customer_id)
    if mine is None:
        return []
    theirs = select(Address).where(col(Address.retired_at).is_(None), col(Address.customer_id) != customer_id)
    household = session.get_one(Household, mine.household_id)
    if household.kind is Kind.COMPANY:
        shared = theirs.join(HouseholdHome, col(HouseholdHome.address_id) == col(Address.id)).where(
            HouseholdHome.household_id == household.id
        )
    else:
        shared = theirs.where(col(Address.customer_id).in_(_hosts(session, mine)))
    return list(session.exec(shared.order_by(col(Address.last_used_at).desc().nulls_last(), col(Address.id))))


def _hosts(session: Session, mine: HouseholdPerson) -> Sequence[int]:
    others = people(session, mine.household_id)
    if mine.part not in BOOKS:
        return [one.customer_id for one in others if one.contact_id == mine.customer_id]
    return [one.customer_id for one in others if one.part in (Part.PAYER, Part.ELDER)]


def home(session: Session, customer_id: int, address_id: int) -> Address:
    """An address to which somebody may book: their own, or one of their household. Raises UnknownAddress."""
    found = session.get(Address, address_id)
    if found is not None and may_book_to(session, customer_id, found):
        return found
    raise UnknownAddress


def may_book_to(session: Session, customer_id: int, address: Address) -> bool:
    """Whether somebody may have visits at an address. Of one that is theirs nothing is looked up."""
    if address.customer_id == customer_id:
        return True
    return any(one.id == address.id for one in homes(session, customer_id))


def hearers(session: Session, visit: "Visit") -> list[int]:
    """Who hears of a visit, by number: its customer, the elder who lives there, and who hears for them.

    An elder whose contact hears instead of them is left out. They may move and cancel it too.
    """
    found = session.execute(
        _CONCERNED, {"customer": visit.customer_id, "address": visit.address_id}
    ).scalars()
    known = {one.customer_id: one for one in found}
    booked = known.pop(visit.customer_id, None)
    heard = _heard(booked) if booked else [visit.customer_id]
    for one in known.values():
        heard += _heard(one) if one.part is Part.ELDER else []
    return list(dict.fromkeys(heard))


def _heard(one: HouseholdPerson) -> list[int]:
    if one.contact_id is None:
        return [one.customer_id]
    return [one.contact_id] if one.alone else [one.customer_id, one.contact_id]


def looked_after(session: Session, customer_id: int) -> list[int]:
    """Of whose visits somebody hears, by their numbers."""
    heard = select(HouseholdPerson.customer_id).where(HouseholdPerson.contact_id == customer_id, _THERE)
    return list(session.exec(heard.order_by(col(HouseholdPerson.id))))


def payers_of(session: Session, visit: "Visit") -> list[int]:
    """Who pays for a visit that somebody else had on the household's account, by their numbers."""
    wanted = {"visit": visit.id, "customer": visit.customer_id}
    return list(session.execute(_PAYERS, wanted).scalars())


def bill_of(session: Session, visit: "Visit") -> Household | None:
    """The household on whose account a visit is, if it is on one's."""
    on = session.get(HouseholdVisit, visit.id)
    return None if on is None else session.get_one(Household, on.household_id)
