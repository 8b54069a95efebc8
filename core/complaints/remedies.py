"""What customers are offered to make it good: within whose authority, chosen once, and done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import update
from sqlmodel import Session, col, select

from core import compensations, matching, rewards, visits
from core.complaints import clocks, finding, handling, history, owners
from core.complaints.tables import (
    UNSETTLED,
    BeyondAuthority,
    Complaint,
    ComplaintMoved,
    Remedy,
    RemedyKind,
    RemedyStatus,
    Rung,
    Status,
)
from core.errors import DomainError
from core.members import earning
from core.staff import Rank, StaffMember
from core.visits import Visit
from core.workers import Worker

if TYPE_CHECKING:
    from core.company import Company

MOST_OFFERED = 5
"""So many may be chosen from; more is hard to read on a telephone."""
PAID: Mapping[RemedyKind, Literal["refund", "coupon", "points"]] = {
    RemedyKind.REFUND: "refund",
    RemedyKind.COUPON: "coupon",
    RemedyKind.POINTS: "points",
}
"""The remedies that have an amount, by what they are called where it is owed."""
RUNG_OF: Mapping[Rank, Rung] = {Rank.CLERK: Rung.DESK, Rank.LEAD: Rung.LEAD, Rank.MANAGER: Rung.MANAGER}
"""How far up the ladder each rank decides."""
_STILL_THERE = (RemedyStatus.DRAFTED, RemedyStatus.OFFERED)


class RemedyGone(DomainError):
    """It is not on offer any more: somebody chose, refused or took it back; `status` says which."""

    key = "remedy-gone"


class TooManyOffers(DomainError):
    """As many remedies are on offer or wait for a yes as a customer may choose from: `most`."""

    key = "remedy-too-many"


class RemedyUnfit(DomainError):
    """That cannot be offered here: no amount, or nothing to do again and nobody to replace."""

    key = "remedy-unfit"


def of(session: Session, complaint: Complaint) -> list[Remedy]:
    """Every remedy there ever was for it, in the order they were proposed."""
    every = select(Remedy).where(Remedy.complaint_id == complaint.id)
    return list(session.exec(every.order_by(col(Remedy.id))))


def offered(session: Session, complaint: Complaint) -> list[Remedy]:
    """What the customer may choose from now."""
    return [one for one in of(session, complaint) if one.status is RemedyStatus.OFFERED]


def drafted(session: Session, complaint: Complaint) -> list[Remedy]:
    """What waits for somebody above whoever proposed it."""
    return [one for one in of(session, complaint) if one.status is RemedyStatus.DRAFTED]


def find(session: Session, remedy_id: int, complaint_id: int) -> Remedy:
    """The remedy of that id, of that complaint. Raises RemedyGone."""
    found = session.get(Remedy, remedy_id)
    if found is None or found.complaint_id != complaint_id:
        raise RemedyGone(status="none")
    return found


def authority(session: Session, staff_id: int) -> Rung:
    """How far up the ladder this member of staff may decide."""
    return RUNG_OF[session.get_one(StaffMember, staff_id).role]


def needs(company: "Company", kind: RemedyKind, amount: int, *, given: int = 0) -> Rung:
    """Whose authority it takes, where remedies worth `given` fen were chosen for it before."""
    rules = company.complaints
    if kind is RemedyKind.POINTS and amount > rules.desk_points and not rules.desk_points:
        return Rung.OWNER
    total = worth(company, kind, amount) + (given if kind in PAID else 0)
    limits = (
        (Rung.DESK, rules.desk_most),
        (Rung.LEAD, rules.lead_most),
        (Rung.MANAGER, rules.manager_most),
    )
    return next((rung for rung, most in limits if total <= most), Rung.OWNER)


def worth(company: "Company", kind: RemedyKind, amount: int) -> int:
    """What a remedy costs us in fen, as far as it has an amount.

    The points that the desk may give are worth the money that it may give.
    """
    rules = company.complaints
    if kind is RemedyKind.POINTS:
        return -(-amount * rules.desk_most // rules.desk_points) if rules.desk_points else 0
    return amount if kind in PAID else 0


def fitting(session: Session, company: "Company", complaint: Complaint) -> list[RemedyKind]:
    """What can be offered for this complaint: nothing is done again that was not a visit with windows."""
    visit = session.get(Visit, complaint.visit_id) if complaint.visit_id else None
    may_redo = visit is not None and not company.service(visit.service_code).by_request
    may_replace = visit is not None and bool(visits.crew(session, visit))
    without = {RemedyKind.REDO} if not may_redo else set()
    without |= {RemedyKind.REPLACE} if not may_replace else set()
    return [kind for kind in RemedyKind if kind not in without]


def propose(
    session: Session,
    company: "Company",
    complaint: Complaint,
    staff_id: int,
    *,
    kind: RemedyKind,
    amount: int = 0,
    now: datetime,
) -> Remedy:
    """Put a remedy on offer; what is more than this member of staff may promise waits as a draft.

    The same again while it stands is the same one. Raises NotYours, ComplaintMoved, RemedyUnfit and
    TooManyOffers.
    """
    handling.working_on(session, company, complaint, staff_id, now)
    standing = [one for one in of(session, complaint) if one.status in _STILL_THERE]
    if (amount > 0) is not (kind in PAID) or kind not in fitting(session, company, complaint):
        raise RemedyUnfit
    for one in standing:
        if (one.kind, one.amount) == (kind, amount):
            return one
    if len(standing) >= MOST_OFFERED:
        raise TooManyOffers(most=MOST_OFFERED)
    rung = needs(company, kind, amount, given=_given(session, company, complaint))
    within = _reaches(authority(session, staff_id), rung)
    made = Remedy(
        complaint_id=complaint.id or 0,
        kind=kind,
        amount=amount,
        status=RemedyStatus.OFFERED if within else RemedyStatus.DRAFTED,
        proposed_by=staff_id,
        proposed_at=now,
        needs=rung,
    )
    session.add(made)
    session.flush()
    _write(session, complaint, "proposed" if within else "drafted", made, now, staff_id=staff_id)
    return made


def approve(
    session: Session,
    company: "Company",
    complaint: Complaint,
    remedy: Remedy,
    staff_id: int,
    *,
    on_word_of: str = "",
    now: datetime,
) -> Remedy:
    """Somebody with the authority for it says yes to a draft: the customer may be offered it.

    What takes the company's owner needs a manager who writes down on whose word (`on_word_of`). Raises
    BeyondAuthority, NotYours, ComplaintMoved, and RemedyGone when somebody decided before.
    """
    handling.working_on(session, company, complaint, staff_id, now, takes_up=False)
    theirs = authority(session, staff_id)
    if not may_approve(theirs, remedy) or (remedy.needs is Rung.OWNER and not on_word_of):
        raise BeyondAuthority(rung=remedy.needs.value)
    _move(session, remedy, RemedyStatus.DRAFTED, RemedyStatus.OFFERED, approved_by=staff_id)
    _write(session, complaint, "approved", remedy, now, staff_id=staff_id, words=on_word_of)
    return remedy


def may_approve(theirs: Rung, remedy: Remedy) -> bool:
    """Whether somebody on that rung may say yes to a draft; managers also on the word of the owner."""
    return _reaches(theirs, remedy.needs) or (remedy.needs is Rung.OWNER and theirs is Rung.MANAGER)


def withdraw(
    session: Session,
    company: "Company",
    complaint: Complaint,
    remedy: Remedy,
    staff_id: int,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Staff say no to a draft, or take back an offer that nobody chose. Raises RemedyGone and NotYours."""
    handling.working_on(session, company, complaint, staff_id, now, takes_up=False)
    before = remedy.status if remedy.status in _STILL_THERE else RemedyStatus.DRAFTED
    _move(session, remedy, before, RemedyStatus.WITHDRAWN)
    _write(session, complaint, "withdrawn", remedy, now, staff_id=staff_id, words=reason)


