"""What we know of a customer, with who said it and when; and what happened with them, page by page."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from core import customers, facts, history, rights
from core.facts import Event, Fact, Source
from tests.core import homes
from tests.core.homes import NOW


def told(session: Session) -> int:
    anna = homes.customer(session).id or 0
    customers.tell_home(session, anna, pets=True, allergy="漂白水", now=NOW)
    return anna


def test_each_thing_has_its_source_its_day_and_how_sure_it_is(session: Session) -> None:
    anna = told(session)
    later = NOW + timedelta(days=9)
    customers.tell_home(session, anna, infants=True, source=Source.WORKER, now=later)
    known = {one.what: one for one in facts.standing(session, anna)}
    assert (known["pets"].source, known["pets"].told_at, known["pets"].confidence) == (
        Source.CUSTOMER,
        NOW,
        100,
    )
    assert (known["infants"].source, known["infants"].confidence) == (Source.WORKER, 80)
    assert customers.home(session, anna).infants is True


def test_said_again_it_is_fresh_and_said_otherwise_the_former_is_kept_as_ended(session: Session) -> None:
    anna = told(session)
    later = NOW + timedelta(days=200)
    customers.tell_home(session, anna, pets=True, allergy="", now=later)
    known = {one.what: one for one in facts.standing(session, anna)}
    assert (known["pets"].value, known["pets"].told_at) == ("yes", later)
    assert known["allergy"].value == "no"
    ended = session.exec(select(Fact).where(Fact.customer_id == anna, Fact.ended_at == later)).one()
    assert ended.value == "漂白水"


def test_still_so_makes_all_of_it_the_customers_word_of_today(session: Session) -> None:
    anna = told(session)
    customers.tell_home(session, anna, infants=True, source=Source.WORKER, now=NOW)
    later = NOW + timedelta(days=200)
    customers.confirm_home(session, anna, later)
    assert {(one.source, one.told_at) for one in facts.standing(session, anna)} == {(Source.CUSTOMER, later)}
    assert customers.home(session, anna).told_at == later


def test_of_one_thing_one_stands(session: Session) -> None:
    anna = told(session)
    with pytest.raises(IntegrityError):
        facts.tell(session, anna, {"pets": "no"}, source=Source.STAFF, first=True, now=NOW)


def test_an_event_is_forgotten_after_a_while(session: Session) -> None:
    anna = told(session)
    facts.happens(session, anna, Event.MOVING, NOW)
    moving = facts.of(session, anna, Event.MOVING)
    assert moving is not None
    assert moving.expires_at == NOW + facts.EVENTS_LAST
    facts.end(session, moving, NOW)
    assert facts.of(session, anna, Event.MOVING) is None


@pytest.mark.parametrize(("hours", "shown"), [(-25, False), (-24, True), (0, True), (4, True), (5.5, False)])
def test_a_worker_knows_the_door_around_the_visit(hours: float, shown: bool) -> None:
    starts_at, ends_at = NOW, NOW + timedelta(hours=3)
    assert rights.worker_knows_door(starts_at, ends_at, NOW + timedelta(hours=hours)) is shown


def test_a_customer_without_anything_has_no_history(session: Session) -> None:
    assert history.of_customer(session, homes.customer(session).id or 0, limit=5) == []
