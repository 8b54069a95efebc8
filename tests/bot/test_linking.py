"""What linking two chats promises beyond its transcripts: consent, the other's language, two real people."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from core import bindings, customers, identities
from core.bindings import BindingTry, Merge
from core.company import Company
from core.customers import Customer
from core.database import transaction
from tests import town
from tests.conftest import Moment
from tests.talk import Person


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


@pytest.mark.parametrize("secret", ["code", "token"])
def test_a_link_alone_binds_nobody_because_it_may_be_somebody_else_s(anna: Person, secret: str) -> None:
    offer, phone = offered(anna), another(anna)
    [said] = phone.arrives(f"linking_{getattr(offer, secret)}")
    assert "6 位绑定码" in said.body
    assert customer_of(phone).id != customer_of(anna).id
    [said] = phone.says(offer.code)
    assert said.body.startswith("认出您了")


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
