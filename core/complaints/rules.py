"""How fast complaints are answered, by whom, and what each may promise: a section of the company's file."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from core.calendars import BusinessHours, Period
from core.catalogue import Fen, Section, Whole
from core.complaints.tables import Rung, Severity
from core.policies import Count

_DAY: tuple[Period, ...] = (Period.model_validate("08:00-21:00"),)


def _every_day() -> BusinessHours:
    return BusinessHours(
        monday=_DAY, tuesday=_DAY, wednesday=_DAY, thursday=_DAY, friday=_DAY, saturday=_DAY, sunday=_DAY
    )


class Level(Section):
    """What holds for complaints of one severity. Minutes of the clock that `runs` says."""

    human: Count
    """A person answers the customer within so many minutes..."""
    plan: Count
    """... the customer hears what will be done within so many..."""
    resolved: Count
    """... and it is done within so many."""
    acknowledge: Count
    """Each owner has so many minutes to say that they have it; in the desk's hours where all runs in them."""
    runs: Literal["always", "human", "hours"]
    """Around the clock, only the first answer around the clock, or in the hours of the complaint desk."""
    begins: Rung
    """Who gets it first."""


class Owner(Section):
    """Somebody at the top who is called when nobody else answers."""

    name: str
    phone: str


class Rules(Section):
    """Complaints, their deadlines and who may promise what."""

    s1: Level = Level(human=15, plan=120, resolved=24 * 60, acknowledge=3, runs="always", begins=Rung.MANAGER)
    s2: Level = Level(human=30, plan=240, resolved=24 * 60, acknowledge=10, runs="human", begins=Rung.LEAD)
    s3: Level = Level(
        human=120, plan=8 * 60, resolved=48 * 60, acknowledge=30, runs="hours", begins=Rung.DESK
    )
    s4: Level = Level(
        human=8 * 60, plan=24 * 60, resolved=72 * 60, acknowledge=120, runs="hours", begins=Rung.DESK
    )
    hours: BusinessHours = Field(default_factory=_every_day)
    """When the complaint desk works."""
    human_days: Count = 1
    resolved_days: Count = 3
    """However the hours fall, a person answers and it is done within so many days on which the desk works:
    what WeChat Pay asks of its merchants."""
    owners: tuple[Owner, ...] = ()
    """Who is called when no manager answers, in this order; the company's own number if nobody is named."""
    warn_minutes: Count = 15
    """So long before a deadline its owner is warned, and at half of its time."""
    nudge_hours: Count = 24
    """A customer whose word we wait for is reminded each so many hours..."""
    silent_hours: Count = 72
    """... and after so many without a word it is closed, until they write again."""
    follow_up_hours: Count = 48
    """So long after it was resolved the customer is asked whether it is."""
    reopen_days: Count = 7
    """So long a closed complaint is opened again; later there is a new one that continues it."""
    statement_minutes: Count = 120
    """A worker has so long to say how they saw it, unless the plan is due before."""
    desk_most: Fen = 50_00
    desk_points: Whole = 500
    lead_most: Fen = 200_00
    manager_most: Fen = 1_000_00
    """What each may promise; more takes the owner."""
    redo_hours: Count = 48
    """What was left out is done within so many hours."""
    upheld_days: Count = 30
    """A worker whose complaints in so many days were justified, one of S2 or..."""
    upheld_times: Count = 2
    """... so many of S3, gets no new customers until somebody has talked to them."""
    care_days: Count = 90
    """So long after a complaint the customer's next visit is looked after specially."""

    def of(self, severity: Severity) -> Level:
        """What holds for that severity."""
        levels: Mapping[Severity, Level] = {
            Severity.S1: self.s1,
            Severity.S2: self.s2,
            Severity.S3: self.s3,
            Severity.S4: self.s4,
        }
        return levels[severity]
