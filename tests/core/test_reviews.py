"""A number that a customer changes: done at once, undone by one tap of one person."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import customers, reviews
from core.audit import AuditEntry
from core.customers import Customer
from core.database import transaction
from core.reviews import Decided
from tests.core import homes
from tests.core.homes import NOW
from tests.core.test_races import together

OLD, NEW, OTHER = "+8613800001234", "+8613911112222", "+8613722223333"


def changed(session: Session, *, proven: bool = False) -> tuple[Customer, AuditEntry | None]:
    anna = homes.customer(session)
    customers.set_phone(session, anna, OLD, verified_at=NOW)
    return anna, reviews.change_phone(session, anna, NEW, proven=proven, now=NOW)


def test_a_first_number_and_a_proven_one_need_no_look(session: Session) -> None:
    anna = homes.customer(session)
    anna.phone = None
    assert reviews.change_phone(session, anna, OLD, proven=False, now=NOW) is None
    assert reviews.change_phone(session, anna, OLD, proven=False, now=NOW) is None
    assert reviews.change_phone(session, anna, NEW, proven=True, now=NOW) is None
    assert anna.phone_verified_at == NOW
    (entry,) = session.exec(select(AuditEntry)).all()
    assert (entry.was, entry.became, entry.why) == (OLD, NEW, reviews.ACCEPTED)


def test_another_number_waits_for_a_look_and_gets_its_proof_back_when_undone(session: Session) -> None:
    anna, entry = changed(session)
    assert entry is not None
    assert (anna.phone, anna.phone_verified_at) == (NEW, None)
    reviews.undo(session, entry.id or 0, by=1, now=NOW)
    assert (anna.phone, anna.phone_verified_at) == (OLD, NOW)
    with pytest.raises(Decided):
        reviews.accept(session, entry.id or 0)


def test_what_was_accepted_or_changed_again_is_not_undone(session: Session) -> None:
    anna, entry = changed(session)
    assert entry is not None
    reviews.accept(session, entry.id or 0)
    with pytest.raises(Decided):
        reviews.undo(session, entry.id or 0, by=1, now=NOW)
    bob, second = changed(session)
    assert second is not None
    reviews.change_phone(session, bob, OTHER, proven=False, now=NOW)
    with pytest.raises(Decided):
        reviews.undo(session, second.id or 0, by=1, now=NOW)
    assert (anna.phone, bob.phone) == (NEW, OTHER)


def test_of_two_who_decide_at_once_one_does(engine: Engine) -> None:
    with transaction(engine) as session:
        _, entry = changed(session)
        assert entry is not None
        id = entry.id or 0
    acts = [
        lambda session: reviews.accept(session, id),
        lambda session: reviews.undo(session, id, by=1, now=NOW),
    ]
    found = together(engine, acts * 2)
    assert sum(isinstance(one, Decided) for one in found) == 3
