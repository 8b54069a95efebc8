"""What a turn claimed for the carrier of its process is sent at once, beside what waits in the outbox."""

import asyncio
import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.messages import Outbound, Sender
from channels.delivery import Delivery
from core import accounts, clock, company, correspondence, grants
from core.accounts import RESTS
from core.correspondence import Peer, Purpose, Status
from core.database import transaction
from tests.channels.test_delivery import PATIENCE, FakeChannel, rows, running, until
from tests.conftest import Moment

pytestmark = pytest.mark.both_databases

COMPANY = company.load()
WANG = Peer("fake", "main", "wang")
CLAIMED: list[correspondence.Claimed] = []


def post_claimed(session: Session) -> None:
    id = correspondence.post(session, WANG, body="one", content={}, claimed=True, now=clock.now())
    CLAIMED[:] = [correspondence.Claimed(id, WANG, "one", {}, Purpose.ANSWER, 1, 0)]


async def test_what_a_turn_claimed_is_sent_at_once_and_its_arrival_written_down(
    engine: Engine, moment: Moment
) -> None:
    with transaction(engine) as session:
        assert correspondence.is_next(session, WANG)
        post_claimed(session)
        assert not correspondence.is_next(session, WANG)
        queued = correspondence.post(session, WANG, body="two", content={}, now=clock.now())
    channel = FakeChannel()
    carrier = Delivery(engine, COMPANY, [channel], sweep=timedelta(hours=1))

    async with running(carrier):
        await until(lambda: not carrier._look)
        carrier.carry(CLAIMED, [WANG])
        await until(lambda: len(channel.sent) == 2)

    assert channel.heard() == {"wang": ["one", "two"]}
    assert {row.status for row in rows(engine)} == {Status.SENT}
    assert queued


async def test_who_is_queued_while_a_sweep_runs_is_not_forgotten(
    engine: Engine, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(engine) as session:
        post_claimed(session)
        correspondence.post(session, WANG, body="two", content={}, now=clock.now())
    sweeping, queued, sweep = threading.Event(), threading.Event(), grants.sweep

    def slow_sweep(session: Session, now: datetime) -> None:
        sweeping.set()
        queued.wait(PATIENCE)
        sweep(session, now)

    gate = asyncio.Event()

    async def slow_send(_to: Sender, message: Outbound) -> None:
        if message.text == "one":
            await gate.wait()

    monkeypatch.setattr("channels.delivery.grants.sweep", slow_sweep)
    channel = FakeChannel(fate=slow_send)
    carrier = Delivery(engine, COMPANY, [channel], sweep=timedelta(hours=1))

    async with running(carrier):
        await until(sweeping.is_set)
        carrier.carry(CLAIMED, [WANG])
        queued.set()
        await until(lambda: not carrier._look)
        gate.set()
        await until(lambda: len(channel.sent) == 2)

    assert channel.heard() == {"wang": ["one", "two"]}


async def test_a_turn_takes_the_news_of_an_arrival_along(
    engine: Engine, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.delivery.CARRIED", timedelta(hours=1))
    with transaction(engine) as session:
        post_claimed(session)
    channel = FakeChannel()
    carrier = Delivery(engine, COMPANY, [channel], sweep=timedelta(hours=1))
    carried: list[correspondence.Arrival] = []

    async with running(carrier):
        await until(lambda: not carrier._look)
        await asyncio.sleep(0.05)
        carrier.carry(CLAIMED)
        await until(lambda: bool(carried) or carried.extend(one.arrival for one in carrier.arrived()))
        assert carrier.arrived() == [], "nobody else writes it down too"
        with transaction(engine) as session:
            correspondence.arrived(session, carried)

    assert rows(engine)[0].status is Status.SENT


async def test_a_claimed_message_of_a_resting_account_goes_back_to_the_outbox(
    engine: Engine, moment: Moment
) -> None:
    with transaction(engine) as session:
        accounts.failed(session, "fake", "main", "401", for_good=True, now=clock.now())
        post_claimed(session)
    channel = FakeChannel()
    carrier = Delivery(engine, COMPANY, [channel], sweep=timedelta(milliseconds=20))

    async with running(carrier):
        await until(lambda: bool(carrier._accounts))
        carrier.carry(CLAIMED)
        await until(lambda: rows(engine)[0].status is Status.WAITING)
        assert not channel.tried
        moment.forward(seconds=RESTS[0].total_seconds())
        await until(lambda: bool(channel.sent))
