"""Lines of the story, and the rules a visit was placed under."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from core import policies, timeline
from core.visits import Visit


def rules_of(session: Session, visit: Visit) -> policies.Policies:
    """The rules the visit was placed under."""
    return policies.as_of(session, visit.policy_version)


def note(
    session: Session,
    visit: Visit,
    what: str,
    actor: str,
    now: datetime,
    detail: Mapping[str, object],
    reason: str,
    *,
    for_customer: bool = True,
) -> None:
    """Write a line of the visit's story for the worker and mostly the customer; the reason is for staff."""
    timeline.add(
        session,
        visit.id or 0,
        what,
        actor=actor,
        now=now,
        detail=detail,
        for_customer=for_customer,
        reason=reason,
    )
