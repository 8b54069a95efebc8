import random
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core import packages, visits
from core.company import Company
from core.customers import Customer
from core.database import transaction
from core.packages import NotAllowed, NothingLeft, Package, PausedBefore, What
from core.paying import Way
from core.pricing.rules import Product
from core.quotes import Quote
from core.visits import Visit
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at
from tests.core.test_races import Act, people, refusals, staff, together

DAY = timedelta(days=1)
FOUR = {
    "code": "FOUR",
    "name": {"zh-CN": "四次", "en": "Four"},
    "service": "CLEAN",
    "unit": "visit",
    "units": 4,
}


def product(**more: object) -> Product:
    return Product.model_validate({**FOUR, "percent": 95, **more})


def house(*sold: Product) -> Company:
    return HOUSE.model_copy(update={"pricing": HOUSE.pricing.model_copy(update={"packages": sold})})


def bought(session: Session, customer: Customer, one: Product | None = None, now: datetime = NOW) -> Package:
    sold = one or product()
    made = packages.buy(session, house(sold), customer.id or 0, sold, now)
    packages.pay(session, HOUSE, made, Way.WECHAT, staff_id=None, now=now)
    return made


def whats(session: Session, package: Package) -> Mapping[What, int]:
    lines = packages.ledger(session, package)
    return {line.what: line.units for line in lines}


def test_four_visits_at_95_percent_are_good_for_a_year_from_the_payment(session: Session) -> None:
    one = homes.customer(session)
    sold = product()
    made = packages.buy(session, house(sold), one.id or 0, sold, NOW)
    assert (made.price, made.each, packages.left(session, made)) == (380_00, 100_00, 0)
    assert packages.usable(session, one.id or 0, NOW) == []
    assert packages.buy(session, house(sold), one.id or 0, sold, NOW).id == made.id
    assert packages.pay(session, HOUSE, made, Way.CASH, staff_id=None, now=NOW + DAY)
    assert not packages.pay(session, HOUSE, made, Way.CASH, staff_id=None, now=NOW + DAY)
    assert packages.left(session, made) == 4
    assert made.ends_at == at(TUESDAY.replace(year=2027) + DAY, 0)


def test_buy_two_get_one(session: Session) -> None:
    made = bought(session, homes.customer(session), product(units=3, free=1, percent=100))
    assert (made.price, packages.left(session, made)) == (200_00, 3)


def test_a_visit_uses_a_unit_and_gives_it_back_when_it_falls_through(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    made = bought(session, one)
    visit = homes.place(session, one, at(TUESDAY, 9))
    assert (visit.total, packages.left(session, made)) == (0, 3)
    visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=0, now=NOW)
    assert packages.left(session, made) == 4
    assert whats(session, made) == {What.SOLD: 4, What.USED: -1, What.GIVEN_BACK: 1}
    assert packages.give_back(session, visit.id or 0, NOW) is None


