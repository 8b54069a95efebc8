"""Delivers updates to the bot's address: one queue per chat, again after failures, gone when too old."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

import aiohttp

from tests.doubles.bell import Bell
from tests.doubles.telegram import wire
from tests.doubles.telegram.refusals import Refused
from tests.doubles.telegram.updates import Sleep, Update, Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
ANSWER_WITHIN = 60.0
LONGEST_RETRY_AFTER = 3600.0
GONE_FOR = 23 * 3600.0
SLOWEST = (60, 120)
TICK = 0.001
NOT_IN_AN_ANSWER = {"setwebhook", "deletewebhook", "close", "logout"}

Perform = Callable[[str, dict], Awaitable[object]]


@dataclass
class Queue:
    """Updates of one key, delivered one after the other."""

    updates: deque[Update] = field(default_factory=deque)
    failures: int = 0
    pause: float = 0.0
    wakes_at: float = 0.0


@dataclass
class Webhook:
    """The bot's address, what is on its way there, and how that went. An empty `url` is none."""

    updates: Updates
    perform: Perform
    now: Callable[[], float]
    sleep: Sleep
    random: Random
    remember: int | None = None
    url: str = ""
    secret: str = ""
    max_connections: int = 40
    delivered: int = 0
    failed: int = 0
    last_error: tuple[float, str] | None = None
    calm: Bell = field(default_factory=Bell)

    def __post_init__(self) -> None:
        self.took: deque[float] = deque(maxlen=self.remember)
        self._queues: dict[tuple[str, int], Queue] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(self.max_connections)
        self._gone_since: float | None = None
        self._client: aiohttp.ClientSession | None = None

    def point(self, url: str, *, secret: str = "", max_connections: int = 40) -> None:
        """Deliver to this address from now on, beginning with what waits; to none when it is empty."""
        self.abandon()
        self.url, self.secret, self.max_connections = url, secret, max_connections
        self._places = asyncio.Semaphore(max_connections)
        self._gone_since = self.last_error = None
        self.updates.on_put = self.take if url else None
        if url:
            for update in sorted(self.updates.pending.values(), key=lambda update: update.id):
                self.take(update)

    def take(self, update: Update) -> None:
        """Put an update at the end of its queue."""
        queue = self._queues.get(update.queue)
        if queue is None:
            queue = self._queues[update.queue] = Queue()
            task = asyncio.get_running_loop().create_task(self._drain(update.queue, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        queue.updates.append(update)

    @property
    def is_calm(self) -> bool:
        """Nothing is on its way: queues are empty or wait for the next attempt."""
        now = self.now() + TICK
        return all(queue.wakes_at > now for queue in self._queues.values())

    def abandon(self) -> None:
        """Stop delivering; what is not delivered yet stays with the updates."""
        for task in self._tasks:
            task.cancel()
        self._queues.clear()
        self.calm.ring()

    async def close(self) -> None:
        self.abandon()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client:
            await self._client.close()
            self._client = None

    async def _drain(self, key: tuple[str, int], queue: Queue) -> None:
        try:
            while queue.updates and self.url:
                update = queue.updates[0]
                if self.now() + queue.pause > update.expires_at:
                    self.updates.expired += 1
                elif not await self._attempt(update, queue):
                    continue
                queue.updates.popleft()
                queue.failures, queue.pause = 0, 0.0
                self.updates.pending.pop(update.id, None)
        finally:
            if self._queues.get(key) is queue:
                del self._queues[key]
            self.calm.ring()

    async def _attempt(self, update: Update, queue: Queue) -> bool:
        """Whether it arrived. The pause that is due comes first; a failure sets the next one."""
        if queue.pause:
            queue.wakes_at = self.now() + queue.pause
            self.calm.ring()
            await self.sleep(queue.pause)
            queue.wakes_at = 0.0
        async with self._places:
            status, retry_after = await self.post(update)
        if 200 <= status < 300:
            self._gone_since = None
            return True
        queue.failures += 1
        slowest = self.random.randint(*SLOWEST)
        queue.pause = min(2.0 ** (queue.failures - 1), slowest) if queue.failures > 1 else 0.0
        if retry_after:
            queue.pause = retry_after
        self._count_gone(status)
        return False

    def _count_gone(self, status: int) -> None:
        if status != 410:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = self.now()
        elif self.now() - self._gone_since >= GONE_FOR:
            self.point("")

    async def post(self, update: Update) -> tuple[int, float]:
        """Send one update now; the status it was answered with, 0 for none, and the seconds asked for."""
        if self._client is None:
            self._client = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN),
            )
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers[SECRET_HEADER] = self.secret
        began = self.now()
        try:
            async with self._client.post(
                self.url, data=update.body, headers=headers, allow_redirects=False
            ) as response:
                said = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            return self._fail(f"{type(trouble).__name__}: {trouble}"), 0.0
        self.took.append(self.now() - began)
        if not 200 <= response.status < 300:
            self._fail(f"Wrong response from the webhook: {response.status} {response.reason}")
            asked = response.headers.get("Retry-After", "")
            return response.status, min(float(asked), LONGEST_RETRY_AFTER) if asked.isdecimal() else 0.0
        self.delivered += 1
        if said:
            await self._run(response.content_type, said)
        return response.status, 0.0

    def _fail(self, why: str) -> int:
        self.failed += 1
        self.last_error = (self.now(), why)
        return 0

    async def _run(self, kind: str, said: bytes) -> None:
        """Call the method that an answer names; nobody learns what came of it."""
        if kind not in ("application/json", "application/x-www-form-urlencoded"):
            return
        try:
            params = wire.typed(wire.plain(kind, said))
        except (Refused, UnicodeDecodeError):
            return
        method = str(params.pop("method", ""))
        if method and method.lower() not in NOT_IN_AN_ANSWER and not method.lower().startswith("get"):
            await self.perform(method, params)
