"""Two of a household who want the same thing at the same moment."""

from sqlalchemy import Engine
from sqlmodel import Session, select

from core import households, identities, packages
from core.customers import Customer
from core.database import transaction
from core.households import HouseholdPerson, Kind, Part, inviting
from core.households.inviting import InviteUsed
from core.packages import Package
from core.pricing import BenefitGone
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at
from tests.core.test_households import seen
from tests.core.test_packages import bought, product
from tests.core.test_races import Act, people, refusals, staff, together


def test_two_of_one_household_want_the_last_unit_and_one_gets_it(engine: Engine) -> None:
    staff(engine, 3)
    one, other = people(engine, 2)
    with transaction(engine) as session:
        payer = households.found(session, one.id or 0, Kind.HOME, NOW)
        code = inviting.invite(session, HOUSE, payer, Part.USER, NOW).code
        inviting.accept(session, HOUSE, seen(session, session.get_one(Customer, other.id)), code, NOW)
        theirs = session.get_one(Customer, one.id)
        made = bought(session, theirs, product(units=2))
        homes.place(session, theirs, at(TUESDAY, 8))

    def places(customer: Customer, hour: int) -> Act:
        def act(session: Session) -> object:
            return homes.place(session, session.get_one(Customer, customer.id), at(TUESDAY, hour)).total

        return act

    # Who is late is told that it is gone, or sees the price without it: never two visits of one unit.
    results = together(engine, [places(one, 11), places(other, 11)])
    [late] = [result for result in results if result != 0]
    assert late == 100_00 or isinstance(late, BenefitGone)
    with transaction(engine) as session:
        assert packages.left(session, session.get_one(Package, made.id)) == 0


def test_of_two_who_give_one_code_at_once_one_joins(engine: Engine) -> None:
    one, *others = people(engine, 3)
    with transaction(engine) as session:
        payer = households.found(session, one.id or 0, Kind.HOME, NOW)
        code = inviting.invite(session, HOUSE, payer, Part.USER, NOW).code
        accounts = [seen(session, session.get_one(Customer, other.id)) for other in others]
        peers = [(each.channel, each.account, each.user) for each in accounts]

    def joins(peer: tuple[str, str, str]) -> Act:
        def act(session: Session) -> object:
            account = identities.find(session, *peer)
            assert account is not None
            return inviting.accept(session, HOUSE, account, code, NOW).customer_id

        return act

    results = together(engine, [joins(peer) for peer in peers])
    assert [type(no) for no in refusals(results)] == [InviteUsed]
    with transaction(engine) as session:
        there = session.exec(select(HouseholdPerson)).all()
        assert len(there) == 2
