from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import company as companies
from core import fees
from core.company import Company
from core.fees import Fee
from core.policies import Policies

DEMO = companies.load()
RULES = DEMO.policies
STARTS = datetime(2026, 11, 25, 9, tzinfo=DEMO.zone)
TOTALS = st.integers(0, 5_000_000)
MOMENTS = st.integers(0, 5 * 365 * 24 * 60).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
)
BEFORE = st.integers(-24 * 60, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def policies(draw: st.DrawFn) -> Policies:
    """Rules a company could set: later is never cheaper."""
    late, last = sorted((draw(st.integers(0, 100)), draw(st.integers(0, 100))))
    late_most, last_most = sorted((draw(st.integers(100, 50_000)), draw(st.integers(100, 50_000))))
    return Policies(
        late_percent=late,
        last_minute_percent=last,
        late_most=late_most,
        last_minute_most=last_most,
        free_until_hour=draw(st.integers(0, 23)),
        free_hours=draw(st.integers(2, 72)),
        last_minute_minutes=draw(st.integers(0, 120)),
        goodwill=draw(st.integers(0, 2)),
        free_moves=draw(st.integers(0, 3)),
    )


def cancelling(
    now: str, *, total: int = 180_00, assigned: bool = True, on_the_way: bool = False, late_before: int = 1
) -> Fee:
    return fees.cancelling(
        DEMO,
        RULES,
        total=total,
        starts_at=STARTS,
        assigned=assigned,
        on_the_way=on_the_way,
        late_before=late_before,
        now=datetime.fromisoformat(now).replace(tzinfo=DEMO.zone),
    )


def moving(now: str, *, moves: int, assigned: bool = True, on_the_way: bool = False) -> Fee:
    return fees.moving(
        DEMO,
        RULES,
        total=180_00,
        starts_at=STARTS,
        assigned=assigned,
        on_the_way=on_the_way,
        moves=moves,
        now=datetime.fromisoformat(now).replace(tzinfo=DEMO.zone),
    )


@pytest.mark.parametrize(
    ("now", "rule", "amount"),
    [
        ("2026-11-20 09:00", "free", 0),
        ("2026-11-24 18:00", "free", 0),
        ("2026-11-24 18:01", "late", 36_00),
        ("2026-11-25 07:00", "late", 36_00),
        ("2026-11-25 07:01", "last_minute", 90_00),
        ("2026-11-25 10:00", "last_minute", 90_00),
    ],
)
def test_the_later_a_visit_is_cancelled_the_more_it_costs(now: str, rule: str, amount: int) -> None:
    fee = cancelling(now)
    assert (fee.rule, fee.amount, fee.waived) == (rule, amount, False)


def test_a_fee_says_how_it_came_about() -> None:
    late, last, free = (
        cancelling("2026-11-24 20:00"),
        cancelling("2026-11-25 08:30"),
        cancelling("2026-11-24 12:00"),
    )
    assert (late.percent, late.cap) == (20, 50_00)
    assert (last.percent, last.cap) == (50, 100_00)
    assert (free.percent, free.cap) == (0, 0)


def test_no_fee_is_above_its_cap() -> None:
    assert cancelling("2026-11-24 20:00", total=810_00).amount == 50_00
    assert cancelling("2026-11-25 08:30", total=810_00).amount == 100_00


def test_fees_are_rounded_in_favour_of_the_customer() -> None:
    assert cancelling("2026-11-24 20:00", total=99_99).amount == 19_99


def test_a_visit_without_a_worker_is_cancelled_free_at_any_time() -> None:
    fee = cancelling("2026-11-25 08:59", assigned=False)
    assert (fee.rule, fee.amount) == ("unassigned", 0)


def test_a_worker_on_the_way_is_paid_for_however_early() -> None:
    fee = cancelling("2026-11-24 12:00", on_the_way=True)
    assert (fee.rule, fee.amount) == ("last_minute", 90_00)


def test_the_first_late_cancellation_is_forgiven() -> None:
    first = cancelling("2026-11-25 08:30", late_before=0)
    assert (first.amount, first.waived, first.percent, first.cap) == (0, True, 50, 100_00)
    assert not cancelling("2026-11-24 12:00", late_before=0).waived


def test_free_until_the_evening_before_or_a_day_before_whichever_is_later(company: Company) -> None:
    morning = datetime(2026, 11, 25, 9, tzinfo=company.zone)
    evening = datetime(2026, 11, 25, 19, tzinfo=company.zone)
    assert fees.free_until(company, RULES, morning) == datetime(2026, 11, 24, 18, tzinfo=company.zone)
    assert fees.free_until(company, RULES, evening) == datetime(2026, 11, 24, 19, tzinfo=company.zone)
    assert fees.free_until(company, RULES, morning).tzinfo is UTC


@pytest.mark.parametrize("now", ["2026-11-24 12:00", "2026-11-24 20:00", "2026-11-25 08:30"])
def test_moving_is_free_twice(now: str) -> None:
    assert [moving(now, moves=moves).amount for moves in (0, 1)] == [0, 0]


def test_the_third_move_costs_what_cancelling_costs() -> None:
    for now in ("2026-11-24 12:00", "2026-11-24 20:00", "2026-11-25 08:30"):
        assert moving(now, moves=2) == cancelling(now)


def test_a_free_move_says_so_only_where_it_would_cost() -> None:
    assert moving("2026-11-24 20:00", moves=0).rule == "free_move"
    assert moving("2026-11-24 12:00", moves=0).rule == "free"
    assert moving("2026-11-24 20:00", moves=0, assigned=False).rule == "unassigned"


def test_no_move_is_free_once_somebody_is_on_the_way() -> None:
    assert moving("2026-11-25 08:30", moves=0, on_the_way=True).amount == 90_00


def test_a_closed_door_costs_the_way(company: Company) -> None:
    fee = fees.no_access(company, RULES, total=180_00, starts_at=STARTS)
    assert (fee.rule, fee.amount, fee.cap) == ("no_access", 90_00, 100_00)
    assert fees.no_access(company, RULES, total=810_00, starts_at=STARTS).amount == 100_00


def test_a_visit_keeps_the_rules_it_was_placed_under() -> None:
    mild = Policies(late_percent=10)
    now = datetime(2026, 11, 24, 20, tzinfo=DEMO.zone)
    fee = fees.cancelling(
        DEMO, mild, total=100_00, starts_at=STARTS, assigned=True, on_the_way=False, late_before=9, now=now
    )
    assert fee.amount == 10_00


@given(policies(), TOTALS, MOMENTS, BEFORE, st.booleans(), st.booleans(), st.integers(0, 4))
def test_a_fee_never_exceeds_its_cap_or_the_total(
    rules: Policies, total: int, starts_at: datetime, before: timedelta, assigned: bool, way: bool, count: int
) -> None:
    now = starts_at - before
    cancelled = fees.cancelling(
        DEMO,
        rules,
        total=total,
        starts_at=starts_at,
        assigned=assigned,
        on_the_way=way,
        late_before=count,
        now=now,
    )
    moved = fees.moving(
        DEMO, rules, total=total, starts_at=starts_at, assigned=assigned, on_the_way=way, moves=count, now=now
    )
    for fee in (cancelled, moved, fees.no_access(DEMO, rules, total=total, starts_at=starts_at)):
        assert type(fee.amount) is int
        assert 0 <= fee.amount <= min(fee.cap, total)
        assert not (fee.waived and fee.amount)
        assert fee.amount == 0 or fee.amount <= total * fee.percent / 100


@given(policies(), TOTALS, MOMENTS, BEFORE, st.integers(0, 40 * 24 * 60), st.integers(0, 4), st.booleans())
def test_who_is_earlier_never_pays_more(
    rules: Policies, total: int, starts_at: datetime, before: timedelta, lead: int, count: int, way: bool
) -> None:
    late = starts_at - before
    early = late - timedelta(minutes=lead)

    def prices(now: datetime) -> tuple[int, int]:
        cancelled = fees.cancelling(
            DEMO,
            rules,
            total=total,
            starts_at=starts_at,
            assigned=True,
            on_the_way=way,
            late_before=count,
            now=now,
        )
        moved = fees.moving(
            DEMO, rules, total=total, starts_at=starts_at, assigned=True, on_the_way=way, moves=count, now=now
        )
        return cancelled.amount, moved.amount

    assert all(sooner <= later for sooner, later in zip(prices(early), prices(late), strict=True))


@given(policies(), TOTALS, MOMENTS)
def test_free_until_is_the_last_free_moment(rules: Policies, total: int, starts_at: datetime) -> None:
    until = fees.free_until(DEMO, rules, starts_at)
    assert until < starts_at

    def at(now: datetime) -> Fee:
        return fees.cancelling(
            DEMO,
            rules,
            total=total,
            starts_at=starts_at,
            assigned=True,
            on_the_way=False,
            late_before=9,
            now=now,
        )

    assert at(until).rule == "free"
    assert at(until).free_until == until
    assert at(until + timedelta(seconds=1)).rule in ("late", "last_minute")
