import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core import catalogue, quotes
from core import company as companies
from core.areas import Area
from core.catalogue import Service, Unit
from core.company import Company
from core.quotes import Quote, QuoteLine

DEMO = companies.load()
SERVICES = st.sampled_from(DEMO.services)
AREAS = st.none() | st.sampled_from(DEMO.areas)
HALF_HOURS = st.integers(0, 3 * 365 * 48).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=30 * n)
)
STARTS = st.none() | HALF_HOURS


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Service, int, dict[str, int]]:
    """A service, a quantity it allows, and some of its add-ons."""
    service = draw(SERVICES)
    quantity = draw(st.integers(service.smallest, service.largest))
    extras = catalogue.offered(DEMO, service)
    return service, quantity, {extra.code: draw(st.integers(0, extra.most)) for extra in extras}


def at(company: Company, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=company.zone)


def kinds(quote: Quote) -> list[str]:
    return [line.kind for line in quote.lines]


def test_hours_are_multiplied_by_their_price(company: Company) -> None:
    quote = quotes.quote(company, company.service("DAILY"), 4)
    assert quote.lines == (QuoteLine("service", "DAILY", 4, Unit.HOUR, 45_00, None, 180_00),)
    assert quote.total == 180_00
    assert quote.version == company.version


def test_a_small_home_is_raised_to_the_minimum_by_a_line_of_its_own(company: Company) -> None:
    quote = quotes.quote(company, company.service("DEEP"), 40)
    assert quote.lines == (
        QuoteLine("service", "DEEP", 40, Unit.SQUARE_METRE, 9_00, None, 360_00),
        QuoteLine("minimum", "DEEP", 1, None, 400_00, None, 40_00),
    )
    assert quote.total == 400_00
    assert kinds(quotes.quote(company, company.service("DEEP"), 45)) == ["service"]


def test_add_ons_come_on_top_of_the_minimum(company: Company) -> None:
    quote = quotes.quote(company, company.service("DEEP"), 40, {"LINEN": 2, "OVEN": 0})
    assert quote.lines[-1] == QuoteLine("add_on", "LINEN", 2, Unit.BED, 20_00, None, 40_00)
    assert quote.total == 440_00


def test_a_far_area_adds_the_way(company: Company) -> None:
    daily = company.service("DAILY")
    far = quotes.quote(company, daily, 2, area=company.area("PIDU"))
    assert far.lines[-1] == QuoteLine("travel", "PIDU", 1, None, 20_00, None, 20_00)
    assert far.total == 110_00
    assert kinds(quotes.quote(company, daily, 2, area=company.area("WUHOU"))) == ["service"]


@pytest.mark.parametrize(
    ("start", "unusual"),
    [
        ("2026-11-25 07:30", True),
        ("2026-11-25 08:00", False),
        ("2026-11-25 16:00", False),
        ("2026-11-25 16:30", True),
    ],
)
def test_early_and_late_visits_cost_more(company: Company, start: str, unusual: bool) -> None:
    quote = quotes.quote(company, company.service("DAILY"), 4, starts_at=at(company, start))
    line = QuoteLine("early_late", "DAILY", 1, None, 180_00, 20, 36_00)
    assert quote.lines[1:] == ((line,) if unusual else ())


def test_a_visit_past_midnight_is_late(company: Company) -> None:
    quote = quotes.quote(company, company.service("DAILY"), 8, starts_at=at(company, "2026-11-25 16:30"))
    assert "early_late" in kinds(quote)


@pytest.mark.parametrize(
    ("day", "dearer"),
    [
        ("2027-01-29", False),
        ("2027-01-30", True),
        ("2027-02-06", True),
        ("2027-02-13", True),
        ("2027-02-14", False),
    ],
)
def test_cleaning_costs_more_a_week_around_spring_festival(company: Company, day: str, dearer: bool) -> None:
    quote = quotes.quote(company, company.service("DEEP"), 100, starts_at=at(company, f"{day} 09:00"))
    line = QuoteLine("spring_festival", "DEEP", 1, None, 900_00, 30, 270_00)
    assert quote.lines[1:] == ((line,) if dearer else ())


def test_the_festival_does_not_make_organising_dearer(company: Company) -> None:
    quote = quotes.quote(company, company.service("TIDY"), 4, starts_at=at(company, "2027-02-09 09:00"))
    assert kinds(quote) == ["service"]


def test_surcharges_are_on_the_work_and_not_on_one_another_or_the_way(company: Company) -> None:
    quote = quotes.quote(
        company,
        company.service("DAILY"),
        2,
        {"LINEN": 1},
        area=company.area("PIDU"),
        starts_at=at(company, "2027-02-09 07:30"),
    )
    assert [(line.kind, line.amount) for line in quote.lines] == [
        ("service", 90_00),
        ("add_on", 20_00),
        ("early_late", 22_00),
        ("spring_festival", 33_00),
        ("travel", 20_00),
    ]


