"""Each complaint in a topic of the staff's group, over sockets: worked on there, and what goes wrong."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot import complaints as telling_of
from bot import meeting, telling
from core import company as company_file
from core import complaints, duties, identities, rooms, staff, topics
from core.accounts import ChannelAccount
from core.company import Company
from core.complaints import Complaint, Kind, Source, Step, handling, history
from core.correspondence import Direction, Message, Status
from core.database import transaction
from core.matching import Assignment
from core.rooms import Hall
from core.staff import Rank, StaffMember
from core.visits import Visit
from core.workers import Worker
from tests.channels.house import PNG, until
from tests.channels.telegram import house as telegram_house
from tests.channels.telegram.house import ACCOUNT, STAFF, House, opened
from tests.conftest import Moment
from tests.doubles.telegram import Double, Group, Person, shelf

WANG, CHEN, ZHAO, CUSTOMER = 41, 42, 43, 810000009
WORDS = "你们的人把我家花瓶摔碎了"


def hire(engine: Engine, moment: Moment, user: int, name: str, role: Rank) -> int:
    with transaction(engine) as session:
        member = staff.hire(session, name=name, role=role, language="zh-CN")
        assert member.id is not None
        identities.bind_staff(session, "telegram", ACCOUNT, str(user), member.id, now=moment.now)
        return member.id


@pytest.fixture
def wang(double: Double, engine: Engine, company: Company, moment: Moment) -> Person:
    return double.person(WANG, "王姐", started=True)


@pytest.fixture
def chen(double: Double) -> Person:
    return double.person(CHEN, "陈主管", started=True)


@pytest.fixture
def customer(double: Double) -> Person:
    return double.person(CUSTOMER, "周女士", started=True)


@pytest.fixture
def group(double: Double) -> Group:
    return double.group(STAFF, "客服群", forum=True)


@pytest.fixture
async def house(
    engine: Engine, company: Company, moment: Moment, double: Double, group: Group, tmp_path: Path
) -> AsyncIterator[House]:
    telegram_house.furnish(engine, company, moment, staff_chat=STAFF)
    with transaction(engine) as session:
        for member in staff.people(session):
            staff.dismiss(session, member)
    hire(engine, moment, WANG, "王姐", Rank.LEAD)
    hire(engine, moment, CHEN, "陈主管", Rank.MANAGER)
    async with opened(engine, company, double, tmp_path, telegram_staff_chat=STAFF) as house:
        await until(lambda: hall(house) is not None)
        yield house


def hall(house: House) -> Hall | None:
    with transaction(house.engine) as session:
        return next(iter(rooms.halls(session)), None)


async def complain(
    house: House, company: Company, moment: Moment, customer: Person, words: str = WORDS
) -> int:
    """A customer complains of damage; the complaint's number."""
    await customer.says("你好")
    await customer.hears(1)
    with transaction(house.engine) as session:
        who = identities.find(session, "telegram", ACCOUNT, str(customer.id))
        assert who is not None
        assert who.customer_id is not None
        return taken_down(session, company, moment, who.customer_id)


async def complain_of_visit(
    house: House, company: Company, moment: Moment, customer: Person, worker: Person
) -> int:
    """A customer complains of a visit at which this person worked; the complaint's number."""
    await telegram_house.books(customer)
    await customer.sees("约好了")
    with transaction(house.engine) as session:
        visit = session.exec(select(Visit)).one()
        at_it = session.exec(select(Assignment).where(Assignment.visit_id == visit.id)).first()
        assert at_it is not None
        identities.bind_worker(session, "telegram", ACCOUNT, str(worker.id), at_it.worker_id, now=moment.now)
        return taken_down(session, company, moment, visit.customer_id, visit)


def taken_down(
    session: Session, company: Company, moment: Moment, customer_id: int, visit: Visit | None = None
) -> int:
    """The complaint is there, and whoever has to hears of it; its number."""
    turn = telling.house_turn(session, company, moment.now)
    found = complaints.open(
        session,
        company,
        customer_id,
        kind=Kind.DAMAGE,
        words=WORDS,
        visit=visit,
        source=Source.WORDS,
        now=moment.now,
    )
    telling_of.tell_owner(turn, found)
    meeting.pass_on(turn)
    assert found.id is not None
    return found.id


def steps(house: House, number: int, what: str) -> list[Step]:
    with transaction(house.engine) as session:
        complaint = session.get_one(Complaint, number)
        return [step for step in history.of(session, complaint) if step.what == what]


def note(house: House, company: Company, moment: Moment, number: int, words: str) -> None:
    """Somebody writes a note elsewhere."""
    with transaction(house.engine) as session:
        complaint = session.get_one(Complaint, number)
        handling.note(session, complaint, complaint.owner_id or 0, words, moment.now)
        meeting.pass_on(telling.house_turn(session, company, moment.now))


