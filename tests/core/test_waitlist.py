"""Waiting for a window: in order, held for one at a time, never at night, never sold twice."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import bindings, identities, plans, rosters, visits, waitlist, windows, workers
from core.bindings import merging
from core.customers import Customer
from core.database import transaction
from core.members.tables import Membership, Tier
from core.visits import Visit
from core.waitings import Opened, Status, Waiting
from core.waitlist import Looked
from core.windows import WindowTaken
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at, id_of
from tests.core.test_races import refusals, together

MINUTE = timedelta(minutes=1)


def wait(session: Session, customer: Customer | None = None, **more: Any) -> Waiting:
    """Somebody who waits for two hours of cleaning on Tuesday."""
    customer = customer or homes.customer(session)
    given = {"begins_at": at(TUESDAY, 0), "ends_at": at(TUESDAY, 23, 30), "day": TUESDAY, "now": NOW, **more}
    home = homes.home(session, customer)
    return waitlist.join(
        session, HOUSE, customer, service_code="CLEAN", quantity=1, add_ons={}, address=home, **given
    )


def fill(session: Session) -> list[Visit]:
    """One worker, whose Tuesday is full."""
    wang = id_of(homes.worker(session))
    hours = (8, 12, 16)
    return [homes.place(session, homes.customer(session), at(TUESDAY, h), workers=[wang]) for h in hours]


def member(session: Session, tier: Tier) -> Customer:
    customer = homes.customer(session)
    until = None if tier is Tier.BASIC else NOW + timedelta(days=300)
    session.add(
        Membership(
            customer_id=customer.id or 0,
            number=f"M{customer.id}",
            joined_at=NOW,
            tier=tier,
            tier_since=NOW,
            tier_until=until,
        )
    )
    session.flush()
    return customer


def sweep(session: Session, now: datetime = NOW) -> list[Looked]:
    return [waitlist.look(session, HOUSE, one, now) for one in waitlist.due(session, now)]


def free(session: Session, visit: Visit, now: datetime = NOW) -> None:
    visits.cancel(session, HOUSE, visit, actor="staff", now=now)


def test_a_freed_window_goes_to_the_higher_tier_then_to_who_waited_longer(session: Session) -> None:
    taken = fill(session)
    first, second = wait(session), wait(session, now=NOW + MINUTE)
    gold = wait(session, member(session, Tier.GOLD), now=NOW + 2 * MINUTE)
    assert [waitlist.place_of(session, one) for one in (gold, first, second)] == [1, 2, 3]
    now = NOW + 3 * MINUTE
    assert sweep(session, now) == [Looked.NOTHING] * 3
    free(session, taken[0], now)
    assert sweep(session, now) == [Looked.OFFERED, Looked.NOTHING, Looked.NOTHING]
    assert gold.offered_at == at(TUESDAY, 8)
    late = now + 10 * MINUTE
    assert sweep(session, late) == [Looked.EXPIRED]
    assert sweep(session, late) == [Looked.NOTHING, Looked.OFFERED, Looked.NOTHING]
    assert first.offered_at == at(TUESDAY, 8)
    assert waitlist.place_of(session, gold) == 1


def test_a_yes_in_the_last_second_is_a_yes(session: Session) -> None:
    taken = fill(session)
    one = wait(session)
    free(session, taken[1])
    sweep(session)
    visit = waitlist.accept(session, HOUSE, one, NOW + 10 * MINUTE + MINUTE)
    assert (one.status, one.visit_id) == (Status.BOOKED, visit.id)
    assert visit.starts_at == at(TUESDAY, 12) or visit.starts_at == one.offered_at
    with pytest.raises(waitlist.NotWaiting):
        waitlist.accept(session, HOUSE, one, NOW + 12 * MINUTE)


def test_what_staff_gave_away_meanwhile_is_gone_and_the_place_kept(session: Session) -> None:
    taken = fill(session)
    one = wait(session)
    free(session, taken[0])
    sweep(session)
    windows.release(session, one.customer_id)
    homes.place(session, homes.customer(session), one.offered_at or NOW)
    with pytest.raises(WindowTaken), session.begin_nested():
        waitlist.accept(session, HOUSE, one, NOW + MINUTE)
    waitlist.lost(session, one, NOW + MINUTE)
    assert (one.status, waitlist.place_of(session, one)) == (Status.WAITING, 1)


def test_at_night_the_window_is_held_and_told_in_the_morning(session: Session) -> None:
    taken = fill(session)
    night = at(homes.MONDAY, 23)
    one = wait(session, now=night)
    free(session, taken[2], night)
    assert sweep(session, night) == [Looked.HELD]
    assert sweep(session, night + timedelta(hours=1)) == []
    morning = at(TUESDAY, 7, 20)  # the sweep came late
    assert sweep(session, morning) == [Looked.OFFERED]
    assert one.offer_until == morning + 10 * MINUTE


def test_a_no_keeps_the_place_and_the_next_one_is_asked(session: Session) -> None:
    taken = fill(session)
    first, second = wait(session), wait(session, now=NOW + MINUTE)
    free(session, taken[0])
    sweep(session, NOW + MINUTE)
    waitlist.decline(session, first, NOW + 2 * MINUTE)
    assert Looked.OFFERED in sweep(session, NOW + 2 * MINUTE)
    assert second.status is Status.OFFERED
    waitlist.leave(session, second, NOW + 3 * MINUTE)
    assert sweep(session, NOW + 3 * MINUTE) == [Looked.NOTHING]
    assert (first.status, second.status) == (Status.WAITING, Status.LEFT)


def test_who_never_answers_waits_no_longer(session: Session) -> None:
    taken = fill(session)
    one = wait(session)
    free(session, taken[0])
    assert sweep(session) == [Looked.OFFERED]
    assert sweep(session, NOW + 10 * MINUTE) == [Looked.EXPIRED]
    free(session, taken[2], NOW + 11 * MINUTE)
    assert sweep(session, NOW + 11 * MINUTE) == [Looked.OFFERED]
    assert sweep(session, NOW + 21 * MINUTE) == [Looked.DROPPED]
    assert one.status is Status.LEFT


def test_what_was_waited_for_passes(session: Session) -> None:
    fill(session)
    wait(session)
    assert sweep(session, at(TUESDAY, 18, 30)) == [Looked.PASSED]
    assert sweep(session, at(TUESDAY, 19)) == []


def test_asking_twice_keeps_the_place_and_there_is_a_limit(session: Session) -> None:
    customer = homes.customer(session)
    one = wait(session, customer)
    assert wait(session, customer, now=NOW + MINUTE) is one
    assert one.since == NOW
    for n in range(2):
        wait(session, customer, day=TUESDAY + timedelta(days=7 + n))
    with pytest.raises(waitlist.TooManyWaits):
        wait(session, customer, day=TUESDAY + timedelta(days=20))


def test_two_cancel_at_once_and_everybody_sweeps(engine: Engine) -> None:
    with transaction(engine) as session:
        taken = [visit.id for visit in fill(session)]
        waiting = [wait(session, now=NOW + n * MINUTE).id for n in range(3)]

    def cancel(number: int | None) -> Any:
        return lambda session: free(session, session.get_one(Visit, number), NOW + 5 * MINUTE)

    now = NOW + 5 * MINUTE
    together(engine, [cancel(taken[0]), cancel(taken[2])])
    together(engine, [lambda session: sweep(session, now)] * 3)
    with transaction(engine) as session:
        sweep(session, now)
        rows = [session.get_one(Waiting, id) for id in waiting]
        offered = [one for one in rows if one.status is Status.OFFERED]
        assert offered == rows[:2]
        assert len({one.offered_at for one in offered}) == 2


def test_a_yes_and_the_end_of_the_offer_at_the_same_moment(engine: Engine) -> None:
    with transaction(engine) as session:
        taken = fill(session)
        one, other = wait(session), wait(session, now=NOW + MINUTE)
        ids = one.id, other.id
        customer = one.customer_id
        free(session, taken[0])
        sweep(session, NOW + MINUTE)
    end = NOW + 11 * MINUTE

    def accept(session: Session) -> object:
        mine = waitlist.mine(session, customer, ids[0] or 0)
        return waitlist.accept(session, HOUSE, mine, end).reference

    results = together(
        engine, [accept, lambda session: sweep(session, end), lambda session: sweep(session, end)]
    )
    with transaction(engine) as session:
        first, second = (session.get_one(Waiting, id) for id in ids)
        booked = [one for one in (first, second) if one.status is Status.BOOKED]
        holds = [one for one in (first, second) if one.status is Status.OFFERED]
        assert len(booked) + len(holds) <= 1
        assert bool(refusals(results)) is not bool(booked)
        live = session.exec(select(Visit).where(Visit.status == visits.Status.CONFIRMED)).all()
        assert len(live) == 2 + len(booked)


def test_when_two_customers_become_one_each_queue_has_them_once(session: Session) -> None:
    by = identities.behind(session, "web", "main", "u1", language="zh-CN", now=NOW)
    kept, given = session.get_one(Customer, by.customer_id), homes.customer(session)
    plan = plans.start(
        session,
        HOUSE,
        given,
        plans.Rhythm(plans.Every.WEEK, TUESDAY, time(9), 1, None, 100_00),
        service_code="CLEAN",
        add_ons={},
        address=homes.home(session, given),
        now=NOW,
    )
    mine, theirs = wait(session, kept), wait(session, given)
    other = wait(session, given, day=TUESDAY + timedelta(days=1))
    merging.merge(session, kept, given, by, NOW, proof=bindings.Proof.CODE)
    assert waitlist.of_customer(session, kept.id or 0) == [mine, other]
    assert theirs.status is Status.LEFT
    assert plans.running(session, kept.id or 0) == [plan]


def on_leave(session: Session, worker_id: int) -> None:
    rosters.leave(session, worker_id, at(TUESDAY, 0), at(TUESDAY + timedelta(days=3), 0))


@pytest.mark.parametrize("how", ["early", "withdrawn", "hours", "joins", "trained"])
def test_who_comes_back_or_joins_wakes_the_queue_at_once(session: Session, how: str) -> None:
    if how == "joins":
        wang = 0
    else:
        wang = id_of(homes.worker(session))
        on_leave(session, wang)
    if how == "hours":
        rosters.back(session, wang, NOW)
        rosters.set_hours(session, wang, [(5, time(8), time(18))])
    if how == "trained":
        rosters.back(session, wang, NOW)
        for skill in workers.skills_of(session, wang):
            session.delete(skill)
    one = wait(session)
    assert set(sweep(session)) == {Looked.NOTHING}
    now = NOW + MINUTE
    assert sweep(session, now) == []
    match how:
        case "early":
            assert rosters.back(session, wang, at(TUESDAY, 12))
            assert not rosters.back(session, wang, at(TUESDAY, 12))
        case "withdrawn":
            assert rosters.back(session, wang, now)
        case "hours":
            rosters.set_hours(session, wang, [(1, time(8), time(18))])
        case "joins":
            homes.worker(session)
        case "trained":
            workers.train(session, wang, "cleaning", 1)
    assert sweep(session, now) == [Looked.OFFERED]
    assert one.offered_at == at(TUESDAY, 12 if how == "early" else 8)
    assert sweep(session, now) == []


@pytest.mark.parametrize("how", ["ends", "walks away", "chooses another"])
def test_a_hold_that_ends_wakes_the_queue_at_once(session: Session, how: str) -> None:
    taken = fill(session)
    visits.cancel(session, HOUSE, taken[0], actor="staff", now=NOW)
    chooser = homes.customer(session)
    held = homes.need(customer=chooser)
    windows.hold(session, HOUSE, held, at(TUESDAY, 8), now=NOW)
    one = wait(session)
    assert sweep(session) == [Looked.NOTHING]
    now = NOW + (timedelta(minutes=HOUSE.policies.hold_minutes) if how == "ends" else MINUTE)
    if how == "ends":
        windows.sweep(session, now)
    elif how == "walks away":
        windows.release(session, chooser.id or 0)
    else:
        windows.hold(session, HOUSE, held, at(TUESDAY + timedelta(days=1), 8), now=now)
    assert sweep(session, now) == [Looked.OFFERED]
    assert one.offered_at == at(TUESDAY, 8)


def test_a_freed_window_never_waits_for_who_looks_after_the_queue(engine: Engine) -> None:
    with transaction(engine) as session:
        taken = [visit.id for visit in fill(session)]
        ids = [wait(session, now=NOW + n * MINUTE).id for n in range(2)]
    now = NOW + 5 * MINUTE

    def cancel(number: int | None) -> Any:
        return lambda session: free(session, session.get_one(Visit, number), now)

    together(
        engine, [cancel(taken[0]), lambda session: sweep(session, now), lambda session: sweep(session, now)]
    )
    with transaction(engine) as session:
        sweep(session, now)
    with transaction(engine) as session:
        rows = [session.get_one(Waiting, id) for id in ids]
        assert [one.status for one in rows] == [Status.OFFERED, Status.WAITING]
        assert session.exec(select(Opened)).all() == []
