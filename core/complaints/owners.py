"""Who gets a complaint: by rung, on duty, least burdened; never who was at the visit themselves."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from core import duties, staff
from core.complaints.tables import UNSETTLED, Complaint, NotYours, Rung, TakenByOther
from core.identities import Identity
from core.matching import Assignment
from core.staff import Rank, StaffMember
from core.workers import Worker

if TYPE_CHECKING:
    from core.company import Company

RUNGS = tuple(Rung)
_OF_RANK = {Rank.CLERK: Rung.DESK, Rank.LEAD: Rung.LEAD, Rank.MANAGER: Rung.MANAGER}


class Chosen(NamedTuple):
    """Whom a complaint goes to: nobody of ours where only the company's owner is left. Why, for staff."""

    rung: Rung
    member: StaffMember | None
    reason: str


def rung_of(member: StaffMember) -> Rung:
    """How far up somebody stands."""
    return _OF_RANK[member.role]


def is_below(one: Rung, other: Rung) -> bool:
    """Whether a rung is lower than another."""
    return RUNGS.index(one) < RUNGS.index(other)


def highest(one: Rung, other: Rung) -> Rung:
    """The higher of two rungs."""
    return other if is_below(one, other) else one


def choose(
    session: Session,
    company: "Company",
    rung: Rung,
    visit_id: int | None,
    now: datetime,
    *,
    besides: Collection[int] = (),
    named: StaffMember | None = None,
) -> Chosen:
    """Somebody of that rung who was not at the visit, none of `besides`; nobody there: of the next rung.

    Who is on duty comes before who is not, and among these who has the fewest complaints to see to, and
    waited longest for a new one. Whoever can be written to nowhere is passed over, and the reason says so.

    `named` looks after the customer in person: it goes to them, unless that is below the rung. While they are
    not on duty somebody of their rung who is stands in for them.
    """
    standings = duties.standings(session, company, now)
    if named is not None and not is_below(rung_of(named), rung):
        rung = rung_of(named)
    reached = duties.reachable(session)
    not_theirs = witnesses(session, visit_id)
    why = []
    for one in RUNGS[RUNGS.index(rung) : -1]:
        of_rung = [each for each in standings if rung_of(each.member) is one]
        free = [each for each in of_rung if each.member.id not in not_theirs | {*besides}]
        here = [each for each in free if each.member.id in reached]
        on_duty = [each.member for each in here if each.on_duty]
        if here:
            those = on_duty or [each.member for each in here]
            why.append("on duty" if on_duty else f"nobody of {one.value} is on duty")
            if named in those:
                return Chosen(one, named, "; ".join([*why, "looks after the customer"]))
            if named is not None:
                why.append(f"stands in for {named.name}")
            member = _least_burdened(session, those)
            return Chosen(one, member, "; ".join(why))
        why.append(_nobody(one, len(of_rung), len(free)))
    return Chosen(Rung.OWNER, None, "; ".join(why) or "above every manager")


def _nobody(rung: Rung, employed: int, free: int) -> str:
    if not employed:
        return f"there is nobody of {rung.value}"
    return f"nobody of {rung.value} can be written to" if free else f"everybody of {rung.value} was asked"


def _least_burdened(session: Session, members: Collection[StaffMember]) -> StaffMember:
    ids = [one.id for one in members]
    unclosed = text("status <> 'closed'")  # a literal, so that the partial index serves it
    rows = session.exec(
        select(Complaint.owner_id, Complaint.status, func.count(), func.max(Complaint.asked_at))
        .where(col(Complaint.owner_id).in_(ids), unclosed)
        .group_by(col(Complaint.owner_id), col(Complaint.status))
    )
    burden: dict[int, tuple[int, float]] = {}
    for owner_id, status, count, asked_at in rows:
        had, last = burden.get(owner_id or 0, (0, 0.0))
        burden[owner_id or 0] = (had + count * (status in UNSETTLED), max(last, asked_at.timestamp()))
    return min(members, key=lambda one: (*burden.get(one.id or 0, (0, 0.0)), one.id))


def witnesses(session: Session, visit_id: int | None) -> frozenset[int]:
    """The members of staff who worked at this visit: by an account that is both, or by their name."""
    if visit_id is None:
        return frozenset()
    crew = session.exec(
        select(Worker)
        .join(Assignment, col(Assignment.worker_id) == col(Worker.id))
        .where(Assignment.visit_id == visit_id)
    ).all()
    if not crew:
        return frozenset()
    ids = [one.id for one in crew]
    accounts = select(Identity.staff_id).where(
        col(Identity.worker_id).in_(ids), col(Identity.staff_id).is_not(None)
    )
    both = {one for one in session.exec(accounts) if one is not None}
    names = {one.name for one in crew}
    return frozenset(both | {one.id or 0 for one in staff.on_duty(session) if one.name in names})


def refuse_lower(session: Session, complaint: Complaint, staff_id: int) -> None:
    """Raises TakenByOther where it is with somebody who stands above this member of staff."""
    owner = session.get(StaffMember, complaint.owner_id) if complaint.owner_id else None
    if owner is not None and is_below(rung_of(session.get_one(StaffMember, staff_id)), rung_of(owner)):
        raise TakenByOther(name=owner.name)


def refuse_witness(session: Session, complaint: Complaint, staff_id: int) -> None:
    """Raises NotYours where this member of staff worked at the visit that the complaint is about."""
    if staff_id in witnesses(session, complaint.visit_id):
        raise NotYours
