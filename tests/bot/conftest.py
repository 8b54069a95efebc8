"""What tests of conversations ask for: somebody who talks with us."""

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
