from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core import customers, identities, seed, visits, windows
from core.company import Company
from core.customers import Customer
from core.database import connect
from core.identities import Role
from core.praise import Praise
from core.ratings import Rating
from core.seed.households import CUSTOMERS
from core.seed.team import STAFF, WORKERS
from core.staff import Rank, StaffMember
from core.visits import Status, Visit
from core.workers import Paper, Shift, Worker
from tests import database

DAY = timedelta(days=1)


NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def planted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, company: Company
) -> Iterator[Engine]:
    """The demo company, planted once for all tests that only look at it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('planted') / 'menling.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_server").create("planted")
    engine = connect(url)
    database.build(engine)
    assert seed.plant(engine, company, now=NOW) is not None
    yield engine
    engine.dispose()


@pytest.fixture
def empty(fresh: Callable[[], Engine]) -> Engine:
    """A database for what is the same on both kinds."""
    return fresh()


def all_visits(engine: Engine) -> list[Visit]:
    with Session(engine) as session:
        return list(session.exec(select(Visit).order_by(col(Visit.id))))


def test_planting_makes_the_whole_company(planted: Engine) -> None:
    standing = Counter(visit.status for visit in all_visits(planted))

    assert standing[Status.FINISHED] >= 30
    assert standing[Status.CONFIRMED] >= 30
    assert standing[Status.REQUESTED] == 1
    assert standing[Status.CANCELLED] == 1
    with Session(planted) as session:
        assert len(session.exec(select(Worker)).all()) == len(WORKERS)
        assert len(session.exec(select(Customer)).all()) == len(CUSTOMERS)


def test_customers_have_said_what_they_think(planted: Engine) -> None:
    with Session(planted) as session:
        said = session.exec(select(Rating)).all()
        assert len(said) >= 15
        assert {one.stars for one in said} >= {4, 5}
        for one in said:
            worker = session.get_one(Worker, one.worker_id)
            assert 4 <= worker.rating <= 5
            assert worker.rated > 10
        assert session.exec(select(Praise)).first() is not None


def test_planting_again_changes_nothing(planted: Engine, company: Company) -> None:
    before = [visit.id for visit in all_visits(planted)]

    assert seed.plant(planted, company, now=NOW + 3 * DAY) is None
    assert [visit.id for visit in all_visits(planted)] == before


def test_the_same_moment_gives_the_same_company(planted: Engine, empty: Engine, company: Company) -> None:
    def essence(engine: Engine) -> list[tuple[object, ...]]:
        return [
            (one.customer_id, one.service_code, one.starts_at, one.status, one.total)
            for one in all_visits(engine)
        ]

    again = seed.plant(empty, company, now=NOW)

    assert again == seed.Planted(len(WORKERS), len(CUSTOMERS), len(all_visits(planted)))
    assert essence(empty) == essence(planted)


def test_a_database_with_real_customers_is_left_alone_unless_forced(empty: Engine, company: Company) -> None:
    with Session(empty) as session:
        customer = customers.greet(session, language="zh-CN", now=NOW)
        customers.join(session, customer, name="王女士", phone="+8613900001111", now=NOW)
        session.commit()

    with pytest.raises(seed.RealCustomers):
        seed.plant(empty, company, now=NOW)

    assert not all_visits(empty)
    assert seed.plant(empty, company, now=NOW, force=True) is not None


def test_visitors_who_only_looked_in_are_no_real_customers(empty: Engine, company: Company) -> None:
    with Session(empty) as session:
        identities.behind(session, "web", "main", "somebody", language="en", now=NOW)
        session.commit()

    assert seed.plant(empty, company, now=NOW) is not None


def test_a_company_elsewhere_is_refused(empty: Engine, company: Company) -> None:
    elsewhere = company.model_copy(update={"areas": company.areas[:1]})

    with pytest.raises(seed.NotTheDemoCompany):
        seed.plant(empty, elsewhere, now=NOW)
    assert not all_visits(empty)


def test_the_demo_phones_know_who_holds_them(planted: Engine) -> None:
    with Session(planted) as session:
        worker = identities.find(session, "web", "main", "demo-worker")
        staff = identities.find(session, "web", "main", "demo-staff")

        assert worker is not None
        assert worker.role is Role.WORKER
        assert staff is not None
        assert staff.role is Role.STAFF
        ranks = [session.get_one(StaffMember, one.staff_id).role for one in identities.of_staff(session)]
        assert ranks == [Rank.CLERK, Rank.MANAGER]
        assert len(STAFF) == 2


def test_the_demo_worker_has_visits_to_come(planted: Engine, company: Company) -> None:
    with Session(planted) as session:
        worker = identities.find(session, "web", "main", "demo-worker")
        assert worker is not None
        assert worker.worker_id is not None

        assert visits.of_worker(session, worker.worker_id, NOW, NOW + 14 * DAY)


def test_nothing_is_sold_twice_and_what_is_over_is_finished(planted: Engine) -> None:
    for visit in all_visits(planted):
        early, late = (visit.ends_at + timedelta(minutes=n) for n in (-10, 10))  # as people are
        is_finished = visit.status is Status.FINISHED
        assert (late <= NOW) <= is_finished <= (early <= NOW) or visit.status is Status.CANCELLED
        assert visit.placed_at < visit.starts_at


def test_some_days_are_sold_out_for_a_service_and_others_are_not(planted: Engine, company: Company) -> None:
    today = NOW.date()
    with Session(planted) as session:
        visitor = customers.greet(session, language="zh-CN", now=NOW)
        need = visits.need(session, company, visitor, company.service("TIDY"), 6, {}, "JINJIANG")
        days = [today + n * DAY for n in range(2, 14)]
        why = Counter(windows.why_not(session, company, need, day, NOW) for day in days)

    assert why["full"] >= 1
    assert why[None] >= 5


def test_every_service_sold_by_window_can_be_had_somewhere(planted: Engine, company: Company) -> None:
    today = NOW.date()
    with Session(planted) as session:
        visitor = customers.greet(session, language="zh-CN", now=NOW)
        for service in company.services:
            if service.by_request:
                continue
            free = 0
            for area in company.areas:
                need = visits.need(session, company, visitor, service, service.usual, {}, area.code)
                found = windows.free(session, company, need, today, today + 14 * DAY, now=NOW)
                free += sum(map(len, found.values()))
            assert free, service.code


def test_people_are_complete_and_belong_to_nobody_real(planted: Engine, company: Company) -> None:
    today = NOW.date()
    with Session(planted) as session:
        team = session.exec(select(Worker)).all()
        phones = session.exec(select(Customer.phone)).all()
        expiring = session.exec(select(Paper).where(col(Paper.valid_until_day) < today + 30 * DAY)).all()
        periods = Counter((shift.worker_id, shift.weekday) for shift in session.exec(select(Shift)))

    assert all(set(company.languages) <= set(worker.bio) for worker in team)
    assert all(4 <= worker.rating <= 5 and worker.rated < worker.visits_done for worker in team)
    assert {worker.gender.value for worker in team} == {"female", "male"}
    assert all(phone and phone.startswith("+861380000") for phone in phones)
    assert len({paper.worker_id for paper in expiring}) == 1
    assert max(periods.values()) > 1
    assert all(sum(day == weekday for _, day in periods) > 5 for weekday in range(7))
