import hashlib
from datetime import timedelta

import pytest
from sqlmodel import Session

from core import customers, identities, media
from core.media import Consent, Family, Media, MediaRefused, UnknownMedia
from core.policies import Policies
from tests.conftest import Moment

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PICTURES = {
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(40),
    "image/png": PNG,
    "image/gif": b"GIF89a" + bytes(40),
    "image/webp": b"RIFF\x24\0\0\0WEBPVP8 " + bytes(40),
    "image/heic": b"\0\0\0\x18ftypheic" + bytes(40),
}


MEI = {"channel": "page", "account": "main", "user": "mei"}
WEEK = 7


def kept(session: Session, moment: Moment, user: str = "mei") -> Media:
    mime = media.checked(PNG, Family.PICTURE)
    whose = MEI | {"user": user}
    return media.record(session, media.new_id(), PNG, mime=mime, now=moment.now, **whose)


def seen(session: Session, moment: Moment, media_id: str, **other: str) -> Media:
    return media.find(session, media_id, now=moment.now, **(MEI | other))


def filed(session: Session, moment: Moment, id: str, step: str = "booking.note", **other: str) -> bool:
    whose, consent = MEI | other, Consent.SERVICE
    done = media.file(
        session, id, step=step, subject="A7K2", consent=consent, days=WEEK, now=moment.now, **whose
    )
    session.expire_all()
    return done


@pytest.mark.parametrize("mime", PICTURES)
def test_a_picture_is_known_by_its_bytes(mime: str) -> None:
    assert media.checked(PICTURES[mime], Family.PICTURE) == mime


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
def test_a_recording_is_known_by_its_bytes_and_is_no_picture(mime: str, data: bytes) -> None:
    assert media.checked(data, Family.SOUND) == mime
    with pytest.raises(MediaRefused):
        media.checked(data, Family.PICTURE)


@pytest.mark.parametrize(
    "data",
    [*PICTURES.values(), b"\xff\xf1\x50\x80" + bytes(40), b"\xff\xfb", b"\0\0\0\x20ftyp\0\0\0\0", b"hello"],
)
def test_what_is_no_recording_is_refused_as_one(data: bytes) -> None:
    with pytest.raises(MediaRefused) as refused:
        media.checked(data, Family.SOUND)
    assert refused.value.args_ == {"why": "kind"}


@pytest.mark.parametrize(
    ("family", "begins", "most_mb"), [(Family.PICTURE, PNG, 10), (Family.SOUND, b"OggS", 20)]
)
def test_so_many_megabytes_are_taken_and_not_one_byte_more(
    family: Family, begins: bytes, most_mb: int
) -> None:
    most = begins + bytes(most_mb * 1024 * 1024 - len(begins))
    media.checked(most, family)
    with pytest.raises(MediaRefused) as refused:
        media.checked(most + b"\0", family)
    assert refused.value.args_ == {"why": "size", "most_mb": most_mb}


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
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(MediaRefused) as refused:
        media.checked(data, Family.PICTURE)
    assert refused.value.args_ == {"why": "kind"}


def test_nothing_is_no_picture() -> None:
    with pytest.raises(MediaRefused) as refused:
        media.checked(b"", Family.PICTURE)
    assert refused.value.args_ == {"why": "empty"}


def test_what_is_known_of_a_file(session: Session, moment: Moment) -> None:
    picture = kept(session, moment)
    assert (picture.mime, picture.size) == ("image/png", len(PNG))
    assert picture.sha256 == hashlib.sha256(PNG).hexdigest()
    assert (picture.step, picture.subject, picture.consent) == (None, None, None)


def test_only_its_owner_sees_a_picture(session: Session, moment: Moment) -> None:
    picture = kept(session, moment)
    assert seen(session, moment, picture.id) == picture
    for stranger in ({"user": "lin"}, {"channel": "telegram"}, {"account": "other"}):
        with pytest.raises(UnknownMedia):
            seen(session, moment, picture.id, **stranger)


@pytest.mark.parametrize("media_id", ["", "nothing", "../secret.key", "/etc/passwd"])
def test_a_made_up_id_leads_nowhere(session: Session, moment: Moment, media_id: str) -> None:
    with pytest.raises(UnknownMedia):
        seen(session, moment, media_id)


def test_a_file_is_filed_once_and_kept_as_long_as_its_step_says(session: Session, moment: Moment) -> None:
    picture = kept(session, moment)
    assert filed(session, moment, picture.id)
    assert not filed(session, moment, picture.id, "moving.day")
    found = seen(session, moment, picture.id)
    assert (found.step, found.subject, found.consent) == ("booking.note", "A7K2", Consent.SERVICE)
    assert found.expires_at - found.created_at == timedelta(days=WEEK)
    assert media.place_of(session, picture.id) == ("booking.note", "A7K2")


def test_nobody_files_what_is_not_theirs_or_past_its_time(session: Session, moment: Moment) -> None:
    picture = kept(session, moment)
    assert not filed(session, moment, "nothing")
    assert not filed(session, moment, picture.id, user="lin")
    moment.forward(days=1)
    assert not filed(session, moment, picture.id)
    assert media.place_of(session, picture.id) is None


def test_what_nobody_says_anything_with_goes_after_a_day(session: Session, moment: Moment) -> None:
    lost, used = kept(session, moment), kept(session, moment)
    filed(session, moment, used.id)
    moment.forward(days=1)
    with pytest.raises(UnknownMedia):
        seen(session, moment, lost.id)
    assert media.over(session, moment.now) == [lost.id]
    assert media.forget(session, [lost.id, "nothing"]) == 1
    assert media.over(session, moment.forward(days=WEEK)) == [used.id]


def test_complaints_keep_their_pictures_for_two_years() -> None:
    rules = Policies()
    assert media.days_kept("chat", rules) == media.days_kept("booking.note", rules) == 90
    assert media.days_kept("complaint.photo", rules) == 730


def test_a_customer_has_what_they_sent_from_all_their_accounts_and_may_take_it_back(
    session: Session, moment: Moment
) -> None:
    mei = customers.greet(session, language="zh-CN", now=moment.now)
    lin = customers.greet(session, language="zh-CN", now=moment.now)
    for user, who in (("mei", mei), ("mei2", mei), ("lin", lin)):
        identities.bind_customer(session, "page", "main", user, who.id, now=moment.now)
    hers = [kept(session, moment, "mei"), kept(session, moment, "mei2")]
    his = kept(session, moment, "lin")
    filed(session, moment, hers[0].id)
    filed(session, moment, his.id, user="lin")

    found = media.of_customer(session, mei.id, moment.now)
    assert {one.id for one in found} == {one.id for one in hers}
    media.take_back(session, found, moment.now)
    assert media.of_customer(session, mei.id, moment.now) == []
    assert set(media.over(session, moment.now)) == {one.id for one in hers}
    assert {one.consent for one in hers} == {Consent.WITHDRAWN, None}
    assert [one.id for one in media.of_customer(session, lin.id, moment.now)] == [his.id]


def test_files_go_with_somebody_who_gets_another_name(session: Session, moment: Moment) -> None:
    hers, his = kept(session, moment), kept(session, moment, user="lin")
    media.readdress(session, "page", "main", "mei", "mei2")
    session.expire_all()
    assert seen(session, moment, hers.id, user="mei2") == hers
    assert seen(session, moment, his.id, user="lin") == his
    with pytest.raises(UnknownMedia):
        seen(session, moment, hers.id)


def test_only_what_has_a_record_is_known(session: Session, moment: Moment) -> None:
    picture = kept(session, moment)
    assert media.known(session, [picture.id, media.new_id()]) == {picture.id}
