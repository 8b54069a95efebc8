import re
from pathlib import Path

import pytest

from core import areas, catalogue
from core import company as companies
from core.company import Company, CompanyFileInvalid

DEMO = companies.DEFAULT_FILE.read_text(encoding="utf-8")


def changed(folder: Path, old: str, new: str) -> tuple[Path, int]:
    """The demo file with the first `old` written as `new`, and the line on which that stands."""
    assert old in DEMO
    path = folder / "company.toml"
    path.write_text(DEMO.replace(old, new, 1), encoding="utf-8")
    return path, DEMO[: DEMO.index(old)].count("\n") + 1


def complaint(path: Path) -> str:
    with pytest.raises(CompanyFileInvalid) as caught:
        companies.load(path)
    assert caught.value.path == path
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_the_demo_company_says_who_it_is(company: Company) -> None:
    assert company.name.get("zh-CN") == "安心到家"
    assert company.name.get("en") == "Anxin Home"
    assert company.zone.key == "Asia/Shanghai"
    assert company.languages == ("zh-CN", "en")


def test_the_version_is_the_text_of_the_file(company: Company, tmp_path: Path) -> None:
    path, _ = changed(tmp_path, "unit_price = 4500", "unit_price = 4600")
    assert re.fullmatch("[0-9a-f]{12}", company.version)
    assert companies.load().version == company.version
    assert companies.load(path).version != company.version


def test_services_and_areas_are_found_by_their_code(company: Company) -> None:
    assert company.service("DEEP").code == "DEEP"
    assert company.area("JINJIANG").name.get("en") == "Jinjiang"


def test_an_unknown_code_is_refused_with_a_sentence_to_say(company: Company) -> None:
    with pytest.raises(catalogue.UnknownService) as service:
        company.service("POOL")
    with pytest.raises(areas.UnknownArea) as area:
        company.area("MARS")
    assert (service.value.key, service.value.args_) == ("unknown-service", {"service": "POOL"})
    assert (area.value.key, area.value.args_) == ("unknown-area", {"area": "MARS"})


def test_policies_may_be_changed_in_the_file(tmp_path: Path) -> None:
    path, _ = changed(tmp_path, "[policies]\n", '[policies]\nhorizon_days = 45\nlate_after = "21:00"\n')
    policies = companies.load(path).policies
    assert policies.horizon_days == 45
    assert policies.late_after.hour == 21
    assert policies.hold_minutes == 10


def test_a_file_without_policies_has_the_defaults(company: Company, tmp_path: Path) -> None:
    path, _ = changed(tmp_path, "[policies]\ngoodwill = 1\nfree_moves = 2\n", "")
    assert companies.load(path).policies == company.policies


def test_other_words_fall_back_to_the_nearest_language(company: Company) -> None:
    words = company.service("DAILY").name
    assert words.get("zh-TW") == words.get("zh") == words.get("zh-CN") == "日常保洁"
    assert words.get("en-GB") == words.get("en_US") == "Regular cleaning"
    assert words.get("fr") == "日常保洁"


