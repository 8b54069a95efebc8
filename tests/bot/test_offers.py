"""Offers by chat: what workers, customers and staff hear, and what old buttons and odd moments come to."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, delete, select

from bot.messages import Tap
from core import offers
from core.company import Company
from core.database import transaction
from core.identities import Identity
from core.offers import Offer
from core.visits import Visit
from tests import town
from tests.conftest import Moment
from tests.talk import Person, sweep

HOME = "武侯区科华北路12号3栋501"
AFTERNOON, MORNING = "后天下午两点日常保洁3小时", "后天上午九点日常保洁3小时"


def books(person: Person, wish: str = AFTERNOON, worker: str = "都可以") -> None:
    person.says(f"{wish}，{HOME}")
    person.says("不用加", "都没有", worker, "王女士", "13800001234", "没有", "确认")
    assert "约好了" in person.heard()[-1].body


def worker(person: Person, number: int = 1) -> Person:
    """The worker's own phone."""
    user = "worker" if number == 1 else f"worker-{number}"
    return Person(person.engine, person.company, person.moment, user)


def clerk(person: Person) -> Person:
    return Person(person.engine, person.company, person.moment, "staff")


def without_chat(engine: Engine, *numbers: int) -> None:
    with transaction(engine) as session:
        session.exec(delete(Identity).where(col(Identity.worker_id).in_(numbers)))


def is_accepted(engine: Engine) -> bool:
    with transaction(engine) as session:
        return offers.is_accepted(session, session.exec(select(Visit)).one())


@pytest.fixture
def broadcast(engine: Engine, company: Company, moment: Moment) -> Person:
    """A customer of a company that asks several at once."""
    rules = company.policies.model_copy(update={"offers": "broadcast"})
    rules.__dict__.pop("version", None)  # copied along with the fields
    ours = company.model_copy(update={"policies": rules})
    with transaction(engine) as session:
        town.furnish(session, ours, moment.now)
    return Person(engine, ours, moment)


def test_whoever_has_no_chat_counts_as_coming_and_staff_call(person: Person) -> None:
    without_chat(person.engine, 1)
    books(person)
    assert is_accepted(person.engine)
    told = clerk(person).reads()[-1]
    assert "王秀英没有绑定聊天，请打电话通知上门" in told.body
    person.moment.forward(hours=1)
    sweep(person.engine, person.company)
    assert clerk(person).reads()[-1].id == told.id, "nothing is waited for"


def test_the_customer_hears_of_a_replacement_without_a_chat_too(person: Person) -> None:
    without_chat(person.engine, 2)
    books(person, worker="王秀英")
    person.reads()
    worker(person).says("不接", "太远了")
    assert "王秀英这次来不了" in person.reads()[-1].body


def test_of_several_asked_at_once_the_first_tap_counts(broadcast: Person) -> None:
    books(broadcast, MORNING)
    team = [worker(broadcast, number) for number in (1, 2, 3)]
    assert all("有一单想请您去" in one.reads()[-1].body for one in team)
    assert "接好了" in team[2].taps("接单")[-1].body
    assert "已经请别的师傅去了" in team[0].taps("接单")[-1].body
    assert "已经请别的师傅去了" in team[1].taps("不接")[-1].body
    assert "王秀英换成赵小兰上门" in broadcast.reads()[-1].body
    broadcast.moment.forward(hours=1)
    sweep(broadcast.engine, broadcast.company)
    assert not clerk(broadcast).heard()


def test_several_asked_at_once_who_all_say_nothing_are_staff_s_matter(broadcast: Person) -> None:
    books(broadcast)
    broadcast.moment.forward(minutes=16)
    sweep(broadcast.engine, broadcast.company)
    [told] = clerk(broadcast).heard()
    assert "问过王秀英（没答复）和李建国（没答复）" in told.body
    with transaction(broadcast.engine) as session:
        reference = session.exec(select(Visit)).one().reference
    assert told.content["choices"][0]["data"] == f"go:reassigning:{reference}"


