"""What complaints teach: a month's causes, whether promises were kept, and what was done about them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, text
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from core.complaints.tables import (
    Cause,
    Complaint,
    Measure,
    Remedy,
    RemedyKind,
    RemedyStatus,
    Severity,
    Status,
)
from core.visits.tables import Status as VisitStatus
from core.visits.tables import Visit

if TYPE_CHECKING:
    from core.company import Company

TOP = 5
"""So many causes are told of a month."""
AGAIN_DAYS = 90
"""Who books again so many days after a complaint has been won back."""
MONEY = frozenset({RemedyKind.REFUND, RemedyKind.COUPON, RemedyKind.INSURANCE})
WHATS = ("training", "checklist", "wording", "price", "other")
"""What a measure may be."""
_NOT_BOOKED = (VisitStatus.CANCELLED, VisitStatus.DECLINED, VisitStatus.LAPSED)


@dataclass(frozen=True, slots=True)
class Figures:
    """Complaints of one cause in a month."""

    cause: Cause
    count: int
    before: int
    """How many there were in the month before."""
    upheld: int
    decided: int
    """Of so many it was said whether the customer was right."""
    money: int
    """What was promised for them, in fen, and..."""
    points: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Of so many promises that came due, how many were kept."""

    kept: int = 0
    due: int = 0


@dataclass(frozen=True, slots=True)
class Promises:
    """The three promises of complaints of one severity."""

    human: Kept
    plan: Kept
    resolved: Kept


@dataclass(frozen=True, slots=True)
class Recovery:
    """How many of those who complained booked again; `open_until` is when that is sure, None if it is."""

    customers: int
    again: int
    open_until: date | None


@dataclass(frozen=True, slots=True)
class Month:
    """What is told of one month, by the day on which a complaint was opened in the company's zone."""

    first: date
    count: int
    before: int
    visits: int
    """Finished in that month..."""
    visits_before: int
    """... and in the one before."""
    unknown: int
    """Of so many complaints nobody has said yet what caused them."""
    causes: Sequence[Figures]
    """The commonest first."""
    promises: Mapping[Severity, Promises]
    """Of the severities there were."""
    recovery: Recovery


class _Row(NamedTuple):
    """What is counted of a complaint."""

    id: int
    customer_id: int
    severity: Severity
    status: Status
    cause: Cause | None
    upheld: bool | None
    opened_at: datetime
    human_by: datetime
    human_at: datetime | None
    plan_by: datetime
    plan_at: datetime | None
    resolve_by: datetime
    resolved_at: datetime | None
    closed_at: datetime | None


_ROWS = columns(*(col(getattr(Complaint, name)) for name in _Row._fields))


def month(session: Session, company: "Company", day: date, now: datetime) -> Month:
    """The month in which `day` lies, so far, beside the one before."""
    first = day.replace(day=1)
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)
    starts, ends = (midnight(company, each) for each in (first, after))
    rows = _opened(session, midnight(company, before), ends)
    here = [row for row in rows if row.opened_at >= starts]
    visits_before, visits_here = finished(session, company, [(before, first), (first, after)])
    return Month(
        first=first,
        count=len(here),
        before=len(rows) - len(here),
        visits=visits_here,
        visits_before=visits_before,
        unknown=sum(row.cause is None for row in here),
        causes=_causes(session, here, [row for row in rows if row.opened_at < starts], starts, ends),
        promises=_promises(here, now),
        recovery=_recovery(session, company, here, now),
    )


def midnight(company: "Company", day: date) -> datetime:
    """The moment at which a day begins in the company's zone."""
    return datetime.combine(day, time(0), company.zone)


def finished(session: Session, company: "Company", spans: Sequence[tuple[date, date]]) -> list[int]:
    """How many visits were finished in each of these spans of days, from the first until before the last."""
    moments = [(midnight(company, first), midnight(company, last)) for first, last in spans]
    closed = col(Visit.closed_at)
    counts = [func.count().filter(closed >= first, closed < last) for first, last in moments]
    least, most = min(first for first, _ in moments), max(last for _, last in moments)
    # The literal lets the partial index serve it.
    query = columns(*counts).select_from(Visit).where(text("visit.status = 'finished'"))
    return list(session.execute(query.where(closed >= least, closed < most)).one())


def _opened(session: Session, starts: datetime, ends: datetime) -> list[_Row]:
    opened = col(Complaint.opened_at)
    query = _ROWS.where(opened >= starts, opened < ends).order_by(opened)
    return [_Row._make(row) for row in session.execute(query)]


