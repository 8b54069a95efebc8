"""Somebody new joins by a code or link; who leaves is a customer; workers' papers and cards."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import identities, invitations, papers, staff, team, workers
from core.company import Company
from core.database import transaction
from core.identities import Role
from core.invitations import Invited
from core.reminders import Reminder
from core.workers import Worker
from tests import town
from tests.conftest import Moment
from tests.talk import Person, sweep


@pytest.fixture
def mei(engine: Engine, company: Company, moment: Moment) -> Person:
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    return Person(engine, company, moment, "mei")


def another(person: Person, user: str) -> Person:
    return Person(person.engine, person.company, person.moment, user)


def invited(person: Person, number: int = 2) -> Invited:
    with transaction(person.engine) as session:
        return invitations.invite_worker(session, workers.worker(session, number), person.moment.now)


def role(person: Person) -> Role:
    with transaction(person.engine) as session:
        identity = identities.find(session, *person.peer)
        assert identity is not None
        return identity.role


def dismissed(person: Person, number: int) -> None:
    with transaction(person.engine) as session:
        worker = workers.worker(session, number)
        team.dismiss_worker(session, person.company, worker, person.moment.now)


def test_a_bare_code_is_enough_and_tells_nothing_of_a_language(mei: Person) -> None:
    [said] = mei.says(invited(mei).code)
    assert "李建国师傅" in said.body
    assert role(mei) is Role.WORKER


def test_a_code_among_words_is_found_when_it_is_asked_for(mei: Person) -> None:
    mei.says("加入")
    [said] = mei.says(f"是这个：{invitations.shown(invited(mei).code)}，谢谢")
    assert "欢迎加入" in said.body


def test_too_many_wrong_codes_rest_also_with_the_right_one(mei: Person) -> None:
    code = invited(mei).code
    mei.says("加入")
    for _ in range(4):
        assert "还可以试" in mei.says("AAAA-AAA9")[0].body
    assert "试错的次数" in mei.says("AAAA-AAA9")[0].body
    assert "试错的次数" in mei.says(code)[0].body
    assert role(mei) is Role.CUSTOMER
    mei.moment.forward(hours=1)
    assert "欢迎加入" in mei.says(code)[0].body


def test_staff_hear_of_it_once_and_nobody_of_themselves(mei: Person) -> None:
    clerk, code = another(mei, "staff"), invited(mei).code
    mei.says(code)
    mei.says(code)
    assert [one.body for one in clerk.reads() if "刚刚加入" in one.body] == [
        "李建国（师傅）刚刚加入，从现在起消息会直接发到聊天里。"
    ]
    with transaction(mei.engine) as session:
        made = invitations.invite_staff(session, staff.on_duty(session)[0], mei.moment.now)
    heard = mei.says(made.code)
    assert not any("刚刚加入" in one.body for one in heard)


def test_a_link_joins_nobody_before_they_say_that_it_is_them(mei: Person) -> None:
    made = invited(mei)
    mei.arrives(f"joining_{made.token}")
    assert role(mei) is Role.CUSTOMER
    mei.says("不是我")
    assert role(mei) is Role.CUSTOMER
    mei.arrives(f"joining_{made.token}")
    mei.says("是的")
    assert role(mei) is Role.WORKER


def test_a_code_in_a_link_is_not_read_because_it_may_be_guessed(mei: Person) -> None:
    [said] = mei.arrives(f"joining_{invited(mei).code}")
    assert "加入码发给我" in said.body


def test_a_link_that_ends_while_it_is_asked_about(mei: Person) -> None:
    made = invited(mei)
    mei.arrives(f"joining_{made.token}")
    mei.moment.forward(days=8)
    said = mei.says("是的")
    assert "过期" in said[0].body
    assert role(mei) is Role.CUSTOMER


@pytest.mark.parametrize("link", ["joining_", "joining_" + "x" * 24])
def test_a_link_that_is_no_good_leads_nowhere(mei: Person, link: str) -> None:
    assert mei.arrives(link)
    assert role(mei) is Role.CUSTOMER


def test_joining_in_the_middle_of_a_booking_puts_that_away(mei: Person) -> None:
    code = invited(mei).code
    mei.says("预约服务", "加入")
    [said] = mei.says(code)
    assert "欢迎加入" in said.body
    assert "先收起来" in said.body
    assert mei.state().form is None


def test_who_is_dismissed_is_a_customer_and_is_told_so_kindly(mei: Person) -> None:
    mei.says(invited(mei).code)
    dismissed(mei, 2)
    [said] = mei.says("我的上门安排")
    assert said.body.startswith("这个我这边办不了")
    assert "[预约服务]" not in said.body
    assert role(mei) is Role.CUSTOMER
    assert mei.taps("预约服务")


def test_a_form_of_who_is_dismissed_meanwhile_is_put_away(mei: Person) -> None:
    lin = another(mei, "worker-3")
    lin.says("我的名片")
    dismissed(lin, 3)
    said = lin.says("愿意")
    assert "先收起来" in said[0].body
    with transaction(mei.engine) as session:
        assert session.exec(select(Worker).where(Worker.id == 3)).one().card_consent


def test_a_form_of_who_is_dismissed_meanwhile_is_not_reminded_of(mei: Person) -> None:
    lin = another(mei, "worker-3")
    lin.says("我的名片")
    dismissed(lin, 3)
    mei.moment.forward(minutes=30)
    sweep(mei.engine, mei.company)
    assert lin.reads() == []


def kept(person: Person, last: date) -> None:
    with transaction(person.engine) as session:
        papers.keep(session, person.company, 1, "health", last, now=person.moment.now)


def outcomes(session: Session) -> list[str | None]:
    return [one.outcome for one in session.exec(select(Reminder)) if one.kind == papers.ENDS and one.done_at]


def test_a_paper_renewed_by_hand_is_not_warned_of(mei: Person) -> None:
    today = mei.moment.now.date()
    kept(mei, today + timedelta(days=8))
    with transaction(mei.engine) as session:
        paper = papers.of(session, 1)[0]
        paper.valid_until_day = today + timedelta(days=400)
        session.add(paper)
    mei.moment.forward(days=2)
    sweep(mei.engine, mei.company)
    with transaction(mei.engine) as session:
        assert outcomes(session) == ["not said: the paper was renewed"]


def test_nobody_hears_of_the_papers_of_who_left(mei: Person) -> None:
    kept(mei, mei.moment.now.date() + timedelta(days=8))
    dismissed(mei, 1)
    mei.moment.forward(days=2)
    sweep(mei.engine, mei.company)
    with transaction(mei.engine) as session:
        assert outcomes(session) == ["not said: the worker does not work here any more"]
    assert another(mei, "staff").reads() == []


def test_after_an_outage_an_end_is_told_once(mei: Person) -> None:
    kept(mei, mei.moment.now.date() + timedelta(days=40))
    mei.moment.forward(days=60)
    sweep(mei.engine, mei.company)
    [said] = another(mei, "staff").reads()
    assert "没有受影响的上门" in said.body
    assert another(mei, "worker").reads() == []


def test_a_card_that_is_taken_back_is_seen_no_more(mei: Person) -> None:
    def team_shown(day: str) -> dict[str, str]:
        customer = another(mei, day)
        customer.says(f"{day}上午九点日常保洁3小时", "不用", "武侯区科华北路12号3栋501")
        [said] = customer.says("没有")
        return dict(said.content["card"]["lines"])

    wang = another(mei, "worker")
    wang.says("我的名片", "不愿意")
    assert "做事细致" not in team_shown("明天")["王秀英"]
    wang.says("我的名片", "愿意")
    assert "做事细致" in team_shown("后天")["王秀英"]
