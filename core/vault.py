"""What nobody should read off the database's file: sealed with a key that is kept elsewhere.

A column declared `Sealed` (or `SealedJson`) holds `s1:` and the key's short name before what Fernet made of
the value. Code above sees plain values; which key opens one is told by its name, so that keys can be changed
while the service runs.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import JSON, Column, Dialect, String, Table, cast, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, Session, SQLModel

from core import database  # noqa: F401 - names the constraints of every table

PREFIX = "s1"
KNOWN = "menling"
"""What the mark says to whoever can open it."""


class VaultLocked(Exception):
    """Something sealed was to be read or written, and the key for it is not here. Nothing is lost by it."""


class Mark(SQLModel, table=True):
    """One known value, sealed: whoever opens it has the right key."""

    __tablename__ = "vault_mark"

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    sealed: str


class _Keys:
    """The keys of this process, by their short names; the first one seals."""

    def __init__(self) -> None:
        self.first = ""
        self.by_name: dict[str, Fernet] = {}


_KEYS = _Keys()


def new_key() -> str:
    """A key nobody else has: 32 random bytes, as Fernet writes them."""
    return Fernet.generate_key().decode("ascii")


def is_key(said: str) -> bool:
    """Whether that could be a key."""
    try:
        Fernet(said.encode())
    except ValueError:
        return False
    return True


def name_of(key: str) -> str:
    """What a key is called by; nothing of it can be told from that."""
    return sha256(b"menling.vault:" + key.encode()).hexdigest()[:8]


def use(keys: Sequence[str]) -> None:
    """From now on the first of these seals, and each opens what it sealed. Without any, all stays locked."""
    _KEYS.by_name = {name_of(key): Fernet(key.encode()) for key in keys}
    _KEYS.first = name_of(keys[0]) if keys else ""


def seal(value: str) -> str:
    """The value as the database may have it. Raises VaultLocked."""
    if not _KEYS.first:
        raise VaultLocked("there is no key to seal with")
    token = _KEYS.by_name[_KEYS.first].encrypt(value.encode("utf-8", "surrogatepass")).decode("ascii")
    return f"{PREFIX}:{_KEYS.first}:{token}"


def unseal(kept: str) -> str:
    """The value as it was. What was never sealed is given back as it is. Raises VaultLocked."""
    mark, _, rest = kept.partition(":")
    name, colon, token = rest.partition(":")
    if mark != PREFIX or not colon:
        return kept
    key = _KEYS.by_name.get(name)
    if key is None:
        raise VaultLocked(f"this was sealed with the key {name}, which is not here")
    try:
        return key.decrypt(token.encode()).decode("utf-8", "surrogatepass")
    except InvalidToken:
        raise VaultLocked(f"what was sealed with the key {name} has been changed since") from None


class Sealed(TypeDecorator[str]):
    """Words that the database holds sealed. They cannot be looked for, nor compared, in a statement."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal what there is; that there is nothing is no secret."""
        return seal(value) if value else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open it."""
        return unseal(value) if value else value


class SealedJson(TypeDecorator[Any]):  # Any: JSON as its table defines it
    """JSON that the database holds sealed, as one string."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Seal what there is."""
        return seal(json.dumps(value)) if value else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Open it."""
        return json.loads(unseal(value)) if isinstance(value, str) else value


def mark(session: Session) -> None:
    """Put down what later tells whether the right key is here, unless it is there. Raises VaultLocked.

    Of several processes that start on a new database the first one does; the others find its mark.
    """
    if session.get(Mark, 1) is None:
        sealed = seal(KNOWN)
        with suppress(IntegrityError), session.begin_nested():
            session.add(Mark(sealed=sealed))


def opens(session: Session) -> bool:
    """Whether the keys here open what is in this database. True for one without a mark."""
    found = session.get(Mark, 1)
    if found is None:
        return True
    try:
        return unseal(found.sealed) == KNOWN
    except VaultLocked:
        return False


def sealed_columns() -> Iterator[Column[Any]]:
    """Every column that is held sealed, of every table there is."""
    yield SQLModel.metadata.tables["vault_mark"].c.sealed
    for table in SQLModel.metadata.sorted_tables:
        yield from (column for column in table.c if isinstance(column.type, Sealed | SealedJson))


def reseal(session: Session, column: Column[Any], limit: int) -> int:
    """Seal up to `limit` values of a column with the first key; how many still had another one.

    A value that somebody changes meanwhile is left to them: they seal it with the first key anyway.
    """
    table = column.table
    assert isinstance(table, Table)
    (key,) = table.primary_key
    kept = cast(column, String)
    old = ~kept.contains(f"{PREFIX}:{_KEYS.first}:", autoescape=True)
    wanted = select(key, kept).where(column.is_not(None), func.length(kept) > 2, old).limit(limit)
    found = session.connection().execute(wanted).all()
    for row_key, raw in found:
        plain = _plain(column, raw)
        changed = update(table).where(key == row_key, kept == raw).values({column.name: plain})
        session.connection().execute(changed)
    return len(found)


def _plain(column: Column[Any], raw: str) -> Any:  # Any: what the column takes
    """What the column is to be given, from how it stands in the database."""
    if isinstance(column.type, SealedJson):
        kept = json.loads(raw)
        return json.loads(unseal(kept)) if isinstance(kept, str) else kept
    return seal(unseal(raw)) if column.name == "sealed" and column.table.name == "vault_mark" else unseal(raw)
