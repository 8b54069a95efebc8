"""Whether a turn costs the same with a million customers and visits as with a thousand.

    python benchmarks/growth.py [--most 100000] [--detail] [--url postgresql+psycopg://…]

Fills a database in steps of ten (an SQLite file in a temporary folder, or the empty PostgreSQL database at
--url, which must run on this machine) and holds the same conversations at each step: booking, asking, moving
and cancelling. At every step they are held in a copy of the first step's database as well, by turns, so that
whatever else the machine does cancels out: the ratio is to that copy, then and there. A million customers
(--most 1000000) need 8 GB of disk and half an hour.

Prints milliseconds of CPU, this process' and the database server's, and the ratio. People are new, known (one
visit behind them) or regular (300 visits behind them).
"""

import argparse
import logging
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time
from typing import TypeAlias

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import structlog
from sqlalchemy import Engine, func, select, text
from sqlmodel import Session, col

import core.tables  # noqa: F401 - its tables are what a database has
from benchmarks import crowd
from benchmarks.crowd.rows import ACCOUNT, CHANNEL
from benchmarks.load.processes import KEY
from bot import notices
from bot.messages import Arrived, Content, Inbound, Sender, Tap, Text
from bot.turn import Bot
from core import clock, correspondence, migrate, reminders, vault, visits
from core import company as companies
from core.company import Company
from core.correspondence import Peer
from core.database import connect, transaction

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000, 1_000_000)
REGULAR_VISITS = 300
ROUNDS = 20
OUTBOX = 20
DUE = 10


@dataclass(frozen=True, slots=True)
class Press:
    """A button: the one whose label begins so, or the answer at that place."""

    which: str | int


Step: TypeAlias = tuple[str, Press | str | None]
"""What is measured under which name: a button pressed, words typed, or (None) the conversation opened."""

NEW: tuple[Step, ...] = (
    ("opens", None),
    ("books", Press("预约服务")),
    ("family", Press("保洁")),
    ("service", Press("日常保洁")),
    ("quantity", Press("3 小时")),
    ("add-ons", Press("不用加")),
    ("address", "武侯区科华北路{n}号3栋2单元501"),
    ("home", Press("都没有")),
    ("day", Press(2)),
    ("window", Press(1)),
    ("worker", Press("都可以")),
    ("name", "王女士"),
    ("phone", "1380000{n:04}"),
    ("note", Press("没有")),
    ("agreed", Press("确认预约")),
)
KNOWN: tuple[Step, ...] = (
    ("books", "我想约日常保洁3小时"),
    ("add-ons", "不用"),
    ("address", Press(0)),
    ("day", Press(3)),
    ("window", Press(2)),
    ("worker", Press(0)),
    ("note", "没有"),
    ("agreed", "确认"),
)
AFTER: tuple[Step, ...] = (
    ("where is", "到哪了"),
    ("my visits", "我的预约"),
    ("moves", Press("改时间")),
    ("to day", Press(3)),
    ("to window", Press(3)),
    ("move agreed", Press("确认改时间")),
    ("profile", "我的资料"),
    ("cancels", "取消预约"),
    ("why", Press("跳过")),
    ("cancel agreed", Press("确认取消")),
    ("none left", "我的预约"),
)
AGAIN: tuple[Step, ...] = (
    ("again", Press("再")),
    ("again stopped", "取消"),
)
PERSON: tuple[Step, ...] = (("wants a person", "找客服"),)
SCRIPTS = {
    "new": NEW + AFTER + PERSON,
    "known": KNOWN + AFTER + AGAIN + PERSON,
    "regular": KNOWN + AFTER + AGAIN + PERSON,
}


@dataclass
class House:
    """One database with the bot on it, and what was measured there, in milliseconds by name."""

    engine: Engine
    company: Company
    server: Path | None = None
    """Where Linux tells the CPU time of the server's process that works for us; None: it is all ours."""
    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.bot = Bot(self.engine, self.company)
        if self.engine.dialect.name != "sqlite":
            with transaction(self.engine) as session:
                pid = session.execute(select(func.pg_backend_pid())).scalar_one()
            self.server = Path(f"/proc/{pid}/schedstat")

    def cpu(self) -> float:
        """CPU milliseconds so far."""
        ours = process_time() * 1000
        return ours + int(self.server.read_text().split()[0]) / 1e6 if self.server else ours

    @contextmanager
    def measuring(self, name: str) -> Iterator[None]:
        """Count what is done meanwhile under this name."""
        begun = self.cpu()
        yield
        self.spent[name].append(self.cpu() - begun)

    def cost(self, name: str) -> float:
        """The median of what was measured under this name."""
        return median(self.spent[name])


