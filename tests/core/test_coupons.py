from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import compensations, coupon_codes, coupons, pricing, visits
from core.coupon_codes import CodeExhausted, CodeHad, CodeNotNow, CodeTaken, Terms, UnknownCode
from core.coupons import Coupon, CouponGone, Kind, Limits, State
from core.customers import Customer
from core.database import transaction
from core.pricing import Choice
from core.quotes import Quote
from core.visits import Status, Visit
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at
from tests.core.test_races import Act, people, refusals, staff, together

DAY = timedelta(days=1)


def give(session: Session, customer: Customer, amount: int = 20_00, key: str = "a", **more: object) -> Coupon:
    facts = {"kind": Kind.FEN, "reason": "gift", "now": NOW, **more}
    return coupons.issue(session, HOUSE, customer.id or 0, amount=amount, key=key, **facts)


def kinds(visit: Visit) -> list[str]:
    return [line.kind for line in Quote.from_json(visit.quote).benefits]


def latest(session: Session, coupon: Coupon) -> Coupon:
    session.refresh(coupon)
    return coupon


def test_the_same_key_gives_one_coupon(session: Session) -> None:
    one = homes.customer(session)
    first, again = give(session, one), give(session, one, 99_00)
    assert (first.id, again.amount) == (again.id, 20_00)
    assert first.valid_until == NOW + timedelta(days=HOUSE.pricing.coupon_days)


