"""What the clock does to a complaint that nobody answers, to the minute; and when a clock stands still."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from core import complaints, reminders
from core.calendars import BusinessHours
from core.company import Company
from core.complaints import Complaint, Kind, Rung, Status, What, clocks
from core.complaints.rules import Rules
from core.reminders import Reminder
from core.staff import StaffMember
from tests.core import homes
from tests.core.test_ladder import everybody

HOUR = timedelta(hours=1)
OFFICE = BusinessHours.model_validate(
    {
        day: [] if day == "holiday" else ["08:30-12:00", "13:00-18:00"]
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "holiday")
    }
)


@pytest.fixture
def people(session: Session) -> dict[str, int]:
    return everybody(session)


def at(company: Company, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=company.zone)


def complain(session: Session, company: Company, kind: Kind, now: datetime, **more: datetime) -> Complaint:
    customer = homes.customer(session)
    return complaints.open(
        session,
        company,
        customer.id or 0,
        kind=kind,
        words="",
        source=complaints.Source.WORDS,
        now=now,
        **more,
    )


def looked_at(session: Session, complaint: Complaint) -> datetime:
    """When the next look is due, which is never after something is."""
    waiting = select(Reminder.due_at).where(
        Reminder.kind == clocks.KIND,
        Reminder.subject == str(complaint.id),
        Reminder.status == reminders.Status.WAITING,
    )
    first = session.exec(waiting.order_by(col(Reminder.due_at)).limit(1)).one()
    assert complaint.next_at is not None
    assert first <= complaint.next_at
    return first


def history(session: Session, company: Company, complaint: Complaint, until: datetime) -> Iterator[str]:
    """What the clock does to a complaint that nobody touches, each with its minute and whose it is then.

    Once the company's head is called, only what changes is told, not each further call.
    """
    top = 0
    while looked_at(session, complaint) <= until:
        now = looked_at(session, complaint)
        done = reminders.claim(session, now)
        taken = complaints.take_steps(session, company, complaint, now)
        for one in done:
            reminders.done(session, one, "", now)
        top += any(one.due.what is What.UNACKNOWLEDGED for one in taken) and complaint.rung is Rung.OWNER
        owner = session.get(StaffMember, complaint.owner_id) if complaint.owner_id else None
        calls = (What.UNACKNOWLEDGED, What.ASKED)
        for one in taken:
            if top <= 1 or one.due.what not in calls:
                local = now.astimezone(company.zone)
                yield f"{local:%a %d %H:%M} {one.due.name}: {owner.name if owner else '-'}, {complaint.rung}"


# Read by hand: hours are counted on the wall, 08:00-21:00 but for the two of October.
LADDERS = {
    "S1 at night": (Kind.INJURY, "2026-11-24 03:00", "2026-11-26 08:00", """
Tue 24 03:00 asked: Ma, manager
Tue 24 03:03 unacknowledged: Ma, owner
Tue 24 03:03 asked: Ma, owner
Tue 24 03:07 human-half: Ma, owner
Tue 24 03:15 human-missed: Ma, owner
Tue 24 03:22 human-overdue: Ma, owner
Tue 24 03:30 human-forgotten: Ma, owner
Tue 24 05:00 plan-missed: Ma, owner
Tue 24 06:00 plan-overdue: Ma, owner
Tue 24 07:00 plan-forgotten: Ma, owner
Tue 24 09:00 daily: Ma, owner
Wed 25 03:00 resolved-missed: Ma, owner
Wed 25 09:00 daily: Ma, owner
Wed 25 15:00 resolved-overdue: Ma, owner
Thu 26 03:00 resolved-forgotten: Ma, owner
"""),
    "S2 in the evening": (Kind.DAMAGE, "2026-11-23 20:50", "2026-11-30 08:00", """