_ids = count(1)


def hold(house: House, kind: str, user: str, number: int) -> None:
    """One conversation, each of its turns measured."""
    sender, buttons = Sender(CHANNEL, ACCOUNT, user), list[dict[str, str]]()
    for name, step in SCRIPTS[kind]:
        content = _said(step, buttons, number, f"{kind}: {name}")
        inbound = Inbound(sender, f"{user}:turn-{next(_ids)}", NOW, content, "zh-CN")
        with house.measuring(f"{kind}: {name}"):
            receipt = house.bot.receive(inbound)
        with transaction(house.engine) as session:
            said = correspondence.answers(session, receipt.message_id)
            buttons = [choice for message in said for choice in message.content["choices"]] or buttons
        deliver(house, receipt.peers)


def _said(step: Press | str | None, buttons: list[dict[str, str]], number: int, name: str) -> Content:
    match step:
        case None:
            return Arrived()
        case str(words):
            return Text(words.format(n=number))
        case Press(int(place)):
            answers = [each for each in buttons if each["kind"] == "answer"]
            found = answers[place : place + 1]
        case Press(str(label)):
            found = [each for each in buttons if each["label"].startswith(label)]
    if not found:
        raise SystemExit(f"{name}: no such button among {[each['label'] for each in buttons]}")
    return Tap(found[0]["data"], found[0]["label"])


def deliver(house: House, peers: Iterable[Peer]) -> None:
    """Everything these people were told has arrived."""
    with transaction(house.engine) as session:
        for peer in peers:
            pending = correspondence.pending(session, peer, NOW)
            arrived = [one.id for one in pending if one.id is not None]
            correspondence.mark_sent(session, arrived, NOW)


def sweep(house: House, number: int) -> None:
    """What is looked for every few seconds, with nothing to do and with a little."""
    with house.measuring("notices, nothing due"):
        notices.due(house.engine, house.company)
    with transaction(house.engine) as session:
        due = visits_ahead(session)
        for place, visit in enumerate(due):
            key = f"growth:{number}:{place}"
            reminders.schedule(
                session, "visit-near", visit.reference, NOW, dedupe_key=key, payload={"said": "day"}
            )
    with house.measuring(f"notices, {DUE} due"):
        told = notices.due(house.engine, house.company)
    assert len(told) == DUE, told
    deliver(house, told)


def work(house: House) -> None:
    """What a worker asks for every morning."""
    sender = Sender(CHANNEL, ACCOUNT, "worker-1")
    asked = Inbound(sender, f"worker-1:turn-{next(_ids)}", NOW, Text("我的安排"), "zh-CN")
    with house.measuring("a turn, a worker's round"):
        receipt = house.bot.receive(asked)
    deliver(house, receipt.peers)


def visits_ahead(session: Session) -> list[visits.Visit]:
    """As many visits of different customers as there are to be reminders."""
    ahead = col(visits.Visit.starts_at) > NOW, col(visits.Visit.status) == visits.Status.CONFIRMED
    wanted = select(visits.Visit).where(*ahead).order_by(col(visits.Visit.id)).limit(DUE)
    return list(session.execute(wanted).scalars())


def send(house: House) -> None:
    """What delivery asks whenever it is woken, with an empty outbox and with a small one."""
    with house.measuring("claim, empty outbox"), transaction(house.engine) as session:
        correspondence.claim(session, CHANNEL, ACCOUNT, NOW)
    with transaction(house.engine) as session:
        for worker in range(1, OUTBOX + 1):
            peer = Peer(CHANNEL, ACCOUNT, f"worker-{worker}")
            correspondence.post(session, peer, body="-", content={"choices": [], "card": None}, now=NOW)
    with house.measuring(f"claim, {OUTBOX} in the outbox"), transaction(house.engine) as session:
        claimed = correspondence.claim(session, CHANNEL, ACCOUNT, NOW)
    assert len(claimed) == OUTBOX, len(claimed)
    with transaction(house.engine) as session:
        correspondence.mark_sent(session, [one.id for one in claimed], NOW)


