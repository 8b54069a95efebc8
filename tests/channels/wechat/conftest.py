"""What tests of Official Accounts ask for: the platform, the service in front of it, and a follower."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.company import Company
from core.database import transaction
from tests import town
from tests.channels.wechat.house import House, opened
from tests.conftest import Moment
from tests.doubles.clock import Clock
from tests.doubles.wechat import Double, Person


@pytest.fixture
async def double(moment: Moment, request: pytest.FixtureRequest) -> AsyncIterator[Double]:
    """The platform, by the clock of the test; a parameter chooses the account's kind or mode."""
    clock = Clock(moment)
    async with Double(now=clock.now, sleep=clock.sleep, **getattr(request, "param", {})) as double:
        yield double


@pytest.fixture
def changes() -> dict[str, object]:
    """What the settings of `house` are beyond those of every account; modules have their own."""
    return {}


@pytest.fixture
async def house(
    engine: Engine,
    company: Company,
    double: Double,
    moment: Moment,
    tmp_path: Path,
    changes: dict[str, object],
) -> AsyncIterator[House]:
    """The service in a town of its own."""
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    async with opened(engine, company, double, tmp_path, **changes) as house:
        yield house


@pytest.fixture
def ming(double: Double) -> Person:
    return double.person("Ming", follower=True)
