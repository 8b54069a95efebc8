from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from core import customers, matching, visits, windows
from core.windows import Hold, Window, WindowTaken
from core.windows.board import begins_at, half_hour, half_hour_from
from core.workers import Gender, Occupied, TimeOff
from tests.core import homes
from tests.core.homes import CLOSED, HOUSE, MONDAY, NOW, TUESDAY, at, id_of, need, occupied, times

DAY = timedelta(days=1)
MORNING = [(time(8), time(12))]


def hold(
    session: Session,
    customer: customers.Customer,
    starts_at: datetime,
    service: str = "CLEAN",
    area: str = "NORTH",
) -> Hold:
    return windows.hold(session, HOUSE, need(service, area=area, customer=customer), starts_at, now=NOW)


def test_windows_lie_on_the_half_hour_within_a_shift(session: Session) -> None:
    homes.worker(session, hours=MORNING)
    assert times(session, need()) == ["08:00", "08:30", "09:00", "09:30", "10:00"]


def test_windows_lie_within_the_hours_for_visits(session: Session) -> None:
    homes.worker(session, hours=[(time(5), time(9)), (time(19), time(23, 30))])
    assert times(session, need()) == ["07:00", "19:00"]


def test_a_window_may_run_over_two_shifts_that_touch_but_not_over_a_break(session: Session) -> None:
    homes.worker(session, hours=[(time(8), time(10)), (time(10), time(11)), (time(12), time(13, 30))])
    assert times(session, need()) == ["08:00", "08:30", "09:00"]


def test_a_shift_that_begins_between_half_hours_counts_from_the_next_one(session: Session) -> None:
    homes.worker(session, hours=[(time(8, 10), time(10, 50))])
    assert times(session, need()) == ["08:30"]


def test_every_day_asked_for_is_in_the_answer(session: Session) -> None:
    homes.worker(session)
    found = windows.free(session, HOUSE, need(), MONDAY - DAY, CLOSED + DAY, now=NOW)
    assert list(found) == [MONDAY + n * DAY for n in range(-1, 11)]
    assert found[MONDAY - DAY] == found[CLOSED] == []
    assert len(found[CLOSED - DAY]) == len(found[CLOSED + DAY]) == 17


def test_windows_are_given_in_utc_with_everybody_who_could_come(session: Session) -> None:
    late = id_of(homes.worker(session, hours=[(time(9), time(12))]))
    early = id_of(homes.worker(session, hours=MORNING))
    found = windows.free(session, HOUSE, need(), TUESDAY, TUESDAY, now=NOW)[TUESDAY]
    assert found[0] == Window(at(TUESDAY, 8), at(TUESDAY, 10), (early,))
    assert found[2] == Window(at(TUESDAY, 9), at(TUESDAY, 11), (late, early))
    assert found[0].starts_at.utcoffset() == timedelta(0)


def test_a_shift_holds_on_its_own_weekday_only(session: Session) -> None:
    homes.worker(session, days=[TUESDAY.weekday()])
    found = windows.free(session, HOUSE, need(), TUESDAY, TUESDAY + 8 * DAY, now=NOW)
    assert [day for day, free in found.items() if free] == [TUESDAY, TUESDAY + 7 * DAY]


@pytest.mark.parametrize(
    ("skills", "papers", "areas"),
    [
        (["deep"], homes.GOOD_PAPERS, ["NORTH"]),
        (["cleaning"], {}, ["NORTH"]),
        (["cleaning"], {"health": MONDAY}, ["NORTH"]),
        (["cleaning"], {"safety": date(2030, 1, 1)}, ["NORTH"]),
        (["cleaning"], homes.GOOD_PAPERS, ["SOUTH"]),
    ],
    ids=["untrained", "no papers", "papers ran out", "other papers", "other area"],
)
def test_who_may_not_come_is_not_free(
    session: Session, skills: Collection[str], papers: dict[str, date], areas: Collection[str]
) -> None:
    homes.worker(session, skills=skills, papers=papers, areas=areas)
    assert times(session, need()) == []


