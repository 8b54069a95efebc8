"""The invented year from its first morning to its end: who lives through it, and what is told of it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Engine

from channels.demoday import script as days
from channels.demoday.cast import gather
from channels.demoday.stage import COUNTED, OPEN
from channels.demoyear import account, script, verdict
from channels.demoyear.account import Told
from channels.demoyear.script import Season
from channels.demoyear.stage import DAY, Year, outages
from core import clock
from core.company import Company
from core.correspondence import Message
from core.database import looking, transaction

HOMES = 60
MORNING = time(8, 40)
"""When the desk is opened, and the first day begins."""
REPORTED = 30
"""After so many days it is told how far the year is."""


@dataclass(frozen=True, slots=True)
class Lived:
    """What does not hold (nothing, after a good year), and everything that customers were told unasked."""

    wrong: Sequence[str]
    told: Sequence[Told]
    summary: dict[str, int]


def live(
    engine: Engine,
    company: Company,
    first: date,
    days_: int,
    *,
    seed: int,
    homes: int = HOMES,
    hands: int = 1,
    progress: Callable[[date, int], None] = lambda _day, _said: None,
) -> Lived:
    """Live through so many days from the morning of `first` on, in an empty database with all tables.

    The same seed makes the same people do the same. It moves the clock of the whole process while it lasts.
    `progress` hears now and then which day it is, and how many messages there were.
    """
    rules = company.policies.model_copy(update={"visits_per_day": days.VISITS_A_DAY})
    company = company.model_copy(update={"policies": rules})
    begins, dice = datetime.combine(first, MORNING, company.zone), random.Random(seed)  # noqa: S311
    breaks = outages(begins, days_, dice, (OPEN, COUNTED))
    stage = Year(engine, company, begins, breaks, hands=hands)
    with clock.showing(stage.shows), transaction(engine) as session:
        cast = gather(session, company, begins, homes)
    season = Season(stage, cast, script.hand_out(stage, cast), dice, begins, days_)
    script.begin(season)
    _play(season, days_, progress)
    with looking(engine) as session:
        known = account.of(session, company, season)
        return Lived(verdict.wrong(known), known.told, account.summary(session, known, stage))


def _play(season: Season, days_: int, progress: Callable[[date, int], None]) -> None:
    said = 0

    def shown(messages: Sequence[Message]) -> None:
        nonlocal said
        said += len(messages)
        for message in messages:
            season.phones[message.peer].shown(message)

    for passed in range(0, days_, REPORTED):
        until = season.begins + min(passed + REPORTED, days_) * DAY
        season.stage.live(until, shown)
        progress(until.date(), said)
