"""A channel's own transactions, in a thread, with one name for a database that does not answer."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlmodel import Session

from bot.turn import Unavailable
from core.database import is_gone, transaction

P = ParamSpec("P")
T = TypeVar("T")


class Gone(Exception):
    """The database does not answer now; the same may be asked again in a while."""


@contextmanager
def watched_transaction(engine: Engine) -> Iterator[Session]:
    """As `core.database.transaction`. Raises `Gone` when the database cannot be reached or is too busy."""
    try:
        with transaction(engine) as session:
            yield session
    except NoConnectionFree as error:
        raise Gone from error
    except DBAPIError as error:
        if not is_gone(error):
            raise
        raise Gone from error


def threaded(threads: Executor, work: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """Blocking work done in one of the threads. Raises `bot.turn.Unavailable` while the database is gone."""

    async def done(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, lambda: work(*args, **kwargs))
        except Gone as gone:
            raise Unavailable from gone

    return done