Mon 23 20:50 asked: Le, lead
Mon 23 21:00 unacknowledged: Ma, manager
Mon 23 21:00 asked: Ma, manager
Mon 23 21:05 human-half: Ma, manager
Mon 23 21:10 unacknowledged: Ma, owner
Mon 23 21:10 asked: Ma, owner
Mon 23 21:20 human-missed: Ma, owner
Mon 23 21:35 human-overdue: Ma, owner
Mon 23 21:50 human-forgotten: Ma, owner
Tue 24 09:00 daily: Ma, owner
Tue 24 11:50 plan-missed: Ma, owner
Tue 24 13:50 plan-overdue: Ma, owner
Tue 24 15:50 plan-forgotten: Ma, owner
Wed 25 09:00 daily: Ma, owner
Wed 25 18:50 resolved-missed: Ma, owner
Thu 26 09:00 daily: Ma, owner
Thu 26 17:50 resolved-overdue: Ma, owner
Fri 27 09:00 daily: Ma, owner
Fri 27 16:50 resolved-forgotten: Ma, owner
Sat 28 09:00 daily: Ma, owner
Sun 29 09:00 daily: Ma, owner
"""),
    "S3 in the morning": (Kind.QUALITY, "2026-11-23 09:00", "2026-12-06 08:00", """
Mon 23 09:00 asked: Ai, desk
Mon 23 09:30 unacknowledged: Bo, desk
Mon 23 09:30 asked: Bo, desk
Mon 23 10:00 human-half: Le, lead
Mon 23 10:00 unacknowledged: Le, lead
Mon 23 10:00 asked: Le, lead
Mon 23 10:30 unacknowledged: Ma, manager
Mon 23 10:30 asked: Ma, manager
Mon 23 10:45 human-soon: Ma, manager
Mon 23 11:00 human-missed: Ma, owner
Mon 23 11:00 unacknowledged: Ma, owner
Mon 23 11:00 asked: Ma, owner
Mon 23 12:00 human-overdue: Ma, owner
Mon 23 13:00 human-forgotten: Ma, owner
Mon 23 17:00 plan-missed: Ma, owner
Mon 23 21:00 plan-overdue: Ma, owner
Tue 24 09:00 daily: Ma, owner
Tue 24 12:00 plan-forgotten: Ma, owner
Wed 25 09:00 daily: Ma, owner
Thu 26 09:00 resolved-missed: Ma, owner
Thu 26 09:00 daily: Ma, owner
Fri 27 09:00 daily: Ma, owner
Fri 27 15:30 resolved-overdue: Ma, owner
Sat 28 09:00 daily: Ma, owner
Sun 29 09:00 resolved-forgotten: Ma, owner
Sun 29 09:00 daily: Ma, owner
Mon 30 09:00 daily: Ma, owner
Tue 01 09:00 daily: Ma, owner
Wed 02 09:00 daily: Ma, owner
Thu 03 09:00 daily: Ma, owner
Fri 04 09:00 daily: Ma, owner
Sat 05 09:00 daily: Ma, owner
"""),
    "S3 at night": (Kind.LATE, "2026-11-23 23:30", "2026-11-25 22:00", """
Tue 24 08:00 asked: Ai, desk
Tue 24 08:30 unacknowledged: Bo, desk
Tue 24 08:30 asked: Bo, desk
Tue 24 09:00 human-half: Le, lead
Tue 24 09:00 unacknowledged: Le, lead
Tue 24 09:00 asked: Le, lead
Tue 24 09:30 unacknowledged: Ma, manager
Tue 24 09:30 asked: Ma, manager
Tue 24 09:45 human-soon: Ma, manager
Tue 24 10:00 human-missed: Ma, owner
Tue 24 10:00 unacknowledged: Ma, owner
Tue 24 10:00 asked: Ma, owner
Tue 24 11:00 human-overdue: Ma, owner
Tue 24 12:00 human-forgotten: Ma, owner
Tue 24 16:00 plan-missed: Ma, owner
Tue 24 20:00 plan-overdue: Ma, owner
Wed 25 09:00 daily: Ma, owner
Wed 25 11:00 plan-forgotten: Ma, owner
"""),
    "S3 on the eve of Spring Festival": (Kind.QUALITY, "2027-02-04 20:00", "2027-02-10 22:00", """
