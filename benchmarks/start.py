"""How soon `menling serve` answers, and what memory it takes: at most 2 seconds and 150 MB are the budget.

    python benchmarks/start.py [--conversations 200]

Prints seconds from starting the process to its first answer on /healthz (the very first start, which makes
the database, and the median of five more), the CPU seconds of those, and the resident memory when idle and
after so many conversations by web chat, a booking by another visitor each. Linux only: it reads /proc.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
SERVE = (sys.executable, "-c", "from channels.cli import main; main()")
STARTS = 5
PATIENCE = 30.0
SETTLES = 2.0
MOST_SECONDS, MOST_MB = 2.0, 150.0
LINES = (
    "你好", "日常保洁3小时", "不用", "武侯区科华北路{n}号3栋501", "没有", "后天", "1", "都可以", "王女士",
    "1380000{n:04}", "没有", "确认", "到哪了",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Served:
    """A process that answers, where it listens, and how long that took: on the clock and of CPU."""

    pid: int
    port: int
    seconds: float
    cpu: float

    def memory(self) -> float:
        """Resident memory in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def environment(folder: Path) -> dict[str, str]:
    """Settings of the demo company with everything in one folder, whatever is set outside."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("MENLING_")}
    chosen = {"MENLING_DATA_DIR": str(folder), "MENLING_PORT": "0", "MENLING_DEMO": "1"}
    return ours | chosen | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """The service from its start to its end."""
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*SERVE, "serve"],
        env=environment(folder),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # its log
        text=True,
    )
    try:
        port = _port(process)
        _answered(port)
        seconds = time.perf_counter() - begun
        yield Served(process.pid, port, seconds, _cpu(process.pid))
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _port(process: subprocess.Popen[str]) -> int:
    """Where it says that it listens."""
    assert process.stdout is not None
    for line in process.stdout:
        if "http://127.0.0.1:" in line:
            return int(line.split("http://127.0.0.1:")[1].split("/")[0])
    raise SystemExit("the service did not start")


def _answered(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/healthz")  # it listens already, so this waits for the first answer
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"/healthz answered {answer.status}")


def _cpu(pid: int) -> float:
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def converse(port: int, number: int) -> None:
    """One visitor's talk, from a loopback address of their own, so that nobody is asked to slow down."""
    own = f"127.1.{number // 250}.{number % 250 + 1}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE, source_address=(own, 0))
    headers = {"Content-Type": "application/json"}
    for place, line in enumerate(LINES):
        said = {"id": f"line-{place}", "kind": "text", "text": line.format(n=number)}
        connection.request("POST", "/chat/messages", json.dumps(said), headers)
        answer = connection.getresponse()
        words = answer.read()
        if answer.status != 202:
            raise SystemExit(f"the chat answered {answer.status}: {words!r}")
        if cookie := answer.getheader("Set-Cookie"):
            headers["Cookie"] = cookie.partition(";")[0]
    connection.close()


def main() -> None:
    """Start it, look, talk, look again."""
    options = argparse.ArgumentParser()
    options.add_argument("--conversations", type=int, default=200)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(folder) as first:
            print(f"{first.seconds:7.2f} s   first start, which makes the database and the demo company")
        taken: list[Served] = []
        for _ in range(STARTS):
            with serving(folder) as served:
                taken.append(served)
        said("s ", median(each.seconds for each in taken), MOST_SECONDS, "start to first answer")
        print(f"{median(each.cpu for each in taken):7.2f} s   of CPU in it")
        with serving(folder) as served:
            time.sleep(SETTLES)  # the first sweep has been by then
            said("MB", served.memory(), MOST_MB, "resident when idle")
            for number in range(given.conversations):
                converse(served.port, number)
            print(f"{served.memory():7.2f} MB  resident after {given.conversations} conversations")


def said(unit: str, found: float, most: float, what: str) -> None:
    verdict = "within" if found <= most else "OVER"
    print(f"{found:7.2f} {unit}  {what}: {verdict} the budget of {most:.0f}")


if __name__ == "__main__":
    main()