def change(house: House, company: Company, moment: Moment, number: int, *, closed: bool) -> None:
    """Somebody closes a complaint, or opens it again."""
    with transaction(house.engine) as session:
        complaint = session.get_one(Complaint, number)
        complaint.status = complaints.Status.CLOSED if closed else complaints.Status.OPEN
        complaint.closed_at = moment.now if closed else None
        complaint.next_at = None if closed else moment.now
        what = "closed" if closed else "reopened"
        history.add(session, complaint, what, actor="staff", now=moment.now, staff_id=complaint.owner_id)
        meeting.pass_on(telling.house_turn(session, company, moment.now))


def topic(house: House, number: int) -> int | None:
    with transaction(house.engine) as session:
        kept = topics.find(session, "telegram", ACCOUNT, str(STAFF), rooms.subject(number))
        return kept.thread if kept else None


def on_duty(house: House, moment: Moment, *names: str) -> None:
    with transaction(house.engine) as session:
        for member in staff.people(session):
            if member.name in names:
                duties.come(session, company_file.load(), member.id or 0, moment.now)


def out(house: House, number: int) -> list[Message]:
    """What was to be said in the room of a complaint."""
    return [one for one in house.record(Direction.OUT) if one.user.endswith(f"#{rooms.subject(number)}")]


async def readiness(house: House, moment: Moment) -> dict[str, Any]:
    moment.forward(seconds=2)  # what was seen just before is not looked at again
    async with aiohttp.ClientSession() as session, session.get(f"{house.url}/readyz") as answer:
        found: dict[str, Any] = await answer.json()
        return found


async def test_a_complaint_is_worked_on_in_a_topic(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, customer: Person
) -> None:
    number = await complain(house, company, moment, customer)

    card = await wang.sees("在这里一起处理", in_=group)
    [(thread, name)] = group.topics.items()
    assert name.startswith(f"🟠 {number} S2")
    assert (card.thread, "我来" in " ".join(card.labels)) == (thread, True)

    await wang.taps(card.labels[0], in_=group)
    taken = await wang.sees("王姐", in_=group)
    assert taken.thread == thread

    did = await wang.says("客户声音很急，先别提赔偿", in_=group, thread=thread)
    await until(lambda: len(steps(house, number, "note")) == 1)
    [note] = steps(house, number, "note")
    assert (note.words, note.for_customer) == ("客户声音很急，先别提赔偿", False)
    await until(lambda: group.chat.messages[did.message_id].reactions != [])

    await customer.sees("09:30 前")
    before = len(customer.screen)
    await wang.says("回复得太慢了，她会更生气", in_=group, thread=thread)
    await until(lambda: len(steps(house, number, "note")) == 2)
    assert len(customer.screen) == before

    await wang.says("回复 周女士，我们两点前给您答复", in_=group, thread=thread)
    told = await customer.sees("我们两点前给您答复")
    assert "王姐" in told.text
    assert "赔偿" not in "".join(seen.text for seen in customer.screen)


async def test_whoever_was_at_the_visit_reads_nothing_of_it_in_the_group(
    house: House,
    company: Company,
    moment: Moment,
    double: Double,
    group: Group,
    wang: Person,
    chen: Person,
    customer: Person,
) -> None:
    on_duty(house, moment, "王姐", "陈主管")
    worker = double.person(ZHAO, "师傅", started=True)
    await group.lets_in(worker)
    number = await complain_of_visit(house, company, moment, customer, worker)
    assert WORDS in (await chen.sees("不在群里说")).text
    assert group.topics == {}
    note(house, company, moment, number, "客户要求换人")
    await double.quiet()
    assert WORDS not in "".join(seen.text for seen in [*group.screen, *worker.screen])

    await group.loses(worker)
    caught_up = await wang.sees("到现在为止", in_=group)
    assert "客户要求换人" in caught_up.text

    await group.lets_in(worker)
    note(house, company, moment, number, "明天上门看")
    await chen.sees("明天上门看")
    assert group.topics == {}

    await group.loses(worker)
    await wang.sees("明天上门看", in_=group)
    await group.lets_bot_delete(False)
    await group.lets_in(worker)
    note(house, company, moment, number, "换了李师傅")
    assert "请群管理员删一下" in (await chen.sees("换了李师傅")).text
    assert all(name.startswith("🔒") for name in group.topics.values())


