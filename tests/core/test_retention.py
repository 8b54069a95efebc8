"""What has been kept long enough goes, as much of it as is time, and no more."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from core import audit, correspondence, customers, handoffs, retention
from core.audit import AuditEntry, Deed, What
from core.company import Company
from core.correspondence import Message, Peer, Purpose
from core.customers import Address
from core.database import transaction
from core.handoffs import Handoff
from tests.core import homes
from tests.core.homes import NOW

ANNA = Peer("web", "main", "anna")
MONTHS = timedelta(days=365.25 / 12)


def heard(session: Session, number: int, at: datetime, *, kind: str = "text") -> None:
    content = {"latitude": 30.6, "longitude": 104.0} if kind == "place" else {}
    words = {"kind": kind, "body": f"我想约一次 {number}", "content": content}
    correspondence.record(session, ANNA, external_id=f"m{number}-{at}", now=at, **words)


def bodies(session: Session) -> list[str]:
    session.expire_all()
    return [one.body for one in session.exec(select(Message).order_by(Message.id))]


def test_words_go_after_two_years_and_what_became_of_them_stays(session: Session, company: Company) -> None:
    for number, months in enumerate((30, 25, 23, 0)):
        heard(session, number, NOW - months * MONTHS)
    said = {"body": "好的", "content": {"text": "好的"}, "purpose": Purpose.ANSWER, "answers_id": 1}
    correspondence.post(session, ANNA, **said, now=NOW)
    assert retention.sweep(session, company, NOW) == {"words": 2}
    assert bodies(session) == ["", "", "我想约一次 2", "我想约一次 3", "好的"]
    first = session.get_one(Message, 1)
    assert (first.kind, first.content, first.user) == ("text", {}, "anna")


def test_running_twice_does_it_once_and_later_does_the_rest(session: Session, company: Company) -> None:
    for number, months in enumerate((30, 23)):
        heard(session, number, NOW - months * MONTHS)
    assert retention.sweep(session, company, NOW) == {"words": 1}
    assert retention.sweep(session, company, NOW) == {}
    assert retention.sweep(session, company, NOW + timedelta(hours=1)) == {}
    assert retention.sweep(session, company, NOW + 2 * MONTHS) == {"words": 1}


def test_a_run_is_bounded(session: Session, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "LIMIT", 2)
    monkeypatch.setattr(retention, "PARTS", 2)
    for number in range(7):
        heard(session, number, NOW - 30 * MONTHS)
    later = [NOW + n * retention.EVERY for n in range(3)]
    assert [retention.sweep(session, company, at).get("words", 0) for at in later] == [4, 3, 0]


def test_rows_of_other_classes_do_not_end_a_run(
    session: Session, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "LIMIT", 2)
    for number in range(6):
        heard(session, number, NOW - timedelta(days=40), kind="place" if number == 5 else "text")
    assert retention.sweep(session, company, NOW) == {"places": 1}


def test_nothing_is_looked_at_again_within_the_hour(
    session: Session, company: Company, engine: Engine
) -> None:
    retention.sweep(session, company, NOW)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert retention.sweep(session, company, NOW + timedelta(minutes=59)) == {}
    assert len(asked) == 1


def test_places_go_after_a_month(session: Session, company: Company) -> None:
    heard(session, 1, NOW - timedelta(days=40), kind="place")
    heard(session, 2, NOW - timedelta(days=40))
    heard(session, 3, NOW - timedelta(days=20), kind="place")
    assert retention.sweep(session, company, NOW) == {"places": 1}
    contents = [one.content for one in session.exec(select(Message).order_by(Message.id))]
    assert contents == [{}, {}, {"latitude": 30.6, "longitude": 104.0}]


def test_a_way_in_for_one_visit_goes_and_one_for_good_stays(session: Session, company: Company) -> None:
    customer = homes.customer(session)
    once, ever = homes.home(session, customer), homes.home(session, homes.customer(session))
    customers.tell_way_in(session, once, "4471#", until=NOW)
    customers.tell_way_in(session, ever, "9932#", until=None)
    session.flush()
    assert retention.sweep(session, company, NOW - retention.EVERY) == {}
    assert retention.sweep(session, company, NOW) == {"door codes": 1}
    assert session.get_one(Address, once.id).access_note is None
    assert session.get_one(Address, ever.id).access_note == "9932#"


def test_looks_are_kept_for_three_years(session: Session, company: Company) -> None:
    anna = homes.customer(session).id or 0
    for months in (40, 35):
        at = NOW - months * MONTHS
        audit.note(session, Deed.READ, What.PHONE, anna, actor="staff", actor_id=1, why="ticket", now=at)
    session.flush()
    assert retention.sweep(session, company, NOW) == {"audit": 1}
    assert [one.at for one in session.exec(select(AuditEntry))] == [NOW - 35 * MONTHS]


def test_what_was_asked_of_a_person_goes_unless_it_is_open(session: Session, company: Company) -> None:
    old = NOW - 30 * MONTHS
    for name in ("closed", "open"):
        customer = homes.customer(session)
        made = handoffs.ask(
            session, customer.id or 0, topic="asked", words=f"转人工 {name}", reason="asked", now=old
        )
        if name == "closed":
            handoffs.close(session, made, now=old)
    assert retention.sweep(session, company, NOW) == {"asked": 1}
    session.expire_all()
    assert [one.words for one in session.exec(select(Handoff).order_by(Handoff.id))] == ["", "转人工 open"]


def test_it_is_noticed_when_nothing_sees_to_it(session: Session, company: Company) -> None:
    assert retention.neglected(session, NOW) == sorted(retention.CLASSES)
    retention.sweep(session, company, NOW)
    assert retention.neglected(session, NOW) == []
    assert retention.neglected(session, NOW + timedelta(days=3)) == sorted(retention.CLASSES)


def test_two_at_once_do_it_once(engine: Engine, company: Company) -> None:
    from tests.core.test_races import together

    with transaction(engine) as session:
        for number in range(20):
            heard(session, number, NOW - 30 * MONTHS)
    gone = together(engine, [lambda session: retention.sweep(session, company, NOW)] * 4)
    with transaction(engine) as session:
        assert set(bodies(session)) == {""}
        kept = session.get_one(retention.Retention, "words")
        assert kept.removed == sum(one.get("words", 0) for one in gone if isinstance(one, dict)) == 20
