"""Whose a complaint is, and how it moves up: by a tap, by hand, by the clock, when somebody leaves."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, text, update
from sqlmodel import Session, col, select

from core import duties
from core.complaints import clocks, history, owners
from core.complaints.clocks import BREACHES, WARNINGS, Due, What
from core.complaints.owners import Chosen
from core.complaints.tables import (
    UNSETTLED,
    BeyondAuthority,
    Complaint,
    ComplaintMoved,
    Remedy,
    RemedyStatus,
    Rung,
    Severity,
    Status,
    Step,
    TakenByOther,
)
from core.identities import Identity
from core.members import companions
from core.staff import StaffMember

if TYPE_CHECKING:
    from core.company import Company

_RAISED_TO = {What.MISSED: Rung.LEAD, What.OVERDUE: Rung.MANAGER, What.FORGOTTEN: Rung.OWNER}
HEAD_CALLED = "head-called"
"""How it is kept that everybody was told to call the company's head about something urgent."""
MOST_STEPS = 50
"""More than these at once are taken in the next look."""


class Taken(NamedTuple):
    """A step of the clock that was taken; whose the complaint was before, and whether it moved."""

    due: Due
    before_id: int | None
    moved: bool


def _latest(session: Session, complaint: Complaint) -> None:
    """As it is now, kept from changing until the transaction ends."""
    session.refresh(complaint, with_for_update=True)


def assign_first(
    session: Session, company: "Company", complaint: Complaint, rung: Rung, now: datetime
) -> str:
    """Choose the owner of one that is not kept yet: whoever looks after its customer in person comes first;
    where somebody does, why it is them, for staff; else ""."""
    asked_at = clocks.asked_from(company, complaint, now)
    named = companions.of(session, company, complaint.customer_id)
    chosen = owners.choose(session, company, rung, complaint.visit_id, asked_at, named=named)
    complaint.rung, complaint.owner_id = chosen.rung, chosen.member.id if chosen.member else None
    complaint.asked_at, complaint.acknowledged_at = asked_at, None
    complaint.acknowledge_by = clocks.acknowledge_by(company, complaint, now)
    return chosen.reason if named is not None else ""


def note_asked(
    session: Session, complaint: Complaint, now: datetime, *, what: str = "asked", reason: str = ""
) -> None:
    """Write down whose it is now, and why."""
    detail, who = {"rung": complaint.rung.value, "from": complaint.asked_at.isoformat()}, complaint.owner_id
    history.add(session, complaint, what, actor="bot", now=now, staff_id=who, words=reason, detail=detail)


def _give(
    session: Session,
    company: "Company",
    complaint: Complaint,
    chosen: Chosen,
    now: datetime,
    *,
    what: str,
    reason: str,
) -> None:
    """It is somebody else's now; they are asked to say that they have it, unless all is done.

    With nobody above, it stays with who had it, if they still work here, and the company's owner is called.
    """
    if chosen.member is not None:
        complaint.owner_id = chosen.member.id
    complaint.rung = chosen.rung
    complaint.said = [name for name in complaint.said if name != What.ASKED.value]
    is_unsettled = complaint.status in UNSETTLED
    complaint.asked_at = clocks.asked_from(company, complaint, now) if is_unsettled else now
    complaint.acknowledged_at = None
    complaint.acknowledge_by = clocks.acknowledge_by(company, complaint, now) if is_unsettled else None
    session.add(complaint)
    note_asked(session, complaint, now, what=what, reason=reason)


def asked(session: Session, company: "Company", complaint: Complaint) -> bool:
    """Its owner was asked to take it, also by somebody else than the clock. Whether the company's head is to
    be called besides: at the top each time, and once for what is urgent."""
    is_top = complaint.rung is Rung.OWNER
    calls = is_top or (complaint.severity is Severity.S1 and HEAD_CALLED not in complaint.said)
    names = [What.ASKED.value, *([HEAD_CALLED] if calls else [])]
    complaint.said = list(dict.fromkeys([*complaint.said, *names]))
    clocks.wake(session, company, complaint)
    return calls


