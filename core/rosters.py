"""When workers are there: leave that begins, ends early or is withdrawn, and new hours of the week."""

from collections.abc import Iterable
from datetime import datetime, time

from sqlmodel import Session, col, delete, select

from core import visits, waitings
from core.visits import Visit
from core.workers import Shift, TimeOff


def leave(
    session: Session, worker_id: int, begins_at: datetime, ends_at: datetime, reason: str = ""
) -> list[Visit]:
    """The worker is not there from `begins_at` until `ends_at`; their visits in that time, which stay as they
    are until staff send somebody else."""
    session.add(TimeOff(worker_id=worker_id, begins_at=begins_at, ends_at=ends_at, reason=reason))
    session.flush()
    theirs = visits.of_worker(session, worker_id, begins_at, ends_at)
    return [one for one in theirs if one.status in visits.AHEAD]


def back(session: Session, worker_id: int, at: datetime) -> bool:
    """The worker is there again from `at` on, whatever leave there is; whether there was any.

    Leave that has not begun by then is withdrawn. Whoever waits for a window hears of it with the next sweep.
    """
    rest = session.exec(
        select(TimeOff).where(TimeOff.worker_id == worker_id, col(TimeOff.ends_at) > at).with_for_update()
    ).all()
    for one in rest:
        waitings.wake(session, max(one.begins_at, at), one.ends_at)
        if one.begins_at >= at:
            session.delete(one)
        else:
            one.ends_at = at
    session.flush()
    return bool(rest)


def set_hours(session: Session, worker_id: int, shifts: Iterable[tuple[int, time, time]]) -> None:
    """These are the worker's hours from now on: weekday (0 is Monday), beginning and end. Visits stay."""
    session.execute(delete(Shift).where(col(Shift.worker_id) == worker_id))
    session.add_all(Shift(worker_id=worker_id, weekday=day, begins=b, ends=e) for day, b, e in shifts)
    waitings.wake(session)
    session.flush()
