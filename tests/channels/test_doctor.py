import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from channels import doctor
from channels.doctor import Finding, Level, machine, ok
from channels.doctor.database import tables
from core import accounts, correspondence, customers, identities, reminders, seed, settings
from core.company import Company
from core.correspondence import Direction, Message, Peer, Status
from core.database import connect
from core.settings import Settings
from core.visits import Visit
from core.visits.tables import LIVE
from core.windows import Hold
from core.workers import Paper, Worker
from tests.conftest import Moment
from tests.doubles.s3 import Double

pytestmark = pytest.mark.both_databases

Change = Callable[[Session], None]
PHONE = Peer("phone", "main", "wang")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    """An SQLite database made by the migrations, in a data folder of its own."""
    return Path(shutil.copyfile(sqlite_template, tmp_path / "menling.db"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, company: Company) -> Path:
    """The demo company's database, planted once; copy it before changing it."""
    path = Path(shutil.copyfile(sqlite_template, tmp_path_factory.mktemp("demo") / "menling.db"))
    engine = connect(f"sqlite:///{path}")
    seed.plant(engine, company, now=NOW)
    with engine.connect() as connection:  # everything into the one file
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def change(file: Path) -> Callable[[Change], None]:
    def change(act: Change) -> None:
        engine = connect(f"sqlite:///{file}")
        with Session(engine) as session:
            act(session)
            session.commit()
        engine.dispose()

    return change


def look(file: Path, **chosen: object) -> dict[str, Finding]:
    """What the doctor finds, by what was looked at; of several about one thing, the worst."""
    made = Settings.model_validate({"data_dir": file.parent, "database_url": f"sqlite:///{file}", **chosen})
    found: dict[str, Finding] = {}
    order = [Level.OK, Level.WARNING, Level.PROBLEM]
    for finding in doctor.examine(lambda: made):
        former = found.get(finding.what)
        if former is None or order.index(finding.level) > order.index(former.level):
            found[finding.what] = finding
    return found


def test_a_planted_demo_has_no_problem(demo: Path, moment: Moment) -> None:
    moment.at(NOW)

    found = look(demo)

    assert not [finding for finding in found.values() if finding.level is Level.PROBLEM]
    assert "罗云" in found["papers"].found


def test_everything_but_what_is_well_comes_with_advice(file: Path, moment: Moment) -> None:
    for finding in look(file).values():
        assert bool(finding.advice) == (finding.level is not Level.OK), finding


def test_wrong_settings_are_a_problem_and_nothing_else_is_guessed() -> None:
    def load() -> Settings:
        raise settings.SettingsInvalid(settings.Problem("MENLING_PORT", "is 'x'", "A number."))

    *_, last = doctor.examine(load)

    assert (last.what, last.level) == ("settings", Level.PROBLEM)
    assert "MENLING_PORT" in last.found


def test_a_company_file_that_cannot_be_read_is_a_problem(file: Path, tmp_path: Path, moment: Moment) -> None:
    broken = tmp_path / "company.toml"
    broken.write_text('name = "only a name"\n')

    found = look(file, company_file=broken)

    assert found["company file"].level is Level.PROBLEM
    assert found["database"].level is Level.OK


def test_a_database_that_is_not_there_yet_is_only_noticed(tmp_path: Path, moment: Moment) -> None:
    assert look(tmp_path / "none.db")["database"].level is Level.WARNING
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_a_problem(tmp_path: Path, moment: Moment) -> None:
    (tmp_path / "menling.db").write_bytes(b"not a database at all" * 100)

    assert look(tmp_path / "menling.db")["database"].level is Level.PROBLEM


def test_a_damaged_file_is_a_problem(demo: Path, tmp_path: Path, moment: Moment) -> None:
    content = bytearray(demo.read_bytes())
    content[4096 * 8 : 4096 * 12] = bytes(4096 * 4)
    (tmp_path / "menling.db").write_bytes(content)

    found = look(tmp_path / "menling.db")

    assert Level.PROBLEM in {found[what].level for what in ("database", "database file") if what in found}


def test_a_server_that_does_not_answer_is_a_problem_and_shows_no_password(file: Path, moment: Moment) -> None:
    found = look(file, database_url="postgresql://menling:secret@127.0.0.1:1/menling")

    assert found["database"].level is Level.PROBLEM
    assert "secret" not in found["database"].found


def test_tables_of_another_version_are_a_problem(tmp_path: Path, moment: Moment) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'menling.db'}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()

    assert look(tmp_path / "menling.db")["tables"].level is Level.PROBLEM


def test_a_folder_that_cannot_be_written_to_is_a_problem(
    file: Path, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(machine.tempfile, "TemporaryFile", refuse)

    assert look(file)["data folder"].level is Level.PROBLEM


@pytest.mark.parametrize(
    ("free", "level"), [(10, Level.PROBLEM), (500 * 2**20, Level.WARNING), (2**40, Level.OK)]
)
def test_room_on_the_disk_is_measured(
    file: Path, moment: Moment, monkeypatch: pytest.MonkeyPatch, free: int, level: Level
) -> None:
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: type("Usage", (), {"free": free}))

    assert look(file)["data folder"].level is level


