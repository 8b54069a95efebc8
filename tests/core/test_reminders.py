import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from core import reminders
from core.database import transaction
from core.reminders import LEASE, LeaseLost, Reminder, Status
from tests.conftest import Moment


def scheduled(
    session: Session, moment: Moment, key: str = "visit:1:day-before", minutes: int = 0
) -> Reminder:
    subject = key.split(":")[1]
    due_at = moment.now + timedelta(minutes=minutes)
    reminders.schedule(session, "visit-near", subject, due_at, dedupe_key=key, payload={"n": 1})
    return session.exec(select(Reminder).where(Reminder.dedupe_key == key)).one()


def claimed(session: Session, moment: Moment, limit: int = 100) -> list[str]:
    return [each.dedupe_key for each in reminders.claim(session, moment.now, limit)]


def test_a_reminder_is_claimed_when_it_is_due_and_not_before(session: Session, moment: Moment) -> None:
    reminder = scheduled(session, moment, minutes=10)
    assert claimed(session, moment) == []
    moment.forward(minutes=10)
    assert claimed(session, moment) == [reminder.dedupe_key]
    assert (reminder.status, reminder.attempts) == (Status.LEASED, 1)
    assert reminder.lease_until == moment.now + LEASE
    assert (reminder.kind, reminder.subject, reminder.payload) == ("visit-near", "1", {"n": 1})


def test_the_oldest_come_first_and_the_limit_leaves_the_rest(session: Session, moment: Moment) -> None:
    for minutes in (3, 1, 2):
        scheduled(session, moment, f"visit:{minutes}", minutes)
    moment.forward(minutes=5)
    assert claimed(session, moment, 2) == ["visit:1", "visit:2"]
    assert claimed(session, moment, 2) == ["visit:3"]
    assert claimed(session, moment, 2) == []


def test_those_of_one_moment_come_as_they_were_planned(session: Session, moment: Moment) -> None:
    for n in range(3):
        scheduled(session, moment, f"visit:{n}", minutes=5 if n == 0 else 0)
    scheduled(session, moment, "visit:0")  # PostgreSQL keeps what was moved behind the others
    assert claimed(session, moment) == ["visit:0", "visit:1", "visit:2"]


def test_a_lease_that_ran_out_makes_it_due_again(session: Session, moment: Moment) -> None:
    reminder = scheduled(session, moment)
    claimed(session, moment)
    moment.forward(seconds=LEASE.total_seconds() - 1)
    assert claimed(session, moment) == []
    moment.forward(seconds=1)
    assert claimed(session, moment) == [reminder.dedupe_key]
    assert reminder.attempts == 2


def test_what_is_done_stays_done(session: Session, moment: Moment) -> None:
    reminder = scheduled(session, moment)
    claimed(session, moment)
    reminders.done(session, reminder, "said", moment.now)
    moment.forward(days=1)
    assert scheduled(session, moment) is reminder
    assert (reminder.status, reminder.outcome, reminder.lease_until) == (Status.DONE, "said", None)
    assert reminder.done_at == moment.now - timedelta(days=1)
    assert claimed(session, moment) == []


def test_the_same_key_moves_a_reminder_that_still_waits(session: Session, moment: Moment) -> None:
    reminder = scheduled(session, moment)
    assert scheduled(session, moment, minutes=30) is reminder
    assert claimed(session, moment) == []
    moment.forward(minutes=30)
    assert claimed(session, moment) == [reminder.dedupe_key]


def test_what_was_cancelled_is_not_claimed_but_can_be_scheduled_again(
    session: Session, moment: Moment
) -> None:
    reminder = scheduled(session, moment)
    assert reminders.cancel(session, reminder.dedupe_key)
    assert not reminders.cancel(session, reminder.dedupe_key)
    assert not reminders.cancel(session, "no such key")
    assert claimed(session, moment) == []
    scheduled(session, moment)
    assert claimed(session, moment) == [reminder.dedupe_key]


