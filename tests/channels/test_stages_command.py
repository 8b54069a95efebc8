"""`menling customers stage` and `contract`: who is how close to us and why; what was agreed for long."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from channels.cli import app
from core import company, customers, lifecycle, migrate
from core.clock import now
from core.database import connect, transaction
from core.lifecycle import Contract, looking
from core.reminders import Reminder
from tests import town

HOUSE = company.load()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    url = f"sqlite:///{tmp_path}/menling.db"
    monkeypatch.setenv("MENLING_DATABASE_URL", url)
    engine = connect(url)
    migrate.upgrade(engine)
    with transaction(engine) as session:
        for number, (name, days) in enumerate((("Anna", 1), ("Bert", 100))):
            one = customers.greet(session, language="en", now=now())
            customers.join(session, one, name=name, phone=f"+861380000123{number}", now=now())
            town.attended(session, HOUSE, one, now() - timedelta(days=days), number)
            lifecycle.note(session, one.id or 0, now())
        customers.join(
            session, customers.greet(session, language="en", now=now()), name="Cleo", phone=None, now=now()
        )
        for row in looking.due(session, now()):
            looking.look(session, HOUSE, row, now())
    engine.dispose()
    return CliRunner()


def said(run: CliRunner, *words: str) -> str:
    result = run.invoke(app, ["customers", *words])
    return result.output if result.exit_code == 0 else f"{result.exit_code}: {result.exception}"


def test_stages_are_listed_with_their_reasons(run: CliRunner) -> None:
    lines = said(run, "stage").splitlines()
    assert "1 Anna  new: just had the first visit" in lines[0]
    assert "recency 5, frequency 2, money 1, friends 0, potential 1" in lines[1]
    assert "2 Bert  dormant: silent for 100 days" in lines[2]
    assert "Anna" not in said(run, "stage", "--only", "dormant")
    assert "2 Bert" in said(run, "stage", "Bert")
    assert "Nobody" in said(run, "stage", "Cleo")
    assert "'asleep' is no stage; write one of new, active" in said(run, "stage", "--only", "asleep")


def test_a_contract_is_written_down_and_asked_about(run: CliRunner, tmp_path: Path) -> None:
    last = (now() + timedelta(days=40)).date()
    agreed = said(run, "contract", "Anna", "MATERNITY", str(last - timedelta(days=25)), str(last))
    assert f"Contract 1: MATERNITY for Anna, {last - timedelta(days=25)} to {last}" in agreed
    assert "there is no service NOPE" in said(run, "contract", "Anna", "NOPE", str(last), str(last))
    before = str(last - timedelta(days=1))
    assert "first day at the earliest" in said(run, "contract", "Anna", "MATERNITY", str(last), before)
    engine = connect(f"sqlite:///{tmp_path}/menling.db")
    with transaction(engine) as session:
        assert len(session.exec(select(Contract)).all()) == 1
        assert len(session.exec(select(Reminder).where(Reminder.kind == "care-contract")).all()) == 3
    engine.dispose()
