"""Care and contact around a visit: what people do twice, too late, at once, or should not be able to do."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot import afterwards
from bot.messages import Place, Tap
from core import alarms, bindings, customers, earnings, identities, observations, staff, visits, welfare
from core.alarms import Alarm, Outcome
from core.company import Company
from core.customers import Address, Customer
from core.database import transaction
from core.observations import Observation, What
from core.reminders import Reminder
from core.staff import Rank
from core.timeline import Entry
from core.visits import Status, Visit
from core.welfare import Light, WelfareReport
from tests import town
from tests.conftest import Moment
from tests.talk import Person, sweep

HOME = "武侯区科华北路12号3栋501"
BOOK = (
    "明天上午九点日常保洁3小时",
    "不用",
    HOME,
    "有老人",
    "都可以",
    "王女士",
    "13800001234",
    "没有",
    "确认",
)


class Scene:
    """A visit of tomorrow at nine, with its customer, its worker, another worker and a clerk."""

    def __init__(self, engine: Engine, company: Company, moment: Moment) -> None:
        self.engine, self.company, self.moment = engine, company, moment
        with transaction(engine) as session:
            town.furnish(session, company, moment.now)
        self.customer, self.worker, self.other, self.clerk = (
            Person(engine, company, moment, user) for user in ("customer", "worker", "worker-2", "staff")
        )
        self.customer.says(*BOOK)
        self.worker.taps("接单")
        for person in (self.worker, self.other, self.clerk):
            person.reads()
        with transaction(engine) as session:
            self.reference = self.visit(session).reference

    def visit(self, session: Session) -> Visit:
        return session.exec(select(Visit)).one()

    def at(self, hour: int, minute: int = 0, days: int = 1) -> None:
        """Set the clock to a time of the day of the visit."""
        self.moment.at(self.moment.now.replace(day=23, hour=hour, minute=minute) + timedelta(days=days))

    def ends(self) -> None:
        """The visit is worked on and finished at noon."""
        self.at(12)
        with transaction(self.engine) as session:
            visit = self.visit(session)
            for status in (Status.ARRIVED, Status.WORKING, Status.FINISHED):
                visits.advance(session, visit, status, actor="worker", now=self.moment.now)
            afterwards.plan(session, self.company, visit, self.moment.now)

    def sweeps(self) -> None:
        sweep(self.engine, self.company)

    def press(self, person: Person, name: str, argument: str = "") -> str:
        """Press a button that is as old as may be; everything that was answered."""
        said = person.sends(Tap(":".join(filter(None, ("go", name, argument)))))
        return "\n".join(message.body for message in said)

    def heard(self, person: Person) -> str:
        return "\n".join(message.body for message in person.reads())


@pytest.fixture
def scene(engine: Engine, company: Company, moment: Moment) -> Scene:
    return Scene(engine, company, moment)


def test_an_old_reply_button_is_closed_a_day_after_the_visit(scene: Scene) -> None:
    scene.ends()
    scene.moment.forward(hours=23)
    assert "要说什么" in scene.press(scene.worker, "messaging", scene.reference)
    scene.worker.says("取消")
    scene.moment.forward(hours=2)
    for person in (scene.worker, scene.customer):
        assert "留言已经关了" in scene.press(person, "messaging", scene.reference)


def test_a_form_left_open_until_the_relay_closed_passes_nothing_on(scene: Scene) -> None:
    scene.ends()
    scene.press(scene.worker, "messaging", scene.reference)
    scene.moment.forward(hours=25)
    scene.customer.reads()
    scene.worker.says("我的钥匙忘在您家了")
    assert "钥匙" not in scene.heard(scene.customer)


def test_only_who_leads_may_write_and_nobody_of_another_visit(scene: Scene) -> None:
    assert "留言已经关了" in scene.press(scene.other, "messaging", scene.reference)
    stranger = Person(scene.engine, scene.company, scene.moment, "stranger")
    assert "留言已经关了" in scene.press(stranger, "messaging", scene.reference)


def test_a_question_is_passed_on_and_not_answered_by_us(scene: Scene) -> None:
    scene.press(scene.customer, "messaging", scene.reference)
    scene.customer.says("你几点到？要多少钱？")
    assert "你几点到？要多少钱？" in scene.heard(scene.worker)


def test_the_story_says_who_wrote_and_not_what(scene: Scene) -> None:
    scene.customer.says("跟阿姨说密码是8842")
    scene.worker.says("跟客户说收到")
    with transaction(scene.engine) as session:
        lines = session.exec(select(Entry).where(col(Entry.what).like("%-wrote")).order_by(Entry.id)).all()
        assert [(line.what, line.actor) for line in lines] == [
            ("customer-wrote", "customer"),
            ("worker-wrote", "worker"),
        ]
        assert not any(line.detail for line in lines)


def test_what_waits_for_the_morning_is_kept_no_longer(scene: Scene) -> None:
    scene.at(22, days=0)
    scene.customer.says("跟阿姨说门铃坏了")
    assert "门铃" not in scene.heard(scene.worker)
    scene.at(7)
    scene.sweeps()
    scene.sweeps()
    assert scene.heard(scene.worker).count("门铃坏了") == 1
    with transaction(scene.engine) as session:
        said = session.exec(select(Reminder).where(Reminder.kind == "relay")).one()
        assert (said.payload, said.outcome) == ({}, "said")


def test_staff_ring_a_worker_who_cannot_be_written_to(scene: Scene) -> None:
    with transaction(scene.engine) as session:
        for chat in identities.of_worker(session, 1):
            identities.lose(session, chat, now=scene.moment.now)
    scene.customer.says("跟阿姨说门铃坏了")
    assert "请打电话转告" in scene.heard(scene.clerk)


@pytest.mark.parametrize("words", ["求助", "救命啊", "SOS", "help me", "有人打我，救命"])
def test_a_call_beats_every_form(scene: Scene, words: str) -> None:
    scene.press(scene.worker, "messaging", scene.reference)
    scene.customer.reads()
    assert "110" in scene.worker.says(words)[-1].body
    assert scene.worker.state().form is None
    assert "在求助" in scene.heard(scene.clerk)
    assert scene.heard(scene.customer) == ""


def test_a_customers_words_of_danger_stay_what_they_were(scene: Scene) -> None:
    scene.customer.says("救命")
    with transaction(scene.engine) as session:
        assert session.exec(select(Alarm)).first() is None


def test_nobody_but_staff_changes_a_frozen_visit(scene: Scene) -> None:
    scene.at(8)
    scene.worker.says("求助")
    now, company = scene.moment.now, scene.company
    with transaction(scene.engine) as session:
        visit = scene.visit(session)
        assert alarms.is_frozen(session, visit.id or 0)
        later = visit.starts_at + timedelta(days=1)
        for actor in ("customer", "worker", "bot"):
            with pytest.raises(alarms.Frozen):
                visits.cancel(session, company, visit, actor=actor, now=now)
            with pytest.raises(alarms.Frozen):
                visits.move(session, company, visit, starts_at=later, agreed_fee=0, actor=actor, now=now)
            with pytest.raises(alarms.Frozen):
                visits.reassign(session, company, visit, leaving=[1], actor=actor, reason="-", now=now)
            with pytest.raises(alarms.Frozen):
                visits.advance(session, visit, Status.ARRIVED, actor=actor, now=now)
        assert visit.status is Status.CONFIRMED
        visits.reassign(session, company, visit, leaving=[1], actor="staff", reason="-", now=now)
        alarms.settle(session, session.exec(select(Alarm)).one(), 1, Outcome.GOES_ON, now=now)
        visits.cancel(session, company, visit, actor="customer", agreed_fee=50_00, now=now)


def test_a_frozen_visit_is_not_reminded_of(scene: Scene) -> None:
    scene.at(6, 50)
    scene.worker.says("求助")
    scene.customer.reads()
    scene.at(7, 1)
    scene.sweeps()
    assert scene.heard(scene.customer) == ""


def test_calling_twice_is_one_call_that_is_heard_twice(scene: Scene) -> None:
    scene.worker.says("求助")
    scene.worker.says("求助")
    assert "又求助了一次" in scene.heard(scene.clerk)
    with transaction(scene.engine) as session:
        assert len(session.exec(select(Alarm)).all()) == 1


def test_a_worker_without_a_visit_is_heard_as_well(scene: Scene) -> None:
    scene.other.says("求助")
    assert "李建国在求助" in scene.heard(scene.clerk)
    with transaction(scene.engine) as session:
        assert session.exec(select(Alarm)).one().visit_id is None


def test_an_untaken_call_is_said_five_times_to_those_above_and_stays_on_the_list(scene: Scene) -> None:
    with transaction(scene.engine) as session:
        lead = staff.hire(session, name="陈组长", role=Rank.LEAD, language="zh-CN")
        identities.bind_staff(session, "web", "main", "lead", lead.id or 0, now=scene.moment.now)
    above = Person(scene.engine, scene.company, scene.moment, "lead")
    scene.worker.says("求助")
    scene.worker.says("误触")  # whoever threatens her may have made her say so
    assert "在求助" in scene.heard(above)
    assert "误触" in scene.heard(scene.clerk)
    said = ""
    for _ in range(10):
        scene.moment.forward(minutes=3)
        scene.sweeps()
        said += scene.heard(above)
    assert said.count("还没有人处理") == scene.company.policies.alarm_again_times
    assert scene.heard(scene.clerk) == ""
    assert "1 个求助还没了结" in scene.press(scene.clerk, "desk")


def test_of_two_who_take_a_call_one_does_and_the_worker_hears_once(scene: Scene) -> None:
    with transaction(scene.engine) as session:
        lead = staff.hire(session, name="陈组长", role=Rank.LEAD, language="zh-CN")
        identities.bind_staff(session, "web", "main", "lead", lead.id or 0, now=scene.moment.now)
    above = Person(scene.engine, scene.company, scene.moment, "lead")
    scene.worker.says("求助")
    assert "由您处理" in scene.press(scene.clerk, "rescue", "1")
    assert "周敏已经在处理" in scene.press(above, "rescue", "1")
    assert "由您处理" in scene.press(scene.clerk, "rescue", "1")
    assert scene.heard(scene.worker).count("收到您的求助") == 1
    scene.moment.forward(minutes=4)
    above.reads()
    scene.sweeps()
    assert scene.heard(above) == ""


def test_a_call_is_settled_once(scene: Scene) -> None:
    scene.worker.says("求助")
    scene.press(scene.clerk, "settling", "1")
    scene.clerk.taps("人安全，上门继续")
    scene.clerk.taps("跳过")
    for name in ("settling", "rescue"):
        assert "已经了结了" in scene.press(scene.clerk, name, "1")
    assert "没有找到" in scene.press(scene.clerk, "rescue", "77")
    assert "照常继续" in scene.heard(scene.worker)


def test_a_visit_being_worked_on_is_ended_by_staff(scene: Scene) -> None:
    scene.at(10)
    with transaction(scene.engine) as session:
        for status in (Status.ARRIVED, Status.WORKING):
            visits.advance(session, scene.visit(session), status, actor="worker", now=scene.moment.now)
    scene.worker.says("求助")
    scene.press(scene.clerk, "settling", "1")
    scene.clerk.taps("人安全，上门到此为止")
    scene.clerk.says("客户动手")
    assert "提前结束" in scene.heard(scene.customer)
    with transaction(scene.engine) as session:
        assert scene.visit(session).status is Status.FINISHED


def test_a_place_goes_to_staff_only_while_a_call_is_open(scene: Scene) -> None:
    scene.worker.sends(Place(30.65, 104.08))
    assert scene.heard(scene.clerk) == ""
    scene.worker.says("求助")
    assert "30.65000, 104.08000" in str(scene.clerk.reads()[-1].content)
    scene.worker.sends(Place(30.66, 104.09))
    assert "30.66000, 104.09000" in str(scene.clerk.reads()[-1].content)


def tell(scene: Scene, *told: tuple[What, str]) -> None:
    with transaction(scene.engine) as session:
        visit = scene.visit(session)
        for what, words in told:
            observations.propose(session, visit, 1, what, words=words, now=scene.moment.now)


def test_nothing_noticed_changes_the_home_before_a_yes(scene: Scene) -> None:
    scene.ends()
    tell(scene, (What.PETS, ""), (What.ACCESS, "密码 8842"), (What.ALLERGY, "猫毛"))
    with transaction(scene.engine) as session:
        assert not customers.home(session, 1).pets
        assert session.exec(select(Address)).one().access_note is None
    assert "王秀英上次" in scene.customer.says("你好")[-1].body
    scene.press(scene.customer, "observations", f"{scene.reference}:yes")
    with transaction(scene.engine) as session:
        home = customers.home(session, 1)
        assert home.pets
        assert home.allergy == "猫毛 (王秀英反馈，11月24日周二)"
        assert session.exec(select(Address)).one().access_note == "密码 8842 (王秀英反馈，11月24日周二)"
        assert {one.decided_by for one in session.exec(select(Observation))} == {"customer"}


def test_of_a_yes_and_a_no_the_first_counts_and_the_customer_is_asked_once(scene: Scene) -> None:
    scene.ends()
    tell(scene, (What.PETS, ""))
    assert "不记" in scene.press(scene.clerk, "observations", f"{scene.reference}:no")
    assert "已经处理好了" in scene.press(scene.customer, "observations", f"{scene.reference}:yes")
    assert "王秀英上次" not in scene.customer.says("你好")[-1].body
    tell(scene, (What.OTHER, "换了沙发"))
    assert "换了沙发" in scene.customer.says("你好")[-1].body
    assert "换了沙发" not in scene.customer.says("你好")[-1].body


def test_a_stranger_says_neither_yes_nor_no(scene: Scene) -> None:
    scene.ends()
    tell(scene, (What.PETS, ""))
    stranger = Person(scene.engine, scene.company, scene.moment, "stranger")
    assert "没找到" in scene.press(stranger, "observations", f"{scene.reference}:yes")


def test_what_nobody_confirms_is_dropped(scene: Scene) -> None:
    scene.ends()
    tell(scene, (What.PETS, ""))
    scene.moment.forward(days=scene.company.policies.observation_days, minutes=1)
    scene.sweeps()
    with transaction(scene.engine) as session:
        assert session.exec(select(Observation)).one().status is observations.Status.EXPIRED
    assert "已经处理好了" in scene.press(scene.customer, "observations", f"{scene.reference}:yes")


def watch(scene: Scene, contact: tuple[str, str] | None = None) -> None:
    with transaction(scene.engine) as session:
        welfare.agree(session, 1, text_version="t", contact=contact, now=scene.moment.now)


def test_without_consent_the_worker_is_not_asked_and_cannot_report(scene: Scene) -> None:
    scene.ends()
    scene.moment.forward(minutes=6)
    scene.sweeps()
    assert "今天怎么样" not in scene.heard(scene.worker)
    assert "没有开关怀灯" in scene.press(scene.worker, "lighting", f"{scene.reference}:red")
    with transaction(scene.engine) as session:
        assert session.exec(select(WelfareReport)).first() is None


def test_green_tells_nobody(scene: Scene) -> None:
    watch(scene)
    scene.ends()
    scene.customer.reads()
    scene.press(scene.worker, "lighting", f"{scene.reference}:green")
    assert scene.heard(scene.customer) == scene.heard(scene.clerk) == ""
    with transaction(scene.engine) as session:
        assert session.exec(select(Entry).where(Entry.what == "light-green")).one().for_worker is False


def test_red_goes_out_at_once_and_words_follow(scene: Scene) -> None:
    watch(scene, ("儿子小陈", "+8613900005678"))
    scene.ends()
    scene.customer.reads()
    assert "120" in scene.press(scene.worker, "lighting", f"{scene.reference}:red")
    family, clerk = scene.customer.reads()[-1], scene.clerk.reads()[-1]
    assert "120" in family.body
    assert family.content["critical"]
    assert clerk.content["critical"]
    assert "儿子小陈 139 0000 5678" in clerk.body
    assert "已经记过了" in scene.press(scene.worker, "lighting", f"{scene.reference}:red")
    scene.press(scene.worker, "lighting", f"{scene.reference}:more")
    scene.worker.says("爷爷叫不醒")
    assert "爷爷叫不醒" in scene.heard(scene.customer)
    assert "爷爷叫不醒" in scene.heard(scene.clerk)
    with transaction(scene.engine) as session:
        assert [(one.light, one.words) for one in session.exec(select(WelfareReport))] == [
            (Light.RED, "爷爷叫不醒")
        ]
        assert "叫不醒" not in str([one.model_dump() for one in session.exec(select(Entry))])


def test_the_light_is_for_homes_with_elders_or_infants(scene: Scene) -> None:
    stranger = Person(scene.engine, scene.company, scene.moment, "stranger")
    assert "先在“改家里情况”里告诉我" in scene.press(stranger, "watching")
    assert "另一位家人" not in scene.press(stranger, "welfare")


def test_consent_is_taken_back_once_and_kept_on_record(scene: Scene) -> None:
    watch(scene)
    watch(scene, ("小陈", "+8613900005678"))
    assert "不会再被问到" in scene.press(scene.customer, "welfare", "stop")
    assert "不会再被问到" not in scene.press(scene.customer, "welfare", "stop")
    with transaction(scene.engine) as session:
        kept = session.exec(select(welfare.WelfareConsent)).all()
        assert len(kept) == 2
        assert all(one.revoked_at for one in kept)


@pytest.mark.parametrize("both", [True, False])
def test_a_consent_goes_along_when_two_customers_become_one(
    session: Session, moment: Moment, both: bool
) -> None:
    now = moment.now
    one, other = (
        identities.behind(session, "web", "main", user, language="en", now=now) for user in ("one", "other")
    )
    kept, given = one.customer_id or 0, other.customer_id or 0
    welfare.agree(session, given, text_version="t", contact=None, now=now)
    if both:
        welfare.agree(session, kept, text_version="t", contact=None, now=now)
    made = bindings.bind(session, other, bindings.offer(session, one, now).code, now)
    assert welfare.consent_of(session, kept) is not None
    bindings.undo(session, made.merge_id, by=_clerk(session), now=now)
    assert welfare.consent_of(session, given) is not None
    assert (welfare.consent_of(session, kept) is not None) is both


def _clerk(session: Session) -> int:
    return staff.hire(session, name="周敏", role=Rank.CLERK, language="zh-CN").id or 0


def test_a_week_ends_on_sunday_evening_and_loses_no_visit(scene: Scene) -> None:
    scene.ends()
    with transaction(scene.engine) as session:
        visit = scene.visit(session)
        sunday = earnings.ends_at(scene.company, scene.moment.now)
        assert (sunday.isoweekday(), sunday.hour) == (7, 19)
        assert earnings.ends_at(scene.company, sunday) == sunday + timedelta(days=7)
        week = earnings.of_week(session, scene.company, 1, sunday)
        assert (week.visits, week.income) == (1, visit.total * 60 // 100)
        ended = visit.closed_at
        assert ended is not None
        assert earnings.of_week(session, scene.company, 1, ended).visits == 0
        assert earnings.of_week(session, scene.company, 1, ended + timedelta(days=7)).visits == 1


def test_nobody_is_asked_in_the_night_nor_long_after(scene: Scene) -> None:
    with transaction(scene.engine) as session:
        visit = scene.visit(session)
        late = scene.moment.now.replace(hour=21, minute=30)
        afterwards.plan(session, scene.company, visit, late)
        afterwards.plan(session, scene.company, visit, late)
        ours = col(Reminder.dedupe_key).like("visit-observed:%:ask")
        asked = session.exec(select(Reminder).where(ours)).one()
        assert asked.due_at.astimezone(scene.company.zone).hour == 7


def test_the_worker_never_reads_a_number_for_a_name(scene: Scene) -> None:
    with transaction(scene.engine) as session:
        session.exec(select(Customer)).one().name = None
    scene.customer.says("跟阿姨说门铃坏了")
    heard = scene.heard(scene.worker)
    assert "门铃坏了" in heard
    assert "138" not in heard
