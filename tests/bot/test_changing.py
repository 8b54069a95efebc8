"""Visits that change hands by chat: old buttons, late answers, and people who look for a visit."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.messages import Tap
from core import dropouts, identities
from core.database import transaction
from core.dropouts import Outcome
from core.visits import Status, Visit
from tests.bot.test_notices import BOOK, booked
from tests.talk import Person, sweep


@pytest.fixture
def worker(person: Person) -> Person:
    """The one who suits best and so has the visit."""
    return another(person, "worker")


@pytest.fixture
def clerk(person: Person) -> Person:
    found = another(person, "staff")
    found.says("待办")  # in Chinese: the first words tell
    return found


def another(person: Person, user: str) -> Person:
    return Person(person.engine, person.company, person.moment, user)


def drops_out(worker: Person) -> str:
    return worker.says("来不了", "身体不舒服", "确定来不了")[-1].body


def now_of(person: Person, visit: Visit) -> Visit:
    with transaction(person.engine) as session:
        return session.get_one(Visit, visit.id)


def test_a_button_that_agreed_to_somebody_else_agrees_to_nobody(person: Person, worker: Person) -> None:
    visit = booked(person)
    drops_out(worker)
    old = person.button("同意换人")
    second = another(person, "worker-3")
    assert "请您去" in second.reads()[-1].body
    drops_out(second)
    assert "您看怎么安排" in person.sends(Tap(old))[-1].body
    with transaction(person.engine) as session:
        assert dropouts.asked_of(session, visit.id) is not None


def test_a_choice_after_the_time_says_how_it_stands(person: Person, worker: Person) -> None:
    visit = booked(person)
    drops_out(worker)
    person.moment.now = visit.starts_at - timedelta(hours=2)
    sweep(person.engine, person.company)
    said = [message.body for message in person.reads()]
    assert sum("按时上门" in body for body in said) == 1
    assert not any("马上就到点出发" in body for body in said), "one message does for both"
    assert "已经定好了" in person.taps("同意换人")[-1].body
    sweep(person.engine, person.company)
    assert person.reads() == []


def test_without_anybody_staff_are_told_to_call_in_the_end(
    person: Person, worker: Person, clerk: Person
) -> None:
    visit = booked(person)
    drops_out(worker)
    for user in ("worker-3", "worker-2"):
        drops_out(another(person, user))
    clerk.reads()
    person.moment.now = visit.starts_at - timedelta(hours=2)
    sweep(person.engine, person.company)
    assert "没有师傅去，客户也没有回复" in clerk.reads()[-1].body


def test_cancelling_in_the_usual_way_is_free_and_owed_for_as_well(person: Person, worker: Person) -> None:
    visit = booked(person)
    person.moment.now = visit.starts_at - timedelta(hours=3)
    drops_out(worker)
    assert "¥20" in person.says("取消预约", "跳过", "确认取消")[-1].body
    assert now_of(person, visit).fee == 0


def test_moving_in_the_usual_way_is_free_too(person: Person, worker: Person) -> None:
    visit = booked(person)
    person.moment.now = visit.starts_at - timedelta(hours=3)
    drops_out(worker)
    person.says("改时间", "12月5号", "上午十点", "确认")
    moved = now_of(person, visit)
    assert (moved.fee, moved.moves) == (0, 0)
    with transaction(person.engine) as session:
        assert [one.outcome for one in dropouts.of_visit(session, visit.id or 0)] == [Outcome.MOVED]


def test_near_the_visit_the_worker_is_asked_to_call(person: Person, worker: Person) -> None:
    visit = booked(person)
    person.moment.now = visit.starts_at - timedelta(minutes=90)
    assert "打个电话" in drops_out(worker)


def test_an_old_button_of_a_worker_who_is_out_says_so(person: Person, worker: Person) -> None:
    booked(person)
    drops_out(worker)
    second = another(person, "worker-3")
    second.reads()
    drops_out(second)
    assert "不是您的" in second.taps("来不了")[-1].body


def test_a_customer_who_can_be_written_to_nowhere_is_called(
    person: Person, worker: Person, clerk: Person
) -> None:
    booked(person)
    with transaction(person.engine) as session:
        identity = identities.find(session, *person.peer)
        assert identity is not None
        identities.lose(session, identity, now=person.moment.now)
    drops_out(worker)
    assert "联系不上王女士" in clerk.reads()[-1].body


def test_staff_open_a_visit_by_its_reference_in_any_case(person: Person, clerk: Person) -> None:
    visit = booked(person)
    for said in (visit.reference, visit.reference.lower(), f" {visit.reference[:3]} {visit.reference[3:]}"):
        assert "现在的情况" in clerk.says(said)[-1].body


def test_staff_find_a_customer_by_name_and_by_the_end_of_the_number(person: Person, clerk: Person) -> None:
    booked(person)
    assert "1 个预约" in clerk.says("王女士")[-1].body
    assert "1 个预约" in clerk.says("1234")[-1].body
    assert "没太看懂" in clerk.says("4321")[-1].body


def test_customers_open_nothing_of_others(person: Person, clerk: Person) -> None:
    visit = booked(person)
    stranger = another(person, "stranger")
    for data in ("ticket", "reassigning", "callingoff", "missed"):
        assert "办不了" in stranger.sends(Tap(f"go:{data}:{visit.reference}"))[-1].body
    assert "没找到" in stranger.sends(Tap(f"go:replacing:{visit.reference}:cancel"))[-1].body
    assert now_of(person, visit).status is Status.CONFIRMED


def test_a_full_day_is_shown_page_by_page(person: Person, clerk: Person) -> None:
    for number in range(3):
        for day in ("12月3号上午九点", "12月3号下午两点", "12月3号下午六点"):
            user = another(person, f"{number}{day}")
            home = f"{day}日常保洁2小时，武侯区科华北路{number + 1}号"
            user.says(home, *BOOK[1:])
    with transaction(person.engine) as session:
        count = len(session.exec(select(Visit)).all())
    assert count > 6
    said = clerk.says("12月3号")[-1]
    shown = [choice["label"] for choice in said.content["choices"]]
    assert len(said.content["card"]["lines"]) == min(count, 8)
    assert ("后面的" in shown) == (count > 8)


def test_a_visit_that_just_changed_says_how_it_stands(person: Person, clerk: Person) -> None:
    visit = booked(person)
    clerk.says(visit.reference)
    person.says("取消预约", "跳过", "确认取消")
    for label in ("改派", "改时间", "公司取消"):
        assert "已取消" in clerk.taps(label)[-1].body
