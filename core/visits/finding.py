"""Which visits somebody has, had, or waits to have answered."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, or_, text
from sqlmodel import Session, col, select

from core.dropouts import Dropout
from core.matching import Assignment, Preference, PreferenceKind
from core.visits.tables import LIVE, MOVABLE, Status, UnknownVisit, Visit, is_live
from core.windows.board import half_hour, half_hour_from
from core.workers import Occupied, Worker

if TYPE_CHECKING:
    from sqlmodel.sql.expression import Select

    from core.company import Company

_CREW = (
    select(Assignment, Worker)
    .join(Worker, col(Worker.id) == col(Assignment.worker_id))
    .where(Assignment.visit_id == bindparam("visit"), col(Assignment.released_at).is_(None))
    .order_by(col(Assignment.leads).desc(), col(Assignment.worker_id))
)


def upcoming(session: Session, customer_id: int, now: datetime) -> list[Visit]:
    """The customer's visits that are ahead or under way, the next one first."""
    ahead = or_(col(Visit.ends_at) > now, col(Visit.status).in_(LIVE - MOVABLE))
    return list(
        session.exec(
            select(Visit)
            .where(Visit.customer_id == customer_id, is_live(), ahead)
            .order_by(col(Visit.starts_at), col(Visit.id))
        )
    )


def recent(session: Session, customer_id: int, limit: int) -> list[Visit]:
    """The customer's visits that are over, however they ended, the latest first."""
    return list(
        session.exec(
            select(Visit)
            .where(Visit.customer_id == customer_id, col(Visit.status).not_in(LIVE))
            .order_by(col(Visit.starts_at).desc(), col(Visit.id).desc())
            .limit(limit)
        )
    )


def usual(session: Session, customer_id: int) -> Visit | None:
    """The customer's last finished visit: what "the same again" means."""
    return session.exec(
        select(Visit)
        .where(Visit.customer_id == customer_id, Visit.status == Status.FINISHED)
        .order_by(col(Visit.starts_at).desc())
        .limit(1)
    ).first()


def by_reference(session: Session, reference: str) -> Visit | None:
    """The visit with this reference, in whatever case and spacing it was typed."""
    plain = "".join(reference.split()).upper()
    return session.exec(select(Visit).where(Visit.reference == plain)).one_or_none()


def of_customer(session: Session, customer_id: int, reference: str) -> Visit:
    """The customer's own visit with this reference. Raises UnknownVisit, for other people's too."""
    found = by_reference(session, reference)
    if found is None or found.customer_id != customer_id:
        raise UnknownVisit(reference=reference)
    return found


def crew(session: Session, visit: Visit) -> list[tuple[Assignment, Worker]]:
    """Who attends the visit, the one who leads first."""
    return [(row[0], row[1]) for row in session.execute(_CREW, {"visit": visit.id})]


def last_worker(session: Session, customer_id: int, service_code: str | None = None) -> Worker | None:
    """Who led the customer's last finished visit (of that service), if they still work here unblocked."""
    query = (
        select(Worker)
        .join(Assignment, col(Assignment.worker_id) == col(Worker.id))
        .join(Visit, col(Visit.id) == col(Assignment.visit_id))
        .where(
            Visit.customer_id == customer_id,
            Visit.status == Status.FINISHED,
            col(Assignment.leads),
            col(Assignment.released_at).is_(None),
        )
        .order_by(col(Visit.starts_at).desc())
        .limit(1)
    )
    if service_code is not None:
        query = query.where(Visit.service_code == service_code)
    found = session.exec(query).first()
    if found is None or not found.active:
        return None
    thinks = session.get(Preference, (customer_id, found.id))
    return None if thinks and thinks.kind is PreferenceKind.BLOCKED else found


def workers_of(session: Session, customer_id: int) -> list[Worker]:
    """Everybody who attended the customer or is to, each once, the latest first."""
    latest = func.max(col(Visit.starts_at))
    return list(
        session.exec(
            select(Worker)
            .join(Assignment, col(Assignment.worker_id) == col(Worker.id))
            .join(Visit, col(Visit.id) == col(Assignment.visit_id))
            .where(Visit.customer_id == customer_id, col(Assignment.released_at).is_(None))
            .where(col(Worker.active))
            .group_by(col(Worker.id))
            .order_by(latest.desc(), col(Worker.id))
        )
    )


