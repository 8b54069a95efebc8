"""A visit that is under way lasts longer: whether its workers have the time, and selling it to the visit."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, update
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col

from core import areas, calendars
from core.windows.board import LONGEST_STAY, SECONDS, half_hour, lasting
from core.windows.tables import Hold
from core.workers import Occupied

if TYPE_CHECKING:
    from core.company import Company

_OCCUPY = insert(SQLModel.metadata.tables["occupied"])


def has_room(
    session: Session,
    company: "Company",
    *,
    team: Collection[int],
    area_code: str,
    ends_at: datetime,
    minutes: int,
    now: datetime,
) -> bool:
    """Whether a visit of this team could end so many minutes later than at `ends_at`.

    What each of them does next and the way to it must still fit, and the company must still be open. Holds
    that expired do not count.
    """
    if not minutes:
        return True
    later = ends_at + timedelta(minutes=minutes)
    day = ends_at.astimezone(company.zone).date()
    if not any(opens <= ends_at and later <= closes for opens, closes in calendars.periods(company, day)):
        return False
    return all(
        half_hour(later) + gap <= first
        for first, gap in _next(session, company, team, area_code, half_hour(ends_at), now)
    )


def lengthen(
    session: Session,
    *,
    visit_id: int,
    team: Collection[int],
    ends_at: datetime,
    minutes: int,
    now: datetime,
) -> None:
    """Sell the half hours after `ends_at` to the visit too; its team must be locked and have room."""
    first, more = half_hour(ends_at), lasting(minutes)
    if not more:
        return
    expired = columns(col(Hold.id)).where(col(Hold.expires_at) <= now)
    session.execute(
        delete(Occupied).where(
            col(Occupied.worker_id).in_(team),
            col(Occupied.half_hour).between(first, first + more - 1),
            col(Occupied.hold_id).in_(expired),
        )
    )
    blank = {"hold_id": None, "visit_id": visit_id, "lasts": 0, "area_code": "", "prepares": 0}
    rows = [{"worker_id": id, "half_hour": at, **blank} for id in team for at in range(first, first + more)]
    session.connection().execute(_OCCUPY, rows)
    session.execute(
        update(Occupied)
        .where(col(Occupied.visit_id) == visit_id, col(Occupied.lasts) > 0)
        .values(lasts=col(Occupied.lasts) + more)
    )


def _next(
    session: Session,
    company: "Company",
    team: Collection[int],
    area_code: str,
    end: int,
    now: datetime,
) -> list[tuple[int, int]]:
    """What the team does from the half hour `end` on: when it begins, and the half hours needed before it."""
    stays = (
        columns(col(Occupied.half_hour), col(Occupied.area_code), col(Occupied.prepares))
        .join(Hold, col(Hold.id) == col(Occupied.hold_id), isouter=True)
        .where(
            col(Occupied.worker_id).in_(team),
            col(Occupied.half_hour).between(end, end + LONGEST_STAY),
            col(Occupied.lasts) > 0,
            (col(Occupied.hold_id).is_(None)) | (col(Hold.expires_at) > now),
        )
    )
    return [(at, _gap(company, area_code, area, prepares)) for at, area, prepares in session.execute(stays)]


def _gap(company: "Company", here: str, there: str, prepares: int) -> int:
    minutes = areas.travel_minutes(company, here, there) + prepares
    return -(-minutes * 60 // SECONDS)