def test_papers_are_good_through_their_last_day(session: Session) -> None:
    homes.worker(session, papers={"health": TUESDAY})
    found = windows.free(session, HOUSE, need(), TUESDAY, TUESDAY + 2 * DAY, now=NOW)
    assert [day for day, free in found.items() if free] == [TUESDAY]


def test_who_left_the_company_is_not_free(session: Session) -> None:
    homes.worker(session).active = False
    session.flush()
    assert times(session, need()) == []


def test_time_off_is_kept_to_the_half_hour(session: Session) -> None:
    worker = homes.worker(session)
    away = TimeOff(worker_id=id_of(worker), begins_at=at(TUESDAY, 10, 15), ends_at=at(TUESDAY, 15, 40))
    session.add(away)
    session.flush()
    assert times(session, need()) == ["08:00", "16:00"]


def test_a_wish_about_gender_is_kept(session: Session) -> None:
    homes.worker(session, gender=Gender.MALE)
    customer = homes.customer(session)
    profile = customers.tell_home(session, customer.id or 0, worker_gender="female", now=NOW)
    assert times(session, need(customer=customer, home=profile)) == []
    assert times(session, need(customer=customer)) != []


def test_a_blocked_worker_never_appears_to_that_customer(session: Session) -> None:
    worker, customer, other = homes.worker(session), homes.customer(session), homes.customer(session)
    assert customer.id is not None
    matching.block(session, customer.id, id_of(worker))
    assert times(session, need(customer=customer)) == []
    assert times(session, need(customer=other)) != []
    matching.forget(session, customer.id, id_of(worker))
    assert times(session, need(customer=customer)) != []


def test_notice_in_minutes(session: Session) -> None:
    homes.worker(session)
    assert times(session, need(), MONDAY, now=at(MONDAY, 13, 10))[0] == "15:30"
    assert times(session, need(), MONDAY, now=at(MONDAY, 14, 0))[0] == "16:00"
    assert times(session, need(), MONDAY, now=at(MONDAY, 14, 1)) == []


def test_notice_until_the_evening_before(session: Session) -> None:
    homes.worker(session, hours=[(time(8), time(20))])
    assert times(session, need("MOVING-IN"), TUESDAY, now=at(MONDAY, 17, 59)) != []
    assert times(session, need("MOVING-IN"), TUESDAY, now=at(MONDAY, 18, 0)) == []
    assert times(session, need("MOVING-IN"), TUESDAY + DAY, now=at(MONDAY, 18, 0)) != []


def test_the_horizon_is_the_last_day(session: Session) -> None:
    homes.worker(session)
    assert times(session, need(), MONDAY + 30 * DAY) != []
    assert times(session, need(), MONDAY + 31 * DAY) == []


def test_services_by_request_have_no_windows(session: Session) -> None:
    homes.worker(session)
    assert times(session, need("NANNY")) == []


def test_the_way_is_kept_free_before_and_after_a_visit_in_the_same_area(session: Session) -> None:
    homes.worker(session)
    homes.place(session, homes.customer(session), at(TUESDAY, 12))
    free = times(session, need())
    assert (free[:4], free[4]) == (["08:00", "08:30", "09:00", "09:30"], "14:30")


def test_the_way_is_longer_to_another_area(session: Session) -> None:
    homes.worker(session)
    homes.place(session, homes.customer(session), at(TUESDAY, 12), area="SOUTH")
    free = times(session, need())
    assert (free[:3], free[3]) == (["08:00", "08:30", "09:00"], "15:00")


def test_the_later_visit_is_prepared_on_the_way(session: Session) -> None:
    homes.worker(session)
    homes.place(session, homes.customer(session), at(TUESDAY, 12), "MACHINE")
    # 30 minutes of way and 20 of preparation before the machine, only the way after it.
    free = times(session, need())
    assert (free[2], free[3]) == ("09:00", "13:30")
    # The machine itself is the later one in the afternoon.
    assert "14:00" in times(session, need("MACHINE"))
    assert "13:30" not in times(session, need("MACHINE"))


def test_a_hold_needs_its_way_too(session: Session) -> None:
    homes.worker(session)
    hold(session, homes.customer(session), at(TUESDAY, 12), area="SOUTH")
    free = times(session, need())
    assert (free[2], free[3]) == ("09:00", "15:00")


