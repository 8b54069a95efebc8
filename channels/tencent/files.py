"""Fetches what people send before the platform forgets it, and makes of it what the bot can be told."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.messages import Content, Inbound, Photo, Unsupported, Voice
from channels.tencent.calls import Answer, MayHaveArrived, NotSent, Refused, TooLarge
from channels.tencent.reading import File
from core.correspondence import Peer
from core.media import Family, MediaRefused, StoreFailed

WITHIN, KEPT_WITHIN = 3.0, 1.2
"""Seconds for which the answer may wait for a file, and then for the store: the platform waits for five."""

Keep = Callable[[Peer, Family, bytes], Awaitable[str]]
"""Keeps a file for a person; its id. Raises `MediaRefused`, `StoreFailed` while the store does not work, and
`bot.turn.TurnFailed` while the database does not."""

Fetch = Callable[[str], Awaitable[bytes | Answer]]
"""What the platform has under a media id. Raises what calls raise, and `TooLarge`."""

log = structlog.get_logger()


class Files:
    """The files of one account; one that cannot call the API cannot have any."""

    def __init__(self, fetch: Fetch | None, keep: Keep) -> None:
        self._fetch, self._keep = fetch, keep

    async def content(self, inbound: Inbound, file: File) -> Content:
        """What a message with a file says once the file is kept, or that it could not be had."""
        is_picture = file.family is Family.PICTURE
        if self._fetch is None:
            return inbound.content
        try:
            async with asyncio.timeout(WITHIN):
                data = await self._fetch(file.id)
            if not isinstance(data, bytes):
                return inbound.content
            kept = await self._kept(inbound, file.family, data)
        except (TooLarge, MediaRefused) as refused:
            log.info("tencent.file_refused", message=inbound.external_id, reason=type(refused).__name__)
            return Unsupported("photo-refused" if is_picture else "voice")
        except StoreFailed as failed:
            log.warning("tencent.file_failed", message=inbound.external_id, reason=f"the store {failed}")
            return Unsupported("photo-lost" if is_picture else "voice-lost")
        except (Refused, NotSent, MayHaveArrived, TimeoutError) as failed:
            log.warning("tencent.file_failed", message=inbound.external_id, reason=str(failed) or "time-out")
            return inbound.content
        return Photo(kept) if is_picture else Voice(kept)

    async def _kept(self, inbound: Inbound, family: Family, data: bytes) -> str:
        sender = inbound.sender
        try:
            async with asyncio.timeout(KEPT_WITHIN):
                return await self._keep(Peer(sender.channel, sender.account, sender.user), family, data)
        except TimeoutError:  # what arrives in the store after this has no use, and the sweep takes it away
            raise StoreFailed("takes too long") from None