def acknowledge(
    session: Session, company: "Company", complaint: Complaint, staff_id: int, now: datetime
) -> None:
    """A member of staff says that they have it: of its rung or above, or whom it was given to.

    At the top anybody may, once somebody has called the company's owner. Nothing where they had it already.
    Raises NotYours, BeyondAuthority (`rung`), TakenByOther (`name`) and ComplaintMoved.
    """
    _latest(session, complaint)
    owners.refuse_witness(session, complaint, staff_id)
    if complaint.status not in UNSETTLED:
        raise ComplaintMoved(status=complaint.status.value)
    if complaint.acknowledged_at is not None:
        if complaint.owner_id == staff_id:
            return
        raise TakenByOther(name=session.get_one(StaffMember, complaint.owner_id).name)
    member = session.get_one(StaffMember, staff_id)
    theirs = owners.rung_of(member)
    is_top = complaint.rung is Rung.OWNER
    if complaint.owner_id != staff_id and not is_top and owners.is_below(theirs, complaint.rung):
        raise BeyondAuthority(rung=complaint.rung.value)
    complaint.rung = owners.highest(complaint.rung, theirs)
    complaint.owner_id, complaint.acknowledged_at, complaint.acknowledge_by = staff_id, now, None
    complaint.said = list(dict.fromkeys([*complaint.said, What.ASKED.value]))
    history.add(session, complaint, "acknowledged", actor="staff", now=now, staff_id=staff_id)
    clocks.wake(session, company, complaint)


def pass_on(
    session: Session,
    company: "Company",
    complaint: Complaint,
    *,
    to: int,
    by: int,
    reason: str = "",
    now: datetime,
) -> None:
    """A member of staff gives it to another, who is asked to say that they have it.

    Raises NotYours where one of them was at the visit, TakenByOther where it is with somebody above whoever
    gives it, and ComplaintMoved.
    """
    _latest(session, complaint)
    owners.refuse_lower(session, complaint, by)
    for one in (by, to):
        owners.refuse_witness(session, complaint, one)
    member = session.get_one(StaffMember, to)
    if complaint.status not in UNSETTLED or not member.active:
        raise ComplaintMoved(status=complaint.status.value)
    chosen = Chosen(owners.rung_of(member), member, reason)
    before = complaint.owner_id
    history.add(
        session,
        complaint,
        "passed",
        actor="staff",
        now=now,
        staff_id=by,
        words=reason,
        detail={"from": before, "to": to},
    )
    _give(session, company, complaint, chosen, now, what="asked", reason=reason)
    clocks.wake(session, company, complaint)


def raise_to(
    session: Session,
    company: "Company",
    complaint: Complaint,
    rung: Rung,
    reason: str,
    now: datetime,
) -> bool:
    """It moves up to that rung, or above where nobody is there; False where it is that high already."""
    _latest(session, complaint)
    if complaint.status is Status.CLOSED:
        raise ComplaintMoved(status=complaint.status.value)
    if not owners.is_below(complaint.rung, rung):
        return False
    _raise(session, company, complaint, rung, reason, now)
    clocks.wake(session, company, complaint)
    return True


def _raise(
    session: Session, company: "Company", complaint: Complaint, rung: Rung, reason: str, now: datetime
) -> None:
    at = clocks.asked_from(company, complaint, now)
    chosen = owners.choose(session, company, rung, complaint.visit_id, at)
    _give(session, company, complaint, chosen, now, what="raised", reason=f"{reason}: {chosen.reason}")


