"""Who sets out and arrives: each for themselves, the visit by the first, and nothing twice."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from core import attendance, compensations, places, visits
from core.attendance import (
    AlreadyOnTheWay,
    AlreadyThere,
    Attendance,
    Evidence,
    NoMoreCodes,
    Proof,
    TooEarly,
    TooSoonToSetOut,
    WrongCode,
)
from core.database import lost_race, transaction
from core.visits import Status, UnknownVisit, Visit
from tests.core import homes
from tests.core.homes import HOUSE, TUESDAY, at

PHOTO = Evidence(Proof.PHOTO, media_id="m")
MINUTE = timedelta(minutes=1)


START = at(TUESDAY + timedelta(days=1), 12)


@pytest.fixture
def visit(session: Session) -> Visit:
    homes.worker(session)
    return homes.place(session, homes.customer(session), START)


@pytest.fixture
def crew(session: Session, visit: Visit) -> list[int]:
    return [worker.id or 0 for _, worker in visits.crew(session, visit)]


def test_setting_out_takes_the_visit_along_and_is_said_once(
    session: Session, visit: Visit, crew: list[int]
) -> None:
    now = visit.starts_at - timedelta(hours=1)
    assert attendance.set_out(session, visit, crew[0], now + 20 * MINUTE, now)
    assert visit.status is Status.ON_THE_WAY
    with pytest.raises(AlreadyOnTheWay):
        attendance.set_out(session, visit, crew[0], now + 20 * MINUTE, now)


def test_nobody_sets_out_or_arrives_too_early(session: Session, visit: Visit, crew: list[int]) -> None:
    hours = visit.starts_at - timedelta(hours=3)
    with pytest.raises(TooSoonToSetOut):
        attendance.check_set_out(session, visit, crew[0], hours - MINUTE)
    attendance.check_set_out(session, visit, crew[0], hours)
    with pytest.raises(TooEarly) as refusal:
        attendance.arrive(session, visit, crew[0], PHOTO, visit.starts_at - 31 * MINUTE)
    assert refusal.value.args_ == {"since": visit.starts_at - 30 * MINUTE}
    assert visit.status is Status.CONFIRMED


def test_others_have_no_part_in_it(session: Session, visit: Visit) -> None:
    with pytest.raises(UnknownVisit):
        attendance.check_arrival(session, visit, 999, visit.starts_at)


@pytest.mark.parametrize(
    ("late", "owed"),
    [
        (0, []),
        (15, []),
        (16, [("points", 100)]),
        (29, [("points", 100)]),
        (30, [("points", 100), ("discount", 20)]),
    ],
)
def test_late_minutes_and_what_they_cost_the_company(
    session: Session, visit: Visit, crew: list[int], late: int, owed: list[tuple[str, int]]
) -> None:
    attendance.arrive(session, visit, crew[0], PHOTO, visit.starts_at + late * MINUTE)
    assert attendance.known(session, visit)[crew[0]].late_minutes == late
    granted = compensations.of_visit(session, visit.id or 0)
    fen = {"discount": visit.total // 100}
    assert [(one.kind, one.amount // fen.get(one.kind, 1)) for one in granted] == owed


def test_keeping_a_very_late_visit_is_granted_once(session: Session, visit: Visit, crew: list[int]) -> None:
    with pytest.raises(visits.MoveNotAllowed):
        attendance.keep(session, visit, actor="customer", now=visit.starts_at + 29 * MINUTE)
    now = visit.starts_at + 30 * MINUTE
    assert attendance.keep(session, visit, actor="customer", now=now)
    assert not attendance.keep(session, visit, actor="customer", now=now)
    attendance.arrive(session, visit, crew[0], PHOTO, now + MINUTE)
    assert [one.kind for one in compensations.of_visit(session, visit.id or 0)] == ["discount", "points"]


def test_an_eta_is_told_once_and_only_when_it_slips(session: Session, visit: Visit, crew: list[int]) -> None:
    now = visit.starts_at - timedelta(hours=1)
    attendance.set_out(session, visit, crew[0], now + 20 * MINUTE, now)
    told = [
        attendance.expect(session, visit, crew[0], now + minutes * MINUTE, now) for minutes in (29, 30, 90)
    ]
    assert told == [False, True, False]


def test_wrong_codes_are_counted(session: Session, visit: Visit, crew: list[int]) -> None:
    right = attendance.code(session, visit)
    wrong = "0000" if right != "0000" else "1111"
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCode) as refusal:
            attendance.check_code(session, visit, crew[0], wrong)
        assert refusal.value.args_ == {"left": left}
    for digits in (wrong, right):
        with pytest.raises(NoMoreCodes):
            attendance.check_code(session, visit, crew[0], digits)


def test_the_code_stays_the_same(session: Session, visit: Visit) -> None:
    assert attendance.code(session, visit) == attendance.code(session, visit)


def test_a_dispute_holds_up_the_work_until_the_code_settles_it(
    session: Session, visit: Visit, crew: list[int]
) -> None:
    now = visit.starts_at
    attendance.arrive(session, visit, crew[0], PHOTO, now)
    assert attendance.dispute(session, visit, now)
    assert not attendance.dispute(session, visit, now)
    with pytest.raises(attendance.Disputed):
        attendance.start_work(session, visit, crew[0], now)
    assert not attendance.arrive(session, visit, crew[0], PHOTO, now)
    assert attendance.arrive(session, visit, crew[0], Evidence(Proof.CODE), now)
    assert not attendance.is_disputed(session, visit)
    attendance.start_work(session, visit, crew[0], now)
    assert visit.status is Status.WORKING


def test_nobody_disputes_who_never_came(session: Session, visit: Visit) -> None:
    with pytest.raises(visits.MoveNotAllowed):
        attendance.dispute(session, visit, visit.starts_at)


def test_another_time_begins_anew(session: Session, visit: Visit, crew: list[int]) -> None:
    now = visit.starts_at - timedelta(hours=1)
    attendance.set_out(session, visit, crew[0], now + 20 * MINUTE, now)
    fee = visits.fee_to_move(session, HOUSE, visit, now).amount
    later = visit.starts_at + timedelta(days=1)
    visits.move(session, HOUSE, visit, starts_at=later, agreed_fee=fee, workers=crew, now=now)
    assert attendance.known(session, visit) == {}
    assert attendance.of(session, visit, crew[0]).set_out_at is None
    assert len(session.exec(select(Attendance)).all()) == 1


def test_arriving_twice_in_the_same_second_counts_once(engine: Engine) -> None:
    with transaction(engine) as session:
        homes.worker(session)
        visit = homes.place(session, homes.customer(session), START)
        id, starts = visit.id, visit.starts_at
        [worker_id] = [worker.id or 0 for _, worker in visits.crew(session, visit)]
    said: list[str] = []
    ready = threading.Barrier(2)

    def arrive() -> None:
        ready.wait()
        for _ in range(3):  # as a turn that loses a race is taken again
            try:
                with transaction(engine) as session:
                    mine = session.get_one(Visit, id)
                    attendance.arrive(session, mine, worker_id, PHOTO, starts)
            except AlreadyThere:
                said.append("there already")
                return
            except SQLAlchemyError as error:
                if not lost_race(error):
                    raise
                continue
            said.append("arrived")
            return

    threads = [threading.Thread(target=arrive) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["arrived", "there already"]


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ((30.63, 104.08), (30.63, 104.08), 0),
        ((30.63, 104.08), (30.64, 104.08), 1112),
        ((0.0, 0.0), (0.0, 180.0), 20_015_087),
    ],
)
def test_how_far_two_points_are_apart(
    one: tuple[float, float], other: tuple[float, float], metres: int
) -> None:
    assert places.metres_between(one, other) == places.metres_between(other, one) == metres
