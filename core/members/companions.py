"""Who of the staff looks after a member in person, where their tier has that."""

from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlmodel import Session, col, select

from core import staff
from core.members import tiers
from core.members.tables import Membership
from core.staff import StaffMember

if TYPE_CHECKING:
    from core.company import Company


def of(session: Session, company: "Company", customer_id: int) -> StaffMember | None:
    """Whoever looks after this customer, while they are on the staff; None where nobody does."""
    member = tiers.membership(session, customer_id)
    if member is None or member.manager_id is None or not company.members.of(member.tier).has_manager:
        return None
    found = session.get(StaffMember, member.manager_id)
    return found if found is not None and found.active else None


def name(session: Session, company: "Company", member: Membership) -> None:
    """Give a member somebody who looks after them, if their tier has that: whoever has the fewest so far."""
    if not company.members.of(member.tier).has_manager or of(session, company, member.customer_id):
        return
    counted = select(Membership.manager_id, func.count()).where(col(Membership.manager_id).is_not(None))
    burden = dict(session.exec(counted.group_by(col(Membership.manager_id))).all())
    people = sorted(staff.people(session), key=lambda one: (burden.get(one.id, 0), one.id or 0))
    if people:
        member.manager_id = people[0].id
        session.add(member)
        session.flush()


def replace(session: Session, company: "Company", staff_id: int) -> None:
    """Somebody left: each member they looked after has somebody else."""
    for member in session.exec(select(Membership).where(Membership.manager_id == staff_id)).all():
        member.manager_id = None
        session.add(member)
        session.flush()
        name(session, company, member)
