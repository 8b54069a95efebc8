"""`menling customers merge`, `split` and their ways back: said first, then done, and written down."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import customers, identities, staff, vault
from core.audit import AuditEntry
from core.customers import Address, Customer
from core.database import connect, transaction
from core.identities import Identity
from core.staff import Rank
from tests.channels.commands import Menling
from tests.channels.test_record_commands import NOW


@pytest.fixture
def engine(menling: Menling, tmp_path: Path) -> Iterator[Engine]:
    """A database with two customers, the first with two accounts and two homes."""
    menling("migrate")
    menling("audit")  # the first command that opens the database makes the key
    engine = connect(f"sqlite:///{tmp_path / 'data' / 'menling.db'}")
    vault.use((tmp_path / "data" / "vault.key").read_text().split())
    with transaction(engine) as session:
        for name, phone in (("安娜", "+8613911112222"), ("安娜二", None)):
            customer = customers.greet(session, language="zh-CN", now=NOW)
            customers.join(session, customer, name=name, phone=phone, now=NOW)
            for user in ("a", "b") if phone else ("c",):
                identities.bind_customer(session, "web", "main", user, customer.id or 0, now=NOW)
                line = f"科华北路{ord(user)}号"
                customers.add_address(session, customer, line=line, area_code="WUHOU", now=NOW)
        staff.hire(session, name="周敏", role=Rank.CLERK, language="zh-CN")
    yield engine
    engine.dispose()


def owners(session: Session) -> list[int | None]:
    """Whose the accounts and the homes are, in the order they were made."""
    accounts = session.exec(select(Identity.customer_id).order_by(Identity.user)).all()
    return [*accounts, *session.exec(select(Address.customer_id).order_by(Address.id)).all()]


def whys(session: Session) -> list[str]:
    return [one.why for one in session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()]


def test_a_merge_is_said_then_done_and_taken_back(menling: Menling, engine: Engine) -> None:
    tried = menling("customers", "merge", "13911112222", "2")
    assert "1 in identity" in tried.out
    assert "Nothing was changed" in tried.out
    with transaction(engine) as session:
        assert owners(session) == [1, 1, 2, 1, 1, 2]
    assert "`unmerge 1` parts them" in menling("customers", "merge", "1", "2", "--apply").out
    with transaction(engine) as session:
        assert owners(session) == [1] * 6
    assert menling("customers", "merge", "1", "2").code == 1
    assert "nobody on the staff" in menling("customers", "unmerge", "1", "--by", "7").err
    assert "two again" in menling("customers", "unmerge", "1", "--by", "1").out
    assert "undone before" in menling("customers", "unmerge", "1", "--by", "1").err
    with transaction(engine) as session:
        assert owners(session) == [1, 1, 2, 1, 1, 2]
        assert whys(session) == ["merge:1", "unmerge:1"]


def test_a_split_lists_what_there_is_then_moves_what_is_named(menling: Menling, engine: Engine) -> None:
    why = ("--why", "号码转给了别人")
    told = menling("customers", "split", "1", *why).out
    assert re.search(r"--account web:main:b\n.*--address 1  科华北路97号", told, re.DOTALL)
    named = ("customers", "split", "1", "--account", "web:main:b", "--address", "2", *why)
    assert "Nothing was changed" in menling(*named).out
    with transaction(engine) as session:
        assert owners(session) == [1, 1, 2, 1, 1, 2]
        assert session.get(Customer, 3) is None
    done = menling(*named, "--name", "李雷", "--with-phone", "--apply").out
    assert "`unsplit 1` takes it back" in done
    with transaction(engine) as session:
        assert owners(session) == [1, 3, 2, 1, 3, 2]
        assert session.get_one(Customer, 3).phone == "+8613911112222"
    assert "one record again" in menling("customers", "unsplit", "1").out
    assert "undone before" in menling("customers", "unsplit", "1").err
    with transaction(engine) as session:
        assert owners(session) == [1, 1, 2, 1, 1, 2]
        assert session.get_one(Customer, 1).phone == "+8613911112222"
        assert whys(session) == ["split:1", "split:1", "unsplit:1"]


@pytest.mark.parametrize(
    ("named", "why_not"),
    [
        (("--account", "web:main:c"), "is not customer 1's"),
        (("--account", "web"), "write CHANNEL:ACCOUNT:USER"),
        (("--address", "99"), "there is no address 99"),
        (("--visit", "ZZZZZZ"), "there is no ZZZZZZ"),
        (("--account", "web:main:a", "--account", "web:main:b"), "without any account"),
    ],
)
@pytest.mark.usefixtures("engine")
def test_a_split_that_cannot_be_is_refused(menling: Menling, named: tuple[str, ...], why_not: str) -> None:
    refused = menling("customers", "split", "1", "--why", "x", *named, "--apply")
    assert refused.code == 1
    assert why_not in refused.err
