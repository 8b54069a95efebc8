import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from channels import cli
from core import accounts, clock, migrate
from core import company as companies
from core.database import connect, transaction
from tests.channels.commands import Menling, refused

PATIENCE = 60  # seconds, for a busy machine


def test_help_lists_every_command(menling: Menling) -> None:
    ran = menling("--help")

    assert ran.code == 0
    for command in ("serve", "talk", "seed", "migrate", "flows", "channels", "doctor", "staff", "worker"):
        assert re.search(rf"^  {command} ", ran.out, re.MULTILINE), command


def test_help_loads_nothing_heavy() -> None:
    heavy = "'sqlalchemy', 'fastapi', 'uvicorn', 'apscheduler', 'babel', 'holidays'"
    code = f"import sys, channels.cli; print([name for name in ({heavy}) if name in sys.modules])"

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


def test_a_new_database_is_made_checked_and_taken_back(menling: Menling, tmp_path: Path) -> None:
    assert "menling migrate" in refused(menling("migrate", "--check"))

    assert "at revision 0" in menling("migrate").out
    assert menling("migrate", "--check").out == "The tables are up to date.\n"
    assert "base" in menling("migrate", "--down", "base").out
    assert migrate.current(connect(f"sqlite:///{tmp_path / 'data' / 'menling.db'}")) is None


def test_going_back_to_a_revision_that_never_was_is_explained(menling: Menling, migrated: Path) -> None:

    assert "nonsense" in refused(menling("migrate", "--down", "nonsense"))


def test_a_database_of_a_newer_version_is_left_alone(
    menling: Menling, migrated: Path, tmp_path: Path
) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'data' / 'menling.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()

    assert "newer version" in refused(menling("talk"))


def test_seeding_twice_plants_once(menling: Menling) -> None:
    assert menling("seed").out.startswith("Planted 18 workers, 12 customers")
    assert "nothing was changed" in menling("seed").out


def test_seeding_beside_real_customers_needs_force(menling: Menling, migrated: Path, tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'data' / 'menling.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO customer (name, language, created_at, joined_at)"
            " VALUES ('Li', 'zh-CN', '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
        )
    engine.dispose()

    assert "--force" in refused(menling("seed"))


def test_a_talk_is_held_over_a_pipe_and_saved(menling: Menling, tmp_path: Path) -> None:
    ran = menling("talk", "--language", "en", "--save", "talk.txt", typed="hello\n/quit\n")

    assert ran.code == 0
    assert "Anxin Home" in ran.out
    assert "> hello" in ran.out
    assert "> hello\n< " in (tmp_path / "talk.txt").read_text(encoding="utf-8")


def test_a_talk_that_cannot_be_saved_is_refused(menling: Menling) -> None:
    ran = menling("talk", "--save", "no/such/folder/talk.txt", typed="hello\n")

    assert "talk.txt" in refused(ran)


def test_a_language_that_nobody_speaks_is_refused(menling: Menling) -> None:
    assert "zh-CN, en" in refused(menling("talk", "--language", "tlh"))


def test_a_misspelt_setting_is_explained(menling: Menling) -> None:
    assert "MENLING_PORT" in refused(menling("channels", PRT=1))


