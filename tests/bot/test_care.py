"""What is kindly said to customers: when it is time, only if it is still true, and never at a bad moment."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, col, select

from bot import notices, whys
from bot.messages import Left, Tap
from core import complaints, customers, facts, identities, lifecycle, reminders
from core.company import Company
from core.complaints import Kind, Source
from core.customers import Customer
from core.database import transaction
from core.facts import Event
from core.lifecycle import CareTask, Lifecycle, Suggestion, contracts, looking, planning
from core.matching import Assignment
from core.members import Membership, Tier, birthdays, enrolling, points
from core.ratings import Rating
from core.reminders import Reminder, Status
from core.visits import Visit
from tests import town
from tests.bot.test_notices import swept
from tests.conftest import Moment
from tests.talk import Person

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
OFFER = "照旧约一次"


def regular(person: Person, count: int = 4, apart: int = 14, hour: int = 13) -> int:
    """A customer whose last of so many visits is just over, at 13 o'clock; their number."""
    local = person.moment.now.astimezone(person.company.zone)
    person.moment.at(local.replace(hour=hour, minute=0, second=0, microsecond=0))
    person.says("你好")
    with transaction(person.engine) as session:
        customer, now = theirs(session, person), person.moment.now
        customers.join(session, customer, name="王女士", phone="+8613800001234", now=now)
        customers.tell_home(session, customer.id or 0, pets=False, now=now)
        for n in reversed(range(count)):
            began = now - timedelta(days=apart * n, hours=4)
            visit = town.attended(session, person.company, customer, began, n)
            led = {"worker_id": 1, "leads": True, "assigned_at": began}
            session.add(Assignment(visit_id=visit.id or 0, **led))
        lifecycle.note(session, customer.id or 0, now)
        id = customer.id or 0
    swept(person)
    return id


def theirs(session: Session, person: Person) -> Customer:
    found = identities.find(session, *person.peer)
    assert found is not None
    return session.get_one(Customer, found.customer_id)


def pass_days(person: Person, days: int) -> list[str]:
    """What is said on each of so many days, at 13 o'clock."""
    said = []
    for _ in range(days):
        person.moment.forward(days=1)
        said += swept(person)
    return said


def outcome(person: Person, kind: str) -> str:
    with transaction(person.engine) as session:
        (found,) = session.exec(select(Reminder).where(Reminder.kind == kind)).all()
        return found.outcome or ""


def test_it_is_offered_once_at_its_time_and_why_is_kept(person: Person) -> None:
    who = regular(person)
    assert pass_days(person, 12) == []
    (offer,) = pass_days(person, 1)
    assert OFFER in offer
    assert swept(person) == []
    with transaction(person.engine) as session:
        assert [whys.outcome(one) for one in whys.of_customer(session, who) if one.kind == planning.NEXT] == [
            "said"
        ]


def test_a_visit_that_was_booked_meanwhile_makes_it_untrue(person: Person) -> None:
    regular(person)
    pass_days(person, 10)
    person.sends(Tap("go:booking:again"))
    person.says("确认")
    with transaction(person.engine) as session:
        assert len(session.exec(select(Visit)).all()) == 5
    assert not [one for one in pass_days(person, 3) if OFFER in one]
    assert outcome(person, planning.NEXT) == "not said: a visit is ahead"


def test_whoever_is_late_hears_once_more_and_after_an_outage_only_what_is_worth_it(person: Person) -> None:
    regular(person)
    person.moment.forward(days=20)  # nothing ran: the offer of the 13th day is stale by now
    assert swept(person) == []
    (risk,) = pass_days(person, 9)
    assert "29 天没见" in risk


@pytest.mark.parametrize("stars", [1, 2, 3])
def test_after_a_low_rating_there_is_peace_for_two_weeks(person: Person, stars: int) -> None:
    regular(person)
    pass_days(person, 12)
    with transaction(person.engine) as session:
        last = session.exec(select(Visit).order_by(col(Visit.starts_at).desc())).first()
        assert last is not None
        session.add(Rating(visit_id=last.id or 0, worker_id=1, stars=stars, rated_at=person.moment.now))
    said = pass_days(person, 1)
    assert bool(said) is (stars > 2)


def test_while_a_complaint_is_open_nothing_is_said_not_even_good_wishes(person: Person) -> None:
    person.moment.at(datetime(2027, 1, 24, 13, tzinfo=person.company.zone))
    who = regular(person)
    with transaction(person.engine) as session:
        given = {"words": "没擦干净", "source": Source.BUTTON, "now": person.moment.now}
        complaints.open(session, person.company, who, kind=Kind.QUALITY, **given)
    kind = [one for one in pass_days(person, 14) if OFFER in one or "过年好" in one]
    assert kind == []
    assert outcome(person, planning.FESTIVAL) == "not said: a complaint is open"


def test_good_wishes_come_on_the_day_and_sell_nothing(person: Person) -> None:
    person.moment.at(datetime(2025, 5, 26, 13, tzinfo=person.company.zone))
    regular(person, count=3, apart=30)
    assert pass_days(person, 4) == []
    (wishes,) = pass_days(person, 1)
    assert person.moment.now.astimezone(person.company.zone).date() == date(2025, 5, 31)
    assert "端午安康" in wishes
    assert person.heard()[-1].content["choices"] == []


