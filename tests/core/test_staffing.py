from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core import timeline, visits, windows
from core.database import transaction
from core.identities import Role
from core.visits import MoveNotAllowed, NobodyFree, Status, Visit
from core.windows.board import half_hour
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at, id_of
from tests.core.test_races import people, staff, together

WHY = {"actor": "worker", "reason": "ill"}


def sold(session: Session, **more: object) -> Visit:
    return homes.place(session, homes.customer(session), at(TUESDAY, 9), **more)


def crew(session: Session, visit: Visit) -> list[int]:
    return [worker.id or 0 for _, worker in visits.crew(session, visit)]


def hours(visit: Visit, *worker_ids: int) -> set[tuple[int, int]]:
    count = int((visit.ends_at - visit.starts_at) / timedelta(minutes=30))
    first = half_hour(visit.starts_at)
    return {(id, first + n) for id in worker_ids for n in range(count)}


def test_whoever_suits_best_comes_instead_and_takes_the_half_hours(session: Session) -> None:
    first, second, third = (id_of(homes.worker(session)) for _ in range(3))
    visit = sold(session, workers=[second])
    came = visits.reassign(session, HOUSE, visit, leaving=[second], now=NOW, **WHY)
    assert came == (first,)
    assert crew(session, visit) == [first]
    assert homes.occupied(session) == hours(visit, first)
    told = timeline.of(session, visit.id or 0, viewer=Role.STAFF)[-1]
    assert (told.what, told.detail, told.reason) == ("replaced", {"left": [second], "came": [first]}, "ill")
    visits.reassign(session, HOUSE, visit, leaving=[first], but=[second], now=NOW, **WHY)
    assert crew(session, visit) == [third]


def test_of_a_crew_only_who_leaves_is_replaced_in_their_place(session: Session) -> None:
    team = [id_of(homes.worker(session)) for _ in range(3)]
    visit = sold(session, service="PAIR", workers=team[:2])
    visits.reassign(session, HOUSE, visit, leaving=[team[0]], now=NOW, **WHY)
    assert crew(session, visit) == [team[2], team[1]]
    assert homes.occupied(session) == hours(visit, team[1], team[2])


def test_soon_before_the_start_the_notice_of_the_service_does_not_matter(session: Session) -> None:
    first, second = (id_of(homes.worker(session)) for _ in range(2))
    visit = sold(session, workers=[first])
    visits.advance(session, visit, Status.ON_THE_WAY, actor="worker", now=NOW)
    soon = visit.starts_at - timedelta(minutes=10)
    assert visits.reassign(session, HOUSE, visit, leaving=[first], now=soon, **WHY) == (second,)
    assert visit.status is Status.CONFIRMED


@pytest.mark.parametrize("named", [False, True])
def test_where_nobody_else_is_free_nothing_changes(session: Session, named: bool) -> None:
    first, second = (id_of(homes.worker(session)) for _ in range(2))
    visit = sold(session, workers=[first])
    sold(session, workers=[second])
    before = homes.occupied(session)
    joining = [second] if named else []
    with pytest.raises(NobodyFree):
        visits.reassign(session, HOUSE, visit, leaving=[first], joining=joining, now=NOW, **WHY)
    assert crew(session, visit) == [first]
    assert homes.occupied(session) == before


@pytest.mark.parametrize("status", [Status.ARRIVED, Status.CANCELLED])
def test_once_somebody_arrived_or_it_is_over_the_crew_stays(session: Session, status: Status) -> None:
    first, _ = (id_of(homes.worker(session)) for _ in range(2))
    visit = sold(session, workers=[first])
    visits.advance(session, visit, status, actor="worker", now=NOW)
    with pytest.raises(MoveNotAllowed):
        visits.reassign(session, HOUSE, visit, leaving=[first], now=NOW, **WHY)


def test_one_free_worker_wanted_for_two_visits_goes_to_one(engine: Engine) -> None:
    first, second, third = staff(engine, 3)
    one, two = people(engine, 2)
    with transaction(engine) as session:
        ids = [
            homes.place(session, customer, at(TUESDAY, 9), workers=[worker]).id
            for customer, worker in ((one, first), (two, second))
        ]

    def replaces(visit_id: int | None, worker: int) -> object:
        def act(session: Session) -> object:
            visit = session.get_one(Visit, visit_id)
            return visits.reassign(session, HOUSE, visit, leaving=[worker], joining=[third], now=NOW, **WHY)

        return act

    came = together(engine, [replaces(ids[0], first), replaces(ids[1], second)])
    assert sorted(type(one).__name__ for one in came) == ["NobodyFree", "tuple"]
    with transaction(engine) as session:
        taken = homes.occupied(session)
    assert {worker for worker, _ in taken} in ({third, second}, {first, third})


def test_a_worker_sees_their_own_visits_and_what_is_next(session: Session) -> None:
    mine, other = (id_of(homes.worker(session)) for _ in range(2))
    visit = sold(session, workers=[mine])
    assert visits.attended_by(session, mine, visit.reference.lower()) == visit
    with pytest.raises(visits.UnknownVisit):
        visits.attended_by(session, other, visit.reference)
    assert visits.next_of_worker(session, mine, visit.starts_at - timedelta(hours=3)) == visit
    assert visits.next_of_worker(session, mine, visit.starts_at - timedelta(hours=30)) is None
    visits.advance(session, visit, Status.ARRIVED, actor="worker", now=visit.starts_at)
    assert visits.next_of_worker(session, mine, visit.ends_at + timedelta(minutes=5)) == visit
    assert windows.free_at(session, HOUSE, homes.need(), visit.starts_at, now=NOW) == (other,)
