"""What tests of the service ask for: its commands, and folders with data."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels import commands
from tests.channels.commands import Menling, Ran
from tests.conftest import log_plainly


@pytest.fixture
def menling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Menling]:
    """Runs the program in an empty folder, with its data there; settings are given in capitals."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MENLING_DATA_DIR", str(tmp_path / "data"))

    def run(*words: str, typed: str = "", **settings: object) -> Ran:
        code = commands.run(monkeypatch, tmp_path / "data", *words, typed=typed, **settings)
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    yield run
    log_plainly()


@pytest.fixture
def migrated(tmp_path: Path, sqlite_template: Path) -> Path:
    """The database of `menling` as `menling migrate` leaves it."""
    (tmp_path / "data").mkdir(mode=0o700)
    return Path(shutil.copyfile(sqlite_template, tmp_path / "data" / "menling.db"))


@pytest.fixture(scope="session")
def planted_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `menling seed` leaves it, to be copied."""
    folder = tmp_path_factory.mktemp("planted") / "data"
    with pytest.MonkeyPatch.context() as patch:
        assert commands.run(patch, folder, "seed") == 0
    log_plainly()
    return folder


@pytest.fixture
def planted(tmp_path: Path, planted_template: Path) -> Path:
    """The database of `menling` as `menling seed` leaves it, its key beside it."""
    shutil.copytree(planted_template, tmp_path / "data")
    return tmp_path / "data" / "menling.db"