def test_a_day_has_three_visits_at_most_holds_included(session: Session) -> None:
    homes.worker(session, hours=[(time(7), time(21))])
    homes.place(session, homes.customer(session), at(TUESDAY, 7), "MACHINE")
    homes.place(session, homes.customer(session), at(TUESDAY, 9), "MACHINE")
    assert times(session, need("MACHINE")) != []
    hold(session, homes.customer(session), at(TUESDAY, 11), service="MACHINE")
    assert times(session, need("MACHINE")) == []
    assert times(session, need("MACHINE"), TUESDAY + DAY) != []


def test_a_day_has_eight_hours_of_work_at_most(session: Session) -> None:
    homes.worker(session, hours=[(time(7), time(21))])
    homes.place(session, homes.customer(session), at(TUESDAY, 7), "TIDY")
    assert times(session, need("TIDY")) != []
    homes.place(session, homes.customer(session), at(TUESDAY, 12), "CLEAN")
    assert times(session, need("CLEAN")) != []
    assert times(session, need("TIDY")) == []


def test_a_visit_longer_than_a_working_day_is_the_only_one_of_that_day(session: Session) -> None:
    homes.worker(session, hours=[(time(7), time(21))])
    assert times(session, need("MOVING-IN")) != []
    homes.place(session, homes.customer(session), at(TUESDAY, 7), "MACHINE")
    assert times(session, need("MOVING-IN")) == []


def test_a_crew_is_free_for_the_whole_window(session: Session) -> None:
    homes.worker(session, hours=MORNING)
    assert times(session, need("PAIR")) == []
    homes.worker(session, hours=[(time(8), time(9))])
    homes.worker(session, hours=[(time(9), time(12))])
    assert times(session, need("PAIR")) == ["09:00"]


def test_an_expired_hold_and_my_own_do_not_count(session: Session) -> None:
    homes.worker(session, hours=MORNING)
    mine, other = homes.customer(session), homes.customer(session)
    kept = hold(session, mine, at(TUESDAY, 8))
    assert times(session, need(customer=mine)) == ["08:00", "08:30", "09:00", "09:30", "10:00"]
    assert times(session, need(customer=other)) == []
    assert times(session, need(customer=other), now=kept.expires_at - timedelta(seconds=1)) == []
    assert len(times(session, need(customer=other), now=kept.expires_at)) == 5


def test_a_visit_to_be_moved_leaves_its_own_time_free(session: Session) -> None:
    homes.worker(session, hours=MORNING)
    customer = homes.customer(session)
    visit = homes.place(session, customer, at(TUESDAY, 9))
    assert times(session, need(customer=customer)) == []
    assert len(times(session, need(customer=customer, instead_of=visit.id))) == 5


@contextmanager
def queries(engine: Engine) -> Iterator[list[str]]:
    said: list[str] = []

    def listen(*call: object) -> None:
        said.append(str(call[2]))

    event.listen(engine, "before_cursor_execute", listen)
    yield said
    event.remove(engine, "before_cursor_execute", listen)


def test_the_number_of_queries_does_not_grow(engine: Engine, session: Session) -> None:
    homes.worker(session)
    with queries(engine) as few:
        windows.free(session, HOUSE, need(), TUESDAY, TUESDAY + DAY, now=NOW)
    for n in range(20):
        homes.worker(session, papers={"health": TUESDAY + n * DAY})
        homes.place(session, homes.customer(session), at(TUESDAY + n % 5 * DAY, 8 + n % 3 * 3))
    with queries(engine) as many:
        windows.free(session, HOUSE, need(), TUESDAY, TUESDAY + 20 * DAY, now=NOW)
    assert len(few) == len(many) == 5


def test_nearest_first_and_of_two_as_near_the_earlier() -> None:
    free = [Window(at(TUESDAY, hour), at(TUESDAY, hour + 2), (1,)) for hour in (8, 11, 13, 17)]
    assert windows.nearest(free, at(TUESDAY, 12)) == [free[1], free[2], free[0]]
    assert windows.nearest(free, at(TUESDAY, 18), 1) == [free[3]]


