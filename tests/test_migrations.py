"""The migrations build exactly the tables that the code declares, and take them away again."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

import bot.store  # noqa: F401 - its table stands above those of core
import core.tables  # noqa: F401
from core import migrate
from core.database import connect
from tests import database

DATABASE = "migrations"
# SQLite cannot tell what an index over an expression is over; PostgreSQL can, and is looked at as well.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection"),
    pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index"),
]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def blank(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database without a single table, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        engine = connect(f"sqlite:///{request.getfixturevalue('tmp_path')}/blank.db")
        yield engine
        engine.dispose()
        return
    server: database.Server = request.getfixturevalue("postgresql_server")
    engine = connect(server.create(DATABASE))
    yield engine
    engine.dispose()
    server.drop(DATABASE)


def test_every_revision_goes_up_and_down_again(blank: Engine) -> None:
    revisions = [script.revision for script in ScriptDirectory(str(migrate.MIGRATIONS)).walk_revisions()][
        ::-1
    ]
    for revision in revisions:
        migrate.upgrade(blank, revision)
        assert migrate.current(blank) == revision
    assert migrate.is_current(blank)
    for revision in [*revisions[:-1][::-1], "base"]:
        migrate.downgrade(blank, revision)
    assert migrate.current(blank) is None
    assert inspect(blank).get_table_names() == ["alembic_version"]
    migrate.upgrade(blank)
    assert migrate.is_current(blank)


def test_what_the_program_expects_is_the_last_revision() -> None:
    assert migrate.head() == ScriptDirectory(str(migrate.MIGRATIONS)).get_current_head()


def test_a_database_without_migrations_is_not_current(blank: Engine) -> None:
    assert migrate.current(blank) is None
    assert not migrate.is_current(blank)


def test_the_migrations_build_what_the_code_declares(blank: Engine) -> None:
    migrate.upgrade(blank)
    with blank.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        missing = produce_migrations(context, SQLModel.metadata)
    assert missing.upgrade_ops is not None
    if not missing.upgrade_ops.is_empty():
        code = render_python_code(missing.upgrade_ops, render_as_batch=True)
        pytest.fail(
            f"the newest revision lacks this (read it before you believe it):\n\n{code}", pytrace=False
        )


def test_the_rules_in_the_database_are_those_of_the_code(blank: Engine) -> None:
    """What Alembic does not compare: checks, conditions of indexes, keys, defaults."""
    migrate.upgrade(blank)
    migrated = shape(blank)
    migrate.downgrade(blank, "base")
    SQLModel.metadata.create_all(blank)
    declared = shape(blank)
    assert sorted(migrated - declared) == [], "only in the migrations"
    assert sorted(declared - migrated) == [], "only in the code"


def shape(engine: Engine) -> set[str]:
    found = inspect(engine)
    return {
        f"{table} {written(part)}"
        for table in set(found.get_table_names()) - {"alembic_version"}
        for part in (
            *found.get_columns(table),
            found.get_pk_constraint(table),
            *found.get_check_constraints(table),
            *found.get_foreign_keys(table),
            *found.get_indexes(table),
            *found.get_unique_constraints(table),
        )
    }


def written(value: object) -> str:
    """As text, in one order: what is inspected holds objects that are equal only to themselves."""
    return str(sorted((k, written(v)) for k, v in value.items())) if isinstance(value, dict) else str(value)


def test_upgrading_again_changes_nothing(blank: Engine) -> None:
    migrate.upgrade(blank)
    add_customer(blank)
    migrate.upgrade(blank)
    with blank.connect() as connection:
        assert connection.execute(text("SELECT name FROM customer")).scalars().all() == ["Wang"]


def test_two_processes_may_start_on_one_new_database(blank: Engine) -> None:
    other = connect(blank.url.render_as_string(hide_password=False))
    with ThreadPoolExecutor(2) as pool:
        for outcome in [pool.submit(migrate.upgrade, engine) for engine in (blank, other)]:
            outcome.result()
    other.dispose()
    assert migrate.is_current(blank)


def test_rows_that_refer_to_nothing_stop_a_migration(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/broken.db")
    migrate.upgrade(engine)
    add_customer(engine)
    with sqlite3.connect(tmp_path / "broken.db") as raw:  # foreign keys are off unless asked for
        raw.execute("INSERT INTO home_profile (customer_id, told_at) VALUES (99, '2026-11-23')")
    raw.close()
    with pytest.raises(RuntimeError, match="refer to nothing"):
        migrate.upgrade(engine)
    engine.dispose()


def add_customer(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO customer (name, language, created_at)"
                " VALUES ('Wang', 'zh-CN', '2026-11-23 01:00:00')"
            )
        )
