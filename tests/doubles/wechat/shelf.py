"""Temporary media, ours and people's: kept for three days."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.doubles.wechat.refusals import Refused

KEPT_FOR = 3 * 86400
MB = 1024 * 1024
TYPES = {"image": "image/jpeg", "voice": "audio/amr", "video": "video/mp4", "thumb": "image/jpeg"}
LARGEST = {"image": (10 * MB, 40009), "voice": (2 * MB, 40010), "video": (10 * MB, 40011),
           "thumb": (64 * 1024, 40012)}  # fmt: skip
ENDINGS = {
    "image": {"png", "jpeg", "jpg", "gif"},
    "voice": {"amr", "mp3"},
    "video": {"mp4"},
    "thumb": {"jpg"},
}
CONTENT_TYPES = {"png": "image/png", "gif": "image/gif", "mp3": "audio/mpeg"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class Medium:
    """One file. `kind` is image, voice, video or thumb; `content_type` what it is served as."""

    id: str
    kind: str
    data: bytes
    created_at: float
    content_type: str


class Shelf:
    """Keeps media by their ids."""

    def __init__(self, now: Callable[[], float], random: Random) -> None:
        self._now, self._random = now, random
        self._media: dict[str, Medium] = {}

    def put(self, kind: str, data: bytes, content_type: str | None = None) -> Medium:
        """Keep a file for three days."""
        number = "".join(self._random.choices(LETTERS, k=64))
        medium = Medium(number, kind, data, self._now(), content_type or TYPES[kind])
        self._media[number] = medium
        return medium

    def take_in(self, kind: str, name: str, data: bytes) -> Medium:
        """Keep what was uploaded. Raises `Refused` for what cannot be kept."""
        if kind not in TYPES:
            raise Refused(40004)
        if not data:
            raise Refused(44001)
        ending = name.rpartition(".")[2].lower()
        if ending not in ENDINGS[kind]:
            raise Refused(40005)
        most, code = LARGEST[kind]
        if len(data) > most:
            raise Refused(code)
        return self.put(kind, data, CONTENT_TYPES.get(ending))

    def get(self, media_id: object) -> Medium:
        """Raises `Refused` (40007) when there is no such file, or not any more."""
        medium = self._media.get(media_id) if isinstance(media_id, str) else None
        if medium is None or self._now() >= medium.created_at + KEPT_FOR:
            raise Refused(40007)
        return medium