def worsen(
    session: Session,
    company: "Company",
    complaint: Complaint,
    severity: Severity,
    reason: str,
    now: datetime,
) -> None:
    """It is worse than we thought: deadlines come nearer, and it goes to who begins with such."""
    complaint.severity, complaint.severity_reason = severity, reason
    clocks.tighten(complaint, company, now)
    session.add(complaint)
    history.add(
        session,
        complaint,
        "worse",
        actor="bot",
        now=now,
        words=reason,
        detail={"severity": severity.value},
    )
    begins = company.complaints.of(severity).begins
    if owners.is_below(complaint.rung, begins):
        _raise(session, company, complaint, begins, f"it is {severity.value} now", now)
    elif complaint.acknowledge_by is not None:
        sooner = clocks.acknowledge_by(company, complaint, now)
        complaint.acknowledge_by = min(complaint.acknowledge_by, sooner)
        complaint.asked_at = min(complaint.asked_at, now)
    clocks.wake(session, company, complaint)


def take_steps(session: Session, company: "Company", complaint: Complaint, now: datetime) -> list[Taken]:
    """Do what the clock asks for by now; what was done, in order, to be told to those concerned.

    Where several steps of one deadline are due at once, after a standstill of ours, only the last is told.
    """
    _latest(session, complaint)
    taken: list[Taken] = []
    for _ in range(MOST_STEPS):
        due = clocks.steps_due(complaint, company, now)
        if not due:
            break
        one = min(due, key=lambda each: (each.at, each.what not in BREACHES))
        if _is_overtaken(one, due):
            _say(complaint, one)
            continue
        taken.append(_take(session, company, complaint, one, now))
    clocks.wake(session, company, complaint)
    return taken


def _is_overtaken(one: Due, due: list[Due]) -> bool:
    order = [*WARNINGS, *BREACHES]
    return one.deadline is not None and any(
        other.deadline is one.deadline and order.index(other.what) > order.index(one.what) for other in due
    )


def _say(complaint: Complaint, one: Due) -> None:
    complaint.said = [*complaint.said, one.name]


def _take(session: Session, company: "Company", complaint: Complaint, one: Due, now: datetime) -> Taken:
    before, asked_at = complaint.owner_id, complaint.asked_at
    rung = complaint.rung
    if one.what is What.UNACKNOWLEDGED:
        _hop(session, company, complaint, now)
    elif one.what is What.DAILY:
        _mark_day(complaint, now)
    else:
        _say(complaint, one)
    if one.what in BREACHES:
        _breach(session, company, complaint, one, now)
    elif one.what in (What.SILENT, What.SETTLED):
        _close(session, complaint, one, now)
    elif one.what in (What.NUDGE, What.NUDGE_AGAIN, What.FOLLOW_UP, What.FOLLOW_UP_AGAIN, *WARNINGS):
        history.add(session, complaint, one.name, actor="bot", now=now)
    session.add(complaint)
    moved = (before, rung, asked_at) != (complaint.owner_id, complaint.rung, complaint.asked_at)
    return Taken(one, before, moved)


def _breach(session: Session, company: "Company", complaint: Complaint, one: Due, now: datetime) -> None:
    """A promise was missed, or still is: it moves up, unless it is as high already."""
    history.add(session, complaint, one.name, actor="bot", now=now, staff_id=complaint.owner_id)
    if one.what is What.FORGOTTEN and not any(name.startswith(What.DAILY.value) for name in complaint.said):
        _mark_day(complaint, now)
    rung = _RAISED_TO[one.what]
    if owners.is_below(complaint.rung, rung):
        _raise(session, company, complaint, rung, f"{one.name}", now)


def _mark_day(complaint: Complaint, now: datetime) -> None:
    kept = [name for name in complaint.said if not name.startswith(What.DAILY.value)]
    complaint.said = [*kept, f"{What.DAILY.value}:{now.isoformat()}"]


