"""What people agree to: word for word, purpose by purpose, and until they do not any more."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from core import bindings, consents, identities
from core.consents import Consent, ConsentText, Purpose
from core.database import transaction
from core.identities import Identity
from tests.core.homes import NOW
from tests.core.test_races import together

TERMS = "我们按约上门。"


def somebody(session: Session, user: str = "anna") -> tuple[Identity, int]:
    identity = identities.behind(session, "web", "main", user, language="zh-CN", now=NOW)
    return identity, identity.customer_id or 0


def test_nobody_has_agreed_to_anything_before_they_did(session: Session) -> None:
    _, anna = somebody(session)
    assert not any(consents.has(session, anna, purpose) for purpose in Purpose)


def test_a_yes_keeps_the_text_the_time_and_where_it_was_said(session: Session) -> None:
    identity, anna = somebody(session)
    given = consents.give(session, anna, Purpose.TERMS, body=TERMS, by=identity, subject="V23456", now=NOW)
    assert (given.channel, given.account, given.given_at) == ("web", "main", NOW)
    assert consents.words(session, given.text_version) == TERMS
    assert consents.has(session, anna, Purpose.TERMS, subject="V23456")
    assert not consents.has(session, anna, Purpose.TERMS)
    assert not consents.has(session, anna, Purpose.MARKETING)


def test_the_same_text_again_changes_nothing_and_another_takes_its_place(session: Session) -> None:
    identity, anna = somebody(session)
    first = consents.give(session, anna, Purpose.SERVICE, body=TERMS, by=identity, now=NOW)
    later = NOW + timedelta(days=1)
    assert consents.give(session, anna, Purpose.SERVICE, body=TERMS, by=identity, now=later) is first
    second = consents.give(session, anna, Purpose.SERVICE, body=TERMS + "！", by=identity, now=later)
    assert (first.withdrawn_at, second.withdrawn_at) == (later, None)
    assert first.text_version != second.text_version
    assert consents.standing(session, anna) == [second]


def test_taking_a_yes_back_keeps_that_it_was_given(session: Session) -> None:
    identity, anna = somebody(session)
    consents.give(session, anna, Purpose.SENSITIVE, body=TERMS, by=identity, now=NOW)
    assert consents.withdraw(session, anna, Purpose.SENSITIVE, now=NOW)
    assert not consents.withdraw(session, anna, Purpose.SENSITIVE, now=NOW)
    assert not consents.has(session, anna, Purpose.SENSITIVE)
    assert len(session.exec(select(Consent)).all()) == 1


def test_a_text_is_kept_once_for_everybody(session: Session) -> None:
    for user in ("anna", "bob"):
        identity, customer = somebody(session, user)
        consents.give(session, customer, Purpose.SERVICE, body=TERMS, by=identity, now=NOW)
    assert len(session.exec(select(ConsentText)).all()) == 1


def test_two_who_become_one_agree_once_and_two_again_as_before(session: Session) -> None:
    for user in ("anna", "phone"):
        identity, customer = somebody(session, user)
        consents.give(session, customer, Purpose.SERVICE, body=TERMS, by=identity, now=NOW)
    identity, phone = somebody(session, "phone")
    consents.give(session, phone, Purpose.MARKETING, body=TERMS, by=identity, now=NOW)
    anna_identity, anna = somebody(session, "anna")
    code = bindings.offer(session, anna_identity, NOW).code
    merge_id = bindings.bind(session, identity, code, NOW).merge_id or 0
    stands = {one.purpose for one in consents.standing(session, anna)}
    assert stands == {Purpose.SERVICE, Purpose.MARKETING}
    assert consents.standing(session, phone) == []
    made = session.get_one(bindings.Merge, merge_id)
    bindings.merging.take_back(session, made.moved)
    assert {one.purpose for one in consents.standing(session, phone)} == stands


def test_two_chats_of_one_person_that_agree_at_once_agree_once(engine: Engine) -> None:
    with transaction(engine) as session:
        identity, anna = somebody(session)

    def agree(session: Session) -> None:
        consents.give(session, anna, Purpose.SERVICE, body=TERMS, by=identity, now=NOW)

    together(engine, [agree] * 4)
    with transaction(engine) as session:
        assert len(session.exec(select(Consent).where(Consent.customer_id == anna)).all()) == 1
