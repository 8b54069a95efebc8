"""The workers' papers: health card, certificates, training, insurance; until when each is good.

The search for windows sends nobody whose papers do not hold on the day (`core/windows/board.py`).
"""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import reminders, visits, waitings
from core.visits import Visit
from core.workers import Paper

if TYPE_CHECKING:
    from core.company import Company

ENDS = "paper-ends"
"""The kind of reminder; its subject is `worker:kind`, its payload the `day` and how many days `before`."""
OVER = -1
"""`before` of the reminder on the day after the last good one."""


def of(session: Session, worker_id: int) -> list[Paper]:
    """A worker's papers, the one that ends first leading."""
    theirs = select(Paper).where(Paper.worker_id == worker_id)
    return list(session.exec(theirs.order_by(col(Paper.valid_until_day), col(Paper.kind))))


def keep(
    session: Session,
    company: "Company",
    worker_id: int,
    kind: str,
    valid_until_day: date,
    *,
    number: str | None = None,
    now: datetime,
) -> Paper:
    """The worker's paper of this kind is good through that day; without a `number` the former one stays."""
    paper = session.get(Paper, (worker_id, kind))
    if paper is None:
        paper = Paper(worker_id=worker_id, kind=kind, valid_until_day=valid_until_day)
    paper.valid_until_day = valid_until_day
    paper.number = paper.number if number is None else number
    session.add(paper)
    session.flush()
    waitings.wake(session)
    plan(session, company, paper, now)
    return paper


def plan(session: Session, company: "Company", paper: Paper, now: datetime) -> None:
    """Warn before the paper ends, and on the day after; what is past is warned of no more, but an end is."""
    subject = f"{paper.worker_id}:{paper.kind}"
    reminders.cancel_subject(session, ENDS, subject)
    rules = company.policies
    for before in (rules.paper_first_days, rules.paper_last_days, OVER):
        day = paper.valid_until_day - timedelta(days=before)
        due_at = datetime.combine(day, time(rules.paper_hour), company.zone)
        if due_at <= now and before != OVER:
            continue
        ends = paper.valid_until_day.isoformat()
        reminders.schedule(
            session,
            ENDS,
            subject,
            due_at,
            dedupe_key=f"{ENDS}:{subject}:{ends}:{before}",
            payload={"day": ends, "before": before},
        )


def lacking(session: Session, company: "Company", paper: Paper, now: datetime) -> list[Visit]:
    """The worker's visits ahead that need this kind of paper on a day when it is no longer good."""
    rules = company.policies
    last = now + timedelta(days=max(rules.horizon_days, rules.move_within_days) + 1)
    return [
        visit
        for visit in visits.of_worker(session, paper.worker_id, now, last)
        if visit.status in visits.AHEAD
        and paper.kind in company.service(visit.service_code).papers
        and visit.starts_at.astimezone(company.zone).date() > paper.valid_until_day
    ]
