from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import calendars
from core import company as companies
from core.calendars import BusinessHours, Closure, Period
from core.catalogue import Words
from core.company import Company

DEMO = companies.load()
BERLIN = DEMO.model_copy(update={"timezone": "Europe/Berlin", "country": "DE", "closures": ()})
NIGHTS = BusinessHours.model_validate({day: ["00:00-03:00", "21:00-24:00"] for day in ("saturday", "sunday")})
WEEK = [date(2026, 11, 23 + n) for n in range(7)]
MINUTES = st.integers(0, 6_000)
MOMENTS = st.integers(0, 3 * 365 * 24 * 3600).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n)
)
COMPANIES = st.sampled_from(
    [DEMO, DEMO.model_copy(update={"office": NIGHTS}), BERLIN, BERLIN.model_copy(update={"office": NIGHTS})]
)


def wall(company: Company, day: date, hours: BusinessHours | None = None) -> list[str]:
    """The periods of a day as they stand on the wall."""
    return [
        f"{opens.astimezone(company.zone):%H:%M}-{closes.astimezone(company.zone):%H:%M}"
        for opens, closes in calendars.periods(company, day, hours)
    ]


def at(company: Company, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=company.zone)


def open_time(company: Company, start: datetime, end: datetime) -> timedelta:
    """How much office time lies between two moments, counted day by day."""
    total = timedelta()
    day = start.astimezone(company.zone).date() - timedelta(days=1)
    while day <= end.astimezone(company.zone).date():
        for opens, closes in calendars.periods(company, day, company.office):
            total += max(timedelta(), min(closes, end) - max(opens, start))
        day += timedelta(days=1)
    return total


def test_visits_and_office_have_hours_of_their_own(company: Company) -> None:
    monday = date(2026, 11, 23)
    assert wall(company, monday) == ["07:00-21:00"]
    assert wall(company, monday, company.office) == ["08:30-12:00", "13:00-18:30"]


def test_periods_are_given_in_utc(company: Company) -> None:
    opens, closes = calendars.periods(company, date(2026, 11, 23))[0]
    assert (opens.tzinfo, closes.tzinfo) == (UTC, UTC)
    assert opens == datetime(2026, 11, 22, 23, tzinfo=UTC)


def test_public_holidays_have_hours_of_their_own(company: Company) -> None:
    national_day = date(2026, 10, 1)
    assert calendars.is_holiday(company, national_day) == "国庆节"
    assert calendars.is_holiday(company, national_day, "en-GB") == "National Day"
    assert wall(company, national_day) == ["08:00-20:00"]
    assert wall(company, national_day, company.office) == ["10:00-16:00"]


def test_holidays_without_hours_of_their_own_are_as_any_weekday(company: Company) -> None:
    plain = company.office.model_copy(update={"holiday": None})
    closed = company.office.model_copy(update={"holiday": ()})
    thursday = date(2026, 10, 1)
    assert wall(company, thursday, plain) == ["08:30-12:00", "13:00-18:30"]
    assert wall(company, thursday, closed) == []


def test_a_weekend_day_worked_for_a_holiday_has_the_hours_of_a_monday(company: Company) -> None:
    swapped, ordinary = date(2026, 2, 14), date(2026, 11, 28)
    assert swapped.weekday() == ordinary.weekday() == 5
    assert calendars.is_workday(company, swapped)
    assert not calendars.is_workday(company, ordinary)
    assert wall(company, swapped, company.office) == ["08:30-12:00", "13:00-18:30"]
    assert wall(company, ordinary, company.office) == ["09:00-12:00", "13:00-17:30"]
    own = company.office.model_copy(update={"swapped": (Period(opens=time(9), closes=time(11)),)})
    assert wall(company, swapped, own) == ["09:00-11:00"]


def test_a_day_off_in_exchange_is_a_holiday_but_not_a_statutory_one(company: Company) -> None:
    exchanged = date(2026, 10, 6)
    assert calendars.is_holiday(company, exchanged)
    assert not calendars.is_workday(company, exchanged)
    assert not calendars.is_statutory(company, exchanged)
    assert [calendars.is_statutory(company, date(2026, 10, day)) for day in range(1, 9)] == [True] * 3 + [
        False
    ] * 5


