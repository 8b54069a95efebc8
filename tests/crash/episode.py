"""One episode: people talk, servers are killed, everything comes to rest, and the database is examined.

A message that a killed process had claimed is another's only when its lease of a minute is over, and a
reminder is said a day or two hours before a visit. Nobody waits for that here: at the end of an episode,
while no server runs, the leases that are left and the moments of some reminders are set into the past,
which is what time would do; then the servers start again, are killed once more, and send what is left.
Nothing else in the database is touched. Which messages were claimed is written down at each kill, because
only those may arrive twice; on SQLite that is read in a copy, since the next process shall find the file
and its log as the kill left them.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import NamedTuple

import aiohttp
from sqlalchemy import Engine, func, update
from sqlmodel import Session, col, select

from core import clock, reminders
from core.correspondence import UNSENT, Message, Status
from core.database import connect
from core.reminders import Reminder
from core.visits import Visit
from tests.crash import invariants
from tests.crash.databases import ACCOUNT, WORKERS, Ground
from tests.crash.ledger import Ledger
from tests.crash.people import Mind, Talker
from tests.crash.phones import SECRET, TelegramPhone, WebPhone
from tests.crash.servers import Cluster, DidNotStart, NotAccepted, Server
from tests.doubles.telegram.double import Double

TOKEN = f"{ACCOUNT}:TEST-TOKEN"
SEATS = 12
"""How many talk at the same time. Whoever is done, or gets no answer for a while, makes room for the next."""
LATENCIES = (0.0, 0.005, 0.03)
"""Seconds that the platform takes to answer, so that kills find sends under way."""
QUIET_WITHIN = 60.0
CALM = 5.0
"""Seconds that people wait for an answer when nothing is killed any more."""
FIRST_CHAT = 10_001
HASTENED = 0.3
"""How many reminders come due before the end."""


class Plan(NamedTuple):
    """How hard an episode is."""

    kills: int
    seats: int = SEATS
    load: tuple[float, float] = (0.1, 1.2)
    """Seconds of undisturbed work before a kill."""
    early: float = 0.25
    """How often a server is killed again while it starts."""
    starting: float = 0.4
    """Seconds within which that happens."""
    ending: tuple[float, float] = (0.2, 1.5)
    """Seconds for which the servers send what was left, before the last kill."""


@dataclass
class Counts:
    """What happened, for the person who started it."""

    kills: int = 0
    accepted: int = 0
    turns: int = 0
    visits: int = 0
    cancelled: int = 0
    moves: int = 0
    redeliveries: int = 0
    sent: int = 0
    repeats: int = 0
    under_way: int = 0
    people: int = 0
    reminded: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def __str__(self) -> str:
        return ", ".join(f"{one.name} {getattr(self, one.name)}" for one in fields(self))


@dataclass
class Report:
    """What came of an episode: nothing in `broken`, or it failed."""

    counts: Counts
    broken: list[str] = field(default_factory=list)


class Episode:
    """One run from a fresh database to its examination. The same seed asks for the same things."""

    def __init__(self, ground: Ground, folder: Path, seed: int, plan: Plan) -> None:
        self.ground, self.plan, self.chance = ground, plan, Random(seed)  # noqa: S311 - for variety
        self.log = folder / f"{ground.name}-{seed}.log"
        self.name = f"episode_{seed}"
        self.url = ground.fresh(self.name)
        self.ledger, self.counts = Ledger(), Counts()
        self.waiting: list[Talker] = []
        self.content: list[Talker] = []
        self.broken: list[str] = []
        self.under_way: Counter[int] = Counter()
        self.hastened: set[str] = set()
        self._still, self._numbers = asyncio.Event(), count(FIRST_CHAT)
        self._updates = count(1_000_001)
        folder.mkdir(parents=True, exist_ok=True)
        self._settings = {
            "MENLING_DATA_DIR": str(folder / "data"),
            "MENLING_DATABASE_URL": self.url,
            "MENLING_SECRET_KEY": "k" * 32,
            "MENLING_TELEGRAM_TOKEN": TOKEN,
            "MENLING_TELEGRAM_MODE": "webhook",
            "MENLING_TELEGRAM_WEBHOOK_SECRET": SECRET,
        }

    async def run(self) -> Report:
        """Hold it, and say what came of it."""
        latency = self.chance.choice(LATENCIES)
        async with Double(TOKEN, strict=False, latency=latency) as double:
            for chat in WORKERS:
                double.person(chat, first_name="Worker", started=True)
            servers = [self._server(double) for _ in range(self.ground.servers)]
            for server in servers:
                server.prepare()
            async with Cluster(servers, self.chance) as cluster:
                await cluster.start()
                await self._rage(cluster, double)
                await self._come_to_rest(cluster)
                pages = await self._pages()
            self._examine(double, pages)
        return Report(self.counts, self.broken)

    def _server(self, double: Double) -> Server:
        server = Server({**self._settings, "MENLING_TELEGRAM_API_URL": double.url}, self.log)
        server.settings = {**server.settings, "MENLING_PUBLIC_URL": server.url}
        return server

    # While it rages

    async def _rage(self, cluster: Cluster, double: Double) -> None:
        """Let people talk while servers are killed, as often as planned."""
        seats = [asyncio.create_task(self._seat(cluster, double)) for _ in range(self.plan.seats)]
        try:
            while self.counts.kills < self.plan.kills:
                await asyncio.sleep(self.chance.uniform(*self.plan.load))
                await self._strike(cluster)
            await asyncio.sleep(self.plan.load[1])
        finally:
            self._still.set()
            await asyncio.gather(*seats)

    async def _strike(self, cluster: Cluster) -> None:
        """Kill one server, sometimes all, start it anew, and sometimes kill it again while it starts.

        Only when the next ones are prepared, so that people find somebody there most of the time.
        """
        chosen = cluster.servers if self.chance.random() < 0.2 else [self.chance.choice(cluster.servers)]
        again = self.chance.random() < self.plan.early
        await cluster.prepared(chosen, 1 + again)
        for server in chosen:
            self._kill(server)
        if again:
            for server in chosen:
                server.start()
            await asyncio.sleep(self.chance.uniform(0, self.plan.starting))
            for server in chosen:
                self._kill(server)
        await cluster.start()

    def _kill(self, server: Server) -> None:
        server.kill()
        self.counts.kills += 1
        if self.ground.servers == 1:  # the next one takes over at once what this one was sending
            with self.ground.as_left(self.name) as url:
                engine = connect(url)
                self._note_under_way(engine)
                engine.dispose()

    def _note_under_way(self, engine: Engine) -> None:
        leased = select(Message.id).where(col(Message.lease_until).is_not(None))
        with Session(engine) as session:
            self.under_way.update(session.exec(leased))

    async def _seat(self, cluster: Cluster, double: Double) -> None:
        """One person after the other; who gets no answer goes on when everything is calm."""
        while not self._still.is_set():
            talker = self._newcomer(cluster, double)
            self.counts.people += 1
            await self._lets_talk(talker, self._still, knocks=self.chance.choice((0, 0, 1)))

    def _newcomer(self, cluster: Cluster, double: Double) -> Talker:
        number = next(self._numbers)
        chance = Random(self.chance.random())  # noqa: S311 - for variety
        if self.chance.random() < 0.5:
            phone = TelegramPhone(cluster, self.ledger, double, chance, self._updates, number)
        else:
            phone = WebPhone(cluster, self.ledger, chance, number - FIRST_CHAT)
        return Talker(phone, Mind.made(chance, number))

    async def _lets_talk(self, talker: Talker, still: asyncio.Event, **how: float) -> None:
        try:
            is_content = await talker.talks(still, **how)
        except (NotAccepted, AssertionError) as trouble:
            self.broken.append(f"{talker.phone.name}: {trouble}")
            return
        (self.content if is_content else self.waiting).append(talker)

    # When it is over

    async def _come_to_rest(self, cluster: Cluster) -> None:
        """Kill everything twice more, let time pass, send what is left, let people finish."""
        engine = connect(self.url)
        try:
            for server in cluster.servers:
                self._kill(server)
            self._let_time_pass(engine)
            for server in cluster.servers:
                server.start(spares=1)
            await asyncio.sleep(self.chance.uniform(*self.plan.ending))
            for server in cluster.servers:
                self._kill(server)
            self._let_time_pass(engine)
            await cluster.start(spares=0)
            await self._drained(engine)
            waiting, self.waiting, calm = self.waiting, [], asyncio.Event()
            talks = (self._lets_talk(one, calm, patience=CALM, knocks=3) for one in waiting)
            await asyncio.gather(*talks)
            await self._drained(engine)
        finally:
            engine.dispose()

    def _let_time_pass(self, engine: Engine) -> None:
        """Set leases and some reminders into the past, and note whose they were. No server may be running."""
        over = clock.now() - timedelta(seconds=1)
        leased = col(Message.lease_until).is_not(None)
        if self.ground.servers > 1:
            self._note_under_way(engine)
        with Session(engine) as session, session.begin():
            session.exec(update(Message).where(leased).values(lease_until=over))
            at_work = col(Reminder.status) == reminders.Status.LEASED
            session.exec(update(Reminder).where(at_work).values(lease_until=over))
            for reminder in session.exec(select(Reminder).order_by(col(Reminder.id))):
                if reminder.status is reminders.Status.WAITING and self.chance.random() < HASTENED:
                    reminder.due_at = over
                    self.hastened.add(reminder.dedupe_key)
        engine.dispose()

    async def _drained(self, engine: Engine) -> None:
        """Return when nothing is due and nothing waits for the platform any more."""
        unsent = select(func.count()).where(Message.channel == "telegram", col(Message.status).in_(UNSENT))
        unsaid = select(func.count()).where(
            col(Reminder.dedupe_key).in_(self.hastened),
            col(Reminder.status).in_((reminders.Status.WAITING, reminders.Status.LEASED)),
            col(Reminder.due_at) <= clock.now(),
        )
        try:
            async with asyncio.timeout(QUIET_WITHIN):
                while True:
                    with Session(engine) as session:
                        if session.exec(unsent).one() + session.exec(unsaid).one() == 0:
                            return
                    await asyncio.sleep(0.05)
        except TimeoutError:
            self.broken.append(f"something still waited after {QUIET_WITHIN:.0f} s of calm")

    async def _pages(self) -> dict[str, list[int]]:
        """What every page of the web chat shows at the end, by its visitor."""
        phones = [one.phone for one in (*self.content, *self.waiting) if isinstance(one.phone, WebPhone)]
        return {phone.visitor: await phone.scrolls() for phone in phones}

    # What came of it

    def _examine(self, double: Double, pages: dict[str, list[int]]) -> None:
        """Everything that must hold, by the database itself; and what the servers complained of."""
        calls = list(double.calls)
        unfinished = [f"{one.phone.name}, who wants {list(one.mind.goals)}" for one in self.waiting]
        engine = connect(self.url)
        with Session(engine) as session:
            self.broken += [
                *invariants.recorded_once(session, self.ledger.sent.values()),
                *invariants.answered_once(session),
                *invariants.confirmed_by_reference(session),
                *invariants.sold_once(session),
                *invariants.told_in_timeline(session),
                *invariants.reminded_as_planned(session, self.hastened),
                *invariants.reminders_said_once(session),
                *invariants.workers_told_once(session),
                *invariants.delivered(session, calls, self.under_way),
                *invariants.shown_on_pages(session, pages),
                *invariants.conversations_go_on(session, unfinished),
                *invariants.known_once(session),
            ]
            self._count(session)
            self.counts.under_way = self.under_way.total()
            self.counts.repeats = invariants.repeats(session, calls)
        engine.dispose()
        self.broken += grumbles(self.log)

    def _count(self, session: Session) -> None:
        def number(*which) -> int:
            return session.exec(select(func.count()).select_from(Message).where(*which)).one()

        visits: Sequence[Visit] = session.exec(select(Visit)).all()
        self.counts.accepted = len(self.ledger.accepted)
        self.counts.turns = number(Message.status == Status.RECEIVED)
        self.counts.sent = number(Message.channel == "telegram", Message.status == Status.SENT)
        self.counts.redeliveries = self.ledger.redeliveries
        self.counts.visits = len(visits)
        self.counts.cancelled = sum(visit.closed_at is not None for visit in visits)
        said = select(func.count()).where(Reminder.status == reminders.Status.DONE)
        self.counts.reminded = session.exec(said).one()
        self.counts.moves = sum(visit.moves for visit in visits)


def grumbles(log: Path) -> list[str]:
    """What the servers wrote down as errors. Half a line, cut off by a kill, is passed over."""
    broken = []
    for line in log.read_text(errors="replace").splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            if line.startswith("Traceback"):
                broken.append(f"{log.name}: a traceback")
            continue
        if isinstance(event, dict) and event.get("level") in ("error", "critical"):
            broken.append(f"{log.name}: {line[:2000]}")
    return broken


async def hold(ground: Ground, folder: Path, seed: int, plan: Plan) -> Report:
    """One episode; a server that does not start, or a platform that breaks, breaks it.

    What it leaves behind is taken away, unless something was broken: then it is there to be looked at.
    """
    episode = Episode(ground, folder, seed, plan)
    try:
        report = await episode.run()
    except (DidNotStart, NotAccepted, aiohttp.ClientError) as trouble:
        report = Report(episode.counts, [*episode.broken, f"{type(trouble).__name__}: {trouble}"])
    if not report.broken:
        ground.forget(episode.name)
        episode.log.unlink()
    return report
