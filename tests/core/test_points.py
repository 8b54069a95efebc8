"""Points: what is earned, spent, given back, taken back and expires; and that the ledger always agrees."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from core.company import Company
from core.members import NotEnoughPoints, points
from core.members.points import Balance
from tests.core import homes
from tests.core.homes import HOUSE, NOW, id_of

MONTH = timedelta(days=31)


@pytest.fixture
def anna(session: Session) -> int:
    return id_of(homes.customer(session))


def earn(
    session: Session, who: int, count: int, subject: str = "V1", now: datetime = NOW, pending: int = 0
) -> None:
    points.earn(
        session,
        HOUSE,
        who,
        count,
        reason="visit",
        subject=subject,
        now=now,
        pending_days=pending,
        key=f"visit:{subject}",
    )


def usable(session: Session, who: int, now: datetime = NOW) -> int:
    return points.balance(session, who, now).usable


def test_what_a_visit_earned_is_pending_for_a_week(session: Session, anna: int) -> None:
    earn(session, anna, 180, pending=7)
    ready = NOW + timedelta(days=7)
    assert points.balance(session, anna, NOW) == Balance(0, 180, None, 0, ready)
    assert usable(session, anna, ready) == 180


def test_points_expire_with_the_month_twelve_months_later(session: Session, anna: int) -> None:
    earn(session, anna, 180)
    last = datetime(2027, 12, 1, tzinfo=HOUSE.zone).astimezone(UTC)
    assert points.balance(session, anna, NOW).expires_at == last
    assert usable(session, anna, last - timedelta(seconds=1)) == 180
    assert usable(session, anna, last) == 0


def test_the_same_key_earns_once(session: Session, anna: int) -> None:
    earn(session, anna, 180)
    earn(session, anna, 999)
    assert usable(session, anna) == 180


def test_the_earliest_expiry_is_spent_first(session: Session, anna: int) -> None:
    earn(session, anna, 100, "LATE", NOW + 2 * MONTH)
    earn(session, anna, 100, "EARLY", NOW)
    now = NOW + 2 * MONTH
    points.spend(session, HOUSE, anna, 120, subject="W1", now=now)
    points.expire(session, NOW + 14 * MONTH)
    assert points.balance(session, anna, now).usable == 80
    assert points.spent(session, "W1") == 120


def test_nobody_spends_what_they_do_not_have(session: Session, anna: int) -> None:
    earn(session, anna, 100)
    earn(session, anna, 500, "V2", pending=7)
    with pytest.raises(NotEnoughPoints) as refused:
        points.spend(session, HOUSE, anna, 101, subject="W1", now=NOW)
    assert refused.value.args_["usable"] == 100


def test_what_comes_back_goes_where_it_came_from(session: Session, anna: int) -> None:
    earn(session, anna, 100)
    points.spend(session, HOUSE, anna, 60, subject="W1", now=NOW)
    assert points.give_back(session, "W1", NOW) == 60
    assert points.give_back(session, "W1", NOW) == 0
    assert usable(session, anna) == 100


def test_what_comes_back_after_expiry_is_good_for_a_while(session: Session, anna: int) -> None:
    earn(session, anna, 100)
    points.spend(session, HOUSE, anna, 60, subject="W1", now=NOW)
    later = datetime(2027, 12, 5, tzinfo=UTC)
    points.expire(session, later)
    points.give_back(session, "W1", later)
    assert usable(session, anna, later) == 60
    assert usable(session, anna, later + timedelta(days=30)) == 0
    assert points.take_back(session, "visit:V1", None, later) == 60
    assert usable(session, anna, later) == 0


def test_a_refund_may_leave_a_debt_which_the_next_points_pay(session: Session, anna: int) -> None:
    earn(session, anna, 1_000)
    points.spend(session, HOUSE, anna, 900, subject="W1", now=NOW)
    assert points.take_back(session, "V1", None, NOW) == 1_000
    assert usable(session, anna) == -900
    with pytest.raises(NotEnoughPoints):
        points.spend(session, HOUSE, anna, 1, subject="W2", now=NOW)
    earn(session, anna, 1_500, "V2")
    assert usable(session, anna) == 600
    points.spend(session, HOUSE, anna, 600, subject="W3", now=NOW)


def test_a_refund_after_expiry_takes_nothing(session: Session, anna: int) -> None:
    earn(session, anna, 100)
    later = datetime(2027, 12, 5, tzinfo=UTC)
    assert points.expire(session, later) == 1
    assert points.expire(session, later) == 0
    assert points.take_back(session, "V1", None, later) == 0
    assert usable(session, anna, later) == 0


@pytest.mark.parametrize(
    ("have", "total", "taken"),
    [(499, 100_000, (0, 0)), (500, 1_666, (0, 0)), (500, 1_667, (500, 500)), (9_999, 18_000, (5_400, 5_400))],
)
def test_points_are_good_for_a_part_of_an_order(
    session: Session, anna: int, have: int, total: int, taken: tuple[int, int], company: Company
) -> None:
    earn(session, anna, have)
    assert points.redeemable(session, company, anna, total, NOW) == taken
