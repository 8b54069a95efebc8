"""Complaints worked on by chat: notes stay inside, and what customers write finds its owner."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot import complaints as shown
from bot import telling
from bot.handling import commands, customer
from bot.messages import Photo, Tap
from core import audit, complaints, customers, grants, identities, staff
from core.audit import Deed, What
from core.company import Company
from core.complaints import Complaint, Kind, Source, Status
from core.correspondence import Direction, Message
from core.customers import Customer
from core.database import transaction
from core.grants import Allowance
from core.staff import Rank
from core.ways import Limits
from tests import town
from tests.conftest import Moment
from tests.talk import Person, sweep

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def people(engine: Engine, company: Company, moment: Moment) -> dict[str, Person]:
    """A customer, the clerk, and a lead."""
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
        lead = staff.hire(session, name="吴强", role=Rank.LEAD, language="zh-CN")
        identities.bind_staff(session, "web", "main", "lead", lead.id or 0, now=moment.now)
    return {name: Person(engine, company, moment, name) for name in ("customer", "staff", "lead", "worker")}


def complain(engine: Engine, company: Company, moment: Moment, person: Person) -> int:
    """A complaint of that person's; its number."""
    person.arrives()
    with transaction(engine) as session:
        found = identities.find(session, *person.peer)
        assert found is not None
        assert found.customer_id is not None
        made = complaints.open(
            session,
            company,
            found.customer_id,
            kind=Kind.OTHER,
            words="没人理我",
            source=Source.WORDS,
            now=moment.now,
        )
        return made.id or 0


def row(engine: Engine, number: int) -> Complaint:
    with transaction(engine) as session:
        found = session.get_one(Complaint, number)
        session.expunge(found)
        return found


def told(person: Person) -> str:
    """The last thing they were told."""
    return person.heard()[-1].body


ACTS = st.lists(
    st.sampled_from(["note", "noting", "typing", "reply", "plan", "offer", "case", "resolve", "unsolved"]),
    min_size=3,
    max_size=10,
)


def act(person: Person, what: str, secret: str) -> None:
    """Something that staff do; a note holds the secret, however it is begun."""
    match what:
        case "note":
            person.says(f"备注 1 {secret}")
        case "noting":
            person.sends(Tap("go:noting:1"))
            person.says(secret)
        case "typing":  # begun to type while a message to the customer is awaited
            person.sends(Tap("go:replying:1"))
            person.says(f"备注：{secret}", "您好，在的", f"/note {secret}", "完成")
        case "reply":
            person.says("回复 1 您好")
        case "plan":
            person.sends(Tap("go:planning:1"))
            person.says("明天上门看看", "明天下午三点")
        case "offer":
            person.says("补偿 1 20", "优惠券")
            person.sends(Tap("go:offering:1"))
        case "case":
            person.says("投诉 1")
        case "resolve":
            person.sends(Tap("go:resolving:1"))
            person.says("手艺", "对，是我们的问题", "已经处理好了")


@SQLITE
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_no_note_ever_reaches_anybody_but_staff(
    engine: Engine, company: Company, moment: Moment, acts: list[str]
) -> None:
    with transaction(engine) as session:
        for table in reversed(Message.metadata.sorted_tables):
            session.execute(table.delete())
        town.furnish(session, company, moment.now)
    them = {name: Person(engine, company, moment, name) for name in ("customer", "staff", "worker")}
    assert complain(engine, company, moment, them["customer"]) == 1
    for number, what in enumerate(acts):
        if what == "unsolved":
            them["customer"].sends(Tap("go:unsolved:1"))
            them["customer"].says("还是没人理我")
        else:
            act(them["staff"], what, f"密语{number}号")
        sweep(engine, company)
        moment.forward(minutes=20)
    with transaction(engine) as session:
        outside = session.exec(
            select(Message).where(col(Message.user) != "staff", Message.direction == Direction.OUT)
        ).all()
        assert not [one.body for one in outside if "密语" in one.body or "密语" in str(one.content)]


def test_what_a_customer_writes_back_goes_to_whoever_owns_it(
    engine: Engine, company: Company, moment: Moment, people: dict[str, Person]
) -> None:
    number = complain(engine, company, moment, people["customer"])
    people["customer"].says("嗯哼嗯哼嗯哼")
    assert "嗯哼" not in row(engine, number).words  # nobody has written to them yet
    people["staff"].says(f"回复 {number} 您什么时候方便？")
    people["customer"].says("明天下午两点保洁")  # would begin a booking, but answers a person
    assert row(engine, number).words.endswith("明天下午两点保洁")
    assert "明天下午两点保洁" in told(people["staff"])
    people["customer"].says("我的预约")
    assert "我的预约" not in row(engine, number).words
    people["customer"].sends(Photo(people["customer"].keeps()))
    assert len(row(engine, number).media) == 1


def test_thanks_after_the_end_is_no_complaint(
    engine: Engine, company: Company, moment: Moment, people: dict[str, Person]
) -> None:
    number = complain(engine, company, moment, people["customer"])
    act(people["staff"], "resolve", "")
    people["customer"].says("好的")
    assert row(engine, number).status is Status.RESOLVED
    people["customer"].taps("解决了")
    assert row(engine, number).status is Status.CLOSED


def test_who_looks_at_what_was_dealt_with_says_whether_it_is_solved(
    engine: Engine, company: Company, moment: Moment, people: dict[str, Person]
) -> None:
    number = complain(engine, company, moment, people["customer"])
    act(people["staff"], "resolve", "")
    people["customer"].says("我的投诉")
    people["customer"].taps("解决了")
    assert row(engine, number).status is Status.CLOSED
    people["customer"].says("我的投诉")
    people["customer"].taps("没解决")
    assert row(engine, number).status is Status.OPEN


