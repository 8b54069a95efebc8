"""A worker goes to a visit and much goes wrong: everybody still hears what is true, once."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot.messages import Inbound, Left, Photo, Place, Sender, Tap
from bot.turn import Bot
from core import attendance, customers, reminders, timeline, visits
from core.attendance import Attendance
from core.database import transaction
from core.identities import Role
from core.reminders import Reminder
from core.visits import Status, Visit
from tests.conftest import Moment
from tests.talk import Person, sweep

HOME = (30.6300, 104.0800)
BOOK = (
    "明天上午九点日常保洁3小时，武侯区科华北路12号3栋501",
    "不用加",
    "没有",
    "都可以",
    "王女士",
    "13800001234",
    "没有",
    "确认",
)


@pytest.fixture
def worker(person: Person) -> Person:
    """Whoever attends the visit that `person` has booked for tomorrow at nine."""
    assert "约好了" in person.says(*BOOK)[-1].body
    with transaction(person.engine) as session:
        home = session.get_one(customers.Address, 1)
        home.latitude, home.longitude, home.access_note = *HOME, "门禁 2580#"
    attends = another(person, "worker")
    attends.taps("接单")
    return attends


def another(person: Person, user: str) -> Person:
    return Person(person.engine, person.company, person.moment, user)


def visit_of(person: Person) -> Visit:
    with transaction(person.engine) as session:
        return session.exec(select(Visit)).one()


def clock(moment: Moment, hours: int, minutes: int = 0) -> None:
    moment.at(datetime(2026, 11, 24, hours, minutes, tzinfo=moment.now.tzinfo))


def swept(person: Person) -> None:
    sweep(person.engine, person.company)


def bodies(person: Person) -> list[str]:
    return [message.body for message in person.reads()]


def sends_place(worker: Person, place: tuple[float, float], ago: timedelta) -> str:
    sender = Sender(worker.channel, "main", worker.user)
    sent = Inbound(sender, f"place-{ago}", worker.moment.now - ago, Place(*place), worker.language)
    Bot(worker.engine, worker.company).receive(sent)
    return worker.reads()[-1].body


def test_a_place_an_hour_old_proves_nothing_and_a_fresh_one_does(
    person: Person, worker: Person, moment: Moment
) -> None:
    clock(moment, 8, 50)
    worker.says("我到了")
    assert "60 分钟前" in sends_place(worker, HOME, timedelta(hours=1))
    assert visit_of(person).status is Status.CONFIRMED
    assert "到达记好了" in sends_place(worker, HOME, timedelta(minutes=10))
    with transaction(person.engine) as session:
        assert session.exec(select(Attendance.distance_m)).one() == 0


def test_five_wrong_codes_leave_the_place_and_the_photo(
    person: Person, worker: Person, moment: Moment
) -> None:
    clock(moment, 8, 50)
    with transaction(person.engine) as session:
        right = attendance.code(session, session.exec(select(Visit)).one())
    wrong = "1111" if right != "1111" else "2222"
    worker.says("我到了")
    assert "还能试 4 次" in worker.says(wrong)[-1].body
    worker.says(wrong, wrong, wrong)
    assert "不能再试" in worker.says(wrong)[-1].body
    assert "不能再试" in worker.says(right)[-1].body
    assert "到达记好了" in worker.sends(Photo(worker.keeps()))[-1].body


def test_the_way_in_is_shown_in_its_time_only(person: Person, worker: Person, moment: Moment) -> None:
    def card() -> dict[str, str]:
        return dict(worker.sends(Tap(f"go:job:{visit_of(person).reference}"))[-1].content["card"]["lines"])

    assert card()["进门"] == "门禁 2580#"
    moment.at(visit_of(person).starts_at - timedelta(hours=24, minutes=1))
    assert "进门" not in card()
    assert card()["地址"] == "武侯区"
    moment.at(visit_of(person).ends_at + timedelta(hours=2, minutes=1))
    assert "进门" not in card()


def test_a_customer_who_blocks_us_in_mid_visit_is_called_by_staff(
    person: Person, worker: Person, moment: Moment
) -> None:
    staff = another(person, "staff")
    clock(moment, 8)
    worker.says("出发了", "20分钟")
    person.sends(Left())
    bodies(staff)
    clock(moment, 8, 40)
    worker.says("到了")
    worker.sends(Photo(worker.keeps()))
    (called,) = bodies(staff)
    assert "138****1234" in called


def test_a_worker_who_is_told_that_it_is_not_theirs_any_more(
    person: Person, worker: Person, moment: Moment
) -> None:
    clock(moment, 8)
    swept(person)
    button = worker.button("出发，20 分钟到")
    with transaction(person.engine) as session:
        mine = session.exec(select(Visit)).one()
        leaving = [each.id or 0 for _, each in visits.crew(session, mine)]
        visits.reassign(
            session, person.company, mine, leaving=leaving, actor="staff", reason="ill", now=moment.now
        )
    assert "不用去了" in worker.sends(Tap(button))[-1].body


def test_a_button_of_a_cancelled_visit_says_so(person: Person, worker: Person, moment: Moment) -> None:
    clock(moment, 8)
    swept(person)
    button = worker.button("出发，20 分钟到")
    person.says("取消预约", "跳过", "确认取消")
    assert "不用去了" in worker.sends(Tap(button))[-1].body


def test_who_says_when_they_will_be_there_is_not_asked_before(
    person: Person, worker: Person, moment: Moment
) -> None:
    clock(moment, 8, 50)
    worker.says("出发了", "13分钟")
    bodies(worker)
    clock(moment, 9, 0)
    swept(person)
    assert bodies(worker) == []
    clock(moment, 9, 5)
    swept(person)
    assert "您到了吗" in bodies(worker)[0]


def test_a_clock_that_jumps_a_day_says_the_last_true_thing_only(
    person: Person, worker: Person, moment: Moment
) -> None:
    staff = another(person, "staff")
    bodies(worker), bodies(person)
    moment.forward(days=2)
    for _ in range(3):  # what a reminder plans for the past is due at once
        swept(person)
    assert bodies(worker) == bodies(person) == []
    assert len([said for said in bodies(staff) if "没有到达记录" in said]) == 1
    with transaction(person.engine) as session:
        past = session.exec(select(Reminder).where(Reminder.due_at <= moment.now)).all()
        assert all(one.status == reminders.Status.DONE for one in past)
        outcomes = {one.outcome for one in past}
    assert "not said: too late, the next step is due" in outcomes


def test_a_clock_that_goes_back_says_nothing_twice(person: Person, worker: Person, moment: Moment) -> None:
    clock(moment, 9, 16)
    swept(person)
    said = bodies(worker), bodies(person)
    assert said[1]
    clock(moment, 8, 16)
    swept(person)
    clock(moment, 9, 16)
    swept(person)
    assert bodies(worker) == bodies(person) == []


def test_the_three_views_of_a_story_agree(person: Person, worker: Person, moment: Moment) -> None:
    clock(moment, 8, 50)
    worker.says("出发了", "10分钟", "堵车", "25分钟", "到了")
    worker.sends(Photo(worker.keeps()))
    worker.taps("开始服务")
    with transaction(person.engine) as session:
        id = session.exec(select(Visit.id)).one() or 0
        views = {role: timeline.of(session, id, viewer=role) for role in Role}
    ids = {role: [one.id for one in views[role]] for role in Role}
    assert set(ids[Role.CUSTOMER]) <= set(ids[Role.STAFF])
    assert set(ids[Role.WORKER]) <= set(ids[Role.STAFF])
    steps = ["on-the-way", "eta", "arrived", "working"]
    for role in Role:
        assert [one.what for one in views[role] if one.what in steps] == steps
    assert all(one.reason is None for one in views[Role.CUSTOMER])


def test_keeping_it_twice_and_after_they_came(person: Person, worker: Person, moment: Moment) -> None:
    clock(moment, 9, 30)
    swept(person)
    keep = person.button("继续等，享优惠")
    assert "只收 ¥108" in person.sends(Tap(keep))[-1].body
    assert "只收 ¥108" in person.sends(Tap(keep))[-1].body
    worker.says("到了")
    worker.sends(Photo(worker.keeps()))
    assert "现在不用选了" in person.sends(Tap(keep))[-1].body


def test_who_has_no_chat_is_named_to_staff_at_nine(person: Person, worker: Person, moment: Moment) -> None:
    staff = another(person, "staff")
    worker.sends(Left())
    bodies(staff)
    moment.at(moment.now.replace(hour=20))
    swept(person)
    moment.forward(hours=1)
    swept(person)
    assert any("没确认" in said for said in bodies(staff))
    swept(person)
    assert bodies(staff) == []