def _hop(session: Session, company: "Company", complaint: Complaint, now: datetime) -> None:
    """Nobody said that they have it: the next of the rung who has not been asked, or of the next rung."""
    at = clocks.asked_from(company, complaint, now)
    asked = asked_so_far(session, complaint)
    chosen = owners.choose(session, company, complaint.rung, complaint.visit_id, at, besides=asked)
    reason = f"no tap in time: {chosen.reason}"
    is_repeated = complaint.rung is chosen.rung is Rung.OWNER
    _give(
        session,
        company,
        complaint,
        chosen,
        now,
        what="called" if is_repeated else "asked",
        reason=reason,
    )
    if is_repeated:
        calls = _calls_so_far(session, complaint)
        complaint.acknowledge_by = clocks.acknowledge_by(company, complaint, now, calls=calls)


def _calls_so_far(session: Session, complaint: Complaint) -> int:
    called = (Step.what == "called", Step.at >= complaint.since)
    return session.exec(
        select(func.count()).select_from(Step).where(Step.complaint_id == complaint.id, *called)
    ).one()


def asked_so_far(session: Session, complaint: Complaint) -> frozenset[int]:
    """Who was asked to take it since it was opened last."""
    theirs = select(Step.staff_id).where(
        Step.complaint_id == complaint.id,
        col(Step.what).in_(("asked", "raised")),
        Step.at >= complaint.since,
    )
    return frozenset(one for one in session.exec(theirs) if one is not None)


def _close(session: Session, complaint: Complaint, one: Due, now: datetime) -> None:
    """Nobody answered: it is closed, until the customer writes; what was offered is off."""
    complaint.status, complaint.closed_at = Status.CLOSED, now
    complaint.paused_at = complaint.resolve_left = complaint.acknowledge_by = complaint.next_at = None
    session.add(complaint)
    standing = col(Remedy.status).in_((RemedyStatus.DRAFTED, RemedyStatus.OFFERED))
    offers = update(Remedy).where(col(Remedy.complaint_id) == complaint.id, standing)
    session.exec(offers.values(status=RemedyStatus.WITHDRAWN))
    history.add(session, complaint, "closed", actor="bot", now=now, words=one.name)


def leave(session: Session, company: "Company", staff_id: int, reason: str, now: datetime) -> list[Complaint]:
    """Somebody left, or can be written to nowhere: what they owned moves on at once; what that was."""
    theirs = select(Complaint).where(Complaint.owner_id == staff_id, text("status <> 'closed'"))
    found = list(session.exec(theirs.order_by(col(Complaint.id)).with_for_update()))
    for one in found:
        besides = asked_so_far(session, one) if one.acknowledged_at is None else frozenset[int]()
        at = clocks.asked_from(company, one, now)
        chosen = owners.choose(session, company, one.rung, one.visit_id, at, besides=besides | {staff_id})
        if chosen.member is None:
            one.owner_id = None
            one.rung = Rung.OWNER
        _give(session, company, one, chosen, now, what="asked", reason=f"{reason}: {chosen.reason}")
        clocks.wake(session, company, one)
    return found


def lose(session: Session, company: "Company", identity: Identity, now: datetime) -> list[Complaint]:
    """An account cannot be written to any more: if it was the only one of somebody on the staff, what they
    own moves on."""
    staff_id = identity.staff_id
    if staff_id is None or staff_id in duties.reachable(session):
        return []
    return leave(session, company, staff_id, "their chat is lost", now)


def ask_for_manager(
    session: Session, company: "Company", complaint: Complaint, now: datetime, words: str = ""
) -> bool:
    """The customer wants a manager: one gets it once a promise was missed; else the wish is written down.

    Whether a promise was missed, so that a manager has it now. Raises ComplaintMoved after it was closed.
    """
    _latest(session, complaint)
    if complaint.status not in UNSETTLED:
        raise ComplaintMoved(status=complaint.status.value)
    history.add(session, complaint, "manager", actor="customer", now=now, words=words, for_customer=True)
    if not clocks.was_missed(complaint, now):
        return False
    if owners.is_below(complaint.rung, Rung.MANAGER):
        reason = "the customer asked for a manager after a missed promise"
        _raise(session, company, complaint, Rung.MANAGER, reason, now)
    clocks.wake(session, company, complaint)
    return True
