from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from core import catalogue
from core import company as companies
from core.catalogue import AddOn, Notice, Service, Words
from core.company import Company

DEMO = companies.load()
ZONE = ZoneInfo("Asia/Shanghai")
SOLD = st.sampled_from([service for service in DEMO.services if not service.by_request])


@st.composite
def sales(draw: st.DrawFn) -> tuple[Service, int, tuple[AddOn, ...]]:
    """A service that is sold by window, a quantity it allows, and some of its add-ons."""
    service = draw(SOLD)
    quantity = draw(st.integers(service.smallest, service.largest))
    wanted = {extra.code: draw(st.integers(0, extra.most)) for extra in catalogue.offered(DEMO, service)}
    return service, quantity, catalogue.chosen(DEMO, service, wanted)


def spoken(service: Service) -> Iterator[Words]:
    yield from (service.name, service.scope)
    yield from (*service.includes, *service.excludes, *service.acceptance)
    yield from (task.words for task in service.checklist)


EXPECTED = """
DAILY DEEP MOVEIN MOVEIN-VILLA GLASS KITCHEN MITE AC-W AC-F HOOD WASHER WASHER-F FRIDGE HEATER TIDY COOK
COOK-MEAL HOURLY-LT MATERNITY MATERNITY-SENIOR NANNY NANNY-LIVE ELDER ELDER-SEMI ELDER-FULL ELDER-H ESCORT
""".split()


def test_the_whole_catalogue_is_sold(company: Company) -> None:
    assert [service.code for service in company.services] == EXPECTED


@pytest.mark.parametrize("code", EXPECTED)
def test_a_service_says_what_it_is_in_every_language(company: Company, code: str) -> None:
    service = company.service(code)
    assert 4 <= len(service.includes) <= 8
    assert len(service.excludes) >= 3
    assert len(service.acceptance) >= 3
    assert len(service.checklist) >= 4
    for words in spoken(service):
        assert set(words.root) == set(company.languages)
        assert words.get("en").isascii() or "²" in words.get("en")
        assert not set(",;:()?") & set(words.get("zh-CN")), "Chinese has punctuation of its own"


@pytest.mark.parametrize("code", EXPECTED)
def test_a_service_is_called_what_people_call_it(company: Company, code: str) -> None:
    service = company.service(code)
    for language in company.languages:
        assert len(service.nicknames[language]) >= 5
        assert len(set(service.nicknames[language])) == len(service.nicknames[language])


def test_no_two_services_sound_alike(company: Company) -> None:
    """Typed by sound, with a wrong character, a nickname must still mean one service."""
    heard = defaultdict(set)
    for service in company.services:
        for language, names in service.nicknames.items():
            for name in (service.name.get(language), *names):
                sound = "".join(lazy_pinyin(name)) if language == "zh-CN" else name
                heard[sound.casefold()].add(service.code)
    assert {sound: codes for sound, codes in heard.items() if len(codes) > 1} == {}


def test_every_add_on_goes_with_a_service(company: Company) -> None:
    used = {code for service in company.services for code in service.add_ons}
    assert used == {add_on.code for add_on in company.add_ons}


def test_care_by_the_month_needs_a_talk_first(company: Company) -> None:
    by_request = {service.code for service in company.services if service.by_request}
    assert {"MATERNITY", "NANNY", "ELDER", "HOURLY-LT"} <= by_request
    assert not by_request & {"DAILY", "DEEP", "ELDER-H", "ESCORT"}
    assert all(company.service(code).unit == catalogue.Unit.MONTH for code in by_request)


@pytest.mark.parametrize(
    ("code", "quantity", "minutes", "crew"),
    [
        ("DAILY", 2, 120, 1),
        ("DAILY", 8, 480, 1),
        ("DEEP", 30, 240, 2),
        ("DEEP", 90, 270, 2),
        ("DEEP", 300, 480, 2),
        ("MOVEIN", 100, 360, 2),
        ("MOVEIN", 101, 360, 3),
        ("MOVEIN", 161, 360, 4),
        ("MOVEIN", 300, 540, 4),
        ("TIDY", 8, 480, 1),
        ("TIDY", 9, 270, 2),
        ("MITE", 3, 90, 1),
        ("AC-F", 2, 180, 1),
    ],
)
def test_a_visit_lasts_as_long_as_its_work(
    company: Company, code: str, quantity: int, minutes: int, crew: int
) -> None:
    service = company.service(code)
    assert service.minutes(quantity) == minutes
    assert service.crew_for(quantity) == crew