def put(
    session: Session, company: "Company", complaint: Complaint, staff_id: int, now: datetime
) -> Sequence[Remedy]:
    """The customer is asked to choose from what is on offer; until they do, it waits for them.

    Being told what would be done, they have heard a person and a plan. Raises RemedyGone where nothing is
    on offer, NotYours and ComplaintMoved.
    """
    handling.working_on(session, company, complaint, staff_id, now)
    found = offered(session, complaint)
    if not found:
        raise RemedyGone(status="none")
    handling.answered(complaint, now)
    complaint.plan_at = complaint.plan_at or now
    detail = {"remedies": [{"kind": one.kind.value, "amount": one.amount} for one in found]}
    history.add(
        session,
        complaint,
        "offered",
        actor="staff",
        staff_id=staff_id,
        detail=detail,
        for_customer=True,
        now=now,
    )
    if complaint.status is Status.OPEN:
        clocks.wait(session, company, complaint, now)
    clocks.wake(session, company, complaint)
    return found


def choose(
    session: Session, company: "Company", complaint: Complaint, remedy_id: int, now: datetime
) -> Remedy:
    """The customer takes one of the offers: it is done or owed, once, and the others are off.

    The same again changes nothing. Raises RemedyGone once it is off, and ComplaintMoved when the complaint
    is settled.
    """
    finding.latest(session, complaint)
    remedy = find(session, remedy_id, complaint.id or 0)
    session.refresh(remedy, with_for_update=True)
    if remedy.status is RemedyStatus.CHOSEN:
        return remedy
    if complaint.status not in UNSETTLED:
        raise ComplaintMoved(status=complaint.status.value)
    _move(session, remedy, RemedyStatus.OFFERED, RemedyStatus.CHOSEN, chosen_at=now)
    for other in offered(session, complaint):
        _move(session, other, RemedyStatus.OFFERED, RemedyStatus.REFUSED)
    _pay(session, company, complaint, remedy, now)
    if remedy.kind is RemedyKind.REPLACE:
        for worker in replaced(session, complaint):
            matching.block(session, complaint.customer_id, worker.id or 0)
    _write(session, complaint, "chosen", remedy, now, actor="customer", for_customer=True)
    clocks.resume(session, company, complaint, now)
    return remedy