def measure(houses: list[House], size: int) -> None:
    """Everything in each of the houses by turns."""
    for house in houses:
        house.spent.clear()
    for number in range(-1, ROUNDS):
        for house in houses:
            for kind in SCRIPTS:
                hold(house, kind, f"{kind}-{size}-{number}", number % 1000)
            work(house)
            sweep(house, next(_ids))
            send(house)
            if number < 0:  # the first round fills the caches
                house.spent.clear()


def summary(house: House) -> dict[str, float]:
    """The measurements that are always shown: for people the mean over the turns of a conversation."""
    costs: dict[str, float] = {}
    for kind, script in SCRIPTS.items():
        turns = [house.cost(f"{kind}: {name}") for name, _ in script]
        costs[f"a turn, {kind} customer, mean"] = sum(turns) / len(turns)
        costs[f"a turn, {kind} customer, median"] = median(turns)
    return costs | {name: house.cost(name) for name in house.spent if ": " not in name}


def show(size: int, house: House, small: House, *, detail: bool) -> None:
    """Print one step: what it cost, what it cost at the same time in the smallest, and the ratio."""
    now, then = summary(house), summary(small)
    if detail:
        now |= {name: house.cost(name) for name in house.spent}
        then |= {name: small.cost(name) for name in small.spent}
    print(f"\n{size:,} customers" + " " * 22 + "ms   first    ratio", flush=True)
    for name, spent in now.items():
        print(f"  {name:34}{spent:8.2f}{then[name]:8.2f}{spent / then[name]:8.2f}")


def progress(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


@contextmanager
def databases(url: str | None) -> Iterator[tuple[Engine, Callable[[], Engine]]]:
    """An empty database, and what makes a copy of it as it is by then."""
    if url is None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "growth.db"
            opened = [connect(f"sqlite:///{file}")]

            def copy() -> Engine:
                opened[0].dispose()
                shutil.copyfile(file, file.with_name("first.db"))
                opened.append(connect(f"sqlite:///{file.with_name('first.db')}"))
                return opened[-1]

            yield opened[0], copy
            for engine in opened:
                engine.dispose()
        return
    engine = connect(url)
    yield engine, lambda: copy_on_server(engine)
    engine.dispose()


def copy_on_server(engine: Engine) -> Engine:
    """A second database beside the first, with `_first` behind its name; it stays there."""
    name = f"{engine.url.database}_first"
    engine.dispose()
    admin = connect(engine.url.set(database="postgres").render_as_string(hide_password=False))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{engine.url.database}"'))
    admin.dispose()
    return connect(engine.url.set(database=name).render_as_string(hide_password=False))


def people_known(sizes: list[int], kind: str) -> list[str]:
    """The names under which people of that kind come back, other ones in each step."""
    return [f"{kind}-{size}-{number}" for size in sizes for number in range(-1, ROUNDS)]


def run(engine: Engine, copy: Callable[[], Engine], sizes: list[int], *, detail: bool) -> None:
    """Fill, measure and show, step by step."""
    company = companies.load()
    migrate.upgrade(engine)
    crowd.found(engine, company, NOW)
    houses, small, before = list[House](), None, 0
    for size in sizes:
        begun = process_time()
        for so_far in crowd.grow(engine, company, NOW, before, size):
            progress(f"{so_far:>9,} customers, {process_time() - begun:.0f} s")
        if small is None:
            crowd.befriend(engine, company, NOW, people_known(sizes, "known"), 1)
            crowd.befriend(engine, company, NOW, people_known(sizes, "regular"), REGULAR_VISITS)
            small = House(copy(), company)
        houses = [House(engine, company), small]
        progress(f"{sum(crowd.counted(engine).values()):,} rows; measuring")
        measure(houses, size)
        show(size, *houses, detail=detail)
        before = size


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--most", type=int, default=100_000, help="customers in the last step")
    options.add_argument("--detail", action="store_true", help="every turn of the conversations")
    options.add_argument("--url", help="an empty PostgreSQL database on this machine")
    given = options.parse_args()
    sizes = [size for size in SIZES if size <= given.most]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    vault.use([KEY])
    with clock.showing(lambda: NOW), databases(given.url) as (engine, copy):
        run(engine, copy, sizes, detail=given.detail)


if __name__ == "__main__":
    main()
