"""How visits that come again and again are arranged: a section of the company's file."""

from datetime import time

from core.catalogue import Section
from core.policies import Count


class Rules(Section):
    """How far ahead the visits of a plan are placed, and what is asked first."""

    ahead_days: Count = 14
    """The visits of a plan are placed so many days ahead..."""
    look_at: time = time(9, 30)
    """... at this time of day, when people may be told what is special about one."""
    answer_days: Count = 5
    """Who was asked about a date (a public holiday, a higher price) answers so many days before it, or the
    date is left out."""
    apart_days: Count = 30
    """A date may be put off, or made earlier, by at most so many days."""
    times_most: Count = 100
    """A plan may be for at most so many visits; one that goes on longer has no number."""
    plans_most: Count = 5
    """So many plans may one customer have at the same time."""
