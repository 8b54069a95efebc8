"""The clock's hand on our shoulder: what is due by the calendar is looked for every few seconds."""

import asyncio
from collections.abc import Callable
from datetime import UTC, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import notices
from channels.delivery import Delivery
from channels.gone import Gone
from channels.sweeping import Sweep
from core import clock
from core.company import Company

EVERY = timedelta(seconds=20)
SWEPT_EVERY = timedelta(minutes=2)
"""How soon files go whose time is over or which were taken back."""
ORPHANS_EVERY = timedelta(days=1)

log = structlog.get_logger()


class Schedule:
    """Ticks while the process runs. It remembers nothing: what is due stands in the database.

    A tick too many, in this process or another, does no harm, and neither does one that was missed.
    """

    def __init__(
        self,
        engine: Engine,
        delivery: Delivery,
        company: Company,
        sweep: Sweep | None = None,
        *,
        every: timedelta = EVERY,
    ) -> None:
        self._engine, self._company, self._delivery = engine, company, delivery
        self._files = sweep
        self._every = every
        self._failing = False
        self._timer: asyncio.TimerHandle | None = None
        self._seen = clock.now()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def start(self) -> None:
        """Tick from now on, the first time at once. Must be called where an event loop runs."""
        self._scheduler.add_job(self.tick)
        self._scheduler.add_job(self.tick, "interval", seconds=self._every.total_seconds())
        if self._files:
            sweeps = ((self._files.expired, SWEPT_EVERY), (self._files.orphans, ORPHANS_EVERY))
            for work, every in sweeps:
                job = partial(self.sweep, work)
                self._scheduler.add_job(job)
                self._scheduler.add_job(job, "interval", seconds=every.total_seconds())
        self._scheduler.start()
        self._seen = clock.now()
        self._see_the_clock()

    def stop(self) -> None:
        """Tick no more; a tick under way ends by itself."""
        if self._timer is not None:
            self._timer.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _see_the_clock(self) -> None:
        """The scheduler goes by the clock on the wall: set back by a day, it would rest for a day.

        A clock that is put right by less than a tick costs one tick at most.
        """
        before, self._seen = self._seen, clock.now()
        if self._seen + self._every < before:
            log.warning("schedule.clock_set_back", seconds=round((before - self._seen).total_seconds()))
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=self._seen)
        # The loop itself goes by a clock that nobody sets.
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._every.total_seconds(), self._see_the_clock)

    def tick(self) -> None:
        """Say what is due now. Blocks: the scheduler calls it in a thread of its own."""
        try:
            told = notices.due(self._engine, self._company, self._delivery.limits)
        except SQLAlchemyError as error:
            if not self._failing:
                log.warning("schedule.database_failed", error=type(error).__name__)
            self._failing = True
            return
        if self._failing:
            log.info("schedule.database_back")
        self._failing = False
        if told:
            self._delivery.wake()

    def sweep(self, work: Callable[[], int]) -> None:
        """Do this part of a sweep; without a database, the next time will do. Blocks."""
        try:
            work()
        except (Gone, SQLAlchemyError) as error:
            log.warning("schedule.sweep_failed", error=type(error).__name__)
