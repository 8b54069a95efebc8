"""What every test may ask for: a database, the demo company, a clock to move; and no network."""

import fcntl
import gc
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from core import clock, vault
from tests import database

if TYPE_CHECKING:
    from core.company import Company

DATABASES = ("sqlite", "postgresql")
TESTS = Path(__file__).parent
LONG = ("crash", "browser", "channels/test_demoday.py", "channels/test_demoyear.py", "bot/test_random_day.py")
KEY = "bWVubGluZy10ZXN0cy1hcmUtc2VhbGVkLXdpdGgtdGg="  # 32 bytes, and no secret

vault.use([KEY])

# Time limits would fail on a busy machine. Builds repeat the same examples and say at once what fails; people
# look for new ones, and have what they find made small.
BUILDS = "CI" in os.environ
SHRINKING = (hypothesis.Phase.shrink, hypothesis.Phase.explain)
hypothesis.settings.register_profile(
    "menling",
    deadline=None,
    derandomize=BUILDS,
    print_blob=True,
    database=None,
    phases=[phase for phase in hypothesis.Phase if not (BUILDS and phase in SHRINKING)],
)
hypothesis.settings.load_profile("menling")


# Failures are provoked a lot here; drawing each traceback with its variables would take most of the time.
def log_plainly() -> None:
    """For every test, and after one in which the program made the log its own."""
    shown = structlog.processors.KeyValueRenderer(sort_keys=True)
    structlog.reset_defaults()
    structlog.configure(processors=[structlog.processors.format_exc_info, shown])


log_plainly()


class NetworkRefused(Exception):
    """A test tried to reach something that is not on this machine. Use a double on 127.0.0.1."""


def _guard(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # anything else is a Unix socket
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return
    try:
        local = ip_address(str(name).partition("%")[0]).is_loopback or event != "socket.connect"
    except ValueError:
        local = False
    if not local:
        raise NetworkRefused(f"{event} to {name}: tests stay on this machine; use a double on 127.0.0.1")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites the transcripts; the diff is the review."""
    parser.addoption("--update", action="store_true", help="rewrite the transcripts' answers")


def pytest_configure() -> None:
    """Refuse the network from now on, threads and start-up code included (audit hooks cannot be removed)."""
    sys.addaudithook(_guard)
    gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """What was collected stays to the end: going through it for garbage took a tenth of all time."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores, because some tests wait for a browser or a program."""
    return min(os.cpu_count() or 1, 7) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deal tests of conversations and channels out to the two databases, each always to the same one.

    What they say does not depend on it; that all statements work on both is held by the tests of `core` and
    by the transcripts. What is about locks and leases is marked `both_databases`.

    What takes a quarter of a minute comes first, so that at the end nobody waits for the last one of it.
    """
    items.sort(key=_takes_long, reverse=True)
    twins = Counter(name for item in items if (name := _dealt(item)) is not None)
    kept, left_out = [], []
    for item in items:
        name = _dealt(item)
        elsewhere = (
            name is not None and twins[name] > 1 and DATABASES[crc32(name.encode()) % 2] != _kind(item)
        )
        (left_out if elsewhere else kept).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _takes_long(item: pytest.Item) -> bool:
    return any(item.path.is_relative_to(TESTS / place) for place in LONG)


def _kind(item: pytest.Item) -> str | None:
    """The database on which a test is to be held, if it is about one of them."""
    return item.callspec.params.get("engine") if hasattr(item, "callspec") else None


def _dealt(item: pytest.Item) -> str | None:
    """What a test is called on either database, if one of them is enough for it."""
    talks = any(item.path.is_relative_to(TESTS / folder) for folder in ("bot", "channels"))
    if not talks or (kind := _kind(item)) is None or item.get_closest_marker("both_databases"):
        return None
    return item.nodeid.replace(kind, "")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Say how to repeat a failure: tests run in a random order."""
    if exitstatus == pytest.ExitCode.TESTS_FAILED and config.pluginmanager.hasplugin("randomly"):
        terminalreporter.write_line(
            f"The same order again: pytest --randomly-seed={config.getoption('randomly_seed')}"
        )


@pytest.fixture(autouse=True)
def _sealed_with_our_key() -> None:
    """What a test before this one sealed with is forgotten: commands take the keys of their settings."""
    vault.use([KEY])


@pytest.fixture(scope="session")
def held_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `python -m channels.demoday` printed of a Monday: held once for all processes of a run."""
    from channels.web import day  # not above: tests of the smallest parts start without it

    own = tmp_path_factory.getbasetemp()
    place = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    record = place / "day.json"
    with (place / "day.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not record.exists():
            command = [*day.HELD_BY, "2026-11-23"]
            record.write_bytes(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return record


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows, to be copied."""
    return database.build_sqlite(tmp_path_factory.mktemp("template") / "menling.db")


@pytest.fixture(scope="session")
def sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> database.Renewed:
    """The SQLite file of whichever test is held."""
    return database.Renewed(sqlite_template, tmp_path_factory.mktemp("sqlite") / "menling.db")


@pytest.fixture
def fresh(sqlite: database.Renewed) -> Callable[[], Engine]:
    """Makes an SQLite file with all tables and no rows, each call in the place of the one before.

    For tests that ask for no `engine`.
    """
    return sqlite.engine


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[database.Server]:
    """A PostgreSQL server of this run's own. Without one the test is skipped, but in CI it fails."""
    with ExitStack() as running:
        try:
            server = running.enter_context(database.postgresql())
        except database.CannotStart as reason:
            if "CI" in os.environ:
                raise
            pytest.skip(f"PostgreSQL cannot be started here: {reason}")
        yield server


@pytest.fixture(scope="session")
def postgresql(postgresql_server: database.Server) -> Iterator[database.Emptied]:
    """A database shared by the whole run and emptied after each test."""
    with closing(database.Emptied(postgresql_server, "menling")) as kept:
        yield kept


@pytest.fixture(params=[DATABASES[0], pytest.param(DATABASES[1], marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database with all tables and no rows, once on SQLite and once on PostgreSQL."""
    kept = request.getfixturevalue(request.param)
    yield kept.engine()
    kept.empty()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A transaction on an empty database that is rolled back after the test."""
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.rollback()


@pytest.fixture(scope="session")
def company() -> "Company":
    """The demo company, as it comes with the program."""
    from core import company  # not above: tests of the smallest parts start without it

    return company.load()


class Moment:
    """The clock of a test: it shows `now` and moves only when it is told to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def forward(self, **by: float) -> datetime:
        """Let time pass, in `timedelta`'s words: `forward(minutes=5)`. Returns the new moment."""
        return self.at(self.now + timedelta(**by))

    def at(self, then: datetime) -> datetime:
        """Set the clock, forwards or backwards, to an aware moment."""
        assert then.tzinfo is not None, "a moment needs a zone"
        self.now = then
        return then


@pytest.fixture
def moment() -> Iterator[Moment]:
    """A clock that the whole program believes; it starts on Monday 2026-11-23 at 09:00 in Shanghai."""
    moment = Moment(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    with clock.showing(lambda: moment.now):
        yield moment
