from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import catalogue, pricing, quotes
from core import company as companies
from core.catalogue import Service, Unit
from core.coupons import Coupon, Kind, Window
from core.packages import Left, Package
from core.pricing import BEST, NONE, Benefits, Choice, Order
from core.quotes import BENEFITS, Quote

DEMO = companies.load()
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TUESDAY_NINE = NOW
AREA = DEMO.areas[0].code
DAILY = DEMO.service("DAILY")
TIERS = (None, ("silver", 10), ("gold", 20), ("diamond", 30))


def coupon(id: int = 1, kind: Kind = Kind.FEN, amount: int = 20_00, **more: object) -> Coupon:
    until = NOW + timedelta(days=id)
    facts = {"valid_until": until, "reason": "gift", "key": str(id), "issued_at": NOW, **more}
    return Coupon(id=id, customer_id=1, kind=kind, amount=amount, **facts)


def package(
    id: int = 1, units: int = 3, *, unit: str = "visit", quantity: int = 2, service: str = "DAILY"
) -> Left:
    sold = DEMO.service(service)
    made = Package(
        id=id, customer_id=1, product="P", service_code=service, unit=unit, quantity=quantity, units=4,
        price=1, each=sold.unit_price * quantity, months=12, bought_at=NOW, ends_at=NOW + timedelta(days=id),
    )  # fmt: skip
    return Left(made, units)


def look(quote: Quote, has: Benefits, choice: str = BEST, service: Service = DAILY) -> pricing.Look:
    order = Order(quote, service, AREA, TUESDAY_NINE)
    return pricing.look_at(DEMO, order, has, Choice.parse(choice))


def daily(hours: int = 4) -> Quote:
    return quotes.quote(DEMO, DAILY, hours)


def taken(quote: Quote) -> list[tuple[str, int]]:
    return [(line.kind, line.amount) for line in quote.benefits]


COUPONS = st.builds(
    lambda id, kind, amount, least, most: coupon(
        id,
        kind,
        {Kind.FEN: amount, Kind.PERCENT: amount % 100 + 1, Kind.ADD_ON: 1, Kind.HOURS: amount % 5 + 1}[kind],
        least=least,
        most=most if kind is Kind.PERCENT else None,
        add_on="BALCONY" if kind is Kind.ADD_ON else None,
    ),
    st.integers(1, 9),
    st.sampled_from(Kind),
    st.integers(1, 300_00),
    st.sampled_from([0, 50_00, 200_00]),
    st.sampled_from([None, 10_00]),
)
PACKAGES = st.builds(
    lambda id, units, hourly, quantity: (
        package(id, units, unit="hour", quantity=1) if hourly else package(id, units, quantity=quantity)
    ),
    st.integers(1, 9),
    st.integers(1, 4),
    st.booleans(),
    st.integers(1, 5),
)
FOUND = st.builds(
    Benefits,
    st.sampled_from(TIERS),
    st.lists(PACKAGES, max_size=3, unique_by=lambda one: one.package.id).map(tuple),
    st.lists(COUPONS, max_size=5, unique_by=lambda one: one.id).map(tuple),
    st.integers(-500, 50_000),
)
CHOICES = st.sampled_from(
    [BEST, NONE, "coupon:1", "coupon:5", "package:2", "best+points", "none+points", "coupon:3+points", "junk"]
)


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Service, Quote]:
    service = draw(st.sampled_from(DEMO.services))
    quantity = draw(st.integers(service.smallest, service.largest))
    extras = catalogue.offered(DEMO, service)
    wanted = {extra.code: draw(st.integers(0, extra.most)) for extra in extras}
    area = draw(st.none() | st.sampled_from(DEMO.areas))
    return service, quotes.quote(DEMO, service, quantity, wanted, area=area, starts_at=TUESDAY_NINE)


@given(wishes(), FOUND, CHOICES, st.randoms(use_true_random=False))
def test_a_price_does_not_depend_on_the_order_in_which_benefits_were_found(
    wish: tuple[Service, Quote], has: Benefits, choice: str, chance: object
) -> None:
    service, listed = wish
    packages, coupons = list(has.packages), list(has.coupons)
    chance.shuffle(packages)
    chance.shuffle(coupons)
    other = replace(has, packages=tuple(packages), coupons=tuple(coupons))
    assert look(listed, has, choice, service).quote == look(listed, other, choice, service).quote


