"""The platform itself: one account, the people who know it, and everything that was asked of it."""

import asyncio
import time
from base64 import urlsafe_b64encode
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from hashlib import sha256
from itertools import count
from random import Random
from typing import NamedTuple, Self

from tests.doubles.bell import Bell
from tests.doubles.telegram.figures import summary
from tests.doubles.wechat import kinds, trouble
from tests.doubles.wechat.callbacks import Callback, Callbacks, Delivery
from tests.doubles.wechat.codes import Code, Codes
from tests.doubles.wechat.envelopes import MODES, Envelopes
from tests.doubles.wechat.login import Logins
from tests.doubles.wechat.menus import Menus
from tests.doubles.wechat.methods import METHODS
from tests.doubles.wechat.notices import Notices, Template
from tests.doubles.wechat.people import Person
from tests.doubles.wechat.quotas import Quotas
from tests.doubles.wechat.refusals import Refused
from tests.doubles.wechat.rids import Rids
from tests.doubles.wechat.screens import Seen
from tests.doubles.wechat.server import Server
from tests.doubles.wechat.shelf import Shelf
from tests.doubles.wechat.tokens import Tokens
from tests.doubles.wechat.trouble import ANY, Answer, Trouble, Troubles
from tests.doubles.wechat.wire import Asked

Sleep = Callable[[float], Awaitable[None]]
FIRST_ID = 24_000_000_000_000_001
BUSY = -1


class Call(NamedTuple):
    """One call, when it arrived: its path, its query (tokens and all) and its JSON."""

    at: float
    path: str
    query: dict
    params: dict


