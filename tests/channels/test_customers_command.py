"""`menling customers`: a list is tried before it changes anything; then all is taken, or nothing."""

import csv
import stat
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine, func
from sqlmodel import Session, select

from core import customers, facts, vault
from core.customers import Address, Customer
from core.database import connect, transaction
from core.facts import Source
from tests.channels.commands import Menling

HEAD = ("name", "phone", "joined", "address", "door", "area", "size", "allergy")
ANNA = ("安娜", "139 1111 2222", "2025-03-01", "科华北路12号", "3栋501", "WUHOU", "89", "漂白水")


@pytest.fixture
def engine(menling: Menling, migrated: Path, tmp_path: Path) -> Iterator[Engine]:
    menling("audit")  # the first command that opens the database makes the key
    engine = connect(f"sqlite:///{tmp_path / 'data' / 'menling.db'}")
    vault.use((tmp_path / "data" / "vault.key").read_text().split())
    yield engine
    engine.dispose()


def written(tmp_path: Path, *rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> str:
    file = tmp_path / "list.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        csv.writer(lines).writerows([head, *rows])
    return str(file)


def count(engine: Engine) -> int:
    with transaction(engine) as session:
        return session.exec(select(func.count()).select_from(Customer)).one()


def known(session: Session) -> Customer:
    return customers.of_phone(session, "+8613911112222", 1)[0]


def test_a_list_is_only_looked_at_unless_it_is_applied(
    menling: Menling, engine: Engine, tmp_path: Path
) -> None:
    told = menling("customers", "import", written(tmp_path, ANNA)).out
    assert "1 new, 0 changed, 0 as they are, 0 refused" in told
    assert "Nothing was changed" in told
    assert count(engine) == 0


def test_what_is_applied_is_there_with_its_source_and_again_changes_nothing(
    menling: Menling, engine: Engine, tmp_path: Path
) -> None:
    file = written(tmp_path, ANNA)
    assert menling("customers", "import", file, "--apply").code == 0
    with transaction(engine) as session:
        anna = known(session)
        (home,) = customers.addresses(session, anna.id or 0)
        assert (anna.name, home.line, home.detail, home.size_m2) == ("安娜", "科华北路12号", "3栋501", 89)
        fact = facts.of(session, anna.id or 0, "allergy")
        assert fact is not None
        assert (fact.value, fact.source, fact.confidence) == ("漂白水", Source.IMPORT, 50)
        assert anna.phone_verified_at is None
    assert "0 new, 0 changed, 1 as they are" in menling("customers", "import", file, "--apply").out
    changed = written(tmp_path, ("安娜·李", *ANNA[1:6], 95, ""))
    assert "0 new, 1 changed" in menling("customers", "import", changed, "--apply").out
    with transaction(engine) as session:
        assert known(session).name == "安娜·李"
        assert session.exec(select(Address)).one().size_m2 == 95
        assert customers.home(session, known(session).id or 0).allergy == "漂白水"


def test_each_bad_line_is_named_with_its_reason_and_nothing_is_half_imported(
    menling: Menling, engine: Engine, tmp_path: Path
) -> None:
    bad = [
        ("甲", "12345", "", "", "", "", "", ""),
        ("乙", "13711112222", "2025-13-40", "", "", "", "", ""),
        ("丙", "+86 139 1111 2222", "", "", "", "", "", ""),
        ("丁", "13711112223", "", "某路1号", "", "MOON", "", ""),
        ("", "13711112224", "", "", "", "", "", ""),
        ("戊", "13711112225", "", "某路1号", "", "", "", ""),
        ("己", "13711112226", "", "", "", "", "3", ""),
        ("庚" * 300, "13711112227", "", "", "", "", "", ""),
    ]
    file = written(tmp_path, ANNA, *bad)
    told = menling("customers", "import", file, "--apply")
    assert told.code == 1
    assert "1 new, 0 changed, 0 as they are, 8 refused" in told.out
    for line, why in [
        (3, "no phone number"), (4, "no date"), (5, "twice"), (6, "no area"), (7, "no name"), (8, "its area"),
        (9, "no size"), (10, "longer than"),
    ]:  # fmt: skip
        assert any(f"line {line}:" in said and why in said for said in told.out.splitlines()), (line, why)
    assert "nothing was changed" in told.err
    assert count(engine) == 0
    assert menling("customers", "import", file, "--apply", "--skip").code == 0
    assert count(engine) == 1


def test_who_is_there_twice_is_not_guessed(menling: Menling, engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        for name in ("一", "二"):
            one = customers.greet(
                session, language="zh-CN", now=datetime.fromisoformat("2026-01-01T00:00+00:00")
            )
            customers.rename(session, one, name)
            customers.set_phone(session, one, "+8613911112222")
    told = menling("customers", "import", written(tmp_path, ANNA), "--apply")
    assert "unite them first" in told.out
    assert told.code == 1


def test_two_thousand_lines_go_in_and_come_out_the_same(
    menling: Menling, engine: Engine, tmp_path: Path
) -> None:
    rows = [(f"客户{n}", f"139{n:08d}", "", f"科华北路{n}号", "", "WUHOU", "", "") for n in range(2_000)]
    rows[7:9] = [("坏", "1", *[""] * 6), ("又坏", "x", *[""] * 6)]
    file = written(tmp_path, *rows)
    assert "1998 new, 0 changed, 0 as they are, 2 refused" in menling("customers", "import", file).out
    assert menling("customers", "import", file, "--apply", "--skip").code == 0
    assert count(engine) == 1_998
    out = tmp_path / "out.csv"
    assert "1998 customers are in" in menling("customers", "export", str(out)).out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "0 new, 0 changed, 1998 as they are, 0 refused" in menling("customers", "import", str(out)).out
    assert menling("customers", "export", str(out)).code == 1


def test_a_sheet_is_read_as_excel_writes_it(menling: Menling, engine: Engine, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(("安娜", 13911112222, date(2025, 3, 1), "科华北路12号", "3栋501", "WUHOU", 89.0, None))
    file = tmp_path / "list.xlsx"
    book.save(file)
    assert "1 new" in menling("customers", "import", str(file), "--apply").out
    with transaction(engine) as session:
        assert customers.addresses(session, known(session).id or 0)[0].size_m2 == 89


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", "名字,电话\n", "names no name, phone"),
        ("a.csv", "name,phone,shoe size\n", "nobody knows the column shoe size"),
        ("a.csv", b"name,phone\n\xff\xfe", "cannot be read"),
        ("a.csv", "", "names no name, phone"),
        ("a.xlsx", "no sheet at all", "no XLSX file"),
        ("missing.csv", None, "cannot be read"),
    ],
)
def test_what_is_no_list_is_refused(
    menling: Menling, engine: Engine, tmp_path: Path, name: str, content: str | bytes | None, why: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    told = menling("customers", "import", str(tmp_path / name))
    assert told.code == 1
    assert why in told.err
    assert "Traceback" not in told.err


def test_a_name_is_no_formula_to_a_spreadsheet(menling: Menling, engine: Engine, tmp_path: Path) -> None:
    file = written(tmp_path, ("=1+1", *ANNA[1:]))
    assert menling("customers", "import", file, "--apply").code == 0
    menling("customers", "export", str(tmp_path / "out.csv"))
    assert "'=1+1" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    again = menling("customers", "import", str(tmp_path / "out.csv")).out
    assert "1 as they are" in again
