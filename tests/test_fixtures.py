"""The tests' own tools keep what they promise."""

import os
import selectors
import shutil
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import clock, database
from core.correspondence import Direction, Message, Status
from tests.conftest import Moment, NetworkRefused
from tests.database import Emptied


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80)])
def test_the_network_is_refused(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as plug, pytest.raises(NetworkRefused, match="tests stay on this machine"):
        plug.connect(address)


def test_names_are_not_looked_up() -> None:
    with pytest.raises(NetworkRefused):
        socket.getaddrinfo("example.com", 443)


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@pytest.mark.parametrize("attempt", [1, 2])
def test_every_test_finds_an_empty_database(engine: Engine, attempt: int) -> None:
    with database.transaction(engine) as session:
        assert session.exec(select(Message)).all() == []
        session.add(a_message())
        session.flush()
        assert session.exec(select(Message.id)).all() == [1]


@pytest.mark.postgresql
def test_a_connection_left_open_does_not_hold_up_the_next_test(
    postgresql: Emptied,
) -> None:
    with postgresql.engine().connect() as forgotten, Session(forgotten) as session:
        session.add(a_message())
        session.flush()
        postgresql.empty()
        forgotten.invalidate()
    with database.transaction(postgresql.engine()) as session:
        assert session.exec(select(Message)).all() == []


def test_the_clock_moves_only_when_told(moment: Moment) -> None:
    start = clock.now()
    assert start == datetime(2026, 11, 23, 1, tzinfo=UTC)
    assert clock.now() == start
    moment.forward(minutes=5)
    assert clock.now() == start + timedelta(minutes=5)


@pytest.mark.postgresql
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent was killed")
def test_a_killed_run_takes_its_server_along(tmp_path: Path) -> None:
    script = (
        "import sys; from tests import database\n"
        "with database.postgresql() as server: print(server.folder, flush=True); sys.stdin.read()"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with run:
        assert run.stdout is not None
        folder = Path(run.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        watch = os.pidfd_open(server)
        run.kill()
    with selectors.DefaultSelector() as selector:
        selector.register(watch, selectors.EVENT_READ)  # readable once the process has ended
        assert selector.select(timeout=20), "PostgreSQL outlived the tests"
    os.close(watch)
    shutil.rmtree(folder)


def a_message() -> Message:
    return Message(
        direction=Direction.IN,
        channel="web",
        account="main",
        user="someone",
        kind="text",
        body="hello",
        status=Status.RECEIVED,
        created_at=datetime(2026, 11, 23, 1, tzinfo=UTC),
    )
