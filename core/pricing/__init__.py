"""One place computes what a customer pays: list price, tier, package or coupon, points, within limits."""

from core.pricing.applying import (
    BEST,
    NONE,
    PAID,
    Benefits,
    Candidate,
    Choice,
    Order,
    again,
    candidates,
    is_wages,
)
from core.pricing.finding import benefits_of
from core.pricing.keeping import BenefitGone, finish, give_back, lenders_of, take
from core.pricing.pipeline import Look, look_at, price

__all__ = [
    "BEST",
    "NONE",
    "PAID",
    "BenefitGone",
    "Benefits",
    "Candidate",
    "Choice",
    "Look",
    "Order",
    "again",
    "benefits_of",
    "candidates",
    "finish",
    "give_back",
    "is_wages",
    "lenders_of",
    "look_at",
    "price",
    "take",
]
