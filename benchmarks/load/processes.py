"""Programs that run beside the benchmark, and what each of them has used of the processor."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
PATIENCE = 60.0
"""Seconds in which a program has to come up or to end."""
MENLING = ("-c", "from channels.cli import main; main()")
BARE = ("-m", "benchmarks.load.bare")

KEY = "bWVubGluZy1iZW5jaG1hcmstaXMtbm90LWEtc2VjcmU="  # 32 bytes, and no secret
_TICKS = os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """A program did not come up; the text says which."""


class Program:
    """A Python program of ours that answers on `port` of this machine, once it is `up`."""

    def __init__(self, folder: Path, port: int, words: Sequence[str], settings: Mapping[str, str]) -> None:
        self.address = f"http://{LOOPBACK}:{port}"
        self._words, self._begun = words, time.perf_counter()
        self._process = _start(folder, words, settings)
        self.id = self._process.pid

    async def up(self) -> Self:
        """Return when it answers. Raises `Failed` when it does not, or has ended."""
        while not await asyncio.to_thread(self._answers):
            self._must_live()
            await asyncio.sleep(0.01)
        self.started_in = time.perf_counter() - self._begun
        return self

    async def until(self, fact: Callable[[], object]) -> None:
        """Return when the fact holds. Raises `Failed` when it does not come about, or the program ends."""
        while not fact():
            self._must_live()
            await asyncio.sleep(0.01)

    @property
    def cpu(self) -> float:
        """Seconds of the processor that it has used so far, in steps of a hundredth."""
        fields = Path(f"/proc/{self.id}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def memory(self) -> float:
        """Megabytes that it holds now."""
        lines = Path(f"/proc/{self.id}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    def end(self) -> None:
        """Ask it to end, and see that it does."""
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _must_live(self) -> None:
        if self._process.poll() is not None or time.perf_counter() - self._begun > PATIENCE:
            raise Failed(" ".join(self._words))

    def _answers(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"{self.address}/healthz", timeout=1) as answer:  # noqa: S310
            return bool(answer.status == 200)
        return False


def menling(folder: Path, database: str, settings: Mapping[str, str]) -> Program:
    """`menling serve` with the channel that these settings configure."""
    port = free_port()
    common = {
        "MENLING_PORT": str(port),
        "MENLING_PUBLIC_URL": f"http://{LOOPBACK}:{port}",
        "MENLING_DATABASE_URL": database,
        "MENLING_DATA_DIR": str(folder),
    }
    return Program(folder, port, (*MENLING, "serve"), common | dict(settings))


def bare(folder: Path, calls: str) -> Program:
    """The least that takes an update, keeps it and answers; `calls` is what the methods' names follow."""
    port = free_port()
    return Program(folder, port, (*BARE, str(port), str(folder / "bare.db"), calls), {})


def run(folder: Path, *words: str, database: str) -> None:
    """Run a command of `menling` to its end. Raises `Failed`."""
    settings = {"MENLING_DATABASE_URL": database, "MENLING_DATA_DIR": str(folder)}
    process = _start(folder, (*MENLING, *words), settings)
    if process.wait(PATIENCE):
        raise Failed(f"menling {' '.join(words)}")


@contextmanager
def recorded(program: Program, file: Path | None) -> Iterator[None]:
    """Have py-spy write into `file` meanwhile who holds the interpreter, if both are there."""
    spy = shutil.which("py-spy") if file else None
    if file is None or spy is None:
        if file:
            print("no profile: py-spy is not installed")
        yield
        return
    kind = "flamegraph" if file.suffix == ".svg" else "raw"
    what = ["--pid", str(program.id), "--rate", "250", "--gil", "--threads"]
    process = subprocess.Popen(  # noqa: S603
        [spy, "record", *what, "--format", kind, "--output", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server((LOOPBACK, 0)) as listening:
        return int(listening.getsockname()[1])


def _start(folder: Path, words: Sequence[str], settings: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """In `folder`, where there is no `.env`, and with no settings but these and one key for all."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MENLING_")}
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *words],
        cwd=folder,
        env={**kept, "MENLING_SECRET_KEYS": KEY, **settings, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