def test_a_hold_keeps_the_window_for_ten_minutes(session: Session) -> None:
    worker, customer = homes.worker(session), homes.customer(session)
    assert customer.id is not None
    kept = hold(session, customer, at(TUESDAY, 8))
    assert kept.expires_at == NOW + timedelta(minutes=10)
    assert (kept.worker_ids, kept.ends_at) == ([worker.id], at(TUESDAY, 10))
    assert windows.held(session, customer.id, kept.expires_at - timedelta(seconds=1)) is kept
    assert windows.held(session, customer.id, kept.expires_at) is None
    first = half_hour(at(TUESDAY, 8))
    assert occupied(session) == {(worker.id, first + n) for n in range(4)}


def test_a_customer_has_one_hold(session: Session) -> None:
    worker, customer = homes.worker(session), homes.customer(session)
    hold(session, customer, at(TUESDAY, 8))
    hold(session, customer, at(TUESDAY, 9))
    first = half_hour(at(TUESDAY, 9))
    assert occupied(session) == {(worker.id, first + n) for n in range(4)}
    assert len(session.exec(select(Hold)).all()) == 1


def test_a_hold_that_fails_leaves_the_former_one(session: Session) -> None:
    homes.worker(session, hours=MORNING)
    customer = homes.customer(session)
    kept = hold(session, customer, at(TUESDAY, 8))
    before = occupied(session)
    with pytest.raises(WindowTaken):
        hold(session, customer, at(TUESDAY, 11))
    assert customer.id is not None
    assert windows.held(session, customer.id, NOW) is kept
    assert occupied(session) == before


def test_a_hold_takes_the_place_of_an_expired_one(session: Session) -> None:
    homes.worker(session, hours=[(time(8), time(10))])
    old = hold(session, homes.customer(session), at(TUESDAY, 8))
    wanted = need(customer=homes.customer(session))
    new = windows.hold(session, HOUSE, wanted, at(TUESDAY, 8), now=old.expires_at)
    assert {row.hold_id for row in session.exec(select(Occupied))} == {new.id}
    assert windows.sweep(session, old.expires_at) == 1
    assert [row.id for row in session.exec(select(Hold))] == [new.id]


def test_letting_go_frees_the_window_at_once(session: Session) -> None:
    homes.worker(session)
    customer = homes.customer(session)
    assert customer.id is not None
    hold(session, customer, at(TUESDAY, 8))
    windows.release(session, customer.id)
    windows.release(session, customer.id)
    assert occupied(session) == set()
    assert windows.held(session, customer.id, NOW) is None


def test_sweeping_removes_expired_holds_and_nothing_else(session: Session) -> None:
    homes.worker(session)
    hold(session, homes.customer(session), at(TUESDAY, 8))
    late = NOW + timedelta(minutes=5)
    wanted = need(customer=homes.customer(session))
    kept = windows.hold(session, HOUSE, wanted, at(TUESDAY, 14), now=late)
    assert windows.sweep(session, NOW + timedelta(minutes=10)) == 1
    assert {row.hold_id for row in session.exec(select(Occupied))} == {kept.id}
    assert windows.sweep(session, NOW + timedelta(minutes=10)) == 0


def test_who_comes_too_late_gets_the_three_nearest_windows(session: Session) -> None:
    homes.worker(session)
    hold(session, homes.customer(session), at(TUESDAY, 12))
    with pytest.raises(WindowTaken) as taken:
        hold(session, homes.customer(session), at(TUESDAY, 12))
    assert [window.starts_at for window in taken.value.nearest] == [
        at(TUESDAY, 9, 30),
        at(TUESDAY, 14, 30),
        at(TUESDAY, 9),
    ]


def test_the_nearest_windows_may_be_days_away(session: Session) -> None:
    homes.worker(session, days=[TUESDAY.weekday()], hours=[(time(8), time(10))])
    hold(session, homes.customer(session), at(TUESDAY, 8))
    with pytest.raises(WindowTaken) as taken:
        hold(session, homes.customer(session), at(TUESDAY, 8))
    assert [window.starts_at for window in taken.value.nearest] == [
        at(TUESDAY + 7 * DAY, 8),
        at(TUESDAY + 14 * DAY, 8),
    ]


