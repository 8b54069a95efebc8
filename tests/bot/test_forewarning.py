"""Customers whom staff are told to call: when, how often, and whom on the staff; and the month in words."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session, select

from bot import afterwards, forewarning, replacing, telling
from bot.messages import Tap
from bot.outbox import pass_on
from core import (
    acceptance,
    compensations,
    customers,
    duties,
    forewarnings,
    identities,
    staff,
    visits,
    windows,
)
from core.complaints import Cause, RemedyKind, Severity, learning
from core.customers import Customer
from core.database import transaction
from core.forewarnings import Forewarning, Kind
from core.staff import Rank
from core.visits import Status
from tests.core.test_learning import complaint, many, promise
from tests.talk import Person, sweep

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def clerk(person: Person) -> Person:
    found = Person(person.engine, person.company, person.moment, "staff")
    found.says("待办")  # in Chinese: the first words tell
    return found


def customer_of(session: Session, person: Person) -> Customer:
    identity = identities.behind(session, *person.peer, language="zh-CN", now=person.moment.now)
    customer = session.get_one(Customer, identity.customer_id)
    customer.name, customer.phone = "王女士", "+8613800001234"
    session.add(customer)
    return customer


def visited(person: Person, days: int, state: acceptance.State = acceptance.State.UNCHECKED) -> None:
    """So many days from now the customer had a visit, and this is what they said of the work."""
    now, company = person.moment.now, person.company
    with transaction(person.engine) as session:
        who = customer_of(session, person)
        home = customers.add_address(session, who, line="科华北路12号", area_code="WUHOU", now=now)
        nine = datetime.combine(now.date() + DAY, time(9), company.zone)
        wish = {"service": company.service("DAILY"), "quantity": 2, "add_ons": {}, "address": home}
        visit = visits.place(session, company, who, starts_at=nine, workers=(1,), now=now, **wish)
        visit.starts_at, visit.ends_at = now + days * DAY - 2 * HOUR, now + days * DAY
        visit.placed_at = visit.starts_at - DAY
        for status in (Status.ARRIVED, Status.WORKING, Status.FINISHED):
            visits.advance(session, visit, status, actor="worker", now=visit.ends_at)
        acceptance.ask(session, visit, visit.ends_at).state = state
        windows.give_back(session, visit.id or 0)
        afterwards.plan(session, company, visit, visit.ends_at)


def of(person: Person, kind: Kind) -> list[Forewarning]:
    with transaction(person.engine) as session:
        return list(session.exec(select(Forewarning).where(Forewarning.kind == kind)))


def test_who_usually_speaks_and_now_does_not_is_called(person: Person, clerk: Person) -> None:
    for days in (-30, -20):
        visited(person, days, acceptance.State.ACCEPTED)
    visited(person, 0)
    person.moment.forward(hours=48)
    sweep(person.engine, person.company)
    assert of(person, Kind.SILENT) == []  # it can wait for the morning
    person.moment.at(datetime(2026, 11, 26, 9, 30, tzinfo=person.company.zone))
    sweep(person.engine, person.company)
    person.moment.forward(minutes=5)
    clerk.reads()
    sweep(person.engine, person.company)
    [told] = clerk.reads()
    assert "平时做完都会回一句" in told.body
    assert len(of(person, Kind.SILENT)) == 1


@pytest.mark.parametrize("why", ["never speaks", "spoke", "booked again", "first time"])
def test_silence_that_means_nothing_is_left_alone(person: Person, why: str) -> None:
    before = acceptance.State.UNCHECKED if why == "never speaks" else acceptance.State.ACCEPTED
    for days in () if why == "first time" else (-30, -20):
        visited(person, days, before)
    visited(person, 0, acceptance.State.ACCEPTED if why == "spoke" else acceptance.State.UNCHECKED)
    if why == "booked again":
        person.moment.forward(minutes=1)
        ahead(person, 9)
    person.moment.forward(days=4)
    sweep(person.engine, person.company)
    assert of(person, Kind.SILENT) == []


def ahead(person: Person, days: int) -> str:
    """The customer has a visit so many days from now, at nine; its reference."""
    now, company = person.moment.now, person.company
    with transaction(person.engine) as session:
        who = customer_of(session, person)
        who.phone_verified_at = now
        home = customers.add_address(session, who, line="科华北路12号", area_code="WUHOU", now=now)
        nine = datetime.combine(now.date() + days * DAY, time(9), company.zone)
        wish = {"service": company.service("DAILY"), "quantity": 2, "add_ons": {}, "address": home}
        return visits.place(session, company, who, starts_at=nine, now=now, **wish).reference


def drop(person: Person, reference: str) -> None:
    """Whoever is to come to a visit cannot."""
    with transaction(person.engine) as session:
        turn = telling.house_turn(session, person.company, person.moment.now)
        visit = visits.by_reference(session, reference)
        assert visit is not None
        worker = visits.crew(session, visit)[0][1].id or 0
        replacing.drop_out(turn, visit, worker, "ill")
        pass_on(turn)


def test_staff_hear_of_the_second_visit_somebody_drops_out_of_and_then_of_the_fourth(
    person: Person, clerk: Person
) -> None:
    counts = []
    for days in (2, 3, 4, 5):
        drop(person, ahead(person, days))
        counts.append(len(of(person, Kind.DROPOUTS)))
        person.moment.forward(minutes=1)
    assert counts == [0, 1, 1, 2]
    told = [message.body for message in clerk.reads() if "临时来不了" in message.body]
    assert len(told) == 2
    assert "最近 60 天里，这位客户有 2 次上门的师傅临时来不了" in told[0]


def test_the_third_change_of_one_visit_is_told_once(person: Person) -> None:
    reference, counts = ahead(person, 2), []
    for _ in range(3):
        drop(person, reference)
        counts.append(len(of(person, Kind.CHANGED)))
    assert counts == [0, 0, 1]
    with transaction(person.engine) as session:
        turn = telling.house_turn(session, person.company, person.moment.now)
        visit = visits.by_reference(session, reference)
        assert visit is not None
        forewarning.changed(turn, visit)
        assert turn.told == []


def test_what_was_promised_is_asked_after_once_for_a_day_and_settled_by_a_tap(
    person: Person, clerk: Person
) -> None:
    reference = ahead(person, 2)
    with transaction(person.engine) as session:
        visit = visits.by_reference(session, reference)
        assert visit is not None
        for kind in ("refund", "coupon", "discount"):
            compensations.grant(
                session, visit.customer_id, visit.id or 0, kind, 100, reason="late", now=person.moment.now
            )
    for _ in range(8):
        person.moment.forward(hours=12)
        sweep(person.engine, person.company)
        person.moment.forward(minutes=5)
        sweep(person.engine, person.company)
    [told] = [message for message in clerk.reads() if "还没给" in message.body]
    assert ["还没给", "退款 ¥1"] in told.content["card"]["lines"]
    clerk.taps("已经给了")
    with transaction(person.engine) as session:
        owed = session.exec(select(compensations.Compensation)).all()
        assert {one.kind for one in owed if one.settled_at} == {"refund", "coupon"}
    person.moment.forward(days=10)
    sweep(person.engine, person.company)
    assert len(of(person, Kind.OWED)) == 1


def test_who_is_on_duty_hears_it_and_nobody_else(person: Person, clerk: Person) -> None:
    with transaction(person.engine) as session:
        member = staff.hire(session, name="吴强", role=Rank.CLERK, language="zh-CN")
        identities.bind_staff(session, "web", "main", "night", member.id or 0, now=person.moment.now)
        duties.come(session, person.company, member.id or 0, person.moment.now)
    night = Person(person.engine, person.company, person.moment, "night")
    for days in (2, 3):
        drop(person, ahead(person, days))
    assert any("趁客户还没开口" in message.body for message in night.reads())
    assert not any("趁客户还没开口" in message.body for message in clerk.reads())


def test_of_two_who_take_it_at_once_one_is_told_who_was_first(person: Person) -> None:
    with transaction(person.engine) as session:
        who = customer_of(session, person)
        made = forewarnings.add(session, Kind.SILENT, "x", customer_id=who.id or 0, now=person.moment.now)
        assert made is not None
        again = forewarnings.add(session, Kind.SILENT, "x", customer_id=who.id or 0, now=person.moment.now)
        assert again is None
        second = staff.hire(session, name="吴强", role=Rank.CLERK, language="zh-CN").id or 0
        assert forewarnings.take(session, made, 1, person.moment.now)
        assert not forewarnings.take(session, made, second, person.moment.now)
        assert made.taken_by == 1
        assert forewarnings.finish(session, made, second, person.moment.now)
        assert not forewarnings.finish(session, made, 1, person.moment.now)
        assert made.done_by == second


def test_a_number_of_none_is_answered_kindly(clerk: Person) -> None:
    said = clerk.sends(Tap("go:forewarned:99"))
    assert "没有这一条" in said[0].body
    assert "没有要主动联系的客户" in clerk.sends(Tap("go:forewarned:x"))[0].body


@pytest.fixture
def month(person: Person) -> None:
    """Twelve complaints of last month and four of the one before, among a hundred visits each."""
    october, november = (datetime(2026, month, 5, 10, tzinfo=person.company.zone) for month in (10, 11))
    with transaction(person.engine) as session:
        who = customer_of(session, person)
        for number in range(12):
            cause = Cause.SKILL if number < 8 else Cause.PRICE
            severity = Severity.S2 if number % 4 == 0 else Severity.S3
            late = 5 * HOUR if number == 0 else HOUR
            one = complaint(
                session, november + number * HOUR, customer=who, cause=cause, severity=severity,
                upheld=number % 3 != 0, human_after=late,
            )  # fmt: skip
            promise(session, one, RemedyKind.COUPON, 20_00)
        for number in range(4):
            complaint(session, october + number * HOUR, customer=who, cause=Cause.SKILL)
        many(session, *[october] * 100, *[november] * 100)


@pytest.mark.usefixtures("month")
@pytest.mark.parametrize(("language", "ask"), [("zh-CN", "投诉月报"), ("en", "complaint report")])
def test_the_month_in_words(person: Person, language: str, ask: str) -> None:
    clerk = Person(person.engine, person.company, person.moment, "staff")
    with transaction(person.engine) as session:
        session.get_one(staff.StaffMember, 1).language = language
    [told] = clerk.says(ask)
    lines = dict(told.content["card"]["lines"])
    if language == "en":
        assert told.body == (
            "2026-11: 12 complaints (4 the month before), 100 visits finished,"
            " 12 for a hundred visits (4 the month before)."
        )
        assert lines["Skill"] == "8 (before: 4); 62% upheld; ¥160 promised"
        assert lines["S2 in time"] == "first answer 2 of 3; plan 3 of 3; solved 3 of 3"
    else:
        assert told.body == "2026年11月共 12 件投诉（上月 4 件），做完 100 单，每百单 12 件，上月 4 件。"
        assert lines["手艺"] == "8 件（上月 4）；成立 62%；答应补偿 ¥160"
        assert lines["S2 按时做到"] == "首次回应 2/3；方案 3/3；解决 3/3"


@pytest.mark.usefixtures("month")
def test_any_month_may_be_asked_for_but_none_to_come(person: Person, clerk: Person) -> None:
    assert "2026年10月共 4 件投诉" in clerk.says("投诉月报 2026年10月")[-1].body
    assert "2026年9月没有投诉" in clerk.taps("2026年9月")[-1].body
    assert "还没到" in clerk.says("投诉月报 2027-01")[-1].body


def test_a_measure_needs_a_day_near_enough(person: Person, clerk: Person) -> None:
    clerk.says("记措施", "别的原因", "材料工具", "培训", "换新的抹布")
    assert "离今天太远" in clerk.says("2020年1月1日")[-1].body
    assert "记下了" in clerk.says("下周一")[-1].body
    with transaction(person.engine) as session:
        [made] = learning.measures(session, 5)
        assert (made.cause, made.from_day, made.complaint_id) == (Cause.MATERIAL, date(2026, 11, 30), None)
