"""When staff are told what the day holds: a section of the company's file."""

from datetime import time

from core.catalogue import Section
from core.members.tables import Tier
from core.policies import Count


class Rules(Section):
    """The list that staff get in the morning, on days on which the office opens."""

    minutes_before: Count = 30
    """It comes so long before the office opens..."""
    earliest: time = time(7, 30)
    latest: time = time(8, 30)
    """... and between these."""
    birthdays: tuple[Tier, ...] = (Tier.GOLD, Tier.DIAMOND)
    """Members of which tiers are named on their birthday."""
