"""A plan's visits: placed once, with the usual worker, asked about first where they are not as usual."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import coupons, offers, plans, visits, windows
from core.calendars import Closure
from core.catalogue import Words
from core.company import Company
from core.coupons import Kind
from core.customers import Address, Customer
from core.database import transaction
from core.plans import Closed, Every, Plan, PlanDate, Rhythm, State, Until, What
from core.visits import Status, Visit
from tests.core import homes, test_packages
from tests.core.homes import HOUSE, NOW, TUESDAY, at, id_of
from tests.core.test_races import together

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def begin(session: Session, worker: int | None = None, company: Company = HOUSE, **more: Any) -> Plan:
    """A plan for two hours of cleaning, each Tuesday at nine."""
    customer = homes.customer(session)
    rhythm = Rhythm(
        more.pop("every", Every.WEEK),
        more.pop("anchor", TUESDAY),
        time(9),
        1,
        worker,
        more.pop("total", 100_00),
    )
    return plans.start(
        session,
        company,
        customer,
        rhythm,
        service_code="CLEAN",
        add_ons={},
        address=homes.home(session, customer),
        now=NOW,
        **more,
    )


def kept(session: Session, plan: Plan) -> dict[date, State]:
    return {one.day: one.state for one in session.exec(select(PlanDate).where(PlanDate.plan_id == plan.id))}


def accept(session: Session, made: list[plans.Made]) -> None:
    for one in made:
        if one.visit is not None:
            offers.settle(session, HOUSE, one.visit, by="bot", now=NOW)


def test_visits_are_placed_two_weeks_ahead_and_only_once(session: Session) -> None:
    wang = id_of(homes.worker(session))
    plan = begin(session, wang)
    first = plans.make(session, HOUSE, plan, NOW)
    assert [one.what for one in first] == [What.PLACED]
    accept(session, first)
    rest = plans.make(session, HOUSE, plan, NOW)
    assert [one.kept.day for one in rest] == [TUESDAY + WEEK]
    assert plans.make(session, HOUSE, plan, NOW) == []
    assert len(session.exec(select(Visit)).all()) == 2
    assert plan.look_at.astimezone(HOUSE.zone).date() == TUESDAY


def test_somebody_else_comes_when_the_wished_worker_cannot(session: Session) -> None:
    wang, li = id_of(homes.worker(session)), id_of(homes.worker(session, "Li"))
    homes.place(session, homes.customer(session), at(TUESDAY, 9), workers=[wang])
    plan = begin(session, wang)
    (made,) = plans.make(session, HOUSE, plan, NOW)
    assert (made.what, made.instead_of) == (What.OTHER_WORKER, wang)
    assert made.visit is not None
    assert [worker.id for _, worker in visits.crew(session, made.visit)] == [li]


def test_a_date_for_which_nobody_is_free_offers_the_nearest_times(session: Session) -> None:
    wang = id_of(homes.worker(session))
    homes.place(session, homes.customer(session), at(TUESDAY, 9), workers=[wang])
    plan = begin(session, wang)
    made = plans.make(session, HOUSE, plan, NOW)
    assert made[0].what is What.UNPLACED
    assert len(made[0].nearest) == 3
    assert [one.day for one in plans.unplaced(session, TUESDAY, 5)] == [TUESDAY]
    chosen = made[0].nearest[0].starts_at
    visit = plans.place_at(session, HOUSE, plan, TUESDAY, chosen, NOW)
    assert (visit.starts_at, kept(session, plan)[TUESDAY]) == (chosen, State.PLACED)
    with pytest.raises(plans.NoSuchDate):
        plans.place_at(session, HOUSE, plan, TUESDAY, chosen, NOW)


def test_a_public_holiday_waits_for_a_yes_and_is_left_out_without_one(session: Session) -> None:
    for name in ("Wang", "Li"):
        homes.worker(session, name, papers={"health": date(2028, 1, 1)})
    before = at(date(2026, 12, 20), 10)
    new_year = date(2027, 1, 1)
    plan = begin(session, anchor=new_year)
    made = [one for one in plans.make(session, HOUSE, plan, before) if one.kept.day == new_year]
    assert [one.what for one in made] == [What.HOLIDAY]
    assert kept(session, plan)[new_year] is State.ASKED
    agreed = plans.agree(session, HOUSE, plan, new_year, before)
    assert agreed is not None
    assert agreed.visit is not None
    assert plans.agree(session, HOUSE, plan, new_year, before) is None

    other = begin(session, anchor=new_year)
    plans.make(session, HOUSE, other, before)
    late = plans.make(session, HOUSE, other, at(date(2026, 12, 28), 10))
    assert What.LAPSED in {one.what for one in late}
    assert kept(session, other)[new_year] is State.SKIPPED


def test_a_higher_price_is_asked_first(session: Session) -> None:
    homes.worker(session)
    plan = begin(session, total=90_00)
    made = plans.make(session, HOUSE, plan, NOW)
    assert [(one.what, one.total) for one in made] == [(What.PRICE, 100_00)]
    assert session.exec(select(Visit)).all() == []
    agreed = plans.agree(session, HOUSE, plan, TUESDAY, NOW)
    assert agreed is not None
    assert agreed.visit is not None
    assert agreed.visit.total == 100_00


def test_a_closed_day_is_moved_or_left_out_as_the_customer_chose(session: Session) -> None:
    homes.worker(session)
    reason = Words({"zh-CN": "休息", "en": "rest"})
    closed = HOUSE.model_copy(
        update={"closures": (Closure(first=TUESDAY + WEEK, last=TUESDAY + WEEK, reason=reason),)}
    )
    moves, skips = begin(session), begin(session, if_closed=Closed.SKIP)
    for plan, what, takes_place in ((moves, What.MOVED, True), (skips, What.CLOSED, False)):
        made = plans.make(session, closed, plan, NOW)
        accept(session, made)
        made += plans.make(session, closed, plan, NOW)
        found = {one.kept.day: one for one in made}
        assert found[TUESDAY + WEEK].what is what
        assert (found[TUESDAY + WEEK].visit is not None) is takes_place


def test_a_visit_moved_or_cancelled_by_itself_is_that_dates_exception(session: Session) -> None:
    homes.worker(session)
    plan = begin(session)
    (made,) = plans.make(session, HOUSE, plan, NOW)
    assert made.visit is not None
    later = at(TUESDAY + DAY, 14)
    visits.move(session, HOUSE, made.visit, starts_at=later, agreed_fee=0, now=NOW - DAY)
    known = plans.outline(session, HOUSE, plan, NOW)
    first = plans.upcoming(HOUSE, known, NOW)[0]
    assert (first.day, first.starts_at, first.fate) == (TUESDAY, later, plans.Fate.SWAPPED)
    visits.cancel(session, HOUSE, made.visit, actor="customer", now=NOW - DAY)
    known = plans.outline(session, HOUSE, plan, NOW)
    assert plans.upcoming(HOUSE, known, NOW)[0].fate is plans.Fate.SKIPPED


def test_this_and_following_calls_off_what_is_free_and_leaves_the_rest(session: Session) -> None:
    homes.worker(session)
    plan = begin(session)
    accept(session, plans.make(session, HOUSE, plan, NOW - DAY))
    plans.make(session, HOUSE, plan, NOW - DAY)
    near, far = session.exec(select(Visit).order_by(Visit.starts_at)).all()
    evening = at(TUESDAY - DAY, 20)
    plans.lock(session, plan)
    new = Rhythm(Every.FORTNIGHT, TUESDAY + 9 * DAY, time(14), 2, None, 200_00)
    freed = plans.change(session, HOUSE, plan, TUESDAY + WEEK, new, evening)
    assert (freed.cancelled, freed.staying) == ((far,), ())
    assert near.status is Status.CONFIRMED
    known = plans.outline(session, HOUSE, plan, evening)
    dates = [one.on for one in plans.next_dates(HOUSE, known, evening)]
    assert dates == [TUESDAY, TUESDAY + 9 * DAY, TUESDAY + 23 * DAY]
    ended = plans.end(session, HOUSE, plan, evening)
    assert ended.staying == (near,)
    with pytest.raises(plans.PlanEnded):
        plans.lock(session, plan)


def test_skipping_and_putting_one_on_another_day_touch_only_that_one(session: Session) -> None:
    homes.worker(session)
    plan = begin(session)
    early = NOW - DAY
    accept(session, plans.make(session, HOUSE, plan, early))
    plans.make(session, HOUSE, plan, early)
    plans.skip(session, HOUSE, plan, TUESDAY, early)
    assert plans.make(session, HOUSE, plan, early) == []
    assert kept(session, plan) == {TUESDAY: State.SKIPPED, TUESDAY + WEEK: State.PLACED}
    with pytest.raises(plans.DayTaken):
        plans.put(session, HOUSE, plan, TUESDAY, to_day=TUESDAY + WEEK, now=early)
    with pytest.raises(plans.DayUnfit):
        plans.put(session, HOUSE, plan, TUESDAY, to_day=homes.CLOSED, now=early)
    plans.put(session, HOUSE, plan, TUESDAY, to_day=TUESDAY + DAY, at=time(14), now=early)
    (made,) = plans.make(session, HOUSE, plan, early)
    assert made.visit is not None
    assert made.visit.starts_at == at(TUESDAY + DAY, 14)


def test_a_pause_leaves_its_dates_out_until_it_is_over(session: Session) -> None:
    homes.worker(session)
    plan = begin(session)
    early = NOW - DAY
    accept(session, plans.make(session, HOUSE, plan, early))
    freed = plans.pause(session, HOUSE, plan, TUESDAY, TUESDAY + 6 * DAY, early)
    assert len(freed.cancelled) == 1
    made = plans.make(session, HOUSE, plan, early)
    assert [one.kept.day for one in made] == [TUESDAY + WEEK]
    assert plans.resume(session, plan, TUESDAY - DAY, early)
    assert TUESDAY in {one.kept.day for one in plans.make(session, HOUSE, plan, early)}


def test_nothing_is_placed_while_the_customer_chooses_something_else(session: Session) -> None:
    homes.worker(session)
    plan = begin(session)
    customer = session.get_one(Customer, plan.customer_id)
    hold = windows.hold(session, HOUSE, homes.need(customer=customer), at(TUESDAY, 14), now=NOW)
    assert plans.make(session, HOUSE, plan, NOW) == []
    assert plan.look_at == hold.expires_at
    assert windows.held(session, plan.customer_id, NOW) is not None


def test_other_peoples_plans_are_unknown(session: Session) -> None:
    plan = begin(session)
    with pytest.raises(plans.UnknownPlan):
        plans.of_customer(session, homes.customer(session).id or 0, plan.id or 0)


def test_two_sweeps_at_once_place_each_visit_once(engine: Engine) -> None:
    with transaction(engine) as session:
        homes.worker(session)
        homes.worker(session, "Li")
        made = [begin(session).id for _ in range(2)]

    def sweep(session: Session) -> int:
        count = 0
        for plan in plans.due(session, NOW):
            count += len(plans.make(session, HOUSE, plan, NOW))
        return count

    results = together(engine, [sweep] * 4)
    with transaction(engine) as session:
        placed = session.exec(select(PlanDate).where(PlanDate.state == State.PLACED)).all()
        assert {(one.plan_id, one.day) for one in placed} == {(id, TUESDAY) for id in made}
        assert len(session.exec(select(Visit)).all()) == len(placed)
    assert sum(result for result in results if isinstance(result, int)) == 2


def test_a_home_is_the_customers_own(session: Session) -> None:
    plan = begin(session)
    assert session.get_one(Address, plan.address_id).customer_id == plan.customer_id


def test_a_package_is_used_by_itself_and_a_coupon_only_where_it_was_named(session: Session) -> None:
    wang = id_of(homes.worker(session))
    plan = begin(session, wang)
    owner = session.get_one(Customer, plan.customer_id)
    given = {"reason": "gift", "key": "gift", "now": NOW}
    coupon = coupons.issue(session, HOUSE, plan.customer_id, kind=Kind.FEN, amount=20_00, **given)
    [first] = plans.make(session, HOUSE, plan, NOW)
    assert first.visit is not None
    assert first.visit.total == 100_00
    accept(session, [first])
    [second] = plans.make(session, HOUSE, plan, NOW)
    use = {"saving": f"coupon:{coupon.id}", "total": 80_00, "now": NOW}
    assert plans.put(session, HOUSE, plan, TUESDAY + WEEK, **use).cancelled == (second.visit,)
    [named] = plans.make(session, HOUSE, plan, NOW)
    assert named.visit is not None
    assert named.visit.total == 80_00
    test_packages.bought(session, owner)
    later = NOW + WEEK
    [packed] = plans.make(session, HOUSE, plan, later)
    assert packed.visit is not None
    assert packed.visit.total == 0


def test_a_named_coupon_that_is_gone_is_asked_about_again(session: Session) -> None:
    plan = begin(session, id_of(homes.worker(session)))
    given = {"kind": Kind.FEN, "amount": 20_00, "reason": "gift", "now": NOW}
    coupon = coupons.issue(session, HOUSE, plan.customer_id, key="a", **given)
    other = coupons.issue(session, HOUSE, plan.customer_id, key="b", **given)
    plans.put(session, HOUSE, plan, TUESDAY, saving=f"coupon:{coupon.id}", total=80_00, now=NOW)
    session.delete(coupon)
    session.flush()
    made = plans.make(session, HOUSE, plan, NOW)[0]
    assert (made.what, made.total) == (What.PRICE, 100_00)
    assert other.visit_id is None


def test_one_yes_to_a_risen_price_is_enough(session: Session) -> None:
    wang = id_of(homes.worker(session))
    plan = begin(session, wang, total=90_00)
    [risen] = plans.make(session, HOUSE, plan, NOW)
    assert (risen.what, risen.usual) == (What.PRICE, 100_00)
    assert plans.make(session, HOUSE, plan, NOW) == []
    agreed = plans.agree(session, HOUSE, plan, TUESDAY, NOW)
    assert agreed is not None
    accept(session, [agreed])
    assert [one.what for one in plans.make(session, HOUSE, plan, NOW)] == [What.PLACED]
    assert plans.outline(session, HOUSE, plan, NOW).latest().total == 100_00


def test_so_many_visits_and_no_more_whatever_is_left_out(session: Session) -> None:
    plan = begin(session, id_of(homes.worker(session)), until=Until(times=2))
    accept(session, plans.make(session, HOUSE, plan, NOW))
    plans.make(session, HOUSE, plan, NOW)
    known = plans.outline(session, HOUSE, plan, NOW)
    last = plans.final(HOUSE, known, NOW)
    assert last is not None
    assert (last.day, plans.left_of(HOUSE, known, NOW)) == (TUESDAY + WEEK, 2)
    plans.skip(session, HOUSE, plan, TUESDAY + WEEK, NOW)
    after = plans.final(HOUSE, plans.outline(session, HOUSE, plan, NOW), NOW)
    assert after is not None
    assert after.day == TUESDAY + 2 * WEEK
    plans.make(session, HOUSE, plan, NOW + WEEK)
    end = at(TUESDAY + 2 * WEEK, 18) + DAY
    assert plans.make(session, HOUSE, plan, end) == []
    assert plan.ended_at == end
    days = sorted(one.day for one in session.exec(select(PlanDate).where(PlanDate.state == State.PLACED)))
    assert days == [TUESDAY, TUESDAY + 2 * WEEK]


def test_an_end_that_comes_nearer_calls_off_what_is_after_it_and_one_can_go_on(session: Session) -> None:
    plan = begin(session, id_of(homes.worker(session)), until=Until(day=TUESDAY + 20 * WEEK))
    accept(session, plans.make(session, HOUSE, plan, NOW))
    [second] = plans.make(session, HOUSE, plan, NOW)
    assert plans.final(HOUSE, plans.outline(session, HOUSE, plan, NOW), NOW) is not None
    freed = plans.limit(session, HOUSE, plan, Until(day=TUESDAY + 3 * DAY), NOW)
    assert freed.cancelled == (second.visit,)
    assert plans.make(session, HOUSE, plan, NOW) == []
    plans.limit(session, HOUSE, plan, Until(), NOW)
    assert [one.kept.day for one in plans.make(session, HOUSE, plan, NOW)] == [TUESDAY + WEEK]
    assert plans.final(HOUSE, plans.outline(session, HOUSE, plan, NOW), NOW) is None
