"""Deletes files whose time is over, and those nobody knows of; and sees whether the store works."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine

from channels.gone import watched_transaction
from core import clock, media
from core.database import looking
from core.media import Store, StoreFailed

AT_ONCE = 500
"""Files whose records are looked at in one go."""
PATIENCE = 5
"""So many deletions may fail before the store is left alone until the next sweep."""
ORPHANED_AFTER = timedelta(days=1)
"""A file without a record is nobody's after this; a younger one may be about to get its own."""
FEW = 20
"""More orphans than this, and more than there are files with a record, are hardly ours to delete."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class StoreState:
    """Whether the store works, as the last try to use it showed."""

    works: bool = True
    reason: str = ""
    since: datetime | None = None
    """When it stopped."""


class Sweep:
    """Deletes from one store what its database says, first the file and then the record.

    So nothing is forgotten that is still there, and doing it again, also in another process, does no harm.
    `swept` hears how many files went and why: `expired` or `orphaned`. Blocks. Raises `Gone`.
    """

    def __init__(self, engine: Engine, store: Store, swept: Callable[[str, int], None]) -> None:
        self._engine, self._store, self._swept = engine, store, swept
        self.state = StoreState()

    def expired(self) -> int:
        """Delete what is past its time or was taken back; how many files went."""
        gone = 0
        while self.probe():
            with looking(self._engine) as session:
                over = media.over(session, clock.now(), AT_ONCE)
            if not over:
                break
            deleted = self._deleted(over)
            with watched_transaction(self._engine) as session:
                gone += media.forget(session, deleted)
            if len(deleted) < AT_ONCE:
                break
        return self._told("expired", gone)

    def orphans(self) -> int:
        """Delete files that were put and never recorded; how many went."""
        try:
            before = clock.now() - ORPHANED_AFTER
            names = [one.name for one in self._store.every() if one.at < before]
        except StoreFailed as failed:
            log.error("media.store_failed", action="list", reason=str(failed))
            return 0
        unknown = self._unknown(names)
        if len(unknown) > max(FEW, len(names) - len(unknown)):
            log.error("media.strange_store", files=len(names), unknown=len(unknown))
            return 0
        return self._told("orphaned", len(self._deleted(unknown)))

    def probe(self) -> bool:
        """Whether the store takes, gives and deletes a few bytes; `state` tells it to others."""
        try:
            media.probe(self._store)
        except StoreFailed as failed:
            since = self.state.since or clock.now()
            self.state = StoreState(False, str(failed), since)
            log.error("media.store_failed", action="probe", reason=str(failed))
        else:
            if not self.state.works:
                log.info("media.store_back")
            self.state = StoreState()
        return self.state.works

    def _unknown(self, names: Sequence[str]) -> list[str]:
        found: list[str] = []
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            with looking(self._engine) as session:
                known = media.known(session, some)
            found += [name for name in some if name not in known]
        return found

    def _deleted(self, names: Sequence[str]) -> list[str]:
        deleted, failures = [], 0
        for name in names:
            try:
                self._store.delete(name)
                deleted.append(name)
            except StoreFailed as failed:
                failures += 1
                log.error("media.store_failed", action="delete", reason=str(failed))
                if failures >= PATIENCE:
                    break
        return deleted

    def _told(self, why: str, count: int) -> int:
        self._swept(why, count)
        if count:
            log.info("media.swept", why=why, files=count)
        return count
