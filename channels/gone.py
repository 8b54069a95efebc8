"""A transaction for a channel's own record, with one name for a database that does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlmodel import Session

from core.database import is_gone, transaction


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