def test_a_subject_is_cancelled_as_a_whole(session: Session, moment: Moment) -> None:
    for key in ("visit:1:a", "visit:1:b", "visit:2:a"):
        scheduled(session, moment, key)
    reminders.schedule(session, "rate", "1", moment.now, dedupe_key="rate:1")
    assert reminders.cancel_subject(session, "visit-near", "1") == 2
    assert sorted(claimed(session, moment)) == ["rate:1", "visit:2:a"]


@pytest.mark.parametrize("how", ["cancelled", "moved", "claimed by another"])
def test_who_works_on_a_reminder_learns_that_it_is_no_longer_true(
    engine: Engine, moment: Moment, how: str
) -> None:
    with transaction(engine) as session:
        scheduled(session, moment)
    with transaction(engine) as session:
        mine = reminders.claim(session, moment.now)[0]
    with transaction(engine) as session:
        if how == "cancelled":
            reminders.cancel(session, mine.dedupe_key)
        elif how == "moved":
            scheduled(session, moment, minutes=60)
        else:
            assert len(reminders.claim(session, moment.forward(seconds=LEASE.total_seconds()))) == 1
    with pytest.raises(LeaseLost), transaction(engine) as session:
        reminders.done(session, mine, "said", moment.now)
    with transaction(engine) as session:
        assert session.exec(select(Reminder)).one().outcome is None


def test_a_reminder_is_done_from_another_transaction_than_its_claim(engine: Engine, moment: Moment) -> None:
    with transaction(engine) as session:
        scheduled(session, moment)
    with transaction(engine) as session:
        mine = reminders.claim(session, moment.now)[0]
    with transaction(engine) as session:
        reminders.done(session, mine, "nothing to say", moment.now)
    with transaction(engine) as session:
        assert session.exec(select(Reminder)).one().status == Status.DONE


def test_what_is_held_waits_on_when_the_same_is_planned_again(session: Session, moment: Moment) -> None:
    reminder = scheduled(session, moment)
    claimed(session, moment)
    reminders.postpone(session, reminder, moment.now + timedelta(hours=9), "they sleep")
    again = scheduled(session, moment)
    session.refresh(again)
    assert (again.due_at, again.since) == (moment.now + timedelta(hours=9), moment.now)
    assert claimed(session, moment) == []
    moved = scheduled(session, moment, minutes=5)
    session.refresh(moved)
    assert (moved.due_at, moved.first_due_at) == (moment.now + timedelta(minutes=5), None)


def test_a_postponed_reminder_comes_back(session: Session, moment: Moment) -> None:
    reminder = scheduled(session, moment)
    claimed(session, moment)
    reminders.postpone(session, reminder, moment.now + timedelta(minutes=5), "quiet hours")
    assert (reminder.status, reminder.outcome) == (Status.WAITING, "quiet hours")
    assert claimed(session, moment) == []
    moment.forward(minutes=5)
    assert claimed(session, moment) == [reminder.dedupe_key]


def test_several_processes_never_claim_the_same_one(engine: Engine, moment: Moment) -> None:
    with transaction(engine) as session:
        for number in range(40):
            scheduled(session, moment, f"visit:{number}")
    together = threading.Barrier(4)
    seen: Counter[str] = Counter()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            together.wait()
            for _ in range(8):
                with transaction(engine) as session:
                    seen.update(claimed(session, moment, 5))
        except BaseException as failure:
            failures.append(failure)
            raise

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(seen) == 40
    assert set(seen.values()) == {1}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # the plan is one of SQLite
def test_a_claim_reads_the_indexes_of_what_is_due_and_leased_only(engine: Engine, moment: Moment) -> None:
    statements: list[tuple[str, tuple[object, ...]]] = []
    event.listen(engine, "before_cursor_execute", lambda *call: statements.append((call[2], call[3])))
    with transaction(engine) as session:
        claimed(session, moment)
        plans = [
            session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters).all()
            for sql, parameters in tuple(statements)
            if not sql.startswith("BEGIN")
        ]
    steps = [step[3] for plan in plans for step in plan]
    assert steps == [
        "SCAN reminder USING INDEX ix_reminder_lease",  # which holds nothing but what is claimed just now
        "SEARCH reminder USING INDEX ix_reminder_due (due_at<?)",
    ]