async def test_a_group_without_topics_hears_nothing_of_a_visit(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, chen: Person, customer: Person
) -> None:
    on_duty(house, moment, "王姐", "陈主管")
    await group.lets_bot_manage_topics(False, by=chen)
    await chen.sees("不能给投诉开话题")
    number = await complain_of_visit(house, company, moment, customer, chen)
    await wang.sees(f"投诉 {number} 号")
    with transaction(house.engine) as session:
        complaint = session.get_one(Complaint, number)
        turn = telling.house_turn(session, company, moment.now)
        assert telling_of.tell_staff(turn, complaint, lambda their: their.say("room-overheard", hall="群"))
        assert {identity.user for identity, _ in turn.told} == {str(WANG)}


async def test_only_a_reply_to_the_question_goes_to_the_customer(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, customer: Person
) -> None:
    number = await complain(house, company, moment, customer)
    thread = (await wang.sees("在这里一起处理", in_=group)).thread
    await wang.taps("回复客户", in_=group)
    question = await wang.sees("选“回复”来答", in_=group)

    await wang.says("这位客户上个月也投诉过", in_=group, thread=thread)
    await until(lambda: len(steps(house, number, "note")) == 1)
    await wang.says("我们已经联系师傅了", in_=group, thread=thread, reply_to=question.message_id)

    assert "我们已经联系师傅了" in (await customer.sees("我们已经联系师傅了")).text
    assert all("上个月" not in seen.text for seen in customer.screen)


async def test_two_who_take_it_in_one_second_are_told_apart(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, chen: Person, customer: Person
) -> None:
    number = await complain(house, company, moment, customer)
    await wang.sees("在这里一起处理", in_=group)

    await asyncio.gather(wang.taps("我来", in_=group), chen.taps("我来", in_=group, by=chen))

    won = await wang.sees("归您了", in_=group)
    lost = await chen.sees("已经由", in_=group)
    assert won.message_id != lost.message_id
    assert len(steps(house, number, "acknowledged")) == 1


async def test_whoever_has_no_business_there_is_told_once_and_not_written_down(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, customer: Person
) -> None:
    number = await complain(house, company, moment, customer)
    thread = (await wang.sees("在这里一起处理", in_=group)).thread
    bo, worker = house.double.person(71, "Bo", language_code="en"), house.double.person(72, "赵师傅")
    with transaction(house.engine) as session:
        found = session.exec(select(Worker).order_by(col(Worker.id))).first()
        assert found is not None
        identities.bind_worker(session, "telegram", ACCOUNT, "72", found.id or 0, now=moment.now)

    await bo.says("reply you are all fired", in_=group, thread=thread)
    await bo.says("转给 陈主管", in_=group, thread=thread)
    await bo.sees("joining code", in_=group)
    await worker.says("我没摔", in_=group, thread=thread)
    await worker.sees("私下问您", in_=group)
    await bo.taps("我来", in_=group, by=bo)
    await house.double.quiet()

    assert len([one for one in group.screen if "joining code" in one.text]) == 1
    assert steps(house, number, "note") == steps(house, number, "passed") == []
    assert steps(house, number, "acknowledged") == []
    kept = [one.body for one in house.record(Direction.IN) if "@71" in one.user or "@72" in one.user]
    assert kept == ["", "", "", ""]
    assert all("fired" not in seen.text for seen in customer.screen)


async def test_a_picture_sent_there_is_kept_with_the_complaint(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, customer: Person
) -> None:
    number = await complain(house, company, moment, customer)
    thread = (await wang.sees("在这里一起处理", in_=group)).thread
    picture = shelf.photo(house.double.shelf.put("photo", PNG))
    await wang.sends({"photo": picture, "caption": "碎片"}, in_=group, thread=thread)

    await until(lambda: len(steps(house, number, "note")) == 1)
    [note], [kept] = steps(house, number, "note"), house.media()
    assert (note.words, note.detail) == ("碎片", {"media": [kept.id]})


async def test_a_deleted_topic_comes_back_with_everything_that_happened(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, customer: Person
) -> None:
    number = await complain(house, company, moment, customer)
    thread = (await wang.sees("在这里一起处理", in_=group)).thread
    assert thread is not None
    await wang.says("碎片在厨房", in_=group, thread=thread)
    await until(lambda: len(steps(house, number, "note")) == 1)
    await group.drops_topic(thread)

    note(house, company, moment, number, "电话打过了")

    again = await wang.sees("被删掉了", in_=group)
    assert "碎片在厨房" in again.text
    assert "电话打过了" in again.text
    assert list(group.topics) == [again.thread]


async def test_a_closed_complaint_closes_its_topic_and_one_that_is_open_again_opens_it(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, customer: Person
) -> None:
    number = await complain(house, company, moment, customer)
    await wang.sees("在这里一起处理", in_=group)
    [thread] = group.topics

    change(house, company, moment, number, closed=True)
    await until(lambda: group.topics[thread].startswith(f"🔒 ✅ {number} "))
    change(house, company, moment, number, closed=False)
    await until(lambda: group.topics[thread].startswith(f"🟠 {number} S2"))
    assert list(group.topics) == [thread]


