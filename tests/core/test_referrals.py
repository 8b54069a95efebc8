from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import compensations, coupons, customers, identities, payments, referrals, rewards, visits
from core.bindings import Proof, merging
from core.company import Company
from core.customers import Customer
from core.database import transaction
from core.identities import Identity, Role
from core.members import points
from core.paying import Way
from core.pricing import Choice
from core.referrals import InvitedBefore, NotNew, OwnCode, Referral, State, UnknownReferral
from core.visits import Status, Visit
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at
from tests.core.test_races import Act, people, refusals, together

DAY = timedelta(days=1)


def invited(session: Session, referrer: Customer, friend: Customer, house: Company = HOUSE) -> Referral:
    code = referrals.code_of(session, referrer.id or 0, NOW)
    return referrals.invite(session, house, friend.id or 0, code, NOW)


def pay(session: Session, friend: Customer, *, area: str = "NORTH", quantity: int = 1) -> Visit:
    """The friend's visit takes place and is paid."""
    visit = homes.place(session, friend, at(TUESDAY, 9), area=area, quantity=quantity)
    for status in (Status.ON_THE_WAY, Status.ARRIVED, Status.WORKING, Status.FINISHED):
        visits.advance(session, visit, status, actor="worker", now=visit.starts_at)
    payments.ask(session, visit, visit.starts_at)
    payments.settle(session, visit, Way.CASH, staff_id=None, worker_id=None, now=visit.starts_at)
    rewards.paid(session, HOUSE, visit, visit.starts_at)
    return visit


def two(session: Session) -> tuple[Customer, Customer]:
    homes.worker(session)
    return homes.customer(session), homes.customer(session)


def usable(session: Session, who: Customer) -> list[tuple[str, int]]:
    return [(one.reason, one.amount) for one in coupons.usable(session, who.id or 0, NOW + 9 * DAY)]


def test_a_code_stays_the_same_and_leads_to_its_owner(session: Session) -> None:
    referrer, friend = two(session)
    code = referrals.code_of(session, referrer.id or 0, NOW)
    assert code == referrals.code_of(session, referrer.id or 0, NOW + DAY)
    made = referrals.invite(session, HOUSE, friend.id or 0, f" {code.lower()} ", NOW)
    assert (made.referrer_id, made.friend_id) == (referrer.id, friend.id)
    assert usable(session, friend) == [("invited", 20_00)]


def test_the_first_code_counts_and_the_same_again_changes_nothing(session: Session) -> None:
    referrer, friend = two(session)
    other = homes.customer(session)
    first = invited(session, referrer, friend)
    assert invited(session, referrer, friend).id == first.id
    with pytest.raises(InvitedBefore) as no:
        invited(session, other, friend)
    assert no.value.args_ == {"by": referrer.id}
    assert len(usable(session, friend)) == 1


def test_nobody_tells_themselves_nor_somebody_who_was_here(session: Session) -> None:
    referrer, friend = two(session)
    with pytest.raises(OwnCode):
        invited(session, referrer, referrer)
    with pytest.raises(UnknownReferral):
        referrals.invite(session, HOUSE, friend.id or 0, "NOSUCH", NOW)
    homes.place(session, friend, at(TUESDAY, 9))
    with pytest.raises(NotNew):
        invited(session, referrer, friend)


def test_another_channel_with_the_same_number_is_oneself(session: Session) -> None:
    referrer, friend = two(session)
    friend.phone = referrer.phone
    with pytest.raises(OwnCode):
        invited(session, referrer, friend)


def test_the_friend_s_coupon_is_none_for_who_leaves_the_referrer_s_number(session: Session) -> None:
    referrer, friend = two(session)
    invited(session, referrer, friend)
    assert homes.place(session, friend, at(TUESDAY, 9), choice=Choice("none")).total == 100_00
    friend.phone = referrer.phone
    assert homes.place(session, friend, at(TUESDAY, 13)).total == 100_00


