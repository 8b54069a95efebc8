"""Files go when their time is over, and never the wrong ones."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from structlog.testing import capture_logs

from channels import stores, sweeping
from channels.keeping import Keeping
from channels.sweeping import Sweep
from core import media
from core.correspondence import Peer
from core.database import transaction
from core.media import Consent, Family, Media, Store, Stored, StoreFailed
from core.settings import Settings
from tests.conftest import Moment
from tests.doubles.s3 import Double

MEI = Peer("page", "main", "mei")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def s3() -> Iterator[Double]:
    with Double() as double:
        yield double


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    place = request.getfixturevalue("s3").setting() if request.param == "bucket" else tmp_path / "files"
    return stores.of(Settings.model_validate({"media_store": str(place)}))


class Wrapped:
    """A store whose every use is looked at, and which fails as it is told."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self.store, self.engine, self.failing = store, engine, set[str]()
        self.later = timedelta(0)

    def put(self, id: str, data: bytes) -> None:
        self._look("put")
        self.store.put(id, data)

    def get(self, id: str) -> bytes:
        self._look("get")
        return self.store.get(id)

    def delete(self, id: str) -> None:
        self._look("delete")
        self.store.delete(id)

    def every(self) -> Iterator[Stored]:
        self._look("list")
        return (one._replace(at=one.at - self.later) for one in self.store.every())

    def _look(self, what: str) -> None:
        checked_out = self.engine.pool.checkedout()
        assert checked_out == 0, "a transaction is open while the store works"
        if what in self.failing:
            raise StoreFailed("is down")


class House:
    """Everything around one store."""

    def __init__(self, engine: Engine, store: Store) -> None:
        self.engine, self.store = engine, Wrapped(store, engine)
        self.keeping = Keeping(engine, self.store)
        self.told: list[tuple[str, int]] = []
        self.sweep = Sweep(engine, self.store, lambda *told: self.told.append(told))

    def keep(self, *, days: int = 0) -> str:
        id = self.keeping.keep(MEI, Family.PICTURE, PNG)
        if days:
            with transaction(self.engine) as session:
                found = session.get_one(Media, id)
                found.step, found.consent = "chat", Consent.SERVICE
                found.expires_at = found.created_at + timedelta(days=days)
        return id

    def records(self) -> set[str]:
        with Session(self.engine) as session:
            return set(session.exec(select(Media.id)))

    def files(self) -> set[str]:
        return {one.name for one in self.store.store.every()}


@pytest.fixture
def house(engine: Engine, store: Store) -> House:
    return House(engine, store)


def test_what_is_kept_can_be_read_by_its_owner(house: House, moment: Moment) -> None:
    id = house.keep()
    assert house.keeping.read(MEI, id) == ("image/png", PNG)
    with pytest.raises(media.UnknownMedia):
        house.keeping.read(MEI._replace(user="lin"), id)
    with pytest.raises(media.MediaRefused):
        house.keeping.keep(MEI, Family.SOUND, PNG)
    assert house.records() == house.files() == {id}


def test_a_store_that_is_down_leaves_no_record_and_is_told_once_each(house: House, moment: Moment) -> None:
    id = house.keep()
    house.store.failing = {"put", "get"}
    with capture_logs() as told:
        with pytest.raises(StoreFailed):
            house.keep()
        with pytest.raises(StoreFailed):
            house.keeping.read(MEI, id)
    assert [(line["event"], line["action"]) for line in told] == [
        ("media.store_failed", "put"),
        ("media.store_failed", "get"),
    ]
    assert house.records() == {id}


def test_a_file_that_is_missing_is_unknown_and_told(house: House, moment: Moment) -> None:
    id = house.keep()
    house.store.store.delete(id)
    with capture_logs() as told, pytest.raises(media.UnknownMedia):
        house.keeping.read(MEI, id)
    assert [line["event"] for line in told] == ["media.missing"]


