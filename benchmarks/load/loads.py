"""Loads of people: everybody as fast as they are answered, at a given rate, or all in step."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from math import nan
from random import Random
from statistics import quantiles

from benchmarks.load.people import STEPS, Booking, Lost, Talk
from benchmarks.load.processes import Program

SETTLE = 0.3
"""Seconds in which whatever follows a turn comes to its end: buttons taken away, outcomes written down."""

LONGEST = 20.0
"""Seconds after which a load ends, however few its turns were."""

Next = Callable[[], Talk]
"""Brings somebody who has something to say."""


@dataclass(slots=True)
class Figures:
    """What was measured under one load."""

    took: list[float] = field(default_factory=list)
    """Seconds of each turn, from when it was due until the reply stood on the platform."""
    lasted: float = 0.0
    cpu: float = 0.0
    """Seconds of the processor that the program used."""
    people: float = 0.0
    """The same of this process: people and platform."""
    lost: int = 0
    over: int = 0
    """Talks that came to their end."""

    @property
    def turns(self) -> int:
        return len(self.took)

    @property
    def cost(self) -> float:
        """Milliseconds of the processor that a turn costs; not a number where nobody was answered."""
        return self.cpu / self.turns * 1000 if self.took else nan

    @property
    def rate(self) -> float:
        """Turns a second."""
        return self.turns / self.lasted

    def slowest(self, percent: int) -> float:
        """Milliseconds within which so many of a hundred turns were answered, of two at least; else nan."""
        if self.turns < 2:
            return nan
        return quantiles(self.took, n=100, method="inclusive")[percent - 1] * 1000


@asynccontextmanager
async def _measured(program: Program) -> AsyncIterator[Figures]:
    """Figures to put turns into; what follows the last of them is still counted as the program's work."""
    figures = Figures()
    begun, used, own = time.perf_counter(), program.cpu, time.process_time()
    yield figures
    figures.lasted, figures.people = time.perf_counter() - begun, time.process_time() - own
    await asyncio.sleep(SETTLE)
    figures.cpu = program.cpu - used


async def closed(program: Program, newcomer: Next, people: int, turns: int) -> Figures:
    """So many people at once, each of whom answers at a glance, until so many turns are done.

    They begin somewhere in their talks, so that not everybody is asked the same at the same time.
    """
    chance = Random(people)  # noqa: S311 - the same every time

    async def begun() -> Talk:
        talk, before = newcomer(), Figures()
        for _ in range(chance.randrange(len(STEPS))):
            if not before.lost:
                talk = await _take(before, talk, newcomer)
        return talk

    talks = await asyncio.gather(*(begun() for _ in range(people)))
    await asyncio.sleep(SETTLE)
    async with _measured(program) as figures:
        over = time.perf_counter() + LONGEST

        async def go_on(talk: Talk) -> None:
            while figures.turns < turns and time.perf_counter() < over:
                talk = await _take(figures, talk, newcomer)

        await asyncio.gather(*map(go_on, talks))
    return figures


async def at_rate(program: Program, newcomer: Next, rate: float, turns: int) -> Figures:
    """So many turns a second, on the average, whether or not the earlier ones are answered.

    A turn counts from when it was due, also when this process was late with it.
    """
    chance = Random(1)  # noqa: S311 - the same every time
    idle: deque[Talk] = deque()
    under_way: set[asyncio.Task[None]] = set()
    async with _measured(program) as figures:

        async def once(due: float) -> None:
            talk = idle.popleft() if len(idle) > len(STEPS) else newcomer()
            idle.append(await _take(figures, talk, newcomer, time.perf_counter() - due))

        due = time.perf_counter()
        over = due + LONGEST
        for _ in range(turns):
            if due > over:
                break
            due += chance.expovariate(rate)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            task = asyncio.create_task(once(due))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.gather(*under_way)
    return figures


async def in_step(program: Program, newcomer: Callable[[], Booking], people: int) -> dict[str, Figures]:
    """What each kind of turn costs: so many people take it together, then all of them the next."""
    found: dict[str, Figures] = {}
    talks = [newcomer() for _ in range(people)]
    for place, step in enumerate(STEPS):
        async with _measured(program) as figures:
            await asyncio.gather(*(_take(figures, talk, newcomer) for talk in talks))
        found[step.kind] = figures
        talks = [talk for talk in talks if await _has_come(talk, place + 1)]
        await asyncio.sleep(SETTLE)
    return found


async def _has_come(talk: Booking, place: int) -> bool:
    """Whether somebody comes so far, if need be in more turns, because a window had just gone."""
    with suppress(Lost):
        while talk.place < place:
            await talk.turn()
    return talk.place == place


async def _take(figures: Figures, talk: Talk, newcomer: Next, late: float = 0.0) -> Talk:
    """Take one turn and count it; whoever goes on."""
    try:
        figures.took.append(await talk.turn() + late)
    except Lost:
        figures.lost += 1
        return newcomer()
    figures.over += talk.is_over
    return newcomer() if talk.is_over else talk
