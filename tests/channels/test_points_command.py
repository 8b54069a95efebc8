"""`menling points`: shown, changed by hand, and counted."""

from pathlib import Path

import pytest
from sqlmodel import Session
from typer.testing import CliRunner

from channels.cli import app
from core import company, customers, migrate, staff
from core.clock import now
from core.database import connect, transaction
from core.members import enrolling
from core.staff import Rank

HOUSE = company.load()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    url = f"sqlite:///{tmp_path}/menling.db"
    monkeypatch.setenv("MENLING_DATABASE_URL", url)
    engine = connect(url)
    migrate.upgrade(engine)
    with transaction(engine) as session:
        _furnish(session)
    engine.dispose()
    return CliRunner()


def _furnish(session: Session) -> None:
    anna = customers.greet(session, language="en", now=now())
    customers.join(session, anna, name="Anna", phone="+8613800001234", now=now())
    enrolling.join(session, HOUSE, anna, now())
    staff.hire(session, name="Zhou", role=Rank.CLERK, language="en")


def said(run: CliRunner, *words: str) -> str:
    result = run.invoke(app, ["points", *words])
    return result.output if result.exit_code == 0 else f"{result.exit_code}: {result.exception}"


def test_a_balance_is_shown_with_its_entries(run: CliRunner) -> None:
    for name in ("Anna", "1234", "13800001234"):
        lines = said(run, "show", name).splitlines()
        assert "member 100001, basic  usable 100  pending 0" in lines[0]
        assert "+100  earned" in lines[1]
    assert "no customer is found by 'Bert'" in said(run, "show", "Bert")


def test_a_few_points_are_given_and_many_wait(run: CliRunner) -> None:
    reason = ("--reason", "One hour was not counted", "--by", "Zhou")
    assert "+200 for Anna, done" in said(run, "adjust", "Anna", "200", *reason)
    assert "waits for another lead" in said(run, "adjust", "Anna", "501", *reason)
    assert "Anna has 300 points" in said(run, "adjust", *reason, "--", "Anna", "-400")
    assert "nobody on the staff" in said(run, "adjust", "Anna", "1", "--reason", "x", "--by", "Li")
    assert "other than 0" in said(run, "adjust", "Anna", "0", *reason)


def test_the_report_says_what_is_out(run: CliRunner) -> None:
    lines = said(run, "report").splitlines()
    assert lines[2].split() == ["in", "all", "100", "1.00"]
    assert "basic" in lines[4]
    assert [line.split()[0] for line in lines[5:] if line] == ["month", "service", "tier"]
