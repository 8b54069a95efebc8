"""Which reminders a visit gets, and that it gets none any more once it will not take place."""

from datetime import datetime, timedelta

from sqlmodel import Session

from core import reminders
from core.visits import Visit

VISIT_NEAR = "visit-near"
BEFORE = {
    "day": (timedelta(hours=24), timedelta(hours=26)),
    "hours": (timedelta(hours=2), timedelta(hours=3)),
}
"""How long before a visit each reminder is due, and how far off the visit must be for it to be worth
saying."""


def plan(session: Session, visit: Visit, now: datetime) -> None:
    """Remind of a visit the day before it, and two hours before; only where that is still to come."""
    for name, (before, least) in BEFORE.items():
        key = f"{VISIT_NEAR}:{visit.reference}:{name}"
        if visit.starts_at - now > least:
            due_at = visit.starts_at - before
            reminders.schedule(
                session, VISIT_NEAR, visit.reference, due_at, dedupe_key=key, payload={"said": name}
            )
        else:
            reminders.cancel(session, key)


def hush(session: Session, visit: Visit) -> None:
    """Something else will be said shortly before the visit; `plan` takes this back."""
    reminders.cancel(session, f"{VISIT_NEAR}:{visit.reference}:hours")


def drop(session: Session, visit: Visit) -> None:
    """Nothing more is to be said about a visit that will not take place."""
    reminders.cancel_subject(session, VISIT_NEAR, visit.reference)
