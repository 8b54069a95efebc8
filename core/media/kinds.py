"""What people may send, told by the bytes themselves."""

import re
from enum import StrEnum

from core.errors import DomainError


class Family(StrEnum):
    """What somebody is expected to send."""

    PICTURE = "picture"
    """JPEG, PNG, WebP, GIF or HEIC."""
    SOUND = "sound"
    """Ogg, MP3, WAV, AMR or MP4, the last with or without moving pictures."""


MOST_BYTES = {Family.PICTURE: 10 * 1024 * 1024, Family.SOUND: 20 * 1024 * 1024}

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_SOUND_BRANDS = frozenset({b"M4A ", b"M4B "})
_BRAND = re.compile(rb"[A-Za-z0-9 ]{4}")


class MediaRefused(DomainError):
    """Not what we take. `why` is `size` (with `most_mb`), `kind` or `empty`."""

    key = "media-refused"


def checked(data: bytes, family: Family) -> str:
    """The MIME type of a file of this family, up to its `MOST_BYTES`. Raises MediaRefused for anything else.

    What it is, the bytes themselves say; nothing the sender named counts.
    """
    if not data:
        raise MediaRefused(why="empty")
    if len(data) > MOST_BYTES[family]:
        raise MediaRefused(why="size", most_mb=MOST_BYTES[family] // 1024**2)
    mime = _picture(data) if family is Family.PICTURE else _sound(data)
    if mime is None:
        raise MediaRefused(why="kind")
    return mime


def _picture(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "image/heic"
    return None


def _sound(data: bytes) -> str | None:
    if data.startswith(b"OggS"):
        return "audio/ogg"
    if data.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "audio/amr"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    if data[4:8] == b"ftyp" and _BRAND.fullmatch(data[8:12]) and data[8:12] not in _HEIC_BRANDS:
        return "audio/mp4" if data[8:12] in _SOUND_BRANDS else "video/mp4"
    if data.startswith(b"ID3") or _is_mpeg_frame(data):
        return "audio/mpeg"
    return None


def _is_mpeg_frame(data: bytes) -> bool:
    """Eleven bits set, then a version and a layer that exist, a bit rate and a sampling rate that exist."""
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE0 != 0xE0:
        return False
    version, layer = data[1] >> 3 & 3, data[1] >> 1 & 3
    return version != 1 and layer != 0 and data[2] >> 4 not in (0, 15) and data[2] >> 2 & 3 != 3
