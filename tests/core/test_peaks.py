"""The busy season: early for members, a share for everybody, an answer for each wish."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from sqlmodel import Session

from core import calendars, peaks, windows
from core.customers import Customer
from core.database import transaction
from core.members.tables import Tier
from core.windows import Window, WindowTaken
from core.windows import board as boards
from tests.core import homes
from tests.core.homes import HOUSE, at, need
from tests.core.test_races import refusals, together
from tests.core.test_waitlist import member

FESTIVAL = calendars.spring_festival(2027)
PEAK = FESTIVAL - timedelta(days=16)
OPENS = peaks.opens_general(HOUSE, PEAK)
HOUR = timedelta(hours=1)
MEMBER_DAY = date(2026, 12, 18)
BUSY = HOUSE.model_copy(update={"members": HOUSE.members.model_copy(update={"member_day_percent": 50})})
FITS = 2 * HOUSE.policies.work_minutes_per_day // 2 // need().minutes
"""So many visits of two workers are sold of a member day."""


def team(session: Session, count: int = 2) -> None:
    for n in range(count):
        homes.worker(session, f"W{n}")


def free(session: Session, customer: Customer, now: object, day: date = PEAK) -> bool:
    return bool(windows.free(session, HOUSE, need(customer=customer), day, day, now=now)[day])


def test_the_season_is_the_thirty_days_before_spring_festival() -> None:
    season = [
        FESTIVAL - timedelta(days=31),
        FESTIVAL - timedelta(days=30),
        FESTIVAL - timedelta(days=1),
        FESTIVAL,
    ]
    assert [peaks.is_peak(HOUSE, day) for day in season] == [False, True, True, False]


@pytest.mark.parametrize(
    ("tier", "hours"), [(Tier.BASIC, 0), (Tier.SILVER, 12), (Tier.GOLD, 24), (Tier.DIAMOND, 48)]
)
def test_a_day_opens_to_members_by_tier_and_then_to_everybody(
    session: Session, tier: Tier, hours: int
) -> None:
    team(session)
    theirs, anybody = member(session, tier), homes.customer(session)
    assert not free(session, theirs, OPENS - hours * HOUR - timedelta(minutes=1))
    assert free(session, theirs, OPENS - hours * HOUR)
    assert not free(session, anybody, OPENS - timedelta(minutes=1))
    assert free(session, anybody, OPENS)
    why = windows.why_not(session, HOUSE, need(customer=anybody), PEAK, now=OPENS - HOUR)
    assert why == "early"


def test_an_ordinary_day_costs_no_statement_more(engine: Engine) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    with transaction(engine) as session:
        team(session)
        customer = homes.customer(session)
        del asked[:]
        free(session, customer, OPENS, PEAK - timedelta(days=20))
        ordinary = list(asked)
        assert not [one for one in ordinary if "membership" in one]
        free(session, customer, OPENS)
        assert [one for one in asked if "membership" in one]


def test_what_is_open_to_everybody_is_not_more_than_its_share_at_first(session: Session) -> None:
    team(session)
    # Two people with sixteen half hours each: nineteen for members, thirteen for everybody.
    placed = 0
    for hour in (8, 11, 14):
        for _ in range(2):
            someone = homes.customer(session)
            try:
                homes.place(session, someone, at(PEAK, hour), now=OPENS)
                placed += 1
            except WindowTaken:
                assert windows.why_not(session, HOUSE, need(customer=someone), PEAK, now=OPENS) == "share"
    assert placed == 3
    assert free(session, member(session, Tier.BASIC), OPENS)
    assert free(session, homes.customer(session), OPENS + 48 * HOUR)


wishes = st.lists(
    st.tuples(st.sampled_from([None, *Tier]), st.integers(-50, 60), st.sampled_from([8, 10, 12, 14, 16])),
    min_size=1,
    max_size=14,
)


@given(wishes=wishes)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_early_access_never_takes_the_open_share_and_every_wish_is_answered(
    engine: Engine, wishes: list[tuple[Tier | None, int, int]]
) -> None:
    with Session(engine) as session:
        team(session, 3)
        board = boards.read(session, HOUSE, need(), [PEAK], among=None, now=OPENS)
        whole = peaks.capacity(HOUSE, board, PEAK)
        for tier, hours, hour in sorted(wishes, key=lambda wish: wish[1]):
            who = homes.customer(session) if tier is None else member(session, tier)
            now = OPENS + hours * HOUR
            wanted = need(customer=who)
            nearest: Sequence[Window] | None = None
            try:
                with session.begin_nested():
                    homes.place(session, who, at(PEAK, hour), now=now)
            except WindowTaken as taken:
                nearest = taken.nearest
            if nearest == ():
                here = windows.free(session, HOUSE, wanted, PEAK, PEAK, now=now)[PEAK]
                why = windows.why_not(session, HOUSE, wanted, PEAK, now=now)
                assert here or why in ("early", "share", "full")
            members, _ = peaks.taken(session, HOUSE, board.team, PEAK, None, now)
            if hours < 0:
                assert members <= whole * 60 // 100
        session.rollback()


@pytest.mark.parametrize(
    ("day", "now", "most"), [(PEAK, OPENS.astimezone(UTC), 3), (MEMBER_DAY, homes.NOW, FITS)]
)
def test_those_who_come_at_once_never_take_more_of_a_day_than_they_may(
    engine: Engine, day: date, now: datetime, most: int
) -> None:
    with transaction(engine) as session:
        team(session)
        everybody = [homes.customer(session).id for _ in range(6)]
        for id in everybody:
            homes.home(session, session.get_one(Customer, id))

    def place(id: int | None, hour: int) -> object:
        def act(session: Session) -> object:
            wish = need(customer=session.get_one(Customer, id))
            return windows.hold(session, BUSY, wish, at(day, hour), now=now).starts_at

        return act

    hours = (8, 8, 11, 11, 14, 14)
    results = together(engine, [place(id, hour) for id, hour in zip(everybody, hours, strict=True)])
    assert len(results) - len(refusals(results)) == most < 6


def test_of_a_member_day_no_more_is_sold_than_can_be_done_well(session: Session) -> None:
    team(session)
    day, now = MEMBER_DAY, homes.NOW
    everybody = [homes.customer(session) for _ in range(6)]

    def hold(who: Customer, day: date) -> bool:
        wish = need(customer=who)
        found = windows.free(session, BUSY, wish, day, day, now=now)[day]
        return bool(found) and bool(windows.hold(session, BUSY, wish, found[0].starts_at, now=now).id)

    assert sum(hold(who, day - timedelta(days=1)) for who in everybody) == 6
    sold = [who for who in everybody if hold(who, day)]
    assert len(sold) == FITS
    late = need(customer=everybody[-1])
    assert windows.why_not(session, BUSY, late, day, now=now) == "member-day"
    with pytest.raises(WindowTaken):
        windows.claim(session, BUSY, late, at(day, 19), now=now)
    assert windows.why_not(session, BUSY, need(customer=sold[0]), day, now=now) is None, "another hour of it"
    held = windows.held(session, homes.id_of(sold[0]), now)
    assert held is not None
    visit = homes.place(session, sold[0], held.starts_at)
    moving = need(customer=sold[0], instead_of=visit.id)
    assert windows.why_not(session, BUSY, moving, day, now=now) is None


@pytest.mark.parametrize(
    ("day", "following"), [((11, 17), (11, 18)), ((11, 18), (12, 18)), ((12, 31), (1, 18))]
)
def test_the_next_member_day_is_that_of_this_month_or_of_the_next(
    day: tuple[int, int], following: tuple[int, int]
) -> None:
    found = peaks.next_member_day(HOUSE, date(2026, *day))
    assert (found.month, found.day) == following
