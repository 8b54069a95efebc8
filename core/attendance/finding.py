"""Who did what about a visit."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from core.attendance.tables import UNCONFIRMED, Attendance
from core.matching import Assignment
from core.visits import Status, Visit
from core.workers import Worker


def known(session: Session, visit: Visit) -> Mapping[int, Attendance]:
    """What those who attend the visit did about it, by worker; nothing of who left it or of a former time."""
    rows = session.execute(
        select(Attendance, Assignment.assigned_at)
        .join(
            Assignment,
            (col(Assignment.visit_id) == col(Attendance.visit_id))
            & (col(Assignment.worker_id) == col(Attendance.worker_id)),
        )
        .where(Attendance.visit_id == visit.id, col(Assignment.released_at).is_(None))
        .order_by(col(Attendance.worker_id))
    )
    return {row.worker_id: row for row, _ in rows if row.starts_at == visit.starts_at}


def of(session: Session, visit: Visit, worker_id: int) -> Attendance:
    """What a worker did about a visit, to be added to; begun anew when the visit got another time."""
    found = session.get(Attendance, (visit.id, worker_id))
    if found is not None and found.starts_at == visit.starts_at:
        return found
    if found is not None:
        session.delete(found)
        session.flush()
    made = Attendance(visit_id=visit.id or 0, worker_id=worker_id, starts_at=visit.starts_at)
    session.add(made)
    session.flush()
    return made


def unconfirmed(session: Session, first: datetime, last: datetime) -> list[tuple[Worker, Visit]]:
    """Who has not said that they have seen which visit, of those that begin from `first` to before `last`.

    Only what stood in a list of theirs counts. The earliest visit first.
    """
    found = session.execute(
        select(Worker, Visit)
        .join(Attendance, col(Attendance.worker_id) == col(Worker.id))
        .join(Visit, col(Visit.id) == col(Attendance.visit_id))
        .join(
            Assignment,
            (col(Assignment.visit_id) == col(Visit.id)) & (col(Assignment.worker_id) == col(Worker.id)),
        )
        .where(
            UNCONFIRMED,
            col(Attendance.starts_at) >= first,
            col(Attendance.starts_at) < last,
            col(Attendance.starts_at) == col(Visit.starts_at),
            col(Visit.status) == Status.CONFIRMED,
            col(Assignment.released_at).is_(None),
        )
        .order_by(col(Attendance.starts_at), col(Visit.id), col(Worker.id))
    )
    return [(row[0], row[1]) for row in found]
