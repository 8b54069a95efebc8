"""The morning list: at the right hour of the days on which the office opens, once, with all there is."""

import threading
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot import mornings as lists
from bot import telling
from core import calendars, customers, handoffs, mornings, reminders, staff
from core.calendars import Closure
from core.catalogue import Words
from core.company import Company, load
from core.database import transaction
from core.members import Membership, Tier, birthdays
from core.mornings import Morning
from core.reminders import Reminder
from core.staff import Rank
from tests import town
from tests.conftest import Moment
from tests.talk import Person, sweep

ONE_DATABASE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
COMPANY = load()


def at(day: str, clock: str = "00:00") -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=COMPANY.zone)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at("2026-11-23", "07:59"), at("2026-11-23", "08:00")),  # Monday, open from 08:30
        (at("2026-11-23", "08:00"), at("2026-11-24", "08:00")),
        (at("2026-11-28", "03:00"), at("2026-11-28", "08:30")),  # Saturday, open from 09:00
        (at("2027-02-05", "03:00"), at("2027-02-08", "08:30")),  # closed, then a holiday, open from 10:00
    ],
)
def test_the_list_comes_before_the_office_opens(now: datetime, then: datetime) -> None:
    assert mornings.next_at(COMPANY, now) == then


@settings(max_examples=25)
@given(st.integers(0, 700 * 24 * 60))
def test_each_list_is_on_an_open_day_between_its_hours_and_none_is_left_out(minutes: int) -> None:
    closed = Closure(
        first=date(2026, 8, 1), last=date(2026, 8, 9), reason=Words({"zh-CN": "盘点", "en": "stock"})
    )
    company = COMPANY.model_copy(update={"closures": (closed,)})
    now = (at("2026-01-01") + timedelta(minutes=minutes)).astimezone(company.zone)
    then = mornings.next_at(company, now).astimezone(company.zone)
    assert then > now
    assert company.mornings.earliest <= then.time() <= company.mornings.latest
    assert calendars.periods(company, then.date(), company.office)
    between = range(1, (then.date() - now.date()).days)
    days = [date.fromordinal(now.date().toordinal() + n) for n in between]
    assert not any(calendars.periods(company, day, company.office) for day in days)


@ONE_DATABASE
def test_it_is_planned_once_however_many_plan_it(engine: Engine, moment: Moment) -> None:
    def plan() -> None:
        with transaction(engine) as session:
            mornings.plan(session, COMPANY, moment.now)

    threads = [threading.Thread(target=plan) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with transaction(engine) as session:
        (found,) = session.exec(select(Reminder).where(Reminder.kind == mornings.KIND)).all()
        assert found.due_at == at("2026-11-24", "08:00")


@ONE_DATABASE
@pytest.mark.parametrize(
    ("back", "told"),
    [
        (at("2026-11-25", "10:30"), True),
        (at("2026-11-25", "18:29"), True),
        (at("2026-11-25", "19:00"), False),  # the office closes at 18:30
        (at("2026-11-26", "07:30"), False),  # its own hour is still to come
    ],
)
def test_after_an_outage_of_days_the_list_of_today_is_made_at_once(
    engine: Engine, moment: Moment, back: datetime, told: bool
) -> None:
    with transaction(engine) as session:
        town.furnish(session, COMPANY, moment.now)
        who = customers.greet(session, language="zh-CN", now=moment.now).id or 0
        handoffs.ask(session, who, topic="asked", words="", reason="asked", now=moment.now)
    clerk = Person(engine, COMPANY, moment, "staff")
    sweep(engine, COMPANY)
    clerk.reads()
    moment.at(back)
    for _ in range(3):
        sweep(engine, COMPANY)
    titles = [one.content["card"]["title"] for one in clerk.reads() if one.content["card"]]
    assert titles.count("早班清单") == int(told)
    with transaction(engine) as session:
        found = session.exec(select(Reminder).where(Reminder.kind == mornings.KIND)).all()
        outcomes = {one.subject: one.outcome for one in found}
    assert outcomes.pop("2026-11-24") == "stale: its day is over"
    assert [one for one in outcomes.values() if one is not None] == ["said to 1"] * told
    assert len([one for one in outcomes.values() if one is None]) == 1, "and the next one is planned"


@ONE_DATABASE
def test_birthdays_of_gold_members_are_named_but_not_in_a_shared_chat(
    session: Session, moment: Moment
) -> None:
    members = [
        member(session, name, tier, moment) for name, tier in (("陈女士", "gold"), ("李女士", "silver"))
    ]
    for one in members:
        key, due = f"{birthdays.KIND}:{one.id}:20261123", at("2026-11-23", "10:00")
        reminders.schedule(session, birthdays.KIND, str(one.id), due, dedupe_key=key)
    found = mornings.look(session, COMPANY, moment.now)
    assert [one.customer_id for one in found.birthdays] == [members[0].customer_id]
    assert "陈女士（金卡会员）" in said(session, found, moment, shared=False)
    assert "陈女士" not in said(session, found, moment, shared=True)


@ONE_DATABASE
def test_forty_who_wait_are_counted_and_three_of_them_named(session: Session, moment: Moment) -> None:
    for number in range(40):
        customer = customers.greet(session, language="zh-CN", now=moment.now)
        customers.rename(session, customer, f"客户{number}")
        handoffs.ask(session, customer.id or 0, topic="asked", words="", reason="asked", now=moment.now)
    words = said(session, mornings.look(session, COMPANY, moment.now), moment, shared=False)
    assert "客户0、客户1、客户2，还有 37 位" in words


def test_a_day_without_anything_has_no_list() -> None:
    assert Morning(date(2026, 11, 23)).is_empty
    assert not Morning(date(2026, 11, 23), approvals={"requests": 1}).is_empty


def member(session: Session, name: str, tier: str, moment: Moment) -> Membership:
    customer = customers.greet(session, language="zh-CN", now=moment.now)
    customers.rename(session, customer, name)
    now = moment.now
    made = Membership(customer_id=customer.id, joined_at=now, tier=Tier(tier), tier_since=now, tier_until=now)
    session.add(made)
    session.flush()
    return made


def said(session: Session, morning: Morning, moment: Moment, *, shared: bool) -> str:
    who = staff.hire(session, name="周敏", role=Rank.CLERK, language="zh-CN", shared=shared)
    company: Company = COMPANY
    made = lists.make(telling.house_turn(session, company, moment.now), morning, who)
    assert made.card is not None
    assert len(made.choices) <= 6
    return "\n".join(value for _, value in made.card.lines)
