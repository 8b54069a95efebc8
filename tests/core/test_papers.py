"""Workers' papers: warned of in time, and nobody is sent without those that a service asks for."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session, select

from core import papers, reminders, team, visits
from core.reminders import Reminder, Status
from core.workers import Paper
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at, id_of

TODAY = NOW.astimezone(HOUSE.zone).date()


def due(session: Session) -> list[tuple[date, int]]:
    """What is still to come, as days and how long before the end."""
    waiting = session.exec(select(Reminder).where(Reminder.status == Status.WAITING))
    return sorted((one.due_at.astimezone(HOUSE.zone).date(), one.payload["before"]) for one in waiting)


def test_a_paper_is_warned_of_thirty_and_seven_days_before_and_when_it_is_over(session: Session) -> None:
    id, last = id_of(homes.worker(session)), TODAY + timedelta(days=90)
    papers.keep(session, HOUSE, id, "insurance", last, number="P-1", now=NOW)
    assert due(session) == [(last - timedelta(days=before), before) for before in (30, 7, -1)]
    hours = {one.due_at.astimezone(HOUSE.zone).timetz() for one in session.exec(select(Reminder))}
    assert hours == {time(10, tzinfo=HOUSE.zone)}


def test_what_is_past_is_warned_of_no_more_but_an_end_is(session: Session) -> None:
    id = id_of(homes.worker(session))
    papers.keep(session, HOUSE, id, "insurance", TODAY + timedelta(days=20), now=NOW)
    assert [before for _, before in due(session)] == [7, -1]
    papers.keep(session, HOUSE, id, "insurance", TODAY - timedelta(days=20), now=NOW)
    assert due(session) == [(TODAY - timedelta(days=19), -1)]


def test_a_renewed_paper_is_warned_of_at_its_own_time_only(session: Session) -> None:
    id = id_of(homes.worker(session))
    papers.keep(session, HOUSE, id, "insurance", TODAY + timedelta(days=5), number="P-1", now=NOW)
    renewed = TODAY + timedelta(days=400)
    kept = papers.keep(session, HOUSE, id, "insurance", renewed, now=NOW)
    assert (kept.number, kept.valid_until_day) == ("P-1", renewed)
    assert {day for day, _ in due(session)} == {renewed - timedelta(days=before) for before in (30, 7, -1)}
    assert [one.kind for one in papers.of(session, id)] == ["insurance", "health"]


def test_keeping_the_same_paper_twice_warns_once(session: Session) -> None:
    id = id_of(homes.worker(session))
    for _ in range(2):
        papers.keep(session, HOUSE, id, "insurance", TODAY + timedelta(days=90), now=NOW)
    assert len(due(session)) == 3


def test_what_was_said_is_not_said_again_when_a_slip_is_put_right(session: Session) -> None:
    id, last = id_of(homes.worker(session)), TODAY + timedelta(days=30)
    papers.keep(session, HOUSE, id, "insurance", last, now=NOW)
    then = datetime.combine(TODAY, time(10), HOUSE.zone)
    [claimed] = reminders.claim(session, then)
    reminders.done(session, claimed, "said", then)
    papers.keep(session, HOUSE, id, "insurance", last + timedelta(days=99), now=then)
    papers.keep(session, HOUSE, id, "insurance", last, now=then)
    assert [before for _, before in due(session)] == [7, -1]


def test_nobody_is_sent_after_the_last_good_day(session: Session) -> None:
    worker = homes.worker(session)
    papers.keep(session, HOUSE, id_of(worker), "health", TUESDAY, now=NOW)
    assert homes.times(session, homes.need(), TUESDAY)
    assert homes.times(session, homes.need(), TUESDAY + timedelta(days=1)) == []


def test_the_visits_that_a_paper_leaves_without_a_worker(session: Session) -> None:
    worker, customer = homes.worker(session), homes.customer(session)
    days = [TUESDAY, TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=3)]
    on_the_day, after, cancelled = (homes.place(session, customer, at(day, 9)) for day in days)
    visits.cancel(session, HOUSE, cancelled, actor="staff", reason="", now=NOW)
    paper = papers.keep(session, HOUSE, id_of(worker), "health", TUESDAY, now=NOW)
    assert papers.lacking(session, HOUSE, paper, NOW) == [after]
    other = papers.keep(session, HOUSE, id_of(worker), "insurance", TODAY - timedelta(days=1), now=NOW)
    assert papers.lacking(session, HOUSE, other, NOW) == []
    assert on_the_day.status is visits.Status.CONFIRMED
    assert team.dismiss_worker(session, HOUSE, worker, NOW) == [on_the_day, after]


def test_a_paper_without_a_number_has_none(session: Session) -> None:
    worker = homes.worker(session)
    papers.keep(session, HOUSE, id_of(worker), "insurance", TUESDAY, now=NOW)
    assert session.get_one(Paper, (worker.id, "insurance")).number == ""
