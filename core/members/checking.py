"""Whether the ledger of points agrees with itself: every balance computed anew from its entries."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from core.members.tables import LotState, PointEntry, PointLot, What

NEWEST = 200_000
"""So many lots are looked at, the newest first."""
SHOWN = 5


class Checked(NamedTuple):
    """How many lots were looked at, and what does not agree, in words."""

    lots: int
    faults: list[str]


def check(session: Session) -> Checked:
    """Compute what is left of the newest lots from their entries, and compare."""
    last = session.exec(select(func.max(PointLot.id))).one() or 0
    since = col(PointLot.id) > max(0, last - NEWEST)
    left = func.coalesce(func.sum(PointEntry.points), 0)
    came = func.sum(case((_came_in(), col(PointEntry.points)), else_=0))
    strange = func.sum(case((col(PointEntry.customer_id) != col(PointLot.customer_id), 1), else_=0))
    lot = (col(PointLot.id), col(PointLot.customer_id), col(PointLot.state), col(PointLot.points))
    query = (
        columns(*lot, left, came)
        .outerjoin(PointEntry, col(PointEntry.lot_id) == col(PointLot.id))
        .where(since)
        .group_by(col(PointLot.id))
        .having(or_(_is_wrong(left), came != col(PointLot.points), strange > 0))
        .order_by(col(PointLot.id))
        .limit(SHOWN)
    )
    faults = [
        f"lot {id} of customer {owner} is {state.value}, got {got or 0} of {points} points, {there} left"
        for id, owner, state, points, there, got in session.execute(query)
    ]
    return Checked(session.exec(select(func.count()).where(since)).one(), faults)


def _came_in() -> ColumnElement[bool]:
    """The entry by which a lot got its points."""
    into = (What.EARNED, What.ADJUSTED, What.EXTENDED)
    return col(PointEntry.what).in_(into) & (col(PointEntry.points) > 0)


def _is_wrong(left: ColumnElement[int]) -> ColumnElement[bool]:
    """The state of a lot says something else than what is left of it."""
    return or_(
        (col(PointLot.state) == LotState.CLOSED) & (left != 0),
        (col(PointLot.state) == LotState.OPEN) & (left <= 0),
        (col(PointLot.state) == LotState.OWING) & (left >= 0),
    )
