"""The files that channels fetch for people, kept by us."""

from concurrent.futures import Executor, ThreadPoolExecutor

import structlog
from sqlalchemy import Engine

from channels.gone import watched_transaction
from core import clock, media
from core.correspondence import Peer
from core.media import Family, NotStored, Store, StoreFailed, UnknownMedia

AT_ONCE = 4
"""So many files may be on their way to the store and back at the same time, for each channel."""

log = structlog.get_logger()


class Keeping:
    """Files in a store, and what is known of them in the database, which is never held while the store works.

    Blocks: call it in one of its own `threads`, as a slow store must not hold up turns. Raises `Gone`, and
    `media.StoreFailed` while the store does not work.
    """

    def __init__(self, engine: Engine, store: Store) -> None:
        self._engine, self._store = engine, store
        self.threads: Executor = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="media")

    def keep(self, peer: Peer, family: Family, data: bytes) -> str:
        """The id under which a file is kept for `peer`. Raises `media.MediaRefused`."""
        mime, id = media.checked(data, family), media.new_id()
        try:
            self._store.put(id, data)
        except StoreFailed as failed:
            log.error("media.store_failed", action="put", reason=str(failed))
            raise
        now, whose = clock.now(), peer._asdict()
        with watched_transaction(self._engine) as session:
            media.record(session, id, data, mime=mime, now=now, **whose)
        return id

    def check(self, peer: Peer, id: str) -> str:
        """The type of a file of this peer's own. Raises `media.UnknownMedia`."""
        with watched_transaction(self._engine) as session:
            return media.find(session, id, now=clock.now(), **peer._asdict()).mime

    def read(self, peer: Peer, id: str) -> tuple[str, bytes]:
        """The type and the bytes of a file of this peer's own. Raises `media.UnknownMedia`."""
        mime = self.check(peer, id)
        try:
            return mime, self._store.get(id)
        except NotStored:
            log.error("media.missing", media=id)
            raise UnknownMedia from None
        except StoreFailed as failed:
            log.error("media.store_failed", action="get", reason=str(failed))
            raise