def test_add_ons_take_their_time_each(company: Company) -> None:
    daily = company.service("DAILY")
    assert catalogue.minutes(company, daily, 2, {"LINEN": 1}) == 150
    assert catalogue.minutes(company, daily, 2, {"LINEN": 2}) == 150
    assert catalogue.minutes(company, daily, 2, {"LINEN": 3}) == 180
    assert catalogue.minutes(company, daily, 2, {"LINEN": 0}) == 120


def test_two_people_share_the_add_ons(company: Company) -> None:
    deep = company.service("DEEP")
    assert catalogue.minutes(company, deep, 30, {"CABINETS": 1}) == 270


@given(sales())
def test_a_visit_always_lasts_whole_half_hours_within_bounds(
    sale: tuple[Service, int, tuple[AddOn, ...]],
) -> None:
    service, quantity, add_ons = sale
    minutes = service.minutes(quantity, add_ons)
    assert minutes % 30 == 0
    assert service.duration.shortest <= service.minutes(quantity) <= service.duration.longest
    assert minutes >= service.minutes(quantity)
    assert (minutes - service.minutes(quantity)) * service.crew_for(quantity) <= sum(
        add_on.minutes for add_on in add_ons
    ) + 30 * service.crew_for(quantity)


@given(SOLD)
def test_more_never_takes_fewer_people_or_less_work(service: Service) -> None:
    quantities = range(service.smallest, service.largest + 1)
    crews = [service.crew_for(quantity) for quantity in quantities]
    assert crews[0] == service.crew
    assert crews == sorted(crews)
    for less, more in pairwise(quantities):
        if service.crew_for(less) == service.crew_for(more):
            assert service.minutes(less) <= service.minutes(more)


def test_an_add_on_of_another_service_is_refused(company: Company) -> None:
    with pytest.raises(catalogue.UnknownAddOn):
        catalogue.chosen(company, company.service("AC-W"), {"LINEN": 1})
    with pytest.raises(catalogue.UnknownAddOn):
        catalogue.add_on(company, "NOTHING")


@pytest.mark.parametrize("number", [6, -1])
def test_more_of_an_add_on_than_a_visit_takes_is_refused(company: Company, number: int) -> None:
    with pytest.raises(catalogue.TooManyAddOns) as caught:
        catalogue.chosen(company, company.service("DAILY"), {"LINEN": number})
    assert caught.value.args_["most"] == 5


@pytest.mark.parametrize("quantity", [1, 9, 0, -3])
def test_a_quantity_out_of_range_is_refused_with_the_range(company: Company, quantity: int) -> None:
    with pytest.raises(catalogue.QuantityOutOfRange) as caught:
        catalogue.minutes(company, company.service("DAILY"), quantity, {})
    assert caught.value.args_ == {"service": "DAILY", "smallest": 2, "largest": 8, "unit": "hour"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("notice", "now", "earliest"),
    [
        (Notice(minutes=120), "2026-11-23 09:10", "2026-11-23 11:10"),
        (Notice(minutes=120), "2026-11-23 23:10", "2026-11-24 01:10"),
        (Notice(day_before=18), "2026-11-23 17:59", "2026-11-24 00:00"),
        (Notice(day_before=18), "2026-11-23 18:00", "2026-11-25 00:00"),
        (Notice(day_before=18), "2026-11-23 00:00", "2026-11-24 00:00"),
        (Notice(days=3), "2026-11-23 23:59", "2026-11-26 00:00"),
        (Notice(days=14), "2026-12-25 08:00", "2027-01-08 00:00"),
    ],
)
def test_notice_says_when_a_visit_may_begin(notice: Notice, now: str, earliest: str) -> None:
    assert notice.earliest(at(now).astimezone(UTC), ZONE) == at(earliest)


@given(st.integers(0, 4 * 365 * 24 * 60), st.sampled_from(DEMO.services))
def test_notice_always_lies_ahead_and_in_the_zone_of_the_company(minutes: int, service: Service) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    earliest = service.notice.earliest(now, ZONE)
    assert earliest > now
    assert earliest.tzinfo is ZONE
