"""What the programme costs: the points that are out, what they are worth, and when they expire."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from core.members.points import FEN_PER_YUAN
from core.members.tables import Membership, PointEntry, PointLot, Tier

if TYPE_CHECKING:
    from core.company import Company


class Outstanding(NamedTuple):
    """Points that expire at the same moment, what they are worth in fen, and how many customers have them."""

    expires_at: datetime
    points: int
    fen: int
    customers: int


def outstanding(session: Session, company: "Company", now: datetime) -> list[Outstanding]:
    """All points that are out and good, by when they expire. Reads every lot of which something is left."""
    total = func.sum(PointEntry.points)
    query = (
        select(PointLot.expires_at, total, func.count(func.distinct(PointLot.customer_id)))
        .join(PointEntry, col(PointEntry.lot_id) == col(PointLot.id))
        .where(text("point_lot.state = 'open'"), col(PointLot.expires_at) > now)
        .group_by(col(PointLot.expires_at))
        .order_by(col(PointLot.expires_at))
    )
    rate = company.members.points_per_yuan
    return [
        Outstanding(at, int(points), int(points) * FEN_PER_YUAN // rate, customers)
        for at, points, customers in session.exec(query)
    ]


def owing(session: Session) -> int:
    """How many points customers owe us after refunds."""
    query = (
        select(func.sum(PointEntry.points))
        .join(PointLot, col(PointLot.id) == col(PointEntry.lot_id))
        .where(text("point_lot.state = 'owing'"))
    )
    return -int(session.exec(query).one() or 0)


def members(session: Session) -> dict[Tier, int]:
    """How many members each tier has."""
    query = select(Membership.tier, func.count()).group_by(col(Membership.tier))
    return {Tier(tier): count for tier, count in session.exec(query)}
