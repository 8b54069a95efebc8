"""Working on a complaint: what is noted, said and heard, what will be done, and how it ends.

Every step is written down with whoever did it, and leaves the complaint with an owner and a next moment.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import Session, col

from core.complaints import clocks, evidence, finding, history, ladder, opening, owners
from core.complaints.tables import (
    UNSETTLED,
    Cause,
    Complaint,
    ComplaintMoved,
    Remedy,
    RemedyStatus,
    Source,
    Status,
    Step,
)
from core.staff import StaffMember
from core.visits import Visit

if TYPE_CHECKING:
    from core.company import Company


def working_on(
    session: Session,
    company: "Company",
    complaint: Complaint,
    staff_id: int,
    now: datetime,
    *,
    takes_up: bool = True,
) -> None:
    """Lock a complaint for a member of staff who is about to do something about it.

    Its owner has said with that that they have it. Raises NotYours for a witness, and ComplaintMoved once
    it is resolved or closed.
    """
    finding.latest(session, complaint)
    owners.refuse_witness(session, complaint, staff_id)
    if complaint.status not in UNSETTLED:
        raise ComplaintMoved(status=complaint.status.value)
    if takes_up and complaint.owner_id == staff_id and complaint.acknowledged_at is None:
        ladder.acknowledge(session, company, complaint, staff_id, now)


def note(session: Session, complaint: Complaint, staff_id: int, words: str, now: datetime) -> Step:
    """Write something down for the staff alone: there is no way from here to the customer.

    Also for a complaint that is closed. Raises NotYours.
    """
    owners.refuse_witness(session, complaint, staff_id)
    return history.add(
        session, complaint, history.NOTE, actor="staff", staff_id=staff_id, words=words, now=now
    )


def said_to_customer(
    session: Session, company: "Company", complaint: Complaint, staff_id: int, words: str, now: datetime
) -> Step:
    """A member of staff writes to the customer: with that a person has answered.

    Saying something once more about a complaint that is settled changes nothing about that. Raises NotYours.
    """
    finding.latest(session, complaint)
    owners.refuse_witness(session, complaint, staff_id)
    if complaint.status in UNSETTLED:
        working_on(session, company, complaint, staff_id, now)
        answered(complaint, now)
    said = history.add(
        session,
        complaint,
        "said",
        actor="staff",
        staff_id=staff_id,
        words=words,
        for_customer=True,
        now=now,
    )
    clocks.wake(session, company, complaint)
    return said


def answered(complaint: Complaint, now: datetime) -> None:
    """A person has answered the customer, at the latest now."""
    complaint.human_at = complaint.human_at or now


def plan(
    session: Session,
    company: "Company",
    complaint: Complaint,
    staff_id: int,
    words: str,
    *,
    until: datetime,
    now: datetime,
) -> Step:
    """The customer is told what will be done, and until when. Another plan may follow.

    Raises NotYours and ComplaintMoved.
    """
    working_on(session, company, complaint, staff_id, now)
    answered(complaint, now)
    complaint.plan_at = complaint.plan_at or now
    told = history.add(
        session,
        complaint,
        "planned",
        actor="staff",
        staff_id=staff_id,
        words=words,
        detail={"until": until.isoformat()},
        for_customer=True,
        now=now,
    )
    clocks.wake(session, company, complaint)
    return told


def ask_customer(
    session: Session, company: "Company", complaint: Complaint, staff_id: int, now: datetime
) -> None:
    """Nothing goes on before the customer says something: only the resolution waits for that.

    Raises NotYours and ComplaintMoved.
    """
    working_on(session, company, complaint, staff_id, now)
    clocks.wait(session, company, complaint, now)


def heard_from_customer(
    session: Session,
    company: "Company",
    complaint: Complaint,
    words: str,
    *,
    media: Sequence[str] = (),
    now: datetime,
) -> Complaint:
    """The customer says more about it; the complaint that it belongs to now.

    One that waited for them goes on. One that we thought resolved is not, and one closed lately is opened
    again; later it is a new one that continues it.
    """
    finding.latest(session, complaint)
    if complaint.status is Status.CLOSED and not may_reopen(company, complaint, now):
        return _continue(session, company, complaint, words, media, now)
    _add_words(session, complaint, words, media, now)
    evidence.keep(session, company, complaint, media, now)
    match complaint.status:
        case Status.WAITING:
            clocks.resume(session, company, complaint, now)
        case Status.RESOLVED:
            _reopen(session, company, complaint, higher=True, now=now)
        case Status.CLOSED:
            _reopen(session, company, complaint, higher=False, now=now)
        case _:
            clocks.wake(session, company, complaint)
    return complaint


def resolve(
    session: Session,
    company: "Company",
    complaint: Complaint,
    staff_id: int,
    *,
    cause: Cause,
    upheld: bool,
    outcome: str,
    now: datetime,
) -> None:
    """It is done, as we see it: why it came to it, whether the customer was right, and what they are told.

    Offers that nobody chose are off. Raises NotYours and ComplaintMoved.
    """
    working_on(session, company, complaint, staff_id, now)
    _take_offers_back(session, complaint)
    if complaint.status is Status.WAITING:
        clocks.resume(session, company, complaint, now)
    answered(complaint, now)
    complaint.plan_at = complaint.plan_at or now
    complaint.status, complaint.resolved_at = Status.RESOLVED, now
    complaint.cause, complaint.upheld, complaint.outcome = cause, upheld, outcome
    history.add(
        session,
        complaint,
        "resolved",
        actor="staff",
        staff_id=staff_id,
        words=outcome,
        detail={"cause": cause.value, "upheld": upheld},
        for_customer=True,
        now=now,
    )
    clocks.wake(session, company, complaint)


def solved(session: Session, company: "Company", complaint: Complaint, now: datetime) -> bool:
    """The customer says that it is solved, also after it was closed; False when they had said so before.

    Raises ComplaintMoved while somebody works on it.
    """
    finding.latest(session, complaint)
    if complaint.status in UNSETTLED:
        raise ComplaintMoved(status=complaint.status.value)
    if complaint.solved:
        return False
    complaint.solved = True
    history.add(session, complaint, "solved", actor="customer", for_customer=True, now=now)
    if complaint.status is Status.RESOLVED:
        close(session, company, complaint, reason="solved", now=now)
    return True


def unsolved(
    session: Session,
    company: "Company",
    complaint: Complaint,
    words: str,
    *,
    media: Sequence[str] = (),
    now: datetime,
) -> Complaint:
    """The customer says that it is not solved: somebody one rung higher sees to it, by clocks begun anew.

    Long after it was closed it is a new complaint that continues it. The complaint it is now. While somebody
    works on it already, this is one more thing that the customer says.
    """
    finding.latest(session, complaint)
    if complaint.status is Status.CLOSED and not may_reopen(company, complaint, now):
        return _continue(session, company, complaint, words, media, now)
    settled = complaint.status not in UNSETTLED
    if words or media:
        _add_words(session, complaint, words, media, now)
        evidence.keep(session, company, complaint, media, now)
    if settled:
        complaint.solved = False
        _reopen(session, company, complaint, higher=True, now=now)
    elif words or media:
        clocks.resume(session, company, complaint, now)
    return complaint


def close(
    session: Session,
    company: "Company",
    complaint: Complaint,
    *,
    reason: str,
    staff_id: int | None = None,
    now: datetime,
) -> None:
    """Nobody has to do anything any more, because of `reason`: `solved`, `silent`, or words of staff.

    Raises NotYours, and ComplaintMoved when it was closed before.
    """
    finding.latest(session, complaint)
    if staff_id is not None:
        owners.refuse_witness(session, complaint, staff_id)
    if complaint.status is Status.CLOSED:
        raise ComplaintMoved(status=complaint.status.value)
    _take_offers_back(session, complaint)
    complaint.status, complaint.closed_at = Status.CLOSED, now
    complaint.paused_at = complaint.resolve_left = complaint.acknowledge_by = complaint.next_at = None
    session.add(complaint)
    actor = "bot" if staff_id is None else "staff"
    history.add(session, complaint, "closed", actor=actor, staff_id=staff_id, words=reason, now=now)


def may_reopen(company: "Company", complaint: Complaint, now: datetime) -> bool:
    """Whether a closed complaint is opened again, rather than continued by a new one."""
    last = timedelta(days=company.complaints.reopen_days)
    return complaint.closed_at is not None and now <= complaint.closed_at + last


def _reopen(
    session: Session, company: "Company", complaint: Complaint, *, higher: bool, now: datetime
) -> None:
    complaint.status, complaint.closed_at, complaint.next_at = Status.OPEN, None, now
    complaint.reopened += 1
    clocks.start(complaint, company, now)
    above = owners.RUNGS[min(owners.RUNGS.index(complaint.rung) + 1, len(owners.RUNGS) - 1)]
    former = session.get(StaffMember, complaint.owner_id) if complaint.owner_id else None
    if higher or former is None or not former.active:
        rung = above if higher else complaint.rung
        ladder.assign_first(session, company, complaint, rung, now)
    else:
        complaint.asked_at = clocks.asked_from(company, complaint, now)
        complaint.acknowledged_at = None
        complaint.acknowledge_by = clocks.acknowledge_by(company, complaint, now)
    session.add(complaint)
    history.add(session, complaint, "reopened", actor="customer", for_customer=True, now=now)
    ladder.note_asked(session, complaint, now, what="raised" if higher else "asked")
    clocks.wake(session, company, complaint)


def _continue(
    session: Session,
    company: "Company",
    former: Complaint,
    words: str,
    media: Sequence[str],
    now: datetime,
) -> Complaint:
    """A new complaint about the same, where the former has been closed for too long."""
    visit = session.get(Visit, former.visit_id) if former.visit_id else None
    made = opening.open(
        session,
        company,
        former.customer_id,
        kind=former.kind,
        words=words,
        visit=visit,
        media=media,
        source=Source.WORDS,
        severity=former.severity,
        severity_reason=former.severity_reason,
        now=now,
    )
    if made.follows_id is None and made.id != former.id:
        made.follows_id = former.id
        session.add(made)
        session.flush()
    return made


def _add_words(
    session: Session, complaint: Complaint, words: str, media: Sequence[str], now: datetime
) -> None:
    complaint.words = "\n".join(filter(None, (complaint.words, words)))
    complaint.media = [*complaint.media, *(one for one in media if one not in complaint.media)]
    session.add(complaint)
    history.add(
        session,
        complaint,
        "heard",
        actor="customer",
        words=words,
        detail={"media": list(media)} if media else {},
        for_customer=True,
        now=now,
    )


def _take_offers_back(session: Session, complaint: Complaint) -> None:
    standing = col(Remedy.status).in_((RemedyStatus.DRAFTED, RemedyStatus.OFFERED))
    theirs = col(Remedy.complaint_id) == complaint.id
    session.exec(update(Remedy).where(theirs, standing).values(status=RemedyStatus.WITHDRAWN))
