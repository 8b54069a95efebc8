"""What is said when a reminder falls due, by its kind. Whether it is still true is looked at then."""

from collections.abc import Callable, Mapping

from bot.due import (
    day_lists,
    ending,
    expiring,
    lateness,
    near,
    observed,
    offer_ends,
    offer_told,
    overdue,
    papers,
    relayed,
    replaced,
    rescue,
    setting_out,
    unchecked,
    waiting,
    weekly,
)
from bot.flow import Turn
from core.reminders import Reminder

Say = Callable[[Turn, Reminder], str]
"""Says what a reminder asks for, as far as it is still true; what came of it, in words that staff can read.

The turn is the company's own: `telling.house_turn`.
"""

SAYS: Mapping[str, Say] = {
    **{
        each.KIND: each.say
        for each in (
            near,
            offer_ends,
            offer_told,
            papers,
            replaced,
            day_lists,
            setting_out,
            lateness,
            ending,
            overdue,
            unchecked,
            expiring,
            waiting,
            observed,
            relayed,
            rescue,
            weekly,
        )
    },
    day_lists.UNCONFIRMED: day_lists.say_unconfirmed,
}
"""One for every kind of reminder there is."""