def test_an_ordinary_day_has_no_name(company: Company) -> None:
    assert calendars.is_holiday(company, date(2026, 11, 23)) is None
    assert calendars.is_workday(company, date(2026, 11, 23))


def test_a_closure_closes_with_a_reason(company: Company) -> None:
    first, last = date(2027, 2, 5), date(2027, 2, 7)
    for day in (first, last):
        assert not calendars.is_open(company, day)
        reason = calendars.closure(company, day)
        assert reason is not None
        assert "Spring Festival" in reason.get("en")
    assert calendars.closure(company, last + timedelta(days=1)) is None
    assert calendars.is_open(company, last + timedelta(days=1))


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, "02-10"), (2025, "01-29"), (2026, "02-17"), (2027, "02-06"), (2028, "01-26"), (2033, "01-31")],
)
def test_spring_festival_is_the_lunar_new_year(year: int, day: str) -> None:
    assert calendars.spring_festival(year) == date.fromisoformat(f"{year}-{day}")


@pytest.mark.parametrize(
    ("moment", "minutes", "then"),
    [
        ("2026-11-23 09:00", 120, "2026-11-23 11:00"),
        ("2026-11-23 11:00", 60, "2026-11-23 12:00"),
        ("2026-11-23 11:00", 61, "2026-11-23 13:01"),
        ("2026-11-23 12:30", 0, "2026-11-23 13:00"),
        ("2026-11-23 17:00", 120, "2026-11-24 09:00"),
        ("2026-11-23 23:00", 30, "2026-11-24 09:00"),
        ("2026-11-27 18:00", 60, "2026-11-28 09:30"),
        ("2026-09-30 18:00", 60, "2026-10-01 10:30"),
        ("2027-02-04 17:30", 120, "2027-02-08 11:00"),
    ],
)
def test_only_open_minutes_count(company: Company, moment: str, minutes: int, then: str) -> None:
    assert calendars.later(company, at(company, moment), minutes) == at(company, then)


def test_seconds_are_kept(company: Company) -> None:
    assert calendars.later(company, at(company, "2026-11-23 18:29:40"), 1) == at(
        company, "2026-11-24 08:30:40"
    )


def test_time_does_not_run_backwards(company: Company) -> None:
    with pytest.raises(ValueError, match="forward"):
        calendars.later(company, at(company, "2026-11-23 09:00"), -1)


def test_a_company_closed_for_good_is_noticed(company: Company) -> None:
    forever = Closure(first=date(2026, 1, 1), last=date(2030, 1, 1), reason=Words({"en": "gone"}))
    with pytest.raises(calendars.AlwaysClosed):
        calendars.later(
            company.model_copy(update={"closures": (forever,)}), at(company, "2026-11-23 09:00"), 1
        )


@given(COMPANIES, MOMENTS, MINUTES)
def test_exactly_the_open_minutes_pass(company: Company, moment: datetime, minutes: int) -> None:
    then = calendars.later(company, moment, minutes)
    assert then >= moment
    assert then.tzinfo is UTC
    assert open_time(company, moment, then) == timedelta(minutes=minutes)


@given(COMPANIES, MOMENTS, MINUTES)
def test_later_is_never_a_closed_moment(company: Company, moment: datetime, minutes: int) -> None:
    then = calendars.later(company, moment, minutes)
    day = then.astimezone(company.zone).date()
    assert any(
        opens <= then <= closes
        for n in (-1, 0)
        for opens, closes in calendars.periods(company, day + timedelta(days=n), company.office)
    )


@given(COMPANIES, MOMENTS, MINUTES, MINUTES)
def test_minutes_add_up(company: Company, moment: datetime, first: int, second: int) -> None:
    in_two_steps = calendars.later(company, calendars.later(company, moment, first), second)
    assert in_two_steps == calendars.later(company, moment, first + second)


@given(COMPANIES, MOMENTS, st.integers(0, 100_000), MINUTES, MINUTES)
def test_who_begins_or_counts_more_is_never_earlier(
    company: Company, moment: datetime, delay: int, minutes: int, more: int
) -> None:
    then = calendars.later(company, moment, minutes)
    assert calendars.later(company, moment + timedelta(minutes=delay), minutes) >= then
    assert calendars.later(company, moment, minutes + more) >= then