def test_live_in_care_counts_the_public_holidays_it_runs_through(company: Company) -> None:
    nanny = company.service("NANNY-LIVE")
    quote = quotes.quote(company, nanny, 1, starts_at=at(company, "2026-09-20 09:00"))
    day_rate = 8_000_00 // 26
    holidays = QuoteLine("holiday", "NANNY-LIVE", 4, Unit.DAY, day_rate, 50, 4 * day_rate * 50 // 100)
    assert quote.lines[1:] == (holidays,), "mid-autumn and three days of the national holiday"
    assert kinds(quotes.quote(company, nanny, 1, starts_at=at(company, "2026-11-01 09:00"))) == ["service"]


def test_what_is_sold_by_the_visit_counts_a_holiday_on_its_day() -> None:
    care = DEMO.service("ELDER-H").model_copy(update={"surcharges": frozenset({"holiday"})})
    quote = quotes.quote(DEMO, care, 4, starts_at=at(DEMO, "2026-10-01 09:00"))
    assert quote.lines[1:] == (QuoteLine("holiday", "ELDER-H", 1, None, 240_00, 50, 120_00),)


def test_before_the_time_is_known_there_are_no_surcharges(company: Company) -> None:
    for service in company.services:
        assert set(kinds(quotes.quote(company, service, service.usual))) <= {"service", "minimum"}


def test_what_cannot_be_sold_is_not_quoted(company: Company) -> None:
    with pytest.raises(catalogue.QuantityOutOfRange):
        quotes.quote(company, company.service("DAILY"), 1)
    with pytest.raises(catalogue.UnknownAddOn):
        quotes.quote(company, company.service("DAILY"), 2, {"STEAM-AC": 1})
    with pytest.raises(catalogue.TooManyAddOns):
        quotes.quote(company, company.service("DAILY"), 2, {"PET-HAIR": 2})


def test_a_kept_quote_does_not_follow_the_catalogue(company: Company) -> None:
    kept = quotes.quote(company, company.service("DEEP"), 40, {"LINEN": 2}).as_json()
    assert kept["total"] == 440_00
    assert kept["lines"][0] == {
        "kind": "service",
        "code": "DEEP",
        "quantity": 40,
        "unit": "square_metre",
        "unit_price": 900,
        "percent": None,
        "amount": 36000,
    }
    assert Quote.from_json(kept).total == 440_00


def formula(line: QuoteLine) -> int:
    """The amount, made again from nothing but the line's own numbers."""
    price = line.quantity * line.unit_price
    return price if line.percent is None else price * line.percent // 100


@given(wishes(), AREAS, STARTS)
def test_the_total_is_the_sum_of_lines_that_explain_themselves(
    wish: tuple[Service, int, dict[str, int]], area: Area | None, starts_at: datetime | None
) -> None:
    quote = quotes.quote(DEMO, *wish, area=area, starts_at=starts_at)
    assert quote.total == sum(line.amount for line in quote.lines)
    assert quote.total >= wish[0].minimum_price
    before = 0
    for line in quote.lines:
        assert type(line.amount) is int
        assert line.amount > 0
        assert line.amount == (line.unit_price - before if line.kind == "minimum" else formula(line))
        before += line.amount


@given(wishes(), AREAS, STARTS)
def test_a_quote_survives_being_kept(
    wish: tuple[Service, int, dict[str, int]], area: Area | None, starts_at: datetime | None
) -> None:
    quote = quotes.quote(DEMO, *wish, area=area, starts_at=starts_at)
    assert Quote.from_json(json.loads(json.dumps(quote.as_json()))) == quote


@given(wishes(), AREAS, STARTS, st.integers(1, 50))
def test_more_never_costs_less(
    wish: tuple[Service, int, dict[str, int]], area: Area | None, starts_at: datetime | None, more: int
) -> None:
    """At a given time, more work with a larger crew may end before it is late, so crews must be equal."""
    service, quantity, add_ons = wish
    assume(quantity + more <= service.largest)
    assume(starts_at is None or service.crew_for(quantity) == service.crew_for(quantity + more))
    less = quotes.quote(DEMO, service, quantity, add_ons, area=area, starts_at=starts_at)
    greater = quotes.quote(DEMO, service, quantity + more, add_ons, area=area, starts_at=starts_at)
    assert less.total <= greater.total


@given(wishes(), AREAS, HALF_HOURS)
def test_a_time_never_makes_it_cheaper(
    wish: tuple[Service, int, dict[str, int]], area: Area | None, starts_at: datetime
) -> None:
    assert (
        quotes.quote(DEMO, *wish, area=area, starts_at=starts_at).total
        >= quotes.quote(DEMO, *wish, area=area).total
    )
