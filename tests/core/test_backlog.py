from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from core import backlog, correspondence, customers, migrate, reminders
from core.backlog import Waiting
from core.correspondence import Peer
from core.customers import Customer
from core.database import looking, transaction
from tests.conftest import Moment

WANG, LI = Peer("phone", "main", "wang"), Peer("page", "main", "li")


def post(session: Session, peer: Peer, moment: Moment) -> int:
    return correspondence.post(session, peer, body="您好", content={}, now=moment.now)


def test_what_waits_is_counted_for_each_channel_that_is_asked_for(session: Session, moment: Moment) -> None:
    first = moment.now
    sent = post(session, WANG, moment)
    for _ in range(2):
        moment.forward(minutes=1)
        post(session, WANG, moment)
    post(session, LI, moment)
    correspondence.mark_sent(session, [sent], moment.now)

    found = backlog.unsent_on(session, ["phone", "letter"])

    assert found == {"phone": Waiting(2, first + timedelta(minutes=1)), "letter": Waiting(0, None)}
    assert backlog.unsent_on(session, []) == {}


def test_what_is_being_sent_has_not_arrived(session: Session, moment: Moment) -> None:
    post(session, WANG, moment)
    correspondence.claim(session, "phone", "main", moment.now)

    assert backlog.unsent_on(session, ["phone"])["phone"].messages == 1


def test_reminders_are_due_from_their_time_on_until_they_are_done(session: Session, moment: Moment) -> None:
    due_at = moment.now + timedelta(hours=1)
    reminders.schedule(session, "visit-near", "X", due_at, dedupe_key="x")
    assert backlog.reminders_due(session, moment.now) == 0

    moment.at(due_at)
    assert backlog.reminders_due(session, moment.now) == 1

    (claimed,) = reminders.claim(session, moment.now)
    reminders.done(session, claimed, "said", moment.now)
    assert backlog.reminders_due(session, moment.now) == 0


def test_who_only_looks_does_not_wait_for_who_writes(engine: Engine, moment: Moment) -> None:
    with transaction(engine) as writer:
        customers.greet(writer, language="en", now=moment.now)
        with looking(engine) as session:
            assert session.exec(select(Customer)).all() == []
            assert migrate.revision_of(session) == migrate.head()

    with looking(engine) as session:
        assert len(session.exec(select(Customer)).all()) == 1


def test_what_is_written_while_looking_is_lost(engine: Engine, moment: Moment) -> None:
    with looking(engine) as session:
        customers.greet(session, language="en", now=moment.now)

    with looking(engine) as session:
        assert session.exec(select(Customer)).all() == []


@pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_a_look_that_takes_too_long_is_given_up(engine: Engine) -> None:
    with looking(engine, within=timedelta(milliseconds=20)) as session, pytest.raises(OperationalError):
        session.execute(text("SELECT pg_sleep(60)"))
    with looking(engine) as session:
        assert session.execute(text("SHOW statement_timeout")).scalar_one() == "0"
