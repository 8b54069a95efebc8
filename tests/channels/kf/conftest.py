"""What tests of customer service ask for: the platform, the service in front of it, and a customer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.company import Company
from core.database import transaction
from tests import town
from tests.channels.kf.house import House, opened
from tests.conftest import Moment
from tests.doubles.clock import Clock
from tests.doubles.kf import Customer, Double


@pytest.fixture
async def double(moment: Moment) -> AsyncIterator[Double]:
    """The platform, by the clock of the test."""
    clock = Clock(moment)
    async with Double(now=clock.now, sleep=clock.sleep) as double:
        yield double


@pytest.fixture
async def house(
    engine: Engine, company: Company, double: Double, moment: Moment, tmp_path: Path
) -> AsyncIterator[House]:
    """The service in a town of its own; it has looked for messages once."""
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    async with opened(engine, company, double, tmp_path) as house:
        await house.has_looked()
        yield house


@pytest.fixture
def lin(double: Double) -> Customer:
    return double.customer()