def test_a_visit_holds_the_coupon_and_uses_it_when_it_is_over(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    mine = give(session, one)
    visit = homes.place(session, one, at(TUESDAY, 9))
    assert (visit.total, kinds(visit)) == (80_00, ["coupon"])
    assert (latest(session, mine).state, mine.visit_id) == (State.HELD, visit.id)
    assert coupons.usable(session, one.id or 0, NOW) == []
    assert coupons.held(session, one.id or 0) == 1
    for status in (Status.ON_THE_WAY, Status.ARRIVED, Status.WORKING, Status.FINISHED):
        visits.advance(session, visit, status, actor="worker", now=visit.starts_at)
    assert (latest(session, mine).state, mine.settled_at) == (State.USED, visit.starts_at)


def test_a_cancelled_visit_gives_the_coupon_back_also_when_it_ended_meanwhile(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    mine = give(session, one, until=NOW + timedelta(hours=1))
    visit = homes.place(session, one, at(TUESDAY, 9))
    later = NOW + timedelta(hours=3)
    visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=0, now=later)
    assert (latest(session, mine).state, mine.visit_id) == (State.OPEN, None)
    assert mine.valid_until == later + coupons.GRACE


def test_a_moved_visit_keeps_its_coupon(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    give(session, one)
    visit = homes.place(session, one, at(TUESDAY, 9))
    visits.move(session, HOUSE, visit, starts_at=at(TUESDAY, 13), agreed_fee=0, now=NOW)
    assert (visit.total, kinds(visit)) == (80_00, ["coupon"])


def test_a_coupon_is_for_one_visit(session: Session) -> None:
    homes.worker(session)
    homes.worker(session)
    one = homes.customer(session)
    give(session, one)
    first = homes.place(session, one, at(TUESDAY, 9))
    second = homes.place(session, one, at(TUESDAY, 13))
    assert (kinds(first), kinds(second), second.total) == (["coupon"], [], 100_00)


def test_a_coupon_that_was_taken_back_or_ended_takes_nothing_off(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    assert coupons.void(session, give(session, one).id or 0, NOW)
    give(session, one, key="b", until=NOW)
    assert kinds(homes.place(session, one, at(TUESDAY, 9))) == []


def test_a_used_coupon_cannot_be_taken_back(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    mine = give(session, one)
    homes.place(session, one, at(TUESDAY, 9))
    assert not coupons.void(session, mine.id or 0, NOW)


def test_what_the_company_owes_as_a_coupon_is_one_at_once(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    visit = homes.place(session, one, at(TUESDAY, 9))
    visits.call_off(session, HOUSE, visit, reason="ill", now=NOW)
    [owed] = compensations.of_visit(session, visit.id or 0)
    [mine] = coupons.usable(session, one.id or 0, NOW + 100 * DAY)
    assert (owed.kind, owed.settled_at) == ("coupon", NOW)
    assert (mine.amount, mine.reason) == (HOUSE.policies.called_off_coupon, "called-off")
    compensations.make_good(session, visit, 20_00, reason="called-off", now=NOW)
    assert len(coupons.usable(session, one.id or 0, NOW)) == 1


def test_a_coupon_that_goes_while_its_visit_is_placed_is_told(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    mine = give(session, one)
    visit = homes.place(session, one, at(TUESDAY, 9))
    with pytest.raises(CouponGone):
        coupons.hold(session, mine.id or 0, one.id or 0, visit.id or 0)
    with pytest.raises(pricing.BenefitGone) as gone:
        pricing.take(session, HOUSE, visit, NOW)
    assert gone.value.args_ == {"kind": "coupon"}


def test_one_coupon_at_the_same_second_is_used_once(engine: Engine) -> None:
    staff(engine, 2)
    [one] = people(engine, 1)
    with transaction(engine) as session:
        mine = give(session, session.get_one(Customer, one.id))

    def places(hour: int) -> Act:
        def act(session: Session) -> object:
            theirs = session.get_one(Customer, one.id)
            return kinds(homes.place(session, theirs, at(TUESDAY, hour)))

        return act

    assert sorted(map(str, together(engine, [places(9), places(13)]))) == ["['coupon']", "[]"]
    with transaction(engine) as session:
        assert session.get_one(Coupon, mine.id).state is State.HELD


def test_a_coupon_is_held_once_whoever_asks(engine: Engine) -> None:
    staff(engine, 4)
    [one] = people(engine, 1)
    with transaction(engine) as session:
        theirs = session.get_one(Customer, one.id)
        ahead = [homes.place(session, theirs, at(TUESDAY, hour)).id or 0 for hour in (8, 10, 12, 14)]
        mine = give(session, theirs).id or 0

    def holds(visit: int) -> Act:
        return lambda session: coupons.hold(session, mine, one.id or 0, visit)

    results = together(engine, [holds(visit) for visit in ahead])
    assert [type(one) for one in refusals(results)] == [CouponGone] * 3
    assert results.count(None) == 1


def a_code(session: Session, **more: object) -> None:
    facts = {"kind": Kind.FEN, "amount": 10_00, "limits": Limits(least=50_00)}
    terms = Terms(**{"begins_at": NOW, "ends_at": NOW + 10 * DAY, **facts, **more})
    coupon_codes.make(session, "spring-20", terms, now=NOW)


def redeem(session: Session, customer: Customer, said: str = "SPRING20", now: object = NOW) -> Coupon:
    return coupon_codes.redeem(session, HOUSE, customer.id or 0, said, now)


def test_a_code_gives_each_customer_their_coupon(session: Session) -> None:
    one, other = homes.customer(session), homes.customer(session)
    a_code(session)
    mine = redeem(session, one, " spring 20 ")
    assert (mine.amount, mine.least, mine.valid_until) == (10_00, 50_00, NOW + 10 * DAY)
    with pytest.raises(CodeHad):
        redeem(session, one)
    redeem(session, other)
    assert coupon_codes.every(session, 5)[0].taken == 2


def test_a_code_is_good_from_a_day_until_a_day(session: Session) -> None:
    one = homes.customer(session)
    a_code(session, begins_at=NOW + DAY)
    for now, ended in ((NOW, False), (NOW + 10 * DAY, True)):
        with pytest.raises(CodeNotNow) as no:
            redeem(session, one, now=now)
        assert no.value.args_["ended"] is ended
    with pytest.raises(UnknownCode):
        redeem(session, one, "SUMMER20")
    with pytest.raises(CodeTaken):
        a_code(session)
    assert coupon_codes.end(session, "SPRING20", NOW)
    assert not coupon_codes.end(session, "SPRING20", NOW)


def test_the_last_coupon_of_a_code_goes_to_one(engine: Engine) -> None:
    crowd = people(engine, 4)
    with transaction(engine) as session:
        a_code(session, most=2)

    def redeems(one: Customer) -> Act:
        return lambda session: redeem(session, one).key

    results = together(engine, [redeems(one) for one in crowd])
    assert [type(one) for one in refusals(results)] == [CodeExhausted] * 2
    with transaction(engine) as session:
        assert len(session.exec(select(Coupon)).all()) == 2


def test_one_customer_with_two_phones_gets_one_coupon_of_a_code(engine: Engine) -> None:
    [one] = people(engine, 1)
    with transaction(engine) as session:
        a_code(session)
    results = together(engine, [lambda session: redeem(session, one).key] * 2)
    assert [type(one) for one in refusals(results)] == [CodeHad]


def test_a_customer_may_keep_their_coupon(session: Session) -> None:
    homes.worker(session)
    one = homes.customer(session)
    give(session, one)
    visit = homes.place(session, one, at(TUESDAY, 9), choice=Choice("none"))
    assert (visit.total, kinds(visit)) == (100_00, [])
