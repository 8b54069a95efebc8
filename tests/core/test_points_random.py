"""Whatever happens in whatever order, and at once: the ledger's sum is the balance, and no lot owes but after
a refund."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from core.database import transaction
from core.members import (
    LotState,
    NotEnoughPoints,
    PointEntry,
    PointLot,
    What,
    checking,
    expiring,
    lots,
    points,
)
from tests.core import homes
from tests.core.homes import HOUSE, NOW, id_of
from tests.core.test_races import together

EARN, TAKE = ("earn", "earn pending", "adjust"), ("spend", "give back", "take back", "part back")
STEPS = (*EARN, *TAKE, "expire", "prolong", "wait")
NEAR = HOUSE.model_copy(update={"members": HOUSE.members.model_copy(update={"warn_days": 300})})
Step = tuple[str, int, int]
steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 400), st.integers(0, 3)), max_size=30)


class Life:
    """One customer's points, changed step by step."""

    def __init__(self, session: Session) -> None:
        self.session, self.now, self.made = session, NOW, 0
        self.who = id_of(homes.customer(session))
        self.was_refunded = False

    def take(self, step: Step) -> None:
        what, count, which = step
        self.made += 1
        with suppress(NotEnoughPoints):
            self.do(what, count, which)

    def do(self, what: str, count: int, which: int) -> None:
        session, now = self.session, self.now
        match what:
            case "earn" | "earn pending":
                days = 7 if what == "earn pending" else 0
                given = {"reason": "visit", "subject": f"V{which}", "key": f"visit:{self.made}"}
                points.earn(session, HOUSE, self.who, count, now=now, pending_days=days, **given)
            case "spend":
                points.spend(session, HOUSE, self.who, count, subject=f"W{which}", now=now)
            case "give back":
                points.give_back(session, f"W{which}", now)
            case "take back" | "part back":
                self.was_refunded = True
                points.take_back(session, f"V{which}", None if what == "take back" else count, now)
            case "expire":
                points.expire(session, now)
            case "adjust":
                sign = -1 if which % 2 else 1
                points.adjust(
                    session, HOUSE, self.who, sign * count, note="so", subject=f"A:{self.made}", now=now
                )
            case "prolong":
                # For one of the two everything is near its end, so that few stories need to wait for that.
                expiring.prolong(session, NEAR if which % 2 else HOUSE, self.who, now)
            case "wait":
                self.now = now + timedelta(days=count)

    def check(self) -> None:
        session, now = self.session, self.now
        total = session.exec(
            select(func.sum(PointEntry.points)).where(PointEntry.customer_id == self.who)
        ).one()
        unswept = sum(
            one.points for one in lots.left(session, self.who) if one.points > 0 and one.lot.expires_at <= now
        )
        has = points.balance(session, self.who, now)
        assert has.usable + has.pending == (total or 0) - unswept
        owing = session.exec(select(PointLot).where(PointLot.state == LotState.OWING)).all()
        assert self.was_refunded or not owing
        if owing:
            good = [
                one for one in lots.left(session, self.who) if one.points > 0 and one.lot.expires_at > now
            ]
            assert not good, "nobody has points and owes some"
        assert checking.check(session).faults == []


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=steps)
def test_the_ledger_always_agrees(session: Session, story: list[Step]) -> None:
    with session.begin_nested() as again:
        life = Life(session)
        for step in story:
            life.take(step)
            life.check()
        again.rollback()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=steps)
def test_nobody_gets_more_back_than_they_spent(session: Session, story: list[Step]) -> None:
    with session.begin_nested() as again:
        life = Life(session)
        for step in story:
            life.take(step)
        for subject in range(4):
            assert points.spent(session, f"W{subject}") >= 0
        query = select(PointEntry.subject, func.sum(PointEntry.points)).where(
            col(PointEntry.what).in_((What.OFFSET, What.EXTENDED))
        )
        assert sum(total for _, total in session.exec(query.group_by(PointEntry.subject))) == 0
        again.rollback()


Act = Callable[[Session], object]


def balance_of(engine: Engine, who: int, now: datetime = NOW) -> int:
    with transaction(engine) as session:
        assert checking.check(session).faults == []
        return points.balance(session, who, now).usable


@pytest.fixture
def anna(engine: Engine) -> int:
    with transaction(engine) as session:
        who = id_of(homes.customer(session))
        given = {"reason": "visit", "subject": "V1", "key": "visit:V1"}
        points.earn(session, HOUSE, who, 1_000, now=NOW, **given)
        return who


def spends(who: int, count: int, subject: str, now: datetime = NOW) -> Act:
    def act(session: Session) -> int:
        points.spend(session, HOUSE, who, count, subject=subject, now=now)
        return count

    return act


def earns(who: int, key: str) -> Act:
    given = {"reason": "visit", "subject": "V2", "key": key}
    return lambda session: points.earn(session, HOUSE, who, 100, now=NOW, **given).id


def test_of_two_phones_that_spend_the_same_points_one_wins(engine: Engine, anna: int) -> None:
    results = together(engine, [spends(anna, 800, "W1"), spends(anna, 800, "W2")])
    assert sum(isinstance(one, NotEnoughPoints) for one in results) == 1
    assert balance_of(engine, anna) == 200


def test_points_are_given_more_time_once_also_when_they_are_spent_meanwhile(
    engine: Engine, anna: int
) -> None:
    soon = NOW + timedelta(days=360)

    def prolongs(session: Session) -> object:
        return expiring.prolong(session, HOUSE, anna, soon) and None

    together(engine, [prolongs, spends(anna, 800, "W1", soon), prolongs])
    assert balance_of(engine, anna, soon) == 200
    assert balance_of(engine, anna, NOW + timedelta(days=430)) == 200
    with transaction(engine) as session:
        assert len([one for one in lots.left(session, anna) if lots.is_moved(one.lot)]) == 1
        assert expiring.prolong(session, HOUSE, anna, NOW + timedelta(days=450)) == []


def test_what_is_earned_twice_at_once_is_earned_once(engine: Engine, anna: int) -> None:
    first, second = together(engine, [earns(anna, "visit:V2"), earns(anna, "visit:V2")])
    assert first == second
    assert balance_of(engine, anna) == 1_100


def test_what_is_given_back_twice_at_once_comes_back_once(engine: Engine, anna: int) -> None:
    together(engine, [spends(anna, 800, "W1")])
    back: Act = lambda session: points.give_back(session, "W1", NOW)  # noqa: E731
    assert sorted(map(int, together(engine, [back, back]))) == [0, 800]
    assert balance_of(engine, anna) == 1_000


def test_two_sweeps_at_once_write_off_once(engine: Engine, anna: int) -> None:
    later = NOW + timedelta(days=400)
    sweep: Act = lambda session: points.expire(session, later)  # noqa: E731
    together(engine, [sweep, sweep, spends(anna, 100, "W1")])
    assert balance_of(engine, anna, later) == 0


def test_everything_at_once_still_agrees(engine: Engine, anna: int) -> None:
    refund: Act = lambda session: points.take_back(session, "V1", 600, NOW)  # noqa: E731
    acts = [
        refund, refund, spends(anna, 500, "W1"), spends(anna, 500, "W2"), earns(anna, "visit:a"),
        earns(anna, "visit:b"), spends(anna, 300, "W3"), earns(anna, "visit:a"),
    ]  # fmt: skip
    results = together(engine, acts)
    won = sum(one for one in (results[2], results[3], results[6]) if isinstance(one, int))
    assert balance_of(engine, anna) == 1_200 - 1_000 - won
