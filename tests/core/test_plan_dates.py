"""From a plan's rule to its dates, over five years of public holidays and closures."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import calendars, plans
from core.calendars import Closure
from core.catalogue import Words
from core.company import Company, load
from core.plans import Closed, Every, Fate
from core.plans.expanding import Course, Difference, Occasion, Scheme, expand, may_be_on, nth

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)
HALF_HOURS = [time(hour, minute) for hour in range(7, 18) for minute in (0, 30)]


def away(*spans: tuple[date, date]) -> Company:
    """The demo company, closed on these days only."""
    reason = Words({"zh-CN": "休息", "en": "rest"})
    closures = tuple(Closure(first=first, last=last, reason=reason) for first, last in spans)
    return load().model_copy(update={"closures": closures})


NEW_YEARS = away(*((calendars.spring_festival(year) - 3 * DAY, calendars.spring_festival(year) + 4 * DAY)
                   for year in range(2026, 2031)))  # fmt: skip
OPEN = away()


def weekly(anchor: date, every: Every = Every.WEEK, at: time = time(9), **more: object) -> Scheme:
    return Scheme(courses=[Course(anchor, anchor, every, at, 180)], **more)


def on(company: Company, scheme: Scheme, first: date = FIRST, last: date = LAST) -> list[date]:
    return [one.on for one in expand(company, scheme, first, last) if one.on]


def near(company: Company, scheme: Scheme, lost: Occasion, taken: set[date]) -> list[date]:
    """The days near a date that is left out on which it could have been."""
    course = scheme.courses[0]
    reach = 3 if course.every is Every.WEEK else 6
    around = [lost.day + n * DAY for n in range(-reach, reach + 1) if n]
    lone = replace(
        scheme, courses=[replace(course, anchor=lost.day, since=lost.day)], ends=lost.day + 9 * DAY
    )
    return [
        day
        for day in around
        if day not in taken
        and not calendars.is_holiday(company, day)
        and may_be_on(company, lone, lost.day, day)
    ]


days = st.dates(FIRST, LAST)
schemes = st.builds(
    lambda anchor, every, at, minutes, if_closed: Scheme(
        courses=[Course(anchor, anchor, every, at, minutes)], if_closed=if_closed
    ),
    days,
    st.sampled_from(Every),
    st.sampled_from(HALF_HOURS),
    st.sampled_from([60, 120, 180]),
    st.sampled_from(Closed),
)


def test_every_other_wednesday_is_every_other_wednesday() -> None:
    found = on(OPEN, weekly(date(2026, 11, 25), Every.FORTNIGHT), last=date(2026, 12, 31))
    assert found == [date(2026, 11, 25), date(2026, 12, 9), date(2026, 12, 23)]


def test_the_second_tuesday_of_each_month_and_the_last_of_those_without_a_fifth() -> None:
    second = on(OPEN, weekly(date(2026, 11, 10), Every.MONTH), last=date(2027, 2, 28))
    assert second == [date(2026, 11, 10), date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9)] or (
        date(2027, 2, 9) not in second
        and second[:3] == [date(2026, 11, 10), date(2026, 12, 8), date(2027, 1, 12)]
    )
    fifth = on(OPEN, weekly(date(2026, 11, 30), Every.MONTH), last=date(2027, 1, 31))
    assert fifth == [date(2026, 11, 30), date(2026, 12, 28), date(2027, 1, 25)]


def test_a_public_holiday_is_asked_about_unless_it_is_wanted() -> None:
    thursday = date(2026, 10, 1)
    plan = weekly(date(2026, 9, 24))
    asked = next(one for one in expand(OPEN, plan, thursday, thursday))
    assert asked.fate is Fate.HOLIDAY
    wanted = replace(plan, differences={thursday: Difference(kept=True)})
    assert expand(OPEN, wanted, thursday, thursday)[0].fate is Fate.HOLDS


def test_a_closed_day_goes_to_the_nearest_open_one_or_is_left_out() -> None:
    closed = away((date(2026, 11, 25), date(2026, 11, 26)))
    plan = weekly(date(2026, 11, 18))
    moved = expand(closed, plan, date(2026, 11, 25), date(2026, 11, 25))[0]
    assert (moved.fate, moved.on) == (Fate.MOVED, date(2026, 11, 24))
    skips = replace(plan, if_closed=Closed.SKIP)
    assert expand(closed, skips, date(2026, 11, 25), date(2026, 11, 25))[0].fate is Fate.CLOSED
    fortnight = away((date(2026, 11, 20), date(2026, 12, 1)))
    assert expand(fortnight, plan, date(2026, 11, 25), date(2026, 11, 25))[0].fate is Fate.CLOSED


def test_the_time_on_the_wall_stays_when_clocks_change() -> None:
    berlin = OPEN.model_copy(update={"timezone": "Europe/Berlin"})
    berlin.__dict__.pop("zone", None)
    found = expand(berlin, weekly(date(2027, 3, 23)), date(2027, 3, 23), date(2027, 3, 30))
    local = [one.starts_at.astimezone(ZoneInfo("Europe/Berlin")).time() for one in found if one.starts_at]
    assert local == [time(9), time(9)]
    utc = [one.starts_at.astimezone(UTC).hour for one in found if one.starts_at]
    assert utc == [8, 7]


def test_a_time_that_clocks_skip_is_later_by_what_they_skip() -> None:
    hours = {day: (calendars.Period(opens=time(0), closes=time(0)),) for day in ("sunday", "monday")}
    night = OPEN.model_copy(update={"timezone": "Europe/Berlin", "hours": calendars.BusinessHours(**hours)})
    found = expand(night, weekly(date(2027, 3, 28), at=time(2, 30)), date(2027, 3, 28), date(2027, 3, 28))
    assert found[0].starts_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_this_and_following_leaves_what_was_before() -> None:
    anchor, cut, new = date(2026, 11, 4), date(2026, 11, 25), date(2026, 11, 26)
    before = weekly(anchor)
    after = Scheme([*before.courses, Course(cut, new, Every.FORTNIGHT, time(14), 120)])
    found = on(OPEN, after, last=date(2026, 12, 31))
    assert found == [anchor, anchor + 7 * DAY, anchor + 14 * DAY, new, new + 14 * DAY, new + 28 * DAY]


@given(scheme=schemes, company=st.sampled_from([OPEN, NEW_YEARS]))
@settings(max_examples=40)
def test_five_years_never_two_on_a_day_and_never_on_a_closed_one(scheme: Scheme, company: Company) -> None:
    found = expand(company, scheme, FIRST, LAST)
    taking = [one for one in found if one.on and one.starts_at]
    assert len({one.on for one in taking}) == len(taking)
    assert [one.day for one in found] == sorted({one.day for one in found})
    for one in taking:
        assert one.starts_at is not None
        ends = one.starts_at + timedelta(minutes=one.course.minutes)
        assert one.on is not None
        assert any(a <= one.starts_at and ends <= b for a, b in calendars.periods(company, one.on))
        if one.fate is not Fate.HOLIDAY:
            assert not calendars.is_holiday(company, one.on)
        assert one.starts_at.astimezone(company.zone).time() == one.course.at
        assert one.on.weekday() == one.course.anchor.weekday() or one.fate is Fate.MOVED
    ons = [one.on for one in taking]
    assert ons == sorted(ons)
    assert {one.fate for one in found} <= {Fate.HOLDS, Fate.MOVED, Fate.HOLIDAY, Fate.CLOSED}
    for one in found:
        if one.fate is Fate.CLOSED and scheme.if_closed is Closed.MOVE:
            assert not near(
                company, scheme, one, {each for each in ons if each} | {each.day for each in found}
            )
    steps = {(later.day - former.day).days for former, later in pairwise(found)}
    weeks = {Every.WEEK: {7}, Every.FORTNIGHT: {14}, Every.FOUR_WEEKS: {28}, Every.MONTH: {28, 35}}
    assert steps <= weeks[scheme.courses[0].every]


@given(scheme=schemes, which=st.integers(0, 200), company=st.sampled_from([OPEN, NEW_YEARS]))
@settings(max_examples=40)
def test_leaving_one_out_touches_its_date_only(scheme: Scheme, which: int, company: Company) -> None:
    before = expand(company, scheme, FIRST, LAST)
    if not before:
        return
    chosen = before[which % len(before)].day
    after = expand(company, replace(scheme, differences={chosen: Difference(skipped=True)}), FIRST, LAST)
    assert [one for one in after if one.day != chosen] == [one for one in before if one.day != chosen]
    assert next(one for one in after if one.day == chosen).on is None


@given(
    scheme=schemes,
    which=st.integers(0, 200),
    by=st.integers(-30, 30),
    company=st.sampled_from([OPEN, NEW_YEARS]),
)
@settings(max_examples=60)
def test_putting_one_on_another_day_touches_its_date_only(
    scheme: Scheme, which: int, by: int, company: Company
) -> None:
    before = expand(company, scheme, FIRST, LAST)
    if not before:
        return
    chosen = before[which % len(before)].day
    to_day = chosen + by * DAY
    if by == 0 or not may_be_on(company, scheme, chosen, to_day):
        return
    differs = {chosen: Difference(to_day=to_day, kept=True)}
    after = expand(company, replace(scheme, differences=differs), FIRST, LAST)
    assert [one for one in after if one.day != chosen] == [one for one in before if one.day != chosen]
    swapped = next(one for one in after if one.day == chosen)
    assert (swapped.on, swapped.fate) == (to_day, Fate.SWAPPED)
    assert len({one.on for one in after if one.on}) == sum(one.on is not None for one in after)


@given(scheme=schemes, first=days, length=st.integers(0, 60), company=st.sampled_from([OPEN, NEW_YEARS]))
@settings(max_examples=40)
def test_a_pause_yields_none_inside(scheme: Scheme, first: date, length: int, company: Company) -> None:
    last = first + length * DAY
    rested = expand(company, replace(scheme, pauses=[(first, last)]), FIRST, LAST)
    assert not [one for one in rested if one.on and first <= one.on <= last]
    before = expand(company, scheme, FIRST, LAST)
    far = [one for one in before if not first - 7 * DAY <= one.day <= last + 7 * DAY]
    assert [one for one in rested if not first - 7 * DAY <= one.day <= last + 7 * DAY] == far


@given(scheme=schemes, cut=st.integers(0, 200), by=st.integers(-3, 10), every=st.sampled_from(Every))
@settings(max_examples=40)
def test_this_and_following_never_changes_what_was_before(
    scheme: Scheme, cut: int, by: int, every: Every
) -> None:
    before = expand(NEW_YEARS, scheme, FIRST, LAST)
    if not before:
        return
    day = before[cut % len(before)].day
    anchor = day + by * DAY
    since = min(day, anchor)
    split = replace(scheme, courses=[*scheme.courses, Course(since, anchor, every, time(10), 60)])
    after = expand(NEW_YEARS, split, FIRST, LAST)
    assert [one.day for one in after if one.day < since] == [one.day for one in before if one.day < since]
    assert all(one.course.anchor == anchor for one in after if one.day >= since)
    assert len({one.on for one in after if one.on}) == sum(one.on is not None for one in after)


def test_a_weekend_that_is_worked_in_place_of_a_holiday_is_a_day_like_any_other() -> None:
    saturdays = weekly(date(2026, 2, 28))  # Saturday the 28th is worked for the Spring Festival of 2026
    found = expand(OPEN, saturdays, date(2026, 2, 28), date(2026, 2, 28))
    assert [one.fate for one in found] == [Fate.HOLDS]
    exchanged = expand(OPEN, weekly(date(2026, 2, 23)), date(2026, 2, 23), date(2026, 2, 23))
    assert [one.fate for one in exchanged] == [Fate.HOLIDAY]


@given(scheme=schemes, count=st.integers(2, 60), skipped=st.sets(st.integers(0, 70), max_size=6))
@settings(max_examples=30)
def test_so_many_times_are_that_many_visits_whatever_falls_out(
    scheme: Scheme, count: int, skipped: set[int]
) -> None:
    first = scheme.courses[0].anchor
    now = datetime.combine(first, time(0), OPEN.zone)
    dates = expand(NEW_YEARS, scheme, first, first + 5000 * DAY)
    out = {dates[n].day: Difference(skipped=True) for n in skipped if n < len(dates)}
    left_out = replace(scheme, differences=out)
    last = plans.last_of(NEW_YEARS, left_out, count, now)
    assert last is not None
    counted = replace(left_out, last=last)
    found = on(NEW_YEARS, counted, first - 50 * DAY, last + 400 * DAY)
    assert len([day for day in found if day >= first]) == count


@pytest.mark.parametrize(("day", "which"), [(date(2026, 11, 1), 1), (date(2026, 11, 30), 5)])
def test_which_weekday_of_its_month_a_day_is(day: date, which: int) -> None:
    assert nth(day) == which
