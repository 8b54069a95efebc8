"""Delivers callbacks to the account's address: signed, with little patience, at most three times."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiohttp

from tests.doubles.bell import Bell
from tests.doubles.wechat import replies
from tests.doubles.wechat.envelopes import Unreadable, elements
from tests.doubles.wechat.screens import banner, shown

if TYPE_CHECKING:
    from tests.doubles.wechat.double import Double

ATTEMPTS = 3
SILENCE = (b"", b"success")


@dataclass(slots=True)
class Delivery:
    """One attempt. `said` is the body of the answer as it came.

    `came_of` is "silence", "shown", "handed over", "again" (another delivery was answered before),
    "no answer: …" or "refused: …".
    """

    at: float
    timestamp: str
    nonce: str
    status: int = 0
    said: bytes = b""
    came_of: str = ""

    @property
    def answered(self) -> bool:
        return bool(self.came_of) and not self.came_of.startswith("no answer")

    @property
    def refused(self) -> bool:
        return self.came_of.startswith("refused")


@dataclass
class Callback:
    """Something that happened, and every attempt to tell the account of it.

    `fields` is what stands in the XML; a `raw` body takes their place. `settled` rings when it is `over`.
    """

    openid: str
    fields: dict
    raw: str | None = None
    deliveries: list[Delivery] = field(default_factory=list)
    over: bool = False
    answered: bool = False
    settled: Bell = field(default_factory=Bell)

    @property
    def msg_id(self) -> str:
        """The message's number; empty for events."""
        return str(self.fields.get("MsgId", ""))

    @property
    def inside(self) -> str:
        return elements(self.fields) if self.raw is None else self.raw

    @property
    def outcomes(self) -> list[str]:
        """What came of each delivery."""
        return [delivery.came_of for delivery in self.deliveries]

    async def is_over(self, *, within: float = 30.0) -> "Callback":
        """Return when it was answered, or given up. Raises TimeoutError after so many real seconds."""
        async with asyncio.timeout(within):
            await self.settled.until(lambda: self.over)
        return self


class Callbacks:
    """What is on its way to one account's address."""

    def __init__(self, double: "Double") -> None:
        self._double = double
        self._tasks: set[asyncio.Task[None]] = set()
        self._client: aiohttp.ClientSession | None = None
        self.duplicates: list[tuple[int, bool]] = []
        self.calm = Bell()

    @property
    def is_calm(self) -> bool:
        return not self._tasks

    def take(self, callback: Callback) -> Callback:
        """Tell the account, as soon as the loop comes to it; without an address nobody is told."""
        double = self._double
        double.callbacks.append(callback)
        if not double.hook:
            callback.over = True
            return callback
        times, at_once = self.duplicates.pop(0) if self.duplicates else (0, False)
        if times and at_once:
            for _ in range(times):
                self._start(self._again(callback, 1))
            times = 0
        self._start(self._deliver(callback, times))
        return callback

    def _start(self, work) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.calm.ring()

    async def close(self) -> None:
        """Give up what is on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client:
            await self._client.close()
            self._client = None

    async def _deliver(self, callback: Callback, duplicates: int) -> None:
        for _ in range(ATTEMPTS):
            if (await self.post(callback)).answered:
                break
        else:
            self._give_up(callback)
        callback.over = True
        callback.settled.ring()
        await self._again(callback, duplicates)

    def _give_up(self, callback: Callback) -> None:
        self._double.show(callback.openid, banner(self._double.now()))

    async def _again(self, callback: Callback, times: int) -> None:
        for _ in range(times):
            await self.post(callback)

    async def post(self, callback: Callback) -> Delivery:
        """Deliver once, and judge the answer. The same message goes with a new time, nonce and signature."""
        double = self._double
        former = int(callback.deliveries[-1].timestamp) + 1 if callback.deliveries else 0
        nonce = str(double.random.randrange(10**9, 10**10))
        delivery = Delivery(double.now(), str(max(int(double.now()), former)), nonce)
        callback.deliveries.append(delivery)
        query, body = double.envelopes.pack(
            callback.inside, double.account, callback.openid, delivery.timestamp, nonce
        )
        try:
            async with self._session.post(
                double.hook,
                params=query,
                data=body.encode(),
                headers={"Content-Type": "text/xml"},
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=double.answer_within),
            ) as response:
                delivery.status, delivery.said = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            delivery.came_of = f"no answer: {type(trouble).__name__}"
            return delivery
        if not 200 <= delivery.status < 300:
            delivery.came_of = f"no answer: status {delivery.status}"
            return delivery
        delivery.came_of = self._judge(callback, delivery.said)
        return delivery

    def _judge(self, callback: Callback, said: bytes) -> str:
        if callback.answered:
            return "again"
        callback.answered = True
        if said in SILENCE:
            return "silence"
        double = self._double
        try:
            reply = replies.read(
                double.envelopes.unpack(said.decode("utf-8", "replace")),
                openid=callback.openid,
                account=double.account,
                to=callback.fields,
                shelf=double.shelf,
            )
        except Unreadable as why:
            double.show(callback.openid, banner(double.now()))
            return f"refused: {why}"
        if reply is None:
            return "handed over"
        double.show(callback.openid, shown(reply, way="passive", at=double.now()))
        return "shown"

    async def knock(self, *, wrongly: bool = False) -> bool:
        """Check the address as the console does when it is saved; `wrongly` with a false signature."""
        double = self._double
        timestamp, nonce = str(int(double.now())), str(double.random.randrange(10**9, 10**10))
        signature = double.envelopes.signature(timestamp, nonce)
        echo = str(double.random.randrange(10**18, 10**19))
        query = {"signature": signature[::-1] if wrongly else signature, "echostr": echo}
        query |= {"timestamp": timestamp, "nonce": nonce}
        try:
            async with self._session.get(double.hook, params=query, allow_redirects=False) as response:
                return response.status == 200 and await response.read() == echo.encode()
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._client is None:
            self._client = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=self._double.answer_within),
            )
        return self._client
