"""Who shares what with whom, who hears of a visit, and who may not."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from core import bindings, customers, households, identities, packages
from core import staff as clerks
from core.bindings import Proof, merging
from core.customers import Customer, UnknownAddress
from core.households import (
    AlreadyIn,
    HouseholdFull,
    HouseholdPerson,
    Kind,
    NotIn,
    NotTheirs,
    Part,
    inviting,
)
from core.households.inviting import InviteExpired, InviteUsed, InviteWrong, OwnInvite
from core.identities import Identity
from core.privacy import erasing
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at
from tests.core.test_packages import bought

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
HOUR = timedelta(hours=1)


def seen(session: Session, customer: Customer) -> Identity:
    """An account of this customer's."""
    return identities.bind_customer(session, "web", "main", f"c{customer.id}", customer.id or 0, now=NOW)


def owner(session: Session, kind: Kind = Kind.HOME) -> HouseholdPerson:
    one = homes.customer(session)
    homes.home(session, one)
    return households.found(
        session, one.id or 0, kind, NOW, name="Jinjiang" if kind is Kind.COMPANY else None
    )


def joined(session: Session, by: HouseholdPerson, part: Part) -> HouseholdPerson:
    other = homes.customer(session)
    code = inviting.invite(session, HOUSE, by, part, NOW).code
    return inviting.accept(session, HOUSE, seen(session, other), code, NOW)


def test_who_joined_uses_packages_and_homes_of_who_pays_until_they_leave(session: Session) -> None:
    homes.worker(session)
    payer = owner(session)
    made = bought(session, session.get_one(Customer, payer.customer_id))
    user = joined(session, payer, Part.USER)
    assert households.lenders(session, user.customer_id) == [payer.customer_id]
    [home] = households.homes(session, user.customer_id)
    visit = homes.place(session, session.get_one(Customer, user.customer_id), at(TUESDAY, 9), address=home)
    assert (visit.customer_id, visit.total) == (user.customer_id, 0)
    assert packages.left(session, made) == 3
    assert packages.ledger(session, made)[-1].visit_id == visit.id
    assert households.payers_of(session, visit) == [payer.customer_id]
    households.leave(session, user.customer_id, NOW)
    with pytest.raises(UnknownAddress):
        homes.place(session, session.get_one(Customer, user.customer_id), at(TUESDAY, 13), address=home)
    with pytest.raises(packages.NothingLeft):
        packages.use(session, made.id or 0, user.customer_id, 1, visit.id or 0, NOW)


def test_a_visit_at_ones_own_home_is_nobody_elses_business(session: Session) -> None:
    homes.worker(session)
    user = joined(session, owner(session), Part.USER)
    customer = session.get_one(Customer, user.customer_id)
    homes.home(session, customer)
    visit = homes.place(session, customer, at(TUESDAY, 9))
    assert households.payers_of(session, visit) == []
    assert households.hearers(session, visit) == [customer.id]


def test_of_an_elders_visits_the_contact_hears_beside_or_instead(session: Session) -> None:
    homes.worker(session)
    payer = owner(session)
    elder = joined(session, payer, Part.ELDER)
    customer = session.get_one(Customer, elder.customer_id)
    home = homes.home(session, customer)
    visit = homes.place(session, customer, at(TUESDAY, 9))
    assert households.hearers(session, visit) == [elder.customer_id, payer.customer_id]
    households.hear(session, elder.customer_id, by=payer.customer_id, alone=True)
    assert households.hearers(session, visit) == [payer.customer_id]
    with pytest.raises(NotTheirs):
        households.hear(session, elder.customer_id, by=homes.customer(session).id or 0, alone=False)
    households.hear(session, elder.customer_id, by=elder.customer_id, alone=False)
    booked = homes.place(session, session.get_one(Customer, payer.customer_id), at(TUESDAY, 13), address=home)
    assert households.hearers(session, booked) == [payer.customer_id, elder.customer_id]
    assert households.looked_after(session, payer.customer_id) == [elder.customer_id]


def test_a_contact_hears_and_uses_nothing(session: Session) -> None:
    payer = owner(session)
    bought(session, session.get_one(Customer, payer.customer_id))
    contact = joined(session, payer, Part.CONTACT)
    assert payer.contact_id == contact.customer_id
    assert households.lenders(session, contact.customer_id) == []
    households.leave(session, contact.customer_id, NOW)
    assert (payer.contact_id, payer.alone) == (None, False)


def test_in_a_company_only_its_own_addresses_are_shared(session: Session) -> None:
    payer = owner(session, Kind.COMPANY)
    user = joined(session, payer, Part.USER)
    assert households.homes(session, user.customer_id) == []
    boss = session.get_one(Customer, payer.customer_id)
    office = customers.add_address(session, boss, line="Office 8", area_code="NORTH", now=NOW)
    households.share(session, payer.customer_id, office)
    assert [one.line for one in households.homes(session, user.customer_id)] == ["Office 8"]
    with pytest.raises(NotTheirs):
        households.share(session, user.customer_id, office)


