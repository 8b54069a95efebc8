import threading

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core import customers, handoffs, staff
from core.database import transaction
from core.handoffs import Handoff, HandoffGone, Status
from core.staff import Rank
from tests.conftest import Moment


def a_customer(session: Session, moment: Moment) -> int:
    return customers.greet(session, language="zh-CN", now=moment.now).id or 0


def a_clerk(session: Session) -> int:
    return staff.hire(session, name="陈静", role=Rank.CLERK, language="zh-CN").id or 0


def asked(session: Session, moment: Moment, customer_id: int, words: str = "找人工") -> Handoff:
    return handoffs.ask(
        session, customer_id, topic="other", words=words, reason="asked for a person", now=moment.now
    )


def test_asking_again_adds_to_the_open_one_and_keeps_its_place(session: Session, moment: Moment) -> None:
    mei, lin = a_customer(session, moment), a_customer(session, moment)
    first = asked(session, moment, mei)
    asked_at = moment.now
    second = asked(session, moment, lin)
    moment.forward(minutes=5)
    assert asked(session, moment, mei, "空调漏水") is first
    assert asked(session, moment, mei, "空调漏水") is first
    assert (first.words, first.reason, first.asked_at) == ("找人工\n空调漏水", "asked for a person", asked_at)
    assert handoffs.waiting(session) == [first, second]
    assert handoffs.waiting(session, 1) == [first]


def test_a_customer_has_one_open_request(session: Session, moment: Moment) -> None:
    mei = a_customer(session, moment)
    asked(session, moment, mei)
    session.add(Handoff(customer_id=mei, topic="x", words="x", reason="x", asked_at=moment.now))
    with pytest.raises(IntegrityError):
        session.flush()


def test_what_is_taken_waits_no_more_but_is_still_open(session: Session, moment: Moment) -> None:
    mei, clerk = a_customer(session, moment), a_clerk(session)
    handoff = asked(session, moment, mei)
    handoffs.take(session, handoff, clerk, now=moment.now)
    assert handoffs.waiting(session) == []
    assert handoffs.open_of(session, mei) is handoff
    assert (handoff.status, handoff.taken_by, handoff.taken_at) == (Status.TAKEN, clerk, moment.now)
    handoffs.take(session, handoff, clerk, now=moment.forward(minutes=1))
    assert handoff.taken_at != moment.now


def test_what_somebody_else_took_is_gone(session: Session, moment: Moment) -> None:
    handoff = asked(session, moment, a_customer(session, moment))
    chen, wu = a_clerk(session), a_clerk(session)
    handoffs.take(session, handoff, chen, now=moment.now)
    with pytest.raises(HandoffGone) as gone:
        handoffs.take(session, handoff, wu, now=moment.now)
    assert gone.value.args_ == {"status": "taken"}
    assert handoff.taken_by == chen


def test_of_two_clerks_at_once_one_takes_it(engine: Engine, moment: Moment) -> None:
    with transaction(engine) as session:
        handoff_id = asked(session, moment, a_customer(session, moment)).id
        clerks = [a_clerk(session), a_clerk(session)]
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def take(clerk: int) -> None:
        together.wait()
        try:
            with transaction(engine) as session:
                handoff = session.get(Handoff, handoff_id)
                assert handoff
                handoffs.take(session, handoff, clerk, now=moment.now)
            outcomes.append("taken")
        except HandoffGone:
            outcomes.append("gone")

    threads = [threading.Thread(target=take, args=(clerk,)) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["gone", "taken"]


def test_given_back_it_waits_at_its_old_place(session: Session, moment: Moment) -> None:
    clerk = a_clerk(session)
    first = asked(session, moment, a_customer(session, moment))
    second = asked(session, moment, a_customer(session, moment))
    handoffs.take(session, first, clerk, now=moment.now)
    handoffs.give_back(session, first, now=moment.now)
    assert handoffs.waiting(session) == [first, second]
    assert (first.taken_by, first.taken_at) == (None, None)
    with pytest.raises(HandoffGone):
        handoffs.give_back(session, first, now=moment.now)


def test_after_closing_the_next_request_is_a_new_one(session: Session, moment: Moment) -> None:
    mei = a_customer(session, moment)
    handoff = asked(session, moment, mei)
    handoffs.close(session, handoff, outcome="called back", now=moment.now)
    assert (handoff.status, handoff.closed_at, handoff.outcome) == (Status.CLOSED, moment.now, "called back")
    assert handoffs.open_of(session, mei) is None
    assert asked(session, moment, mei) is not handoff


def test_closed_is_closed(session: Session, moment: Moment) -> None:
    handoff = asked(session, moment, a_customer(session, moment))
    clerk = a_clerk(session)
    handoffs.close(session, handoff, now=moment.now)
    with pytest.raises(HandoffGone):
        handoffs.close(session, handoff, now=moment.now)
    with pytest.raises(HandoffGone):
        handoffs.take(session, handoff, clerk, now=moment.now)
