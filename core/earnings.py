"""What a worker did in a week: visits, hours, income, whether they came in time."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.quotes import Quote
from core.timeline import Entry
from core.visits import Status, Visit, crew, of_worker

if TYPE_CHECKING:
    from core.company import Company

SUNDAY, SAID_AT = 6, time(19)
"""A worker's week ends on Sunday at this time, local: then they are told of it."""
LONGEST = timedelta(days=2)
"""No visit of an hour or a day that is finished after a moment began so long before it."""


@dataclass(frozen=True, slots=True)
class Week:
    """A worker's finished visits between two moments. Money in fen."""

    visits: int
    minutes: int
    income: int
    late: int
    """Visits to which they came later than is forgiven..."""
    timed: int
    """... of those where we know when they came."""


def ends_at(company: "Company", now: datetime) -> datetime:
    """The end of the week that a moment lies in: a Sunday evening after it."""
    local = now.astimezone(company.zone)
    sunday = local.date() + timedelta(days=SUNDAY - local.weekday())
    end = datetime.combine(sunday, SAID_AT, company.zone)
    return end if local < end else datetime.combine(sunday + timedelta(days=7), SAID_AT, company.zone)


def of_week(session: Session, company: "Company", worker_id: int, end: datetime) -> Week:
    """The worker's visits that were finished in the week that ends then.

    Income is the company's share for workers of each visit's list price, whatever was taken off it, in equal
    parts for everybody who attended; hours are from the arrival to the end where both are known, else as
    they were booked.
    """
    begin = end - timedelta(days=7)
    found = [
        visit
        for visit in of_worker(session, worker_id, begin - LONGEST, end)
        if visit.status is Status.FINISHED and visit.closed_at and begin <= visit.closed_at < end
    ]
    came = _arrivals(session, found)
    grace = timedelta(minutes=company.policies.late_worker_minutes)
    return Week(
        visits=len(found),
        minutes=sum(_minutes(visit, came.get(visit.id or 0)) for visit in found),
        income=sum(_share(session, company, visit) for visit in found),
        late=sum(came[visit.id or 0] > visit.starts_at + grace for visit in found if visit.id in came),
        timed=len(came),
    )


def _arrivals(session: Session, found: list[Visit]) -> dict[int, datetime]:
    if not found:
        return {}
    arrived = select(Entry).where(col(Entry.visit_id).in_([visit.id for visit in found]))
    return {entry.visit_id: entry.at for entry in session.exec(arrived) if entry.what == "arrived"}


def _minutes(visit: Visit, came: datetime | None) -> int:
    begun, ended = (came, visit.closed_at) if came and visit.closed_at else (visit.starts_at, visit.ends_at)
    return max(0, int((ended - begun).total_seconds()) // 60)


def _share(session: Session, company: "Company", visit: Visit) -> int:
    listed = Quote.from_json(visit.quote).listed
    return listed * company.policies.worker_share_percent // 100 // max(1, len(crew(session, visit)))
