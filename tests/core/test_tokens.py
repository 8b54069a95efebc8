from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core import tokens
from core.database import transaction
from core.tokens import AT_LEAST, EARLY, LEASE, Token

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)
OURS = ("post", "main")


def kept(session: Session, value: str = "first", expires_in: timedelta = TWO_HOURS) -> Token:
    return tokens.keep(session, *OURS, value, expires_in=expires_in, now=NOW)


def may_fetch(session: Session, now: datetime = NOW, not_this: str | None = None) -> bool | Token:
    return tokens.may_fetch(session, *OURS, now, not_this=not_this)


def test_without_a_token_one_fetches_and_the_others_wait_for_it(session: Session) -> None:
    assert tokens.current(session, *OURS, NOW) is None
    assert may_fetch(session) is True
    assert may_fetch(session) is False
    assert tokens.current(session, *OURS, NOW) is None

    token = kept(session)

    assert tokens.current(session, *OURS, NOW) == token
    assert may_fetch(session) == token


def test_who_fetches_for_one_account_does_not_stop_another(session: Session) -> None:
    assert may_fetch(session) is True
    assert tokens.may_fetch(session, "post", "other", NOW) is True
    assert tokens.may_fetch(session, "other", "main", NOW) is True


def test_a_token_is_renewed_while_it_is_still_good(session: Session) -> None:
    token = kept(session)
    late = token.expires_at - EARLY

    assert tokens.current(session, *OURS, late) == token
    assert tokens.current(session, *OURS, late + timedelta(seconds=1)) is None
    assert may_fetch(session, late) == token
    assert may_fetch(session, late + timedelta(seconds=1)) is True


def test_a_token_given_for_minutes_is_used_for_one_before_another_is_fetched(session: Session) -> None:
    token = kept(session, expires_in=timedelta(minutes=3))

    assert tokens.current(session, *OURS, NOW) == token
    assert may_fetch(session, NOW + AT_LEAST - timedelta(seconds=1)) == token
    assert tokens.current(session, *OURS, NOW + AT_LEAST) is None
    assert may_fetch(session, NOW + AT_LEAST) is True


@pytest.mark.parametrize("seconds", [0, 20])
def test_a_token_that_ended_is_never_used(session: Session, seconds: int) -> None:
    token = kept(session, expires_in=timedelta(seconds=seconds))

    assert tokens.current(session, *OURS, token.expires_at) is None
    assert may_fetch(session, token.expires_at) is True


def test_a_lease_runs_out_with_whoever_held_it(session: Session) -> None:
    assert may_fetch(session) is True

    assert may_fetch(session, NOW + LEASE - timedelta(seconds=1)) is False
    assert may_fetch(session, NOW + LEASE) is True
    assert may_fetch(session, NOW + LEASE) is False


def test_who_could_not_fetch_lets_the_next_one_try(session: Session) -> None:
    assert may_fetch(session) is True

    tokens.give_up(session, *OURS)

    assert may_fetch(session) is True


def test_giving_up_what_nobody_began_does_nothing(session: Session) -> None:
    tokens.give_up(session, *OURS)

    assert may_fetch(session) is True


def test_only_the_refused_token_is_fetched_anew(session: Session) -> None:
    kept(session)
    assert may_fetch(session, not_this="first") is True
    assert may_fetch(session, not_this="first") is False
    second = kept(session, "second")

    assert may_fetch(session, not_this="first") == second
    assert tokens.current(session, *OURS, NOW) == second


def test_while_a_refused_token_is_replaced_others_go_on_with_it(session: Session) -> None:
    token = kept(session)
    assert may_fetch(session, not_this="first") is True

    assert may_fetch(session) == token


def test_what_is_kept_again_takes_the_place_of_the_former(session: Session) -> None:
    kept(session, "x" * 512)
    later = tokens.keep(session, *OURS, "second", expires_in=TWO_HOURS, now=NOW + TWO_HOURS)

    assert later == Token("second", NOW + TWO_HOURS, NOW + 2 * TWO_HOURS)
    assert tokens.current(session, *OURS, NOW + TWO_HOURS) == later


def test_a_token_does_not_show_itself() -> None:
    assert "first" not in repr(Token("first", NOW, NOW))


@pytest.mark.parametrize("stored", [None, "first"])
def test_of_a_crowd_one_fetches(engine: Engine, stored: str | None) -> None:
    if stored:
        with transaction(engine) as session:
            kept(session, stored)
    ready = Barrier(8)

    def ask(_number: int) -> bool | Token:
        ready.wait(timeout=30)
        with transaction(engine) as session:
            return may_fetch(session, not_this=stored)

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(ask, range(8))) == [False] * 7 + [True]