def test_without_a_chat_staff_call_who_was_here_for_the_first_time(person: Person) -> None:
    who = regular(person, count=1)
    person.sends(Left())
    pass_days(person, 1)
    with transaction(person.engine) as session:
        (task,) = session.exec(select(CareTask)).all()
        assert (task.customer_id, task.what) == (who, "first")
    staff = Person(person.engine, person.company, person.moment, "staff")
    assert "请回访" in staff.heard()[-1].body


def test_what_they_told_of_their_life_is_used_once(person: Person) -> None:
    who = regular(person, count=3, apart=30)
    with transaction(person.engine) as session:
        facts.happens(session, who, Event.MOVING, person.moment.now)
    (moving,) = [one for one in pass_days(person, 16) if "搬家" in one]
    with transaction(person.engine) as session:
        fact = facts.of(session, who, Event.MOVING)
        assert fact is not None
        assert fact.used_at is not None
        assert session.exec(select(Suggestion.kind)).one() == "moved"
    assert "开荒" in moving


def test_the_last_time_staff_hear_that_a_contract_ends_too(person: Person) -> None:
    who = regular(person, count=3, apart=30)
    with transaction(person.engine) as session:
        last = person.moment.now.astimezone(person.company.zone).date() + timedelta(days=8)
        contracts.agree(session, person.company, who, "MATERNITY", last, last, person.moment.now)
    assert sum("到期" in one for one in pass_days(person, 8)) == 2
    with transaction(person.engine) as session:
        assert session.exec(select(CareTask.what)).all() == ["contract"]
        planned = select(Reminder.outcome).where(Reminder.kind == planning.CONTRACT)
        assert sorted(session.exec(planned).all()) == ["said", "said, and staff were asked to call"]


def test_after_an_outage_a_contract_is_asked_about_once(person: Person) -> None:
    who = regular(person, count=3, apart=30)
    with transaction(person.engine) as session:
        last = person.moment.now.astimezone(person.company.zone).date() + timedelta(days=15)
        contracts.agree(session, person.company, who, "MATERNITY", last, last, person.moment.now)
    person.moment.forward(days=9)  # both the first and the second time have come
    (asked,) = [one for one in swept(person) if "到期" in one]
    assert "还有 6 天" in asked


def test_points_of_a_birthday_come_also_where_nothing_may_be_said(
    person: Person, company: Company, moment: Moment
) -> None:
    who = regular(person, count=1)
    with transaction(person.engine) as session:
        enrolling.join(session, company, theirs(session, person), moment.now)
        birthdays.tell(session, company, who, 1, 20, now=moment.now)
        given = {"words": "没擦干净", "source": Source.BUTTON, "now": moment.now}
        complaints.open(session, company, who, kind=Kind.QUALITY, **given)
    moment.at(datetime(2027, 1, 20, 12, tzinfo=company.zone))
    assert not [one for one in swept(person) if "生日" in one]
    with transaction(person.engine) as session:
        assert points.balance(session, who, moment.now).usable >= company.members.birthday
        assert session.exec(select(Membership.tier)).one() is Tier.BASIC
        again = select(Reminder).where(Reminder.kind == birthdays.KIND)
        assert {one.status for one in session.exec(again)} == {
            Status.DONE,
            Status.WAITING,
        }


def test_a_yes_or_no_means_a_suggestion_only_while_one_is_open(person: Person, engine: Engine) -> None:
    regular(person)
    before = person.says("不用了")[-1].body
    pass_days(person, 13)
    assert "这次先不约" in person.says("不用了")[-1].body
    assert person.says("不用了")[-1].body == before
    with transaction(engine) as session:
        assert session.exec(select(Suggestion.answer)).one() == "later"


def test_whoever_was_removed_is_asked_nothing_and_called_by_nobody(person: Person) -> None:
    who = regular(person)
    with transaction(person.engine) as session:
        session.delete(session.get_one(Lifecycle, who))
    assert pass_days(person, 1) == []
    with transaction(person.engine) as session:
        for kind in (planning.NEXT, planning.RISK, planning.WHY, planning.RETURN):
            now = person.moment.now
            reminders.schedule(session, kind, str(who), now, dedupe_key=kind, payload={"visit": 4})
    assert swept(person) == []
    with transaction(person.engine) as session:
        found = session.exec(select(Reminder).where(col(Reminder.dedupe_key).in_(planning.KINDS))).all()
        assert len(found) == 4
        assert all((one.outcome or "").startswith("not said") for one in found)
        assert not session.exec(select(CareTask)).all()


def test_a_night_looks_at_everybody_whose_turn_it_is_few_at_a_time(
    engine: Engine, company: Company, moment: Moment
) -> None:
    with transaction(engine) as session:
        ids = [customers.greet(session, language="zh-CN", now=moment.now).id or 0 for _ in range(23)]
        for id in ids:
            lifecycle.note(session, id, moment.now)
    sizes: list[int] = []

    def count(session: Session, *_: object) -> None:
        sizes.append(sum(isinstance(one, Lifecycle) for one in session.identity_map.values()))

    event.listen(Session, "before_commit", count)
    try:
        assert notices.look_after(engine, company) == len(ids)
    finally:
        event.remove(Session, "before_commit", count)
    assert notices.look_after(engine, company) == 0
    assert max(sizes) <= looking.AT_ONCE < len(ids)
