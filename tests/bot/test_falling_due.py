"""What falls due: said once by however many processes, tried again when it breaks, unsaid when stale."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot import due, falling_due
from bot.flow import Turn
from core import reminders
from core.company import Company
from core.database import transaction
from core.reminders import BACKOFF, LEASE, MOST_FAILURES, Reminder, Status
from tests.bot.test_notices import booked
from tests.conftest import Moment
from tests.talk import Person

ONE_DATABASE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def planned(engine: Engine, moment: Moment, count: int = 1, kind: str = "test") -> None:
    with transaction(engine) as session:
        for n in range(count):
            reminders.schedule(session, kind, str(n), moment.now, dedupe_key=f"{kind}:{n}")


def rows(engine: Engine, kind: str = "test") -> list[Reminder]:
    with transaction(engine) as session:
        return list(session.exec(select(Reminder).where(Reminder.kind == kind).order_by(Reminder.subject)))


def saying(monkeypatch: pytest.MonkeyPatch, say: due.Say) -> None:
    monkeypatch.setattr(falling_due, "SAYS", {**due.SAYS, "test": say})


@ONE_DATABASE
def test_one_that_breaks_is_tried_again_and_in_the_end_staff_are_told(
    person: Person, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: Counter[str] = Counter()

    def say(turn: Turn, reminder: Reminder) -> str:
        tried[reminder.subject] += 1
        if reminder.subject == "0":
            raise RuntimeError("broken")
        return "said"

    saying(monkeypatch, say)
    planned(person.engine, moment, 2)
    for rest in (*BACKOFF, None):
        falling_due.say(person.engine, person.company)
        falling_due.say(person.engine, person.company)
        if rest is not None:
            assert rows(person.engine)[0].status is Status.LEASED
            moment.forward(seconds=rest.total_seconds())
    assert tried == {"0": MOST_FAILURES, "1": 1}
    broken, fine = rows(person.engine)
    assert fine.outcome == "said"
    assert (broken.status, broken.outcome) == (Status.DONE, "given up after 5 times: RuntimeError")
    falling_due.say(person.engine, person.company)
    told = Person(person.engine, person.company, moment, "staff").heard()[-1].body
    assert "test（0）" in told


@ONE_DATABASE
def test_one_that_takes_its_process_down_is_given_up_too(
    engine: Engine, company: Company, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    saying(monkeypatch, lambda _turn, _reminder: pytest.fail("never reached"))
    planned(engine, moment)
    for _ in range(MOST_FAILURES):
        with transaction(engine) as session:
            assert len(reminders.claim(session, moment.now)) == 1  # and then nobody comes back
        moment.forward(seconds=LEASE.total_seconds())
    falling_due.say(engine, company)
    (row,) = rows(engine)
    assert row.outcome == "given up after 5 times: whoever had claimed it never came back"


@pytest.mark.postgresql
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_three_at_once_say_everything_once(
    engine: Engine, company: Company, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: Counter[str] = Counter()
    together = threading.Barrier(3)

    def say(_turn: Turn, reminder: Reminder) -> str:
        said[reminder.subject] += 1
        return "said"

    def work() -> None:
        together.wait()
        falling_due.say(engine, company)

    saying(monkeypatch, say)
    planned(engine, moment, 250)
    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 250
    assert set(said.values()) == {1}
    assert {row.status for row in rows(engine)} == {Status.DONE}


@ONE_DATABASE
def test_what_is_cancelled_between_claim_and_commit_leaves_nothing_behind(
    engine: Engine, company: Company, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def say(turn: Turn, reminder: Reminder) -> str:
        reminders.schedule(turn.session, "other", "1", moment.now, dedupe_key="other:1")
        reminders.cancel(turn.session, reminder.dedupe_key)
        return "said"

    saying(monkeypatch, say)
    planned(engine, moment)
    assert falling_due.say(engine, company) == []
    assert rows(engine, "other") == []
    assert rows(engine)[0].outcome is None


@ONE_DATABASE
def test_after_an_outage_only_what_is_still_worth_it_is_said(
    engine: Engine, company: Company, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    saying(monkeypatch, lambda _turn, _reminder: "said")
    monkeypatch.setattr(falling_due, "WORTH", {"test": timedelta(hours=5)})
    planned(engine, moment)
    moment.forward(hours=3)
    with transaction(engine) as session:
        reminders.schedule(session, "test", "1", moment.now, dedupe_key="test:1")
    moment.forward(hours=3)
    falling_due.say(engine, company)
    assert [row.outcome for row in rows(engine)] == ["stale: 6 h late, and worth saying for 5 h", "said"]


@ONE_DATABASE
def test_a_clock_that_jumps_a_day_and_back_says_nothing_twice_and_holds_nothing_up(
    engine: Engine, company: Company, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def say(_turn: Turn, reminder: Reminder) -> str:
        said.append(reminder.subject)
        return "said"

    saying(monkeypatch, say)
    planned(engine, moment, 2)
    moment.forward(days=1)
    with transaction(engine) as session:
        (first, _) = reminders.claim(session, moment.now)
    with transaction(engine) as session:
        reminders.done(session, first, "said", moment.now)  # the other stays claimed until tomorrow
    moment.forward(days=-1)
    for _ in range(3):
        falling_due.say(engine, company)
    assert said == ["1"]
    assert {row.status for row in rows(engine)} == {Status.DONE}


@ONE_DATABASE
def test_after_an_outage_nobody_is_woken(person: Person, moment: Moment) -> None:
    visit = booked(person)
    night = (visit.starts_at - timedelta(hours=24)).replace(hour=16)  # midnight in the company's zone
    moment.at(night)
    with transaction(person.engine) as session:
        reminders.schedule(session, "weekly", "1", night - timedelta(hours=5), dedupe_key="weekly:1")
        day_list, day = (
            "day-list",
            {"day": visit.starts_at.astimezone(person.company.zone).date().isoformat()},
        )
        evening = night - timedelta(hours=4)
        reminders.schedule(session, day_list, "1", evening, dedupe_key="day-list:late", payload=day)
    falling_due.say(person.engine, person.company)
    lists = [one for one in rows(person.engine, "day-list") if one.dedupe_key == "day-list:late"]
    held = [*rows(person.engine, "visit-near"), *rows(person.engine, "weekly"), *lists]
    said = {row.outcome for row in held if row.outcome}
    assert said == {"held: they sleep", "held: workers rest"}
    assert {row.status for row in held} == {Status.WAITING}
    moment.at(night + timedelta(hours=7))
    falling_due.say(person.engine, person.company)
    (said_then,) = [one.outcome for one in rows(person.engine, "visit-near") if one.payload["said"] == "day"]
    assert said_then == "stale: it is so late that only the reminder shortly before is worth saying"
    assert "师傅马上就到点出发了" in person.reads()[-1].body
    assert rows(person.engine, "weekly")[0].outcome == "not said: no visit was finished in this week"
