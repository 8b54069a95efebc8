"""What campaigns must not say, and how long they may be: a section of the company's file."""

from core.catalogue import Section
from core.policies import Count


class Rules(Section):
    """Campaigns."""

    forbidden: tuple[str, ...] = ()
    """Words that the law, or the company itself, allows in no advertisement."""
    longest: Count = 300
    """Characters in one text: an offer is read at a glance, on any channel."""