def test_a_named_worker_who_is_taken_is_offered_at_other_times(session: Session) -> None:
    wanted_one = id_of(homes.worker(session, hours=MORNING))
    homes.worker(session)
    first = need(customer=homes.customer(session))
    windows.hold(session, HOUSE, first, at(TUESDAY, 8), workers=[wanted_one], now=NOW)
    second = need(customer=homes.customer(session))
    with pytest.raises(WindowTaken) as taken:
        windows.hold(session, HOUSE, second, at(TUESDAY, 8), workers=[wanted_one], now=NOW)
    assert {window.workers for window in taken.value.nearest} == {(wanted_one,)}
    assert taken.value.nearest[0].starts_at == at(TUESDAY + DAY, 8)


def test_a_named_worker_with_no_time_at_all_makes_way_for_others(session: Session) -> None:
    gone = id_of(homes.worker(session, days=[]))
    homes.worker(session, hours=MORNING)
    wanted = need(customer=homes.customer(session))
    with pytest.raises(WindowTaken) as taken:
        windows.hold(session, HOUSE, wanted, at(TUESDAY, 8), workers=[gone], now=NOW)
    assert taken.value.nearest[0].starts_at == at(TUESDAY, 8)


def test_a_crew_is_filled_up_around_the_one_who_was_named(session: Session) -> None:
    homes.worker(session, senior=True)
    named = id_of(homes.worker(session))
    wanted = need("PAIR", customer=homes.customer(session))
    kept = windows.hold(session, HOUSE, wanted, at(TUESDAY, 8), workers=[named], now=NOW)
    assert kept.worker_ids[0] == named
    assert len(set(kept.worker_ids)) == 2


def test_a_hold_for_moving_a_visit_may_overlap_the_visit(session: Session) -> None:
    worker = homes.worker(session)
    customer = homes.customer(session)
    visit = homes.place(session, customer, at(TUESDAY, 9))
    wanted = need(customer=customer, instead_of=visit.id)
    windows.hold(session, HOUSE, wanted, at(TUESDAY, 10), now=NOW)
    first = half_hour(at(TUESDAY, 9))
    assert occupied(session) == {(worker.id, first + n) for n in range(6)}
    assert "12:30" in times(session, need())
    assert "12:00" not in times(session, need())
    visits.move(session, HOUSE, visit, starts_at=at(TUESDAY, 10), agreed_fee=0, now=NOW)
    assert occupied(session) == {(worker.id, first + n) for n in range(2, 6)}


def test_holding_is_for_somebody(session: Session) -> None:
    homes.worker(session)
    with pytest.raises(ValueError, match="somebody"):
        windows.hold(session, HOUSE, need(), at(TUESDAY, 8), now=NOW)


@pytest.mark.parametrize(
    ("day", "service", "reason"),
    [
        (MONDAY - DAY, "CLEAN", "past"),
        (MONDAY + 31 * DAY, "CLEAN", "horizon"),
        (CLOSED, "CLEAN", "closed"),
        (TUESDAY, "NANNY", "by-request"),
        (MONDAY, "MOVING-IN", "notice"),
        (TUESDAY, "PAIR", "nobody"),
        (TUESDAY, "CLEAN", None),
    ],
)
def test_why_a_day_has_no_windows(session: Session, day: date, service: str, reason: str | None) -> None:
    homes.worker(session)
    assert windows.why_not(session, HOUSE, need(service), day, now=NOW) == reason


def test_a_day_is_full_when_only_other_visits_are_in_the_way(session: Session) -> None:
    homes.worker(session, hours=[(time(8), time(11))])
    homes.place(session, homes.customer(session), at(TUESDAY, 8))
    assert windows.why_not(session, HOUSE, need(), TUESDAY, now=NOW) == "full"
    assert windows.why_not(session, HOUSE, need(), TUESDAY + DAY, now=NOW) is None


