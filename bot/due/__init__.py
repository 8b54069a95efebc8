"""What is said when a reminder falls due, by its kind. Whether it is still true is looked at then."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.due import (
    complaint,
    day_lists,
    digest,
    ending,
    erasure,
    expiring,
    forewarned,
    given_up,
    handoff,
    lateness,
    morning,
    near,
    observed,
    offer_ends,
    offer_told,
    overdue,
    package,
    papers,
    points_expiring,
    rating,
    referral,
    relayed,
    replaced,
    rescue,
    setting_out,
    statement,
    tier,
    unanswered,
    unchecked,
    waiting,
    weekly,
)
from bot.flow import Turn
from bot.manners import Manners
from core.decency import Class
from core.reminders import Reminder

Say = Callable[[Turn, Reminder], str]
"""Says what a reminder asks for, as far as it is still true; what came of it, in words that staff can read.

The turn is the company's own: `telling.house_turn`.
"""

SAYS: Mapping[str, Say] = {
    **{
        each.KIND: each.say
        for each in (
            complaint,
            near,
            offer_ends,
            offer_told,
            papers,
            points_expiring,
            replaced,
            day_lists,
            digest,
            setting_out,
            lateness,
            morning,
            ending,
            erasure,
            overdue,
            package,
            referral,
            unchecked,
            expiring,
            given_up,
            handoff,
            waiting,
            observed,
            rating,
            relayed,
            rescue,
            statement,
            tier,
            unanswered,
            weekly,
        )
    },
    day_lists.UNCONFIRMED: day_lists.say_unconfirmed,
    forewarned.LOOK: forewarned.look,
    forewarned.OWED: forewarned.owed,
    forewarned.TOGETHER: forewarned.together,
    complaint.DAILY: complaint.say_daily,
    package.WARNS: package.warn,
    referral.CHECK: referral.look_back,
}
"""One for every kind of reminder there is."""

WORTH: Mapping[str, timedelta] = {
    complaint.DAILY: timedelta(hours=12),
    given_up.KIND: timedelta(days=7),
    morning.KIND: timedelta(hours=3),
    rating.KIND: timedelta(days=3),
    weekly.KIND: timedelta(days=2),
}
"""How late, after an outage, each kind is still worth saying. The others are work that has to be done however
late it is, and what has a visit to go by: those see for themselves what is still worth a word."""

MANNERS: Mapping[str, Manners] = {
    digest.KIND: Manners(
        Class.CARE, digest.whom, rank=9, owed=True, worth=timedelta(days=3), anyway=digest.plan_next
    ),
    package.WARNS: Manners(Class.CARE, package.whom, rank=8, owed=True, worth=timedelta(days=7)),
    points_expiring.KIND: Manners(
        Class.CARE,
        points_expiring.whom,
        rank=7,
        owed=True,
        worth=timedelta(days=3),
        anyway=points_expiring.look_once_more,
    ),
    tier.KIND: Manners(Class.CARE, tier.whom, rank=6, owed=True, worth=timedelta(days=7)),
    near.KIND: Manners(Class.SERVICE, near.whom),
    package.KIND: Manners(Class.SERVICE, package.whom),
    rating.KIND: Manners(Class.SERVICE, rating.whom),
    referral.KIND: Manners(Class.SERVICE, referral.whom),
}
"""What a customer is told that can wait for a better hour: nobody is woken, after an outage either. Care is
counted with all else that they did not ask for. Other kinds are urgent, or told workers and staff."""
RESTS = frozenset({observed.KIND, papers.KIND, relayed.KIND, weekly.KIND})
"""What workers are told by the clock that can wait until they have slept."""