def test_a_broken_company_file_is_explained(menling: Menling, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('name = "only a name"\n')

    assert "mine.toml" in refused(menling("serve", COMPANY_FILE=tmp_path / "mine.toml"))


def test_a_language_the_company_lacks_is_explained(menling: Menling) -> None:
    assert "MENLING_LANGUAGE" in refused(menling("talk", LANGUAGE="fr"))


def test_zone_and_first_language_can_be_set(menling: Menling) -> None:
    ran = menling("talk", typed="", LANGUAGE="en", TIMEZONE="Europe/Berlin")

    assert "Anxin Home: talk to the bot" in ran.out


def test_a_database_that_does_not_answer_is_explained_without_its_password(menling: Menling) -> None:
    said = refused(menling("talk", DATABASE_URL="postgresql://menling:secret@127.0.0.1:1/menling"))

    assert "cannot be used" in said
    assert "secret" not in said


def test_a_file_that_is_no_database_is_explained(menling: Menling, tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear all, " * 1000)

    assert "cannot be used" in refused(menling("talk", DATABASE_URL=f"sqlite:///{tmp_path / 'letter.db'}"))


@pytest.mark.postgresql
def test_a_server_is_never_migrated_without_being_asked(menling: Menling, postgresql_server: object) -> None:
    url = postgresql_server.create("cli")

    assert "menling migrate" in refused(menling("serve", DATABASE_URL=url))
    assert menling("migrate").code == 0
    assert "Anxin Home" in menling("talk", LANGUAGE="en").out


def test_channels_says_how_telegram_is_doing(menling: Menling) -> None:
    assert "telegram off  set MENLING_TELEGRAM_TOKEN" in menling("channels").out
    token = "7000000001:hunter2"  # noqa: S105 - nobody's
    ran = menling("channels", TELEGRAM_TOKEN=token, TELEGRAM_API_URL="http://127.0.0.1:9")
    assert ran.code == 0
    assert "telegram on   bot 7000000001, by polling\n" in ran.out
    assert re.search(r"^  PROBLEM the platform cannot be reached: .*\n +→ ", ran.out, re.MULTILINE)
    assert "hunter2" not in ran.out + ran.err


def test_channels_says_how_wechat_is_doing(menling: Menling, migrated: Path) -> None:
    assert "wechat   off  set MENLING_WECHAT_APP_ID" in menling("channels").out
    settings = {"WECHAT_APP_ID": "wx0123456789abcdef", "WECHAT_TOKEN": "front", "WECHAT_MODE": "plain"}
    settings |= {"WECHAT_API_URL": "http://127.0.0.1:9", "PUBLIC_URL": "https://home.example"}
    ran = menling("channels", "wechat", "--publish-menu", **settings)
    assert "https://home.example/hooks/wechat" in ran.out
    assert "a menu needs MENLING_WECHAT_APP_SECRET" in ran.out
    ran = menling("channels", **settings | {"WECHAT_APP_SECRET": "hidden-away"})
    assert "PROBLEM the platform cannot be reached" in ran.out
    assert "hidden-away" not in ran.out
    ran = menling("channels", **settings | {"WECHAT_MODE": "safe"})
    assert "MENLING_WECHAT_ENCODING_AES_KEY must be set" in ran.err


def test_channels_says_how_customer_service_is_doing(menling: Menling) -> None:
    given = {"WECOM_CORP_ID": "ww1234567890abcdef", "WECOM_SECRET": "hunter2", "WECOM_KF_ID": "wkAAAAAA"}
    off = menling("channels", **given).out
    assert "kf       off  set MENLING_WECOM_TOKEN, MENLING_WECOM_ENCODING_AES_KEY; see docs/wecom.md\n" in off
    given |= {"WECOM_TOKEN": "abc", "WECOM_ENCODING_AES_KEY": "A" * 43}
    menling("migrate", **given)
    ran = menling("channels", **given, WECOM_API_URL="http://127.0.0.1:9")
    assert ran.code == 0, ran.err
    assert "kf       on   wkAAAAAA of ww1234567890abcdef\n" in ran.out
    assert "  PROBLEM the platform cannot be reached" in ran.out
    assert "hunter2" not in ran.out


def test_channels_says_how_wecom_is_doing(menling: Menling) -> None:
    given = {"WECOM_CORP_ID": "ww1234567890abcdef", "WECOM_AGENT_ID": 1000002, "WECOM_SECRET": "hunter2"}
    off = menling("channels", **given).out
    assert "wecom    off  set MENLING_WECOM_TOKEN, MENLING_WECOM_ENCODING_AES_KEY; see docs/wecom.md\n" in off
    given |= {"WECOM_TOKEN": "abc", "WECOM_ENCODING_AES_KEY": "A" * 43}
    assert "warning the database's tables are not those" in menling("channels", **given).out
    menling("migrate")
    ran = menling("channels", **given, WECOM_API_URL="http://127.0.0.1:9")
    assert ran.code == 0
    assert "wecom    on   agent 1000002 of ww1234567890abcdef\n" in ran.out
    assert re.search(r"^  PROBLEM the platform cannot be reached: .*\n +→ ", ran.out, re.MULTILINE)
    assert "hunter2" not in ran.out + ran.err


def test_channels_says_whether_what_is_sent_arrives(menling: Menling, migrated: Path, tmp_path: Path) -> None:
    settings = {"TELEGRAM_TOKEN": "7000000001:hunter2", "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    assert "  ok      what is sent arrives\n" in menling("channels", **settings).out
    engine = connect(f"sqlite:///{tmp_path / 'data' / 'menling.db'}")
    with transaction(engine) as session:
        accounts.failed(session, "telegram", "7000000001", "no answer", for_good=True, now=clock.now())
    engine.dispose()
    assert re.search(
        r"^  PROBLEM sending is resting since .*: no answer$", menling("channels").out, re.MULTILINE
    )


def test_channels_says_what_is_on(menling: Menling) -> None:
    assert "demo     off" in menling("channels").out
    shown = menling("channels", DEMO=1, PUBLIC_URL="https://home.example").out

    assert "https://home.example/demo" in shown
    assert "demo     off" not in shown


def test_the_doctor_s_word_is_the_exit_code(menling: Menling, migrated: Path, tmp_path: Path) -> None:
    assert menling("doctor").code == 0

    (tmp_path / "data" / "menling.db").write_bytes(b"nothing" * 1000)
    ran = menling("doctor", "--json")

    assert ran.code == 1
    assert "problem" in {finding["level"] for finding in json.loads(ran.out)}


def test_flows_are_printed_as_words_and_as_diagrams(menling: Menling) -> None:
    assert (
        "flowchart" in menling("flows", "--diagram").out
        or "stateDiagram" in menling("flows", "--diagram").out
    )
    assert len(menling("flows", "--language", "en").out) > 500
    assert menling("flows", "--language", "en").out != menling("flows", "--language", "zh-CN").out


@pytest.fixture
def service(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The real program, serving the demo on a free port."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from channels.cli import main; main()", "serve"],
        cwd=Path(cli.__file__).parents[1],
        env={
            "MENLING_DATA_DIR": str(tmp_path),
            "MENLING_PORT": "0",
            "MENLING_DEMO": "1",
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"at (http://\S+)", line):
            return found[1]
    assert process.stderr is not None
    raise AssertionError(process.stderr.read())


def test_serving_answers_and_ends_quietly(service: subprocess.Popen[str], menling: Menling) -> None:
    where = address(service)
    for path in ("", "demo", "healthz", "readyz"):
        with urllib.request.urlopen(where + path, timeout=PATIENCE) as answer:  # noqa: S310 - our own address
            assert answer.status == 200
    port = where.rstrip("/").rpartition(":")[2]

    assert "MENLING_PORT" in refused(menling("serve", PORT=port))

    service.send_signal(signal.SIGINT)
    out, err = service.communicate(timeout=PATIENCE)
    assert service.returncode == 0
    assert "Traceback" not in out + err


def test_a_company_of_its_own_is_served_without_demo_people(menling: Menling, tmp_path: Path) -> None:
    text = companies.DEFAULT_FILE.read_text(encoding="utf-8").replace('"SHUANGLIU"', '"ELSEWHERE"')
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")

    assert "MENLING_COMPANY_FILE" in refused(menling("seed", COMPANY_FILE=tmp_path / "mine.toml"))