async def test_a_topic_that_was_made_unheard_is_not_made_twice(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, customer: Person
) -> None:
    house.double.drop_next("createForumTopic", done=True)
    number = await complain(house, company, moment, customer)

    await until(lambda: topic(house, number) is not None)
    moment.forward(minutes=3)
    await wang.sees("在这里一起处理", in_=group)
    assert list(group.topics) == [topic(house, number)]


async def test_without_the_right_to_topics_everybody_is_told_by_themselves(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, chen: Person, customer: Person
) -> None:
    on_duty(house, moment, "王姐", "陈主管")
    await group.lets_bot_manage_topics(False, by=chen)
    await chen.sees("不能给投诉开话题")
    assert "degraded" in (await readiness(house, moment))["status"]
    assert "manage topics" in (await readiness(house, moment))["channels"]["telegram"]["reason"]

    number = await complain(house, company, moment, customer)
    await chen.sees(f"投诉 {number} 号")
    assert group.topics == {}
    assert len([one for one in chen.screen if "不能给投诉开话题" in one.text]) == 1

    await group.lets_bot_manage_topics(True, by=chen)
    await chen.sees("又能给投诉开话题了")
    caught_up = await wang.sees("到现在为止", in_=group)
    assert WORDS in caught_up.text
    assert (await readiness(house, moment))["status"] == "ready"


async def test_a_group_whose_topics_are_switched_off_is_noticed_by_what_cannot_be_said(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, chen: Person, customer: Person
) -> None:
    on_duty(house, moment, "王姐", "陈主管")
    await group.switches_topics(False)
    await complain(house, company, moment, customer)

    await chen.sees("不能给投诉开话题")
    fallen = await chen.sees("在这里一起处理")
    assert WORDS in fallen.text
    found = hall(house)
    assert found is not None
    assert found.problem is not None
    with transaction(house.engine) as session:
        assert session.exec(select(ChannelAccount)).all() == []


async def test_thrown_out_of_the_group_complaints_go_to_private_chats(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, chen: Person, customer: Person
) -> None:
    on_duty(house, moment, "王姐", "陈主管")
    await group.kicks_bot(chen)
    await chen.sees("不能给投诉开话题")
    assert "staff chat" in (await readiness(house, moment))["channels"]["telegram"]["reason"]
    number = await complain(house, company, moment, customer)
    await chen.sees(f"投诉 {number} 号")

    await group.lets_bot_in(chen)
    await wang.sees("到现在为止", in_=group)


async def test_topics_move_with_their_group(
    house: House,
    company: Company,
    moment: Moment,
    double: Double,
    group: Group,
    wang: Person,
    customer: Person,
) -> None:
    number = await complain(house, company, moment, customer)
    await wang.sees("在这里一起处理", in_=group)
    new = -1009999999999
    double.group(new, forum=True)
    moved = await group.migrates(new, wang)
    await double.quiet()

    note(house, company, moment, number, "搬过来了")
    seen = await wang.sees("搬过来了", in_=moved)
    assert seen.thread in moved.topics
    await wang.says("回复 您好，我们看到了", in_=moved, thread=seen.thread)
    await customer.sees("我们看到了")


async def test_a_full_group_waits_and_says_what_piled_up_in_one_message(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, customer: Person
) -> None:
    number = await complain(house, company, moment, customer)
    await wang.sees("在这里一起处理", in_=group)
    house.double.fail_next("sendMessage", 429, retry_after=1, chat_id=STAFF)
    for count in range(5):
        note(house, company, moment, number, f"第{count}条")
    await until(lambda: any(one.status is Status.WAITING and one.attempts for one in out(house, number)))
    moment.forward(seconds=5)

    seen = await wang.sees("第4条", in_=group, within=20)
    assert all(f"第{count}条" in seen.text for count in range(1, 5))


async def test_who_leaves_the_group_owns_nothing_any_more(
    house: House, company: Company, moment: Moment, group: Group, wang: Person, chen: Person, customer: Person
) -> None:
    number = await complain(house, company, moment, customer)
    await wang.sees("在这里一起处理", in_=group)
    await group.loses(wang)

    assert "1 件投诉已经转给别的同事" in (await chen.sees("离开了")).text
    await wang.sees("请陈主管接", in_=group)
    with transaction(house.engine) as session:
        owner = session.get_one(Complaint, number).owner_id
        assert session.get_one(StaffMember, owner).name == "陈主管"
