"""An account's address changes: everything that is kept under the former one is found under the new one."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, select

import core.tables  # noqa: F401 - every table of ours
from bot import store
from channels import outcomes
from core import bindings, correspondence, grants, handoffs, identities, mailboxes, media
from core.bindings import BindingTry, WrongCode
from core.correspondence import Peer
from core.grants import Allowance, Grant
from tests.conftest import Moment

OLD, NEW = Peer("telegram", "main", "-100"), Peer("telegram", "main", "-200")
LATER = timedelta(seconds=20)
PNG = b"\x89PNG\r\n\x1a\n"
KEYED = {
    name
    for name, table in SQLModel.metadata.tables.items()
    if {"channel", "account", "user"} <= {*table.c.keys()} and name != "notification"
}
"""The tables that call people as their channels do. E-mails and text messages go to addresses of their own,
and what went there is never changed."""


@pytest.fixture
def now(moment: Moment) -> datetime:
    return moment.now


def _identity(session: Session, now: datetime, folder: Path) -> None:
    identities.behind(session, *OLD, language="en", now=now)


def _merge(session: Session, now: datetime, folder: Path) -> None:
    one = identities.behind(session, *OLD, language="en", now=now)
    other = identities.behind(session, "web", "main", "x", language="en", now=now)
    bindings.bind(session, one, bindings.offer(session, other, now).code, now)


def _try(session: Session, now: datetime, folder: Path) -> None:
    with pytest.raises(WrongCode):
        bindings.verify(session, identities.behind(session, *OLD, language="en", now=now), "no such", now)


def _media(session: Session, now: datetime, folder: Path) -> None:
    media.record(session, media.new_id(), PNG, mime="image/png", now=now, **OLD._asdict())


def _handoff(session: Session, now: datetime, folder: Path) -> None:
    who = identities.behind(session, *OLD, language="en", now=now).customer_id or 0
    handoffs.ask(session, who, topic="asked", words="hello?", reason="asked", peer=OLD, now=now)


MAKE: Mapping[str, Callable[[Session, datetime, Path], object]] = {
    "binding_try": _try,
    "channel_grant": lambda session, now, _: grants.earn(session, OLD, Allowance("said", 5, None), now),
    "conversation": lambda session, now, _: store.load(session, OLD, now),
    "greeting": lambda session, now, _: mailboxes.allow(session, OLD, "code", now + LATER, now),
    "handoff": _handoff,
    "identity": _identity,
    "media": _media,
    "merge": _merge,
    "message": lambda session, now, _: correspondence.post(session, OLD, body="x", content={}, now=now),
}
"""Something of each kind. Of messages only what still waits goes along: the rest is what was said there."""


def test_every_table_with_an_address_has_its_case() -> None:
    assert set(MAKE) == KEYED, "teach `channels.outcomes.move` the new table, and this test as well"


@pytest.mark.parametrize("name", sorted(KEYED))
def test_it_goes_along(session: Session, name: str, now: datetime, tmp_path: Path) -> None:
    MAKE[name](session, now, tmp_path)
    session.flush()
    outcomes.move(session, OLD, NEW.user)
    session.flush()
    table = SQLModel.metadata.tables[name]
    users = (
        session.connection()
        .execute(select(table.c.user).where(table.c.channel == OLD.channel))
        .scalars()
        .all()
    )
    assert users
    assert set(users) == {NEW.user}


def test_of_two_budgets_the_one_earned_last_counts_and_agreements_add_up(
    session: Session, now: datetime
) -> None:
    later = now + timedelta(minutes=1)
    grants.earn(session, OLD, Allowance("said", 5, timedelta(hours=48)), later)
    grants.earn(session, NEW, Allowance("said", 2, timedelta(hours=48)), now)
    grants.earn(session, OLD, Allowance("pressed", 1, None), now)
    grants.earn(session, NEW, Allowance("pressed", 3, None), later)
    for peer in (OLD, NEW):
        grants.accept(session, peer, "T1", now)
    outcomes.move(session, OLD, NEW.user)
    kept = {one.kind: (one.user, one.left) for one in session.exec(select(Grant))}
    assert kept == {
        "said": (NEW.user, 5),
        "pressed": (NEW.user, 3),
        grants.template_kind("T1"): (NEW.user, 2),
    }
    assert grants.budget(session, NEW, later).until is None
    assert grants.accepted(session, NEW) == {"T1": 2}


def test_wrong_tries_follow_the_account(session: Session, now: datetime) -> None:
    _try(session, now, Path())
    outcomes.move(session, OLD, NEW.user)
    assert [one.user for one in session.exec(select(BindingTry))] == [NEW.user]
