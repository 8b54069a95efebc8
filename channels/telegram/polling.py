"""Asks the platform for updates, where it cannot reach us: nothing is confirmed before it is committed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog
from telegram.error import BadRequest, Conflict, EndPointNotFound, Forbidden, InvalidToken, TelegramError

from bot.turn import TurnFailed
from channels.base import Health
from channels.telegram.files import Platform
from channels.telegram.standing import Standing
from channels.telegram.transport import SlowDown
from channels.telegram.updates import Malformed, Read, update_id

HELD = 50
"""Seconds that the platform holds a question open until there is something."""
HELD_AT_MOST = HELD + 15.0
"""Seconds after which we no longer believe that it does."""
AT_ONCE = 100
"""So many chats' updates are taken at the same time."""
AGAIN = timedelta(seconds=2)
"""How long an update waits that could not be taken."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=30)
"""Between tries to reach the platform: doubled each time."""
TRIES = 3
"""So often is an update taken that breaks something of ours nobody thought of, before it is passed by."""
KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member")
"""What we ask to be told; the same for a webhook."""

log = structlog.get_logger()

Sleep = Callable[[float], Awaitable[None]]


class Polling:
    """Takes updates until it is cancelled: in order within a chat, chats side by side.

    `read` and `take` are those of the intake. A batch is confirmed when all of it is taken, so one that is
    cut off comes again whole; what was taken already is then known by its id.
    """

    def __init__(
        self,
        platform: Platform,
        *,
        read: Callable[[object], Read],
        take: Callable[[Read], Awaitable[None]],
        standing: Standing,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._platform, self._read, self._take = platform, read, take
        self._standing, self._sleep = standing, sleep
        self._room = asyncio.Semaphore(AT_ONCE)
        self._offset: int | None = None
        self._pause = timedelta(0)

    async def run(self) -> None:
        """Poll until cancelled; survives everything the platform and the network do."""
        is_free = False
        while True:
            try:
                if not is_free:
                    await self._platform.call("deleteWebhook", drop_pending_updates=False)
                    is_free = True
                batch = await self._next()
            except TelegramError as failed:
                is_free = is_free and not isinstance(failed, Conflict)
                await self._sleep(self._wait_after(failed).total_seconds())
            else:
                self._standing.well("asks for updates and gets answers")
                self._pause = timedelta(0)
                await self._take_all(batch)

    async def _next(self) -> Sequence[object]:
        answer = await self._platform.call_patiently(
            HELD_AT_MOST,
            "getUpdates",
            offset=self._offset,
            timeout=HELD,
            allowed_updates=list(KINDS),
        )
        if not isinstance(answer, list):
            raise TelegramError("getUpdates gave no list")
        return answer

    def _wait_after(self, failed: TelegramError) -> timedelta:
        """How long to wait before the next try; what the operator must know is said."""
        match failed:
            case Conflict():
                self._standing.trouble(
                    Health.PROBLEM,
                    f"another program asks for this bot's updates, or it has a webhook ({failed.message})",
                    "Stop the other one: it has the same token. Only one process may poll.",
                )
                return LONGEST_PAUSE
            case InvalidToken() | EndPointNotFound() | Forbidden():
                self._standing.trouble(
                    Health.PROBLEM,
                    "the platform does not know our token",
                    "Copy the token from BotFather into MENLING_TELEGRAM_TOKEN.",
                )
                return LONGEST_PAUSE
            case BadRequest():
                self._standing.trouble(Health.PROBLEM, f"the platform refuses: {failed.message}")
                return LONGEST_PAUSE
        self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
        self._standing.trouble(Health.WARNING, f"cannot be reached ({type(failed).__name__})")
        return max(self._pause, failed.after) if isinstance(failed, SlowDown) else self._pause

    async def _take_all(self, batch: Sequence[object]) -> None:
        chats: dict[int, list[Read]] = {}
        offset = self._offset
        for raw in batch:
            try:
                read = self._read(raw)
                offset = max(offset or 0, update_id(raw) + 1)
            except Malformed:
                log.warning("telegram.no_update")
                continue
            chats.setdefault(read.chat, []).append(read)
        async with asyncio.TaskGroup() as taking:
            for reads in chats.values():
                taking.create_task(self._take_in_order(reads))
        self._offset = offset

    async def _take_in_order(self, reads: Sequence[Read]) -> None:
        async with self._room:
            for read in reads:
                await self._take_at_last(read)

    async def _take_at_last(self, read: Read) -> None:
        """Take one update, however often it takes: whoever comes next in this chat waits behind it."""
        broken = 0
        while True:
            # Gathered as a result: whatever goes wrong is the fate of this update, not of the loop.
            [failure] = await asyncio.gather(self._take(read), return_exceptions=True)
            if failure is None:
                return
            if not isinstance(failure, TurnFailed):
                broken += 1
                log.error("telegram.update_failed", update=read.id, attempt=broken, exc_info=failure)
                if broken >= TRIES:
                    return
            await self._sleep(AGAIN.total_seconds())
