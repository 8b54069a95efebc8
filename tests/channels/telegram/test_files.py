"""Fetching files: counted while they come, once for everybody who waits, and never with the token told."""

import asyncio
import traceback
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.messages import Content, Inbound, Noted, Photo, Sender, Text, Unsupported, Voice
from bot.turn import TurnFailed, Unavailable
from channels.telegram.api import Api
from channels.telegram.contents import LARGEST_FILE, File
from channels.telegram.files import TRIES, Files
from channels.telegram.transport import MayHaveArrived, NotSent, TooLarge
from channels.transcriber import Transcriber
from core.correspondence import Peer
from core.media import Family, MediaRefused, StoreFailed
from tests.channels.scripted import CUT, HALF, HANG
from tests.channels.telegram.server import TOKEN, Server

PICTURE = File("F1", Family.PICTURE, 5, "here", "album")
SOUND = File("F2", Family.SOUND, 5)
INBOUND = Inbound(
    Sender("telegram", "1", "42"), "7:1", datetime(2026, 11, 23, tzinfo=UTC), Unsupported("photo-lost")
)


async def fetched(api: Api, path: str = "photos/1.jpg", *, most: int = 1_000, seconds: float = 5) -> bytes:
    return await api.download(path, most=most, seconds=seconds)


async def test_a_file_comes_whole_from_its_own_address(api: Api, server: Server) -> None:
    server.answer(200, "the picture")
    assert await fetched(api, "photos/a b?.jpg") == b"the picture"
    assert server.paths == [f"/file/bot{TOKEN}/photos/a b?.jpg"]


async def test_what_is_larger_than_allowed_is_let_go_of(api: Api, server: Server) -> None:
    server.answer(200, "x" * 1_000)
    assert len(await fetched(api)) == 1_000
    server.answer(200, "x" * 1_001)
    with pytest.raises(TooLarge):
        await fetched(api)


@pytest.mark.parametrize(
    ("how", "error"),
    [(CUT, MayHaveArrived), (HALF, MayHaveArrived), (HANG, MayHaveArrived), (404, NetworkError)],
)
async def test_no_failure_to_fetch_tells_the_token(
    api: Api, server: Server, how: str | int, error: type[TelegramError]
) -> None:
    for _ in range(2):  # a connection that breaks before anything came is tried once more
        server.answer(how, TOKEN) if isinstance(how, int) else server.fail(how)
    with pytest.raises(error) as failed:
        await fetched(api, seconds=0.2)
    assert TOKEN not in "".join(traceback.format_exception(failed.value))


async def test_nobody_there_is_an_error_too(api: Api) -> None:
    await api.close()
    with pytest.raises(NotSent):
        await fetched(api)


class Platform:
    """Has every file, or fails as it is told."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.asked = 0
        self.free = asyncio.Event()
        self.free.set()
        self.found: Any = {"file_path": "a/b"}

    async def call(self, method: str, /, **parameters: object) -> Any:
        assert method == "getFile"
        self.asked += 1
        await self.free.wait()
        if self.failures:
            raise self.failures.pop(0)
        return self.found

    async def call_patiently(self, seconds: float, method: str, /, **parameters: object) -> Any:
        raise AssertionError

    async def download(self, path: str, *, most: int, seconds: float) -> bytes:
        assert path == "a/b"
        return b"bytes"


class Shelf:
    """Keeps files, or refuses them as it is told."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.kept: list[tuple[Peer, Family, bytes]] = []

    async def keep(self, peer: Peer, family: Family, data: bytes) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.kept.append((peer, family, data))
        return f"media-{len(self.kept)}"


def files(platform: Platform, shelf: Shelf, transcriber: Transcriber | None = None) -> Files:
    return Files(platform, keep=shelf.keep, transcriber=transcriber)


async def test_a_picture_is_kept_with_its_words_and_its_album() -> None:
    shelf = Shelf()
    assert await files(Platform(), shelf).content(INBOUND, PICTURE) == Photo("media-1", "here", "album")
    assert shelf.kept == [(Peer("telegram", "1", "42"), Family.PICTURE, b"bytes")]


