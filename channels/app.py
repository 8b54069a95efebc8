"""The whole service as one ASGI app: channels in front, the bot behind, delivery and schedule beside it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Protocol

import structlog
from fastapi import FastAPI
from sqlalchemy import Engine

from bot.messages import Door, Inbound
from bot.turn import Account, Bot, Receipt, TurnFailed
from channels import stores
from channels.base import Channel, Open, Receive
from channels.delivery import PARTING, SWEEP, Delivery
from channels.lookout import Lookout
from channels.metrics import Metrics
from channels.probes import Probes
from channels.schedule import Schedule
from channels.sweeping import StoreState, Sweep
from channels.web.channel import WebChannel
from core.company import Company
from core.correspondence import Arrival, Peer
from core.settings import Settings
from core.ways import Limits

log = structlog.get_logger()

TURN_THREADS = {"sqlite": 1, "postgresql": 4}
"""SQLite has one writer, so a second thread would only wait for it."""


Doors = Callable[[], Sequence[Door]]
"""Where people may go on talking to us: asked anew each time, a platform tells our name there late."""


class Answers(Protocol):
    """What takes turns: `bot.turn.Bot`, or a stand-in."""

    def receive(self, inbound: Inbound, arrived: Sequence[Arrival] = ()) -> Receipt: ...


def make_app(
    settings: Settings,
    *,
    engine: Engine,
    company: Company,
    metrics: Metrics | None = None,
    look_every: timedelta = SWEEP,
) -> FastAPI:
    """The service for one company over one database, whose tables must be there already.

    `look_every` is how often the outbox is looked through for what nobody told delivery of.
    """
    metrics = metrics or Metrics(database=engine.dialect.name)
    company = with_resorts(settings, company)
    sweep = Sweep(engine, stores.of(settings), metrics.swept)
    return put_together(
        settings,
        engine=engine,
        company=company,
        bot=lambda sends, limits, doors: Bot(engine, company, sends=sends, limits=limits, doors=doors),
        schedule=lambda delivery: Schedule(engine, delivery, company, sweep),
        metrics=metrics,
        store=lambda: sweep.state,
        look_every=look_every,
    )


def with_resorts(settings: Settings, company: Company) -> Company:
    """The company with the ways of last resort that are set up."""
    accounts = {"email_from": settings.email_account, "sms_from": settings.sms_account}
    opened = company.resorts.opened(**accounts, page=settings.safe_page)
    return company.model_copy(update={"resorts": opened})


def put_together(
    settings: Settings,
    *,
    engine: Engine,
    company: Company,
    bot: Callable[[Collection[Account], Mapping[Account, Limits], Doors], Answers],
    schedule: Callable[[Delivery], Schedule] | None = None,
    metrics: Metrics | None = None,
    store: Callable[[], StoreState] = StoreState,
    look_every: timedelta = SWEEP,
) -> FastAPI:
    """`make_app` with its parts chosen: whatever takes the turns, and with or without a schedule."""
    threads = ThreadPoolExecutor(TURN_THREADS[engine.dialect.name], thread_name_prefix="turn")
    web = WebChannel(settings, engine=engine, company=company, threads=threads)

    channels: list[Channel] = [web, *_platforms(settings, engine, company, threads, web)]

    def wake(peers: Collection[Peer]) -> None:
        for peer in peers:
            web.woken(peer)

    metrics = metrics or Metrics(database=engine.dialect.name)
    metrics.expect(channels)
    metrics.count_pages(lambda: len(web.lines))
    delivery = Delivery(
        engine, company, channels, threads=threads, sweep=look_every, observe=metrics.sent, told=wake
    )
    talking = bot(delivery.accounts, delivery.limits, _doors(channels))
    receive = metrics.measured(_receiving(talking, delivery, threads, wake))
    lookout = Lookout(engine, channels, store)

    app = _bare(partial(_lifespan, channels, delivery, schedule, threads, lookout))
    for channel in channels:
        app.router.routes.extend(channel.routes(receive))
    app.router.routes.extend(Probes(lookout, metrics, settings.metrics_token).routes())
    return app


def _bare(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    """An application without pages about itself."""
    return FastAPI(
        title="Menling",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # we have our own
    )


def _platforms(
    settings: Settings, engine: Engine, company: Company, threads: Executor, web: WebChannel
) -> Iterator[Channel]:
    """The channels whose credentials are set. Their libraries are slow to load, so only then."""
    if settings.telegram_token:
        from channels.telegram.channel import TelegramChannel

        yield TelegramChannel(settings, engine=engine, company=company, threads=threads)
    if settings.wechat_app_id and settings.wechat_token:
        from channels.wechat.channel import WeChatChannel

        yield WeChatChannel(settings, engine=engine, company=company, threads=threads, web=web)
    kf = None
    if not settings.kf_lacks:
        from channels.kf.channel import KFChannel

        yield (kf := KFChannel(settings, engine=engine, company=company, threads=threads))
    if not settings.wecom_lacks:
        from channels.wecom.channel import WeComChannel

        hears = kf.hears if kf else None
        yield WeComChannel(settings, engine=engine, company=company, threads=threads, hears=hears)
    yield from _resorts(settings, company)


def _resorts(settings: Settings, company: Company) -> Iterator[Channel]:
    """The channels that only carry news."""
    if not settings.email_lacks:
        from channels.email.channel import EmailChannel

        yield EmailChannel(settings, company=company)
    if not settings.sms_lacks:
        from channels.sms.channel import SmsChannel

        yield SmsChannel(settings, company=company)


def _doors(channels: Sequence[Channel]) -> Doors:
    ways = [one for one in channels if isinstance(one, Open)]
    return lambda: [door for one in ways if (door := one.door) is not None]


def _receiving(
    bot: Answers, delivery: Delivery, threads: Executor, wake: Callable[[Collection[Peer]], None]
) -> Receive:
    """How channels hand in what people do: taken in a thread, and answered at once."""

    async def receive(inbound: Inbound) -> Receipt:
        outcomes = delivery.arrived()
        arrived = [outcome.arrival for outcome in outcomes]
        loop = asyncio.get_running_loop()
        try:
            receipt = await loop.run_in_executor(threads, bot.receive, inbound, arrived)
        except TurnFailed:
            delivery.back(outcomes)
            raise
        wake(receipt.peers)
        whole = len(receipt.claimed) == len(receipt.replies) and not receipt.released
        waiting = receipt.peers[1:] if whole else receipt.peers
        delivery.carry(receipt.claimed, () if receipt.repeated else waiting)
        return receipt

    return receive


@asynccontextmanager
async def _lifespan(
    channels: Sequence[Channel],
    delivery: Delivery,
    schedule: Callable[[Delivery], Schedule] | None,
    threads: Executor,
    lookout: Lookout,
    _app: FastAPI,
) -> AsyncIterator[None]:
    ticking = schedule(delivery) if schedule else None
    running = [asyncio.create_task(work) for work in (*(one.run() for one in channels), delivery.run())]
    for task in running:
        task.add_done_callback(_report)
    if ticking:
        ticking.start()
    try:
        yield
    finally:
        if ticking:
            ticking.stop()
        await delivery.stop()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await _end(threads)
        lookout.close()


async def _end(threads: Executor) -> None:
    """Let what asks the database come to its end, so that nobody takes the database away from it."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PARTING.total_seconds()):
            await asyncio.to_thread(threads.shutdown)


def _report(task: asyncio.Task[None]) -> None:
    """A part of the service that ended by itself would be missed by nobody before customers do."""
    if not task.cancelled() and (failure := task.exception()) is not None:
        log.error("service.part_failed", exc_info=failure)