def of_worker(session: Session, worker_id: int, first: datetime, last: datetime) -> list[Visit]:
    """The worker's visits that begin from `first` until before `last` (aware), the next one first.

    Ahead, under way or finished: a visit that fell through is no longer the worker's.
    """
    found = session.exec(
        select(Visit)
        .join(Occupied, col(Occupied.visit_id) == col(Visit.id))
        .where(
            Occupied.worker_id == worker_id,
            col(Occupied.half_hour).between(half_hour(first), half_hour_from(last)),
            col(Occupied.lasts) > 0,
        )
        .order_by(col(Visit.starts_at))
    )
    # The half hours are the index; asked for the times as well, a database may go through all visits.
    return [visit for visit in found if first <= visit.starts_at < last]


def attended_by(session: Session, worker_id: int, reference: str) -> Visit:
    """The visit with this reference, which the worker attends. Raises UnknownVisit, for others' too."""
    found = by_reference(session, reference)
    if found is None or worker_id not in {worker.id for _, worker in crew(session, found)}:
        raise UnknownVisit(reference=reference)
    return found


def next_of_worker(session: Session, worker_id: int, now: datetime) -> Visit | None:
    """What the worker is at now, else what begins next, within a day before and after `now`."""
    near = of_worker(session, worker_id, now - timedelta(days=1), now + timedelta(days=1))
    live = [visit for visit in near if visit.status in LIVE]
    begun = [visit for visit in live if visit.status not in MOVABLE]
    return next(iter([*begun, *(visit for visit in live if visit.ends_at > now)]), None)


def between(session: Session, first: datetime, last: datetime, *, limit: int, skip: int = 0) -> list[Visit]:
    """Everybody's visits that begin from `first` to before `last` and were not given up, by time.

    At most `limit`, without the first `skip` of them.
    """
    ids = session.exec(_begin(first, last).limit(limit).offset(skip)).all()
    return _by_time(session, [id for id, _ in ids])


def late(session: Session, now: datetime, limit: int) -> list[Visit]:
    """Visits of the last day that should have begun and to which nobody has come, the longest late first."""
    begun = _begin(now - timedelta(days=1), now).subquery()
    waiting = col(Visit.status).in_((Status.CONFIRMED, Status.ON_THE_WAY))
    late_ones = select(Visit.id).join(begun, begun.c.visit_id == col(Visit.id)).where(waiting)
    return _by_time(session, session.exec(late_ones).all())[:limit]


def unconfirmed(session: Session, company: "Company", now: datetime, limit: int) -> list[Visit]:
    """Visits of today and tomorrow of which it is not sure that somebody comes, the next one first.

    These are the ones whose worker dropped out, while nobody else was found.
    """
    midnight = now.astimezone(company.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    ahead = _begin(now, midnight + timedelta(days=2)).subquery()
    alone = (text("dropout.outcome IS NULL"), col(Dropout.instead_id).is_(None))
    ids = select(ahead.c.visit_id).join(Dropout, col(Dropout.visit_id) == ahead.c.visit_id).where(*alone)
    return _by_time(session, session.exec(ids).all())[:limit]


def _begin(first: datetime, last: datetime) -> "Select[int | None, int]":
    """The ids of the visits that take somebody's time from a half hour between the two on."""
    return (
        select(col(Occupied.visit_id), col(Occupied.half_hour))
        .where(
            col(Occupied.half_hour) >= half_hour_from(first),
            col(Occupied.half_hour) < half_hour_from(last),
            text("occupied.lasts > 0"),  # a literal, so that the partial index serves it
            col(Occupied.visit_id).is_not(None),
        )
        .distinct()
        .order_by(col(Occupied.half_hour), col(Occupied.visit_id))
    )


def _by_time(session: Session, ids: Collection[int | None]) -> list[Visit]:
    found = session.exec(select(Visit).where(col(Visit.id).in_(ids)))
    return sorted(found, key=lambda visit: (visit.starts_at, visit.id or 0))


def requests_waiting(session: Session, limit: int) -> list[Visit]:
    """The visits that wait for the company's yes or no, the most urgent first."""
    return list(
        session.exec(
            select(Visit)
            .where(col(Visit.answer_by).is_not(None))
            .order_by(col(Visit.answer_by), col(Visit.id))
            .limit(limit)
        )
    )
