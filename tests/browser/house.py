"""The web chat on a real port: in a thread of the test, or as a process that can be killed."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from channels.app import put_together
from core import company, migrate
from core.database import connect
from core.settings import Settings
from tests.browser.scripted import ScriptedBot

PATIENCE = 20.0  # seconds on a busy machine
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class House:
    """A running service."""

    url: str
    engine: Engine
    bot: ScriptedBot


def settings_in(folder: Path, **changes: object) -> Settings:
    """Settings with everything in one folder, whatever the environment says."""
    return Settings.model_validate({"data_dir": folder, "demo": True, "secret_key": "k" * 32} | changes)


@contextmanager
def open_house(engine: Engine, settings: Settings) -> Iterator[House]:
    """The service in a thread, on a free port."""
    bot = ScriptedBot(engine)
    app = put_together(settings, engine=engine, company=company.load(), bot=lambda *_: bot)
    with socket.create_server(("127.0.0.1", 0)) as listening, serving(app, listening) as url:
        yield House(url, engine, bot)


@contextmanager
def serving(app: FastAPI, listening: socket.socket) -> Iterator[str]:
    """Any service in a thread; where it is."""
    config = uvicorn.Config(app, log_level="warning", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@contextmanager
def process(folder: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """The same as a process of its own; it is killed at the end if it still runs."""
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.house", str(folder), str(port)], cwd=ROOT, env=dict(os.environ)
    )
    try:
        wait_until(lambda: _answers(f"http://127.0.0.1:{port}/readyz"))
        yield running
    finally:
        running.kill()
        running.wait(PATIENCE)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def wait_until(happened: Callable[[], bool]) -> None:
    """Until a condition holds; fails after `PATIENCE`."""
    give_up = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < give_up, "it did not happen in time"
        threading.Event().wait(0.02)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False


def main() -> None:
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    engine = connect(f"sqlite:///{folder / 'menling.db'}")
    migrate.upgrade(engine)
    app = put_together(
        settings_in(folder), engine=engine, company=company.load(), bot=lambda *_: ScriptedBot(engine)
    )
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main()
