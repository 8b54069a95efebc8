"""Somebody finds it dear, or bargains: the price is the same for all, and these are the ways to pay less."""

from bot import cards
from bot.flow import Turn
from bot.messages import Outbound
from core import consents, coupons
from core.consents import Purpose
from core.members import tiers


def cheaper(turn: Turn, _argument: str) -> list[Outbound]:
    """What this customer has already, and what they could have."""
    count = len(coupons.usable(turn.session, turn.customer_id, turn.now))
    names = ["coupons"] if count else []
    names += ["buying"] if turn.company.pricing.packages else []
    names += ["referral"]
    names += ["enrolling"] if tiers.membership(turn.session, turn.customer_id) is None else ["points"]
    if not consents.has(turn.session, turn.customer_id, Purpose.MARKETING):
        names.append("tellmeoffers")
    return [turn.say("cheaper-told", count=count, choices=[cards.go(turn, name) for name in names])]
