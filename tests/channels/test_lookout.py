import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError

from channels.base import Capabilities, Check, Health
from channels.lookout import ChannelState, Lookout, Seen, readiness
from channels.sweeping import StoreState
from core import accounts, complaints, customers, identities, reminders, staff
from core.backlog import Waiting
from core.company import Company
from core.database import transaction
from core.staff import Rank
from tests.channels.test_delivery import FakeChannel, post
from tests.conftest import Moment

SECOND, PATIENCE = timedelta(seconds=1), timedelta(seconds=30)
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
WELL = Seen(NOW, database_up=True, tables_current=True)


@contextmanager
def begin(engine: Engine, do: Callable[..., None]) -> Iterator[None]:
    """Whatever begins on the database goes through `do` first."""
    event.listen(engine, "begin", do, insert=True)
    try:
        yield
    finally:
        event.remove(engine, "begin", do)


def refuse(*_: object) -> None:
    raise OperationalError("BEGIN", None, ConnectionError("no route to the database"))


@pytest.fixture
def lookout(engine: Engine) -> Iterator[Lookout]:
    page = FakeChannel("page", can=Capabilities(fetched=True))
    lookout = Lookout(engine, [FakeChannel("phone"), page])
    yield lookout
    lookout.close()


async def look(lookout: Lookout, max_age: timedelta = timedelta(0)) -> Seen:
    return await lookout.look(max_age=max_age, within=PATIENCE)


async def test_a_look_sees_what_waits_on_channels_that_are_sent_to(
    lookout: Lookout, engine: Engine, moment: Moment
) -> None:
    post(engine, "wang", "one", "two", channel="phone")
    post(engine, "li", "one", channel="page")
    with transaction(engine) as session:
        reminders.schedule(session, "visit-near", "X", moment.now, dedupe_key="x")

    seen = await look(lookout)

    assert seen == Seen(
        moment.now,
        database_up=True,
        tables_current=True,
        outbox={"phone": Waiting(2, moment.now)},
        reminders_due=1,
        channels={"phone": ChannelState()},
    )


async def test_what_was_seen_holds_for_a_while(lookout: Lookout, engine: Engine, moment: Moment) -> None:
    first = await look(lookout)
    post(engine, "wang", "one", channel="phone")
    moment.forward(seconds=4)
    assert await look(lookout, 5 * SECOND) is first

    moment.forward(seconds=1)
    assert (await look(lookout, 5 * SECOND)).outbox["phone"].messages == 1

    moment.forward(days=-1)  # a clock that was put right
    assert (await look(lookout, 5 * SECOND)).at == moment.now


async def test_a_database_that_is_gone_is_seen_and_comes_back(
    lookout: Lookout, engine: Engine, moment: Moment
) -> None:
    with begin(engine, refuse):
        assert await look(lookout) == Seen(moment.now, database_up=False)

    assert (await look(lookout)).database_up


async def test_a_database_that_hangs_holds_up_one_look_only(
    lookout: Lookout, engine: Engine, moment: Moment
) -> None:
    freed, hanging = threading.Event(), []

    def hang(*_: object) -> None:
        hanging.append(1)
        freed.wait(PATIENCE.total_seconds())

    with begin(engine, hang):
        for _ in range(3):
            found = await lookout.look(max_age=SECOND, within=timedelta(milliseconds=20))
            assert not found.database_up
        freed.set()
        assert (await look(lookout, SECOND)).database_up

    assert hanging == [1]


async def test_tables_of_another_version_are_seen(lookout: Lookout, engine: Engine, moment: Moment) -> None:
    with engine.begin() as connection:
        former = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    try:
        assert await look(lookout) == Seen(moment.now, database_up=True)
    finally:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :it").bindparams(it=former))


async def test_a_channel_that_failed_too_often_does_not_work(
    lookout: Lookout, engine: Engine, moment: Moment
) -> None:
    began = moment.now
    for failures in range(1, accounts.FAILURES_BEFORE_REST + 1):
        with transaction(engine) as session:
            accounts.failed(session, "phone", "main", "Down: 502", now=moment.now)
            accounts.failed(session, "elsewhere", "main", "Down: 502", now=moment.now)
        works = failures < accounts.FAILURES_BEFORE_REST
        assert (await look(lookout)).channels == {"phone": ChannelState(works, "Down: 502", began)}
        moment.forward(seconds=1)

    with transaction(engine) as session:
        accounts.worked(session, "phone", "main")
    assert (await look(lookout)).channels == {"phone": ChannelState()}


async def test_of_several_accounts_the_worst_speaks_for_the_channel(
    lookout: Lookout, engine: Engine, moment: Moment
) -> None:
    with transaction(engine) as session:
        accounts.failed(session, "phone", "a", "Down: once", now=moment.now)
        moment.forward(seconds=1)
        accounts.failed(session, "phone", "b", "Misconfigured", for_good=True, now=moment.now)
        accounts.rest(session, "phone", "c", moment.now + timedelta(minutes=1), "TryLater")

    assert (await look(lookout)).channels == {"phone": ChannelState(False, "Misconfigured", moment.now)}