def test_what_is_written_after_the_end_opens_it_again_for_the_lead(
    engine: Engine, company: Company, moment: Moment, people: dict[str, Person]
) -> None:
    number = complain(engine, company, moment, people["customer"])
    act(people["staff"], "resolve", "")
    people["customer"].says("可是根本没有人来过")
    found = row(engine, number)
    assert (found.status, found.rung.value) == (Status.OPEN, "lead")
    assert "吴强" in told(people["customer"])


def test_a_reply_goes_where_the_customer_wrote_last(
    engine: Engine, company: Company, moment: Moment, people: dict[str, Person]
) -> None:
    number = complain(engine, company, moment, people["customer"])
    other = Person(engine, company, moment, "phone", channel="telegram")
    with transaction(engine) as session:
        owner = row(engine, number).customer_id
        identities.bind_customer(session, "telegram", "main", "phone", owner, now=moment.now)
    people["customer"].says("你好")
    people["staff"].says(f"回复 {number} 在网页")
    assert "在网页" in told(people["customer"])
    assert other.heard() == []
    other.says("你好")
    people["staff"].says(f"回复 {number} 在手机")
    assert "在手机" in told(other)
    assert "在网页" in told(people["customer"])


def test_who_can_be_written_to_nowhere_is_to_be_called(
    engine: Engine, company: Company, moment: Moment, people: dict[str, Person]
) -> None:
    number = complain(engine, company, moment, people["customer"])
    with transaction(engine) as session:
        found = identities.find(session, *people["customer"].peer)
        assert found is not None
        identities.lose(session, found, now=moment.now)
        who = session.get_one(Customer, found.customer_id)
        customers.set_phone(session, who, "+8613800001234")
    people["staff"].says(f"回复 {number} 您好")
    assert "138****1234" in told(people["staff"])
    people["staff"].taps("显示电话")
    assert "138 0000 1234" in told(people["staff"])
    with transaction(engine) as session:
        (look,) = audit.latest(session, 5, customer_id=who.id)
        assert (look.deed, look.what, look.actor) == (Deed.READ, What.PHONE, "staff")


COUNTED = Limits(counted=True)


@pytest.mark.parametrize(
    ("messages", "limits", "said"),
    [
        (3, COUNTED, "微信还能发到 明天 11月24日周二 09:00，余 3 条"),
        (0, COUNTED, "微信现在发不出去，要等客户先说话；急的请打电话"),
        (0, Limits(), "微信，随时能发"),
    ],
)
def test_staff_see_how_long_the_customer_can_be_written_to(
    session: Session, company: Company, moment: Moment, messages: int, limits: Limits, said: str
) -> None:
    town.furnish(session, company, moment.now)
    found = identities.behind(session, "wechat", "main", "w", language="zh-CN", now=moment.now)
    one = complaints.open(
        session, company, found.customer_id or 0, kind=Kind.OTHER, source=Source.WORDS, now=moment.now
    )
    if messages:
        worth = Allowance("wrote", messages, timedelta(hours=24))
        grants.earn(session, customer._peer(found), worth, moment.now)
    turn = telling.house_turn(session, company, moment.now)
    turn.accounts = {("wechat", "main"): limits}
    assert customer.window(turn, one) == said
    assert shown.number(one) == str(one.id)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/case 12", ("case", 12, "")),
        ("投诉 12", ("case", 12, "")),
        ("投诉12号", ("case", 12, "")),
        ("case 12", ("case", 12, "")),
        ("投诉列表", None),
        ("投诉 12 的客户又来了", None),
        ("回复 12 您好…", ("reply", 12, "您好…")),
        ("回复：您好", ("reply", None, "您好")),
        ("回复得太慢了，客户很生气", None),
        ("备注写在哪里", None),
        ("回复 3楼的王女士您好", ("reply", None, "3楼的王女士您好")),
        ("备注 12：客户很急", ("note", 12, "客户很急")),
        ("备注", ("note", None, "")),
        ("NOTE he was late", ("note", None, "he was late")),
        ("notes", None),
        ("转给 吴主管", ("pass", None, "吴主管")),
        ("补偿 50", ("remedy", None, "50")),
        ("补偿 12 50", ("remedy", 12, "50")),
        ("接单 12", ("take", 12, "")),
        ("接单的事以后再说", None),
    ],
)
def test_what_staff_type_is_understood(typed: str, command: tuple[str, int | None, str] | None) -> None:
    found = commands.meant(typed)
    assert (found and (found.name, found.number, found.rest)) == command


def test_a_number_that_may_be_part_of_the_words_sends_them_to_nobody(
    engine: Engine, company: Company, moment: Moment, people: dict[str, Person]
) -> None:
    number = complain(engine, company, moment, people["customer"])
    people["staff"].says(f"/case {number}")
    people["customer"].reads()
    people["staff"].says(f"回复 {number + 1} 点到，请稍等")
    assert people["customer"].reads() == []
    state = people["staff"].state()
    assert state.form is not None
    assert (state.form.flow, state.form.asking) == ("replying", "message")


def test_offers_of_somebody_elses_complaint_cannot_be_chosen(
    engine: Engine, company: Company, moment: Moment, people: dict[str, Person]
) -> None:
    number = complain(engine, company, moment, people["customer"])
    act(people["staff"], "offer", "")
    stranger = Person(engine, company, moment, "stranger")
    stranger.arrives()
    (said,) = stranger.sends(Tap(f"go:choosing:{number}:1"))
    assert said.body.startswith("没找到这个编号的投诉")
    for button in (f"go:solved:{number}", f"go:unsolved:{number}"):
        assert stranger.sends(Tap(button))[0].body.startswith("没找到这个编号的投诉")
