import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import areas
from core import company as companies
from core.company import Company

DEMO = companies.load()
CODES = st.sampled_from([area.code for area in DEMO.areas])


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("四川省成都市锦江区东大街99号", "JINJIANG"),
        ("春熙路太古里旁边", "JINJIANG"),
        ("成都市高新区天府三街199号", "GAOXIN"),
        ("天府新区麓湖生态城", "TIANFU"),
        ("天府大道南段2039号", "TIANFU"),
        ("天府大道北段1700号 环球中心", "GAOXIN"),
        ("武侯区玉林南路3号2单元501", "WUHOU"),
        ("雙流區航空港", "SHUANGLIU"),
        ("郫县犀浦", "PIDU"),
        ("12 Chunxi Road, Jinjiang District, Chengdu", "JINJIANG"),
        ("jinniu, chengdu", "JINNIU"),
        ("Flat 3, TIANFU SOFTWARE PARK", "GAOXIN"),
        ("Ｗｕｈｏｕ District", "WUHOU"),
        ("Dong\u2019an Lake", "LONGQUANYI"),
        ("成华区重庆路8号", "CHENGHUA"),
        ("重庆路8号，成华区", "CHENGHUA"),
        ("北京大道5号 温江", "WENJIANG"),
    ],
)
def test_an_address_is_recognised(company: Company, address: str, code: str) -> None:
    found = areas.area_of(company, address)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "address",
    [
        "",
        "成都市",
        "幸福小区3栋",
        "重庆市高新区石桥铺",
        "四川省绵阳市高新区",
        "西安高新区科技路",
        "Gaoxin District, Xi'an",
        "Hi-tech Zone, Chongqing 400000",
        "Wuhouville 7",
        "Jinniuwang",
    ],
)
def test_an_address_elsewhere_is_not_ours(company: Company, address: str) -> None:
    assert areas.area_of(company, address) is None


def test_the_longest_keyword_wins_over_the_first(company: Company) -> None:
    """双流 is named first, but the street is the better witness."""
    found = areas.area_of(company, "双流方向，天府大道中段530号")
    assert found is not None
    assert found.code == "GAOXIN"


def test_of_two_equal_keywords_the_first_in_the_address_wins(company: Company) -> None:
    assert areas.area_of(company, "锦江区和青羊区之间") == company.area("JINJIANG")
    assert areas.area_of(company, "青羊区和锦江区之间") == company.area("QINGYANG")


def test_every_area_is_recognised_by_each_of_its_keywords(company: Company) -> None:
    lost = {
        keyword: area.code
        for area in company.areas
        for keyword in area.keywords
        if areas.area_of(company, f"成都市{keyword}12号") != area and not keyword.isascii()
    }
    assert lost == {}


def test_the_way_within_an_area_is_shorter(company: Company) -> None:
    assert areas.travel_minutes(company, "WUHOU", "WUHOU") == 30
    assert areas.travel_minutes(company, "WUHOU", "PIDU") == 60


@given(CODES, CODES)
def test_the_way_there_is_the_way_back(here: str, there: str) -> None:
    assert areas.travel_minutes(DEMO, here, there) == areas.travel_minutes(DEMO, there, here)


@given(CODES)
def test_neighbours_are_neighbours_of_each_other(code: str) -> None:
    here = DEMO.area(code)
    beside = areas.nearby(DEMO, code)
    assert beside
    assert here not in beside
    assert all(here in areas.nearby(DEMO, area.code) for area in beside)


def test_an_unknown_area_has_no_neighbours(company: Company) -> None:
    with pytest.raises(areas.UnknownArea):
        areas.nearby(company, "MARS")


@given(st.text())
def test_whatever_is_typed_is_either_ours_or_not(text: str) -> None:
    found = areas.area_of(DEMO, text)
    assert found is None or found in DEMO.areas
