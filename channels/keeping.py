"""The files that channels fetch for people, kept by us."""

from pathlib import Path

from sqlalchemy import Engine

from channels.gone import watched_transaction
from core import clock, media
from core.correspondence import Peer
from core.media import Family


class Keeping:
    """One folder of files. Blocks: call it in a thread. Raises `Gone`."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine, self._folder = engine, folder

    def keep(self, peer: Peer, family: Family, data: bytes) -> str:
        """The id under which a file is kept for `peer`. Raises `media.MediaRefused`."""
        with watched_transaction(self._engine) as session:
            return media.keep(
                session,
                self._folder,
                data,
                family=family,
                channel=peer.channel,
                account=peer.account,
                user=peer.user,
                now=clock.now(),
            ).id

    def path(self, id: str) -> Path:
        """Where a file that was kept lies on this machine."""
        return self._folder.absolute() / id
