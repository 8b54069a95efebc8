"""How the workers of a visit saw it: asked of them before the customer hears a plan.

A worker is a witness: they learn that something is said of a visit, and of which kind, and nothing else.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import quiet, reminders, visits
from core.complaints import history
from core.complaints.tables import Complaint, Severity, Statement, Status, UnknownComplaint
from core.visits import Visit

if TYPE_CHECKING:
    from core.company import Company

KIND = "statement"
"""The kind of reminder about a statement: to ask for it, to ask again, and when it is due."""
ASK, AGAIN, DUE = "ask", "again", "due"
ASKED_OF = frozenset({Severity.S1, Severity.S2, Severity.S3})
"""A suggestion needs no witness."""
LEAST = timedelta(minutes=30)
"""A worker has so long at least, however soon the plan is due."""


def ask_everybody(session: Session, company: "Company", complaint: Complaint, now: datetime) -> None:
    """Ask everybody who attended the visit that a complaint is about, if that is bad enough to be asked."""
    if complaint.visit_id is None or complaint.severity not in ASKED_OF:
        return
    visit = session.get_one(Visit, complaint.visit_id)
    for _, worker in visits.crew(session, visit):
        ask_statement(session, company, complaint, worker.id or 0, now)


def ask_statement(
    session: Session, company: "Company", complaint: Complaint, worker_id: int, now: datetime
) -> Statement:
    """Ask a worker how they saw it, in the morning if they sleep now; asked once, and reminded once.

    It is due before the customer hears a plan.
    """
    known = session.get(Statement, (complaint.id, worker_id))
    if known is not None:
        return known
    asked_at = quiet.until(company, now) or now
    whole = asked_at + timedelta(minutes=company.complaints.statement_minutes)
    due_at = max(min(whole, complaint.plan_by), asked_at + LEAST)
    made = Statement(complaint_id=complaint.id or 0, worker_id=worker_id, asked_at=asked_at, due_at=due_at)
    session.add(made)
    session.flush()
    for what, at in ((ASK, asked_at), (AGAIN, asked_at + (due_at - asked_at) / 2), (DUE, due_at)):
        subject = f"{complaint.id}:{worker_id}"
        key = f"{KIND}:{subject}:{what}"
        reminders.schedule(session, KIND, subject, at, dedupe_key=key, payload={"what": what})
    return made


def find(session: Session, complaint_id: int, worker_id: int) -> Statement:
    """What this worker was asked about that complaint. Raises UnknownComplaint where they were not."""
    found = session.get(Statement, (complaint_id, worker_id))
    if found is None:
        raise UnknownComplaint
    return found


def of(session: Session, complaint: Complaint) -> list[Statement]:
    """Everybody who was asked, and what they said; for staff."""
    every = select(Statement).where(Statement.complaint_id == complaint.id)
    return list(session.exec(every.order_by(col(Statement.worker_id))))


def owed_by(session: Session, worker_id: int) -> list[Statement]:
    """What a worker was asked and has not answered while it still matters, the most urgent first."""
    asked = (
        select(Statement)
        .join(Complaint, col(Complaint.id) == col(Statement.complaint_id))
        .where(Statement.worker_id == worker_id, col(Statement.given_at).is_(None))
        .where(Complaint.status != Status.CLOSED)
        .order_by(col(Statement.due_at))
    )
    return list(session.exec(asked))


def give_statement(
    session: Session,
    complaint_id: int,
    worker_id: int,
    words: str,
    *,
    media: Sequence[str] = (),
    now: datetime,
) -> Statement:
    """Keep what a worker says; more of it is added. Raises UnknownComplaint where they were not asked."""
    statement = find(session, complaint_id, worker_id)
    session.refresh(statement, with_for_update=True)
    statement.words = "\n".join(filter(None, (statement.words, words)))
    statement.media = [*statement.media, *media]
    statement.given_at = now
    session.add(statement)
    complaint = session.get_one(Complaint, complaint_id)
    detail = {"worker": worker_id, "media": list(media)}
    history.add(session, complaint, "stated", actor="worker", words=words, detail=detail, now=now)
    return statement
