"""What the company owes the customer of a visit that is late."""

from datetime import datetime, timedelta

from sqlmodel import Session

from core import compensations, visits
from core.attendance.noting import note, rules_of
from core.attendance.tables import EXPECTED
from core.policies import Policies
from core.visits import Visit
from core.visits.life import latest, worth

LATE, KEPT = "late", "kept"
"""Why something is owed for a late visit."""


def keep(session: Session, visit: Visit, *, actor: str, now: datetime) -> bool:
    """The customer keeps a visit that is very late, for less. False if that is so already.

    Raises MoveNotAllowed while it is not that late, and when somebody has arrived.
    """
    latest(session, visit)
    rules = rules_of(session, visit)
    very_late = visit.starts_at + timedelta(minutes=rules.very_late_worker_minutes)
    if visit.status not in EXPECTED or now < very_late:
        raise visits.MoveNotAllowed(status=visit.status.value, wanted="kept")
    made = _discount(session, visit, rules, now)
    if made:
        note(session, visit, "kept", actor, now, {"percent": rules.kept_percent}, "very late, and kept")
    return made


def owe(session: Session, visit: Visit, late: int, now: datetime) -> None:
    """Grant what is owed for so many minutes; a very late visit that took place all the same was kept."""
    rules, id = rules_of(session, visit), visit.id or 0
    if late > rules.late_worker_minutes:
        owed = rules.late_points
        compensations.grant(session, visit.customer_id, id, "points", owed, reason=LATE, now=now)
        reason = f"{late} minutes late: {owed} points"
        note(session, visit, "late", "bot", now, {"minutes": late, "points": owed}, reason)
    if late >= rules.very_late_worker_minutes:
        _discount(session, visit, rules, now)


def _discount(session: Session, visit: Visit, rules: Policies, now: datetime) -> bool:
    owed = compensations.of_visit(session, visit.id or 0)
    if any(one.reason == KEPT for one in owed):
        return False
    off, to = worth(visit) * rules.kept_percent // 100, (visit.customer_id, visit.id or 0)
    less = min(off, visit.total)
    if less:
        compensations.grant(session, *to, "discount", less, reason=KEPT, now=now)
    if off > less:  # it was paid ahead by a package
        compensations.grant(session, *to, "refund", off - less, reason=KEPT, now=now)
    return True