def test_a_store_is_tried_with_a_few_bytes_which_do_not_stay(file: Path, moment: Moment) -> None:
    assert "when the first picture comes" in look(file)["media store"].found
    assert not (file.parent / "photos").exists()
    with Double() as s3:
        assert look(file, media_store=s3.setting())["media store"] == ok(
            "media store", f"photos on {s3.host}: puts, gets and deletes"
        )
        assert s3.objects == {}
        wrong = look(file, media_store=s3.setting(secret="wrong"))["media store"]  # noqa: S106
        assert wrong.level is Level.PROBLEM
        assert "SignatureDoesNotMatch" in wrong.found
        assert "the-key" not in wrong.found + wrong.advice


def test_a_key_that_others_can_read_is_noticed(file: Path, moment: Moment) -> None:
    key = file.parent / "secret.key"
    key.write_text("x" * 40)
    key.chmod(0o644)
    assert look(file)["secret key"].level is Level.WARNING

    key.chmod(0o600)
    assert look(file)["secret key"].level is Level.OK

    key.write_text("")
    assert look(file)["secret key"].level is Level.PROBLEM


def test_a_service_that_nobody_can_do_is_noticed(file: Path, moment: Moment) -> None:
    found = look(file)["workers"]

    assert found.level is Level.WARNING
    assert "nobody can do" in found.found


def test_papers_that_ended_are_noticed(
    file: Path, change: Callable[[Change], None], company: Company, moment: Moment
) -> None:
    def ends(session: Session) -> None:
        worker = Worker(name="王秀兰", gender="female", since_day=moment.now.date())
        session.add(worker)
        session.flush()
        assert worker.id is not None
        session.add(
            Paper(worker_id=worker.id, kind="health", valid_until_day=moment.now.date() - timedelta(days=1))
        )

    change(ends)

    assert "王秀兰: health ended 2026-11-22" in look(file)["papers"].found


def test_papers_of_people_who_left_do_not_matter(
    file: Path, change: Callable[[Change], None], company: Company, moment: Moment
) -> None:
    def leaves(session: Session) -> None:
        worker = Worker(name="王秀兰", gender="female", since_day=moment.now.date(), active=False)
        session.add(worker)
        session.flush()
        assert worker.id is not None
        session.add(
            Paper(worker_id=worker.id, kind="health", valid_until_day=moment.now.date() - timedelta(days=1))
        )

    change(leaves)

    assert look(file)["papers"].level is Level.OK


def test_what_was_left_undone_is_noticed(
    file: Path, change: Callable[[Change], None], moment: Moment
) -> None:
    def leaves_things(session: Session) -> None:
        reminders.schedule(session, "visit-near", "X", moment.now, dedupe_key="x")
        customer = customers.greet(session, language="zh-CN", now=moment.now)
        assert customer.id is not None
        session.add(
            Hold(
                customer_id=customer.id,
                service_code="DAILY",
                area_code="JINJIANG",
                starts_at=moment.now,
                ends_at=moment.now + timedelta(hours=2),
                expires_at=moment.now,
                worker_ids=[],
            )
        )
        for direction, channel, status in (
            (Direction.OUT, "phone", Status.WAITING),
            (Direction.OUT, "web", Status.WAITING),
            (Direction.IN, "web", Status.SET_ASIDE),
        ):
            session.add(
                Message(
                    direction=direction,
                    channel=channel,
                    account="main",
                    user="wang",
                    kind="text",
                    body="",
                    status=status,
                    failure="TryLater",
                    created_at=moment.now,
                    due_at=moment.now,
                )
            )

    change(leaves_things)
    assert {look(file)[what].level for what in ("reminders", "outbox", "holds")} == {Level.OK}
    moment.forward(minutes=20)

    found = look(file)

    assert "1 overdue" in found["reminders"].found
    assert found["outbox"].found == (
        "1 unsent on phone since 2026-11-23 01:00 UTC, growing, 1 of them in the last hour;"
        " #1: tried 0 times; TryLater"
    )
    assert found["holds"].level is Level.WARNING
    assert "1 in the last week" in found["messages set aside"].found
    assert "#3 on web, 2026-11-23 01:00 UTC (TryLater)" in found["messages set aside"].found

    moment.forward(hours=2)
    assert "not growing" in look(file)["outbox"].found


def test_an_outbox_s_failure_is_told_without_keys(
    file: Path, change: Callable[[Change], None], moment: Moment
) -> None:
    token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 - nobody's

    def fails(session: Session) -> None:
        id = correspondence.post(session, PHONE, body="您好", content={}, now=moment.now)
        session.get_one(Message, id).failure = f"ConnectionError: /bot{token}/sendMessage"
        accounts.failed(session, "phone", "main", f"401 for bot{token}", for_good=True, now=moment.now)

    change(fails)
    moment.forward(minutes=20)

    found = look(file)
    assert token not in found["outbox"].found + found["channels"].found
    assert found["channels"].level is Level.PROBLEM
    assert found["channels"].found == "phone has failed since 2026-11-23 01:00 UTC: 401 for bot123456789:***"