def test_what_is_over_goes_with_its_record_and_what_is_not_stays(house: House, moment: Moment) -> None:
    unfiled, old, young = house.keep(), house.keep(days=90), house.keep(days=730)
    assert house.sweep.expired() == 0
    moment.forward(days=1)
    assert house.sweep.expired() == 1
    assert house.records() == house.files() == {old, young}
    moment.forward(days=89)
    with capture_logs() as told:
        assert house.sweep.expired() == 1
        assert house.sweep.expired() == 0
    assert house.records() == house.files() == {young}
    assert house.told == [("expired", 0), ("expired", 1), ("expired", 1), ("expired", 0)]
    assert told == [{"event": "media.swept", "why": "expired", "files": 1, "log_level": "info"}]
    assert unfiled not in house.files()


def test_many_go_in_several_goes(house: House, moment: Moment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", 2)
    for _ in range(5):
        house.keep()
    moment.forward(days=2)
    assert house.sweep.expired() == 5
    assert house.records() == house.files() == set()


def test_a_deletion_that_failed_is_tried_again(house: House, moment: Moment) -> None:
    id = house.keep()
    moment.forward(days=2)
    house.store.failing = {"delete"}
    assert not house.sweep.probe()
    assert house.sweep.expired() == 0
    assert house.records() == {id}
    house.store.failing = set()
    assert house.sweep.expired() == 1
    assert house.records() == set()
    assert id not in house.files()


def test_some_deletions_may_fail_and_the_others_are_done(house: House, moment: Moment) -> None:
    stuck, *others = (house.keep() for _ in range(3))
    moment.forward(days=2)
    works = house.store.store.delete

    def delete(id: str) -> None:
        if id == stuck:
            raise StoreFailed("is locked")
        works(id)

    house.store.store.delete = delete
    assert house.sweep.expired() == len(others)
    assert house.records() == {stuck}


def test_two_processes_may_sweep_at_once(house: House, moment: Moment) -> None:
    house.keep()
    moment.forward(days=2)
    other = Sweep(house.engine, house.store, lambda *_: None)
    with Session(house.engine) as session:
        over = media.over(session, moment.now)
    house.store.store.delete(over[0])  # the other one is just between the file and its record
    assert other.expired() == 1
    assert house.sweep.expired() == 0


def test_what_was_never_recorded_goes_after_a_day(house: House, moment: Moment) -> None:
    known, orphan = house.keep(days=90), media.new_id()
    house.store.store.put(orphan, PNG)
    house.store.later = max(one.at for one in house.store.store.every()) - moment.now + timedelta(hours=23)
    assert house.sweep.orphans() == 0
    house.store.later += timedelta(hours=2)
    assert house.sweep.orphans() == 1
    assert house.files() == house.records() == {known}
    assert house.told[-1] == ("orphaned", 1)


def test_a_store_that_seems_to_belong_to_another_database_is_left_alone(house: House, moment: Moment) -> None:
    for _ in range(sweeping.FEW + 1):
        house.store.store.put(media.new_id(), PNG)
    house.store.later = max(one.at for one in house.store.store.every()) - moment.now + timedelta(days=2)
    with capture_logs() as told:
        assert house.sweep.orphans() == 0
    assert [(line["event"], line["files"], line["unknown"]) for line in told] == [
        ("media.strange_store", 21, 21)
    ]
    assert len(house.files()) == 21


def test_a_store_that_cannot_be_listed_is_told(house: House) -> None:
    house.store.failing = {"list"}
    with capture_logs() as told:
        assert house.sweep.orphans() == 0
    assert [line["event"] for line in told] == ["media.store_failed"]


def test_the_state_says_since_when_and_why_and_when_it_is_over(house: House, moment: Moment) -> None:
    assert house.sweep.probe()
    began = moment.now
    house.store.failing = {"get"}
    assert not house.sweep.probe()
    moment.forward(minutes=5)
    assert not house.sweep.probe()
    state = house.sweep.state
    assert (state.works, state.reason, state.since) == (False, "is down", began)
    house.store.failing = set()
    with capture_logs() as told:
        assert house.sweep.probe()
    assert house.sweep.state.works
    assert [line["event"] for line in told] == ["media.store_back"]