def test_a_code_lets_one_other_person_in_and_nobody_twice(session: Session) -> None:
    payer = owner(session)
    one, other = (seen(session, homes.customer(session)) for _ in range(2))
    mine = seen(session, session.get_one(Customer, payer.customer_id))
    made = inviting.invite(session, HOUSE, payer, Part.USER, NOW)
    assert inviting.is_code(inviting.shown(made.code).lower())
    with pytest.raises(OwnInvite):
        inviting.verify(session, mine, made.code, NOW)
    with pytest.raises(InviteWrong) as no:
        inviting.verify(session, one, "ACDE3479FG", NOW)
    assert no.value.args_ == {"left": 4}
    with pytest.raises(InviteExpired):
        inviting.accept(session, HOUSE, one, made.token, made.until)
    inviting.accept(session, HOUSE, one, made.token, NOW)
    with pytest.raises(InviteUsed):
        inviting.accept(session, HOUSE, other, made.code, NOW)
    with pytest.raises(AlreadyIn) as again:
        inviting.verify(session, one, made.code, NOW)
    assert again.value.args_ == {"same": True}
    elsewhere = inviting.invite(session, HOUSE, owner(session), Part.USER, NOW)
    with pytest.raises(AlreadyIn) as twice:
        inviting.accept(session, HOUSE, one, elsewhere.code, NOW)
    assert twice.value.args_ == {"same": False}


def test_a_new_invitation_ends_the_former_and_who_left_invites_nobody(session: Session) -> None:
    payer = owner(session)
    second = joined(session, payer, Part.PAYER)
    guest = seen(session, homes.customer(session))
    first = inviting.invite(session, HOUSE, second, Part.USER, NOW)
    newer = inviting.invite(session, HOUSE, second, Part.USER, NOW)
    with pytest.raises(InviteExpired):
        inviting.verify(session, guest, first.code, NOW)
    households.remove(session, payer.customer_id, second.customer_id, NOW)
    with pytest.raises(InviteExpired):
        inviting.accept(session, HOUSE, guest, newer.code, NOW)
    user = joined(session, payer, Part.USER)
    with pytest.raises(NotTheirs):
        inviting.invite(session, HOUSE, user, Part.USER, NOW)
    with pytest.raises(NotTheirs):
        households.remove(session, user.customer_id, payer.customer_id, NOW)
    with pytest.raises(NotIn):
        households.remove(session, payer.customer_id, second.customer_id, NOW)


def test_a_household_has_its_limit(session: Session) -> None:
    few = HOUSE.model_copy(update={"households": HOUSE.households.model_copy(update={"most_people": 2})})
    payer = owner(session)
    made = inviting.invite(session, few, payer, Part.USER, NOW)
    inviting.accept(session, few, seen(session, homes.customer(session)), made.code, NOW)
    with pytest.raises(HouseholdFull):
        inviting.invite(session, few, payer, Part.USER, NOW)


def test_an_owner_who_is_removed_passes_it_on_or_ends_it(session: Session) -> None:
    payer = owner(session)
    heir = joined(session, payer, Part.PAYER)
    elder = joined(session, payer, Part.ELDER)
    gone, heirs, elders = payer.customer_id, heir.id, elder.id
    asked = erasing.ask(session, HOUSE, gone, by="customer", now=NOW)
    erasing.erase(session, asked, NOW)
    assert households.person(session, gone) is None
    heir = session.get_one(HouseholdPerson, heirs)
    assert heir.owns
    assert session.get_one(HouseholdPerson, elders).contact_id is None
    parted = households.leave(session, heir.customer_id, NOW)
    assert (parted.ended, parted.others) == (True, (elder.customer_id,))
    assert households.person(session, elder.customer_id) is None


def test_two_of_one_household_who_are_one_have_one_place_and_two_again_when_undone(session: Session) -> None:
    payer = owner(session)
    elder = joined(session, payer, Part.ELDER)
    kept, given = merging.lock(session, payer.customer_id, elder.customer_id)
    kept.phone_verified_at = given.phone_verified_at = None
    by = seen(session, kept)
    # The elder stays, so that what the owner had goes over.
    made = merging.merge(session, given, kept, by, NOW, proof=Proof.CODE)
    [left] = households.people(session, payer.household_id)
    assert (left.customer_id, left.owns, left.part, left.contact_id) == (given.id, True, Part.PAYER, None)
    clerk = clerks.hire(session, name="Zhou", role=clerks.Rank.CLERK, language="en").id or 0
    bindings.undo(session, made.id or 0, by=clerk, now=NOW + HOUR)
    there = {one.customer_id: one for one in households.people(session, payer.household_id)}
    assert there[payer.customer_id].owns
    assert there[elder.customer_id].contact_id == payer.customer_id
