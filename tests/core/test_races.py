"""What happens when two people want the same thing at the same moment: real threads, real transactions."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from core import visits, windows
from core.customers import Customer
from core.database import lost_race, transaction
from core.errors import DomainError
from core.visits import Status, Visit
from core.windows import Hold, WindowTaken
from core.workers import Occupied
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at, id_of, need

Act = Callable[[Session], object]
TRIES = 3


def together(engine: Engine, acts: Sequence[Act]) -> list[object]:
    """Do all of it at once, each in a transaction of its own; results and refusals in the order of `acts`."""
    ready = Barrier(len(acts))

    def take(act: Act) -> object:
        ready.wait(timeout=30)
        for attempt in range(TRIES):
            try:
                with transaction(engine) as session:
                    return act(session)
            except DomainError as refusal:
                return refusal
            except SQLAlchemyError as error:  # a lost race is taken again, as a turn would be
                if not lost_race(error) or attempt == TRIES - 1:
                    raise
        raise AssertionError

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(take, acts))


def people(engine: Engine, count: int) -> list[Customer]:
    with transaction(engine) as session:
        made = [homes.customer(session) for _ in range(count)]
        for one in made:
            homes.home(session, one)
    return made


def staff(engine: Engine, count: int, hours: Sequence[int] = (8, 18)) -> list[int]:
    shift = [(at(TUESDAY, hour).astimezone(HOUSE.zone).time()) for hour in hours]
    with transaction(engine) as session:
        return [id_of(homes.worker(session, hours=[(shift[0], shift[1])])) for _ in range(count)]


def holds(customer: Customer, starts_at: datetime, now: datetime = NOW) -> Act:
    return lambda session: (
        windows.hold(session, HOUSE, need(customer=customer), starts_at, now=now).worker_ids
    )


def places(customer: Customer, starts_at: datetime, now: datetime = NOW) -> Act:
    def act(session: Session) -> object:
        mine = session.get_one(Customer, customer.id)
        return homes.place(session, mine, starts_at, now=now).reference

    return act


def refusals(results: Sequence[object]) -> list[DomainError]:
    return [result for result in results if isinstance(result, DomainError)]


@pytest.mark.parametrize("act", [holds, places])
def test_a_window_is_sold_once_and_the_loser_gets_the_three_nearest(
    engine: Engine, act: Callable[[Customer, datetime], Act]
) -> None:
    staff(engine, 1)
    first, second = people(engine, 2)
    results = together(engine, [act(first, at(TUESDAY, 12)), act(second, at(TUESDAY, 12))])
    [taken] = refusals(results)
    assert isinstance(taken, WindowTaken)
    assert [window.starts_at for window in taken.nearest] == [
        at(TUESDAY, 9, 30),
        at(TUESDAY, 14, 30),
        at(TUESDAY, 9),
    ]
    with transaction(engine) as session:
        assert len(homes.occupied(session)) == 4


def test_a_crowd_gets_exactly_as_many_windows_as_there_are_workers(engine: Engine) -> None:
    team = staff(engine, 3)
    crowd = people(engine, 8)
    results = together(engine, [holds(one, at(TUESDAY, 12)) for one in crowd])
    assert len(refusals(results)) == 5
    assert sorted(result[0] for result in results if isinstance(result, list)) == team


def test_a_pair_is_never_torn_apart(engine: Engine) -> None:
    staff(engine, 5)
    crowd = people(engine, 6)

    def pair(customer: Customer) -> Act:
        wanted = need("PAIR", customer=customer)
        return lambda session: windows.hold(session, HOUSE, wanted, at(TUESDAY, 12), now=NOW).worker_ids

    results = together(engine, [pair(one) for one in crowd])
    teams = [result for result in results if isinstance(result, list)]
    assert [len(set(team)) for team in teams] == [2, 2]
    assert len({id for team in teams for id in team}) == 4


def test_the_way_between_two_homes_is_kept_free_in_a_race(engine: Engine) -> None:
    staff(engine, 1)
    first, second = people(engine, 2)
    # The two windows touch: no half hour is wanted twice, so only the rule about the way can object.
    results = together(engine, [holds(first, at(TUESDAY, 10)), holds(second, at(TUESDAY, 12))])
    assert len(refusals(results)) == 1


def test_the_day_s_cap_holds_in_a_race(engine: Engine) -> None:
    staff(engine, 1, (7, 21))
    crowd = people(engine, 5)
    hours = [7, 10, 13, 16, 19]
    results = together(
        engine, [holds(one, at(TUESDAY, hour)) for one, hour in zip(crowd, hours, strict=True)]
    )
    assert len(refusals(results)) == 2


def test_an_expired_hold_is_won_by_one_of_those_who_wait_for_it(engine: Engine) -> None:
    staff(engine, 1, (8, 10))
    owner, first, second = people(engine, 3)
    with transaction(engine) as session:
        expired = windows.hold(session, HOUSE, need(customer=owner), at(TUESDAY, 8), now=NOW).expires_at
    before = expired - timedelta(seconds=1)
    results = together(
        engine,
        [
            places(owner, at(TUESDAY, 8), before),
            holds(first, at(TUESDAY, 8), expired),
            holds(second, at(TUESDAY, 8), expired),
            lambda session: windows.sweep(session, expired),
        ],
    )
    assert len(refusals(results)) == 2
    with transaction(engine) as session:
        assert len(homes.occupied(session)) == 4
        lives = session.exec(select(Hold)).all()
        sold = session.exec(select(Visit)).all()
        assert len(lives) + len(sold) == 1


def test_two_chats_of_one_new_customer_place_one_visit(engine: Engine) -> None:
    staff(engine, 3)
    with transaction(engine) as session:
        newcomer = homes.customer(session, known=False)
        homes.home(session, newcomer)
    results = together(engine, [places(newcomer, at(TUESDAY, hour)) for hour in (8, 12)])
    [refusal] = refusals(results)
    assert isinstance(refusal, visits.TooManyOpen)


def test_a_request_is_answered_once(engine: Engine) -> None:
    staff(engine, 1)
    [customer] = people(engine, 1)
    with transaction(engine) as session:
        mine = session.get_one(Customer, customer.id)
        asked = homes.place(session, mine, at(TUESDAY + timedelta(days=3), 9), "TIDY")
        reference, due = asked.reference, asked.answer_by
    assert due is not None

    def mine_in(session: Session) -> Visit:
        return visits.of_customer(session, customer.id or 0, reference)

    def confirm(session: Session) -> object:
        visits.confirm(session, HOUSE, mine_in(session), actor="staff", now=due)
        return Status.CONFIRMED

    def decline(session: Session) -> object:
        visits.decline(session, HOUSE, mine_in(session), actor="staff", now=due)
        return Status.DECLINED

    def lapse(session: Session) -> object:
        return Status.LAPSED if visits.lapse_due(session, HOUSE, due) else None

    results = together(engine, [confirm, decline, lapse])
    with transaction(engine) as session:
        status = mine_in(session).status
        assert bool(session.exec(select(Occupied)).all()) == (status is Status.CONFIRMED)
    assert [result for result in results if isinstance(result, Status)] == [status]


def test_cancelling_twice_at_once_cancels_once(engine: Engine) -> None:
    staff(engine, 1)
    [customer] = people(engine, 1)
    with transaction(engine) as session:
        mine = session.get_one(Customer, customer.id)
        reference = homes.place(session, mine, at(TUESDAY, 12)).reference

    def cancel(session: Session) -> object:
        visit = visits.of_customer(session, customer.id or 0, reference)
        return visits.cancel(session, HOUSE, visit, actor="customer", agreed_fee=0, now=NOW)

    results = together(engine, [cancel, cancel])
    [refusal] = refusals(results)
    assert isinstance(refusal, visits.MoveNotAllowed)


def test_two_visits_moved_to_one_window_do_not_meet(engine: Engine) -> None:
    staff(engine, 1)
    pair = people(engine, 2)
    day: date = TUESDAY + timedelta(days=1)
    with transaction(engine) as session:
        for hour, customer in zip((8, 14), pair, strict=True):
            homes.place(session, session.get_one(Customer, customer.id), at(TUESDAY, hour))

    def move(customer: Customer) -> Act:
        def act(session: Session) -> object:
            [visit] = visits.upcoming(session, customer.id or 0, NOW)
            return visits.move(session, HOUSE, visit, starts_at=at(day, 12), agreed_fee=0, now=NOW)

        return act

    results = together(engine, [move(one) for one in pair])
    [refusal] = refusals(results)
    assert isinstance(refusal, WindowTaken)
    with transaction(engine) as session:
        assert len(homes.occupied(session)) == 8
