"""The platform itself: one application, the members of its company, and everything that was asked of it."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from random import Random
from typing import Self

from tests.doubles.wechat import refusals, trouble
from tests.doubles.wechat.callbacks import Callback, Delivery
from tests.doubles.wechat.double import Call
from tests.doubles.wechat.rids import Rids
from tests.doubles.wechat.server import Server
from tests.doubles.wechat.shelf import Shelf
from tests.doubles.wechat.trouble import ANY, Answer, Trouble, Troubles
from tests.doubles.wechat.wire import Asked
from tests.doubles.wecom.callbacks import Callbacks
from tests.doubles.wecom.cards import Codes
from tests.doubles.wecom.envelopes import Envelopes
from tests.doubles.wecom.members import Member
from tests.doubles.wecom.methods import METHODS
from tests.doubles.wecom.refusals import Refused

FIRST_ID = 74_000_000_000_000_001
TOKEN_LIVES = 7_200


class Double:
    """Stands in for WeCom's platform on 127.0.0.1 while entered with `async with`.

    `hook` is the application's address for callbacks. `now` (seconds since 1970) and `sleep` are its time,
    but `answer_within` is real seconds.
    """

    methods = METHODS

    def __init__(
        self,
        corp_id: str = "ww1234567890abcdef",
        agent_id: int = 1_000_002,
        secret: str = "the-secret-of-the-application",  # noqa: S107
        *,
        name: str = "Front door",
        hook: str = "",
        token: str = "frontdoortoken",  # noqa: S107
        aes_key: str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        answer_within: float = 30.0,
    ) -> None:
        self.corp_id, self.agent_id, self.secret, self.name = corp_id, agent_id, secret, name
        self.account, self.hook, self.token, self.aes_key = corp_id, hook, token, aes_key
        self.now, self.sleep, self.answer_within, self.latency = now, sleep, answer_within, 0.0
        self.envelopes = Envelopes(token, aes_key, corp_id, agent_id)
        self.random = Random(1)  # noqa: S311
        self.members: dict[str, Member] = {}
        self.shelf, self.codes = Shelf(now, self.random), Codes(now, self.random)
        self.rids, self.troubles = Rids(now, self.random), Troubles()
        self.delivery = Callbacks(self)
        self.calls: deque[Call] = deque()
        self.callbacks: deque[Callback] = deque()
        self.unanswered: list[Callback] = []
        self.refusals: Counter[int] = Counter()
        self._tasks: set[str] = set()
        self._token, self._token_until = "", float("-inf")
        self._ids, self._tokens = count(FIRST_ID), count(1)
        self._server = Server(self)

    async def __aenter__(self) -> Self:
        await self._server.start(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.delivery.close()
        await self._server.stop()

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return self._server.url

    def member(self, userid: str = "ZhangSan", *, visible: bool = True) -> Member:
        """Somebody in the company: by a user id always the same one."""
        return self.members.setdefault(userid, Member(self, userid, visible))

    def by_lower(self) -> dict[str, Member]:
        """The members by their ids in small letters: the platform does not tell others apart."""
        return {userid.lower(): member for userid, member in self.members.items()}

    def change(
        self, task: str, userids: Sequence[str] | None, *, dead: str = "", card: dict | None = None
    ) -> str:
        """Change a card for these members, or for all who have it."""
        wanted = None if userids is None else {userid.lower() for userid in userids}
        for member in self.members.values():
            if wanted is None or member.userid.lower() in wanted:
                for seen in member.seen:
                    if seen.task == task:
                        seen.change(dead=dead, card=card)
                member.changed.ring()
        return "shown"

    def take_task(self, task: str) -> None:
        """Use a task id, once and for ever. Raises `Refused`."""
        if task in self._tasks:
            raise Refused(42014)
        self._tasks.add(task)

    def token_now(self) -> dict:
        """The token, a new one when the former is too old."""
        if self.now() >= self._token_until:
            self._token, self._token_until = f"token-{next(self._tokens)}", self.now() + TOKEN_LIVES
        return {"access_token": self._token, "expires_in": int(self._token_until - self.now())}

    def check_token(self, value: str | None) -> None:
        """Raises `Refused`: none (41001), not this one (40014), too old (42001)."""
        if not value:
            raise Refused(41001)
        if value != self._token:
            raise Refused(40014)
        if self.now() >= self._token_until:
            raise Refused(42001)

    def revoke(self) -> None:
        """End the token before its time."""
        self._token_until = float("-inf")

    def next_id(self) -> int:
        """A new number for a message of a member."""
        return next(self._ids)

    def next_msgid(self) -> str:
        """A new name for a message to members."""
        return f"{self.random.getrandbits(160):040x}"

    def take(self, callback: Callback) -> Callback:
        """Tell the application of something."""
        return self.delivery.take(callback)

    async def send_raw(self, fields: dict) -> Callback:
        """Let the application hear exactly this, sealed."""
        return self.take(Callback(str(fields.get("FromUserName", "")), dict(fields)))

    def duplicate_next(self, times: int = 1, *, at_once: bool = False) -> None:
        """Deliver the next callback so many times more: after its answer, or all at the same moment."""
        self.delivery.duplicates.append((times, at_once))

    async def redeliver(self, callback: Callback, *, times: int = 1) -> list[Delivery]:
        """Deliver a callback of the past again, answered or not."""
        return [await self.delivery.post(callback) for _ in range(times)]

    async def check_hook(self, *, wrongly: bool = False) -> bool:
        """Whether the address answers as the console wants it to; `wrongly` signs falsely."""
        return await self.delivery.knock(wrongly=wrongly)

    async def quiet(self, *, within: float = 30.0) -> None:
        """Return when nothing is on its way to the application."""
        async with asyncio.timeout(within):
            await self.delivery.calm.until(lambda: self.delivery.is_calm)

    def asked(self, path: str) -> list[Call]:
        """The calls of a path, of which the end is enough."""
        return [call for call in self.calls if call.path.endswith(path)]

    def fail_next(
        self, path: str = ANY, code: int = -1, *, times: int = 1, touser: str | None = None
    ) -> None:
        """Answer the next calls of a path, of which the end is enough, with a code."""
        self.troubles.order(Trouble(path, times, touser, code))

    def drop_next(self, path: str = ANY, *, done: bool = False, times: int = 1) -> None:
        """Cut the connection of the next calls: before anything is done, or `done` and nobody knows."""
        self.troubles.order(Trouble(path, times, drops=True, done=done))

    def record(self, asked: Asked) -> Call:
        """Note a call."""
        call = Call(self.now(), asked.path, asked.query, asked.glimpse)
        self.calls.append(call)
        return call

    def perform(self, asked: Asked) -> Answer:
        """Do what a call says; the answer, whatever it is."""
        method = self.methods.get(asked.path)
        if method is None:
            return Answer(b"", 404, "text/html")
        try:
            method.check(self, asked)
            result = method.function(self, asked)
        except refusals.Refused as why:
            return self.refuse(asked, why.code, why.words)
        return result if isinstance(result, Answer) else trouble.said(result)

    def refuse(self, _asked: Asked, code: int, words: str | None = None) -> Answer:
        """The answer that a call was refused with."""
        self.refusals[code] += 1
        return trouble.said(Refused(code, words).body(self.rids.new()))
