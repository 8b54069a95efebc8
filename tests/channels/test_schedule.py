import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select
from structlog.testing import capture_logs

from channels.delivery import Delivery
from channels.schedule import Schedule
from channels.sweeping import Sweep
from core import customers
from core.company import Company
from core.media import FolderStore
from core.windows import Hold
from tests.channels.house import until
from tests.conftest import Moment

OFTEN = timedelta(milliseconds=20)


@pytest.fixture
def schedule(engine: Engine, company: Company) -> Schedule:
    return Schedule(engine, Delivery(engine, company, []), company, every=OFTEN)


def keep_a_window(engine: Engine, moment: Moment) -> None:
    with Session(engine) as session:
        customer = customers.greet(session, language="zh-CN", now=moment.now)
        assert customer.id is not None
        starts_at = moment.now + timedelta(days=1)
        session.add(
            Hold(
                customer_id=customer.id,
                service_code="DAILY",
                area_code="JINJIANG",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=2),
                expires_at=moment.now + timedelta(minutes=10),
                worker_ids=[],
            )
        )
        session.commit()


def holds(engine: Engine) -> int:
    with Session(engine) as session:
        return len(session.exec(select(Hold)).all())


async def test_what_comes_due_is_done_while_it_runs(
    schedule: Schedule, engine: Engine, moment: Moment
) -> None:
    keep_a_window(engine, moment)
    schedule.start()
    try:
        schedule.tick()
        assert holds(engine) == 1
        moment.forward(minutes=11)
        await until(lambda: holds(engine) == 0)
    finally:
        schedule.stop()


async def test_a_clock_that_is_set_back_by_a_day_does_not_stop_it(
    schedule: Schedule, engine: Engine, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Shown(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return moment.now

    monkeypatch.setattr(base, "datetime", Shown)
    monkeypatch.setattr(interval, "datetime", Shown)
    with capture_logs() as logs:
        schedule.start()
        try:
            for _ in range(5):  # by now it has planned its next ticks, for that day
                await asyncio.sleep(OFTEN.total_seconds())
                moment.forward(seconds=OFTEN.total_seconds())
            moment.forward(days=-1)
            for _ in range(3):  # the first may be freed by a tick that was under way
                keep_a_window(engine, moment)
                moment.forward(minutes=11)
                await until(lambda: moment.forward(seconds=1) and holds(engine) == 0)
        finally:
            schedule.stop()
    assert [one["event"] for one in logs].count("schedule.clock_set_back") == 1


def test_ticking_twice_changes_nothing(schedule: Schedule, engine: Engine, moment: Moment) -> None:
    keep_a_window(engine, moment)
    moment.forward(minutes=11)

    schedule.tick()
    schedule.tick()

    assert holds(engine) == 0


def test_a_database_that_is_gone_is_reported_once_and_the_next_tick_goes_on(
    schedule: Schedule, engine: Engine, moment: Moment
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("BEGIN", None, ConnectionError("no route to the database"))

    keep_a_window(engine, moment)
    moment.forward(minutes=11)
    event.listen(engine, "begin", refuse)
    with capture_logs() as logs:
        schedule.tick()
        schedule.tick()
        event.remove(engine, "begin", refuse)
        schedule.tick()

    assert [line["event"] for line in logs] == ["schedule.database_failed", "schedule.database_back"]
    assert holds(engine) == 0


async def test_it_may_be_stopped_whether_or_not_it_runs(schedule: Schedule) -> None:
    schedule.stop()
    schedule.start()
    schedule.stop()


async def test_files_are_swept_from_the_beginning(engine: Engine, company: Company, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    sweep = Sweep(engine, FolderStore(tmp_path), lambda *each: told.append(each))
    schedule = Schedule(engine, Delivery(engine, company, []), company, sweep)
    schedule.start()
    try:
        await until(lambda: {"expired", "orphaned"} <= {why for why, _ in told})
    finally:
        schedule.stop()


async def test_a_sweep_without_a_database_is_told_and_ends(
    engine: Engine, company: Company, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("BEGIN", None, ConnectionError("no route to the database"))

    sweep = Sweep(engine, FolderStore(tmp_path), lambda *_: None)
    schedule = Schedule(engine, Delivery(engine, company, []), company, sweep)
    event.listen(engine, "begin", refuse)
    with capture_logs() as logs:
        schedule.sweep(sweep.expired)
    event.remove(engine, "begin", refuse)
    assert [line["event"] for line in logs] == ["schedule.sweep_failed"]
