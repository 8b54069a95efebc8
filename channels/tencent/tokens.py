"""The access token of one account, ready for whoever calls: fetched once for all tasks and processes."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Engine

from channels.gone import Gone, watched_transaction
from core import clock, tokens
from core.tokens import Token

Fetch = Callable[[], Awaitable[tuple[str, timedelta]]]
"""Asks the platform for a token: its value and for how long it is good. May raise what a call raises."""
Sleep = Callable[[float], Awaitable[None]]

LOOK_AGAIN = 0.2
"""Seconds between two looks while another process fetches."""
LOOKS = 40
"""How often we look: together less than one send may take, so that it is known that nothing was sent."""

T = TypeVar("T")


class NoToken(Exception):
    """Another process was to fetch the token, and it has not come; the same may be asked again in a while."""


class Tokens:
    """Gives the token of one account, from memory, from the database, or from the platform by `fetch`.

    Work on the database is done in `threads`. When tasks wait for one fetch, what came of it holds for all
    of them, its failure too: a wrong secret must not be tried as often as there are people to write to.
    """

    def __init__(
        self,
        engine: Engine,
        threads: Executor | None,
        channel: str,
        account: str,
        *,
        fetch: Fetch,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._engine, self._threads, self._key = engine, threads, (channel, account)
        self._fetch, self._sleep = fetch, sleep
        self._lock = asyncio.Lock()
        self._token: Token | None = None
        self._fetches = 0
        self._failure: BaseException | None = None

    async def get(self, not_this: str | None = None) -> str:
        """A token to call with. `not_this` was refused: it is fetched anew unless somebody has done so.

        The platform may give the same one again. Raises `NoToken`, `channels.gone.Gone` when the database
        does not answer, and whatever `fetch` raises.
        """
        if held := self._held(not_this):
            return held.value
        before = self._fetches
        async with self._lock:
            if self._fetches != before:
                return self._just_fetched()
            held = self._held(not_this) or await self._found(not_this)
            return held.value

    def _held(self, not_this: str | None) -> Token | None:
        token = self._token
        return token if token and token.value != not_this and token.is_good(clock.now()) else None

    def _just_fetched(self) -> str:
        if self._failure:
            raise self._failure
        assert self._token is not None
        return self._token.value

    async def _found(self, not_this: str | None) -> Token:
        for look in range(LOOKS):
            if look:
                await self._sleep(LOOK_AGAIN)
            found = await self._ask(lambda: self._may_fetch(not_this))
            if isinstance(found, Token):
                self._token = found
                return found
            if found:
                return await self._fetched()
        raise NoToken("another process has not fetched it yet")

    async def _fetched(self) -> Token:
        kept = False
        try:
            # Gathered as a result: a failure is that of everybody who waits, and told to each of them.
            [fetched] = await asyncio.gather(self._fetch(), return_exceptions=True)
            if isinstance(fetched, BaseException):
                self._failure = fetched
                self._fetches += 1
                raise fetched
            self._token, self._failure = await self._kept(*fetched), None
            kept = True
        finally:  # also when whoever asked does not want to wait any longer
            if not kept:
                await self._ask(self._give_up)
        self._fetches += 1
        return self._token

    async def _kept(self, value: str, expires_in: timedelta) -> Token:
        try:
            return await self._ask(lambda: self._keep(value, expires_in))
        except Gone:  # good for us all the same
            return Token(value, fetched_at=clock.now(), expires_at=clock.now() + expires_in)

    async def _ask(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _may_fetch(self, not_this: str | None) -> bool | Token:
        with watched_transaction(self._engine) as session:
            return tokens.may_fetch(session, *self._key, clock.now(), not_this=not_this)

    def _keep(self, value: str, expires_in: timedelta) -> Token:
        with watched_transaction(self._engine) as session:
            return tokens.keep(session, *self._key, value, expires_in=expires_in, now=clock.now())

    def _give_up(self) -> None:
        with watched_transaction(self._engine) as session:
            tokens.give_up(session, *self._key)