@given(wishes(), FOUND, CHOICES)
def test_a_price_adds_up_and_keeps_within_its_limits(
    wish: tuple[Service, Quote], has: Benefits, choice: str
) -> None:
    service, listed = wish
    quote = look(listed, has, choice, service).quote
    off = {kind: -sum(line.amount for line in quote.lines if line.kind == kind) for kind in BENEFITS}
    assert quote.total == sum(line.amount for line in quote.lines) >= 0
    assert quote.by_list() == listed
    assert all(line.amount < 0 for line in quote.benefits)
    base = listed.total - off["package"]
    assert (off["tier"] + off["coupon"] + off["points"]) * 100 <= base * DEMO.pricing.most_percent
    assert off["points"] * 100 <= base * DEMO.members.redeem_percent
    assert not (off["package"] and (off["coupon"] or off["tier"]))
    points = sum(line.quantity for line in quote.lines if line.kind == "points")
    assert points == 0 or DEMO.members.redeem_from <= points <= has.points
    if off["coupon"]:
        assert not any(line.kind == "tier" and line.code in DEMO.pricing.tiers_alone for line in quote.lines)
    if service.unit in (Unit.DAY, Unit.MONTH):
        assert quote == listed


@given(wishes(), FOUND)
def test_nothing_that_could_be_chosen_without_points_beats_what_is_chosen_for_the_customer(
    wish: tuple[Service, Quote], has: Benefits
) -> None:
    service, listed = wish
    found = look(listed, has, BEST, service)
    packed = any(line.kind == "package" for line in found.quote.lines)
    assert packed or found.quote.total == min(one.quote.total for one in found.candidates)
    assert found.candidates[-1].use == NONE or any(one.use == NONE for one in found.candidates)


