"""Pictures and recordings people send: checked, kept under names of ours, shown only to whoever sent them."""

import hashlib
import os
import re
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from core import clock
from core.errors import DomainError

KEPT_FOR = timedelta(days=90)


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


class Media(SQLModel, table=True):
    """One file in the media folder; its id is a random token, which is also the file's whole name."""

    id: str = Field(primary_key=True)
    channel: str
    account: str
    user: str
    mime: str
    size: int
    """In bytes."""
    sha256: str
    created_at: datetime
    expires_at: datetime = Field(index=True)


class MediaRefused(DomainError):
    """Not what we take. `why` is `size` (with `most_mb`), `kind` or `empty`."""

    key = "media-refused"


class UnknownMedia(DomainError):
    """There is no such file for this person: never was, somebody else's, or past its time."""

    key = "media-unknown"


def keep(
    session: Session,
    folder: Path,
    data: bytes,
    *,
    family: Family,
    channel: str,
    account: str,
    user: str,
    now: datetime,
) -> Media:
    """Keep a file of this family, up to its `MOST_BYTES`. Raises MediaRefused for anything else.

    What it is, the bytes themselves say; nothing the sender named reaches the path. The file is whole
    on the disk before its record exists; a transaction that is rolled back leaves a file nobody can read.
    """
    mime = _checked(data, family)
    token = secrets.token_hex(16)
    _write(folder, token, data)
    media = Media(
        id=token,
        channel=channel,
        account=account,
        user=user,
        mime=mime,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    session.add(media)
    session.flush()
    return media


def read(
    session: Session, folder: Path, media_id: str, *, channel: str, account: str, user: str
) -> tuple[Media, bytes]:
    """A file, for the person who sent it. Raises UnknownMedia for others, and when its time is over."""
    media = session.get(Media, media_id)
    if media is None or (media.channel, media.account, media.user) != (channel, account, user):
        raise UnknownMedia
    if media.expires_at <= clock.now():
        raise UnknownMedia
    try:
        return media, (folder / media.id).read_bytes()
    except FileNotFoundError as gone:
        raise UnknownMedia from gone


def readdress(session: Session, channel: str, account: str, user: str, now_user: str) -> None:
    """The platform gave somebody another name; what they sent is theirs under it."""
    of = (col(Media.channel) == channel, col(Media.account) == account, col(Media.user) == user)
    session.exec(update(Media).where(*of).values(user=now_user))


def sweep(session: Session, folder: Path, now: datetime, limit: int = 500) -> int:
    """Forget up to `limit` files whose time is over, and their records; how many went."""
    over = session.exec(
        select(Media).where(Media.expires_at <= now).order_by(col(Media.expires_at)).limit(limit)
    ).all()
    for media in over:
        (folder / media.id).unlink(missing_ok=True)
        session.delete(media)
    session.flush()
    return len(over)


def _checked(data: bytes, family: Family) -> str:
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


def _write(folder: Path, name: str, data: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{name}.part"
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(folder / name)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