async def test_ten_who_wait_for_one_file_share_it() -> None:
    platform, shelf = Platform(), Shelf()
    platform.free.clear()
    ours = files(platform, shelf)
    waiting = [asyncio.create_task(ours.content(INBOUND, PICTURE)) for _ in range(10)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    platform.free.set()
    [cut_off, *had] = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(cut_off, asyncio.CancelledError)
    assert had == [Photo("media-1", "here", "album")] * 9
    assert await ours.content(INBOUND, PICTURE) == had[0]
    assert (platform.asked, len(shelf.kept)) == (1, 1)


@pytest.mark.parametrize(
    ("file", "content"), [(PICTURE, Unsupported("photo-lost")), (SOUND, Unsupported("voice-lost"))]
)
async def test_after_three_failures_it_is_lost(file: File, content: Content) -> None:
    failures = [NetworkError("x"), MayHaveArrived("y"), TimeoutError(), NetworkError("z")]
    platform, shelf = Platform(*failures), Shelf()
    ours = files(platform, shelf)
    for _ in range(TRIES - 1):
        with pytest.raises(TurnFailed):
            await ours.content(INBOUND, file)
    assert await ours.content(INBOUND, file) == content
    assert await ours.content(INBOUND, file) == content
    assert platform.asked == TRIES
    with pytest.raises(TurnFailed):  # another one has three tries of its own
        await ours.content(replace(INBOUND, external_id="8:1"), file)


async def test_a_store_that_is_down_is_tried_three_times_too() -> None:
    platform, shelf = Platform(), Shelf(*[StoreFailed("does not answer")] * TRIES)
    ours = files(platform, shelf)
    for _ in range(TRIES - 1):
        with pytest.raises(TurnFailed):
            await ours.content(INBOUND, PICTURE)
    assert await ours.content(INBOUND, PICTURE) == Unsupported("photo-lost")


async def test_a_database_that_is_away_does_not_count_as_a_failure() -> None:
    platform, shelf = Platform(), Shelf(*[Unavailable()] * 5)
    ours = files(platform, shelf)
    for _ in range(5):
        with pytest.raises(Unavailable):
            await ours.content(INBOUND, PICTURE)
    assert isinstance(await ours.content(INBOUND, PICTURE), Photo)


@pytest.mark.parametrize(
    ("platform", "shelf", "file"),
    [
        (Platform(), Shelf(MediaRefused(why="kind")), PICTURE),
        (Platform(BadRequest("File is too big")), Shelf(), PICTURE),
        (Platform(), Shelf(), replace(PICTURE, size=LARGEST_FILE + 1)),
    ],
    ids=["no picture", "too big for the platform", "too big by its own word"],
)
async def test_what_we_do_not_take_is_refused_at_once(platform: Platform, shelf: Shelf, file: File) -> None:
    assert await files(platform, shelf).content(INBOUND, file) == Unsupported("photo-refused")


@pytest.mark.parametrize("found", [None, {}, [], {"file_path": 5}])
async def test_a_platform_that_names_no_path_has_failed(found: object) -> None:
    platform = Platform()
    platform.found = found
    with pytest.raises(TurnFailed):
        await files(platform, Shelf()).content(INBOUND, PICTURE)


async def test_words_that_were_heard_stand_for_the_recording_which_is_noted_beside_them(
    tmp_path: Path,
) -> None:
    program = tmp_path / "hears"
    program.write_text("#!/bin/sh\necho 'weekly cleaning'\n")
    program.chmod(0o700)
    ours = files(Platform(), Shelf(), Transcriber(str(program)))
    content = await ours.content(INBOUND, SOUND)
    assert content == Text("weekly cleaning")
    original = ours.original(INBOUND, content)
    assert original is not None
    assert (original.external_id, original.content) == ("7:1:recording", Noted("voice", {"media": "media-1"}))


async def test_a_recording_nobody_wrote_down_stands_for_itself() -> None:
    ours = files(Platform(), Shelf())
    content = await ours.content(INBOUND, SOUND)
    assert content == Voice("media-1")
    assert ours.original(INBOUND, content) is None


async def test_what_is_under_way_ends_with_the_service() -> None:
    platform = Platform()
    platform.free.clear()
    ours = files(platform, Shelf())
    waiting = asyncio.create_task(ours.content(INBOUND, PICTURE))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    with structlog.testing.capture_logs() as told:
        await ours.finish()
    assert (await asyncio.gather(waiting, return_exceptions=True))[0].__class__ is asyncio.CancelledError
    assert told == []
