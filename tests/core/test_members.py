"""Members: joining, what visits bring, tiers and what they are good for, and two people for large changes."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import compensations, coupons, customers, fees, matching, payments, policies, staff
from core.bindings import Proof, merging
from core.company import Company
from core.customers import Customer
from core.database import transaction
from core.errors import DomainError
from core.facts import Source
from core.identities import behind
from core.matching import Need
from core.members import (
    Adjustment,
    NotEnoughPoints,
    Tier,
    adjusting,
    birthdays,
    checking,
    climbing,
    companions,
    costs,
    earning,
    enrolling,
    expiring,
    points,
    redeeming,
    shares,
    tiers,
)
from core.members.adjusting import AdjustmentSettled, NotTheSame, NotYourRank
from core.members.redeeming import RedemptionSettled
from core.quotes import Quote, QuoteLine
from core.reminders import Reminder
from core.staff import Rank, StaffMember
from core.visits import Visit
from tests import town
from tests.core import homes
from tests.core.homes import HOUSE, NOW, id_of
from tests.core.test_races import together

WEEK = timedelta(days=7)


@pytest.fixture
def anna(session: Session) -> Customer:
    made = homes.customer(session)
    made.phone = "+8613800001234"
    return made


def visited(session: Session, who: Customer, times: int, since: datetime = NOW) -> list[Visit]:
    before = len(session.exec(select(Visit.id)).all())
    return [town.attended(session, HOUSE, who, since - (n + 1) * WEEK, before + n) for n in range(times)]


def join(session: Session, who: Customer) -> None:
    enrolling.join(session, HOUSE, who, NOW)


def usable(session: Session, who: Customer, now: datetime = NOW) -> int:
    return points.balance(session, id_of(who), now).usable


def test_nobody_joins_without_a_number_and_nobody_twice(session: Session, anna: Customer) -> None:
    anna.phone = None
    with pytest.raises(enrolling.NoNumber):
        join(session, anna)
    anna.phone = "+8613800001234"
    first, is_new = enrolling.join(session, HOUSE, anna, NOW)
    again, is_new_too = enrolling.join(session, HOUSE, anna, NOW)
    assert (first.id, is_new, is_new_too) == (again.id, True, False)
    assert usable(session, anna) == HOUSE.members.sign_up


def test_who_joins_gets_the_points_of_the_last_visits_and_the_tier_they_earned(
    session: Session, anna: Customer
) -> None:
    visited(session, anna, 6)
    join(session, anna)
    assert tiers.of(session, id_of(anna)) is Tier.SILVER
    assert points.balance(session, id_of(anna), NOW).pending == 4 * 180


@pytest.mark.parametrize(
    ("tier", "day", "fen", "worth"),
    [
        (Tier.BASIC, 24, 180_99, 180),
        (Tier.SILVER, 24, 101_00, 121),
        (Tier.GOLD, 24, 1_99, 2),
        (Tier.DIAMOND, 18, 100_00, 400),
    ],
)
def test_a_visit_is_worth_what_was_paid_times_tier_and_day(
    session: Session, anna: Customer, tier: Tier, day: int, fen: int, worth: int
) -> None:
    [visit] = visited(session, anna, 1)
    visit.starts_at = datetime(2026, 11, day, 9, tzinfo=HOUSE.zone)
    assert earning.worth_of(HOUSE, tier, visit, fen) == worth


def test_what_was_not_paid_after_all_goes_back_and_counts_again_when_it_is(
    session: Session, anna: Customer
) -> None:
    join(session, anna)
    [visit] = visited(session, anna, 1)
    for _ in range(2):
        earning.paid(session, HOUSE, visit, NOW)
        earning.paid(session, HOUSE, visit, NOW)
        assert points.balance(session, id_of(anna), NOW).pending == 180
        assert earning.unpaid(session, visit, NOW) == 180
        assert earning.unpaid(session, visit, NOW) == 0
    assert points.balance(session, id_of(anna), NOW).pending == 0


def test_a_refund_takes_its_share_and_never_more_than_there_was(session: Session, anna: Customer) -> None:
    join(session, anna)
    [visit] = visited(session, anna, 1)
    earning.paid(session, HOUSE, visit, NOW)
    assert earning.refunded(session, visit, 45_00, NOW) == 45
    assert earning.refunded(session, visit, 999_00, NOW) == 135
    assert usable(session, anna, NOW + WEEK) == HOUSE.members.sign_up


def test_what_is_not_for_orders_has_a_limit_a_month(session: Session, anna: Customer) -> None:
    join(session, anna)
    got = [earning.rated(session, HOUSE, visit, NOW) for visit in visited(session, anna, 12)]
    assert got == [20] * 10 + [0, 0]
    assert earning.rated(session, HOUSE, visited(session, anna, 13)[-1], NOW + 30 * timedelta(days=1)) == 20


def test_a_birthday_is_worth_points_once_a_year_where_they_told_it_themselves(
    session: Session, anna: Customer
) -> None:
    join(session, anna)
    member = tiers.membership(session, id_of(anna))
    assert member is not None
    june = datetime(2027, 6, 1, 10, tzinfo=HOUSE.zone)
    birthdays.tell(session, HOUSE, id_of(anna), 6, 1, source=Source.WORKER, now=NOW)
    assert not birthdays.is_on(session, member, june.date())
    birthdays.tell(session, HOUSE, id_of(anna), 6, 1, now=NOW)
    assert birthdays.is_on(session, member, june.date())
    assert not birthdays.is_on(session, member, june.date() + timedelta(days=1))
    assert birthdays.give(session, HOUSE, member, june) == HOUSE.members.birthday
    assert birthdays.give(session, HOUSE, member, june) == 0
    assert birthdays.give(session, HOUSE, member, june + timedelta(days=250)) == 0, "they told another day"
    assert birthdays.give(session, HOUSE, member, june + timedelta(days=365)) == HOUSE.members.birthday
    due = session.exec(select(Reminder.due_at).where(Reminder.kind == birthdays.KIND)).all()
    assert due == [june], "one look, however often it is told"


def test_who_was_born_on_a_leap_day_has_a_birthday_every_year(session: Session, anna: Customer) -> None:
    birthdays.tell(session, HOUSE, id_of(anna), 2, 29, now=NOW)
    join(session, anna)
    member = tiers.membership(session, id_of(anna))
    assert member is not None
    assert [
        birthdays.is_on(session, member, date(year, 2, day)) for year, day in ((2027, 28), (2028, 29))
    ] == [
        True,
        True,
    ]
    assert not birthdays.is_on(session, member, date(2028, 2, 28))


def test_points_with_more_time_do_not_count_as_earned_in_the_month(session: Session, anna: Customer) -> None:
    join(session, anna)
    soon = NOW + timedelta(days=360)
    [moved] = expiring.prolong(session, HOUSE, id_of(anna), soon)
    assert moved.expires_at == datetime(2028, 3, 1, tzinfo=HOUSE.zone)
    member = tiers.membership(session, id_of(anna))
    assert member is not None
    assert birthdays.give(session, HOUSE, member, soon) == HOUSE.members.birthday
    got = [earning.rated(session, HOUSE, visit, soon) for visit in visited(session, anna, 6)]
    assert got == [20] * 5 + [0], "300 a month, of which the birthday had 200"


def test_a_complete_record_is_worth_points_once(session: Session, anna: Customer) -> None:
    join(session, anna)
    anna.name = "Anna"
    assert earning.profile(session, HOUSE, anna, NOW) == 0
    home = homes.home(session, anna)
    home.size_m2 = 90
    customers.tell_home(session, id_of(anna), pets=False, elderly=False, infants=False, now=NOW)
    assert earning.profile(session, HOUSE, anna, NOW) == HOUSE.members.profile
    assert earning.profile(session, HOUSE, anna, NOW) == 0


def test_points_that_we_owe_are_credited_once_and_settled(session: Session, anna: Customer) -> None:
    [visit] = visited(session, anna, 1)
    owed = compensations.grant(session, id_of(anna), visit.id or 0, "points", 100, reason="late", now=NOW)
    assert earning.credit(session, HOUSE, NOW) == 1
    assert earning.credit(session, HOUSE, NOW) == 0
    assert usable(session, anna) == 100
    assert owed.settled_at == NOW


def test_a_tier_is_kept_by_the_visits_of_its_year_else_it_is_one_step_lower(
    session: Session, anna: Customer
) -> None:
    visited(session, anna, 24)
    join(session, anna)
    member = tiers.membership(session, id_of(anna))
    assert member is not None
    assert member.tier is Tier.GOLD
    assert member.tier_until is not None
    over = member.tier_until
    assert climbing.keep_or_lower(session, HOUSE, member, over) is Tier.GOLD
    assert member.tier_until == over
    visited(session, anna, 24, over)  # they come again in the time of grace
    assert climbing.rise(session, HOUSE, id_of(anna), over + WEEK) is None
    assert member.tier_until > over
    late = member.tier_until + timedelta(days=HOUSE.members.tier_grace_days)
    assert climbing.keep_or_lower(session, HOUSE, member, late) is Tier.SILVER
    assert climbing.keep_or_lower(session, HOUSE, member, late + 13 * timedelta(days=31)) is Tier.BASIC
    assert member.tier_until is None


def test_money_reaches_a_tier_as_well_as_visits_and_refunds_count_against_it(
    session: Session, anna: Customer
) -> None:
    join(session, anna)
    [visit] = visited(session, anna, 1)
    payments.of(session, visit).amount = 1_000_00
    stands = climbing.standing(session, HOUSE, id_of(anna), NOW)
    assert climbing.deserved(HOUSE, stands) is Tier.SILVER
    assert climbing.gap_to_next(HOUSE, Tier.SILVER, stands) == (Tier.GOLD, 4_000_00, 23)
    assert climbing.gap_to_next(HOUSE, Tier.DIAMOND, stands) is None


def test_a_tier_forgives_more_late_cancellations(session: Session, anna: Customer) -> None:
    usual = HOUSE.policies.goodwill
    assert tiers.goodwill(session, HOUSE, id_of(anna), usual) == usual
    visited(session, anna, 24)
    join(session, anna)
    assert tiers.goodwill(session, HOUSE, id_of(anna), usual) == 2
    given = {"total": 180_00, "assigned": True, "on_the_way": False, "late_before": 1}
    starts = NOW + timedelta(hours=12)
    fee = fees.cancelling(HOUSE, HOUSE.policies, starts_at=starts, goodwill=2, now=NOW, **given)
    assert (fee.amount, fee.waived) == (0, True)


def test_diamond_members_have_somebody_of_their_own(session: Session, anna: Customer) -> None:
    first, second = hired(session, Rank.CLERK), hired(session, Rank.CLERK)
    for who, wanted in ((anna, first), (homes.customer(session), second)):
        who.phone = "+8613800001234"
        visited(session, who, 52)
        for visit in session.exec(select(Visit).where(Visit.customer_id == who.id)):
            payments.of(session, visit).amount = 300_00
        join(session, who)
        companion = companions.of(session, HOUSE, id_of(who))
        assert companion is not None
        assert companion.id == wanted
    staff.dismiss(session, session.get_one(StaffMember, first))
    session.flush()
    assert companions.of(session, HOUSE, id_of(anna)) is None


def test_the_most_experienced_come_first_to_gold(session: Session, anna: Customer) -> None:
    junior, senior = homes.worker(session), homes.worker(session)
    senior.senior = True
    junior.rating, junior.rated, senior.rating, senior.rated = 5.0, 40, 3.5, 40
    session.flush()
    service = HOUSE.services[0]
    need = Need(service=service, minutes=120, crew=1, area=HOUSE.areas[0].code, customer_id=id_of(anna))

    def first() -> int | None:
        ids = [id_of(junior), id_of(senior)]
        return matching.rank(session, HOUSE, need, ids, starts_at=NOW)[0].worker.id

    assert first() == junior.id
    visited(session, anna, 24)
    join(session, anna)
    assert first() == senior.id


def adjust(session: Session, who: Customer, count: int, by: int) -> Adjustment:
    return adjusting.ask(session, HOUSE, id_of(who), count, reason="so", staff_id=by, now=NOW)


def hired(session: Session, rank: Rank) -> int:
    return staff.hire(session, name=rank.value, role=rank, language="en").id or 0


def test_large_changes_take_a_second_person_of_rank(session: Session, anna: Customer) -> None:
    clerk, other, lead = hired(session, Rank.CLERK), hired(session, Rank.CLERK), hired(session, Rank.LEAD)
    assert adjust(session, anna, 500, clerk).approved
    made = adjust(session, anna, 501, clerk)
    assert (made.approved, usable(session, anna)) == (None, 500)
    for by, refusal in ((clerk, NotTheSame), (other, NotYourRank)):
        with pytest.raises(refusal):
            adjusting.decide(session, HOUSE, made.id or 0, staff_id=by, yes=True, now=NOW)
    adjusting.decide(session, HOUSE, made.id or 0, staff_id=lead, yes=True, now=NOW)
    assert usable(session, anna) == 1_001
    with pytest.raises(AdjustmentSettled):
        adjusting.decide(session, HOUSE, made.id or 0, staff_id=lead, yes=False, now=NOW)
    with pytest.raises(NotEnoughPoints):
        adjust(session, anna, -500 - 501 - 1, lead) and adjusting.decide(
            session, HOUSE, 3, staff_id=hired(session, Rank.MANAGER), yes=True, now=NOW
        )


def test_goods_are_handed_over_or_their_points_go_back_once(session: Session, anna: Customer) -> None:
    clerk = hired(session, Rank.CLERK)
    adjust(session, anna, 500, clerk)
    made = redeeming.redeem(session, HOUSE, id_of(anna), "cloths", NOW)
    assert usable(session, anna) == 0
    redeeming.cancel(session, made.id or 0, clerk, NOW)
    assert usable(session, anna) == 500
    with pytest.raises(RedemptionSettled):
        redeeming.hand_over(session, made.id or 0, clerk, NOW)
    with pytest.raises(redeeming.UnknownGoods):
        redeeming.redeem(session, HOUSE, id_of(anna), "yacht", NOW)


def test_an_hour_and_an_add_on_for_points_are_coupons_at_once(
    session: Session, company: Company, anna: Customer
) -> None:
    points.earn(session, company, id_of(anna), 7_500, reason="visit", subject="V", key="V", now=NOW)
    for code in (redeeming.HOUR, redeeming.ADD_ON):
        assert redeeming.redeem(session, company, id_of(anna), code, NOW).given_at == NOW
    found = coupons.usable(session, id_of(anna), NOW)
    assert {(one.kind, one.amount) for one in found} == {(coupons.Kind.HOURS, 1), (coupons.Kind.ADD_ON, 1)}
    assert usable(session, anna) == 0
    assert redeeming.waiting(session, 5) == []


def test_diamond_members_have_an_add_on_free_each_quarter(
    session: Session, company: Company, anna: Customer
) -> None:
    join(session, anna)
    member = tiers.membership(session, id_of(anna))
    assert member is not None
    assert not redeeming.quarterly(session, company, member, NOW)
    climbing.enter(session, company, member, Tier.DIAMOND, NOW)
    for _ in range(2):
        assert redeeming.quarterly(session, company, member, NOW)
    [one] = coupons.usable(session, id_of(anna), NOW)
    assert one.valid_until == datetime(2027, 1, 1, tzinfo=company.zone)
    redeeming.quarterly(session, company, member, NOW + 60 * timedelta(days=1))
    assert len(coupons.usable(session, id_of(anna), NOW + 60 * timedelta(days=1))) == 1


def test_the_report_counts_what_is_out(session: Session, anna: Customer) -> None:
    join(session, anna)
    [one] = costs.outstanding(session, HOUSE, NOW)
    assert (one.points, one.fen, one.customers) == (100, 1_00, 1)
    assert costs.members(session) == {Tier.BASIC: 1}
    assert costs.owing(session) == 0


def test_what_was_taken_off_is_a_share_of_the_price_by_the_list(session: Session, anna: Customer) -> None:
    join(session, anna)
    first, second, third = visited(session, anna, 3)
    off = [
        ("tier", "silver", -18_00),
        ("coupon", "1", -30_00),
        ("points", "", -6_00),
        ("package", "2", -60_00),
    ]
    for visit, given in ((first, off[:3]), (second, off[3:]), (third, [])):
        kinds = [("service", "DAILY", 180_00), *given]
        lines = [QuoteLine(kind, code, 1, None, 180_00, None, amount) for kind, code, amount in kinds]
        visit.quote = Quote(tuple(lines), sum(line.amount for line in lines), "v").as_json()
        visit.closed_at = NOW if visit is not third else datetime(2026, 9, 30, 23, tzinfo=HOUSE.zone)
    session.flush()
    found = shares.of_months(session, HOUSE, 2, NOW)
    assert list(found["month"]) == ["2026-11"], "the one of September is too old"
    assert {name: share.visits for name, share in found["tier"].items()} == {"basic": 1, "silver": 1}
    [whole] = found["service"].values()
    assert (whole.listed, whole.off, whole.ahead, whole.percent) == (360_00, 54_00, 60_00, 15.0)
    assert set(shares.of_months(session, HOUSE, 3, NOW)["month"]) == {"2026-09", "2026-11"}


def test_what_will_expire_is_told_by_what_did(session: Session, anna: Customer) -> None:
    join(session, anna)
    assert costs.unused_percent(session, NOW) is None
    points.spend(session, HOUSE, id_of(anna), 25, subject="V9", now=NOW)
    later = NOW + 60 * WEEK
    points.expire(session, later)
    assert costs.unused_percent(session, later) == 100, "what was used longer ago does not count"
    assert costs.unused_percent(session, NOW + 52 * WEEK) == 75


def test_the_doctor_finds_what_does_not_agree(session: Session, anna: Customer) -> None:
    join(session, anna)
    assert checking.check(session) == (1, [])
    [(entry, _)] = points.history(session, id_of(anna), 5)
    entry.points = 99
    session.flush()
    assert len(checking.check(session).faults) == 1


def test_two_customers_who_become_one_have_all_points_and_the_higher_tier(session: Session) -> None:
    kept, given = homes.customer(session), homes.customer(session)
    kept.phone = given.phone = "+8613800001234"
    visited(session, given, 6)
    for one in (kept, given):
        join(session, one)
    had = points.balance(session, id_of(given), NOW).pending
    by = behind(session, "web", "main", "somebody", language="en", now=NOW)
    made = merging.merge(session, kept, given, by, NOW, proof=Proof.CODE)
    assert usable(session, kept) == 200
    assert points.balance(session, id_of(kept), NOW).pending == had
    assert tiers.of(session, id_of(kept)) is Tier.SILVER
    assert checking.check(session).faults == []
    points.spend(session, HOUSE, id_of(kept), 150, subject="W1", now=NOW)
    clerk = hired(session, Rank.MANAGER)
    merging.undo(session, made.id or 0, by=clerk, now=NOW)
    assert checking.check(session).faults == []
    assert usable(session, kept) + usable(session, given) == 50
    assert tiers.of(session, id_of(kept)) is Tier.BASIC


def test_of_two_who_decide_at_once_one_is_heard(engine: Engine) -> None:
    with transaction(engine) as session:
        who = homes.customer(session)
        clerk, *leads = hired(session, Rank.CLERK), hired(session, Rank.LEAD), hired(session, Rank.MANAGER)
        made = adjust(session, who, 900, clerk).id or 0

    def decides(by: int, yes: bool) -> object:
        return lambda session: adjusting.decide(session, HOUSE, made, staff_id=by, yes=yes, now=NOW).approved

    results = together(engine, [decides(leads[0], True), decides(leads[1], True)])
    assert sum(isinstance(one, DomainError) for one in results) == 1
    with transaction(engine) as session:
        assert usable(session, who) == 900
        assert session.exec(select(Adjustment.approved)).one() is True


def test_who_joins_twice_at_once_is_one_member(engine: Engine) -> None:
    with transaction(engine) as session:
        who = homes.customer(session)
        who.phone = "+8613800001234"
        policies.remember(session, HOUSE, NOW)

    def joins(session: Session) -> object:
        return enrolling.join(session, HOUSE, session.get_one(Customer, who.id), NOW)[1]

    assert sorted(map(bool, together(engine, [joins, joins]))) == [False, True]
    with transaction(engine) as session:
        assert usable(session, who) == HOUSE.members.sign_up
