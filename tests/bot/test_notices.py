"""What we say unasked: once, while it is still true, and whatever else breaks."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from bot import notices
from core import reminders, visits
from core.database import transaction
from core.reminders import Reminder
from core.visits import Status, Visit
from tests.conftest import Moment
from tests.talk import Person, sweep

pytestmark = pytest.mark.both_databases

BOOK = (
    "12月3号上午九点日常保洁3小时，武侯区科华北路12号3栋501",
    "不用加",
    "没有",
    "都可以",
    "王女士",
    "13800001234",
    "没有",
    "确认",
)


def booked(person: Person) -> Visit:
    """Their visit, which its worker has accepted."""
    assert "约好了" in person.says(*BOOK)[-1].body
    Person(person.engine, person.company, person.moment, "worker").taps("接单")
    with transaction(person.engine) as session:
        return session.exec(select(Visit)).one()


def swept(person: Person) -> list[str]:
    sweep(person.engine, person.company)
    return [message.body for message in person.reads()]


def test_a_visit_is_reminded_of_the_day_before_and_two_hours_before_once_each(
    person: Person, moment: Moment
) -> None:
    visit = booked(person)
    assert swept(person) == []
    moment.at(visit.starts_at - timedelta(hours=24))
    (day_before,) = swept(person)
    assert "提醒" in day_before
    assert swept(person) == []
    moment.at(visit.starts_at - timedelta(hours=2))
    (shortly_before,) = swept(person)
    assert shortly_before != day_before
    assert swept(person) == []


def test_a_moved_visit_is_reminded_of_at_its_new_time_only(person: Person, moment: Moment) -> None:
    visit = booked(person)
    person.says("改到12月5号上午九点", "确认")
    moment.at(visit.starts_at - timedelta(hours=24))
    assert swept(person) == []
    moment.at(visit.starts_at + timedelta(days=1))
    assert len(swept(person)) == 1


def test_a_cancelled_visit_is_never_reminded_of(person: Person, moment: Moment) -> None:
    visit = booked(person)
    person.says("取消预约", "跳过", "确认取消")
    with transaction(person.engine) as session:
        of_visit = select(Reminder).where(Reminder.subject == visit.reference)
        assert {one.status for one in session.exec(of_visit)} == {reminders.Status.CANCELLED}
    moment.at(visit.starts_at - timedelta(hours=2))
    assert swept(person) == []


def test_a_reminder_that_is_no_longer_true_is_not_said_and_says_why(person: Person, moment: Moment) -> None:
    visit = booked(person)
    moment.at(visit.starts_at + timedelta(hours=1))
    (very_late,) = swept(person)
    assert "非常抱歉" not in very_late
    with transaction(person.engine) as session:
        of_kind = {kind: set() for kind in ("visit-near", "set-out", "late-watch", "day-list")}
        for one in session.exec(select(Reminder)):
            of_kind.get(one.kind, set()).add(one.outcome)
    assert of_kind["visit-near"] == of_kind["set-out"] == {"not said: the visit is not ahead any more"}
    assert of_kind["late-watch"] == {"not said: too late, the next step is due", "said"}


def test_one_broken_draft_does_not_silence_the_others(
    person: Person, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Person(person.engine, person.company, moment, "other")
    person.says("我想约日常保洁")
    other.says("我想约擦玻璃")
    broken = notices.dialogue.remind

    def remind(state: object, turn: object) -> object:
        if "DAILY" in state.form.answers.values():
            raise ZeroDivisionError("broken on purpose")
        return broken(state, turn)

    monkeypatch.setattr(notices.dialogue, "remind", remind)
    moment.forward(minutes=11)
    assert swept(person) == []
    assert [message.body for message in other.reads()]


def test_two_sweeps_at_once_say_nothing_twice(person: Person, moment: Moment) -> None:
    visit = booked(person)
    person.reads()
    moment.at(visit.starts_at - timedelta(hours=24))
    threads = [threading.Thread(target=sweep, args=(person.engine, person.company)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(person.reads()) == 1


def test_a_draft_that_is_dropped_gives_its_window_back(person: Person, moment: Moment) -> None:
    person.says(*BOOK[:4])
    moment.forward(hours=25)
    sweep(person.engine, person.company)
    assert person.state().form is None
    with transaction(person.engine) as session:
        assert session.exec(select(visits.Visit)).all() == []


def test_the_same_again_asks_for_nothing_but_the_yes(person: Person, moment: Moment) -> None:
    visit = booked(person)
    moment.at(visit.starts_at)
    with transaction(person.engine) as session:
        done = session.get(Visit, visit.id)
        assert done is not None
        for status in (Status.ON_THE_WAY, Status.ARRIVED, Status.WORKING, Status.FINISHED):
            visits.advance(session, done, status, actor="worker", now=moment.now)
    moment.forward(hours=6)
    person.says("菜单")
    card = person.taps("再来一单")[-1].content["card"]
    facts = dict(card["lines"])
    assert "12月10日周四 09:00–12:00" in facts["时间"], "the same weekday and time, a week later"
    assert "王秀英" in facts["师傅"]
    assert "约好了" in person.taps("确认预约")[-1].body
    with transaction(person.engine) as session:
        first, second = session.exec(select(Visit).order_by(Visit.id)).all()
    assert second.starts_at - first.starts_at == timedelta(days=7)
    assert (second.service_code, second.quantity, second.address_id) == (
        first.service_code,
        first.quantity,
        first.address_id,
    )
