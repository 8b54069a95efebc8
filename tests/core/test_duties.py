"""Who is on duty: by the week, by what they said last, and over midnight."""

from datetime import datetime, time, timedelta

import pytest
from sqlmodel import Session

from core import duties
from core.staff import Rank
from tests.core.homes import HOUSE, MONDAY, NOW, TUESDAY, at
from tests.core.test_ladder import hire

DAY = timedelta(days=1)


@pytest.fixture
def ann(session: Session) -> int:
    return hire(session, "Ann", Rank.CLERK)


def is_there(session: Session, who: int, moment: datetime) -> bool:
    return who in duties.present(session, HOUSE, moment)


def test_a_week_has_its_hours_and_nights(session: Session, ann: int) -> None:
    duties.roster(session, ann, [(0, time(8), time(12)), (0, time(22), time(6)), (6, time(20), time(0))])
    assert is_there(session, ann, at(MONDAY, 8))
    assert not is_there(session, ann, at(MONDAY, 12))
    assert is_there(session, ann, at(MONDAY, 23))
    assert is_there(session, ann, at(TUESDAY, 5, 59))
    assert not is_there(session, ann, at(TUESDAY, 6))
    assert is_there(session, ann, at(MONDAY - DAY, 23, 59))
    assert not is_there(session, ann, at(MONDAY, 0))
    duties.roster(session, ann, [])
    assert not is_there(session, ann, at(MONDAY, 8))


def test_who_has_no_shift_is_there_for_a_while_once_they_say_so(session: Session, ann: int) -> None:
    assert duties.come(session, HOUSE, ann, NOW) == at(MONDAY, 21)
    assert is_there(session, ann, at(MONDAY, 20))
    assert not is_there(session, ann, at(MONDAY, 21))
    assert duties.go(session, HOUSE, ann, NOW) is None
    assert not is_there(session, ann, at(MONDAY, 9))


def test_who_comes_in_their_shift_is_there_until_its_end(session: Session, ann: int) -> None:
    duties.roster(session, ann, [(0, time(8), time(17))])
    duties.go(session, HOUSE, ann, NOW)
    assert not is_there(session, ann, at(MONDAY, 10))
    assert duties.come(session, HOUSE, ann, at(MONDAY, 10)) == at(MONDAY, 17)


def test_who_goes_home_is_back_with_their_next_shift(session: Session, ann: int) -> None:
    duties.roster(session, ann, [(0, time(8), time(17)), (1, time(8), time(17))])
    assert duties.go(session, HOUSE, ann, at(MONDAY, 15)) == at(TUESDAY, 8)
    assert not is_there(session, ann, at(MONDAY, 16))
    assert is_there(session, ann, at(TUESDAY, 8))


def test_leave_goes_over_shifts_and_says_when_they_are_back(session: Session, ann: int) -> None:
    duties.roster(session, ann, [(day, time(8), time(17)) for day in (0, 1, 4)])
    until = at(MONDAY + 3 * DAY, 0)
    assert duties.go(session, HOUSE, ann, NOW, until=until) == at(MONDAY + 4 * DAY, 8)
    assert not is_there(session, ann, at(TUESDAY, 9))
    assert is_there(session, ann, at(MONDAY + 4 * DAY, 9))


def test_leave_without_shifts_ends_on_the_day_that_was_said(session: Session, ann: int) -> None:
    until = at(MONDAY + 3 * DAY, 0)
    assert duties.go(session, HOUSE, ann, NOW, until=until) == until


def test_the_list_says_until_when_or_from_when(session: Session, ann: int) -> None:
    bob = hire(session, "Bob", chat=False)
    duties.roster(session, ann, [(0, time(8), time(17))])
    duties.roster(session, bob, [(1, time(8), time(17))])
    first, second = duties.standings(session, HOUSE, NOW)
    assert (first.member.name, first.on_duty, first.until) == ("Ann", True, at(MONDAY, 17))
    assert (second.member.name, second.on_duty, second.until) == ("Bob", False, at(TUESDAY, 8))
    assert duties.reachable(session) == {ann}
