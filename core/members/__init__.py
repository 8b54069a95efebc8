"""Members: their points in lots, their tiers and what these are good for."""

from core.members.tables import (
    Adjustment,
    LotState,
    Membership,
    NotEnoughPoints,
    PointEntry,
    PointLot,
    Redemption,
    Tier,
    What,
)

__all__ = [
    "Adjustment",
    "LotState",
    "Membership",
    "NotEnoughPoints",
    "PointEntry",
    "PointLot",
    "Redemption",
    "Tier",
    "What",
]
