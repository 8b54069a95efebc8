"""One person, several roles: what belongs to another is a tap away, what is not theirs stays closed."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.messages import Left, Tap
from core import correspondence, identities, invitations, staff, workers
from core.company import Company
from core.database import transaction
from core.identities import Role
from core.visits import Visit
from tests import town
from tests.bot.test_notices import BOOK
from tests.conftest import Moment
from tests.talk import Person


@pytest.fixture
def mei(engine: Engine, company: Company, moment: Moment) -> Person:
    """Wang, who is a worker besides, and a customer just now."""
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
        made = invitations.invite_worker(session, workers.worker(session, 1), moment.now)
    mei = Person(engine, company, moment, "mei")
    mei.says("你好", made.code, "我是客户")
    return mei


def role(person: Person) -> Role:
    with transaction(person.engine) as session:
        identity = identities.find(session, *person.peer)
        assert identity is not None
        return identity.role


def tap(person: Person, data: str) -> list[correspondence.Message]:
    return person.sends(Tap(data, "-"))


def test_they_are_told_as_a_worker_while_they_speak_as_a_customer(mei: Person) -> None:
    lin = Person(mei.engine, mei.company, mei.moment, "lin")
    lin.says(*BOOK[:3], "王秀英", *BOOK[4:])
    [news] = mei.reads()
    assert "有一单想请您去" in news.body
    [asked] = mei.taps("接单")
    assert "作为师傅" in asked.body
    assert role(mei) is Role.CUSTOMER
    [shown] = mei.taps("换成师傅，接着办")
    assert [one["data"] for one in shown.content["choices"]] == ["go:round"]
    assert role(mei) is Role.WORKER


def test_a_button_goes_on_with_what_it_was_about(mei: Person) -> None:
    mei.says(*BOOK)
    with transaction(mei.engine) as session:
        reference = session.exec(select(Visit)).one().reference
    mei.says("我是师傅")
    tap(mei, f"go:visit:{reference}")
    said = mei.taps("换成客户，接着办")
    assert reference in said[-1].content["card"]["title"]


def test_pressing_the_button_twice_does_no_harm(mei: Person) -> None:
    tap(mei, "go:round")
    first, second = mei.taps("换成师傅，接着办"), mei.taps("换成师傅，接着办")
    assert "您现在是师傅了" in first[0].body
    assert "不用换" in second[0].body
    assert role(mei) is Role.WORKER


@pytest.mark.parametrize("data", ["go:desk", "go:requests", "go:switch:staff", "go:switch:staff:desk"])
def test_what_they_are_not_stays_closed(mei: Person, data: str) -> None:
    tap(mei, data)
    assert role(mei) is Role.CUSTOMER
    mei.says("我是师傅")
    tap(mei, data)
    assert role(mei) is Role.WORKER


@pytest.mark.parametrize(
    ("user", "data"),
    [("somebody", "go:round"), ("somebody", "go:file"), ("worker", "go:desk"), ("worker", "go:booking")],
)
def test_who_has_one_role_is_refused_the_others(mei: Person, user: str, data: str) -> None:
    other = Person(mei.engine, mei.company, mei.moment, user)
    [said] = tap(other, data)
    assert said.body.startswith("这个我这边办不了")


def test_a_button_for_nothing_that_exists_is_refused(mei: Person) -> None:
    assert tap(mei, "go:nothing")[0].body.startswith("这个我这边办不了")
    assert tap(mei, "go:switch:king")[0].body.startswith("您没有这个身份")


def test_a_form_that_is_open_is_put_away_and_its_window_let_go(mei: Person) -> None:
    mei.says(*BOOK[:-1])
    [said] = tap(mei, "go:switch:worker")
    assert "什么都没有提交" in said.body
    assert mei.state().form is None
    mei.says("我是客户")
    assert mei.says("继续")
    assert mei.state().form is None


def test_going_on_with_the_form_instead_keeps_it(mei: Person) -> None:
    mei.says("预约服务")
    tap(mei, "go:round")
    mei.says("继续")
    form = mei.state().form
    assert form is not None
    assert form.flow == "booking"
    assert role(mei) is Role.CUSTOMER


def test_an_old_button_of_a_form_does_nothing_as_somebody_else(mei: Person) -> None:
    mei.says(*BOOK[:-1])
    old = mei.button("确认预约")
    mei.says("我是师傅")
    assert tap(mei, old)
    with transaction(mei.engine) as session:
        assert session.exec(select(Visit)).all() == []


def test_words_for_today_are_a_time_to_customers_only(mei: Person) -> None:
    other = Person(mei.engine, mei.company, mei.moment, "somebody")
    other.says("今天")
    assert other.state().form is not None
    assert "作为师傅" in mei.says("今天")[0].body


def test_all_three_have_a_button_each(mei: Person) -> None:
    with transaction(mei.engine) as session:
        made = invitations.invite_staff(session, staff.on_duty(session)[0], mei.moment.now)
    mei.says(made.code)
    [said] = mei.says("切换身份")
    assert [one["label"] for one in said.content["choices"]] == ["我是客户", "我是师傅"]
    [said] = mei.says("我的上门安排")
    assert "作为师傅" in said.body


def test_a_worker_who_left_the_chat_is_missed_as_a_customer_only_if_a_visit_is_ahead(mei: Person) -> None:
    clerk = Person(mei.engine, mei.company, mei.moment, "staff")
    clerk.reads()
    mei.sends(Left())
    assert clerk.reads() == []