Thu 04 20:00 asked: Ai, desk
Thu 04 20:30 unacknowledged: Bo, desk
Thu 04 20:30 asked: Bo, desk
Thu 04 21:00 unacknowledged: Le, lead
Mon 08 08:00 asked: Le, lead
Mon 08 08:00 human-half: Le, lead
Mon 08 08:30 unacknowledged: Ma, manager
Mon 08 08:30 asked: Ma, manager
Mon 08 08:45 human-soon: Ma, manager
Mon 08 09:00 human-missed: Ma, owner
Mon 08 09:00 unacknowledged: Ma, owner
Mon 08 09:00 asked: Ma, owner
Mon 08 10:00 human-overdue: Ma, owner
Mon 08 11:00 human-forgotten: Ma, owner
Mon 08 15:00 plan-missed: Ma, owner
Mon 08 19:00 plan-overdue: Ma, owner
Tue 09 09:00 daily: Ma, owner
Tue 09 10:00 plan-forgotten: Ma, owner
Wed 10 09:00 daily: Ma, owner
Wed 10 20:00 resolved-missed: Ma, owner
"""),
    "S1 in Spring Festival": (Kind.LEAK, "2027-02-06 00:10", "2027-02-06 03:00", """
Sat 06 00:10 asked: Ma, manager
Sat 06 00:13 unacknowledged: Ma, owner
Sat 06 00:13 asked: Ma, owner
Sat 06 00:17 human-half: Ma, owner
Sat 06 00:25 human-missed: Ma, owner
Sat 06 00:32 human-overdue: Ma, owner
Sat 06 00:40 human-forgotten: Ma, owner
Sat 06 02:10 plan-missed: Ma, owner
"""),
    "S2 in Spring Festival": (Kind.NO_SHOW, "2027-02-05 10:00", "2027-02-09 09:00", """
Fri 05 10:00 asked: Le, lead
Fri 05 10:10 unacknowledged: Ma, manager
Fri 05 10:10 asked: Ma, manager
Fri 05 10:15 human-half: Ma, manager
Fri 05 10:20 unacknowledged: Ma, owner
Fri 05 10:20 asked: Ma, owner
Fri 05 10:30 human-missed: Ma, owner
Fri 05 10:45 human-overdue: Ma, owner
Fri 05 11:00 human-forgotten: Ma, owner
Sat 06 09:00 daily: Ma, owner
Sun 07 09:00 daily: Ma, owner
Mon 08 09:00 daily: Ma, owner
Mon 08 12:00 plan-missed: Ma, owner
Mon 08 14:00 plan-overdue: Ma, owner
Mon 08 16:00 plan-forgotten: Ma, owner
Tue 09 09:00 daily: Ma, owner
"""),
    "S3 before a holiday": (Kind.MISSED, "2026-09-30 17:30", "2026-10-10 18:30", """
Wed 30 17:30 asked: Ai, desk
Wed 30 18:00 unacknowledged: Bo, desk
Thu 08 08:30 asked: Bo, desk
Thu 08 09:00 human-half: Le, lead
Thu 08 09:00 unacknowledged: Le, lead
Thu 08 09:00 asked: Le, lead
Thu 08 09:30 unacknowledged: Ma, manager
Thu 08 09:30 asked: Ma, manager
Thu 08 09:45 human-soon: Ma, manager
Thu 08 10:00 human-missed: Ma, owner
Thu 08 10:00 unacknowledged: Ma, owner
Thu 08 10:00 asked: Ma, owner
Thu 08 11:00 human-overdue: Ma, owner
Thu 08 12:00 human-forgotten: Ma, owner
Thu 08 17:00 plan-missed: Ma, owner
Fri 09 09:00 daily: Ma, owner
Fri 09 11:30 plan-overdue: Ma, owner
Fri 09 16:30 plan-forgotten: Ma, owner
Sat 10 09:00 daily: Ma, owner
Sat 10 17:30 resolved-missed: Ma, owner
"""),
    "S4 with a lunch break": (Kind.FLAW, "2026-10-09 11:00", "2026-10-14 18:30", """
