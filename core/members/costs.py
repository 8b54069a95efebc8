"""What the programme costs: the points that are out, what they are worth, and when they expire."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from core.members.points import FEN_PER_YUAN
from core.members.tables import Membership, PointEntry, PointLot, Tier, What

if TYPE_CHECKING:
    from core.company import Company

YEAR = timedelta(days=365)


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


def unused_percent(session: Session, now: datetime) -> int | None:
    """How many percent of the points that went in the last year expired unused; None where none went.

    Reads every entry of the year.
    """
    gone = (What.SPENT, What.GIVEN_BACK, What.EXPIRED)
    query = (
        select(PointEntry.what, func.sum(PointEntry.points))
        .where(col(PointEntry.at) >= now - YEAR, col(PointEntry.what).in_(gone))
        .group_by(col(PointEntry.what))
    )
    sums = {What(what): -int(points) for what, points in session.exec(query)}
    every = sum(sums.values())
    return 100 * sums.get(What.EXPIRED, 0) // every if every > 0 else None


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
