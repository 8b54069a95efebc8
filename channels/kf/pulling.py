"""Fetches what customers wrote: page by page, by one process at a time, each letter a turn of its own."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from datetime import timedelta
from typing import ParamSpec, TypeVar

import structlog

from bot.turn import TurnFailed
from channels.gone import threaded
from channels.kf import errors
from channels.kf.api import Api, Fetched
from channels.kf.errors import UNKNOWN_TOKEN
from channels.kf.record import Record
from channels.kf.updates import Raw, Read
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from core import clock
from core.mailboxes import Letter, Mailbox

LOOK = timedelta(seconds=10)
"""How often we look whether there is something that nobody woke us for."""
AT_ONCE = 100
"""So many letters are taken between two looks at whether the mailbox is still ours."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=60)
"""Between tries to reach the platform: doubled each time."""
AGAIN = timedelta(seconds=2)
"""How long a letter waits that could not be taken."""
TRIES = 3
"""So often is a letter taken that breaks something of ours nobody thought of, before it is passed by."""

P = ParamSpec("P")
T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]
ReadLetter = Callable[[Raw, Mailbox], Read]
Take = Callable[[Read], Awaitable[None]]

log = structlog.get_logger()


class Pulling:
    """Fetches for one account until it is cancelled.

    `take` has a letter's turn taken. What was fetched is kept before anything becomes of it, and what a
    process before us left is taken first: a letter whose turn is committed is known by its id if it comes
    again, so it may be cut off anywhere.
    """

    def __init__(
        self,
        api: Api,
        record: Record,
        threads: Executor,
        *,
        read: ReadLetter,
        take: Take,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._api, self._record, self._read, self._take = api, record, read, take
        self._threads, self._sleep = threads, sleep
        self._woken = asyncio.Event()
        self._pause = timedelta(0)
        self._broken: Counter[int] = Counter()
        self.trouble = ""
        """What the platform says against us, in words for staff; "" while all is well."""

    def wake(self) -> None:
        """There is something."""
        self._woken.set()

    async def run(self) -> None:
        """Fetch until cancelled; survives everything the platform and the database do."""
        always = True
        while True:
            self._woken.clear()
            try:
                while await self.round(always=always):
                    always = False
                always, self._pause, self.trouble = False, timedelta(0), ""
            except (Refused, NotSent, MayHaveArrived, TurnFailed) as failed:
                await self._sleep(self._wait_after(failed).total_seconds())
                continue
            try:
                async with asyncio.timeout(LOOK.total_seconds()):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def round(self, *, always: bool = False) -> bool:
        """Fetch all that there is and have it taken; False when there was nothing to do, or somebody does it.

        Raises what calls raise, and `TurnFailed` when a letter must be taken again.
        """
        box = await self._ask(self._record.take, always)
        if box is None:
            return False
        is_empty = False
        try:
            await self._take_waiting(box)
            is_empty = await self._fetch_all(box)
        finally:  # also when we are stopped: somebody else may go on at once
            await self._ask(self._record.leave, box, is_empty)
        return is_empty

    async def _fetch_all(self, box: Mailbox) -> bool:
        """Whether all that there was is fetched and taken; not if the mailbox became somebody else's."""
        while True:
            fetched = await self._fetch(box)
            if not await self._ask(self._record.keep, box, fetched.page):
                return False
            box.cursor = fetched.page.cursor
            await self._take_waiting(box)
            if fetched.is_last:
                return True

    async def _fetch(self, box: Mailbox) -> Fetched:
        """The next page; asking is less strict with the token that came along with the event."""
        is_good = box.token and box.token_until is not None and box.token_until > clock.now()
        try:
            return await self._api.fetch(box.cursor, (box.token or "") if is_good else "")
        except Refused as refused:
            if refused.code != UNKNOWN_TOKEN or not is_good:
                raise
        box.token = None
        return await self._api.fetch(box.cursor, "")

    async def _take_waiting(self, box: Mailbox) -> None:
        """Have every letter taken, of one person in order. Raises `TurnFailed` if one must be taken again."""
        while letters := await self._ask(self._record.waiting, AT_ONCE):
            people: dict[str, list[tuple[Letter, Read]]] = {}
            for letter in letters:
                read = self._read(letter.content, box)
                people.setdefault(read.inbound.sender.user, []).append((letter, read))
            async with asyncio.TaskGroup() as taking:
                tasks = [taking.create_task(self._take_in_order(each)) for each in people.values()]
            if not all(task.result() for task in tasks):
                raise TurnFailed
            if not await self._ask(self._record.hold, box):
                return

    async def _take_in_order(self, letters: Sequence[tuple[Letter, Read]]) -> bool:
        """Whether all of one person's letters were taken; the others wait behind one that was not."""
        for letter, read in letters:
            # Gathered as a result: whatever goes wrong is the fate of this letter, not of the loop.
            [failure] = await asyncio.gather(self._take_one(letter, read), return_exceptions=True)
            if failure is None:
                continue
            if not isinstance(failure, TurnFailed):
                assert letter.id is not None
                self._broken[letter.id] += 1
                log.error("kf.letter_failed", letter=letter.external_id, exc_info=failure)
            return False
        return True

    async def _take_one(self, letter: Letter, read: Read) -> None:
        """Have a letter's turn taken and remove it; one that broke us too often is removed as it is."""
        assert letter.id is not None
        is_given_up = self._broken[letter.id] >= TRIES
        if not is_given_up:
            await self._take(read)
        await self._ask(self._record.done, letter.id, None if is_given_up else read)

    async def _ask(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Have something done in a thread. When we are stopped meanwhile, it ends before we do."""
        task = asyncio.ensure_future(threaded(self._threads, work)(*args, **kwargs))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task])
            raise

    def _wait_after(self, failed: Exception) -> timedelta:
        """How long to wait before the next try; what the operator must know is said once."""
        if isinstance(failed, TurnFailed):
            return AGAIN
        self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
        row = errors.CODES.get(failed.code) if isinstance(failed, Refused) else None
        words = f"{failed}" + (f" ({row.words})" if row else "")
        if self.trouble != words:
            log.warning("kf.fetch_failed", reason=words)
        self.trouble = words
        return self._pause