Fri 09 11:00 asked: Ai, desk
Fri 09 14:00 unacknowledged: Bo, desk
Fri 09 14:00 asked: Bo, desk
Fri 09 16:00 human-half: Le, lead
Fri 09 16:00 unacknowledged: Le, lead
Fri 09 16:00 asked: Le, lead
Fri 09 18:00 unacknowledged: Ma, manager
Sat 10 08:30 asked: Ma, manager
Sat 10 10:15 human-soon: Ma, manager
Sat 10 10:30 human-missed: Ma, owner
Sat 10 10:30 unacknowledged: Ma, owner
Sat 10 10:30 asked: Ma, owner
Sat 10 15:30 human-overdue: Ma, owner
Mon 12 10:00 human-forgotten: Ma, owner
Tue 13 09:00 daily: Ma, owner
Tue 13 09:30 plan-missed: Ma, owner
Tue 13 11:00 resolved-missed: Ma, owner
Wed 14 09:00 daily: Ma, owner
Wed 14 14:00 plan-overdue: Ma, owner
Wed 14 16:15 resolved-overdue: Ma, owner
"""),
    "S4 at noon": (Kind.SUGGESTION, "2026-11-23 12:00", "2026-12-12 12:00", """
Mon 23 12:00 asked: Ai, desk
Mon 23 14:00 unacknowledged: Bo, desk
Mon 23 14:00 asked: Bo, desk
Mon 23 16:00 human-half: Le, lead
Mon 23 16:00 unacknowledged: Le, lead
Mon 23 16:00 asked: Le, lead
Mon 23 18:00 unacknowledged: Ma, manager
Mon 23 18:00 asked: Ma, manager
Mon 23 19:45 human-soon: Ma, manager
Mon 23 20:00 human-missed: Ma, owner
Mon 23 20:00 unacknowledged: Ma, owner
Mon 23 20:00 asked: Ma, owner
Tue 24 11:00 human-overdue: Ma, owner
Tue 24 15:00 human-forgotten: Ma, owner
Wed 25 09:00 daily: Ma, owner
Wed 25 10:00 plan-missed: Ma, owner
Thu 26 09:00 plan-overdue: Ma, owner
Thu 26 09:00 daily: Ma, owner
Thu 26 12:00 resolved-missed: Ma, owner
Thu 26 21:00 plan-forgotten: Ma, owner
Fri 27 09:00 daily: Ma, owner
Fri 27 18:30 resolved-overdue: Ma, owner
Sat 28 09:00 daily: Ma, owner
Sun 29 09:00 daily: Ma, owner
Sun 29 12:00 resolved-forgotten: Ma, owner
Mon 30 09:00 daily: Ma, owner
Tue 01 09:00 daily: Ma, owner
Wed 02 09:00 daily: Ma, owner
Thu 03 09:00 daily: Ma, owner
Fri 04 09:00 daily: Ma, owner
Sat 05 09:00 daily: Ma, owner
Sun 06 09:00 daily: Ma, owner
Mon 07 09:00 daily: Ma, owner
Tue 08 09:00 daily: Ma, owner
Wed 09 09:00 daily: Ma, owner
Thu 10 09:00 daily: Ma, owner
Fri 11 09:00 daily: Ma, owner
Sat 12 09:00 daily: Ma, owner
"""),
}  # fmt: skip


@pytest.mark.parametrize(
    ("engine", "name"),
    [
        ("sqlite", name) if n % 2 else pytest.param("postgresql", name, marks=pytest.mark.postgresql)
        for n, name in enumerate(LADDERS)
    ],
    indirect=["engine"],
)
def test_an_unanswered_complaint_goes_all_the_way_up(
    session: Session, company: Company, people: dict[str, int], name: str
) -> None:
    kind, opened, until, expected = LADDERS[name]
    if (
        opened < "2026-11"
    ):  # a desk that closes for lunch, at weekends and on holidays, and works swapped days
        company = company.model_copy(update={"complaints": Rules(hours=OFFICE)})
    complaint = complain(session, company, kind, at(company, opened))
    told = list(history(session, company, complaint, at(company, until)))
    assert told == expected.strip().splitlines()
    assert complaint.rung is Rung.OWNER


def test_who_takes_it_is_only_warned_until_something_is_missed(
    session: Session, company: Company, people: dict[str, int]
) -> None:
    complaint = complain(session, company, Kind.QUALITY, at(company, "2026-11-23 09:00"))
    complaints.acknowledge(session, company, complaint, people["Ai"], at(company, "2026-11-23 09:05"))
    assert list(history(session, company, complaint, at(company, "2026-11-23 12:00"))) == [
        "Mon 23 10:00 human-half: Ai, desk",
        "Mon 23 10:45 human-soon: Ai, desk",
        "Mon 23 11:00 human-missed: Le, lead",
        "Mon 23 11:00 asked: Le, lead",
        "Mon 23 11:30 unacknowledged: Ma, manager",
        "Mon 23 11:30 asked: Ma, manager",
        "Mon 23 12:00 human-overdue: Ma, owner",
        "Mon 23 12:00 unacknowledged: Ma, owner",
        "Mon 23 12:00 asked: Ma, owner",
    ]


def test_after_a_standstill_only_the_last_of_a_deadline_counts(
    session: Session, company: Company, people: dict[str, int]
) -> None:
    complaint = complain(session, company, Kind.QUALITY, at(company, "2026-11-23 09:00"))
    complaints.acknowledge(session, company, complaint, people["Ai"], at(company, "2026-11-23 09:05"))
    taken = complaints.take_steps(session, company, complaint, at(company, "2026-11-23 12:30"))
    assert [one.due.name for one in taken] == ["human-overdue", "asked"]
    assert complaint.owner_id == people["Ma"]
    assert complaints.take_steps(session, company, complaint, at(company, "2026-11-23 12:30")) == []


def test_only_the_resolution_stands_still_while_the_customer_has_to_say_something(
    session: Session, company: Company, people: dict[str, int]
) -> None:
    opened = at(company, "2026-11-23 09:00")
    complaint = complain(session, company, Kind.QUALITY, opened)
    complaints.acknowledge(session, company, complaint, people["Ai"], opened)
    complaint.human_at = complaint.plan_at = opened
    complaints.wait(session, company, complaint, opened + 2 * HOUR)
    assert complaint.resolve_left == 37 * 60
    assert list(history(session, company, complaint, opened + 60 * HOUR)) == [
        "Tue 24 11:00 nudge: Ai, desk",
        "Wed 25 11:00 nudge-again: Ai, desk",
    ]
    heard = at(company, "2026-11-25 20:00")
    complaints.resume(session, company, complaint, heard)
    assert complaint.resolve_by == clocks.later(company, heard, 37 * 60, company.complaints.hours)
    assert complaint.status is Status.OPEN
    assert list(history(session, company, complaint, complaint.resolve_by))[-1].endswith("Le, lead")


def test_a_customer_who_never_answers_ends_it(
    session: Session, company: Company, people: dict[str, int]
) -> None:
    opened = at(company, "2026-11-23 20:00")
    complaint = complain(session, company, Kind.QUALITY, opened)
    complaints.acknowledge(session, company, complaint, people["Ai"], opened)
    complaint.human_at = complaint.plan_at = opened
    complaints.wait(session, company, complaint, opened + 3 * HOUR)
    told = []
    while complaint.status is not Status.CLOSED:
        now = looked_at(session, complaint)
        for one in reminders.claim(session, now):
            told += [taken.due.name for taken in complaints.take_steps(session, company, complaint, now)]
            reminders.done(session, one, "", now)
    # Not at 23:00, when people are left in peace.
    assert complaint.closed_at == at(company, "2026-11-27 07:00")
    assert told == ["nudge", "nudge-again", "silent"]
    assert complaint.next_at is None


@pytest.mark.parametrize(
    ("cap", "human", "plan", "resolved"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00", "2026-11-23 10:00", "2026-11-23 10:00"),
        ("2026-11-24 12:00", "2026-11-23 11:00", "2026-11-23 17:00", "2026-11-24 12:00"),
        ("2026-11-22 12:00", "2026-11-23 11:00", "2026-11-23 17:00", "2026-11-26 09:00"),
    ],
)
def test_no_deadline_is_later_than_what_somebody_outside_gives_us(
    session: Session,
    company: Company,
    people: dict[str, int],
    cap: str,
    human: str,
    plan: str,
    resolved: str,
) -> None:
    """A date that is over already binds nobody."""
    opened = at(company, "2026-11-23 09:00")
    complaint = complain(session, company, Kind.QUALITY, opened, outside_by=at(company, cap))
    assert [complaint.human_by, complaint.plan_by, complaint.resolve_by] == [
        at(company, human),
        at(company, plan),
        at(company, resolved),
    ]
    coming = clocks.steps(complaint, company)
    assert all(one.at >= opened for one in coming)
    half = next(one for one in coming if one.what is What.HALF)
    assert half.at == opened + (complaint.human_by - opened) / 2
