"""What every store promises, held to by each of them; and what becomes of it when the store is in trouble."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from channels import stores
from channels.bucket import BucketStore
from core import media, settings
from core.media import FolderStore, NotStored, Store, StoreFailed
from core.settings.storage import Bucket, place
from tests.doubles.s3 import Double
from tests.doubles.s3.double import ALWAYS_TOLD

SOON = timedelta(seconds=0.5)
SECRETS = ("the/secret+of=the store", ALWAYS_TOLD, "the-key")


@pytest.fixture
def s3() -> Iterator[Double]:
    with Double(page=2) as double:
        yield double


def bucket(s3: Double, prefix: str = "", within: timedelta = timedelta(seconds=20), **words: str) -> Store:
    found = place(s3.setting(prefix, **words))
    assert isinstance(found, Bucket)
    return BucketStore(found, within=within)


@pytest.fixture(params=["folder", "bucket", "bucket below a prefix"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return FolderStore(tmp_path / "new" / "photos")
    return bucket(request.getfixturevalue("s3"), "a/b" if "prefix" in request.param else "")


def test_what_is_put_is_got_whole_until_it_is_deleted(store: Store) -> None:
    one, other = media.new_id(), media.new_id()
    large = os.urandom(20 * 1024 * 1024)
    store.put(one, large)
    store.put(other, b"")
    assert (store.get(one), store.get(other)) == (large, b"")
    store.delete(one)
    with pytest.raises(NotStored):
        store.get(one)
    store.delete(one)  # harmless, however often
    assert store.get(other) == b""


def test_everything_is_listed_with_its_time(store: Store) -> None:
    assert list(store.every()) == []
    ids = {media.new_id() for _ in range(5)}
    for id in ids:
        store.put(id, b"x")
    found = list(store.every())
    assert {one.name for one in found} == ids
    assert all(abs(one.at - datetime.now(UTC)) < timedelta(minutes=5) for one in found)
    store.delete(found[0].name)
    assert {one.name for one in store.every()} == ids - {found[0].name}


def test_a_probe_leaves_nothing(store: Store) -> None:
    media.probe(store)
    assert list(store.every()) == []


NAMES = any_.one_of(
    any_.text(),
    any_.from_regex(r"[0-9a-fA-F./\\%]{30,34}", fullmatch=True),
    any_.sampled_from(
        ["", ".", "..", "../secret.key", "/etc/passwd", "0" * 31, "0" * 33, "0" * 32 + "\n", "A" * 32]
    ),
)


class Untouchable:
    """Stands for what a name must not reach."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(name)


@given(NAMES)
def test_no_name_but_ours_reaches_a_path_or_an_address(name: str) -> None:
    if media.is_id(name):
        return
    folder, far = FolderStore(Path("nowhere")), BucketStore.__new__(BucketStore)
    far._store = Untouchable()
    for ours in (folder, far):
        for act in (ours.get, ours.delete, lambda id, ours=ours: ours.put(id, b"x")):
            with pytest.raises(NotStored):
                act(name)
    assert not Path("nowhere").exists()


def test_ids_are_names_and_nobody_guesses_them() -> None:
    ids = {media.new_id() for _ in range(1_000)}
    assert len(ids) == 1_000
    assert all(media.is_id(id) for id in ids)


def test_a_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    store, id = FolderStore(tmp_path), media.new_id()
    store.put(id, b"x")
    assert os.listdir(tmp_path) == [id]
    assert stat.S_IMODE((tmp_path / id).stat().st_mode) == 0o600


def test_a_disk_that_refuses_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFailed, match="No space"):
        FolderStore(tmp_path).put(media.new_id(), b"x")
    assert os.listdir(tmp_path) == []


def test_a_folder_that_is_a_file_has_failed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = FolderStore(tmp_path / "file")
    for act in (lambda: store.put(media.new_id(), b"x"), lambda: list(store.every())):
        with pytest.raises(StoreFailed):
            act()


