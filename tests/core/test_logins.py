"""Logins that are under way: a secret brings back whom it was given to, once and in time."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from core import logins
from core.logins import LASTS, Login, WrongState
from tests.conftest import Moment


def test_a_secret_brings_its_visitor_back_once(session: Session, moment: Moment) -> None:
    state = logins.begin(session, "anna", moment.now)

    assert logins.end(session, "anna", state, moment.now) is False
    with pytest.raises(WrongState):
        logins.end(session, "anna", state, moment.now)


def test_a_second_login_is_known_as_one(session: Session, moment: Moment) -> None:
    state = logins.begin(session, "anna", moment.now, is_second=True)

    assert logins.end(session, "anna", state, moment.now) is True


def test_somebody_else_s_secret_is_refused_and_stays_good(session: Session, moment: Moment) -> None:
    state = logins.begin(session, "anna", moment.now)

    for stranger in ("ben", "", "anna "):
        with pytest.raises(WrongState):
            logins.end(session, stranger, state, moment.now)
    logins.end(session, "anna", state, moment.now)


@pytest.mark.parametrize("state", ["", "x", "\ud800", "微信", "x" * 100_000])
def test_what_nobody_was_given_is_refused(session: Session, moment: Moment, state: str) -> None:
    with pytest.raises(WrongState):
        logins.end(session, "anna", state, moment.now)


def test_a_secret_is_good_until_its_time(session: Session, moment: Moment) -> None:
    early, late = (logins.begin(session, user, moment.now) for user in ("anna", "ben"))

    logins.end(session, "anna", early, moment.now + LASTS - timedelta(microseconds=1))
    with pytest.raises(WrongState):
        logins.end(session, "ben", late, moment.now + LASTS)


def test_a_new_login_ends_the_former_and_those_that_are_over(session: Session, moment: Moment) -> None:
    former = logins.begin(session, "anna", moment.now)
    logins.begin(session, "ben", moment.now)
    logins.begin(session, "anna", moment.now + timedelta(minutes=1))
    with pytest.raises(WrongState):
        logins.end(session, "anna", former, moment.now)
    assert len(session.exec(select(Login)).all()) == 2

    logins.begin(session, "carl", moment.now + LASTS)
    assert {row.user for row in session.exec(select(Login))} == {"anna", "carl"}


def test_only_a_digest_is_kept(session: Session, moment: Moment) -> None:
    state = logins.begin(session, "anna", moment.now)

    (row,) = session.exec(select(Login)).all()
    assert state not in row.model_dump_json()
