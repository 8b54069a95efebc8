from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from core import windows, workers
from core.workers import Coverage, Gender, Occupied, Paper, Shift, Skill, TimeOff, UnknownWorker
from tests.core import homes


def test_hiring_writes_down_all_that_the_search_asks_about(session: Session) -> None:
    hired = workers.hire(
        session,
        name="Li",
        gender=Gender.MALE,
        since_day=date(2025, 3, 1),
        areas=["NORTH", "NORTH", "SOUTH"],
        skills=["deep"],
        papers={"health": date(2027, 1, 1)},
        shifts=[(0, time(8), time(12)), (0, time(13), time(17))],
        tags=["pets"],
        bio={"en": "Careful."},
    )
    session.expire_all()
    assert {row.area_code for row in session.exec(select(Coverage))} == {"NORTH", "SOUTH"}
    assert [row.code for row in session.exec(select(Skill))] == ["deep"]
    assert [(row.kind, row.valid_until_day) for row in session.exec(select(Paper))] == [
        ("health", date(2027, 1, 1))
    ]
    assert [(row.begins, row.ends) for row in session.exec(select(Shift).order_by(Shift.begins))] == [
        (time(8), time(12)),
        (time(13), time(17)),
    ]
    assert (hired.gender, hired.tags, hired.languages, hired.bio) == (
        Gender.MALE,
        ["pets"],
        ["zh-CN"],
        {"en": "Careful."},
    )


def test_nobody_works_under_an_unknown_number(session: Session) -> None:
    with pytest.raises(UnknownWorker):
        workers.worker(session, 4711)
    known = homes.worker(session)
    assert workers.worker(session, homes.id_of(known)) is known


def test_named_keeps_the_order_asked_for_and_leaves_strangers_out(session: Session) -> None:
    first, second = homes.id_of(homes.worker(session)), homes.id_of(homes.worker(session))
    assert [worker.id for worker in workers.named(session, [second, 4711, first])] == [second, first]


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_shift_is_on_a_day_of_the_week(session: Session, weekday: int) -> None:
    with pytest.raises(IntegrityError):
        homes.worker(session, days=[weekday])


def test_a_shift_ends_after_it_begins(session: Session) -> None:
    with pytest.raises(IntegrityError):
        homes.worker(session, hours=[(time(12), time(8))])


def test_time_off_ends_after_it_begins(session: Session) -> None:
    worker = homes.worker(session)
    begins = homes.at(homes.TUESDAY, 8)
    session.add(TimeOff(worker_id=homes.id_of(worker), begins_at=begins, ends_at=begins - timedelta(hours=1)))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_database_itself_sells_a_half_hour_once(session: Session) -> None:
    worker, customer = homes.worker(session), homes.customer(session)
    starts_at: datetime = homes.at(homes.TUESDAY, 8)
    visit = homes.place(session, customer, starts_at)
    row = session.exec(select(Occupied).where(Occupied.worker_id == worker.id)).first()
    assert row is not None
    session.expunge(row)
    session.add(Occupied(worker_id=row.worker_id, half_hour=row.half_hour, visit_id=visit.id))
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize("both", [True, False])
def test_a_half_hour_has_exactly_one_owner(session: Session, both: bool) -> None:
    worker, customer = homes.worker(session), homes.customer(session)
    visit = homes.place(session, customer, homes.at(homes.TUESDAY, 8))
    kept = windows.hold(
        session, homes.HOUSE, homes.need(customer=customer), homes.at(homes.TUESDAY, 14), now=homes.NOW
    )
    hold_id, visit_id = (kept.id, visit.id) if both else (None, None)
    session.add(Occupied(worker_id=homes.id_of(worker), half_hour=1, hold_id=hold_id, visit_id=visit_id))
    with pytest.raises(IntegrityError):
        session.flush()