def test_a_week_after_the_first_paid_visit_the_referrer_is_rewarded(session: Session) -> None:
    referrer, friend = two(session)
    found = invited(session, referrer, friend)
    visit = pay(session, friend)
    assert (visit.total, found.state, found.visit_id) == (80_00, State.WAITING, visit.id)
    assert rewards.paid(session, HOUSE, visit, NOW) is None
    assert rewards.weigh(session, HOUSE, found, NOW + 8 * DAY) is State.REWARDED
    assert rewards.weigh(session, HOUSE, found, NOW + 8 * DAY) is State.REWARDED
    assert points.balance(session, referrer.id or 0, NOW + 8 * DAY).usable == 500
    assert usable(session, referrer) == [("referral", 30_00)]


def test_a_visit_at_the_referrer_s_own_home_is_for_staff_to_decide(session: Session) -> None:
    referrer, friend = two(session)
    customers.add_address(session, referrer, line="1, NORTH road", area_code="NORTH", now=NOW)
    found = invited(session, referrer, friend)
    pay(session, friend)
    assert rewards.weigh(session, HOUSE, found, NOW + 8 * DAY) is State.DOUBTED
    assert (found.doubts, found.score) == (["address", "cheap"], 80)
    assert rewards.doubted(session, 9) == [found]
    refused = rewards.decide(session, HOUSE, found, reward=False, staff_id=None, now=NOW + 9 * DAY)
    assert refused is State.REFUSED
    with pytest.raises(rewards.Decided):
        rewards.decide(session, HOUSE, found, reward=True, staff_id=None, now=NOW + 9 * DAY)
    assert usable(session, referrer) == []


def test_no_more_than_so_many_rewards_a_month(session: Session) -> None:
    referrer, friend = two(session)
    for _ in range(HOUSE.pricing.referral.per_month):
        made = invited(session, referrer, homes.customer(session))
        made.invited_at, made.rewarded_at, made.state = NOW - 9 * DAY, NOW - 9 * DAY, State.REWARDED
    found = invited(session, referrer, friend)
    pay(session, friend)
    assert rewards.weigh(session, HOUSE, found, NOW + 8 * DAY) is State.CAPPED
    assert usable(session, referrer) == []


def test_money_that_goes_back_takes_the_reward_along(session: Session) -> None:
    referrer, friend = two(session)
    found = invited(session, referrer, friend)
    visit = pay(session, friend)
    rewards.weigh(session, HOUSE, found, NOW + 8 * DAY)
    later = NOW + 20 * DAY
    assert rewards.look_back(session, HOUSE, found, later) is None
    to = (friend.id or 0, visit.id or 0)
    compensations.grant(session, *to, "refund", 80_00, reason="complaint", now=later)
    assert rewards.look_back(session, HOUSE, found, later) == 500
    assert (found.state, usable(session, referrer)) == (State.TAKEN_BACK, [])
    assert points.balance(session, referrer.id or 0, later).usable == 0
    assert rewards.look_back(session, HOUSE, found, later) is None


def test_a_refund_takes_the_reward_along_at_that_moment(session: Session) -> None:
    referrer, friend = two(session)
    found = invited(session, referrer, friend)
    visit = pay(session, friend)
    rewards.weigh(session, HOUSE, found, NOW + 8 * DAY)
    number, now = visit.id or 0, NOW + 9 * DAY
    compensations.grant(session, friend.id or 0, number, "refund", 50_00, reason="late", now=now)
    assert rewards.refunded(session, HOUSE, number, now) is None, "some of the money is still ours"
    compensations.grant(session, friend.id or 0, number, "refund", 30_00, reason="kept", now=now)
    assert rewards.refunded(session, HOUSE, number, now) is found
    assert (found.state, usable(session, referrer)) == (State.TAKEN_BACK, [])
    assert rewards.refunded(session, HOUSE, number, now) is None
    assert points.balance(session, referrer.id or 0, now).usable == 0


