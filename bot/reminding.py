"""Which reminders a visit gets, and that it gets none any more once it will not take place."""

from datetime import timedelta

from bot import watching
from bot.flow import Turn
from core import reminders
from core.visits import Visit

VISIT_NEAR = "visit-near"
BEFORE = {
    "day": (timedelta(hours=24), timedelta(hours=26)),
    "hours": (timedelta(hours=2), timedelta(hours=3)),
}
"""How long before a visit each reminder is due, and how far off the visit must be for it to be worth
saying."""


def plan(turn: Turn, visit: Visit) -> None:
    """Remind of a visit the day before it, and two hours before, only where that is still to come; and look
    after those who are to attend it."""
    for name, (before, least) in BEFORE.items():
        key = f"{VISIT_NEAR}:{visit.reference}:{name}"
        if visit.starts_at - turn.now > least:
            due_at = visit.starts_at - before
            reminders.schedule(
                turn.session, VISIT_NEAR, visit.reference, due_at, dedupe_key=key, payload={"said": name}
            )
        else:
            reminders.cancel(turn.session, key)
    watching.plan(turn, visit)


def hush(turn: Turn, visit: Visit) -> None:
    """Something else will be said shortly before the visit; `plan` takes this back."""
    reminders.cancel(turn.session, f"{VISIT_NEAR}:{visit.reference}:hours")


def drop(turn: Turn, visit: Visit) -> None:
    """Nothing more is to be said about a visit that will not take place."""
    reminders.cancel_subject(turn.session, VISIT_NEAR, visit.reference)
    watching.drop(turn, visit)
