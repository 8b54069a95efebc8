"""Ratings by chat: when people are asked, what one tap does, and who decides what once."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot import afterwards, rating_recovery, telling
from bot.messages import Tap, Voice
from bot.readers import stars
from core import acceptance, coaching, handoffs, matching, ratings, scores, visits
from core.acceptance import State
from core.coaching import Coaching, Reason
from core.company import Company
from core.complaints import Complaint
from core.database import transaction
from core.matching import PreferenceKind
from core.ratings import Rating
from core.reminders import Reminder
from core.visits import Status, Visit
from core.workers import Worker
from tests import town
from tests.conftest import Moment
from tests.talk import Person, sweep

BOOK = (
    "明天上午九点日常保洁3小时",
    "不用",
    "武侯区科华北路12号3栋501",
    "没有",
    "王秀英",
    "王女士",
    "13800001234",
    "没有",
    "确认",
)
HOUR = timedelta(hours=1)


class Scene:
    """A visit of Tuesday that ended at noon, with its customer, its worker and a clerk."""

    def __init__(self, engine: Engine, company: Company, moment: Moment) -> None:
        self.engine, self.company, self.moment = engine, company, moment
        with transaction(engine) as session:
            town.furnish(session, company, moment.now)
        self.customer, self.worker, self.clerk = (
            Person(engine, company, moment, user) for user in ("customer", "worker", "staff")
        )
        self.customer.says(*BOOK)
        self.worker.taps("接单")
        self.at(12)
        with transaction(engine) as session:
            visit = session.exec(select(Visit)).one()
            self.id, self.reference = visit.id or 0, visit.reference
            for status in (Status.ARRIVED, Status.WORKING, Status.FINISHED):
                visits.advance(session, visit, status, actor="worker", now=moment.now)
            acceptance.ask(session, visit, moment.now)
            afterwards.plan(session, company, visit, moment.now)
        for person in (self.customer, self.worker, self.clerk):
            person.reads()

    def at(self, hour: int, minute: int = 0, days: int = 0) -> None:
        """Set the clock to a time of the day of the visit, or of a later one."""
        self.moment.at(
            self.moment.now.replace(month=11, day=24, hour=hour, minute=minute) + timedelta(days=days)
        )

    def sweeps(self) -> None:
        sweep(self.engine, self.company)

    def press(self, person: Person, name: str, argument: str = "") -> str:
        """Press a button that is as old as may be; everything that was answered."""
        return said(person.sends(Tap(":".join(filter(None, ("go", name, argument))))))

    def rates(self, number: int) -> str:
        return self.press(self.customer, "rating", f"{self.reference}:{number}")

    def hears(self, person: Person) -> str:
        return said(person.reads())

    def accepts(self, state: State) -> None:
        with transaction(self.engine) as session:
            found = session.get_one(acceptance.Acceptance, self.id)
            found.state, found.place = state, "kitchen"

    @property
    def row(self) -> Rating | None:
        with Session(self.engine) as session:
            return session.get(Rating, self.id)

    @property
    def outcomes(self) -> list[str | None]:
        """What became of each look at whether they can be asked."""
        with Session(self.engine) as session:
            found = session.exec(select(Reminder).where(Reminder.kind == "rating").order_by(Reminder.id))
            return [one.outcome for one in found]


def said(messages: list) -> str:
    return "\n".join(message.body for message in messages)


@pytest.fixture
def scene(engine: Engine, company: Company, moment: Moment) -> Scene:
    return Scene(engine, company, moment)


def test_half_an_hour_later_one_message_asks_for_both_answers(scene: Scene) -> None:
    scene.at(12, 29)
    scene.sweeps()
    assert "打个分" not in scene.hears(scene.customer)
    scene.at(12, 30)
    scene.sweeps()
    heard = scene.customer.reads()
    assert "就算验收合格" in heard[0].body
    assert [one["label"] for one in heard[0].content["choices"]][:6] == [
        "1 分", "2 分", "3 分", "4 分", "5 分", "需返工",
    ]  # fmt: skip
    scene.customer.says("4")
    with Session(scene.engine) as session:
        assert session.get_one(acceptance.Acceptance, scene.id).state is State.ACCEPTED


@pytest.mark.parametrize("state", [State.LATER, State.REDO, State.REDONE])
def test_nobody_is_asked_before_the_work_is_settled(scene: Scene, state: State) -> None:
    scene.accepts(state)
    scene.at(12, 30)
    scene.sweeps()
    assert scene.hears(scene.customer) == ""
    scene.accepts(State.ACCEPTED)
    scene.at(18, 30)
    scene.sweeps()
    assert "打个分" in scene.hears(scene.customer)


def test_who_accepts_late_is_asked_below_the_thanks_and_not_again(scene: Scene) -> None:
    scene.accepts(State.LATER)
    scene.at(12, 30)
    scene.sweeps()
    scene.at(15)
    heard = scene.press(scene.customer, "accept", scene.reference)
    assert heard.startswith("谢谢您！师傅知道了")
    assert "打个分" in heard
    scene.at(18, 30)
    scene.sweeps()
    assert scene.hears(scene.customer) == ""
    assert "not said: they were asked already" in scene.outcomes


def test_who_accepts_at_the_door_is_asked_when_the_worker_has_gone(scene: Scene) -> None:
    scene.at(12, 5)
    assert "打个分" not in scene.press(scene.customer, "accept", scene.reference)
    scene.at(12, 30)
    scene.sweeps()
    assert "打个分" in scene.hears(scene.customer)


def test_it_is_asked_once_more_and_then_never_again(scene: Scene) -> None:
    scene.at(12, 30)
    scene.sweeps()
    scene.customer.reads()
    scene.at(12, 30, days=1)
    scene.sweeps()
    assert any("只再问这一次" in one.body for one in scene.customer.reads())
    for days in range(2, 9):
        scene.at(12, 30, days=days)
        scene.sweeps()
        assert all("只再问" not in one.body and "几颗星" not in one.body for one in scene.customer.reads())


def test_who_has_answered_is_not_asked_once_more(scene: Scene) -> None:
    scene.at(12, 30)
    scene.sweeps()
    scene.rates(5)
    scene.customer.reads()
    scene.at(12, 30, days=1)
    scene.sweeps()
    assert "只再问这一次" not in scene.hears(scene.customer)
    assert "not said: it is rated" in scene.outcomes


def test_nobody_is_asked_while_talking_with_a_person(scene: Scene) -> None:
    with transaction(scene.engine) as session:
        customer = session.get_one(Visit, scene.id).customer_id
        handoffs.ask(session, customer, topic="other", words="", reason="asked", now=scene.moment.now)
    scene.at(12, 30)
    scene.sweeps()
    assert scene.hears(scene.customer) == ""
    assert scene.outcomes[0] == "not said: a person of ours talks with them"


def test_a_tap_is_enough_and_nobody_is_reminded_of_the_rest(scene: Scene) -> None:
    scene.rates(5)
    assert scene.row is not None
    assert scene.row.stars == 5
    scene.at(12, 15)
    scene.sweeps()
    assert scene.hears(scene.customer) == ""
    assert scene.customer.state().form is not None
    scene.at(13, 1)
    scene.sweeps()
    assert scene.customer.state().form is None
    assert scene.row.stars == 5


def test_whatever_else_begins_takes_its_place(scene: Scene) -> None:
    scene.rates(4)
    scene.customer.says("收藏师傅")
    form, waits = scene.customer.state().form, scene.customer.state().suspended
    assert form is not None
    assert form.flow == "wishing"
    assert waits is None


def test_a_form_that_waited_goes_on_after_a_rating(scene: Scene) -> None:
    scene.customer.says("收藏师傅")
    scene.rates(5)
    assert "哪位" in said(scene.customer.says("不选", "没有了"))


def test_the_same_button_twice_and_another_one(scene: Scene) -> None:
    scene.rates(5)
    assert "已经打了 5 分" in scene.rates(5)
    assert "哪里没做好" in scene.rates(3)
    assert "已经改过一次" in scene.rates(5)
    assert scene.row is not None
    assert scene.row.stars == 3


def test_a_button_is_too_old_after_a_week(scene: Scene) -> None:
    scene.at(12, 1, days=7)
    assert "过了可以评价的时间" in scene.rates(5)
    assert "过了可以评价的时间" in said(scene.customer.says("五星好评"))
    assert scene.row is None


def test_nobody_rates_somebody_elses_visit(scene: Scene, engine: Engine) -> None:
    stranger = Person(scene.engine, scene.company, scene.moment, "stranger")
    stranger.says("你好")
    scene.press(stranger, "rating", f"{scene.reference}:1")
    assert scene.row is None
    assert "没有可以评价" in said(stranger.says("五星"))


def test_a_recording_is_kept_for_whoever_rings(scene: Scene) -> None:
    scene.rates(3)
    scene.customer.says("不选")
    sound = scene.customer.keeps()
    scene.customer.sends(Voice(sound))
    assert scene.row is not None
    assert scene.row.media == [sound]
    scene.clerk.says("待办")
    assert "语音、照片: 1 个" in card(scene.clerk.says(scene.reference))


def card(messages: list) -> str:
    lines = messages[-1].content["card"]["lines"]
    return "\n".join(f"{label}: {value}" for label, value in lines)


def test_a_recording_is_no_answer_elsewhere(scene: Scene) -> None:
    assert scene.customer.sends(Voice(scene.customer.keeps()))
    scene.customer.says("收藏师傅")
    scene.customer.sends(Voice(scene.customer.keeps()))
    form = scene.customer.state().form
    assert form is not None
    assert form.asking == "worker"


def test_a_low_rating_is_a_complaint_with_everything_that_was_said(scene: Scene) -> None:
    scene.rates(2)
    scene.customer.says("收费不对", "多收了我五十块")
    with Session(scene.engine) as session:
        made = session.exec(select(Complaint)).one()
        assert made.visit_id == scene.id
        assert (made.source, made.severity) == ("rating", "s2")
        assert made.words == "收费不对\n多收了我五十块"
        thinks = matching.preferences(session, made.customer_id)
        assert thinks == {1: PreferenceKind.BLOCKED}
    assert "多收了我五十块" not in scene.hears(scene.worker)


def test_a_worker_who_must_not_come_again_is_taken_off_what_is_booked(scene: Scene) -> None:
    scene.customer.says("后天上午九点日常保洁3小时", "不用", "1", "王秀英", "没有", "确认")
    scene.worker.taps("接单")
    scene.clerk.reads()
    scene.rates(1)
    told = scene.clerk.reads()
    assert any("不再派给这位客户" in one.body for one in told)
    labels = [choice["label"] for one in told for choice in one.content["choices"]]
    assert any(label.startswith("换人：") for label in labels)


def test_who_was_blocked_before_stays_so_whatever_the_stars(scene: Scene) -> None:
    with transaction(scene.engine) as session:
        customer = session.get_one(Visit, scene.id).customer_id
        matching.block(session, customer, 1)
    scene.rates(1)
    scene.rates(5)
    with Session(scene.engine) as session:
        assert matching.preferences(session, customer) == {1: PreferenceKind.BLOCKED}


def test_thanks_that_come_at_night_reach_the_worker_in_the_morning(scene: Scene) -> None:
    scene.at(21, 30)
    scene.worker.reads()
    scene.rates(5)
    scene.customer.says("不选", "厨房特别亮")
    assert scene.hears(scene.worker) == ""
    scene.at(7, 0, days=1)
    scene.sweeps()
    assert "厨房特别亮" in scene.hears(scene.worker)


def test_thanks_that_were_taken_back_meanwhile_are_not_passed_on(scene: Scene) -> None:
    scene.at(21, 30)
    scene.rates(5)
    scene.customer.says("不选", "厨房特别亮")
    scene.rates(2)
    scene.worker.reads()
    scene.at(7, 0, days=1)
    scene.sweeps()
    assert "厨房特别亮" not in scene.hears(scene.worker)


@pytest.mark.parametrize(
    ("now", "days", "by"), [((12, 0), 1, (12, 0)), ((23, 30), 1, (22, 0)), ((2, 0), 0, (22, 0))]
)
def test_staff_ring_within_a_day_and_never_at_night(
    scene: Scene, now: tuple[int, int], days: int, by: tuple[int, int]
) -> None:
    scene.at(*now)
    with Session(scene.engine) as session:
        until = rating_recovery.call_by(telling.house_turn(session, scene.company, scene.moment.now))
    local = until.astimezone(scene.company.zone)
    assert (local.day, local.hour, local.minute) == (24 + days, *by)


def train(scene: Scene) -> int:
    """A talk with the worker is due; its number."""
    with transaction(scene.engine) as session:
        due = coaching.start(session, 1, Reason.LOW, scene.moment.now)
        assert due is not None
        return due.id or 0


def test_a_second_low_rating_calls_for_a_talk(scene: Scene) -> None:
    with transaction(scene.engine) as session:
        other = session.get_one(Visit, scene.id).model_copy(update={"id": None, "reference": "OTHER2"})
        session.add(Visit(**other.model_dump()))
        session.flush()
        earlier = session.exec(select(Visit).where(Visit.reference == "OTHER2")).one()
        session.add(Rating(visit_id=earlier.id or 0, worker_id=1, stars=1, rated_at=scene.moment.now - HOUR))
    scene.rates(2)
    assert "一个月里有两次低分" in scene.hears(scene.clerk)
    with Session(scene.engine) as session:
        assert session.exec(select(Coaching)).one().reasons == [Reason.LOW]
    assert "聊一聊近况" in scene.press(scene.worker, "myscore")


def test_of_two_who_say_that_they_talked_the_second_hears_who_was_first(scene: Scene) -> None:
    number = train(scene)
    assert "王秀英谈过了，又可以接新客户" in scene.press(scene.clerk, "coaching", str(number))
    assert "周敏已经和王秀英谈过了" in scene.press(scene.clerk, "coaching", str(number))
    assert "没有要谈的师傅" in said(scene.clerk.says("培训名单"))
    assert "没有找到" in scene.press(scene.clerk, "coaching", "999")


def test_talks_that_are_due_are_done_from_the_list(scene: Scene) -> None:
    train(scene)
    scene.clerk.says("要谈的师傅")
    assert "又可以接新客户" in said(scene.clerk.taps("谈过了：王秀英"))


def test_of_two_who_decide_an_objection_the_second_hears_what_the_first_said(scene: Scene) -> None:
    scene.rates(3)
    scene.press(scene.worker, "appealing")
    scene.worker.says("客户自己晚开门")
    scene.customer.reads()
    scene.press(scene.clerk, "appeals", f"{scene.reference}:no")
    assert "周敏已经处理过了：不成立" in scene.press(scene.clerk, "appeals", f"{scene.reference}:yes")
    assert "照算" not in scene.hears(scene.worker)
    assert scene.hears(scene.customer) == ""
    assert scene.row is not None
    assert scene.row.excluded is None


def test_objections_that_wait_are_listed(scene: Scene) -> None:
    assert "没有等着处理" in said(scene.clerk.says("评分异议"))
    scene.rates(3)
    scene.press(scene.worker, "appealing")
    scene.worker.says("客户自己晚开门")
    assert "客户自己晚开门" in card(scene.clerk.says("评分异议"))


def test_one_rating_alone_is_not_told_as_a_score(scene: Scene) -> None:
    with transaction(scene.engine) as session:
        worker = session.get_one(Worker, 1)
        worker.rating, worker.rated = 0.0, 0
    scene.rates(1)
    assert "还不到 3 位" in scene.press(scene.worker, "myscore")


def test_stars_reach_matching_at_once(scene: Scene) -> None:
    with Session(scene.engine) as session:
        before = session.get_one(Worker, 1).rating
    scene.rates(1)
    with Session(scene.engine) as session:
        worker = session.get_one(Worker, 1)
        assert worker.rating < before
        assert worker.rating == pytest.approx(
            scores.of_worker(session, scene.company, worker, scene.moment.now).stars, abs=0.01
        )
        assert (
            ratings.why_not(session, scene.company, session.get_one(Visit, scene.id), scene.moment.now)
            == "it is rated"
        )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5星", 5), ("五星", 5), ("五颗星", 5), ("好评", 5), ("五星好评！", 5), ("3分", 3), ("给4分吧", 4),
        ("five stars", 5), ("4-star", 4), ("3 out of 5", 3), ("2/5", 2), ("⭐⭐⭐", 3), ("一般", 3),
        ("两分", 2), ("很满意", 5),
        ("不满意", 2), ("差评", 1), ("great", 5), ("so so", 3), ("5星，就是慢了点", 5),
        ("3分钟", None), ("10分", None), ("4.5星", None), ("十分感谢", None), ("四五分吧", None),
        ("五分之一", None), ("15分", None), ("从3星改成5星", None),
    ],
)  # fmt: skip
def test_stars_are_read_however_people_say_them(typed: str, meant: int | None) -> None:
    assert stars.read(typed) == meant


@pytest.mark.parametrize("typed", ["6星", "0分", "10分", "4.5 stars", "十分"])
def test_more_or_fewer_stars_than_there_are(typed: str) -> None:
    assert stars.is_beyond(typed)


@pytest.mark.parametrize("typed", ["5星", "十分感谢", "3分钟", "好评"])
def test_what_is_no_number_of_stars_is_not_too_many(typed: str) -> None:
    assert not stars.is_beyond(typed)
