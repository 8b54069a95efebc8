"""Door codes and health notes: nobody reads them off the database, and nobody notices inside the house."""

import pytest
from sqlalchemy import Engine, event, text
from sqlmodel import Session, select

from core import customers, migrate, vault
from core.customers import Address, HomeProfile
from core.database import connect, transaction
from core.vault import VaultLocked
from tests.conftest import KEY
from tests.core import homes
from tests.core.homes import NOW

CODE, ALLERGY = "门锁 4471#", "对漂白水过敏"


def told(session: Session) -> tuple[int, int]:
    customer = homes.customer(session)
    home = homes.home(session, customer)
    customers.add_to_note(session, home, CODE)
    customers.tell_home(session, customer.id or 0, allergy=ALLERGY, now=NOW)
    session.flush()
    return customer.id or 0, home.id or 0


def raw(session: Session) -> str:
    found = session.connection().execute(text("SELECT access_note FROM address")).scalars().all()
    found += session.connection().execute(text("SELECT allergy FROM home_profile")).scalars().all()
    return "\n".join(filter(None, found))


def test_the_database_holds_neither_code_nor_allergy_and_readers_do(session: Session) -> None:
    customer_id, home_id = told(session)
    assert "4471" not in raw(session)
    assert "过敏" not in raw(session)
    session.expire_all()
    assert session.get_one(Address, home_id).access_note == CODE
    assert session.get_one(HomeProfile, customer_id).allergy == ALLERGY


def test_the_same_words_are_never_sealed_alike() -> None:
    assert vault.seal(CODE) != vault.seal(CODE)


@pytest.mark.parametrize("value", ["", "x", "s1:", "𠮷 🗝\n", "\ud800", "4471#" * 500])
def test_whatever_is_sealed_comes_back(value: str) -> None:
    assert vault.unseal(vault.seal(value)) == value


def test_what_was_never_sealed_is_read_as_it_is() -> None:
    assert vault.unseal("s1") == "s1"
    assert vault.unseal("门铃坏了：请敲门") == "门铃坏了：请敲门"


def test_without_the_key_nothing_is_read_and_nothing_is_lost(engine: Engine) -> None:
    with transaction(engine) as session:
        told(session)
    vault.use([vault.new_key()])
    with transaction(engine) as session, pytest.raises(VaultLocked):
        session.get_one(Address, 1)
    vault.use([])
    with transaction(engine) as session, pytest.raises(VaultLocked):
        customers.tell_home(session, 1, allergy="新的", now=NOW)
    vault.use([KEY])
    with transaction(engine) as session:
        assert session.get_one(Address, 1).access_note == CODE


def test_what_was_tampered_with_is_refused() -> None:
    sealed = vault.seal(CODE)
    with pytest.raises(VaultLocked):
        vault.unseal(sealed[:-6] + "AAAAA=")


def test_the_mark_tells_the_right_key_from_a_wrong_one(session: Session) -> None:
    assert vault.opens(session)
    vault.mark(session)
    assert vault.opens(session)
    vault.use([vault.new_key()])
    session.expire_all()
    assert not vault.opens(session)


@pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_of_two_processes_that_start_at_once_both_go_on_with_one_mark(engine: Engine) -> None:
    inserts: list[str] = []

    def be_first(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "INTO vault_mark" in statement:
            inserts.append(statement)
        if len(inserts) == 1:
            inserts.append("the other's")
            with transaction(engine) as other:
                vault.mark(other)

    event.listen(engine, "before_cursor_execute", be_first)
    with transaction(engine) as session:
        vault.mark(session)
    assert len(inserts) == 3
    with transaction(engine) as session:
        assert vault.opens(session)
        assert len(session.exec(select(vault.Mark)).all()) == 1


def test_keys_are_changed_while_both_are_known(session: Session) -> None:
    customer_id, home_id = told(session)
    vault.mark(session)
    new = vault.new_key()
    vault.use([new, KEY])
    session.expire_all()
    assert session.get_one(Address, home_id).access_note == CODE
    counts = [vault.reseal(session, column, 10) for column in vault.sealed_columns()]
    assert sum(counts) == 4  # the code, the allergy where it is read, the same with its source, the mark
    assert sum(vault.reseal(session, column, 10) for column in vault.sealed_columns()) == 0
    vault.use([new])
    session.expire_all()
    assert vault.opens(session)
    assert session.get_one(Address, home_id).access_note == CODE
    assert session.get_one(HomeProfile, customer_id).allergy == ALLERGY


def test_resealing_goes_step_by_step(session: Session) -> None:
    for _ in range(5):
        told(session)
    vault.use([vault.new_key(), KEY])
    column = Address.__table__.c.access_note
    assert [vault.reseal(session, column, 2) for _ in range(4)] == [2, 2, 1, 0]


def test_a_database_from_before_is_sealed_by_its_migration_and_opened_on_the_way_back(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('old') / 'menling.db'}")
    migrate.upgrade(engine, "0026")
    with transaction(engine) as session:
        run = session.connection().exec_driver_sql
        run("INSERT INTO customer (id, language, created_at) VALUES (1, 'zh-CN', '2026-01-01 00:00:00')")
        run(
            "INSERT INTO address (id, customer_id, line, area_code, access_note, created_at)"
            " VALUES (1, 1, 'x', 'WUHOU', ?, '2026-01-01 00:00:00')",
            (CODE,),
        )
        run("INSERT INTO home_profile (customer_id, allergy) VALUES (1, ?)", (ALLERGY,))
    migrate.upgrade(engine)
    with transaction(engine) as session:
        assert "4471" not in raw(session)
        assert session.get_one(Address, 1).access_note == CODE
        assert session.get_one(HomeProfile, 1).allergy == ALLERGY
    migrate.downgrade(engine, "0026")
    with transaction(engine) as session:
        assert raw(session) == f"{CODE}\n{ALLERGY}"
    engine.dispose()
