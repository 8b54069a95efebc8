"""Which reminders a visit gets, and that it gets none any more once it will not take place."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import forewarning, watching
from bot.flow import Turn
from core import policies, quiet, reminders
from core.extras import Extra
from core.visits import Visit

VISIT_NEAR = "visit-near"
VISIT_ENDING = "visit-ending"
"""Soon over: the customer comes to look at the work."""
VISIT_OVERDUE = "visit-overdue"
"""Should be over, and nobody said that it is."""
VISIT_UNCHECKED = "visit-unchecked"
"""The customer had long enough to look."""
EXTRA_EXPIRES = "extra-expires"
NO_ACCESS = "visit-no-access"
"""The worker has waited long enough before a closed door."""
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
            due_at = quiet.told_at(turn.company, visit.starts_at - before)
            reminders.schedule(
                turn.session, VISIT_NEAR, visit.reference, due_at, dedupe_key=key, payload={"said": name}
            )
        else:
            reminders.cancel(turn.session, key)
            if name == "day" and visit.starts_at > turn.now:
                forewarning.before(turn, visit)
    watching.plan(turn, visit)
    plan_end(turn.session, visit)


def hush(turn: Turn, visit: Visit) -> None:
    """Something else will be said shortly before the visit; `plan` takes this back."""
    reminders.cancel(turn.session, f"{VISIT_NEAR}:{visit.reference}:hours")


def plan_end(session: Session, visit: Visit) -> None:
    """Ask the customer to come before the end; said once, whenever the end is."""
    ending = timedelta(minutes=policies.as_of(session, visit.policy_version).ending_minutes)
    key = f"{VISIT_ENDING}:{visit.reference}"
    reminders.schedule(session, VISIT_ENDING, visit.reference, visit.ends_at - ending, dedupe_key=key)


def plan_overdue(session: Session, visit: Visit, *, staff: bool = False) -> None:
    """Look after the end whether the visit was finished: first the worker is asked, later `staff` are."""
    wait = timedelta(minutes=policies.as_of(session, visit.policy_version).overdue_minutes)
    who, due_at = ("staff", visit.ends_at + 2 * wait) if staff else ("worker", visit.ends_at + wait)
    payload = {"asked": who, "ends_at": visit.ends_at.isoformat()}
    key = f"{VISIT_OVERDUE}:{visit.reference}:{who}:{visit.ends_at:%Y%m%d%H%M}"
    reminders.schedule(session, VISIT_OVERDUE, visit.reference, due_at, dedupe_key=key, payload=payload)


def plan_unchecked(session: Session, visit: Visit, now: datetime) -> None:
    """Wait for the customer's judgement no longer than the rules say."""
    hours = timedelta(hours=policies.as_of(session, visit.policy_version).acceptance_hours)
    key = f"{VISIT_UNCHECKED}:{visit.reference}:{now:%Y%m%d%H%M%S}"
    reminders.schedule(session, VISIT_UNCHECKED, visit.reference, now + hours, dedupe_key=key)


def plan_no_access(session: Session, visit: Visit, due_at: datetime) -> None:
    """Tell the worker when they have waited long enough."""
    key = f"{NO_ACCESS}:{visit.reference}"
    reminders.schedule(session, NO_ACCESS, visit.reference, due_at, dedupe_key=key)


def plan_extra(session: Session, extra: Extra) -> None:
    """Tell the worker when nobody answered a proposal in time."""
    key = f"{EXTRA_EXPIRES}:{extra.id}"
    reminders.schedule(session, EXTRA_EXPIRES, str(extra.id), extra.expires_at, dedupe_key=key)


def drop(turn: Turn, visit: Visit) -> None:
    """Nothing more is to be said about a visit that will not take place, or is over."""
    for kind in (VISIT_NEAR, VISIT_ENDING, VISIT_OVERDUE, NO_ACCESS):
        reminders.cancel_subject(turn.session, kind, visit.reference)
    watching.drop(turn, visit)
