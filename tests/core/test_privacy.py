"""What is handed out holds everything of one person and nothing of another; what is removed is nowhere."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlmodel import Session, SQLModel

import bot.store  # noqa: F401 - its table is one of those looked through
import core.tables  # noqa: F401
from core import complaints, consents, customers, handoffs, identities, observations, visits, welfare
from core.company import Company
from core.consents import Purpose
from core.correspondence import Peer
from core.customers import Customer
from core.database import transaction
from core.observations import What
from core.privacy import erasing, exporting, holdings, links, traces
from core.reminders import Reminder
from core.visits import Status, Visit
from core.welfare import Light
from tests import town
from tests.conftest import Moment
from tests.talk import Person, sweep

ANNA = ("安娜·唯一", "13911112222", "武侯区科华北路12号3栋501", "猫粮在阳台左边第二个柜子里，请帮忙添一点")
BOB = ("鲍勃·别人", "13733334444", "高新区天府大道北段99号8栋", "门铃坏了，到了请轻轻敲三下门谢谢")
SHORT = {ANNA[0]: "厨房没擦", BOB[0]: "窗户没擦"}


def books(person: Person, who: tuple[str, ...]) -> None:
    """A whole conversation, up to a visit."""
    name, phone, address, note = who
    person.says(
        "预约", "日常保洁", "3小时", "不用", address, "有老人", "就这些", "后天", "上午九点", "都可以"
    )
    person.says(name, phone, note, "确认")


def lived(engine: Engine, company: Company, moment: Moment, who: tuple[str, ...], user: str) -> Person:
    """Somebody about whom we keep something in every corner, with nothing open any more."""
    person = Person(engine, company, moment, user)
    books(person, who)
    with transaction(engine) as session:
        customer_id = id_of(session, person)
        visit = session.exec(select(Visit).where(Visit.customer_id == customer_id)).scalars().one()
        worker_id = visits.crew(session, visit)[0][1].id or 0
        customers.add_to_note(
            session, session.get_one(customers.Address, visit.address_id), f"密码 {phone(who)}"
        )
        customers.tell_home(session, customer_id, allergy=f"{who[0]}对漂白水过敏", now=moment.now)
        contact = (who[0], f"+86{who[1]}")
        welfare.agree(session, customer_id, text_version="1", contact=contact, now=moment.now)
        observations.propose(session, visit, worker_id, What.OTHER, words=f"{who[0]}养了猫", now=moment.now)
        welfare.report(session, visit, worker_id, Light.GREEN, words=f"{who[0]}很好", now=moment.now)
        visits.advance(session, visit, Status.ARRIVED, actor="worker", now=moment.now)
        visits.advance(session, visit, Status.WORKING, actor="worker", now=moment.now)
        visits.advance(session, visit, Status.FINISHED, actor="worker", now=moment.now)
    person.says(f"投诉 {SHORT[who[0]]}", f"我是{who[0]}，{who[3]}", "就这些", "确认", "人工")
    settle(engine, company, moment, customer_id)
    return person


def phone(who: tuple[str, ...]) -> str:
    return who[1][-4:]


def id_of(session: Session, person: Person) -> int:
    identity = identities.find(session, *person.peer)
    assert identity is not None
    return identity.customer_id or 0


def settle(engine: Engine, company: Company, moment: Moment, customer_id: int) -> None:
    """Whatever is open ends, as staff would end it."""
    with transaction(engine) as session:
        for one in complaints.unsettled(session, customer_id):
            one.status, one.closed_at, one.next_at = complaints.Status.CLOSED, moment.now, None
            one.paused_at = one.acknowledge_by = None
            session.add(one)
        handoff = handoffs.open_of(session, customer_id)
        if handoff is not None:
            handoffs.close(session, handoff, now=moment.now)


def everything(session: Session) -> Iterator[str]:
    """Every cell of every table in which words may stand, as the database has it and as we read it."""
    for table in SQLModel.metadata.sorted_tables:
        for row in session.connection().execute(table.select()).mappings():
            for column, value in row.items():
                if isinstance(value, (str, dict, list)) and value:
                    yield f"{table.name}.{column}: {json.dumps(value, ensure_ascii=False)}"


@pytest.fixture
def two(engine: Engine, company: Company, moment: Moment) -> tuple[Person, Person]:
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    anna = lived(engine, company, moment, ANNA, "anna")
    moment.forward(minutes=7)
    return anna, lived(engine, company, moment, BOB, "bob")


def test_what_is_handed_out_is_everything_of_one_and_nothing_of_another(
    two: tuple[Person, Person], engine: Engine
) -> None:
    with transaction(engine) as session:
        mine = json.dumps(exporting.gather(session, id_of(session, two[0])), ensure_ascii=False)
        said = [one for one in everything(session) if one.startswith("message.body")]
    for words in (*ANNA, SHORT[ANNA[0]], "对漂白水过敏", "养了猫", "很好"):
        assert words in mine, words
    for words in (*BOB, SHORT[BOB[0]], "bob"):
        assert words not in mine, words
    theirs = [one for one in said if any(word in one for word in ANNA)]
    assert len(theirs) > 5


def test_every_table_that_leads_to_a_person_is_handed_out_or_named_as_ours() -> None:
    unknown = set(exporting.OURS) - {table.name for table in holdings.held()}
    assert unknown == set()
    assert {table.name for table in holdings.held()} >= {"visit", "message", "consent", "media", "payment"}


def test_after_removal_nothing_of_them_stands_anywhere_and_all_of_the_other_does(
    two: tuple[Person, Person], engine: Engine, company: Company, moment: Moment
) -> None:
    with transaction(engine) as session:
        before = [one for one in everything(session) if any(word in one for word in BOB)]
        anna = id_of(session, two[0])
        total = session.exec(select(Visit.total).where(Visit.customer_id == anna)).scalars().one()
        asked = erasing.ask(session, company, anna, by="customer", now=moment.now)
    moment.at(asked.due_at)
    for _ in range(4):
        sweep(engine, company)
    with transaction(engine) as session:
        left = [
            one
            for one in everything(session)
            if any(word in one for word in (*ANNA, SHORT[ANNA[0]], f"****{phone(ANNA)}", '"anna"'))
        ]
        assert left == []
        still = [one for one in everything(session) if any(word in one for word in BOB)]
        assert set(before) <= set(still)
        kept = session.exec(select(Visit).where(Visit.customer_id == anna)).scalars().one()
        assert (kept.total, kept.status, kept.service_code) == (total, Status.FINISHED, "DAILY")
        assert consents.has(session, anna, Purpose.TERMS, subject=kept.reference)
        reminder = session.exec(select(Reminder).where(Reminder.kind == erasing.KIND)).scalars().one()
        assert reminder.outcome == "removed"
        assert customers.called(session, ANNA[0], 5) == []
    two[0].says("我的数据")
    with transaction(engine) as session:
        assert id_of(session, two[0]) != anna


def test_nobody_is_removed_while_something_is_open(engine: Engine, company: Company, moment: Moment) -> None:
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    person = Person(engine, company, moment, "anna")
    books(person, ANNA)
    with transaction(engine) as session:
        anna = id_of(session, person)
        with pytest.raises(erasing.StillOpen) as no:
            erasing.ask(session, company, anna, by="customer", now=moment.now)
        assert len(no.value.visits) == 1


def test_what_came_up_since_stops_it_and_is_told(
    two: tuple[Person, Person], engine: Engine, company: Company, moment: Moment
) -> None:
    with transaction(engine) as session:
        asked = erasing.ask(session, company, id_of(session, two[0]), by="customer", now=moment.now)
    two[0].says("再约一次日常保洁", "3小时", "不用", "1", "大后天", "下午两点", "都可以", "没有", "确认")
    moment.at(asked.due_at)
    two[0].reads()
    sweep(engine, company)
    assert "还没删" in two[0].reads()[-1].body
    with transaction(engine) as session:
        assert session.get_one(Customer, id_of(session, two[0])).name == ANNA[0]
        assert erasing.find(session, id_of(session, two[0])) is None


def test_who_changes_their_mind_keeps_everything(
    two: tuple[Person, Person], engine: Engine, company: Company, moment: Moment
) -> None:
    with transaction(engine) as session:
        anna = id_of(session, two[0])
        asked = erasing.ask(session, company, anna, by="customer", now=moment.now)
        assert erasing.ask(session, company, anna, by="customer", now=moment.now).id == asked.id
        assert erasing.withdraw(session, anna, moment.now)
        assert not erasing.withdraw(session, anna, moment.now)
        before = [one for one in everything(session) if not one.startswith("reminder")]
    moment.at(asked.due_at + timedelta(hours=1))
    sweep(engine, company)
    with transaction(engine) as session:
        assert session.get_one(Customer, anna).name == ANNA[0]
        assert len([one for one in everything(session) if not one.startswith("reminder")]) >= len(before)


def test_a_link_to_ones_data_is_good_once_and_for_a_day(
    session: Session, company: Company, moment: Moment
) -> None:
    identity = identities.behind(session, "web", "main", "anna", language="zh-CN", now=moment.now)
    anna = identity.customer_id or 0
    first = links.make(session, company, anna, language="zh-CN", now=moment.now)
    token = links.make(session, company, anna, language="zh-CN", now=moment.now)
    assert links.find(session, first, moment.now) is None
    assert links.find(session, token, moment.now) is not None
    late = moment.now + timedelta(hours=company.privacy.export_hours)
    assert links.find(session, token, late) is None
    assert links.use(session, token, late) is None
    used = links.use(session, token, moment.now)
    assert used is not None
    assert used.customer_id == anna
    assert links.use(session, token, moment.now) is None
    assert links.find(session, token, moment.now) is None
    kept = repr(session.connection().execute(text("SELECT * FROM data_link")).all())
    assert token not in kept


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("rule:late", "rule:late"),
        ("2026-11-23T09:00:00+08:00", "2026-11-23T09:00:00+08:00"),
        ("13800001234", ""),
        ("+86 138 0000 1234", ""),
        ("王女士", ""),
        ("worker 3: favourite", "worker 3: favourite"),
        ("she said that it was never clean at all", ""),
        ({"total": 135, "words": "没擦", "by": [1, "二"]}, {"total": 135, "words": "", "by": [1, ""]}),
        ("asked:person\n厨房没擦", "asked:person"),
        (None, None),
    ],
)
def test_codes_and_figures_stay_and_words_go(value: object, clean: object) -> None:
    assert traces.without_words(value) == clean


def test_a_peer_of_somebody_who_also_works_here_stays_theirs(
    two: tuple[Person, Person], engine: Engine, company: Company, moment: Moment
) -> None:
    with transaction(engine) as session:
        anna = id_of(session, two[0])
        identities.bind_worker(session, *two[0].peer, 1, now=moment.now)
        asked = erasing.ask(session, company, anna, by="staff", now=moment.now)
        erasing.erase(session, asked, moment.now)
    with transaction(engine) as session:
        identity = identities.find(session, *Peer("web", "main", "anna"))
        assert identity is not None
        assert (identity.customer_id, identity.worker_id, identity.role.value) == (None, 1, "worker")
