"""What the clock of a complaint says, where transcripts do not reach: lost chats, failures, and witnesses."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.due import complaint as due
from core import complaints, customers, identities, reminders, staff, visits, workers
from core.company import Company
from core.complaints import Complaint, Kind, Source, clocks, handling
from core.customers import Customer
from core.database import transaction
from core.reminders import Reminder
from core.staff import Rank
from core.visits import Visit
from tests import town
from tests.conftest import Moment
from tests.talk import Person, sweep


@pytest.fixture
def customer(engine: Engine, company: Company, moment: Moment) -> Person:
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    person = Person(engine, company, moment)
    person.says("你好")
    return person


@pytest.fixture
def clerk(engine: Engine, company: Company, moment: Moment, customer: Person) -> Person:
    return Person(engine, company, moment, "staff")


def complain(session: Session, company: Company, who: Person, kind: Kind = Kind.QUALITY) -> Complaint:
    identity = identities.find(session, *who.peer)
    assert identity is not None
    return complaints.open(
        session,
        company,
        identity.customer_id or 0,
        kind=kind,
        words="没擦干净",
        source=Source.WORDS,
        now=who.moment.now,
    )


def book(session: Session, company: Company, who: Person) -> Visit:
    """A visit of the first worker, tomorrow at nine."""
    identity = identities.find(session, *who.peer)
    assert identity is not None
    customer, now = session.get_one(Customer, identity.customer_id), who.moment.now
    return visits.place(
        session,
        company,
        customer,
        service=company.service("DAILY"),
        quantity=3,
        add_ons={},
        address=customers.add_address(session, customer, line="科华北路12号", area_code="WUHOU", now=now),
        starts_at=now + timedelta(days=1),
        workers=(1,),
        now=now,
    )


def test_a_customer_who_can_be_written_to_nowhere_is_called(
    engine: Engine, company: Company, moment: Moment, customer: Person, clerk: Person
) -> None:
    with transaction(engine) as session:
        complain(session, company, customer)
        identity = identities.find(session, *customer.peer)
        assert identity is not None
        identities.lose(session, identity, now=moment.now)
    sweep(engine, company)
    clerk.taps("我来")
    moment.forward(hours=2)
    sweep(engine, company)
    told = [message.body for message in clerk.reads()]
    assert any("请打电话" in one and "到现在还没有人答复您" in one for one in told)


def test_whoever_worked_at_the_visit_is_told_nothing_of_it_and_may_not_take_it(
    engine: Engine, company: Company, moment: Moment, customer: Person, clerk: Person
) -> None:
    """The clerk helped out as a worker: what everybody else is told of does not reach them."""
    with transaction(engine) as session:
        boss = staff.hire(session, name="高远", role=Rank.MANAGER, language="zh-CN")
        identities.bind_staff(session, "web", "main", "boss", boss.id or 0, now=moment.now)
        worker = workers.worker(session, 1)
        worker.name = "周敏"
        visit = book(session, company, customer)
        complaints.open(
            session,
            company,
            visit.customer_id,
            kind=Kind.INJURY,
            visit=visit,
            source=Source.DANGER,
            now=moment.now,
        )
    clerk.reads()
    sweep(engine, company)
    moment.forward(minutes=3)
    sweep(engine, company)
    assert not [one for one in clerk.reads() if "投诉" in one.body]
    assert any("投诉 1 号" in one.body for one in Person(engine, company, moment, "boss").reads())
    assert "只能作证" in clerk.says("我来 1")[0].body


def test_what_broke_is_looked_at_again_after_a_while(
    engine: Engine,
    company: Company,
    moment: Moment,
    customer: Person,
    clerk: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with transaction(engine) as session:
        complain(session, company, customer)

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(complaints, "take_steps", fail)
        sweep(engine, company)
    assert clerk.reads() == []
    moment.forward(minutes=2)
    sweep(engine, company)
    assert any("归您处理" in one.body for one in clerk.reads())
    with transaction(engine) as session:
        theirs = select(Reminder).where(Reminder.kind == clocks.KIND).order_by(col(Reminder.id))
        outcomes = [one.outcome for one in session.exec(theirs)]
    assert outcomes[0].startswith("said: asked")


def test_the_list_of_each_morning_is_sent_once_and_only_while_something_is_missed(
    engine: Engine, company: Company, moment: Moment, customer: Person, clerk: Person
) -> None:
    with transaction(engine) as session:
        number = complain(session, company, customer).id
    for _ in range(30):
        moment.forward(minutes=30)
        sweep(engine, company)
    moment.at(moment.now.replace(hour=9, minute=0))
    clerk.reads()
    sweep(engine, company)
    sweep(engine, company)
    assert sum("超过了答应客户的时间" in one.body for one in clerk.reads()) == 1
    with transaction(engine) as session:
        complaint = session.get_one(Complaint, number)
        handling.close(session, company, complaint, reason="solved", now=moment.now)
    moment.forward(days=1)
    sweep(engine, company)
    assert clerk.reads() == []
    with transaction(engine) as session:
        last = session.exec(select(Reminder).where(Reminder.kind == due.DAILY).order_by(col(Reminder.id)))
        assert list(last)[-1].outcome == "not said: everything was seen to"


@pytest.mark.parametrize(
    ("hours_later", "outcomes"),
    [
        (49.5, ["said: 1 complaints"]),  # Wednesday at half past ten
        (
            41,
            ["stale: the next list comes this morning", "said: 1 complaints"],
        ),  # Wednesday at two in the night
    ],
)
def test_after_an_outage_the_list_of_what_was_forgotten_is_said_once_and_by_day(
    customer: Person,
    engine: Engine,
    company: Company,
    moment: Moment,
    hours_later: float,
    outcomes: list[str],
) -> None:
    with transaction(engine) as session:
        complain(session, company, customer)
        due_at = clocks.morning(company, moment.now)
        reminders.schedule(session, due.DAILY, "2026-11-24", due_at, dedupe_key=f"{due.DAILY}:2026-11-24")
    back = moment.forward(hours=hours_later)
    for hour in range(9):
        moment.at(back + timedelta(hours=hour))
        sweep(engine, company)
    with Session(engine) as session:
        found = select(Reminder).where(Reminder.kind == due.DAILY).order_by(col(Reminder.due_at))
        lists = session.exec(found).all()
    assert [one.outcome for one in lists if one.outcome] == outcomes
    assert all(one.done_at.astimezone(company.zone).hour >= 7 for one in lists if one.done_at)
