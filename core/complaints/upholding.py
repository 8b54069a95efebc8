"""What follows for a worker when customers were right: nobody new until somebody has talked to them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select as columns
from sqlmodel import Session, col

from core import coaching
from core.coaching import Coaching
from core.complaints.tables import Cause, Complaint, Severity
from core.matching import Assignment

if TYPE_CHECKING:
    from core.company import Company

THEIRS = frozenset({Cause.SKILL, Cause.CONDUCT})
"""Causes that a talk with the worker can mend; the rest is for the company to mend."""
ENOUGH = frozenset({Severity.S1, Severity.S2})
"""One of these is enough."""


def consequences(session: Session, company: "Company", complaint: Complaint, now: datetime) -> list[Coaching]:
    """A complaint was resolved: the talks with workers that become due because of it.

    That is so when the customer was right, it was for the worker to do better, and it was bad, or not the
    first in so many days. Those of before the last talk with a worker are settled by it.
    """
    if not complaint.upheld or complaint.cause not in THEIRS or complaint.visit_id is None:
        return []
    attended = columns(col(Assignment.worker_id)).where(
        col(Assignment.visit_id) == complaint.visit_id, col(Assignment.released_at).is_(None)
    )
    begun = [
        coaching.start(session, worker_id, coaching.Reason.COMPLAINTS, now)
        for (worker_id,) in session.execute(attended.order_by(col(Assignment.worker_id))).all()
        if is_enough(session, company, worker_id, now)
    ]
    return [one for one in begun if one is not None]


def is_enough(session: Session, company: "Company", worker_id: int, now: datetime) -> bool:
    """Whether the complaints about a worker that were justified lately ask for a talk."""
    rules, opened = company.complaints, col(Complaint.opened_at)
    talked = coaching.last_done(session, worker_id)
    lately = columns(col(Complaint.visit_id), col(Complaint.severity), col(Complaint.resolved_at)).where(
        opened >= now - timedelta(days=rules.upheld_days),
        opened <= now,
        col(Complaint.upheld).is_(True),
        col(Complaint.cause).in_(THEIRS),
    )
    found = [
        (visit_id, severity)
        for visit_id, severity, resolved_at in session.execute(lately)
        if talked is None or resolved_at is None or resolved_at > talked
    ]
    # By the visits and not by a join: a database may rather go through all that a worker ever attended.
    at = columns(col(Assignment.visit_id)).where(
        col(Assignment.visit_id).in_({visit_id for visit_id, _ in found}),
        col(Assignment.worker_id) == worker_id,
        col(Assignment.released_at).is_(None),
    )
    attended = {visit_id for (visit_id,) in session.execute(at)}
    theirs = [severity for visit_id, severity in found if visit_id in attended]
    return bool(ENOUGH & set(theirs)) or theirs.count(Severity.S3) >= rules.upheld_times