def test_what_an_interrupted_put_left_is_listed_and_deleted(tmp_path: Path) -> None:
    store, left = FolderStore(tmp_path), f"{media.new_id()}.part"
    (tmp_path / left).write_text("half")
    (tmp_path / "notes.txt").write_text("somebody else's")
    assert [one.name for one in store.every()] == [left]
    store.delete(left)
    assert os.listdir(tmp_path) == ["notes.txt"]


def every_use(store: Store) -> Iterator[str]:
    """Why each use fails, in its own words; all of it is looked through for secrets."""
    uses = {
        "put": lambda: store.put(media.new_id(), b"x"),
        "get": lambda: store.get(media.new_id()),
        "delete": lambda: store.delete(media.new_id()),
        "list": lambda: list(store.every()),
    }
    for use in uses.values():
        with pytest.raises(StoreFailed) as failed:
            use()
        text = f"{failed.value!r} {failed.value.__cause__!r}"
        assert not any(secret in text for secret in SECRETS), text
        yield str(failed.value)


def test_a_bucket_that_is_not_there_has_failed_and_nothing_seems_deleted(s3: Double) -> None:
    store = bucket(s3, bucket="another")
    assert set(every_use(store)) == {"answered 404 Not Found (NoSuchBucket)"}


def test_keys_that_are_wrong_are_told_by_name(s3: Double) -> None:
    wrong = bucket(s3, secret="wrong")  # noqa: S106
    assert set(every_use(wrong)) == {"answered 403 Forbidden (SignatureDoesNotMatch)"}
    s3.key = "another"
    other = bucket(s3)
    s3.key = "the-key"
    assert set(every_use(other)) == {"answered 403 Forbidden (InvalidAccessKeyId)"}
    assert s3.objects == {}


def test_a_store_that_stumbles_is_asked_again_and_one_that_goes_on_has_failed(s3: Double) -> None:
    store, id = bucket(s3), media.new_id()
    s3.fail_next()
    store.put(id, b"x")
    s3.fail_next(2)
    with pytest.raises(StoreFailed, match=r"answered 503 Service Unavailable \(SlowDown\)"):
        store.get(id)
    assert store.get(id) == b"x"


def test_a_store_that_is_down_or_endlessly_slow_has_failed(s3: Double) -> None:
    store = bucket(s3, within=SOON)
    s3.slow.set()
    assert set(every_use(store)) == {"does not answer"}
    s3.hurry()
    s3.go_down()
    assert set(every_use(store)) == {"does not answer"}


def test_others_in_the_bucket_are_left_alone(s3: Double) -> None:
    store, id = bucket(s3, "ours"), media.new_id()
    bucket(s3, "theirs").put(media.new_id(), b"x")
    bucket(s3, "ours/below").put(media.new_id(), b"x")
    bucket(s3).put(media.new_id(), b"x")
    store.put(id, b"x")
    assert [one.name for one in store.every()] == [id]
    assert f"ours/{id}" in s3.objects


def test_keys_are_never_shown(s3: Double) -> None:
    found = place(s3.setting())
    assert not any(secret in f"{found} {found!r}" for secret in SECRETS)


def test_the_setting_chooses_the_store(s3: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENLING_DATA_DIR", str(tmp_path))
    id = media.new_id()
    stores.of(settings.load(None)).put(id, b"x")
    assert (tmp_path / "photos" / id).read_bytes() == b"x"
    monkeypatch.setenv("MENLING_MEDIA_STORE", str(tmp_path / "elsewhere"))
    stores.of(settings.load(None)).put(id, b"x")
    assert (tmp_path / "elsewhere" / id).read_bytes() == b"x"
    monkeypatch.setenv("MENLING_MEDIA_STORE", s3.setting("below"))
    stores.of(settings.load(None)).put(id, b"x")
    assert list(s3.objects) == [f"below/{id}"]