class Double:
    """Stands in for the WeChat Official Account platform on 127.0.0.1 while entered with `async with`.

    `kind` is service, subscription, unverified or test; `hook` the account's address for callbacks, `mode`
    plain, compatible or safe. `now` (seconds since 1970) and `sleep` are its time, but `answer_within` is
    real seconds. Results of notices come `report_after` seconds, or with None only when told.
    """

    def __init__(
        self,
        app_id: str = "wx1234567890abcdef",
        secret: str = "0123456789abcdef0123456789abcdef",  # noqa: S107
        *,
        kind: str = "service",
        account: str = "gh_demo",
        hook: str = "",
        mode: str = "safe",
        token: str = "front-door-token",  # noqa: S107
        aes_key: str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        now: Callable[[], float] = time.time,
        sleep: Sleep = asyncio.sleep,
        answer_within: float = 30.0,
        report_after: float | None = 1.0,
        latency: float = 0.0,
        remember: int | None = None,
    ) -> None:
        assert kind in kinds.RIGHTS, kind
        self.app_id, self.secret, self.kind, self.account = app_id, secret, kind, account
        self.hook, self.token, self.aes_key = hook, token, aes_key
        self.mode = mode
        self.now, self.sleep = now, sleep
        self.answer_within, self.report_after, self.latency = answer_within, report_after, latency
        self.event_case = ""
        self._remember = remember
        self._server = Server(self)
        self._begin()

    def _begin(self) -> None:
        self.random = Random(1)  # noqa: S311
        self.people: dict[str, Person] = {}
        self.tokens = Tokens(self.now, self.random)
        self.quotas = Quotas(self.now, kinds.limits(self.kind))
        self.shelf = Shelf(self.now, self.random)
        self.menus = Menus()
        self.codes = Codes(self.now)
        self.logins = Logins(self)
        self.notices = Notices(self)
        self.rids = Rids(self.now, self.random)
        self.troubles = Troubles()
        self.delivery = Callbacks(self)
        self.made = Bell()
        self._ids = count(FIRST_ID)
        self.forget()

    async def start(self, port: int = 0) -> Self:
        """Listen; `url` says where."""
        await self._server.start(port)
        return self

    async def stop(self) -> None:
        """Stop delivering and listening; calls that hang are cut off."""
        await self.notices.close()
        await self.delivery.close()
        await self._server.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """Without a slash at its end; stands for api., mp. and open.weixin.qq.com alike."""
        return self._server.url

    @property
    def mode(self) -> str:
        return self.envelopes.mode

    @mode.setter
    def mode(self, mode: str) -> None:
        assert mode in MODES, mode
        self.envelopes = Envelopes(self.token, self.aes_key, self.app_id, mode)

    async def reset(self) -> None:
        """Begin anew: no people, no tokens, nothing on its way, no trouble. The configuration stays."""
        await self.notices.close()
        await self.delivery.close()
        self._begin()

    def forget(self) -> None:
        """Forget calls, callbacks, counts and durations."""
        self.calls: deque[Call] = deque(maxlen=self._remember)
        self.callbacks: deque[Callback] = deque(maxlen=self._remember)
        self.latencies: deque[float] = deque(maxlen=self._remember)
        self.counts: Counter[str] = Counter()
        self.refusals: Counter[int] = Counter()

    def person(self, name: str = "Alice", *, openid: str | None = None, follower: bool = False) -> Person:
        """Somebody with WeChat: by an OpenID always the same one, without one somebody new.

        A `follower` is one already, and nobody is told.
        """
        if openid is None:
            seed = f"{self.app_id} {len(self.people)}".encode()
            openid = "o" + urlsafe_b64encode(sha256(seed).digest()).decode()[:27]
        if openid not in self.people:
            self.people[openid] = Person(self, openid, name)
        person = self.people[openid]
        if follower and not person.follower:
            person.follower, person.followed_at = True, int(self.now())
        return person

    def template(self, id: str, title: str = "", **keys: object) -> None:
        """Let the account have a template for template messages: its keys with their labels."""
        self.notices.templates["template"][id] = Template(id, title, keys)

    def notice(self, id: str, title: str = "", **keys: object) -> None:
        """Let the account have a template for subscription notices: its keys with their labels."""
        self.notices.templates["notice"][id] = Template(id, title, keys)

    def reach(self, touser: object, *, followers: bool = True) -> Person:
        """Whom a call names. Raises `Refused`: 40003 nobody, 43004 no follower, 43019 on the black list."""
        person = self.people.get(touser) if isinstance(touser, str) else None
        if person is None:
            raise Refused(40003)
        if followers and not person.follower:
            raise Refused(43004)
        if followers and person.blacklisted:
            raise Refused(43019)
        return person

    def show(self, openid: str, seen: Seen) -> None:
        """Let somebody see something; who follows no more, or is not known, sees nothing."""
        person = self.people.get(openid)
        if person and person.follower:
            person.look(seen)

    def next_id(self) -> int:
        """A new number for a message, 64 bits wide."""
        return next(self._ids)

    def ticket(self, scene: str) -> str:
        """The ticket of the code with this scene; of a made-up one when nobody made it."""
        return self.codes.by_scene(scene).ticket

    def scene(self, scene_or_ticket: str) -> str:
        """The scene of a code that is good at this moment. Raises AssertionError when it is too old."""
        code: Code = self.codes.by_scene(scene_or_ticket)
        assert self.codes.is_good(code), "this code is too old to be scanned"
        return code.scene

    def take(self, callback: Callback) -> Callback:
        """Tell the account of something; `made` rings."""
        self.delivery.take(callback)
        self.made.ring()
        return callback

    async def send_raw(self, fields: dict | str, *, openid: str = "") -> Callback:
        """Let the account hear exactly this, sealed: fields, or what stands inside `<xml>`."""
        if isinstance(fields, str):
            return self.take(Callback(openid, {}, raw=fields))
        return self.take(Callback(openid or str(fields.get("FromUserName", "")), dict(fields)))

    def duplicate_next(self, times: int = 1, *, at_once: bool = False) -> None:
        """Deliver the next callback so many times more: after its answer, or all at the same moment."""
        self.delivery.duplicates.append((times, at_once))

    async def redeliver(self, callback: Callback, *, times: int = 1, at_once: bool = False) -> list[Delivery]:
        """Deliver a callback of the past again, answered or not. Nobody is shown an answer a second time."""
        if at_once:
            return list(await asyncio.gather(*(self.delivery.post(callback) for _ in range(times))))
        return [await self.delivery.post(callback) for _ in range(times)]

    async def check_hook(self, *, wrongly: bool = False) -> bool:
        """Whether the account's address answers as the console wants it to; `wrongly` signs falsely."""
        return await self.delivery.knock(wrongly=wrongly)

    async def quiet(self, *, within: float = 30.0) -> None:
        """Return when nothing is on its way to the account; results that are due later do not count."""
        async with asyncio.timeout(within):
            await self.delivery.calm.until(lambda: self.delivery.is_calm)

    def record(self, asked: Asked) -> Call:
        """Note a call."""
        call = Call(self.now(), asked.path, asked.query, asked.glimpse)
        self.calls.append(call)
        self.counts[asked.path] += 1
        return call

    def perform(self, asked: Asked) -> Answer:
        """Do what a call says; the answer, whatever it is."""
        method = METHODS.get(asked.path)
        if method is None and (page := asked.path.rpartition("/")[0] + "/") in METHODS:
            method = METHODS[page]
        if method is None:
            return Answer(b"", 404, "text/html")
        rid = self.rids.new()
        try:
            method.check(self, asked)
            result = method.function(self, asked)
        except Refused as why:
            return self.refuse(asked, why.code, why.words, rid)
        answer = result if isinstance(result, Answer) else trouble.said(result, method.kind)
        self.rids.note(rid, asked, answer)
        return answer

    def refuse(self, asked: Asked, code: int, words: str | None = None, rid: str | None = None) -> Answer:
        """The answer that a call was refused with, noted under its request's id."""
        rid = rid or self.rids.new()
        self.refusals[code] += 1
        kind = METHODS[asked.path].kind if asked.path in METHODS else trouble.JSON
        answer = trouble.said(Refused(code, words).body(rid), kind)
        self.rids.note(rid, asked, answer)
        return answer

    def fail_next(
        self,
        path: str = ANY,
        code: int | None = None,
        words: str | None = None,
        *,
        status: int | None = None,
        body: str = "",
        times: int = 1,
        touser: str | None = None,
        done: bool = False,
    ) -> None:
        """Answer the next calls of a path with a code, or with a status and a body that is no JSON; else -1.

        The end of a path is enough: `custom/send`. `done` carries the calls out all the same.
        """
        if code is None and status is None:
            code = BUSY
        answer = None if status is None else Answer(body.encode(), status, "text/html")
        self.troubles.order(Trouble(path, times, touser, code, words, answer, done=done))

    def drop_next(
        self, path: str = ANY, *, done: bool = False, times: int = 1, touser: str | None = None
    ) -> None:
        """Cut the connection of the next calls: before anything is done, or `done` and nobody knows."""
        self.troubles.order(Trouble(path, times, touser, drops=True, done=done))

    def hang_next(
        self, path: str = ANY, *, seconds: float, times: int = 1, touser: str | None = None
    ) -> None:
        """Let the next calls wait so long before they are carried out and answered."""
        self.troubles.order(Trouble(path, times, touser, done=True, seconds=seconds))

    def lose_next(self, status: str = "failed: system failed", *, times: int = 1) -> None:
        """Accept the next template messages or notices, show them to nobody, and report this status."""
        self.notices.losses.extend([status] * times)

    async def report(self, msg_id: int | str, status: str | None = None) -> Callback:
        """Tell the result of a template message or a notice now. Raises KeyError when it was told before."""
        return await self.notices.report(msg_id, status)

    def statistics(self) -> dict:
        """Everything counted and timed so far, as JSON can hold it."""
        deliveries = [each for callback in self.callbacks for each in callback.deliveries]
        return {
            "calls": dict(self.counts),
            "refusals": {str(code): times for code, times in self.refusals.items()},
            "callbacks": {
                "made": len(self.callbacks),
                "delivered": sum(each.answered for each in deliveries),
                "failed": sum(bool(each.came_of) and not each.answered for each in deliveries),
                "refused": sum(each.refused for each in deliveries),
            },
            "answers": summary(self.latencies),
        }
