"""What a measure brought about: how often its cause came before and after, and whether that may be chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import comb
from typing import TYPE_CHECKING

from sqlalchemy import select as columns
from sqlmodel import Session, col

from core.complaints.learning import finished, midnight, of_cause
from core.complaints.tables import UNSETTLED, Complaint, Measure

if TYPE_CHECKING:
    from core.company import Company

SPANS = (30, 60, 90)
"""A measure is judged by so many days before and after it."""
FEWEST_VISITS, FEWEST_COMPLAINTS = 30, 5
"""From fewer nothing can be told: visits on either side, complaints on both together."""
SURE = 0.1
"""What happens by chance in fewer cases than this is not taken for chance."""


class Verdict(StrEnum):
    """What can be said of a measure."""

    EARLY = "early"
    """The days after it are not over, or complaints of them have no cause yet."""
    FEW = "few"
    """Too few visits or complaints to tell."""
    BETTER = "better"
    WORSE = "worse"
    CHANCE = "chance"
    """As likely as not the difference means nothing."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Complaints of the cause, and the visits that were finished meanwhile."""

    complaints: int
    visits: int

    @property
    def per_hundred(self) -> float:
        """Complaints for a hundred visits; 0 without any visit."""
        return 100 * self.complaints / self.visits if self.visits else 0.0


@dataclass(frozen=True, slots=True)
class Effect:
    """So many `days` before and after a measure."""

    days: int
    before: Rate
    after: Rate
    verdict: Verdict
    ends: date
    """The first day after the days that are looked at."""
    undecided: int
    """So many complaints of the days after it have no cause yet."""
    mixed: bool
    """Something else was done about the same cause within these days, so the two cannot be told apart."""


def of(session: Session, company: "Company", measure: Measure, now: datetime) -> tuple[Effect, ...]:
    """What a measure brought about, as far as that can be told, for each of `SPANS`."""
    day = measure.from_day
    spans = [(day - timedelta(days=n), day, day + timedelta(days=n)) for n in SPANS]
    sides = [side for first, middle, last in spans for side in ((first, middle), (middle, last))]
    visits = finished(session, company, sides)
    found = _complaints(session, company, measure, day)
    others = [one.from_day for one in of_cause(session, measure.cause) if one.id != measure.id]
    today = now.astimezone(company.zone).date()
    made = []
    for number, (first, middle, last) in enumerate(spans):
        before = Rate(_count(found, company, first, middle), visits[2 * number])
        after = Rate(_count(found, company, middle, last), visits[2 * number + 1])
        undecided = _count(found, company, middle, last, decided=False)
        is_over = today >= last and not undecided
        made.append(
            Effect(
                days=SPANS[number],
                before=before,
                after=after,
                verdict=judged(before, after) if is_over else Verdict.EARLY,
                ends=last,
                undecided=undecided,
                mixed=any(first < other < last for other in others),
            )
        )
    return tuple(made)


def judged(before: Rate, after: Rate) -> Verdict:
    """Whether the rate fell or rose by more than chance explains."""
    total = before.complaints + after.complaints
    if min(before.visits, after.visits) < FEWEST_VISITS or total < FEWEST_COMPLAINTS:
        return Verdict.FEW
    if chance(before, after) >= SURE:
        return Verdict.CHANCE
    return Verdict.BETTER if after.per_hundred < before.per_hundred else Verdict.WORSE


def chance(before: Rate, after: Rate) -> float:
    """How likely a difference this large or larger is if nothing changed: the exact test of two rates.

    Then each of the complaints falls after the measure with the share that the visits after it have.
    """
    total = before.complaints + after.complaints
    share = after.visits / (before.visits + after.visits)
    ways = [comb(total, n) * share**n * (1 - share) ** (total - n) for n in range(total + 1)]
    here = ways[after.complaints]
    return min(1.0, sum(way for way in ways if way <= here * (1 + 1e-9)))


def _complaints(
    session: Session, company: "Company", measure: Measure, day: date
) -> Sequence[tuple[datetime, bool]]:
    """When complaints of the cause were opened, and those that have none yet; with whether they have one."""
    opened, widest = col(Complaint.opened_at), timedelta(days=max(SPANS))
    query = columns(opened, col(Complaint.cause), col(Complaint.status)).where(
        opened >= midnight(company, day - widest), opened < midnight(company, day + widest)
    )
    return [
        (at, cause is not None)
        for at, cause, status in session.execute(query)
        if cause is measure.cause or (cause is None and status in UNSETTLED)
    ]


def _count(
    found: Sequence[tuple[datetime, bool]],
    company: "Company",
    first: date,
    last: date,
    *,
    decided: bool = True,
) -> int:
    starts, ends = midnight(company, first), midnight(company, last)
    return sum(has_cause is decided and starts <= at < ends for at, has_cause in found)