def test_a_request_is_offered_when_staff_say_yes(person: Person) -> None:
    person.says(f"周五上午九点收纳整理4小时，{HOME}")
    person.says("不用加", "都没有", "都可以", "王女士", "13800001234", "没有", "确认")
    asked = worker(person)
    assert not asked.heard()
    clerk(person).taps("处理待确认")
    clerk(person).says("能，确认")
    assert "有一单想请您去" in asked.heard()[-1].body


def test_several_that_wait_are_listed_and_opened_one_by_one(person: Person) -> None:
    books(person)
    other = Person(person.engine, person.company, person.moment, "other")
    books(other, MORNING, "王秀英")
    asked = worker(person)
    asked.reads()
    [listed] = asked.says("有什么单")
    assert "有 2 单等您答复" in listed.body
    assert "有 2 单等您答复" in asked.says("接单")[-1].body, "which one is asked, not guessed"
    asked.taps(listed.content["choices"][1]["label"])
    said = asked.taps("接单")[-1]
    assert "接好了" in said.body
    assert [choice["label"] for choice in said.content["choices"]] == ["等我答复的单", "我的上门安排"]
    assert "14:00" in dict(asked.taps("等我答复的单")[-1].content["card"]["lines"])["时间"]


def test_thinking_again_leaves_the_offer_open(person: Person) -> None:
    books(person)
    asked = worker(person)
    asked.taps("不接")
    assert "还给您留着" in asked.taps("我再想想")[0].body
    assert "接好了" in asked.says("接单")[-1].body


def test_declining_in_words_asks_which_only_when_there_are_several(person: Person) -> None:
    asked = worker(person)
    assert "没有等您答复" in asked.says("不接")[0].body
    books(person)
    assert "为什么" in asked.says("不接")[-1].body
    assert "不用您去了" in asked.says("跳过")[-1].body
    with transaction(person.engine) as session:
        assert [one.because for one in session.exec(select(Offer).order_by(col(Offer.id)))] == [None, None]


def test_the_time_runs_out_while_the_reason_is_asked(person: Person) -> None:
    books(person)
    asked = worker(person)
    asked.taps("不接")
    person.moment.forward(minutes=16)
    sweep(person.engine, person.company)
    assert "已经请别的师傅去了" in asked.taps("太远了")[-1].body


def test_what_comes_and_goes_at_night_wakes_nobody(person: Person) -> None:
    night = person.moment.now.replace(hour=22)
    person.moment.at(night)
    books(person)
    person.says("取消预约", "跳过", "确认取消")
    for hours in (9, 1):
        person.moment.forward(hours=hours)
        sweep(person.engine, person.company)
    assert not worker(person).heard()


def test_an_early_visit_is_asked_for_at_night(person: Person) -> None:
    person.moment.at(person.moment.now.replace(hour=21, minute=30))
    books(person, "明天早上九点日常保洁3小时")
    assert "11月24日周二 07:15 前" in worker(person).heard()[-1].body


def test_after_an_outage_over_night_there_is_still_time_to_answer(person: Person) -> None:
    person.moment.at(person.moment.now.replace(hour=22))
    books(person)
    person.moment.at(person.moment.now + timedelta(hours=11))
    for _ in range(2):
        sweep(person.engine, person.company)
    [told] = worker(person).heard()
    assert "09:15 前" in told.body
    person.moment.forward(minutes=16)
    sweep(person.engine, person.company)
    assert "有一单想请您去" in worker(person, 2).heard()[-1].body


def test_an_old_button_of_the_former_time_says_so(person: Person) -> None:
    books(person)
    asked = worker(person)
    old = asked.button("接单")
    person.says("改到后天下午四点", "确认")
    assert "新时间您能去吗" in asked.reads()[-1].body
    assert "改了时间或者取消了" in asked.sends(Tap(old))[-1].body
    assert not is_accepted(person.engine)
