"""When and how often people may be told what they did not ask for: a section of the company's file."""

from datetime import time

from core.catalogue import Section
from core.policies import Count


class Hours(Section):
    """What holds for one class of what can wait, on a clock of the person's."""

    begins: time
    ends: time
    """From then until then it may be said."""
    per_day: Count
    per_week: Count
    per_month: Count
    """So many in one day, in seven days and in thirty days that follow one another."""
    stale_hours: Count
    """It is dropped rather than said so long after it was due, unless it says otherwise itself."""


class Rules(Section):
    """Peace and quiet: what is urgent goes always, what concerns a visit by day, all else seldom."""

    care: Hours = Hours(begins=time(8), ends=time(21), per_day=1, per_week=2, per_month=4, stale_hours=24)
    marketing: Hours = Hours(
        begins=time(9), ends=time(20, 30), per_day=1, per_week=1, per_month=3, stale_hours=48
    )
    spread_from: time = time(8, 5)
    spread_until: time = time(9, 30)
    """What had to wait for a morning is said between these, at a moment of the customer's own."""
    complaint_days: Count = 14
    """No care and no offers while a complaint is open, nor so many days after."""
    low_stars: Count = 2
    low_days: Count = 14
    """No offers for so many days after a visit that got no more than so many stars."""
    ignored_times: Count = 3
    ignored_hours: Count = 72
    """So many offers in a row without a word within so many hours..."""
    pause_days: Count = 60
    """... and there is none for so long after the last."""
    fewer_per_month: Count = 1
    """Who asked for fewer messages gets so many, care and offers together."""
