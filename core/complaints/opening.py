"""A complaint is opened: judged, given to somebody, and promised until when; or added to one that is open."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlmodel import Session, col, select

from core import timeline
from core.complaints import clocks, evidence, history, judging, ladder, outside, statements
from core.complaints.tables import Complaint, Kind, Rung, Severity, Source, Status
from core.customers import Customer
from core.visits.tables import Visit

if TYPE_CHECKING:
    from core.company import Company


def open(
    session: Session,
    company: "Company",
    customer_id: int,
    *,
    kind: Kind,
    words: str = "",
    visit: Visit | None = None,
    media: Sequence[str] = (),
    wish: str = "",
    source: Source,
    severity: Severity | None = None,
    severity_reason: str | None = None,
    staff_id: int | None = None,
    outside_by: datetime | None = None,
    outside_reference: str | None = None,
    now: datetime,
) -> Complaint:
    """Open a complaint of a customer, give it an owner and set its deadlines; `staff_id` typed it in.

    Where they have an unsettled one about the same visit, or both about none, all this is added to that
    one, which becomes worse if this is: it has an older `opened_at` than `now`.
    """
    judged, why = judging.judge(session, company, customer_id, kind, words=words, visit=visit, now=now)
    told = _blank(customer_id, kind, severity or judged, source, now)
    told.severity_reason = severity_reason or (why if severity is None else "said by staff")
    told.visit_id = visit.id if visit else None
    told.words, told.media, told.wish, told.outside_reference = words, list(media), wish, outside_reference
    told.opened_by = staff_id
    told.outside_by = outside.strictest(outside_reference, outside_by, now)
    # Whoever complains twice in one second gets one complaint.
    session.get(Customer, customer_id, with_for_update=True, populate_existing=True)
    known = _unsettled(session, customer_id, told.visit_id)
    if known is not None:
        _add(session, company, known, told, now)
    else:
        _begin(session, company, told, visit, now)
    evidence.keep(session, company, known or told, media, now)
    return known or told


def _blank(customer_id: int, kind: Kind, severity: Severity, source: Source, now: datetime) -> Complaint:
    """One whose owner and clocks are set when it begins."""
    return Complaint(
        customer_id=customer_id,
        kind=kind,
        severity=severity,
        severity_reason="",
        source=source,
        opened_at=now,
        since=now,
        rung=Rung.DESK,
        asked_at=now,
        human_by=now,
        plan_by=now,
        resolve_by=now,
    )


def _tell_story(session: Session, visit: Visit, complaint: Complaint, now: datetime) -> None:
    """Customer and staff read it in the visit's story; who worked there does not."""
    timeline.add(
        session,
        visit.id or 0,
        "complaint-opened",
        actor=_actor(complaint),
        now=now,
        detail={"complaint": complaint.id, "kind": complaint.kind.value},
        for_worker=False,
    )


def _actor(complaint: Complaint) -> str:
    return "staff" if complaint.opened_by is not None else "customer"


def attach(session: Session, number: int, media: str) -> None:
    """One more picture of an album whose first one belongs to that complaint; nothing is said about it."""
    found = session.get(Complaint, number, with_for_update=True, populate_existing=True)
    if found is not None and media not in found.media:
        found.media = [*found.media, media]
        session.add(found)
        session.flush()


def _unsettled(session: Session, customer_id: int, visit_id: int | None) -> Complaint | None:
    unsettled = text("status IN ('open', 'waiting')")
    theirs = select(Complaint).where(Complaint.customer_id == customer_id, unsettled)
    found = session.exec(theirs.order_by(col(Complaint.id)).with_for_update())
    return next((one for one in found if one.visit_id == visit_id), None)


def _begin(
    session: Session, company: "Company", complaint: Complaint, visit: Visit | None, now: datetime
) -> None:
    clocks.start(complaint, company, now)
    outside.tighten(complaint, now)
    begins = company.complaints.of(complaint.severity).begins
    reason = ladder.assign_first(session, company, complaint, begins, now)
    session.add(complaint)
    session.flush()
    detail = {"severity": complaint.severity.value, "source": complaint.source.value}
    history.add(
        session,
        complaint,
        "opened",
        actor=_actor(complaint),
        now=now,
        staff_id=complaint.opened_by,
        words=complaint.words,
        detail=detail,
        for_customer=True,
    )
    ladder.note_asked(session, complaint, now, reason=reason)
    statements.ask_everybody(session, company, complaint, now)
    clocks.wake(session, company, complaint)
    if visit is not None:
        _tell_story(session, visit, complaint, now)


def _add(session: Session, company: "Company", known: Complaint, told: Complaint, now: datetime) -> None:
    """More about a complaint that is open: words, photos, a wish, an outside date, a worse severity."""
    known.words = "\n".join(dict.fromkeys(filter(None, (known.words, told.words))))
    known.media = [*dict.fromkeys([*known.media, *told.media])]
    known.wish = told.wish or known.wish
    if told.outside_by is not None:
        known.outside_by = min(filter(None, (known.outside_by, told.outside_by)))
        known.outside_reference = outside.both(known.outside_reference, told.outside_reference)
        clocks.tighten(known, company, now)
        outside.tighten(known, now)
    session.add(known)
    history.add(
        session,
        known,
        "added",
        actor=_actor(told),
        now=now,
        staff_id=told.opened_by,
        words=told.words,
        detail={"kind": told.kind.value, "media": told.media},
        for_customer=True,
    )
    if known.status is Status.WAITING:
        clocks.resume(session, company, known, now)
    if told.severity < known.severity:
        known.kind = told.kind
        ladder.worsen(session, company, known, told.severity, told.severity_reason, now)
        statements.ask_everybody(session, company, known, now)
    clocks.wake(session, company, known)


def unsettled(session: Session, customer_id: int) -> list[Complaint]:
    """A customer's complaints about which somebody has to do something, the oldest first."""
    still = text("status IN ('open', 'waiting')")
    theirs = select(Complaint).where(Complaint.customer_id == customer_id, still)
    return list(session.exec(theirs.order_by(col(Complaint.id))))
