import hashlib
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from core import media
from core.media import Family, Media, MediaRefused, UnknownMedia
from tests.conftest import Moment

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PICTURES = {
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(40),
    "image/png": PNG,
    "image/gif": b"GIF89a" + bytes(40),
    "image/webp": b"RIFF\x24\0\0\0WEBPVP8 " + bytes(40),
    "image/heic": b"\0\0\0\x18ftypheic" + bytes(40),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "new" / "photos"


def kept(
    session: Session,
    moment: Moment,
    folder: Path,
    data: bytes = PNG,
    user: str = "mei",
    family: Family = Family.PICTURE,
) -> Media:
    return media.keep(
        session, folder, data, family=family, channel="page", account="main", user=user, now=moment.now
    )


def seen(session: Session, folder: Path, media_id: str, *, user: str = "mei", channel: str = "page") -> bytes:
    return media.read(session, folder, media_id, channel=channel, account="main", user=user)[1]


@pytest.mark.parametrize("mime", PICTURES)
def test_a_picture_is_known_by_its_bytes(session: Session, moment: Moment, folder: Path, mime: str) -> None:
    data = PICTURES[mime]
    picture = kept(session, moment, folder, data)
    assert (picture.mime, picture.size) == (mime, len(data))
    assert picture.sha256 == hashlib.sha256(data).hexdigest()
    assert seen(session, folder, picture.id) == data


@pytest.mark.parametrize(
    ("mime", "data"),
    [
        ("audio/ogg", b"OggS\0\2" + bytes(40)),
        ("audio/amr", b"#!AMR\n" + bytes(40)),
        ("audio/mpeg", b"ID3\4\0\0" + bytes(40)),
        ("audio/mpeg", b"\xff\xfb\x90\x64" + bytes(40)),
        ("audio/wav", b"RIFF\x24\0\0\0WAVEfmt " + bytes(40)),
        ("audio/mp4", b"\0\0\0\x20ftypM4A " + bytes(40)),
        ("video/mp4", b"\0\0\0\x20ftypisom" + bytes(40)),
    ],
)
def test_a_recording_is_known_by_its_bytes_and_is_no_picture(
    session: Session, moment: Moment, folder: Path, mime: str, data: bytes
) -> None:
    assert kept(session, moment, folder, data, family=Family.SOUND).mime == mime
    with pytest.raises(MediaRefused):
        kept(session, moment, folder, data)


@pytest.mark.parametrize(
    "data",
    [*PICTURES.values(), b"\xff\xf1\x50\x80" + bytes(40), b"\xff\xfb", b"\0\0\0\x20ftyp\0\0\0\0", b"hello"],
)
def test_what_is_no_recording_is_refused_as_one(
    session: Session, moment: Moment, folder: Path, data: bytes
) -> None:
    with pytest.raises(MediaRefused) as refused:
        kept(session, moment, folder, data, family=Family.SOUND)
    assert refused.value.args_ == {"why": "kind"}
    assert not folder.exists()


def test_recordings_may_be_twice_as_large(session: Session, moment: Moment, folder: Path) -> None:
    most = b"OggS" + bytes(20 * 1024 * 1024 - 4)
    assert kept(session, moment, folder, most, family=Family.SOUND).size == 20 * 1024 * 1024
    with pytest.raises(MediaRefused) as refused:
        kept(session, moment, folder, most + b"\0", family=Family.SOUND)
    assert refused.value.args_ == {"why": "size", "most_mb": 20}


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"MZ\x90\0",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"\0\0\0\x18ftypmp42",
        b"\xff\xd8",
        b"../../etc/passwd",
    ],
)
def test_anything_else_is_refused_and_leaves_nothing(
    session: Session, moment: Moment, folder: Path, data: bytes
) -> None:
    with pytest.raises(MediaRefused) as refused:
        kept(session, moment, folder, data)
    assert refused.value.args_ == {"why": "kind"}
    assert not folder.exists()


def test_ten_megabytes_are_taken_and_not_one_byte_more(
    session: Session, moment: Moment, folder: Path
) -> None:
    most = PNG + bytes(media.MOST_BYTES[Family.PICTURE] - len(PNG))
    assert kept(session, moment, folder, most).size == 10 * 1024 * 1024
    with pytest.raises(MediaRefused) as refused:
        kept(session, moment, folder, most + b"\0")
    assert refused.value.args_ == {"why": "size", "most_mb": 10}


def test_nothing_is_no_picture(session: Session, moment: Moment, folder: Path) -> None:
    with pytest.raises(MediaRefused) as refused:
        kept(session, moment, folder, b"")
    assert refused.value.args_ == {"why": "empty"}


def test_the_files_name_is_the_token_and_only_we_may_read_it(
    session: Session, moment: Moment, folder: Path
) -> None:
    picture = kept(session, moment, folder, user="../../mei")
    assert os.listdir(folder) == [picture.id]
    assert len(picture.id) == 32
    assert stat.S_IMODE((folder / picture.id).stat().st_mode) == 0o600
    assert kept(session, moment, folder).id != picture.id


def test_only_its_owner_sees_a_picture(session: Session, moment: Moment, folder: Path) -> None:
    picture = kept(session, moment, folder)
    assert seen(session, folder, picture.id) == PNG
    for stranger in ({"user": "lin"}, {"channel": "telegram"}):
        with pytest.raises(UnknownMedia):
            seen(session, folder, picture.id, **stranger)


@pytest.mark.parametrize("media_id", ["", "nothing", "../secret.key", "/etc/passwd"])
def test_a_made_up_id_leads_nowhere(session: Session, folder: Path, media_id: str) -> None:
    folder.mkdir(parents=True)
    (folder.parent / "secret.key").write_text("key")
    with pytest.raises(UnknownMedia):
        seen(session, folder, media_id)


def test_a_picture_is_shown_for_ninety_days_then_swept(
    session: Session, moment: Moment, folder: Path
) -> None:
    old = kept(session, moment, folder)
    moment.forward(days=89)
    young = kept(session, moment, folder)
    assert seen(session, folder, old.id) == PNG
    moment.forward(days=1)
    with pytest.raises(UnknownMedia):
        seen(session, folder, old.id)
    assert media.sweep(session, folder, moment.now) == 1
    assert os.listdir(folder) == [young.id]
    assert media.sweep(session, folder, moment.now) == 0
    assert young.expires_at - young.created_at == timedelta(days=90)


def test_files_go_with_somebody_who_gets_another_name(session: Session, moment: Moment, folder: Path) -> None:
    hers, his = kept(session, moment, folder), kept(session, moment, folder, user="lin")
    media.readdress(session, "page", "main", "mei", "mei2")
    session.expire_all()
    assert seen(session, folder, hers.id, user="mei2") == PNG
    assert seen(session, folder, his.id, user="lin") == PNG
    with pytest.raises(UnknownMedia):
        seen(session, folder, hers.id)


def test_a_file_that_is_gone_is_unknown(session: Session, moment: Moment, folder: Path) -> None:
    picture = kept(session, moment, folder)
    (folder / picture.id).unlink()
    with pytest.raises(UnknownMedia):
        seen(session, folder, picture.id)
    assert media.sweep(session, folder, moment.forward(days=91)) == 1


def test_a_disk_that_refuses_leaves_no_half_file(
    session: Session, moment: Moment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        kept(session, moment, folder)
    assert os.listdir(folder) == []
