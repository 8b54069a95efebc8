"""What follows a finished visit: both sides are asked how it was, and workers hear of their week."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import forewarning
from core import earnings, quiet, ratings, reminders, visits
from core.company import Company
from core.visits import Visit

OBSERVED, WEEKLY, RATING = "visit-observed", "weekly", "rating"
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
    forewarning.plan_after(session, company, visit, now)
    rated = ratings.told_at(company, now + timedelta(minutes=rules.rating_minutes))
    key = f"{RATING}:{visit.reference}:{ASK}"
    reminders.schedule(session, RATING, visit.reference, rated, dedupe_key=key, payload={"say": ASK})
    end = earnings.ends_at(company, now)
    year, week, _ = end.isocalendar()
    for _, worker in visits.crew(session, visit):
        key = f"{WEEKLY}:{worker.id}:{year}-W{week:02}"
        reminders.schedule(session, WEEKLY, str(worker.id), end, dedupe_key=key)