@pytest.mark.parametrize(
    ("old", "new", "field", "advice"),
    [
        (
            "unit_price = 4500",
            "unit_prize = 4500",
            "services DAILY, unit_prize",
            "did you mean 'unit_price'?",
        ),
        ("unit_price = 4500", "unit_price = 45.0", "services DAILY, unit_price", "write 4500 for 45.00"),
        ("unit_price = 4500", "unit_price = 45", "services DAILY, unit_price", "write 4500 for 45.00"),
        ("unit_price = 4500", 'unit_price = "45"', "services DAILY, unit_price", "valid integer; it is '45'"),
        ("travel_fee = 2000", "travel_fee = -2000", "areas TIANFU, travel_fee", "greater than or equal to 0"),
        (
            'add_ons = ["SCREENS", "BAL',
            'add_ons = ["SCREEN", "BAL',
            "services MOVEIN, add_ons",
            "did you mean 'SCREENS'?",
        ),
        (
            'neighbours = ["GAOXIN", ',
            'neighbours = ["GAOXING", ',
            "areas WUHOU, neighbours",
            "did you mean 'GAOXIN'?",
        ),
        (
            '"08:30-12:00", "13:00',
            '"08:30-12:00", "11:00',
            "office, monday",
            "write periods in order and apart",
        ),
        ('"08:30-12:00"', '"8.30-12"', "office, monday 1", 'write it like "08:30-12:00"'),
        ('"08:30-12:00"', '"12:00-08:30"', "office, monday 1", "exchange the two times"),
        (', en = "Deep cleaning" }', " }", "services DEEP, name", 'no words in en; add en = "…"'),
        (', en = "Deep cleaning"', ', en = " "', "services DEEP, name", "words are missing"),
        (
            'en = "Deep cleaning"',
            'en = "Deep", fr = "Fond"',
            "services DEEP, name",
            "fr is not one of the company's",
        ),
        ('nicknames.en = [\n  "deep', 'nicknames.fr = [\n  "deep', "services DEEP", "no nicknames in en"),
        ('unit = "hour"', 'unit = "hours"', "services DAILY, unit", "'hour'"),
        (
            'timezone = "Asia/Shanghai"',
            'timezone = "Asia/Chengdu"',
            "timezone",
            'write one like "Asia/Shanghai"',
        ),
        ('country = "CN"', 'country = "XX"', "country", 'write a country code like "CN"'),
        ('phone = "+86', 'phone = "+86 ', "phone", 'write it like "+86'),
        ('languages = ["zh-CN", "en"]\n', "", "languages", "this is missing; add it"),
        ('code = "DEEP"', 'code = "DAILY"', "services DAILY, code", "give each its own code"),
        (
            "notice = { minutes = 120 }",
            "notice = { minutes = 120, days = 3 }",
            "services DAILY, notice",
            "exactly one",
        ),
        (
            "smallest = 2\nlargest = 8",
            "smallest = 5\nlargest = 8",
            "services DAILY",
            "usual must lie between",
        ),
        ("choices = [2, 3, 4, 6]", "choices = [3, 2]", "services DAILY", "choices must rise"),
        ("choices = [2, 3, 4, 6]", "choices = [2, 9]", "services DAILY", "choices must lie between 2 and 8"),
        ("quantity = 161, crew = 4", "quantity = 161, crew = 3", "services MOVEIN", "crew_steps must rise"),
        (
            "shortest = 240, longest = 480",
            "shortest = 240, longest = 210",
            "services DEEP, duration",
            "exchange them",
        ),
        ("shortest = 240", "shortest = 245", "services DEEP, duration, shortest", "multiple of 30"),
        ("last = 2027-02-07", "last = 2027-02-01", "closures 1", "exchange first and last"),
        ("free_moves = 2", "free_moves = 2.5", "policies, free_moves", "valid integer"),
        ("free_moves = 2", "free_movs = 2", "policies, free_movs", "did you mean 'free_moves'?"),
        ('"武侯祠", ', '"武侯祠", "春熙路", ', "areas WUHOU, keywords", "'春熙路' already names JINJIANG"),
        (
            'skills = ["cleaning"]',
            'skills = ["cleaning"]\ncalendar_days = 2',
            "services DAILY, calendar_days",
            "by_request",
        ),
    ],
)
def test_a_slip_is_explained(tmp_path: Path, old: str, new: str, field: str, advice: str) -> None:
    path, _ = changed(tmp_path, old, new)
    explained = complaint(path)
    assert f"{field}:" in explained
    assert advice in explained


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unit_price = 4500", "unit_price = 45.0"),
        ('neighbours = ["GAOXIN", ', 'neighbours = ["GAOXING", '),
        ("choices = [60, 90, 120, 150]", "choises = [60, 90, 120, 150]"),
        ('tuesday = ["08:30-12:00"', 'tuesday = ["08:30-25:00"'),
    ],
)
def test_a_slip_is_found_by_its_line(tmp_path: Path, old: str, new: str) -> None:
    path, line = changed(tmp_path, old, new)
    assert f"line {line}, " in complaint(path)


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    path, _ = changed(tmp_path, "unit_price = 4500", "unit_price = 45.0\ncolour = 1")
    with pytest.raises(CompanyFileInvalid) as caught:
        companies.load(path)
    assert len(caught.value.problems) == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "No such file" in complaint(tmp_path / "nowhere.toml")


def test_a_file_that_is_not_toml_is_shown_its_line(tmp_path: Path) -> None:
    path, line = changed(tmp_path, 'phone = "+86', "phone = +86")
    assert f"at line {line}" in complaint(path)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "company.toml"
    path.write_bytes('name = "安心到家"'.encode("gbk"))
    assert "save it as UTF-8" in complaint(path)


@pytest.mark.parametrize("table", ["week", "hours"])
def test_hours_that_never_open_are_refused(tmp_path: Path, table: str) -> None:
    path = tmp_path / "company.toml"
    path.write_text(re.sub(r"\[hours\]\n(?:\w+ = .*\n)+", f"[{table}]\n", DEMO), encoding="utf-8")
    assert ("never open" if table == "hours" else "we do not know this setting") in complaint(path)


def test_a_company_moved_to_another_zone_keeps_its_days_there(company: Company) -> None:
    assert company.zone.key == "Asia/Shanghai"
    assert company.model_copy(update={"timezone": "Europe/Berlin"}).zone.key == "Europe/Berlin"
