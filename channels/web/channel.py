"""The web chat as a channel: a visitor's page asks, the bot answers, every open page of theirs shows it."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import timedelta
from typing import ParamSpec, TypeVar

from sqlalchemy import Engine
from starlette.requests import HTTPConnection, Request
from starlette.routing import BaseRoute

from bot import texts
from bot.messages import Door, Inbound, Outbound, Photo, Sender
from bot.turn import Receipt
from channels import stores
from channels.base import Capabilities, Receive
from channels.gone import threaded
from channels.keeping import Keeping
from channels.web.api import Api
from channels.web.arrivals import Offer, Offering
from channels.web.frames import Refused, Said
from channels.web.limits import Limits
from channels.web.lines import Lines
from channels.web.mydata import MyData
from channels.web.pages import Pages
from channels.web.record import Record
from channels.web.session import Sessions, same_site
from channels.web.socket import Socket
from channels.web.unsubscribing import Unsubscribing
from core import clock, media, ways
from core.company import Company
from core.correspondence import Peer, Purpose
from core.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")

MOST_BUTTONS, LONGEST_LABEL, LONGEST_TEXT = 40, 80, 64_000
"""What our own page shows comfortably; it folds what is long and wraps what is wide."""
CAN = Capabilities(buttons=MOST_BUTTONS, label=LONGEST_LABEL, text=LONGEST_TEXT, cards=True, fetched=True)
"""Nothing is counted there, and everything is shown as long as a page is open; for how long news waits for
that, the company says."""


class WebChannel:
    """Everything below `/` and `/chat`.

    `threads` takes the blocking work, turns and reading alike. `run` must be running while pages are open.
    """

    name = "web"
    account = "main"

    def __init__(self, settings: Settings, *, engine: Engine, company: Company, threads: Executor) -> None:
        presence = timedelta(minutes=company.policies.absent_minutes)
        self.can = replace(CAN, limits=ways.Limits(pushes=False, presence=presence))
        public_url = settings.public_url
        self.demo = settings.demo
        self.company = company
        wanted = settings.language or company.languages[0]
        self.house_language = texts.closest(wanted) or texts.languages()[0]
        self.sessions = Sessions(settings.secret_key, secure=(public_url or "").lower().startswith("https:"))
        self.limits = Limits()
        self.record = Record(engine)
        keeping = Keeping(engine, stores.of(settings))
        self.keep, self.photo = (
            threaded(keeping.threads, keeping.keep),
            threaded(keeping.threads, keeping.read),
        )
        self._check = threaded(threads, keeping.check)
        self.lines = Lines(
            newest=lambda: self.ask(self.record.newest), news=lambda after: self.ask(self.record.news, after)
        )
        self.offering: Offering | None = None
        """Who else may know our visitors, if anybody."""
        self._public_url = public_url
        self._threads, self._engine = threads, engine

    @property
    def door(self) -> Door | None:
        """The page, in any browser: each is a chat of its own. None without an address that people know."""
        if not self._public_url:
            return None
        page = self._public_url.rstrip("/")
        return Door(self.name, self.account, "door-web", f"{page}/?link={{start}}", many=True, page=page)

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """The pages, the chat's API and its socket."""
        self._receive = receive
        alone = [*MyData(self, self._engine).routes(), *Unsubscribing(self, self._engine).routes()]
        return [*Pages(self).routes(), *Api(self).routes(), *Socket(self).routes(), *alone]

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        """Nothing is pushed, the person's page reads the record. It is told to do so now."""
        self.woken(Peer(to.channel, to.account, to.user))
        return None

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """The page closes answered questions by itself."""

    async def offer(self, request: Request, user: str, language: str) -> Offer:
        """What stands at the top of a visitor's page."""
        return await self.offering.offer(request, user, language) if self.offering else Offer()

    def woken(self, peer: Peer) -> None:
        """There is something new for this person. To be called in the event loop."""
        self.lines.stir(peer)

    async def run(self) -> None:
        """Keep open pages in step with what other turns and other processes write, until cancelled."""
        await self.lines.run()

    async def ask(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do blocking work in one of the threads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: work(*args, **kwargs))

    def is_ours(self, connection: HTTPConnection) -> bool:
        """Whether a page of ours asks this, as far as the browser tells."""
        return same_site(connection, self._public_url)

    async def hear(self, peer: Peer, said: Said, language: str | None) -> Receipt:
        """Hand what a page said to the bot. Raises `Refused`, `Gone` and `bot.turn.TurnFailed`."""
        if isinstance(said.content, Photo):
            try:
                await self._check(peer, said.content.media)
            except media.UnknownMedia:
                raise Refused("no-such-photo") from None
        self.lines.stir(peer, typing=True)
        try:
            return await self._receive(
                Inbound(
                    Sender(*peer),
                    # Under the person's own name, so that nobody can use up somebody else's id.
                    external_id=f"{peer.user}:{said.id}",
                    at=clock.now(),
                    content=said.content,
                    language=language,
                )
            )
        finally:
            self.lines.stir(peer)