def refuse(session: Session, company: "Company", complaint: Complaint, words: str, now: datetime) -> None:
    """The customer wants none of the offers, and says why. Raises RemedyGone where there are none."""
    finding.latest(session, complaint)
    found = offered(session, complaint)
    if not found:
        raise RemedyGone(status="none")
    for one in found:
        _move(session, one, RemedyStatus.OFFERED, RemedyStatus.REFUSED)
    complaint.words = "\n".join(filter(None, (complaint.words, words)))
    history.add(session, complaint, "refused", actor="customer", words=words, for_customer=True, now=now)
    clocks.resume(session, company, complaint, now)


def replaced(session: Session, complaint: Complaint) -> list[Worker]:
    """Who does not come to this customer any more: everybody who attended the visit it is about."""
    visit = session.get(Visit, complaint.visit_id) if complaint.visit_id else None
    return [worker for _, worker in visits.crew(session, visit)] if visit else []


def _given(session: Session, company: "Company", complaint: Complaint) -> int:
    chosen = (one for one in of(session, complaint) if one.status is RemedyStatus.CHOSEN)
    return sum(worth(company, one.kind, one.amount) for one in chosen)


def _reaches(theirs: Rung, needed: Rung) -> bool:
    return not owners.is_below(theirs, needed)


def _pay(session: Session, company: "Company", complaint: Complaint, remedy: Remedy, now: datetime) -> None:
    if (kind := PAID.get(remedy.kind)) is not None:
        compensations.grant_chosen(
            session,
            complaint.customer_id,
            remedy.id or 0,
            kind,
            remedy.amount,
            visit_id=complaint.visit_id,
            now=now,
        )
    if remedy.kind is RemedyKind.REFUND and complaint.visit_id:
        visit = session.get_one(Visit, complaint.visit_id)
        rewards.refunded(session, company, complaint.visit_id, now)  # locks two customers, so it comes first
        earning.refunded(session, visit, remedy.amount, now)


def _move(
    session: Session, remedy: Remedy, before: RemedyStatus, after: RemedyStatus, **values: object
) -> None:
    # The condition stands in the statement itself, so that of two people at once one wins.
    here = (col(Remedy.id) == remedy.id, col(Remedy.status) == before)
    moved = session.exec(update(Remedy).where(*here).values(status=after, **values)).rowcount
    session.refresh(remedy)
    if not moved:
        raise RemedyGone(status=remedy.status.value)


def _write(
    session: Session,
    complaint: Complaint,
    what: str,
    remedy: Remedy,
    now: datetime,
    *,
    actor: str = "staff",
    staff_id: int | None = None,
    words: str = "",
    for_customer: bool = False,
) -> None:
    detail = {
        "remedy": remedy.id,
        "kind": remedy.kind.value,
        "amount": remedy.amount,
        "needs": remedy.needs.value,
    }
    history.add(
        session,
        complaint,
        what,
        actor=actor,
        staff_id=staff_id,
        words=words,
        detail=detail,
        for_customer=for_customer,
        now=now,
    )
