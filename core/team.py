"""Everybody who works for the company, found by name or number, and what becomes of those who leave."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import complaints, identities, invitations, staff, visits
from core.invitations import Invitation
from core.members import companions
from core.staff import StaffMember
from core.visits import Visit
from core.workers import Worker

if TYPE_CHECKING:
    from core.company import Company


def workers(session: Session) -> list[Worker]:
    """Every worker there ever was, in the order they came."""
    return list(session.exec(select(Worker).order_by(col(Worker.id))))


def members(session: Session) -> list[StaffMember]:
    """Every member of staff there ever was, in the order they came."""
    return list(session.exec(select(StaffMember).order_by(col(StaffMember.id))))


def workers_called(session: Session, name_or_number: str) -> list[Worker]:
    """The active workers of that name, or the one of that number; names may be shared."""
    said = name_or_number.strip()
    number = int(said) if said.isascii() and said.isdecimal() else None
    return [one for one in workers(session) if one.active and (one.id == number or one.name == said)]


def members_called(session: Session, name: str) -> list[StaffMember]:
    """The active members of staff of that name."""
    return [one for one in staff.on_duty(session) if one.name == name.strip()]


def dismiss_worker(session: Session, company: "Company", worker: Worker, now: datetime) -> list[Visit]:
    """This person attends no more: no account speaks for them, and no code lets one. Their visits ahead.

    Those stay as they are until staff send somebody else.
    """
    worker.active = False
    session.add(worker)
    worker_id = worker.id or 0
    invitations.end(session, col(Invitation.worker_id) == worker_id, now)
    identities.release_worker(session, worker_id, language=company.languages[0], now=now)
    last = now + timedelta(days=max(company.policies.horizon_days, company.policies.move_within_days) + 1)
    return [one for one in visits.of_worker(session, worker_id, now, last) if one.status in visits.AHEAD]


def dismiss_member(session: Session, company: "Company", member: StaffMember, now: datetime) -> None:
    """This person is told and shown nothing more, and no account speaks for them; others get their
    complaints, and the members they looked after."""
    staff.dismiss(session, member)
    invitations.end(session, col(Invitation.staff_id) == member.id, now)
    identities.release_staff(session, member.id or 0, language=company.languages[0], now=now)
    session.flush()
    complaints.leave(session, company, member.id or 0, "they left the staff", now)
    companions.replace(session, company, member.id or 0)
