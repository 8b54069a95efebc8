"""What we know of a customer, with who said it and when; and what happened with them, page by page."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from bot.readers import habits, life
from core import customers, facts, history, rights
from core.facts import Event, Fact, Habit, Source
from core.staff import Rank
from tests.core import homes
from tests.core.homes import NOW


def told(session: Session) -> int:
    anna = homes.customer(session).id or 0
    customers.tell_home(session, anna, pets=True, allergy="漂白水", now=NOW)
    return anna


def test_each_thing_has_its_source_its_day_and_how_sure_it_is(session: Session) -> None:
    anna = told(session)
    later = NOW + timedelta(days=9)
    customers.tell_home(session, anna, infants=True, source=Source.WORKER, now=later)
    known = {one.what: one for one in facts.standing(session, anna)}
    assert (known["pets"].source, known["pets"].told_at, known["pets"].confidence) == (
        Source.CUSTOMER,
        NOW,
        100,
    )
    assert (known["infants"].source, known["infants"].confidence) == (Source.WORKER, 80)
    assert customers.home(session, anna).infants is True


def test_said_again_it_is_fresh_and_said_otherwise_the_former_is_kept_as_ended(session: Session) -> None:
    anna = told(session)
    later = NOW + timedelta(days=200)
    customers.tell_home(session, anna, pets=True, allergy="", now=later)
    known = {one.what: one for one in facts.standing(session, anna)}
    assert (known["pets"].value, known["pets"].told_at) == ("yes", later)
    assert known["allergy"].value == "no"
    ended = session.exec(select(Fact).where(Fact.customer_id == anna, Fact.ended_at == later)).one()
    assert ended.value == "漂白水"


def test_still_so_makes_all_of_it_the_customers_word_of_today(session: Session) -> None:
    anna = told(session)
    customers.tell_home(session, anna, infants=True, source=Source.WORKER, now=NOW)
    later = NOW + timedelta(days=200)
    customers.confirm_home(session, anna, later)
    assert {(one.source, one.told_at) for one in facts.standing(session, anna)} == {(Source.CUSTOMER, later)}
    assert customers.home(session, anna).told_at == later


def test_of_one_thing_one_stands(session: Session) -> None:
    anna = told(session)
    with pytest.raises(IntegrityError):
        facts.tell(session, anna, {"pets": "no"}, source=Source.STAFF, first=True, now=NOW)


def test_an_event_is_forgotten_after_a_while(session: Session) -> None:
    anna = told(session)
    facts.happens(session, anna, Event.MOVING, NOW)
    moving = facts.of(session, anna, Event.MOVING)
    assert moving is not None
    assert moving.expires_at == NOW + facts.EVENTS_LAST
    facts.end(session, moving, NOW)
    assert facts.of(session, anna, Event.MOVING) is None


@pytest.mark.parametrize(("hours", "shown"), [(-25, False), (-24, True), (0, True), (4, True), (5.5, False)])
def test_a_worker_knows_the_door_around_the_visit(hours: float, shown: bool) -> None:
    starts_at, ends_at = NOW, NOW + timedelta(hours=3)
    assert rights.worker_knows_door(starts_at, ends_at, NOW + timedelta(hours=hours)) is shown


def test_a_customer_without_anything_has_no_history(session: Session) -> None:
    assert history.of_customer(session, homes.customer(session).id or 0, limit=5) == []


@pytest.mark.parametrize(
    ("said", "events"),
    [
        ("我们下个月搬家", [Event.MOVING]),
        ("还没搬家", []),
        ("你们帮忙搬家吗", []),
        ("家里还没装修完", []),
        ("刚装修好了，灰很大", [Event.RENOVATED]),
        ("宝宝出生了！", [Event.BABY]),
        ("妈妈搬来跟我们住", [Event.ELDER]),
        ("阳台养了几盆花", []),
        ("养了一只猫", [Event.PET]),
        ("I'm moving my booking", []),
        ("we're moving next month", [Event.MOVING]),
        ("if we had a baby", []),
        ("we adopted a puppy", [Event.PET]),
        ("my mother is moving in with us", [Event.ELDER]),
    ],
)
def test_what_happened_is_heard_and_nothing_that_did_not(said: str, events: list[Event]) -> None:
    assert list(life.read(said)) == events


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        ("我一般周末下午方便", {Habit.TIMES: "67/12-18"}),
        ("平时周三周五晚上在家", {Habit.TIMES: "35/17-21"}),
        ("周末下午方便吗？", {}),
        ("请不要用84消毒液", {Habit.PRODUCTS: "请不要用84消毒液"}),
        ("不要用力擦", {}),
        ("进门请换鞋", {Habit.MANNERS: "进门请换鞋"}),
        ("周三不要打扰", {Habit.QUIET: "3"}),
        ("不要打扰", {}),
        ("我的生日是1988年2月29日", {Habit.BIRTHDAY: "02-29"}),
        ("weekday mornings usually work best", {Habit.TIMES: "12345/8-12"}),
        ("don't use any bleach", {Habit.PRODUCTS: "don't use any bleach"}),
    ],
)
def test_ways_are_heard_as_they_are_kept(said: str, ways: dict[Habit, str]) -> None:
    assert habits.read(said, NOW, "zh-CN") == ways


def test_what_happened_is_made_use_of_once(session: Session) -> None:
    anna = told(session)
    for event in (Event.MOVING, Event.BABY):
        facts.happens(session, anna, event, NOW)
    facts.put_off(session, anna, Event.MOVING, NOW)
    session.flush()
    assert facts.happening(facts.standing(session, anna), NOW) == [Event.BABY]
    facts.spend(session, anna, [Event.BABY], NOW)
    later = NOW + facts.PUT_OFF
    assert facts.happening(facts.standing(session, anna), later) == [Event.MOVING]
    assert facts.happening(facts.standing(session, anna), NOW + facts.EVENTS_LAST) == []


@pytest.mark.parametrize("what", ["allergy", "elderly", "infants", "baby", "elder", "manners"])
def test_accounts_see_nothing_of_a_home(what: str) -> None:
    assert not rights.sees_fact(Rank.FINANCE, what)
    assert all(rights.sees_fact(rank, what) for rank in (None, Rank.CLERK, Rank.LEAD, Rank.MANAGER))
