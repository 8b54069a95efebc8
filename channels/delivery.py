"""The way out: what the bot said is carried to people, in order for each, and tried again when need be."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot import outbox, undelivered
from bot.messages import Outbound, Sender
from channels import pushing, redaction, render
from channels.base import Answering, Channel, Keyed, Undelivered
from channels.outcomes import Outcome, PutBack, write_down
from channels.spending import Spending, by_template
from channels.troubles import Troubles
from core import accounts, clock, correspondence, grants
from core.accounts import ChannelAccount, State
from core.company import Company
from core.correspondence import Claimed, Peer
from core.database import transaction

AT_ONCE = 100
"""How many people may be written to at the same time."""
SWEEP = timedelta(seconds=5)
"""How often we look when nobody wakes us: for what comes due, and for what other processes wrote."""
LOOK_AGAIN = timedelta(milliseconds=200)
"""How soon we look again while a reply of ours waits behind an earlier one that somebody else is sending."""
CARRIED = timedelta(milliseconds=20)
"""How long the news that a message arrived waits for a turn that takes it along into its transaction."""
LONGEST_SEND = timedelta(seconds=20)
"""What one send may take; well under the lease, so that nobody else sends the same row meanwhile."""
LONGEST_PAUSE = timedelta(seconds=30)
"""The longest wait between two tries to reach the database."""
PARTING = timedelta(seconds=10)
"""What sends already on their way get to finish when we are stopped."""

T = TypeVar("T")
Key = tuple[str, str]
Observe = Callable[[Outcome], None]
Told = Callable[[Collection[Peer]], None]

log = structlog.get_logger()


class Delivery:
    """Carries waiting messages to the channels that must be pushed to.

    One message is under way per person at a time, many people at once, and never with a transaction open.
    Any number of these may run against one database: rows are claimed with a lease. A process that dies
    between sending and writing it down sends again when the lease has run out; telling somebody twice that
    their visit stands is the right side to err on. What must not arrive twice is `Purpose.BULK`.

    `threads` does the work on the database (its own thread without one); `observe` hears how every send
    ended, `told` who has something new because of that.
    """

    def __init__(
        self,
        engine: Engine,
        company: Company,
        channels: Sequence[Channel],
        *,
        threads: Executor | None = None,
        sweep: timedelta = SWEEP,
        observe: Observe = lambda _outcome: None,
        told: Told = lambda _peers: None,
    ) -> None:
        self._engine, self._company = engine, company
        self._channels = {(each.name, each.account): each for each in channels if not each.can.fetched}
        self.limits = {(each.name, each.account): each.can.limits for each in channels}
        self._every, self._observe, self._told = sweep, observe, told
        # One thread: the rounds follow one another anyway, and SQLite has one writer.
        self._threads = threads or ThreadPoolExecutor(max_workers=1, thread_name_prefix="delivery")
        self._owns_threads = threads is None
        self._awake, self._parting, self._finished = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sending: dict[asyncio.Task[None], Key] = {}
        self._outcomes: list[Outcome] = []
        self._queued: set[Peer] = set()
        self._accounts: Mapping[Key, ChannelAccount] = {}
        self._troubles = Troubles()
        self._spending = Spending(company, self._channels)
        self._born_at = clock.now()
        self._look, self._swept_at = True, datetime.min.replace(tzinfo=clock.now().tzinfo)
        self._pause = timedelta(0)

    @property
    def accounts(self) -> tuple[Key, ...]:
        """The accounts whose replies are sent from here at once."""
        return tuple(key for key, one in self._channels.items() if pushing.answers_at_once(one))

    async def run(self) -> None:
        """Send until `stop` is called. Survives channels that fail and a database that goes away."""
        self._loop = asyncio.get_running_loop()
        try:
            await self._take_over()
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
            self._loop.call_soon_threadsafe(self._woken)

    def carry(self, claimed: Sequence[Claimed], queued: Collection[Peer] = ()) -> None:
        """Send what a turn claimed for us, at once; `queued` wait behind something and are looked for.

        To be called in the event loop.
        """
        for message in claimed:
            if self._parting.is_set() or len(self._sending) >= AT_ONCE or not self._may_carry(message):
                self._outcomes.append(Outcome(message, PutBack(), clock.now()))
                self._woken()
            else:
                self._begin(message)
        wanted = {peer for peer in queued if peer[:2] in self._channels}
        if wanted:
            self._queued |= wanted
            self._woken()

    def arrived(self) -> list[Outcome]:
        """What arrived and is not written down yet, for a turn to do so. Give it `back` if that fails."""
        taken = [outcome for outcome in self._outcomes if self._is_plain(outcome)]
        if taken:
            self._outcomes = [outcome for outcome in self._outcomes if not self._is_plain(outcome)]
        return taken

    def back(self, outcomes: Sequence[Outcome]) -> None:
        """These were not written down after all."""
        self._outcomes = [*outcomes, *self._outcomes]
        self._woken()

    async def stop(self) -> None:
        """Let the sends under way end, write down how they ended, and take no more."""
        self._parting.set()
        self._awake.set()
        if self._loop:
            await self._finished.wait()

    async def _take_over(self) -> None:
        """What a process before us was sending when it died is ours at once, where only one can be sending.

        Several may on a server; there its lease has to run out.
        """
        if self._engine.dialect.name != "sqlite":
            return
        try:
            await self._ask(self._end_leases)
        except SQLAlchemyError as error:
            self._database_failed(error)

    def _end_leases(self) -> None:
        with transaction(self._engine) as session:
            for key in self._channels:
                correspondence.end_leases(session, *key, self._born_at)

    def _woken(self) -> None:
        self._look = True
        self._awake.set()

    def _is_plain(self, outcome: Outcome) -> bool:
        message = outcome.message
        return outcome.failure is None and not message.along and message.peer[:2] not in self._accounts

    def _may_try(self, key: Key) -> bool:
        """Whether the account works, as far as we know; if it has to show that, one message at a time."""
        account = self._accounts.get(key)
        state = account.state(clock.now()) if account else State.WORKING
        return state is State.WORKING or (state is State.TRYING and key not in self._sending.values())

    def _may_carry(self, message: Claimed) -> bool:
        """Whether to try at once what a turn claimed; an answer needs no platform that works."""
        key = message.peer[:2]
        return not self._spending.is_planned(message) or self._may_try(key)

    async def _round(self) -> None:
        """Write down what became of earlier sends and begin the next ones: one transaction for both."""
        if not self._channels:
            return
        outcomes, self._outcomes = self._outcomes, []
        queued = frozenset(self._queued)  # who is queued while this round runs may not be seen by it
        looks, self._look = self._looks(outcomes), False
        if not (outcomes or looks):
            return
        try:
            claimed, told, swept = await self._ask(self._settle_and_claim, outcomes, looks)
        except SQLAlchemyError as error:
            self._outcomes, self._look = outcomes + self._outcomes, True
            self._database_failed(error)
            return
        if self._pause:
            log.info("outbox.database_back")
        self._pause = timedelta(0)
        self._queued -= queued if swept else {message.peer for message in claimed}
        for message in claimed:
            self._begin(message, waited=True)
        if told:
            self._told(told)
            self._woken()

    def _looks(self, outcomes: Sequence[Outcome]) -> bool:
        """Whether there may be something to claim."""
        if self._look or self._queued or clock.now() >= self._swept_at + self._every:
            return True
        return any(outcome.failure is not None for outcome in outcomes)

    def _settle_and_claim(
        self, outcomes: Sequence[Outcome], looks: bool
    ) -> tuple[list[Claimed], tuple[Peer, ...], bool]:
        """What is claimed, who has something new, and whether what is over was put away."""
        claimed: list[Claimed] = []
        now = clock.now()
        sweeps = looks and not self._swept_at <= now < self._swept_at + self._every
        with transaction(self._engine) as session:
            told = [peer for outcome in outcomes for peer in self._settle(session, outcome)]
            if looks:
                self._see_accounts(session)
            if sweeps:
                told += self._sweep(session, now)
            for key in self._channels if looks and not self._parting.is_set() else ():
                room = self._room(key) - len(claimed)
                for one in correspondence.claim(session, *key, now, room) if room > 0 else ():
                    goes, heard = self._spending.plan(session, one, now)
                    claimed += [self._spending.joined(session, one, now)] if goes else []
                    told += heard
        self._swept_at = now if sweeps else self._swept_at
        return claimed, tuple(dict.fromkeys(told)), sweeps

    def _settle(self, session: Session, outcome: Outcome) -> tuple[Peer, ...]:
        outcome = self._spending.settle(session, outcome)
        told = write_down(session, self._company, outcome)
        key = outcome.message.peer[:2]
        if outcome.failure is None and not outcome.answered and key in self._accounts:
            accounts.worked(session, *key)
        return told

    def _see_accounts(self, session: Session) -> None:
        known = accounts.every(session)
        self._accounts = {
            key: known[key] for key in self._channels if key in known and known[key].is_in_trouble
        }

    def _sweep(self, session: Session, now: datetime) -> list[Peer]:
        """Put away what is not to be sent any more, and tell staff of an account that is down."""
        told: list[Peer] = []
        grants.sweep(session, now)
        for key in self._channels:
            correspondence.sweep(session, *key, now, repeats=isinstance(self._channels[key], Keyed))
            if key in self._accounts:
                told += undelivered.account_down(session, self._company, self._accounts[key], now)
        return told

    def _room(self, key: Key) -> int:
        if not self._may_try(key):
            return 0
        account = self._accounts.get(key)
        trying = account is not None and account.state(clock.now()) is State.TRYING
        return 1 if trying else AT_ONCE - len(self._sending)

    def _begin(self, message: Claimed, *, waited: bool = False) -> None:
        task = asyncio.get_running_loop().create_task(self._send(message, waited))
        self._sending[task] = message.peer[:2]
        task.add_done_callback(lambda done: self._sending.pop(done, None))

    async def _send(self, message: Claimed, waited: bool) -> None:
        """Send one message. Behind one that `waited` in the outbox there may be more: look at once."""
        loop = asyncio.get_running_loop()
        began, parcel = loop.time(), _Parcel(message)
        # Gathered as a result: whatever a channel may raise is the fate of this one message, not of the loop.
        [failure] = await asyncio.gather(self._deliver(parcel), return_exceptions=True)
        took = loop.time() - began
        outcome = Outcome(
            message, failure, clock.now(), parcel.receipt, parcel.parts_sent, took, parcel.answered
        )
        if failure is None:
            self._spending.used(message)
        self._outcomes.append(outcome)
        self._observe(outcome)
        self._troubles.hear(outcome)
        if waited or message.peer in self._queued or not self._is_plain(outcome):
            self._woken()
        else:
            loop.call_later(CARRIED.total_seconds(), self._write_down, outcome)

    def _write_down(self, outcome: Outcome) -> None:
        """Do so ourselves if no turn took it along; the ones after it still have their time."""
        if any(one is outcome for one in self._outcomes):
            self._awake.set()

    async def _deliver(self, parcel: "_Parcel") -> None:
        message = parcel.message
        if message.content.get("only"):
            await self._only_close(message)
            return
        channel, said = self._channels[message.peer[:2]], outbox.outbound(message)
        to, is_planned = Sender(*message.peer), self._spending.is_planned(message)
        can = channel.can_answer if isinstance(channel, Answering) and not is_planned else channel.can
        hint = render.number_hint(said.language or self._company.languages[0])
        parts = render.fit(said, can, number_hint=hint)
        takes_its_place = message.earlier and len(parts) == 1 and message.content.get("replaces")
        replaces = message.earlier.receipt if message.earlier and takes_its_place else None
        async with asyncio.timeout(LONGEST_SEND.total_seconds()):
            if self._spending.is_by_template(message):
                parcel.receipt = await by_template(channel, to, said, message)
                return
            if message.earlier and not replaces and message.parts_sent == 0 and channel.can.edits:
                if not message.earlier.content.get("shares"):
                    self._beside(self._close(channel, to, message))
                elif said.choices and not said.shares:
                    # Its keyboard goes with any message but one that has buttons of its own.
                    await self._close(channel, to, message)
            if not is_planned:
                parcel.answered = await _answered(channel, to, parts[message.parts_sent])
                parcel.parts_sent += 1
                if parts[parcel.parts_sent :]:
                    raise PutBack  # the rest is planned
            for part in parts[parcel.parts_sent :]:
                parcel.receipt = await pushing.push(channel, message, part, parcel.parts_sent, replaces)
                parcel.parts_sent += 1

    async def _only_close(self, message: Claimed) -> None:
        """Nothing is to be said: an earlier message loses its buttons, where that can be."""
        channel = self._channels[message.peer[:2]]
        if message.earlier and channel.can.edits:
            async with asyncio.timeout(LONGEST_SEND.total_seconds()):
                await self._close(channel, Sender(*message.peer), message)

    async def _close(self, channel: Channel, to: Sender, message: Claimed) -> None:
        """Take the buttons off the question that this answers. If that fails they stay, and do nothing."""
        earlier = message.earlier
        assert earlier is not None
        shown = render.fit(outbox.outbound(earlier), channel.can, number_hint="")[-1]
        chosen = str(message.content.get("chosen") or "")
        try:
            await channel.close(to, shown, earlier.receipt, chosen=chosen)
        except (Undelivered, TimeoutError) as failure:
            log.debug("outbox.not_closed", channel=channel.name, reason=type(failure).__name__)

    def _beside(self, work: Coroutine[None, None, None]) -> None:
        """Do it beside what is sent, which must not wait for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._sending[task] = ("", "")
        task.add_done_callback(lambda done: self._sending.pop(done, None))

    async def _ask(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)

    async def _rest(self) -> None:
        """Until somebody wakes us or the sweep is due; after a failed round, until its pause is over."""
        waiting, limit = (self._parting, self._pause) if self._pause else (self._awake, self._every)
        if self._queued and not self._pause:
            limit = min(limit, LOOK_AGAIN)
        try:
            async with asyncio.timeout(limit.total_seconds()):
                await waiting.wait()
        except TimeoutError:
            self._look = True

    async def _part(self) -> None:
        if self._sending:
            _, late = await asyncio.wait(self._sending, timeout=PARTING.total_seconds())
            for task in late:
                task.cancel()  # its lease runs out and it is sent again by whoever runs then
        self._parting.set()
        if self._outcomes:
            await self._round()
        if self._owns_threads:
            self._threads.shutdown(wait=False)

    def _database_failed(self, error: SQLAlchemyError) -> None:
        if not self._pause:
            log.warning("outbox.database_failed", error=type(error).__name__, reason=redaction.failure(error))
        self._pause = min(max(self._pause * 2, timedelta(seconds=0.5)), LONGEST_PAUSE)


class _Parcel:
    """A message under way, and how far it has come."""

    def __init__(self, message: Claimed) -> None:
        self.message = message
        self.parts_sent = message.parts_sent
        self.receipt: str | None = None
        self.answered = False


async def _answered(channel: Channel, to: Sender, message: Outbound) -> bool:
    """That it went in the answer to a request. Raises `PutBack` when no request waits for it any more."""
    if isinstance(channel, Answering) and await channel.answer(to, message):
        return True
    raise PutBack
