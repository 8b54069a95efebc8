"""`menling why`, and the story of a visit: whoever asks why a message came, or did not, gets an answer."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from channels.cli import app
from core.company import Company
from tests.bot.conftest import person  # noqa: F401 - a fixture
from tests.bot.test_notices import booked, swept
from tests.conftest import Moment
from tests.talk import Person

ONE_DATABASE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def said(*words: str) -> str:
    result = CliRunner().invoke(app, ["why", *words])
    return result.output if result.exit_code == 0 else f"{result.exit_code}: {result.exception}"


@ONE_DATABASE
def test_why_a_message_came_and_why_another_did_not(
    engine: Engine,
    company: Company,
    person: Person,  # noqa: F811
    moment: Moment,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("MENLING_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    visit = booked(person)
    moment.at(visit.starts_at - timedelta(hours=24))
    swept(person)
    lines = said(visit.reference).splitlines()
    assert any(f"visit-near {visit.reference}: said" in line for line in lines)
    assert any(line.endswith(f"visit-near {visit.reference}: still to come") for line in lines)
    person.says("取消预约", "跳过", "确认取消")
    of_customer = said("王女士")
    assert f"visit-near {visit.reference}: cancelled: what it was about changed or is over" in of_customer
    assert "Said unasked" in of_customer
    assert "提醒一下" in of_customer
    assert "no customer is found by 'Nobody'" in said("Nobody")
    clerk = Person(engine, company, moment, "staff")
    (story,) = clerk.says(f"{visit.reference} 全过程")
    assert any("提醒客户快上门了：说了" in value for _, value in story.content["card"]["lines"])
