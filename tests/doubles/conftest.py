"""The stand-ins with a clock of their own, a bot that listens, and an account that listens."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot

from tests.doubles.clock import Clock
from tests.doubles.telegram import Double, Person
from tests.doubles.wechat import Double as Account
from tests.doubles.wechat import Person as Follower
from tests.doubles.wechat_account import Api, Hook


class Reply(NamedTuple):
    """What came back for a call."""

    status: int
    body: dict
    headers: dict[str, str]

    @property
    def result(self) -> Any:  # whatever the method returns
        assert self.status == 200, self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        return self.body["error_code"], self.body["description"]


@dataclass
class Client:
    """A plain HTTP client of the Bot API."""

    session: aiohttp.ClientSession
    double: Double
    token: str = ""

    async def __call__(self, method: str, **params: object) -> Reply:
        """Call a method with a JSON body."""
        return await self.post(method, json=params)

    async def post(self, method: str, **body: Any) -> Reply:  # the words of aiohttp
        url = f"{self.double.url}/bot{self.token or self.double.token}/{method}"
        async with self.session.post(url, **body) as response:
            return Reply(response.status, await response.json(), dict(response.headers))


@dataclass
class Listener:
    """A bot's webhook: keeps what arrives and answers what it is told to, else 200."""

    url: str = ""
    got: list[dict] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        self.got.append(await request.json())
        return self.answers.pop(0) if self.answers else web.Response()

    def fail(self, *statuses: int) -> None:
        """Answer the next deliveries with these statuses."""
        self.answers += [web.Response(status=status) for status in statuses]

    @property
    def texts(self) -> list[str]:
        """What was typed, in the order it arrived."""
        return [update["message"]["text"] for update in self.got if "message" in update]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def double(clock: Clock) -> AsyncIterator[Double]:
    async with Double(now=clock.now, sleep=clock.sleep) as double:
        yield double


@pytest.fixture
async def call(double: Double) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(session, double)


@pytest.fixture
async def bot(double: Double) -> AsyncIterator[Bot]:
    """python-telegram-bot, talking to the double over sockets."""
    bot = Bot(double.token, base_url=f"{double.url}/bot", base_file_url=f"{double.url}/file/bot")
    async with bot:
        yield bot


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    """A bot that has an address and has not told the double yet."""
    listener = Listener()
    application = web.Application()
    application.router.add_post("/hook", listener.hear)
    runner = web.AppRunner(application, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listener
    await runner.cleanup()


@pytest.fixture
def alice(double: Double) -> Person:
    """Somebody who has started the bot."""
    return double.person(42, "Alice", started=True)


@pytest.fixture
async def wechat(clock: Clock) -> AsyncIterator[Account]:
    """The stand-in of WeChat: a verified service account in safe mode, with little real patience."""
    async with Account(now=clock.now, sleep=clock.sleep, answer_within=0.2) as double:
        yield double


@pytest.fixture
async def wx(wechat: Account) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(session, wechat)


@pytest.fixture
async def wx_hook(wechat: Account) -> AsyncIterator[Hook]:
    """A webhook that the account's callbacks go to."""
    hook = Hook(wechat)
    application = web.Application()
    application.router.add_route("*", "/hook", hook.hear)
    runner = web.AppRunner(application, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    wechat.hook = hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


@pytest.fixture
def ming(wechat: Account) -> Follower:
    """Somebody who follows the account."""
    return wechat.person("Ming", follower=True)
