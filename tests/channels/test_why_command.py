"""`menling why`, and the story of a visit: whoever asks why a message came, or did not, gets an answer."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from bot.messages import Left
from channels.cli import app
from core import vault
from core.company import Company
from core.correspondence import Message
from core.correspondence import Status as Fate
from core.database import transaction
from core.resorts import notifications
from tests.bot.conftest import person  # noqa: F401 - a fixture
from tests.bot.test_care import pass_days
from tests.bot.test_emailing import opened, proves, regular_by_mail
from tests.bot.test_notices import booked, swept
from tests.conftest import KEY, Moment
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
    monkeypatch.setenv("MENLING_DATA_DIR", str(tmp_path / "data"))
    visit = booked(person)
    moment.at(visit.starts_at - timedelta(hours=24))
    swept(person)
    lines = said(visit.reference).splitlines()
    assert any(f"visit-near {visit.reference}: said" in line for line in lines)
    assert any(line.endswith(f"visit-near {visit.reference}: still to come") for line in lines)
    vault.use([(tmp_path / "data" / "vault.key").read_text().strip(), KEY])
    person.says("取消预约", "跳过", "确认取消", "少发点", "不要关怀", "周末别打扰我")
    of_customer = said("王女士")
    assert f"visit-near {visit.reference}: cancelled: what it was about changed or is over" in of_customer
    assert "They want: no care messages; fewer instead of the usual; left alone on Sat, Sun" in of_customer
    assert "Said unasked" in of_customer
    assert "提醒一下" in of_customer
    assert "no customer is found by 'Nobody'" in said("Nobody")
    clerk = Person(engine, company, moment, "staff")
    (story,) = clerk.says(f"{visit.reference} 全过程")
    assert any("提醒客户快上门了：说了" in value for _, value in story.content["card"]["lines"])


@ONE_DATABASE
def test_news_of_a_visit_that_went_by_e_mail_is_told_with_its_reason(
    engine: Engine,
    company: Company,
    person: Person,  # noqa: F811
    moment: Moment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MENLING_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    person.company = opened(company)
    visit = booked(person)
    proves(engine, visit.customer_id, moment)
    person.sends(Left())
    moment.at(visit.starts_at - timedelta(hours=24))
    swept(person)

    assert f"邮件：上门安排 {visit.reference}，正在发" in record(engine, company, moment)
    why = f"email    waiting     visit-near {visit.reference}: nothing can be written to them on any channel"
    assert why in said(visit.reference)
    assert why in said("王女士")


@ONE_DATABASE
def test_care_that_went_by_e_mail_is_told_with_how_it_fared(
    engine: Engine,
    company: Company,
    person: Person,  # noqa: F811
    moment: Moment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MENLING_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    who = regular_by_mail(person)
    person.sends(Left())
    pass_days(person, 13)
    with transaction(engine) as session:
        [kept] = notifications.latest(session, who, 9)
        letter = session.get_one(Message, kept.message_id)
        letter.status, letter.failure = Fate.UNDELIVERED, "Unreachable: 550 no such user"

    assert "邮件：关怀提醒，没送到" in record(engine, company, moment)
    why = "undelivered care-next: nothing can be written to them in any chat (Unreachable: 550 no such user)"
    assert why in said("王女士")


def record(engine: Engine, company: Company, moment: Moment) -> list[str]:
    """What happened with the customer of that number, as staff read it."""
    cards = [one.content["card"] for one in Person(engine, company, moment, "staff").says("客户 1234")]
    return [value for card in cards if card for _, value in card["lines"]]
