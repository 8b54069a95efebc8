"""What linking two chats promises beyond its transcripts: consent, the other's language, two real people."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.messages import Contact, Door, Tap
from core import bindings, customers, identities
from core.bindings import BindingTry, Merge
from core.company import Company
from core.correspondence import Message
from core.customers import Customer
from core.database import transaction
from tests import town
from tests.conftest import Moment
from tests.talk import Person, sweep


@pytest.fixture
def anna(engine: Engine, company: Company, moment: Moment) -> Person:
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    anna = Person(engine, company, moment, "anna")
    anna.says("你好")
    return anna


def another(anna: Person, user: str = "phone", channel: str = "telegram") -> Person:
    person = Person(anna.engine, anna.company, anna.moment, user, channel)
    person.says("您好")
    return person


def offered(anna: Person) -> bindings.Offer:
    with transaction(anna.engine) as session:
        identity = identities.find(session, *anna.peer)
        assert identity is not None
        return bindings.offer(session, identity, anna.moment.now)


def customer_of(person: Person) -> Customer:
    with transaction(person.engine) as session:
        identity = identities.find(session, *person.peer)
        assert identity is not None
        return session.get_one(Customer, identity.customer_id)


def named(person: Person) -> None:
    person.says("我的资料")
    person.taps("改称呼")
    person.says("王女士")


def test_six_digits_in_a_link_are_not_read_because_they_may_be_guessed(anna: Person) -> None:
    offer, phone = offered(anna), another(anna)
    [said] = phone.arrives(f"linking_{offer.code}")
    assert "6 位绑定码" in said.body
    assert customer_of(phone).id != customer_of(anna).id


@pytest.mark.parametrize(
    ("word", "joins"), [("合在一起", True), ("好的", True), ("先不合", False), ("这不是我", False)]
)
def test_a_link_binds_with_a_yes_only_and_opening_it_uses_nothing_up(
    anna: Person, word: str, joins: bool
) -> None:
    offer, phone = offered(anna), another(anna)
    for _ in range(2):
        [said] = phone.arrives(f"linking_{offer.token}")
        assert said.body.startswith("这是从您另一个聊天来的链接")
        assert customer_of(phone).id != customer_of(anna).id
    phone.says(word)
    assert (customer_of(phone).id == customer_of(anna).id) is joins
    with transaction(anna.engine) as session:
        assert [one.proof for one in session.exec(select(Merge))] == ["link"] * joins
    third = another(anna, "third")
    [said] = third.arrives(f"linking_{offer.token}")
    assert ("已经用过" in said.body) is joins


def test_a_link_whose_time_is_over_says_so_also_at_the_last_moment(anna: Person) -> None:
    offer, phone = offered(anna), another(anna)
    phone.arrives(f"linking_{offer.token}")
    anna.moment.forward(minutes=10)
    [said] = phone.says("合在一起")
    assert said.body.startswith("这个链接不能用了")
    assert phone.state().form is None
    [said] = phone.arrives(f"linking_{offer.token[:-1]}")
    assert said.body.startswith("这个链接不能用了")
    [said] = anna.arrives(f"linking_{offered(anna).token}")
    assert said.body.startswith("这个链接就是从您这里发出的")


def test_guessed_links_are_counted_like_codes(anna: Person) -> None:
    phone, offer = another(anna), offered(anna)
    for number in range(5):
        [said] = phone.arrives(f"linking_{number:024}")
    assert "60 分钟后" in said.body
    [said] = phone.arrives(f"linking_{offer.token}")
    assert "60 分钟后" in said.body
    assert customer_of(phone).id != customer_of(anna).id


def secrets_of(person: Person) -> list[str]:
    """The code and the link that stand in what this person was last told."""
    told = next(one.body for one in reversed(person.heard()) if "绑定码：" in one.body)
    return re.findall(r"\d{6}|linking_[\w-]{24}", told)


def record(engine: Engine) -> str:
    """All that is kept of what was said, as text."""
    with transaction(engine) as session:
        return " ".join(f"{one.body} {one.content}" for one in session.exec(select(Message)))


DOORS = (Door("web", "main", "door-web", "https://x.example/?link={start}", many=True),)


@pytest.mark.parametrize("by", ["code", "link"])
@pytest.mark.parametrize("end", ["used", "replaced", "expired"])
def test_a_code_stands_in_the_record_no_longer_than_it_is_good(anna: Person, by: str, end: str) -> None:
    anna.doors = DOORS
    anna.says("换个渠道")
    code, link = secrets_of(anna)
    phone = another(anna)
    named(phone)
    phone.says(f"我的码：{code}")
    if by == "code":
        phone.says(f"我有绑定码 {code[:3]} {code[3:]}")
    else:
        phone.arrives(link)
        phone.sends(Tap(f"go:linking:{link.removeprefix('linking_')}"))
    assert code in record(anna.engine), "the person must be able to read it"
    assert link.removeprefix("linking_") in record(anna.engine)
    if end == "used":
        phone.says("合在一起")
        assert customer_of(phone).id == customer_of(anna).id
    elif end == "replaced":
        anna.says("换个渠道")
    else:
        anna.moment.forward(minutes=10)
        sweep(anna.engine, anna.company)
    kept = record(anna.engine)
    assert link.removeprefix("linking_") not in kept
    assert code not in kept
    assert f"{code[:3]} {code[3:]}" not in kept
    assert f"绑定码：{bindings.HIDDEN}" in kept


def confirms(person: Person, phone: str = "+8613800001234") -> list[Message]:
    """Share one's own number by the platform's button."""
    return person.sends(Contact(phone))


def test_a_number_confirmed_in_both_chats_binds_with_a_yes(anna: Person) -> None:
    named(anna)
    [said] = confirms(anna)
    assert said.body.startswith("电话改好了")
    phone = another(anna)
    *_, asked = confirms(phone)
    assert "那也是您吗" in asked.body
    assert "王女士" not in str([one.body for one in phone.heard()]), "nothing is told before they say so"
    [said] = phone.says("都是我")
    assert said.body.startswith("认出您了，王女士")
    assert customer_of(phone).id == customer_of(anna).id
    assert anna.reads()[-1].body.startswith("刚刚有另一个聊天验证了您的手机号")
    with transaction(anna.engine) as session:
        assert [one.proof for one in session.exec(select(Merge))] == ["phone"]


@pytest.mark.parametrize("typed_by", ["anna", "phone"])
def test_a_typed_number_is_no_proof(anna: Person, typed_by: str) -> None:
    phone = another(anna)
    for name, person in (("anna", anna), ("phone", phone)):
        if name == typed_by:
            person.says("我的资料")
            person.taps("改电话")
            person.says("13800001234")
        else:
            confirms(person)
    assert not any("那也是您吗" in one.body for one in (*anna.heard(), *phone.heard()))


@pytest.mark.parametrize("no", ["不是我", "这不是我", "不", "2", "that's not me"])
def test_who_says_no_is_not_asked_again_from_either_side(anna: Person, no: str) -> None:
    phone = another(anna)
    confirms(anna)
    confirms(phone)
    [said] = phone.says(no)
    assert "以后也不再问" in said.body
    for person in (phone, anna):
        said = confirms(person)
        assert "那也是您吗" not in said[-1].body
    assert customer_of(phone).id != customer_of(anna).id


def test_a_number_that_changed_meanwhile_binds_nobody(anna: Person) -> None:
    phone = another(anna)
    confirms(anna)
    confirms(phone)
    confirms(anna, "+8613800009999")
    [said] = phone.says("都是我")
    assert said.body.startswith("两边的情况刚刚变了")
    assert customer_of(phone).id != customer_of(anna).id


def test_a_form_waits_while_the_number_is_asked_about(anna: Person) -> None:
    confirms(anna)
    phone = another(anna)
    phone.says(
        "日常保洁3小时，武侯区科华北路12号3栋501", "不用加", "没有", "明天上午九点", "都可以", "王女士"
    )
    [asked] = confirms(phone)
    assert "那也是您吗" in asked.body
    *_, said = phone.says("不是我")
    assert "有什么要交代师傅的" in said.body
    phone.says("没有", "确认")
    assert customer_of(phone).phone_verified_at is not None


def staff(anna: Person) -> Person:
    return Person(anna.engine, anna.company, anna.moment, "staff")


def test_staff_undo_a_merge_and_both_chats_hear_of_it(anna: Person) -> None:
    phone, clerk = another(anna), staff(anna)
    was = customer_of(phone).id
    phone.says("我有绑定码", offered(anna).code)
    anna.reads()
    [said] = phone.says("这不是我的资料")
    assert "#1" in said.body
    [told] = clerk.reads()
    assert "#1" in told.body
    clerk.taps("撤销合并")
    [done] = clerk.taps("确认撤销")
    assert "已撤销" in done.body
    assert customer_of(phone).id == was
    for person in (anna, phone):
        assert person.reads()[-1].body.startswith("您的资料和另一个聊天的已经分开")
    [said] = clerk.says("撤销合并")
    assert said.body.startswith("没有可以撤销的合并")


def test_staff_hear_why_a_merge_cannot_be_undone(anna: Person) -> None:
    phone, third, clerk = another(anna), another(anna, "third"), staff(anna)
    phone.says("我有绑定码", offered(anna).code)
    clerk.sends(Tap("go:parting:1"))
    named(third)
    anna.says("我有绑定码", offered(third).code)
    [said] = clerk.taps("确认撤销")
    assert said.body.startswith("保留的那位后来又并到了别人名下")
    clerk.sends(Tap("go:parting:2"))
    with transaction(anna.engine) as session:
        bindings.undo(session, 2, by=1, now=anna.moment.now)
    [said] = clerk.taps("确认撤销")
    assert said.body.startswith("这个合并之前已经撤销了")


def test_a_day_later_nothing_is_said_to_be_mistaken(anna: Person) -> None:
    phone, clerk = another(anna), staff(anna)
    phone.says("我有绑定码", offered(anna).code)
    anna.moment.forward(hours=25)
    [said] = phone.says("这不是我")
    assert said.body.startswith("最近一天没有别的聊天")
    assert clerk.reads() == []


def test_customers_cannot_undo_merges(anna: Person) -> None:
    phone = another(anna)
    phone.says("我有绑定码", offered(anna).code)
    for said in (phone.sends(Tap("go:parting:1")), phone.says("撤销合并")):
        assert "确认撤销" not in str([one.content for one in said])
    assert customer_of(phone).id == customer_of(anna).id


@pytest.mark.parametrize(
    ("word", "joins"), [("合在一起", True), ("好的", True), ("先不合", False), ("不", False)]
)
def test_what_a_chat_has_goes_over_with_a_yes_only(anna: Person, word: str, joins: bool) -> None:
    phone = another(anna)
    named(phone)
    [said] = phone.says("我有绑定码", offered(anna).code)
    assert "合在一起" in said.body
    assert customer_of(phone).id != customer_of(anna).id
    phone.says(word)
    assert (customer_of(phone).id == customer_of(anna).id) is joins
    assert customer_of(anna).name == ("王女士" if joins else None)
    assert phone.state().form is None


def test_a_code_that_went_meanwhile_is_asked_for_again(anna: Person) -> None:
    phone, code = another(anna), offered(anna).code
    named(phone)
    phone.says("我有绑定码", code)
    anna.moment.forward(minutes=10)
    [said] = phone.says("合在一起")
    assert said.body.startswith("这个码过期了")
    [said] = phone.says(offered(anna).code)
    assert said.body.startswith("认出您了")


def test_a_code_outside_of_the_question_binds_nobody_and_is_no_try(anna: Person) -> None:
    phone, code = another(anna), offered(anna).code
    phone.says(code, f"绑定 {code[:3]} {code[3:]} 谢谢")
    assert customer_of(phone).id != customer_of(anna).id
    with transaction(anna.engine) as session:
        assert session.exec(select(BindingTry)).all() == []


@pytest.mark.parametrize("shape", ["{0} {1}", "{0}-{1}", "我的码：{0}{1}，谢谢"])
def test_a_code_may_be_typed_as_people_read_it_out(anna: Person, shape: str) -> None:
    phone, code = another(anna), offered(anna).code
    phone.says("我有绑定码", shape.format(code[:3], code[3:]))
    assert customer_of(phone).id == customer_of(anna).id


def test_two_verified_people_are_sent_to_a_person(anna: Person) -> None:
    phone = another(anna)
    for number, person in enumerate((anna, phone)):
        with transaction(anna.engine) as session:
            one = session.get_one(Customer, customer_of(person).id)
            customers.set_phone(session, one, f"+861380000000{number}", verified_at=anna.moment.now)
    [said] = phone.says("我有绑定码", offered(anna).code, "合在一起")
    assert said.body.startswith("两边验证过的手机号不一样")
    assert said.content["choices"][0]["data"] == "go:person"
    assert phone.state().form is None
    assert customer_of(phone).id != customer_of(anna).id
    with transaction(anna.engine) as session:
        assert session.exec(select(Merge)).all() == []


def test_wrong_codes_are_counted_from_one_message_to_the_next(anna: Person) -> None:
    phone, code = another(anna), offered(anna).code
    wrong = [f"{(int(code) + number) % 1_000_000:06d}" for number in range(1, 6)]
    [said] = phone.says("我有绑定码", *wrong)
    assert "60 分钟后" in said.body
    [said] = phone.says("我有绑定码", code)
    assert "60 分钟后" in said.body
    anna.moment.forward(hours=1)
    [said] = phone.says("我有绑定码", offered(anna).code)
    assert said.body.startswith("认出您了")


def test_the_chat_goes_on_in_the_language_of_whom_it_belongs_to(anna: Person) -> None:
    anna.says("English please")
    phone = another(anna)
    [said] = phone.says("我有绑定码", offered(anna).code)
    assert said.body.startswith("There you are")
    [news] = anna.reads()
    assert news.body.startswith("Another chat was just linked to you")


def test_a_form_in_progress_goes_on_as_the_same_person(anna: Person) -> None:
    phone = another(anna)
    phone.says("日常保洁3小时，武侯区科华北路12号3栋501", "不用加", "没有", "我有绑定码", offered(anna).code)
    phone.says("合在一起", "明天上午九点", "都可以", "王女士", "13800001234", "没有", "确认")
    assert customer_of(anna).name == "王女士"
    said = anna.says("我的预约")[-1]
    assert "武侯区科华北路12号" in str(said.content["card"])


def test_of_two_chats_with_one_code_one_is_recognised(anna: Person) -> None:
    code, pair = offered(anna).code, [another(anna, user) for user in ("first", "second")]
    for person in pair:
        person.says("我有绑定码")
    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda person: person.says(code)[-1].body, pair))
    assert sorted(("认出您了" in one, "已经用过了" in one) for one in said) == [(False, True), (True, False)]


def test_undone_both_are_who_they_were(anna: Person) -> None:
    phone = another(anna)
    was = customer_of(phone).id
    phone.says("我有绑定码", offered(anna).code)
    with transaction(anna.engine) as session:
        merge = bindings.latest(session, customer_of(anna).id or 0)
        assert merge is not None
        bindings.undo(session, merge.id or 0, by=1, now=anna.moment.now + timedelta(days=1))
    assert customer_of(phone).id == was
    assert phone.says("我的资料")[0].body
