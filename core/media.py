"""Pictures people send: checked, kept under a name of ours, shown only to whoever sent them."""

import hashlib
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Field, Session, SQLModel, col, select

from core import clock
from core.errors import DomainError

MOST_BYTES = 10 * 1024 * 1024
KEPT_FOR = timedelta(days=90)

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


class Media(SQLModel, table=True):
    """One picture in the media folder; its id is a random token, which is also the file's whole name."""

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


class PhotoRefused(DomainError):
    """Not a picture we take. `why` is `size` (with `most_mb`), `kind` or `empty`."""

    key = "photo-refused"


class UnknownMedia(DomainError):
    """There is no such picture for this person: never was, somebody else's, or past its time."""

    key = "media-unknown"


def keep(
    session: Session, folder: Path, data: bytes, *, channel: str, account: str, user: str, now: datetime
) -> Media:
    """Keep a JPEG, PNG, WebP, GIF or HEIC picture of at most 10 MB. Raises PhotoRefused for anything else.

    What it is, the bytes themselves say; nothing the sender named reaches the path. The file is whole
    on the disk before its record exists; a transaction that is rolled back leaves a file nobody can read.
    """
    mime = _checked(data)
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
    """A picture, for the person who sent it. Raises UnknownMedia for others, and when its time is over."""
    media = session.get(Media, media_id)
    if media is None or (media.channel, media.account, media.user) != (channel, account, user):
        raise UnknownMedia
    if media.expires_at <= clock.now():
        raise UnknownMedia
    try:
        return media, (folder / media.id).read_bytes()
    except FileNotFoundError as gone:
        raise UnknownMedia from gone


def sweep(session: Session, folder: Path, now: datetime, limit: int = 500) -> int:
    """Forget up to `limit` pictures whose time is over, files and records; how many went."""
    over = session.exec(
        select(Media).where(Media.expires_at <= now).order_by(col(Media.expires_at)).limit(limit)
    ).all()
    for media in over:
        (folder / media.id).unlink(missing_ok=True)
        session.delete(media)
    session.flush()
    return len(over)


def _checked(data: bytes) -> str:
    if not data:
        raise PhotoRefused(why="empty")
    if len(data) > MOST_BYTES:
        raise PhotoRefused(why="size", most_mb=MOST_BYTES // 1024**2)
    mime = _mime(data)
    if mime is None:
        raise PhotoRefused(why="kind")
    return mime


def _mime(data: bytes) -> str | None:
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
