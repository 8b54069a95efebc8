"""The way out: what the bot said is carried to people, in order for each, and tried again when need be."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot import texts
from bot.messages import Sender
from channels import render
from channels.base import Channel, ContentRefused, Misconfigured, TryLater, Unreachable, WindowClosed
from core import clock, correspondence, identities
from core.correspondence import Message, Peer, Purpose
from core.customers import Customer
from core.database import transaction
from core.identities import Identity
from core.staff import StaffMember
from core.workers import Worker

AT_ONCE = 100
"""How many people may be written to at the same time."""
SWEEP = timedelta(seconds=5)
"""How often we look when nobody wakes us: for what comes due, and for what other processes wrote."""
LONGEST_SEND = timedelta(seconds=30)
"""What one send may take; well under the lease, so that nobody else sends the same row meanwhile."""
LONGEST_PAUSE = timedelta(seconds=30)
"""The longest wait between two tries to reach the database."""
PARTING = timedelta(seconds=10)
"""What sends already on their way get to finish when we are stopped."""

NUMBER_HINT = "console-number-hint"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How a send ended: `failure` is None when it arrived."""

    message: Message
    failure: BaseException | None
    at: datetime


class Delivery:
    """Carries waiting messages to the channels that must be pushed to.

    One message is under way per person at a time, many people at once, and never with a transaction open.
    Any number of these may run against one database: rows are claimed with a lease. A process that dies
    between sending and writing it down sends again when the lease has run out; telling somebody twice that
    their visit stands is the right side to err on.
    """

    def __init__(self, engine: Engine, channels: Sequence[Channel], *, sweep: timedelta = SWEEP) -> None:
        self._engine = engine
        self._channels = {channel.name: channel for channel in channels if not channel.can.fetched}
        self._sweep = sweep
        self._awake = asyncio.Event()
        self._parting = asyncio.Event()
        self._finished = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sending: set[asyncio.Task[None]] = set()
        self._outcomes: list[_Outcome] = []
        self._complaints: set[tuple[str, str]] = set()
        self._pause = timedelta(0)
        # One thread: the rounds follow one another anyway, and SQLite has one writer.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="delivery")

    async def run(self) -> None:
        """Send until `stop` is called. Survives channels that fail and a database that goes away."""
        self._loop = asyncio.get_running_loop()
        try:
            while not self._parting.is_set():
                self._awake.clear()
                await self._round()
                await self._rest()
        finally:
            await self._part()
            self._finished.set()

    def wake(self) -> None:
        """There is something new to send; may be called from any thread, and when nothing runs."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._awake.set)

    async def stop(self) -> None:
        """Let the sends under way end, write down how they ended, and take no more."""
        self._parting.set()
        self._awake.set()
        if self._loop:
            await self._finished.wait()

    async def _round(self) -> None:
        """Write down what became of earlier sends and begin the next ones: one transaction for both."""
        if not self._channels:
            return
        outcomes, self._outcomes = self._outcomes, []
        room = 0 if self._parting.is_set() else AT_ONCE - len(self._sending)
        try:
            claimed = await asyncio.get_running_loop().run_in_executor(
                self._thread, self._settle_and_claim, outcomes, room
            )
        except SQLAlchemyError as error:
            self._outcomes = outcomes + self._outcomes
            self._database_failed(error)
            return
        if self._pause:
            log.info("outbox.database_back")
        self._pause = timedelta(0)
        for message in claimed:
            task = asyncio.create_task(self._send(message))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    def _settle_and_claim(self, outcomes: Sequence[_Outcome], room: int) -> list[Message]:
        with transaction(self._engine) as session:
            for outcome in outcomes:
                _write_down(session, outcome)
            if room <= 0:
                return []
            return correspondence.claim(session, tuple(self._channels), clock.now(), room)

    async def _send(self, message: Message) -> None:
        # Gathered as a result: whatever a channel may raise is the fate of this one message, not of the loop.
        [failure] = await asyncio.gather(self._deliver(message), return_exceptions=True)
        self._outcomes.append(_Outcome(message, failure, clock.now()))
        self._report(message, failure)
        self._awake.set()

    async def _deliver(self, message: Message) -> None:
        channel, said = self._channels[message.channel], render.outbound(message)
        to = Sender(message.channel, message.account, message.user)
        hint = await self._number_hint(message.peer) if render.needs_numbers(said, channel.can) else ""
        async with asyncio.timeout(LONGEST_SEND.total_seconds()):
            for part in render.fit(said, channel.can, number_hint=hint):
                await channel.send(to, part, purpose=Purpose.ANSWER)

    async def _number_hint(self, peer: Peer) -> str:
        loop = asyncio.get_running_loop()
        return texts.say(await loop.run_in_executor(self._thread, self._language, peer), NUMBER_HINT)

    def _language(self, peer: Peer) -> str:
        """What this person speaks; the house language for somebody whose language we were never told."""
        with Session(self._engine) as session:
            identity = identities.find(session, *peer)
            return texts.closest(_spoken_by(session, identity) if identity else None) or texts.languages()[0]

    async def _rest(self) -> None:
        """Until somebody wakes us or the sweep is due; after a failed round, until its pause is over."""
        waiting, limit = (self._parting, self._pause) if self._pause else (self._awake, self._sweep)
        try:
            async with asyncio.timeout(limit.total_seconds()):
                await waiting.wait()
        except TimeoutError:
            return

    async def _part(self) -> None:
        if self._sending:
            _, late = await asyncio.wait(self._sending, timeout=PARTING.total_seconds())
            for task in late:
                task.cancel()  # its lease runs out and it is sent again by whoever runs then
        self._parting.set()
        if self._outcomes:
            await self._round()
        self._thread.shutdown(wait=False)

    def _database_failed(self, error: SQLAlchemyError) -> None:
        if not self._pause:
            log.warning(
                "outbox.database_failed", error=type(error).__name__, reason=str(error.__cause__ or error)
            )
        self._pause = min(max(self._pause * 2, timedelta(seconds=0.5)), LONGEST_PAUSE)

    def _report(self, message: Message, failure: BaseException | None) -> None:
        """Tell the operator what they can act on: a wrong setting once, a fault of ours every time."""
        match failure:
            case None:
                self._complaints = {told for told in self._complaints if told[0] != message.channel}
            case Misconfigured():
                complaint = (message.channel, str(failure))
                if complaint not in self._complaints:
                    log.error("outbox.misconfigured", channel=message.channel, reason=str(failure))
                self._complaints.add(complaint)
            case TryLater() | TimeoutError() | asyncio.CancelledError():
                log.info(
                    "outbox.postponed", message=message.id, channel=message.channel, reason=_reason(failure)
                )
            case Unreachable() | ContentRefused() | WindowClosed():
                log.warning(
                    "outbox.undelivered", message=message.id, channel=message.channel, reason=_reason(failure)
                )
            case _:
                log.error(
                    "outbox.channel_broken", message=message.id, channel=message.channel, exc_info=failure
                )


def _write_down(session: Session, outcome: _Outcome) -> None:
    message, failure, at = outcome.message, outcome.failure, outcome.at
    assert message.id is not None
    match failure:
        case None:
            correspondence.sent(session, message.id, at)
        case Unreachable() | ContentRefused() | WindowClosed():
            correspondence.give_up(session, message.id, _reason(failure))
            identity = identities.find(session, *message.peer)
            if isinstance(failure, Unreachable) and identity is not None:
                identities.lose(session, identity, now=at)
        case TryLater(after=after) if after > timedelta(0):
            correspondence.postpone(session, message.id, at + after, _reason(failure))
        case _:
            step = correspondence.BACKOFF[min(message.attempts, len(correspondence.BACKOFF)) - 1]
            correspondence.postpone(session, message.id, at + step, _reason(failure))


def _reason(failure: BaseException) -> str:
    return f"{type(failure).__name__}: {failure}".rstrip(": ")


def _spoken_by(session: Session, identity: Identity) -> str | None:
    if customer := identity.customer_id and session.get(Customer, identity.customer_id):
        return customer.language
    if member := identity.staff_id and session.get(StaffMember, identity.staff_id):
        return member.language
    worker = identity.worker_id and session.get(Worker, identity.worker_id)
    return next(iter(worker.languages), None) if worker else None
