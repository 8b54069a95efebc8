"""What tests of conversations ask for: somebody who talks with us."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.company import Company
from core.database import transaction
from tests import town
from tests.conftest import Moment
from tests.talk import Person


@pytest.fixture
def person(engine: Engine, company: Company, moment: Moment) -> Person:
    """A customer in a town of its own."""
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    return Person(engine, company, moment)


@pytest.fixture
def fresh(sqlite_template: Path, tmp_path: Path) -> Callable[[], str]:
    """Makes an SQLite file with all tables and no rows, as often as it is called; says where it is."""
    numbers = iter(range(1_000_000))

    def copy() -> str:
        path = tmp_path / f"fresh{next(numbers)}.db"
        shutil.copyfile(sqlite_template, path)
        return str(path)

    return copy