def test_a_late_cancellation_costs_a_share_of_what_the_package_covered(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    bought(session, one)
    first = homes.place(session, one, at(TUESDAY, 9))
    late = first.starts_at - timedelta(hours=3)
    assert visits.fee_to_cancel(session, HOUSE, first, late).percent == 20
    first.fee_rule = None
    due = visits.fee_to_cancel(session, HOUSE, first, late)
    assert due.amount in (0, 20_00)
    assert due.waived or due.amount == 20_00


def test_hours_are_used_by_the_hour(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    made = bought(session, one, product(unit="hour", units=10, percent=90))
    visit = homes.place(session, one, at(TUESDAY, 9), quantity=2)
    assert (made.price, visit.total, packages.left(session, made)) == (900_00, 0, 8)


def test_a_refund_charges_what_was_used_at_the_list_price(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    made = bought(session, one)
    homes.place(session, one, at(TUESDAY, 9))
    assert packages.refund_due(session, made) == 280_00
    assert packages.refund(session, made, NOW) == 280_00
    assert packages.left(session, made) == 0
    with pytest.raises(NotAllowed):
        packages.refund(session, made, NOW)
    assert packages.returned(session, made, NOW)
    assert not packages.returned(session, made, NOW)


def test_the_free_unit_goes_first_when_money_goes_back(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    made = bought(session, one, product(units=3, free=1, percent=100))
    for hour in (8, 11, 14):
        homes.place(session, one, at(TUESDAY, hour))
    assert packages.refund_due(session, made) == 0


def test_what_is_left_is_forfeit_at_the_end_and_nothing_goes_back_after_it(session: Session) -> None:
    made = bought(session, homes.customer(session))
    assert made.ends_at is not None
    assert packages.end(session, made, made.ends_at - timedelta(seconds=1)) == 0
    with pytest.raises(NotAllowed) as no:
        packages.refund(session, made, made.ends_at)
    assert no.value.args_ == {"state": "ended"}
    assert packages.end(session, made, made.ends_at) == 4
    assert packages.end(session, made, made.ends_at) == 0
    assert packages.left(session, made) == 0


def test_a_visit_that_falls_through_after_the_end_comes_back_for_a_week(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    made = bought(session, one, now=NOW - 365 * DAY)
    visit = homes.place(session, one, at(TUESDAY, 9))
    assert made.ends_at is not None
    packages.end(session, made, made.ends_at)
    visits.call_off(session, HOUSE, visit, reason="ill", now=made.ends_at + timedelta(hours=1))
    assert [one.units for one in packages.usable(session, one.id or 0, made.ends_at - DAY)] == [1]


def test_a_package_is_paused_once_and_ends_so_much_later(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    made = bought(session, one)
    ended = made.ends_at
    assert ended is not None
    until = packages.pause(session, HOUSE, made, NOW)
    assert (until, made.ends_at) == (NOW + 60 * DAY, ended + 60 * DAY)
    assert packages.usable(session, one.id or 0, NOW) == []
    assert homes.place(session, one, at(TUESDAY, 9)).total == 100_00
    assert packages.resume(session, made, NOW + 10 * DAY)
    assert made.ends_at == ended + 10 * DAY
    assert not packages.resume(session, made, NOW + 10 * DAY)
    assert [one.units for one in packages.usable(session, one.id or 0, NOW + 10 * DAY)] == [4]
    with pytest.raises(PausedBefore):
        packages.pause(session, HOUSE, made, NOW + 11 * DAY)


def test_who_thought_better_of_it_pays_nothing(session: Session) -> None:
    one = homes.customer(session)
    sold = product()
    made = packages.buy(session, house(sold), one.id or 0, sold, NOW)
    assert packages.withdraw(session, made, NOW)
    with pytest.raises(NotAllowed):
        packages.pay(session, HOUSE, made, Way.CASH, staff_id=None, now=NOW)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_units_are_left_used_or_given_back_and_never_fewer_than_none(
    session: Session, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a day at random
    homes.worker(session)
    one = homes.customer(session)
    made = bought(session, one, product(units=3))
    ahead: list[Visit] = []
    for day in range(1, 13):
        now = NOW + timedelta(hours=day)
        match chance.choice(["place", "place", "cancel", "pause", "resume", "move"]):
            case "place" if len(ahead) < 5:
                ahead.append(homes.place(session, one, at(TUESDAY + (8 + day) * DAY, 9), now=now))
            case "cancel" if ahead:
                gone = ahead.pop(chance.randrange(len(ahead)))
                visits.cancel(session, HOUSE, gone, actor="staff", reason="", now=now)
            case "move" if ahead:
                starts_at = at(TUESDAY + (8 + day) * DAY, 13)
                visits.move(
                    session, HOUSE, ahead[-1], starts_at=starts_at, agreed_fee=0, actor="staff", now=now
                )
            case "pause" if made.paused_at is None:
                packages.pause(session, HOUSE, made, now)
            case "resume":
                packages.resume(session, made, now)
        used = sum(visit.total == 0 for visit in ahead)
        assert packages.left(session, made) == 3 - used >= 0
    assert packages.refund(session, made, NOW + DAY) == max(0, 285_00 - used * 100_00)


def test_the_last_unit_is_used_once(engine: Engine) -> None:
    staff(engine, 3)
    [one] = people(engine, 1)
    with transaction(engine) as session:
        theirs = session.get_one(Customer, one.id)
        made = bought(session, theirs, product(units=2))
        homes.place(session, theirs, at(TUESDAY, 8))

    def places(hour: int) -> Act:
        def act(session: Session) -> object:
            return homes.place(session, session.get_one(Customer, one.id), at(TUESDAY, hour)).total

        return act

    assert sorted(map(int, together(engine, [places(11), places(14)]))) == [0, 100_00]
    with transaction(engine) as session:
        assert packages.left(session, session.get_one(Package, made.id)) == 0


def test_a_unit_is_used_and_the_package_given_up_at_once(engine: Engine) -> None:
    staff(engine, 4)
    [one] = people(engine, 1)
    with transaction(engine) as session:
        theirs = session.get_one(Customer, one.id)
        ahead = [homes.place(session, theirs, at(TUESDAY, hour)).id or 0 for hour in (8, 10, 12)]
        made = bought(session, theirs, product(units=2)).id or 0

    def uses(visit: int) -> Act:
        return lambda session: packages.use(session, made, one.id or 0, 1, visit, NOW)

    def refunds(session: Session) -> object:
        return packages.refund(session, session.get_one(Package, made), NOW)

    results = together(engine, [*(uses(visit) for visit in ahead), refunds])
    used = results.count(None)
    assert all(isinstance(one, NothingLeft) for one in refusals(results))
    with transaction(engine) as session:
        package = session.get_one(Package, made)
        assert packages.left(session, package) == 0
        assert package.refund == results[-1] == max(0, 190_00 - used * 100_00)
        assert (
            session.get_one(Visit, ahead[0]).total
            == Quote.from_json(session.get_one(Visit, ahead[0]).quote).total
        )
