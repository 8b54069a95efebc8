"""Customers who live by another clock: what is said to them, when, and what stays by the one at the home."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from bot import falling_due
from core import decency, identities
from core.reminders import Reminder
from tests.bot.test_handing_over import bodies, clerk, talk
from tests.bot.test_notices import booked, swept
from tests.talk import Person


def zone(person: Person) -> str:
    with Session(person.engine) as session:
        customer_id = identities.find(session, *person.peer).customer_id or 0
        return decency.zone(session, person.company, customer_id).key


def sleeping(person: Person) -> list[Reminder]:
    """What waits for their morning."""
    with Session(person.engine) as session:
        return list(session.exec(select(Reminder).where(Reminder.outcome == "held: they sleep")).all())


def test_a_reminder_comes_by_day_there_and_says_the_time_at_the_home(person: Person) -> None:
    visit = booked(person)
    person.says("我在旧金山")
    day_before = visit.starts_at - timedelta(hours=24)
    assert 7 <= day_before.astimezone(ZoneInfo("America/Los_Angeles")).hour < 22
    person.reads()
    person.moment.at(day_before)
    (told,) = swept(person)
    assert f"当地 {visit.starts_at.astimezone(person.company.zone):%H:%M}" in told


def test_what_waited_is_judged_by_the_clock_they_moved_to(person: Person) -> None:
    visit = booked(person)
    person.says("我在伦敦")
    person.moment.at(visit.starts_at - timedelta(hours=24))
    swept(person)
    assert [one.due_at.astimezone(ZoneInfo("Europe/London")).hour for one in sleeping(person)] == [7]
    person.says("我在纽约")  # seven in London is two there
    person.reads()
    (held,) = sleeping(person)
    person.moment.at(held.due_at)
    falling_due.say(person.engine, person.company)
    assert person.reads() == []
    (held,) = sleeping(person)
    assert held.due_at.astimezone(ZoneInfo("America/New_York")).hour == 7


def test_promises_are_in_their_time_and_staff_hear_them_in_ours(person: Person) -> None:
    person.says("我在新西兰")
    assert "您那边 14:10 前" in person.says("人工")[-1].body
    assert "09:10 前" in bodies(clerk(person).reads())[-1]


def test_home_again_all_is_as_before(person: Person) -> None:
    person.says("我在新西兰")
    assert zone(person) == "Pacific/Auckland"
    person.says("我回国了")
    assert zone(person) == person.company.timezone
    assert "您那边" not in person.says("人工")[-1].body


def test_where_they_are_anyway_changes_nothing(person: Person) -> None:
    assert "没太看懂" in person.says("我在北京")[-1].body
    person.says("我在新西兰")
    assert "还是没看懂" in person.says("我在奥克兰")[-1].body


def test_words_for_somebody_else_are_theirs(person: Person) -> None:
    serving = talk(person)
    person.says("我在新西兰")
    assert bodies(serving.reads())[-1].endswith("：我在新西兰")
    assert zone(person) == person.company.timezone


@pytest.mark.parametrize("argument", ["Nowhere/City", "of:Nowhere", "../../etc/passwd", "of:", "UTC"])
def test_a_button_nobody_made_changes_nothing(person: Person, argument: str) -> None:
    assert "我们这边" in person.arrives(f"zone_{argument}")[0].body
    assert zone(person) == person.company.timezone
