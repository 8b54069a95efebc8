"""What tests of WeCom ask for: the platform, the service in front of it, and members of the company."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.company import Company
from core.database import transaction
from tests.channels.wecom.house import CLERK, WORKER, House, furnish, opened
from tests.conftest import Moment
from tests.doubles.clock import Clock
from tests.doubles.wecom import Double, Member


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
    """The service in a town of its own."""
    with transaction(engine) as session:
        furnish(session, company, double, moment)
    async with opened(engine, company, double, tmp_path) as house:
        yield house


@pytest.fixture
def wang(double: Double) -> Member:
    """A worker."""
    return double.member(WORKER)


@pytest.fixture
def zhou(double: Double) -> Member:
    """One of the staff."""
    return double.member(CLERK)


@pytest.fixture
def newcomer(double: Double) -> Member:
    """A member whom nobody told us of, and who is therefore a customer."""
    return double.member("LinXia")
