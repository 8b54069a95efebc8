"""The very first start, killed while tables are made and the demo company moves in, and taken up again."""

import asyncio
from pathlib import Path
from random import Random

from sqlmodel import Session, col, select

from core import migrate
from core.customers import Customer
from core.database import connect
from core.seed.households import CUSTOMERS
from core.seed.planting import is_planted
from core.seed.team import WORKERS
from core.workers import Worker
from tests.crash import invariants
from tests.crash.databases import Ground
from tests.crash.episode import Counts, Report, grumbles
from tests.crash.servers import Cluster, DidNotStart, Process, Server

LONGEST = {"migrate": 0.8, "serve": 2.5}
"""Seconds within which a start is killed: a little more than it takes."""


async def begin(ground: Ground, folder: Path, seed: int, kills: int) -> Report:
    """Kill the first start so many times, then let it succeed, and look at what there is."""
    chance, counts = Random(seed), Counts()  # noqa: S311 - for variety
    name, folder = f"beginning_{seed}", folder / f"beginning_{ground.name}_{seed}"
    folder.mkdir(parents=True, exist_ok=True)
    log, url = folder / "server.log", ground.empty(name)
    settings = {
        "MENLING_DATA_DIR": str(folder / "data"),
        "MENLING_DATABASE_URL": url,
        "MENLING_DEMO": "1",
    }
    servers = [Server(settings, log) for _ in range(ground.servers)]
    try:
        if ground.servers > 1:  # a server's tables are the operator's to make
            counts.kills += await _make_tables(settings, log, chance, kills // 2)
        async with Cluster(servers, chance) as cluster:
            while counts.kills < kills:
                for server in servers:
                    server.prepare(1)
                await cluster.prepared(servers, 1)
                for server in servers:
                    server.start(spares=1)
                await asyncio.sleep(chance.uniform(0, LONGEST["serve"]))
                cluster.kill()
                counts.kills += len(servers)
            await cluster.start(spares=0)
        broken = [*_examined(url), *grumbles(log)]
    except DidNotStart as trouble:
        broken = [f"the first start was not taken up again: {trouble}"]
    if not broken:
        ground.forget(name)
    return Report(counts, [f"{name}: {one}" for one in broken])


async def _make_tables(settings: dict[str, str], log: Path, chance: Random, kills: int) -> int:
    for _ in range(kills):
        process = Process(settings, log, command="migrate")
        process.start()
        await asyncio.sleep(chance.uniform(0, LONGEST["migrate"]))
        process.kill()
    process = Process(settings, log, command="migrate")
    process.start()
    process.finish()
    return kills


def _examined(url: str) -> list[str]:
    """All tables, and the whole demo company once, whatever was cut off before."""
    engine, broken = connect(url), []
    if not migrate.is_current(engine):
        broken.append("the tables are not those of this version")
    with Session(engine) as session:
        if not is_planted(session):
            broken.append("the demo company is not there")
        team = session.exec(select(Worker.name).order_by(col(Worker.id))).all()
        if len(team) != len(WORKERS):
            broken.append(f"the demo company's workers are {team}")
        customers = session.exec(select(Customer.name).order_by(col(Customer.id))).all()
        if len(customers) != len(CUSTOMERS):
            broken.append(f"the demo company's customers are {customers}")
        broken += invariants.sold_once(session)
    engine.dispose()
    return broken