class TellingChannel(FakeChannel):
    """A channel that knows how it does."""

    standing: Sequence[Check] = ()


async def test_the_store_of_files_is_asked_each_time(engine: Engine, moment: Moment) -> None:
    down = StoreState(False, "does not answer", moment.now)
    told = iter([StoreState(), down])
    lookout = Lookout(engine, [], lambda: next(told))
    assert (await look(lookout)).store.works
    moment.forward(minutes=1)
    assert (await look(lookout)).store == down
    lookout.close()


async def test_what_a_channel_tells_of_itself_counts_too(engine: Engine, moment: Moment) -> None:
    phone = TellingChannel("phone")
    lookout = Lookout(engine, [phone])
    began = moment.now
    phone.standing = [Check(Health.WARNING, "slow"), Check(Health.PROBLEM, "another program asks too")]
    assert (await look(lookout)).channels == {"phone": ChannelState(False, "another program asks too", began)}

    moment.forward(minutes=1)
    phone.standing = [Check(Health.PROBLEM, "the token is wrong")]
    assert (await look(lookout)).channels == {"phone": ChannelState(False, "the token is wrong", began)}

    phone.standing = [Check(Health.OK, "fine")]
    assert (await look(lookout)).channels == {"phone": ChannelState()}
    with begin(engine, refuse):
        assert await look(lookout) == Seen(moment.now, database_up=False)
    lookout.close()


@pytest.mark.parametrize(
    ("seen", "status", "word"),
    [
        (WELL, 200, "ready"),
        (Seen(NOW, database_up=False), 503, "database gone"),
        (Seen(NOW, database_up=True), 503, "tables not current"),
        (replace(WELL, channels={"phone": ChannelState()}), 200, "ready"),
        (
            replace(WELL, channels={"phone": ChannelState(False), "letter": ChannelState()}),
            200,
            "degraded",
        ),
        (replace(WELL, store=StoreState(False, "does not answer", NOW)), 200, "degraded"),
        (replace(WELL, outbox={"phone": Waiting(9, NOW - timedelta(hours=2))}), 200, "ready"),
    ],
)
def test_only_what_a_restart_could_help_is_not_ready(seen: Seen, status: int, word: str) -> None:
    found, shape = readiness(seen)

    assert (found, shape["status"]) == (status, word)


def test_readiness_says_what_waits_and_what_is_wrong() -> None:
    down = ChannelState(False, "Misconfigured: bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", NOW)
    outbox = {"phone": Waiting(9, NOW - timedelta(hours=2)), "letter": Waiting()}

    _, shape = readiness(replace(WELL, outbox=outbox, reminders_due=3, channels={"phone": down}))

    assert shape == {
        "status": "degraded",
        "outbox": {
            "phone": {"waiting": 9, "oldest_seconds": 7200},
            "letter": {"waiting": 0, "oldest_seconds": 0},
        },
        "reminders_due": 3,
        "media_store": {"works": True, "reason": "", "since": None},
        "complaints_untaken": {"waiting": 0, "oldest_seconds": 0},
        "staff_reached": True,
        "channels": {
            "phone": {
                "works": False,
                "reason": "Misconfigured: bot123456789:***",
                "since": "2026-11-23T01:00:00+00:00",
            }
        },
    }


async def test_a_complaint_that_nobody_takes_and_a_staff_out_of_reach_are_said(
    lookout: Lookout, engine: Engine, moment: Moment, company: Company
) -> None:
    with transaction(engine) as session:
        member = staff.hire(session, name="Ann", role=Rank.MANAGER, language="en")
        customer = customers.greet(session, language="en", now=moment.now)
        complaint = complaints.open(
            session,
            company,
            customer.id or 0,
            kind=complaints.Kind.INJURY,
            source=complaints.Source.WORDS,
            now=moment.now,
        )
    moment.forward(minutes=2)
    status, shape = readiness(await look(lookout))
    assert (status, shape["status"]) == (200, "degraded")
    assert shape["complaints_untaken"] == {"waiting": 1, "oldest_seconds": 120}
    assert shape["staff_reached"] is False

    with transaction(engine) as session:
        identities.bind_staff(session, "web", "main", "ann", member.id or 0, now=moment.now)
        again = session.get_one(complaints.Complaint, complaint.id)
        complaints.acknowledge(session, company, again, member.id or 0, moment.now)
    _, shape = readiness(await look(lookout))
    assert shape["status"] == "ready"
    assert shape["complaints_untaken"] == {"waiting": 0, "oldest_seconds": 0}
    assert shape["staff_reached"] is True