def test_a_refund_before_the_reward_settles_it_and_one_after_a_month_changes_nothing(
    session: Session,
) -> None:
    referrer, friend = two(session)
    other = homes.customer(session)
    early, late = invited(session, referrer, friend), invited(session, referrer, other)
    for one, days in ((early, 2), (late, 60)):
        who = session.get_one(Customer, one.friend_id)
        homes.worker(session)
        visit = pay(session, who)
        if one is late:
            rewards.weigh(session, HOUSE, one, NOW + 8 * DAY)
        now, to = NOW + days * DAY, (who.id or 0, visit.id or 0)
        compensations.grant(session, *to, "refund", visit.total, reason="late", now=now)
        rewards.refunded(session, HOUSE, visit.id or 0, now)
    assert (early.state, late.state) == (State.REFUSED, State.REWARDED)


def test_what_looks_like_one_person_is_for_staff_to_decide(session: Session) -> None:
    referrer, friend = two(session)
    referrer.phone = "+8613800001111"
    other = homes.customer(session)
    payer, device = invited(session, referrer, friend), invited(session, referrer, other)
    pay(session, friend).contact_phone = referrer.phone
    session.flush()
    assert "payer" in rewards.doubts(session, HOUSE, payer)
    assert rewards.weigh(session, HOUSE, payer, NOW + 8 * DAY) is State.DOUBTED
    assert "device" not in rewards.doubts(session, HOUSE, device)
    for account, who in (("main", referrer), ("second", other)):
        identities.behind(session, "telegram", account, "4711", language="en", now=NOW)
        identity = identities.find(session, "telegram", account, "4711")
        assert identity is not None
        identity.customer_id = who.id
    session.flush()
    assert "device" in rewards.doubts(session, HOUSE, device)


def test_money_that_went_back_before_earns_nothing(session: Session) -> None:
    referrer, friend = two(session)
    found = invited(session, referrer, friend)
    visit = pay(session, friend)
    compensations.grant(session, friend.id or 0, visit.id or 0, "refund", 80_00, reason="late", now=NOW)
    assert rewards.weigh(session, HOUSE, found, NOW + 8 * DAY) is State.REFUSED


def test_who_turns_out_to_be_the_referrer_is_rewarded_for_nothing(session: Session) -> None:
    referrer, friend = two(session)
    friend.phone = friend.phone_verified_at = None
    found = invited(session, referrer, friend)
    by = Identity(channel="web", account="main", user="x", role=Role.CUSTOMER, first_seen_at=NOW)
    merging.merge(session, referrer, friend, by, NOW, proof=Proof.CODE)
    session.refresh(found)
    assert (found.state, found.referrer_id, found.friend_id) == (State.REFUSED, referrer.id, referrer.id)
    assert coupons.usable(session, referrer.id or 0, NOW)[0].reason == "invited"
    assert homes.place(session, referrer, at(TUESDAY, 9)).total == 100_00


def test_of_two_codes_at_the_same_moment_one_counts(engine: Engine) -> None:
    first, second, friend = people(engine, 3)
    with transaction(engine) as session:
        codes = [referrals.code_of(session, one.id or 0, NOW) for one in (first, second)]

    def accepts(code: str) -> Act:
        return lambda session: referrals.invite(session, HOUSE, friend.id or 0, code, NOW).referrer_id

    results = together(engine, [accepts(code) for code in codes])
    assert [type(one) for one in refusals(results)] == [InvitedBefore]
    with transaction(engine) as session:
        assert len(session.exec(select(Referral)).all()) == 1


def test_a_reward_is_given_once_however_often_it_is_due(engine: Engine) -> None:
    with transaction(engine) as session:
        referrer, friend = two(session)
        found = invited(session, referrer, friend).id
        pay(session, friend)
        who = referrer.id or 0

    def weighs(session: Session) -> object:
        return rewards.weigh(session, HOUSE, session.get_one(Referral, found), NOW + 8 * DAY)

    assert together(engine, [weighs] * 3) == [State.REWARDED] * 3
    with transaction(engine) as session:
        assert points.balance(session, who, NOW + 8 * DAY).usable == 500
