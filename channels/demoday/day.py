"""The invented day from its eve to its end: who books, who works, and what goes wrong on purpose."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, select

from channels.demoday import script, verdict
from channels.demoday.cast import Cast, gather
from channels.demoday.grievances import Watch
from channels.demoday.people import Phone
from channels.demoday.stage import Stage
from channels.web import frames
from core import clock, correspondence, migrate, vault, visits
from core.company import Company
from core.correspondence import Message, Peer
from core.database import connect, looking, transaction
from core.visits import Visit

EVE, NIGHT, MORNING, END = time(14), time(22, 30), time(6, 30), time(22, 30)
SLEEP = timedelta(minutes=15)
"""How far the clock steps while everybody sleeps."""
MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Held:
    """A day that was held: what does not hold (nothing, on a good day), how it went, and three phones."""

    wrong: Sequence[str]
    summary: Mapping[str, int]
    record: Mapping[str, object]
    """`begins`, `ends` (ISO 8601 on the company's wall, without a zone) and
    `messages`, in order: the `phone` and
    the `message` as pages get it."""


def hold(company: Company, day: date) -> Held:
    """Hold the day after the eve `day`, in a database of its own that is gone afterwards.

    It needs some seconds of CPU, and moves the clock of the whole process while it lasts.
    """
    rules = company.policies.model_copy(update={"visits_per_day": script.VISITS_A_DAY})
    company = company.model_copy(update={"policies": rules})
    eve = datetime.combine(day, EVE, company.zone)
    with own_database() as engine:
        stage = Stage(engine, company, eve)
        with clock.showing(lambda: stage.now), transaction(engine) as session:
            cast = gather(session, company, eve)
        watch = Watch(stage)
        _play(stage, cast, company, day, watch)
        with looking(engine) as session:
            wrong = [*script.missing(session), *watch.seen, *verdict.wrong(session, company)]
            return Held(wrong, verdict.summary(session), _record(session, cast, eve, stage.now))


def _play(stage: Stage, cast: Cast, company: Company, day: date, watch: Watch) -> None:
    phones = script.hand_out(stage, cast)
    script.book(stage, cast, phones)
    tomorrow = day + timedelta(days=1)
    at = partial(datetime.combine, tzinfo=company.zone)
    shown = partial(_shown, phones, watch)
    stage.play(at(day, NIGHT), shown)
    stage.play(at(tomorrow, MORNING), shown, step=SLEEP)
    script.direct(stage, cast, phones)
    stage.play(at(tomorrow, END), shown)


def _shown(phones: Mapping[Peer, Phone], watch: Watch, messages: Sequence[Message]) -> None:
    watch.look()
    for message in messages:
        phones[message.peer].shown(message)


@contextmanager
def own_database() -> Iterator[Engine]:
    """An empty database with all tables and keys of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="menling-day-") as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'day.db'}")
        vault.use([vault.new_key()])  # for the invented people of this one day
        try:
            migrate.upgrade(engine)
            yield engine
        finally:
            engine.dispose()


def _record(session: Session, cast: Cast, begins: datetime, ends: datetime) -> Mapping[str, object]:
    """What the followed customer, the worker of their visit and the clerk read and said."""
    household = cast.households[script.FOLLOWED]
    visit = session.exec(select(Visit).where(Visit.customer_id == household.customer_id)).one()
    worker = visits.crew(session, visit)[0][1]
    phones = {
        "customer": household.peer,
        "worker": cast.workers[worker.id or 0],
        "staff": cast.staff[0],
    }
    said = [
        (message, phone, peer.user)
        for phone, peer in phones.items()
        for message in correspondence.talk(session, peer, limit=MOST_LINES)
    ]
    said.sort(key=lambda one: one[0].id or 0)
    zone = begins.tzinfo
    messages = [
        {
            "phone": phone,
            "message": frames.shown(message, user=user) | {"at": _on_the_wall(message.created_at, zone)},
        }
        for message, phone, user in said
    ]
    return {"begins": _on_the_wall(begins, zone), "ends": _on_the_wall(ends, zone), "messages": messages}


def _on_the_wall(at: datetime, zone: tzinfo | None) -> str:
    """A moment without its zone, so that every browser shows what the company's clock showed."""
    return at.astimezone(zone).replace(tzinfo=None).isoformat()
