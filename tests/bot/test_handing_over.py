"""Conversations that go to a person of ours and back: whose they are, what is promised, nobody stranded."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.messages import Arrived, Contact, Left, Photo, Place, Tap, Text, Voice
from bot.trail import Outcome
from core import bindings, customers, duties, handoffs, identities, staff, team
from core.company import Company
from core.database import transaction
from core.grants import Allowance
from core.handoffs import Handoff, Status
from core.reminders import Reminder
from core.staff import Rank, StaffMember
from core.ways import Limits
from tests.talk import Person, sweep

ZONE = ZoneInfo("Asia/Shanghai")


def clerk(person: Person, user: str = "staff") -> Person:
    return Person(person.engine, person.company, person.moment, user)


def colleague(person: Person, name: str = "陈静", rank: Rank = Rank.CLERK) -> Person:
    """Somebody more on the staff, with a chat."""
    with transaction(person.engine) as session:
        member = staff.hire(session, name=name, role=rank, language="zh-CN")
        identities.bind_staff(session, "web", "main", name, member.id or 0, now=person.moment.now)
    return clerk(person, name)


def talk(person: Person) -> Person:
    """A customer asks for a person and the clerk takes over; the clerk."""
    person.says("人工")
    serving = clerk(person)
    serving.reads()
    serving.taps("接手")
    person.reads()
    return serving


def row(engine: Engine) -> Handoff:
    with transaction(engine) as session:
        return session.exec(select(Handoff).order_by(col(Handoff.id).desc()).limit(1)).one()


def bodies(heard: list) -> list[str]:
    return [message.body for message in heard]


def test_the_bot_is_silent_while_a_person_talks(person: Person) -> None:
    serving = talk(person)
    for content in (
        Text("取消"),
        Text("多少钱"),
        Tap("go:booking", "预约服务"),
        Voice("x"),
        Contact("+8613800001234"),
    ):
        assert person.sends(content) == []
        assert person.receipts[-1].outcome is Outcome.PASSED
        assert person.receipts[-1].replies == ()
    assert person.sends(Photo(person.keeps(), "沙发")) == []
    assert person.sends(Place(30.65, 104.08, "南门")) == []
    said = bodies(serving.reads())
    assert len(said) == 7
    assert said[:3] == ["新客户1号：取消", "新客户1号：多少钱", "新客户1号：（点了“预约服务”）"]
    assert "沙发" in said[5]
    assert "南门" in said[6]


def test_every_picture_of_an_album_is_passed_on(person: Person) -> None:
    serving = talk(person)
    for _ in range(3):
        person.sends(Photo(person.keeps(), "", "album"))
    assert len(serving.reads()) == 3


def test_opening_the_page_again_breaks_no_silence_and_a_link_still_works(person: Person) -> None:
    talk(person)
    assert person.sends(Arrived()) == []
    assert person.sends(Arrived("prices"))


def test_a_repeated_message_is_passed_on_once(person: Person) -> None:
    serving = talk(person)
    person.sends(Text("在吗"), "same")
    person.sends(Text("在吗"), "same")
    assert bodies(serving.reads()) == ["新客户1号：在吗"]
    assert person.receipts[-1].outcome is Outcome.REPEATED


def test_danger_is_heard_by_both_and_the_form_stays(person: Person) -> None:
    person.says("预约", "保洁", "日常保洁")
    before = person.state()
    serving = talk(person)
    heard = person.says("漏气了，闻到煤气味")
    assert len(heard) == 1
    assert "119" in heard[0].body
    assert not heard[0].content["choices"]
    assert any("漏气" in one and "⚠" in one for one in bodies(serving.reads()))
    assert person.state().form == before.form


def test_the_customer_gets_out_by_a_word(person: Person) -> None:
    serving = talk(person)
    assert person.says("不用了") == []  # an answer to the person
    assert "我来" in person.says("机器人")[0].body
    assert "不等客服了" in serving.reads()[-1].body
    assert "没有发出去" in serving.says("您好")[0].body
    assert row(person.engine).status is Status.CLOSED
    assert person.says("多少钱")


def test_no_reminder_of_a_form_interrupts_a_talk(person: Person, engine: Engine, company: Company) -> None:
    person.says("预约")
    serving = talk(person)
    serving.says("您好")
    person.reads()
    person.moment.forward(minutes=11)
    sweep(engine, company)
    assert person.reads() == []
    assert serving.reads() == []


def test_commands_and_menus_are_not_for_the_customer(person: Person) -> None:
    serving = talk(person)
    for words in ("菜单", "/待办", "/菜单", "备注 要发票", "转给"):
        serving.says(words)
    assert bodies(person.reads()) == []
    assert row(person.engine).notes == "周敏：要发票"


def test_words_that_mean_something_to_the_bot_reach_the_customer_as_they_are(person: Person) -> None:
    serving = talk(person)
    for words in ("取消", "2", "好的", "改时间可以吗？", "上一步", "人工"):
        assert bodies(serving.says(words)) == ["已发给新客户1号。"]
        assert bodies(person.reads()) == [f"客服周敏：{words}"]


def test_two_talks_in_one_chat_are_kept_apart(person: Person) -> None:
    serving = talk(person)
    other = clerk(person, "customer-2")
    other.says("人工")
    serving.says("/接手")
    serving.taps("接手新客户2号")
    other.reads()
    assert person.says("还在吗") == []
    shown = serving.reads()[-1]
    assert shown.body == "新客户1号：还在吗"
    assert [one["label"] for one in shown.content["choices"]] == ["回复新客户1号"]
    serving.says("给二号")
    assert bodies(other.reads()) == ["客服周敏：给二号"]
    serving.taps("回复新客户1号")
    serving.says("给一号")
    assert bodies(person.reads()) == ["客服周敏：给一号"]
    assert other.reads() == []


def test_the_second_of_two_who_take_it_hears_who_has_it(person: Person) -> None:
    second = colleague(person)
    person.says("人工")
    first = clerk(person)
    first.taps("接手")
    assert "周敏" in second.taps("接手")[-1].body
    assert row(person.engine).taken_by == 1


def test_after_a_restart_the_talk_goes_on(person: Person) -> None:
    talk(person)
    again = clerk(person)  # nothing is kept but rows
    again.says("我还在")
    assert bodies(person.reads()) == ["客服周敏：我还在"]


@pytest.mark.parametrize("how", ["dismissed", "chat lost"])
def test_whoever_cannot_answer_any_more_leaves_nobody_alone(
    person: Person, how: str, engine: Engine, company: Company
) -> None:
    second = colleague(person)
    serving = talk(person)
    person.says("在吗")
    second.reads()
    if how == "dismissed":
        with transaction(engine) as session:
            team.dismiss_member(session, company, session.get_one(StaffMember, 1), person.moment.now)
    else:
        serving.sends(Left())
    sweep(engine, company)
    assert "临时走开" in person.reads()[-1].body
    assert "还没说完" in second.reads()[-1].body
    assert (row(engine).status, row(engine).left_by) == (Status.WAITING, 1)
    second.taps("接手")
    second.says("我接着说")
    assert person.reads()[-1].body == "客服陈静：我接着说"


def test_words_typed_after_the_lease_still_go_out(person: Person, engine: Engine, company: Company) -> None:
    serving = talk(person)
    for _ in range(2):
        person.moment.forward(minutes=10)
        sweep(engine, company)
    assert row(engine).status is Status.WAITING
    serving.says("来了来了")
    assert person.reads()[-1].body == "客服周敏：来了来了"
    assert row(engine).status is Status.TAKEN


def test_a_talk_in_which_nobody_says_anything_goes_back_to_the_bot(
    person: Person, engine: Engine, company: Company
) -> None:
    serving = talk(person)
    serving.says("好了")
    person.reads()
    person.moment.forward(minutes=121)
    sweep(engine, company)
    assert "交还" in serving.reads()[-1].body
    assert person.says("多少钱")


def test_the_ladder_is_climbed_minute_by_minute(person: Person, engine: Engine, company: Company) -> None:
    lead, manager = colleague(person, "吴姐", Rank.LEAD), colleague(person, "王总", Rank.MANAGER)
    serving = clerk(person)
    with transaction(engine) as session:
        duties.come(session, company, 1, person.moment.now)
    person.says("人工")
    person.reads()
    everybody = {"clerk": serving, "lead": lead, "manager": manager, "customer": person}
    said = []
    for minute in range(181):
        sweep(engine, company)
        said += [(minute, who) for who, chat in everybody.items() if chat.reads()]
        person.moment.forward(minutes=1)
    assert said == [
        (0, "clerk"), (10, "lead"), (10, "customer"), (20, "manager"), (20, "customer"),
        (30, "manager"), (30, "customer"), *((minute, "manager") for minute in range(60, 181, 30)),
    ]  # fmt: skip


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("asked", "promised"),
    [
        (at(23, 10), "10:10"),
        (at(23, 11, 55), "13:05"),
        (at(23, 18, 25), "明天 11月24日周二 08:35"),
        (at(23, 23, 50), "明天 11月24日周二 08:40"),
        (at(28, 8), "09:10"),
        (at(5, 9, month=2, year=2027), "2月8日周一 10:10"),
    ],
    ids=["at work", "over lunch", "into the evening", "at night", "on a Saturday", "at Spring Festival"],
)
def test_what_is_promised_is_a_time_at_which_somebody_is_there(
    person: Person, asked: datetime, promised: str
) -> None:
    person.moment.at(asked)
    assert f"{promised} 前" in person.says("人工")[0].body


def test_whoever_is_on_duty_at_night_is_alerted_and_promised_for(
    person: Person, engine: Engine, company: Company
) -> None:
    person.moment.at(at(23, 23))
    with transaction(engine) as session:
        duties.come(session, company, 1, person.moment.now)
    assert "23:10 前" in person.says("人工")[0].body
    assert "在等客服" in clerk(person).reads()[-1].body


def test_over_spring_festival_nobody_is_woken_and_nobody_forgotten(
    person: Person, engine: Engine, company: Company
) -> None:
    person.moment.at(at(5, 9, month=2, year=2027))
    person.says("人工")
    serving = clerk(person)
    serving.reads()
    for _ in range(24 * 3 - 1):  # then comes the list of the first morning
        person.moment.forward(hours=1)
        sweep(engine, company)
    assert serving.reads() == []
    person.moment.at(at(8, 10, month=2, year=2027))
    sweep(engine, company)
    assert "在等客服" in serving.reads()[-1].body


def test_what_the_window_holds_back_is_told_to_staff(person: Person) -> None:
    limits = Limits(counted=True, earns={"message": Allowance("wrote", 5, timedelta(hours=48))})
    serving = talk(person)
    serving.limits = limits  # of the account that both use here
    said = serving.says("您好")[0]
    assert "先存着" in said.body


def test_a_call_back_is_for_a_time_at_which_somebody_is_there(person: Person) -> None:
    person.says("给我回电话", "13800001234")
    heard = person.says("今晚十一点")[-1]
    assert "不上班" in heard.body
    assert heard.content["choices"][0]["label"] == "明天 11月24日周二 08:30"
    assert "08:30 起" in person.taps("明天 11月24日周二 08:30")[0].body
    assert row(person.engine).topic == "callback"


def test_a_complaint_made_of_a_talk_has_a_number_and_a_promise(person: Person) -> None:
    serving = talk(person)
    serving.says("还给机器人")
    serving.taps("转成投诉")
    assert "投诉1号" in person.reads()[-1].body


def test_staff_take_a_conversation_by_name_number_or_visit(person: Person, engine: Engine) -> None:
    with transaction(engine) as session:
        for number in range(2):
            made = customers.greet(session, language="zh-CN", now=person.moment.now)
            customers.rename(session, made, "李姐")
            customers.set_phone(session, made, f"+861380000{5678 + number}")
    serving = clerk(person)
    assert [one["label"] for one in serving.says("接手 李姐")[0].content["choices"]] == [
        "李姐 5679",
        "李姐 5678",
    ]
    assert "只能打电话" in str(serving.taps("李姐 5679")[0].content["card"])
    first = row(engine).customer_id
    serving.says("/接手 5678")
    assert row(engine).customer_id not in (first, 0)
    assert "没找到" in serving.says("/接手 赵姐")[0].body


def test_merged_customers_keep_the_talk_and_apart_again_both_are_looked_after(
    person: Person, engine: Engine, company: Company
) -> None:
    other = clerk(person, "customer-2")
    other.says("人工")
    serving = talk(person)
    serving.reads()
    with transaction(engine) as session:
        mine, theirs = (identities.find(session, "web", "main", one) for one in ("customer", "customer-2"))
        assert mine
        assert theirs
        kept, given = bindings.merging.lock(session, mine.customer_id or 0, theirs.customer_id or 0)
        made = bindings.merging.merge(
            session, kept, given, mine, person.moment.now, proof=bindings.tables.Proof.CODE
        )
        merge_id = made.id
    everybody_is_seen_to(engine)
    with transaction(engine) as session:
        bindings.merging.undo(session, merge_id or 0, by=1, now=person.moment.now)
    everybody_is_seen_to(engine)


def everybody_is_seen_to(engine: Engine) -> None:
    """Every open hand-off has a reminder that looks at it in time; what is taken has a lease that ends."""
    with transaction(engine) as session:
        waiting = session.exec(
            select(Reminder).where(Reminder.kind == handoffs.KIND, Reminder.status == "waiting")
        ).all()
        for one in session.exec(select(Handoff).where(Handoff.status != Status.CLOSED)):
            assert one.look_at is not None
            due = [each.due_at for each in waiting if each.subject == str(one.id)]
            assert due
            assert min(due) <= one.look_at
            if one.status is Status.TAKEN:
                assert one.lease_until is not None
                assert min(due) <= one.lease_until
