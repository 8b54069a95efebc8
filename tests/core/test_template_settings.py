from pathlib import Path

import pytest

from core.news import Fact, Kind
from core.settings import Settings, SettingsInvalid, load
from core.settings.templates import Template

GUIDE = Path(__file__).parents[2] / "docs" / "wechat.md"
GOOD = """
[visit-near]
id = "T1"
way = "notice"
[visit-near.values]
thing1 = "service"
time2 = "starts"
phrase3 = "=即将上门"

[request-answered]
id = "T2"
way = "template"
values = { thing1 = "words", amount5 = "price" }
"""


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def having(monkeypatch: pytest.MonkeyPatch, text: str, account: str = "service") -> Settings:
    Path("templates.toml").write_text(text, "utf-8")
    monkeypatch.setenv("MENLING_WECHAT_TEMPLATES", "templates.toml")
    monkeypatch.setenv("MENLING_WECHAT_ACCOUNT", account)
    return load()


def test_each_kind_of_news_has_its_template(monkeypatch: pytest.MonkeyPatch) -> None:
    found = having(monkeypatch, GOOD).templates
    assert found[Kind.VISIT_NEAR].id == "T1"
    assert found[Kind.REQUEST_ANSWERED] == Template("T2", "template", {"thing1": "words", "amount5": "price"})
    filled = found[Kind.VISIT_NEAR].filled({Fact.SERVICE: "日常保洁", Fact.STARTS: "2026-11-23T15:01+08:00"})
    assert filled == {"thing1": "日常保洁", "time2": "2026-11-23T15:01+08:00", "phrase3": "即将上门"}


def test_the_example_in_the_guide_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = GUIDE.read_text("utf-8").split("## Templates and notices")[1].splitlines()
    example = "\n".join(line.strip() for line in lines if line.startswith("       "))
    found = having(monkeypatch, example).templates
    assert set(found) == set(Kind)


def test_without_a_file_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().templates == {}


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ('"=即将上门"', '"=本周全场8折"', "'8折' advertises; templates are for news of visits"),
        ("[visit-near]", "[visit-nea]", "[visit-nea] is no news of ours; there are visit-near, request"),
        ('id = "T1"', "", "[visit-near] needs the id that the console shows"),
        ('"notice"', '"letter"', '[visit-near] needs way = "notice" or way = "template"'),
        ('"service"', '"colour"', "[visit-near.values] thing1 = 'colour': this key takes one of address,"),
        ('"service"', "7", "[visit-near.values] thing1 needs the name of a fact"),
        ("thing1", "first", "[visit-near.values] first: a key begins with one of time, date"),
        ('"starts"', '"when"', "time2 = 'when': this key takes one of ends, starts"),
        ('"starts"', '"=today"', "time2 = '=today': this key takes one of ends, starts"),
        ('"price"', '"words"', "amount5 = 'words': this key takes one of price"),
        ('"T2"', '"T1"', "[request-answered] says that T1 is a template, another part that it is not"),
        ('way = "notice"', 'way = "notice"\ncolour = 1', "[visit-near] has 'colour'; it takes id, way"),
        ("[visit-near.values]", "[visit-near.value]", "[visit-near] has 'value'"),
        ("values = {", "value = {", "[request-answered] has 'value'"),
        ("[visit-near]", "visit-near", "it cannot be read"),
    ],
)
def test_what_is_wrong_is_told_when_the_program_starts(
    monkeypatch: pytest.MonkeyPatch, good: str, bad: str, told: str
) -> None:
    assert good in GOOD
    with pytest.raises(SettingsInvalid) as invalid:
        having(monkeypatch, GOOD.replace(good, bad, 1))
    assert "MENLING_WECHAT_TEMPLATES is 'templates.toml', and " in str(invalid.value)
    assert told in str(invalid.value)


@pytest.mark.parametrize("account", ["subscription", "unverified"])
def test_other_accounts_have_no_templates(monkeypatch: pytest.MonkeyPatch, account: str) -> None:
    with pytest.raises(SettingsInvalid, match="only accounts of the kinds service and test have templates"):
        having(monkeypatch, GOOD, account)


def test_a_file_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENLING_WECHAT_TEMPLATES", "elsewhere.toml")
    with pytest.raises(SettingsInvalid, match=r"MENLING_WECHAT_TEMPLATES is 'elsewhere.toml'"):
        load()
