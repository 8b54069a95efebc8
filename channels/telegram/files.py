"""Fetches what people send, keeps it under a name of ours, and makes of it what the bot can be told."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

import structlog
from telegram.error import BadRequest, TelegramError

from bot.messages import Content, Inbound, Noted, Photo, Text, Unsupported, Voice
from bot.turn import TurnFailed
from channels.telegram.contents import LARGEST_FILE, File
from channels.telegram.transport import TooLarge
from channels.transcriber import Transcriber
from core.correspondence import Peer
from core.media import Family, MediaRefused, StoreFailed

TRIES = 3
"""How often a file is asked for before the person is told that it could not be had."""
PATIENCE = 20.0
"""Seconds that one download may take."""
REMEMBERED = 1_000
"""So many files are not fetched again when the platform repeats itself."""

Keep = Callable[[Peer, Family, bytes], Awaitable[str]]
"""Keeps a file for a person; its id. Raises `MediaRefused`, `StoreFailed` while the store does not work, and
`TurnFailed` while the database does not."""

T = TypeVar("T")

log = structlog.get_logger()


class Platform(Protocol):
    """What is asked of the Bot API here."""

    # Any: what a method returns is the platform's to say.
    async def call(self, method: str, /, **parameters: object) -> Any:
        """What a method returns. Raises `TelegramError`."""
        ...

    async def call_patiently(self, seconds: float, method: str, /, **parameters: object) -> Any:
        """The same when the answer may take so many seconds."""
        ...

    async def download(self, path: str, *, most: int, seconds: float) -> bytes:
        """The file at a path that `getFile` gave. Raises `TooLarge` and `TelegramError`."""
        ...


class _Refused(Exception):
    """We do not take this file, however often it is fetched."""


class _Lost(Exception):
    """It was asked for often enough."""


class Files:
    """The files of one bot. What arrives ten times is fetched once; a restart may fetch it again."""

    def __init__(
        self,
        platform: Platform,
        *,
        keep: Keep,
        transcriber: Transcriber | None = None,
    ) -> None:
        self._platform, self._keep = platform, keep
        self._transcriber = transcriber
        self._under_way: dict[str, asyncio.Task[Content]] = {}
        self._had: OrderedDict[str, Content] = OrderedDict()
        self._failures: OrderedDict[str, int] = OrderedDict()

    async def content(self, inbound: Inbound, file: File) -> Content:
        """What a message with a file says, once the file is kept.

        Raises `bot.turn.TurnFailed` when the file cannot be had now: the update should be delivered again.
        After TRIES of that, and when it is no file that we take, `Unsupported` says so.
        """
        id = inbound.external_id
        if (had := self._had.get(id)) is not None:
            return had
        if (task := self._under_way.get(id)) is None:
            task = asyncio.create_task(self._had_at_last(inbound, file))
            self._under_way[id] = task
            task.add_done_callback(lambda done: self._ended(id, done))
        # Shielded: whoever else waits for the same file goes on waiting when one of them is cut off.
        return await asyncio.shield(task)

    def original(self, inbound: Inbound, content: Content) -> Inbound | None:
        """What to note beside words that were written down from a recording: the recording itself."""
        kept = self._had.get(_recording(inbound.external_id))
        if not isinstance(content, Text) or not isinstance(kept, Voice):
            return None
        noted = Noted("voice", {"media": kept.media})
        return replace(inbound, external_id=_recording(inbound.external_id), content=noted)

    async def finish(self) -> None:
        """Let go of what is still under way; the platform delivers it again."""
        under_way = list(self._under_way.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def _ended(self, id: str, task: asyncio.Task[Content]) -> None:
        del self._under_way[id]
        if not task.cancelled():
            task.exception()  # seen, also where everybody who waited for it was cut off

    async def _had_at_last(self, inbound: Inbound, file: File) -> Content:
        id, is_picture = inbound.external_id, file.family is Family.PICTURE
        try:
            media, data = await self._kept(Peer(*_key(inbound)), id, file)
        except _Refused:
            content: Content = Unsupported("photo-refused" if is_picture else "voice")
        except _Lost:
            content = Unsupported("photo-lost" if is_picture else "voice-lost")
        else:
            content = (
                Photo(media, file.caption, file.album) if is_picture else await self._heard(id, media, data)
            )
        _remember(self._had, id, content)
        return content

    async def _kept(self, peer: Peer, id: str, file: File) -> tuple[str, bytes]:
        try:
            data = await self._fetched(file)
            return await self._keep(peer, file.family, data), data
        except (TooLarge, MediaRefused) as refused:
            log.info("telegram.file_refused", update=id, reason=type(refused).__name__)
            raise _Refused from None
        except (TelegramError, TimeoutError, StoreFailed) as failed:
            failures = self._failures.get(id, 0) + 1
            _remember(self._failures, id, failures)
            log.warning("telegram.file_failed", update=id, attempt=failures, reason=str(failed) or "time-out")
            if failures >= TRIES:
                raise _Lost from None
            raise TurnFailed from None

    async def _fetched(self, file: File) -> bytes:
        if file.size > LARGEST_FILE:
            raise TooLarge
        async with asyncio.timeout(PATIENCE):
            try:
                found = await self._platform.call("getFile", file_id=file.id)
            except BadRequest as refused:
                if "too big" in refused.message.lower():
                    raise TooLarge from None
                raise
            path = found.get("file_path") if isinstance(found, dict) else None
            if not isinstance(path, str):
                raise TelegramError("getFile gave no path")
            return await self._platform.download(path, most=LARGEST_FILE, seconds=PATIENCE)

    async def _heard(self, id: str, media: str, data: bytes) -> Content:
        voice = Voice(media)
        words = await self._transcriber.words(data) if self._transcriber else ""
        if not words:
            return voice
        _remember(self._had, _recording(id), voice)
        return Text(words)


def _recording(id: str) -> str:
    return f"{id}:recording"


def _key(inbound: Inbound) -> tuple[str, str, str]:
    return inbound.sender.channel, inbound.sender.account, inbound.sender.user


def _remember(known: OrderedDict[str, T], id: str, value: T) -> None:
    known[id] = value
    while len(known) > REMEMBERED:
        known.popitem(last=False)
