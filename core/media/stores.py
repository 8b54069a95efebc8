"""Where the files lie: whatever can put, get, delete and list them by their ids, and a folder that does."""

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

_ID = re.compile(r"[0-9a-f]{32}")
_PART = ".part"


class StoreFailed(Exception):
    """The store did not do it this time; the same may be tried again. Says why, and no secret."""


class NotStored(Exception):
    """There is no such file in the store."""


class Stored(NamedTuple):
    """A file in a store, or what an interrupted `put` left of one."""

    name: str
    """Its id; for a remainder, whatever `delete` takes."""
    at: datetime
    """When it was put there, by the store's own clock."""


class Store(Protocol):
    """Keeps files by their ids. Everything blocks, and raises StoreFailed.

    May be used from several threads. Never called while a transaction is open: a store may be on the network.
    """

    def put(self, id: str, data: bytes) -> None:
        """Keep a file: when this returns it is there, whole, and survives a power cut."""
        ...

    def get(self, id: str) -> bytes:
        """All of a file. Raises NotStored."""
        ...

    def delete(self, id: str) -> None:
        """Have it no more; one that is not there is as good as deleted."""
        ...

    def every(self) -> Iterator[Stored]:
        """Everything of ours, in no order; what others put there is left out."""
        ...


def new_id() -> str:
    """A name for a file that nobody can guess."""
    return secrets.token_hex(16)


def is_id(name: str) -> bool:
    """Whether `new_id` could have made this: nothing else ever reaches a path or an address."""
    return _ID.fullmatch(name) is not None


def probe(store: Store) -> None:
    """Put, get and delete a few bytes. Raises StoreFailed when any of it does not work."""
    id, data = new_id(), b"menling"
    store.put(id, data)
    try:
        if store.get(id) != data:
            raise StoreFailed("gave back other bytes than it was given")
    except NotStored:
        raise StoreFailed("does not have what it was given a moment ago") from None
    finally:
        store.delete(id)


class FolderStore:
    """A folder, made when it is first needed; only its owner can read the files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, id: str, data: bytes) -> None:
        """Keep a file, whole or not at all."""
        unfinished = self._path(id + _PART)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                with os.fdopen(
                    os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
                ) as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.rename(self._path(id))
            except OSError:
                unfinished.unlink(missing_ok=True)
                raise
        except OSError as failed:
            raise _failure(failed) from failed

    def get(self, id: str) -> bytes:
        """All of a file. Raises NotStored."""
        try:
            return self._path(id).read_bytes()
        except FileNotFoundError:
            raise NotStored(id) from None
        except OSError as failed:
            raise _failure(failed) from failed

    def delete(self, id: str) -> None:
        """Have it no more, nor what is left of it."""
        try:
            self._path(id).unlink(missing_ok=True)
        except OSError as failed:
            raise _failure(failed) from failed

    def every(self) -> Iterator[Stored]:
        """What lies in the folder under a name of ours."""
        try:
            with os.scandir(self._folder) as found:
                for entry in found:
                    if is_id(entry.name.removesuffix(_PART)):
                        with contextlib.suppress(FileNotFoundError):  # deleted in this moment
                            yield Stored(entry.name, datetime.fromtimestamp(entry.stat().st_mtime, UTC))
        except FileNotFoundError:
            return
        except OSError as failed:
            raise _failure(failed) from failed

    def _path(self, name: str) -> Path:
        if not is_id(name.removesuffix(_PART)):
            raise NotStored(name)
        return self._folder / name


def _failure(failed: OSError) -> StoreFailed:
    return StoreFailed(failed.strerror or type(failed).__name__)