@given(wishes(), FOUND, CHOICES)
def test_what_was_given_goes_along_to_another_time_and_never_below_nothing(
    wish: tuple[Service, Quote], has: Benefits, choice: str
) -> None:
    service, listed = wish
    former = look(listed, has, choice, service).quote
    for percent in (0, 30, 100):
        more = replace(listed.lines[0], kind="early_late", amount=listed.lines[0].amount * percent // 100)
        there = listed.with_line(more)
        moved = pricing.again(DEMO, former, there)
        assert moved.by_list() == there
        assert moved.total == sum(line.amount for line in moved.lines) >= 0
        assert {line.code for line in moved.benefits} <= {line.code for line in former.benefits}
        back = pricing.again(DEMO, moved, listed)
        assert back.total == former.total


def test_a_quote_with_benefits_survives_json() -> None:
    quote = look(
        daily(), Benefits(("silver", 10), (package(unit="hour", quantity=1),), (coupon(),), 9_000)
    ).quote
    assert Quote.from_json(quote.as_json()) == quote


def test_silver_goes_together_with_a_coupon() -> None:
    quote = look(daily(), Benefits(("silver", 10), coupons=(coupon(),))).quote
    assert taken(quote) == [("tier", -18_00), ("coupon", -20_00)]
    assert quote.total == 142_00


def test_for_gold_the_discount_or_the_coupon_counts_whichever_is_more() -> None:
    has = Benefits(("gold", 20), coupons=(coupon(1, amount=20_00), coupon(2, amount=50_00)))
    assert taken(look(daily(), has).quote) == [("coupon", -50_00)]
    assert taken(look(daily(), replace(has, coupons=(coupon(),))).quote) == [("tier", -36_00)]
    assert taken(look(daily(), has, NONE).quote) == [("tier", -36_00)]


def test_a_tier_takes_off_the_work_alone_and_only_of_the_services_it_is_for() -> None:
    with_extra = quotes.quote(DEMO, DAILY, 2, {"BALCONY": 1})
    assert taken(look(with_extra, Benefits(("diamond", 30))).quote) == [("tier", -27_00)]
    glass = DEMO.service("GLASS")
    assert taken(look(quotes.quote(DEMO, glass, 30), Benefits(("diamond", 30)), service=glass).quote) == []


def test_a_visit_of_a_package_covers_the_work_and_what_is_more_is_paid() -> None:
    longer = quotes.quote(DEMO, DAILY, 4, {"BALCONY": 1})
    quote = look(longer, Benefits(("gold", 20), (package(quantity=3),), (coupon(),))).quote
    extra = longer.total - 180_00
    assert taken(quote) == [("package", -135_00)]
    assert (quote.total, quote.worth, quote.listed) == (45_00 + extra, longer.total, longer.total)


def test_a_visit_of_a_package_is_not_spent_on_less_than_it_covers() -> None:
    assert look(daily(2), Benefits(packages=(package(quantity=3),))).quote == daily(2)


def test_hours_of_a_package_cover_as_many_as_are_left() -> None:
    [line] = look(daily(4), Benefits(packages=(package(units=3, unit="hour", quantity=1),))).quote.benefits
    assert (line.quantity, line.amount) == (3, -135_00)


def test_the_package_that_ends_first_is_used_first() -> None:
    has = Benefits(packages=(package(7), package(2), package(5)))
    assert [one.use for one in look(daily(), has).candidates] == ["package:2", "package:5", "package:7", NONE]


def test_of_coupons_that_save_the_same_the_one_that_ends_first_is_used() -> None:
    has = Benefits(coupons=(coupon(9), coupon(3), coupon(6)))
    assert look(daily(), has).candidates[0].use == "coupon:3"


@pytest.mark.parametrize(("points", "used"), [(499, 0), (500, 500), (599, 500), (100_000, 5_400), (-1, 0)])
def test_points_are_used_in_whole_yuan_from_the_least_up_to_a_share(points: int, used: int) -> None:
    quote = look(daily(), Benefits(points=points), "best+points").quote
    assert sum(line.quantity for line in quote.lines if line.kind == "points") == used
    assert quote.total == 180_00 - used


def test_points_are_kept_unless_the_customer_wants_them_used() -> None:
    found = look(daily(), Benefits(points=9_000))
    assert (found.quote, found.points) == (daily(), 5_400)


def test_all_of_it_together_takes_off_half_at_most() -> None:
    has = Benefits(("silver", 10), coupons=(coupon(amount=100_00),), points=9_000)
    quote = look(daily(), has, "best+points").quote
    assert taken(quote) == [("tier", -18_00), ("coupon", -72_00)]
    assert quote.total == 90_00


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({"least": 180_00}, True),
        ({"least": 180_01}, False),
        ({"services": ["GLASS"]}, False),
        ({"services": ["GLASS", "DAILY"]}, True),
        ({"areas": [AREA]}, True),
        ({"areas": ["ELSEWHERE"]}, False),
        ({"windows": [Window(days=(1,), begins=time(9), ends=time(11)).model_dump(mode="json")]}, True),
        ({"windows": [Window(days=(2,), begins=time(9)).model_dump(mode="json")]}, False),
        ({"windows": [Window(ends=time(8, 30)).model_dump(mode="json")]}, False),
    ],
)
def test_a_coupon_knows_price_service_area_and_hour(more: dict[str, object], fits: bool) -> None:
    assert bool(look(daily(), Benefits(coupons=(coupon(**more),))).quote.benefits) is fits


@pytest.mark.parametrize(
    ("one", "off"),
    [
        (coupon(kind=Kind.PERCENT, amount=10), "a tenth"),
        (coupon(kind=Kind.PERCENT, amount=10, most=15_00), 15_00),
        (coupon(kind=Kind.HOURS, amount=1), 45_00),
        (coupon(kind=Kind.ADD_ON, amount=1, add_on="BALCONY"), "the balcony"),
        (coupon(kind=Kind.ADD_ON, amount=1, add_on="LINEN"), 0),
    ],
)
def test_each_kind_of_coupon(one: Coupon, off: object) -> None:
    extra = next(each for each in DEMO.add_ons if each.code == "BALCONY")
    listed = quotes.quote(DEMO, DAILY, 4, {"BALCONY": 1})
    expected = {"a tenth": listed.total // 10, "the balcony": extra.price}.get(off, off)
    assert -sum(line.amount for line in look(listed, Benefits(coupons=(one,))).quote.benefits) == expected


def test_nothing_is_taken_off_wages() -> None:
    nanny = next(one for one in DEMO.services if one.unit is Unit.MONTH)
    listed = quotes.quote(DEMO, nanny, 1)
    has = Benefits(("diamond", 30), (package(service=nanny.code, quantity=1),), (coupon(),), 90_000)
    found = look(listed, has, "best+points", nanny)
    assert (found.quote, found.points) == (listed, 0)
