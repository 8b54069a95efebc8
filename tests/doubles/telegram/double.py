"""The Bot API itself: one bot, its chats, its updates and everything that was asked of it."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from itertools import count
from random import Random
from types import CoroutineType
from typing import NamedTuple, Self

from tests.doubles.telegram import trouble
from tests.doubles.telegram.chats import Chat, Standing, unknown
from tests.doubles.telegram.figures import summary
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.methods import METHODS
from tests.doubles.telegram.methods.receiving import Noted
from tests.doubles.telegram.methods.setting import scope_key
from tests.doubles.telegram.people import Person, Press
from tests.doubles.telegram.rates import Meter, Rates
from tests.doubles.telegram.refusals import Refused
from tests.doubles.telegram.server import Server
from tests.doubles.telegram.shelf import Shelf
from tests.doubles.telegram.trouble import ANY, Answer, Trouble, Troubles
from tests.doubles.telegram.updates import PRESS_LIVES, Sleep, Updates
from tests.doubles.telegram.webhook import Webhook
from tests.doubles.telegram.wire import packed


class Call(NamedTuple):
    """One call of a method, when it arrived."""

    at: float
    method: str
    params: dict


class Double:
    """Stands in for the Bot API on 127.0.0.1 while it is entered with `async with`.

    `now` (seconds since 1970) and `sleep` are its time. `strict=False` counts no messages against the rates.
    `latency` is seconds before each answer; `remember` bounds how many calls, updates and durations are kept.
    """

    def __init__(
        self,
        token: str = "123456:TEST-TOKEN",  # noqa: S107
        *,
        username: str = "menling_bot",
        now: Callable[[], float] = time.time,
        sleep: Sleep = asyncio.sleep,
        strict: bool = True,
        rates: Rates | None = None,
        latency: float = 0.0,
        remember: int | None = None,
    ) -> None:
        self.token = token
        self.now, self.sleep = now, sleep
        self.strict, self.latency = strict, latency
        self.bot = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": "Menling",
            "username": username,
        }
        self.presses_live = PRESS_LIVES
        self._rates, self._remember = rates or Rates(), remember
        self._server = Server(self)
        self._begin()

    def _begin(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.presses: dict[str, Press] = {}
        self.commands: dict[tuple[str, str], list[dict]] = {}
        self.menu_buttons: dict[int, dict] = {}
        self.shelf = Shelf()
        self.troubles = Troubles()
        self._numbers = count(1001)
        self.updates = Updates(now=self.now, sleep=self.sleep, remember=self._remember)
        self.webhook = Webhook(
            self.updates, self._run, self.now, self.sleep, Random(1), self._remember  # noqa: S311
        )  # fmt: skip
        self.forget()

    async def start(self, port: int = 0) -> Self:
        """Listen; `url` says where."""
        await self._server.start(port)
        return self

    async def stop(self) -> None:
        """Stop delivering and listening; calls that hang are cut off."""
        await self.webhook.close()
        await self._server.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """Without a slash at its end. Methods are below `/bot<token>/`, files below `/file/bot<token>/`."""
        return self._server.url

    async def reset(self) -> None:
        """Begin anew: no people, no chats, no webhook, no updates, no trouble."""
        await self.webhook.close()
        self._begin()

    def forget(self) -> None:
        """Forget calls, counts and durations, and fill the rates' buckets again."""
        self.calls: list[Call] | deque[Call] = [] if self._remember is None else deque(maxlen=self._remember)
        self.latencies: deque[float] = deque(maxlen=self._remember)
        self.counts: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.meter = Meter(self._rates)
        self.webhook.took.clear()

    def person(
        self,
        id: int | None = None,
        first_name: str = "Alice",
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "zh-hans",
        started: bool = False,
    ) -> Person:
        """Somebody with Telegram, always the same one for an id; one who `started` can be written to."""
        number = id or next(self._numbers)
        if number not in self.people:
            names = {"first_name": first_name, "last_name": last_name, "username": username}
            names = {name: value for name, value in names.items() if value}
            card = {"id": number, "is_bot": False, **names}
            if language_code:
                card["language_code"] = language_code
            chat = Chat(number, "private", {"id": number, "type": "private", **names}, Standing.STRANGER)
            self.chats[number] = chat
            self.people[number] = Person(self, card, chat)
        person = self.people[number]
        if started and person.chat.standing is Standing.STRANGER:
            person.chat.standing = Standing.IN
        return person

    def group(self, id: int, title: str = "Staff", *, forum: bool = False) -> Group:
        """A group with the bot in it, always the same one for an id; with -100 in front a supergroup."""
        if id not in self.groups:
            kind = "supergroup" if str(id).startswith("-100") else "group"
            assert not forum or kind == "supergroup", "a forum is a supergroup: its id begins with -100"
            card = {"id": id, "type": kind, "title": title} | ({"is_forum": True} if forum else {})
            self.chats[id] = Chat(id, kind, card, is_forum=forum)
            self.groups[id] = Group(self, self.chats[id])
        return self.groups[id]

    def reach(self, params: dict) -> Chat:
        """The chat that a call names. Raises `Refused` when the bot may not act there."""
        wanted = params.get("chat_id")
        chat = self.chats.get(wanted) if isinstance(wanted, int) else self._by_name(wanted)
        if chat is None:
            raise unknown()
        chat.check()
        return chat

    def _by_name(self, name: object) -> Chat | None:
        if not isinstance(name, str) or not name.startswith("@"):
            return None
        return next((chat for chat in self.chats.values() if chat.card.get("username") == name[1:]), None)

    def count(self, chat: Chat) -> None:
        """Count a message against the rates. Raises `Refused` with 429; counts nothing when not strict."""
        if self.strict:
            self.meter.count(chat.id, crowd=not chat.private, now=self.now())

    def has_answered(self, chat: Chat) -> None:
        """Note how long somebody waited in this chat, if somebody did."""
        if chat.asked_at is not None:
            self.latencies.append(self.now() - chat.asked_at)
            chat.asked_at = None

    def record(self, method: str, params: dict) -> str:
        """Note a call; the method's name as it is usually written."""
        name = METHODS.get(method.lower(), (method, None))[0]
        self.calls.append(Call(self.now(), name, params))
        self.counts[name] += 1
        return name

    async def perform(self, method: str, params: dict) -> Answer:
        """Do what a method says; the answer, whatever it is."""
        function = METHODS.get(method.lower(), (method, None))[1]
        try:
            if function is None:
                raise Refused(404, "Not Found: method not found")
            result = function(self, params)
            if isinstance(result, CoroutineType):
                result = await result
        except Refused as why:
            self.refusals[str(why)] += 1
            return trouble.refused(why)
        body = {"ok": True, "result": result}
        if isinstance(result, Noted):
            body = {"ok": True, "result": result.result, "description": result.description}
        return Answer(200, packed(body).encode())

    async def _run(self, method: str, params: dict) -> None:
        await self.perform(self.record(method, params), params)

    def fail_next(
        self,
        method: str = ANY,
        status: int = 500,
        description: str | None = None,
        *,
        retry_after: int | None = None,
        body: str | None = None,
        parameters: dict | None = None,
        times: int = 1,
        chat_id: int | None = None,
        done: bool = False,
    ) -> None:
        """Answer the next calls with this; a `body` goes out as it is; `done` carries them out anyway."""
        answer = trouble.refusal(
            status, description, retry_after=retry_after, body=body, parameters=parameters
        )
        self.troubles.order(Trouble(method, times, chat_id, done, answer=answer))

    def drop_next(
        self, method: str = ANY, *, done: bool = False, times: int = 1, chat_id: int | None = None
    ) -> None:
        """Drop the connection of the next calls: before anything is done, or `done` and nobody knows."""
        self.troubles.order(Trouble(method, times, chat_id, done, drops=True))

    def hang_next(
        self, method: str = ANY, *, seconds: float, times: int = 1, chat_id: int | None = None
    ) -> None:
        """Let the next calls wait so long before they are carried out and answered."""
        self.troubles.order(Trouble(method, times, chat_id, done=True, seconds=seconds))

    async def redeliver(self, update_id: int, *, times: int = 1, at_once: bool = False) -> list[int]:
        """Deliver an update of the past again, past the queues; the statuses it was answered with.

        Without a webhook it waits to be polled once more. Raises KeyError when it is not remembered.
        """
        update = self.updates.past(update_id)
        if not self.webhook.url:
            self.updates.again(update)
            return []
        if at_once:
            results = await asyncio.gather(*(self.webhook.post(update) for _ in range(times)))
        else:
            results = [await self.webhook.post(update) for _ in range(times)]
        return [status for status, _ in results]

    async def quiet(self, *, within: float = 30.0) -> None:
        """Return when nothing is on its way to the webhook: all is delivered or waits for another attempt."""
        async with asyncio.timeout(within):
            await self.webhook.calm.until(lambda: self.webhook.is_calm)

    def sent(self, chat_id: int | None = None, *, after: int = 0) -> list[dict]:
        """The bot's messages as the Bot API shows them now: in one chat after some message, or in all."""
        chats = self.chats.values() if chat_id is None else [self.chats[chat_id]]
        return [
            kept.json
            for chat in chats
            for number, kept in list(chat.messages.items())
            if kept.by_bot and number > after
        ]

    def commands_for(self, person: Person, group: Group | None = None) -> list[dict]:
        """The commands this person is offered: the narrowest scope wins, in it their language before none."""
        if group:
            scopes = [
                scope_key("chat_member", group.id, person.id), scope_key("chat_administrators", group.id),
                scope_key("chat", group.id), scope_key("all_chat_administrators"),
                scope_key("all_group_chats"),
            ]  # fmt: skip
        else:
            scopes = [scope_key("chat", person.id), scope_key("all_private_chats")]
        language = (person.card.get("language_code") or "").partition("-")[0]
        keys = [(scope, tongue) for scope in [*scopes, scope_key("default")] for tongue in (language, "")]
        return next((self.commands[key] for key in keys if key in self.commands), [])

    def statistics(self) -> dict:
        """Everything counted and timed so far, as JSON can hold it."""
        return {
            "calls": dict(self.counts),
            "refusals": dict(self.refusals),
            "updates": {
                "put": self.updates.put_count,
                "delivered": self.webhook.delivered,
                "failed": self.webhook.failed,
                "expired": self.updates.expired,
                "pending": len(self.updates.pending),
            },
            "answers": summary(self.latencies),
            "webhook": summary(self.webhook.took),
        }
