"""When staff are to know that a customer did not answer: never at night, never before they could."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot import expecting, telling
from core.company import Company
from core.database import transaction
from core.visits import Visit
from tests.conftest import Moment

ONE_DATABASE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@ONE_DATABASE
@pytest.mark.parametrize(
    ("starts", "reminded", "listed"),
    [
        ("12-03 08:00", "12-02 08:00", "12-02 20:00"),
        ("12-03 14:00", "12-02 14:00", "12-02 20:00"),
        ("12-03 09:30", "12-02 09:30", "12-02 20:00"),
        ("12-03 19:30", "12-02 19:30", "12-03 08:00"),
        ("12-03 20:30", "12-02 20:30", "12-03 08:00"),
        ("12-03 14:00", "12-02 18:30", "12-03 08:00"),
        ("12-03 14:00", "12-03 07:00", "12-03 09:00"),
    ],
)
def test_the_list_is_made_twelve_hours_before_or_the_evening_before(
    engine: Engine, company: Company, moment: Moment, starts: str, reminded: str, listed: str
) -> None:
    def at(said: str) -> datetime:
        return datetime.strptime(f"2026-{said}", "%Y-%m-%d %H:%M").replace(tzinfo=company.zone)

    with transaction(engine) as session:
        turn = telling.house_turn(session, company, at(reminded))
        visit = Visit(starts_at=at(starts), ends_at=at(starts) + timedelta(hours=2))
        assert expecting.listed_at(turn, visit).astimezone(company.zone) == at(listed)