@given(st.integers(0, 60 * 60 * 24 * 30_000))
def test_half_hours_and_moments_agree(seconds: int) -> None:
    moment = NOW + timedelta(seconds=seconds)
    at_or_before, at_or_after = begins_at(half_hour(moment)), begins_at(half_hour_from(moment))
    assert at_or_before <= moment < at_or_before + windows.HALF_HOUR
    assert moment <= at_or_after < moment + windows.HALF_HOUR


HOURS = st.sampled_from([MORNING, [(time(7), time(21))], [(time(8), time(12)), (time(13), time(19))]])
STAYS = st.lists(
    st.tuples(
        st.sampled_from(["CLEAN", "MACHINE", "PAIR", "TIDY"]),
        st.sampled_from(["NORTH", "SOUTH"]),
        st.integers(14, 40),
        st.booleans(),
    ),
    max_size=8,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(HOURS, min_size=1, max_size=3), STAYS, st.sampled_from(["CLEAN", "MACHINE", "PAIR", "MOVING-IN"])
)
def test_the_bulk_search_finds_what_asking_each_worker_finds(
    session: Session, team: list[list[tuple[time, time]]], stays: list[tuple[str, str, int, bool]], wish: str
) -> None:
    with session.begin_nested() as everything:
        shifts = {id_of(homes.worker(session, hours=hours)): hours for hours in team}
        taken: list[tuple[str, str, datetime, datetime, list[int]]] = []
        for service, area, half_hours, keep in stays:
            starts_at = at(TUESDAY, 0) + half_hours * windows.HALF_HOUR
            customer = homes.customer(session)
            try:
                if keep:
                    kept = hold(session, customer, starts_at, service=service, area=area)
                    taken.append((service, area, kept.starts_at, kept.ends_at, kept.worker_ids))
                else:
                    visit = homes.place(session, customer, starts_at, service, area=area)
                    crew = [worker.id or 0 for _, worker in visits.crew(session, visit)]
                    taken.append((service, area, visit.starts_at, visit.ends_at, crew))
            except WindowTaken:
                continue
        found = windows.free(session, HOUSE, need(wish), TUESDAY, TUESDAY, now=NOW)[TUESDAY]
        assert [(window.starts_at, window.workers) for window in found] == slowly(wish, shifts, taken)
        everything.rollback()


def slowly(
    wish: str,
    shifts: dict[int, list[tuple[time, time]]],
    taken: list[tuple[str, str, datetime, datetime, list[int]]],
) -> list[tuple[datetime, tuple[int, ...]]]:
    """The free windows of Tuesday, by asking every worker about every half hour."""
    wanted = need(wish)
    found = []
    for step in range(14, 43):
        starts = at(TUESDAY, 0) + step * windows.HALF_HOUR
        ends = starts + timedelta(minutes=wanted.minutes)
        free = tuple(id for id, hours in shifts.items() if could_come(id, hours, starts, ends, wish, taken))
        if ends <= at(TUESDAY, 21) and len(free) >= wanted.crew:
            found.append((starts, free))
    return found


def could_come(
    worker: int,
    hours: list[tuple[time, time]],
    starts: datetime,
    ends: datetime,
    wish: str,
    taken: list[tuple[str, str, datetime, datetime, list[int]]],
) -> bool:
    shifts = [(at(TUESDAY, a.hour, a.minute), at(TUESDAY, b.hour, b.minute)) for a, b in hours]
    if not any(begins <= starts and ends <= over for begins, over in shifts):
        return False
    mine = [stay for stay in taken if worker in stay[4]]
    minutes = sum((stay[3] - stay[2]) / timedelta(minutes=1) for stay in mine)
    if len(mine) >= 3 or (mine and minutes + (ends - starts) / timedelta(minutes=1) > 480):
        return False
    prepared = timedelta(minutes=HOUSE.service(wish).preparation_minutes)
    for service, area, begun, over, _ in mine:
        way = timedelta(minutes=30 if area == "NORTH" else 60)
        before = way + timedelta(minutes=HOUSE.service(service).preparation_minutes)
        if not (ends + before <= begun or over + way + prepared <= starts):
            return False
    return True
