"""A platform's word binds two accounts as a code does, and can be taken back."""

from functools import partial

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import bindings, identities
from core.bindings import CodeExpired, Merge, SameCustomer, TwoVerified
from core.customers import Customer
from core.database import transaction
from tests.core.homes import NOW
from tests.core.test_bindings import clerk, person, rows, seen
from tests.core.test_races import together


def test_the_account_speaks_for_the_other_s_customer(session: Session) -> None:
    page, _ = person(session, "page")
    other = seen(session, "openid", "wechat")
    made = bindings.bind_proven(session, page, other, NOW)

    assert page.customer_id == other.customer_id == made.kept_id
    assert (made.channel, made.user) == ("web", "page")


def test_it_can_be_undone_to_the_last_row(session: Session) -> None:
    page, _ = person(session, "page", known=True)
    other, by = seen(session, "openid", "wechat"), clerk(session)
    before = rows(session)
    made = bindings.bind_proven(session, page, other, NOW)
    assert rows(session) != before
    bindings.undo(session, made.id or 0, by=by, now=NOW)

    assert rows(session) == before


def test_the_same_customer_and_two_confirmed_numbers_are_refused(session: Session) -> None:
    page, _ = person(session, "page", known=True)
    other, _ = person(session, "other", known=True)
    with pytest.raises(TwoVerified):
        bindings.bind_proven(session, page, other, NOW)
    with pytest.raises(SameCustomer):
        bindings.bind_proven(session, page, page, NOW)
    never_a_customer = identities.bind_staff(session, "web", "main", "clerk", clerk(session), now=NOW)
    with pytest.raises(ValueError, match="only customers"):
        bindings.bind_proven(session, page, never_a_customer, NOW)
    assert session.exec(select(Merge)).all() == []


def test_the_given_up_customer_s_code_ends(session: Session) -> None:
    page, _ = person(session, "page")
    offer = bindings.offer(session, page, NOW)
    bindings.bind_proven(session, page, seen(session, "openid", "wechat"), NOW)

    with pytest.raises(CodeExpired):
        bindings.verify(session, seen(session, "third"), offer.code, NOW)


def test_two_pages_at_once_are_both_bound(engine: Engine) -> None:
    with transaction(engine) as session:
        for user in ("one", "two"):
            person(session, user)
        seen(session, "openid", "wechat")

    def join(user: str, session: Session) -> None:
        page = identities.find(session, "web", "main", user)
        other = identities.find(session, "wechat", "main", "openid")
        assert page is not None
        assert other is not None
        bindings.bind_proven(session, page, other, NOW)

    together(engine, [partial(join, "one"), partial(join, "two")])
    with transaction(engine) as session:
        standing = [one for one in session.exec(select(Customer)) if one.given_up_at is None]
        assert len(standing) == 1