def test_a_channel_that_failed_once_is_only_noticed(
    file: Path, change: Callable[[Change], None], moment: Moment
) -> None:
    assert look(file)["channels"].level is Level.OK
    change(lambda session: accounts.failed(session, "phone", "main", "Down", now=moment.now))
    assert look(file)["channels"].level is Level.WARNING


def test_people_to_be_called_are_those_with_a_visit_ahead_whom_nothing_reaches(
    demo: Path, tmp_path: Path, moment: Moment
) -> None:
    moment.at(NOW)
    file = tmp_path / "menling.db"
    file.write_bytes(demo.read_bytes())
    assert look(file)["unreachable people"].level is Level.OK
    engine = connect(f"sqlite:///{file}")
    with Session(engine) as session:
        wanted = select(Visit).where(col(Visit.status).in_(LIVE), Visit.ends_at > NOW)
        visit = session.exec(wanted.order_by(col(Visit.starts_at))).first()
        assert visit is not None
        lost = identities.bind_customer(session, "phone", "main", "a", visit.customer_id, now=NOW)
        for one in identities.of_customer(session, visit.customer_id):
            identities.lose(session, one, now=NOW)
        reference = visit.reference
        session.commit()
        found = look(file)["unreachable people"]
        assert reference in found.found
        assert found.advice.startswith("Call them")

        identities.regain(session, lost)
        session.commit()
    engine.dispose()
    assert look(file)["unreachable people"].level is Level.OK


@pytest.mark.parametrize(
    ("chosen", "level"),
    [
        ({}, Level.OK),
        ({"host": "0.0.0.0"}, Level.WARNING),  # noqa: S104 - nothing listens
        ({"host": "::1"}, Level.OK),
        ({"public_url": "https://home.example"}, Level.OK),
        ({"public_url": "http://home.example"}, Level.WARNING),
        ({"public_url": "http://localhost:8000"}, Level.OK),
    ],
)
def test_an_address_that_others_can_listen_to_is_noticed(
    file: Path, moment: Moment, chosen: dict[str, object], level: Level
) -> None:
    assert look(file, **chosen)["address"].level is level


@pytest.mark.parametrize(
    ("chosen", "level", "word"),
    [
        ({}, Level.OK, "off"),
        ({"telegram_token": "700:abc"}, Level.OK, "polling"),
        ({"telegram_token": "700:abc", "telegram_staff_chat": -1001234567890}, Level.OK, "polling"),
        ({"telegram_token": "700:abc", "telegram_staff_chat": 700}, Level.WARNING, "of a person"),
        ({"telegram_staff_chat": -1001234567890}, Level.WARNING, "no token"),
    ],
)
def test_settings_of_telegram_that_do_nothing_are_noticed(
    file: Path, moment: Moment, chosen: dict[str, object], level: Level, word: str
) -> None:
    found = look(file, **chosen)["Telegram"]

    assert (found.level, word in found.found) == (level, True)


def test_a_key_for_each_machine_is_noticed_where_there_may_be_several(file: Path, moment: Moment) -> None:
    server = "postgresql+psycopg://menling@127.0.0.1:1/menling"

    assert look(file, database_url=server)["secret key"].level is Level.WARNING
    given = {"database_url": server, "MENLING_SECRET_KEY": "k" * 32}
    assert look(file, **given)["secret key"].level is Level.OK


@pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_clocks_that_differ_are_noticed(engine: Engine, moment: Moment) -> None:
    moment.at(datetime.now(UTC))
    assert {one.what: one.level for one in tables(engine, "here", None)}["clock"] is Level.OK

    moment.forward(minutes=-5)
    assert {one.what: one.level for one in tables(engine, "here", None)}["clock"] is Level.WARNING


def test_years_whose_working_weekends_are_unknown_are_noticed(file: Path, moment: Moment) -> None:
    moment.at(datetime(2026, 6, 1, tzinfo=UTC))
    assert look(file)["public holidays"].level is Level.OK

    moment.at(datetime(2039, 12, 1, tzinfo=UTC))  # announced a few weeks ahead, so far off for long
    assert "2039, 2040" in look(file)["public holidays"].found


def test_the_database_server_is_examined_too(engine: Engine, moment: Moment) -> None:
    found = {finding.what for finding in tables(engine, "here", None)}

    assert {"database", "tables"} <= found
    assert ("database file" in found) == (engine.dialect.name == "sqlite")


def test_findings_are_told_to_people_and_programs() -> None:
    findings = [doctor.ok("a", "fine"), doctor.problem("b", "broken", "Mend it.")]

    assert doctor.as_text(findings).splitlines() == [
        "ok       a: fine",
        "PROBLEM  b: broken",
        "          → Mend it.",
        "",
        "1 of 2 need attention.",
    ]
    assert doctor.as_text(findings[:1]).endswith("All is well.")
    assert json.loads(doctor.as_json(findings))[1] == {
        "what": "b",
        "level": "problem",
        "found": "broken",
        "advice": "Mend it.",
    }