@given(COMPANIES, MOMENTS, MINUTES)
def test_between_undoes_later(company: Company, moment: datetime, minutes: int) -> None:
    then = calendars.later(company, moment, minutes)
    assert calendars.between(company, moment, then) == minutes
    assert calendars.between(company, then, moment) == 0


@given(COMPANIES, MOMENTS, MOMENTS)
def test_between_counts_the_open_minutes_and_no_closed_one(
    company: Company, one: datetime, other: datetime
) -> None:
    since, until = sorted((one, min(one + timedelta(days=40), other)))
    open_minutes = open_time(company, since, until) // timedelta(minutes=1)
    assert calendars.between(company, since, until) == open_minutes
    assert open_minutes <= (until - since) / timedelta(minutes=1)


@given(COMPANIES, MOMENTS, MINUTES)
def test_earlier_is_later_turned_round(company: Company, moment: datetime, minutes: int) -> None:
    before = calendars.earlier(company, moment, minutes)
    assert before <= moment
    assert open_time(company, before, moment) == timedelta(minutes=minutes)
    assert calendars.later(company, before, minutes) == calendars.earlier(company, moment, 0)
    assert calendars.earlier(company, moment, minutes + 1) < before


@given(COMPANIES, MOMENTS, st.integers(1, 20))
def test_days_later_is_open_and_no_day_too_far(company: Company, moment: datetime, days: int) -> None:
    then = calendars.days_later(company, moment, days)

    assert calendars.earlier(company, then, 0) == then
    first = moment.astimezone(company.zone).date()
    if not calendars.periods(company, first, company.office):
        first = calendars.later(company, moment, 0).astimezone(company.zone).date()
    ahead = (then.astimezone(company.zone).date() - first).days
    passed = [first + timedelta(n) for n in range(1, ahead + 1)]
    assert sum(bool(calendars.periods(company, day, company.office)) for day in passed) <= days


@given(MOMENTS, st.integers(1, 20))
def test_where_no_day_is_closed_days_later_is_never_more_than_that(moment: datetime, days: int) -> None:
    daily = BusinessHours.model_validate({f"{day:%A}".lower(): ["08:00-21:00"] for day in WEEK})

    then = calendars.days_later(BERLIN, moment, days, daily).astimezone(BERLIN.zone).replace(tzinfo=None)

    told = moment.astimezone(BERLIN.zone).replace(tzinfo=None)
    assert told + timedelta(days=days - 1) < then <= told + timedelta(days=days)


@given(COMPANIES, st.dates(date(2025, 1, 1), date(2030, 12, 31)))
def test_periods_never_overlap_and_never_end_before_they_begin(company: Company, day: date) -> None:
    for hours in (company.hours, company.office):
        moments = [moment for period in calendars.periods(company, day, hours) for moment in period]
        assert moments == sorted(moments)
        assert len(set(moments[::2])) == len(moments[::2])


def test_a_period_shrinks_or_vanishes_where_clocks_go_forward() -> None:
    """In Berlin the hour after 02:00 is left out on 2026-03-29."""
    night = BusinessHours.model_validate({"sunday": ["01:00-04:00"]})
    gap = BusinessHours.model_validate({"sunday": ["02:00-02:30", "03:00-05:00"]})
    day = date(2026, 3, 29)
    assert BERLIN.zone == ZoneInfo("Europe/Berlin")
    [(opens, closes)] = calendars.periods(BERLIN, day, night)
    assert closes - opens == timedelta(hours=2)
    assert calendars.periods(BERLIN, day, gap) == (
        (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 3, tzinfo=UTC)),
    )


def test_a_period_may_end_at_midnight() -> None:
    late = BusinessHours.model_validate({"monday": ["22:00-24:00"], "tuesday": ["00:00-01:00"]})
    company = DEMO.model_copy(update={"office": late})
    assert calendars.later(company, at(company, "2026-11-23 23:00"), 60) == at(company, "2026-11-24 00:00")
    assert calendars.later(company, at(company, "2026-11-23 23:00"), 90) == at(company, "2026-11-24 00:30")
