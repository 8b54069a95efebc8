"""What follows a finished visit: its worker is asked how it was, and hears of the week on Sunday."""

from datetime import datetime, timedelta

from sqlmodel import Session

from core import earnings, quiet, reminders, visits
from core.company import Company
from core.visits import Visit

OBSERVED, WEEKLY = "visit-observed", "weekly"
"""The kinds of reminders this makes."""
ASK, EXPIRE = "ask", "expire"


def plan(session: Session, company: Company, visit: Visit, now: datetime) -> None:
    """Plan what follows a visit that has just been finished. Doing it twice changes nothing."""
    rules = company.policies
    asked = now + timedelta(minutes=rules.observe_minutes)
    dropped = now + timedelta(days=rules.observation_days)
    for what, at in ((ASK, quiet.until(company, asked) or asked), (EXPIRE, dropped)):
        reminders.schedule(
            session,
            OBSERVED,
            visit.reference,
            at,
            dedupe_key=f"{OBSERVED}:{visit.reference}:{what}",
            payload={"say": what},
        )
    end = earnings.ends_at(company, now)
    year, week, _ = end.isocalendar()
    for _, worker in visits.crew(session, visit):
        key = f"{WEEKLY}:{worker.id}:{year}-W{week:02}"
        reminders.schedule(session, WEEKLY, str(worker.id), end, dedupe_key=key)
