"""Points that staff give or take: with a reason that the customer reads, and above a limit by two people."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import text, update
from sqlmodel import Session, col, select

from core.errors import DomainError
from core.members import points
from core.members.tables import Adjustment
from core.staff import Rank, StaffMember

if TYPE_CHECKING:
    from core.company import Company

ABOVE = (Rank.LEAD, Rank.MANAGER)
"""Who looks at what somebody else asks for."""


class AdjustmentSettled(DomainError):
    """Somebody decided about it before."""

    key = "adjustment-settled"


class NotTheSame(DomainError):
    """Whoever asked for it may not say yes to it too."""

    key = "adjustment-same"


class NotYourRank(DomainError):
    """Only leads and managers may say yes to it."""

    key = "adjustment-rank"


def ask(
    session: Session,
    company: "Company",
    customer_id: int,
    count: int,
    *,
    reason: str,
    staff_id: int,
    now: datetime,
) -> Adjustment:
    """A member of staff gives a customer so many points, or takes some (below 0), and says why.

    Done at once up to the limit; above it a second person must say yes. Raises NotEnoughPoints.
    """
    made = Adjustment(customer_id=customer_id, points=count, reason=reason, asked_by=staff_id, asked_at=now)
    session.add(made)
    session.flush()
    if abs(count) <= company.members.adjust_alone:
        made.approved, made.decided_at = True, now
        _book(session, company, made, now)
    return made


def decide(
    session: Session, company: "Company", adjustment_id: int, *, staff_id: int, yes: bool, now: datetime
) -> Adjustment:
    """A second person, lead or above, says yes or no; of two at once one is heard.

    Raises NotTheSame, NotYourRank, AdjustmentSettled, and NotEnoughPoints where they were spent meanwhile.
    """
    found = find(session, adjustment_id)
    if found.asked_by == staff_id:
        raise NotTheSame
    if session.get_one(StaffMember, staff_id).role not in ABOVE:
        raise NotYourRank
    # The condition stands in the statement itself, so that of two people at once one wins.
    open_one = (col(Adjustment.id) == found.id, col(Adjustment.decided_at).is_(None))
    values = {"approved": yes, "decided_by": staff_id, "decided_at": now}
    moved = session.exec(update(Adjustment).where(*open_one).values(values)).rowcount
    session.refresh(found)
    if not moved:
        raise AdjustmentSettled(approved="yes" if found.approved else "no")
    if yes:
        _book(session, company, found, now)
    return found


def find(session: Session, adjustment_id: int) -> Adjustment:
    """The adjustment of that number. Raises AdjustmentSettled for none."""
    found = session.get(Adjustment, adjustment_id)
    if found is None:
        raise AdjustmentSettled(approved="no")
    return found


def waiting(session: Session, limit: int) -> list[Adjustment]:
    """Those that wait for a second person, the oldest first."""
    query = select(Adjustment).where(text("decided_at IS NULL")).order_by(col(Adjustment.asked_at))
    return list(session.exec(query.limit(limit)))


def may_decide(session: Session, company: "Company", asked_by: int) -> list[StaffMember]:
    """Who may say yes to what somebody asked for."""
    query = select(StaffMember).where(
        col(StaffMember.active), col(StaffMember.role).in_(ABOVE), col(StaffMember.id) != asked_by
    )
    return list(session.exec(query.order_by(col(StaffMember.id))))


def _book(session: Session, company: "Company", made: Adjustment, now: datetime) -> None:
    points.adjust(
        session,
        company,
        made.customer_id,
        made.points,
        note=made.reason,
        subject=f"adjustment:{made.id}",
        now=now,
    )