def _causes(
    session: Session, here: Sequence[_Row], before: Sequence[_Row], starts: datetime, ends: datetime
) -> list[Figures]:
    counts, former = (Counter(row.cause for row in rows if row.cause) for rows in (here, before))
    promised = _promised(session, starts, ends) if counts else {}
    order = list(Cause)
    top = sorted(counts, key=lambda cause: (-counts[cause], order.index(cause)))[:TOP]
    return [
        Figures(
            cause=cause,
            count=counts[cause],
            before=former[cause],
            upheld=sum(row.upheld is True for row in here if row.cause is cause),
            decided=sum(row.upheld is not None for row in here if row.cause is cause),
            money=sum(promised.get((cause, kind), 0) for kind in MONEY),
            points=promised.get((cause, RemedyKind.POINTS), 0),
        )
        for cause in top
    ]


def _promised(session: Session, starts: datetime, ends: datetime) -> dict[tuple[Cause, RemedyKind], int]:
    """What customers chose of what they were offered, by cause and kind."""
    opened = col(Complaint.opened_at)
    query = (
        columns(col(Complaint.cause), col(Remedy.kind), func.sum(col(Remedy.amount)))
        .join(Remedy, col(Remedy.complaint_id) == col(Complaint.id))
        .where(opened >= starts, opened < ends, col(Complaint.cause).is_not(None))
        .where(col(Remedy.status) == RemedyStatus.CHOSEN)
        .group_by(col(Complaint.cause), col(Remedy.kind))
    )
    return {(cause, kind): int(amount) for cause, kind, amount in session.execute(query)}


def _promises(here: Sequence[_Row], now: datetime) -> dict[Severity, Promises]:
    found = {}
    for severity in Severity:
        rows = [row for row in here if row.severity is severity]
        if rows:
            found[severity] = Promises(
                _kept([(row.human_by, row.human_at, row.closed_at) for row in rows], now),
                _kept([(row.plan_by, row.plan_at, row.closed_at) for row in rows], now),
                _kept([(row.resolve_by, row.resolved_at, row.closed_at) for row in rows], now),
            )
    return found


def _kept(promises: Sequence[tuple[datetime, datetime | None, datetime | None]], now: datetime) -> Kept:
    """Each is until when, when it was done, and when the complaint was closed: then nothing was due any
    more."""
    done = [(by, at) for by, at, _ in promises if at is not None]
    missed = [by for by, at, closed in promises if at is None and by < (closed or now)]
    return Kept(sum(at <= by for by, at in done), len(done) + len(missed))


def _recovery(session: Session, company: "Company", here: Sequence[_Row], now: datetime) -> Recovery:
    since: dict[int, datetime] = {}
    for row in here:
        since.setdefault(row.customer_id, row.opened_at)
    if not since:
        return Recovery(0, 0, None)
    redone = columns(col(Remedy.visit_id)).where(
        col(Remedy.complaint_id).in_([row.id for row in here]), col(Remedy.visit_id).is_not(None)
    )
    not_booked = {id for (id,) in session.execute(redone)}
    placed = columns(col(Visit.id), col(Visit.customer_id), col(Visit.placed_at)).where(
        col(Visit.customer_id).in_(since), col(Visit.status).not_in(_NOT_BOOKED)
    )
    within = timedelta(days=AGAIN_DAYS)
    again = {
        customer
        for id, customer, at in session.execute(placed)
        if since[customer] < at <= since[customer] + within and id not in not_booked
    }
    last = max(since.values()) + within
    return Recovery(len(since), len(again), last.astimezone(company.zone).date() if last > now else None)


def measure(
    session: Session,
    *,
    cause: Cause,
    what: str,
    words: str,
    from_day: date,
    staff_id: int,
    complaint_id: int | None = None,
    now: datetime,
) -> Measure:
    """Write down what is done about a cause from a day on; `what` is one of `WHATS`."""
    if what not in WHATS:
        raise ValueError(f"{what!r} is none of {', '.join(WHATS)}")
    made = Measure(
        cause=cause,
        what=what,
        words=words,
        complaint_id=complaint_id,
        at=now,
        staff_id=staff_id,
        from_day=from_day,
    )
    session.add(made)
    session.flush()
    return made


def measures(session: Session, limit: int) -> list[Measure]:
    """What was done about causes, the latest first."""
    return list(session.exec(select(Measure).order_by(col(Measure.id).desc()).limit(limit)))


def of_cause(session: Session, cause: Cause) -> list[Measure]:
    """What was done about one cause, in order."""
    theirs = select(Measure).where(Measure.cause == cause)
    return list(session.exec(theirs.order_by(col(Measure.at), col(Measure.id))))
