"""How households are made: a section of the company's file."""

from core.catalogue import Section
from core.policies import Count


class HouseholdRules(Section):
    """How long an invitation is good for, and how many people share."""

    invitation_hours: Count = 72
    most_people: Count = 20
    """In one household, its owner included."""
