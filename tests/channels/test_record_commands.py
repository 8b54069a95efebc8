"""`menling privacy`, `audit` and `keys`: what is kept of people, for who answers for it."""

import json
import stat
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from core import customers, handoffs, vault
from core.customers import Address, Customer
from core.database import connect, transaction
from tests.channels.commands import Menling

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture
def made(planted: Path) -> Iterator[Engine]:
    """A database with one customer, whose door code is sealed with the key of the data folder."""
    engine = connect(f"sqlite:///{planted}")
    vault.use((planted.parent / "vault.key").read_text().split())
    with transaction(engine) as session:
        anna = customers.greet(session, language="zh-CN", now=NOW)
        customers.join(session, anna, name="安娜唯一", phone="+8613911112222", now=NOW)
        home = customers.add_address(session, anna, line="科华北路12号", area_code="WUHOU", now=NOW)
        customers.tell_way_in(session, home, "4471#", until=None)
    yield engine
    engine.dispose()


def test_the_key_is_made_once_and_is_its_owners(menling: Menling, migrated: Path, tmp_path: Path) -> None:
    menling("audit")
    file = tmp_path / "data" / "vault.key"
    key = file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert vault.is_key(key)
    menling("audit")
    assert file.read_text() == key


def test_everything_is_handed_out_as_a_file_and_that_is_written_down(
    menling: Menling, made: Engine, tmp_path: Path
) -> None:
    place = tmp_path / "anna.zip"
    told = menling("privacy", "export", "13911112222", "--file", str(place))
    assert told.code == 0, told.err
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    with zipfile.ZipFile(place) as file:
        kept = json.loads(file.read("my-data.json"))
        readable = file.read("my-data.txt").decode("utf-8-sig")
    assert kept["customer"][0]["name"] == "安娜唯一"
    assert kept["address"][0]["access_note"] == "4471#"
    assert "科华北路12号" in readable
    assert "taken everything" in menling("audit", "13911112222").out
    again = menling("privacy", "export", "13911112222", "--file", str(place))
    assert again.code == 1
    assert "is there already" in again.err


def test_somebody_is_removed_now_or_after_a_day(menling: Menling, made: Engine) -> None:
    assert "will be removed on" in menling("privacy", "delete", "139 1111 2222").out
    assert "is removed" in menling("privacy", "delete", "13911112222", "--now").out
    with transaction(made) as session:
        assert customers.of_phone(session, "+8613911112222", 5) == []
    assert menling("privacy", "delete", "13911112222").code == 1
    looks = menling("audit", "--json").out.splitlines()
    assert [json.loads(one)["deed"] for one in looks] == ["removed", "removed"]


@pytest.mark.parametrize("who", ["999999", "abc", "13900000000"])
def test_nobody_is_meant(menling: Menling, made: Engine, who: str) -> None:
    told = menling("privacy", "delete", who)
    assert told.code == 1
    assert "Traceback" not in told.err


def test_keys_are_changed_by_command(
    menling: Menling, made: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (tmp_path / "data" / "vault.key").read_text().strip()
    new = menling("keys", "new").out.strip()
    monkeypatch.setenv("MENLING_SECRET_KEYS", f"{new},{old}")
    assert "values were sealed anew" in menling("keys", "rotate").out
    assert menling("keys", "rotate").out.startswith("0 values")
    monkeypatch.setenv("MENLING_SECRET_KEYS", new)
    assert menling("seed").code == 0
    vault.use([new])
    with transaction(made) as session:
        anna = customers.of_phone(session, "+8613911112222", 1)[0]
        assert customers.addresses(session, anna.id or 0)[0].access_note == "4471#"


def test_without_the_key_nothing_starts_and_nothing_is_lost(
    menling: Menling, made: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "data" / "vault.key"
    key = file.read_text()
    file.unlink()
    told = menling("seed")
    assert told.code == 1
    assert "vault.key" in told.err
    assert not file.exists()
    monkeypatch.setenv("MENLING_SECRET_KEYS", vault.new_key())
    assert menling("seed").code == 1
    monkeypatch.delenv("MENLING_SECRET_KEYS")
    file.write_text(key)
    assert menling("seed").code == 0
    with transaction(made) as session:
        kept = session.connection().execute(text("SELECT access_note FROM address")).scalars().all()
        assert all(one is None or one.startswith("s1:") for one in kept)
        vault.use([key.strip()])
        assert session.get_one(Customer, 1)
        assert any(one.access_note == "4471#" for one in session.exec(select(Address)))


def test_what_is_no_key_is_refused(menling: Menling, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENLING_SECRET_KEYS", "hunter2")
    told = menling("seed")
    assert told.code == 1
    assert "MENLING_SECRET_KEYS" in told.err
    assert "hunter2" not in told.err


def test_the_story_is_told_by_rank_and_a_list_for_accounts_leaves_health_out(
    menling: Menling, made: Engine, tmp_path: Path
) -> None:
    with transaction(made) as session:
        found = customers.of_phone(session, "+8613911112222", 1)[0]
        found_id, now = found.id or 0, found.created_at
        customers.tell_home(session, found_id, allergy="漂白水", now=now)
        handoffs.ask(session, found_id, topic="asked", words="", reason="asked", now=now)
    assert "找过客服" in menling("customers", "story", str(found_id)).out
    assert "找过客服" not in menling("customers", "story", str(found_id), "--as", "finance").out
    menling("customers", "export", str(tmp_path / "all.csv"))
    menling("customers", "export", str(tmp_path / "accounts.csv"), "--as", "finance")
    assert "漂白水" in (tmp_path / "all.csv").read_text(encoding="utf-8-sig")
    accounts = (tmp_path / "accounts.csv").read_text(encoding="utf-8-sig")
    assert "漂白水" not in accounts
    assert "13911112222" in accounts
