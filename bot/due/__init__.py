"""What is said when a reminder falls due, by its kind. Whether it is still true is looked at then."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot import caring
from bot.due import (
    birthday,
    campaign,
    care_check,
    care_contract,
    care_festival,
    care_lost,
    care_next,
    care_return,
    care_season,
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
    plan_last,
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
from core.lifecycle import planning
from core.reminders import Reminder

Say = Callable[[Turn, Reminder], str]
"""Says what a reminder asks for, as far as it is still true; what came of it, in words that staff can read.

The turn is the company's own: `telling.house_turn`.
"""

SAYS: Mapping[str, Say] = {
    **{
        each.KIND: each.say
        for each in (
            birthday,
            care_check,
            care_contract,
            care_festival,
            care_lost,
            care_next,
            care_return,
            care_season,
            complaint,
            near,
            offer_ends,
            offer_told,
            papers,
            plan_last,
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
    campaign.KIND: campaign.say,
    campaign.DRAW: campaign.draw,
    campaign.WON: campaign.say_won,
    campaign.STOPPED: campaign.say_stopped,
    care_lost.LAST: care_lost.last,
    care_next.RISK: care_next.risk,
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
    given_up.KIND: timedelta(days=7),
    rating.KIND: timedelta(days=3),
    weekly.KIND: timedelta(days=2),
}
"""How late, after an outage, each kind is still worth saying. The others are work that has to be done however
late it is, and what has a visit to go by: those see for themselves what is still worth a word."""


def _care(kind: str, rank: int, whom: Callable[[Turn, Reminder], int | None] = caring.whom) -> Manners:
    return Manners(Class.CARE, whom, rank=rank, worth=planning.WORTH[kind])


MANNERS: Mapping[str, Manners] = {
    birthday.KIND: Manners(Class.CARE, birthday.whom, rank=5, worth=timedelta(days=1), anyway=birthday.give),
    care_check.KIND: _care(care_check.KIND, 4),
    care_next.KIND: _care(care_next.KIND, 3),
    care_next.RISK: _care(care_next.RISK, 3),
    care_lost.KIND: _care(care_lost.KIND, 3),
    care_lost.LAST: _care(care_lost.LAST, 3),
    care_festival.KIND: _care(care_festival.KIND, 2),
    care_return.KIND: _care(care_return.KIND, 1, care_return.whom),
    care_season.KIND: _care(care_season.KIND, 0),
    care_contract.KIND: Manners(Class.SERVICE, care_contract.whom),
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
    campaign.KIND: Manners(Class.MARKETING, campaign.whom, rank=2, unsaid=campaign.unsaid),
    campaign.WON: Manners(Class.SERVICE, campaign.whom),
    tier.KIND: Manners(Class.CARE, tier.whom, rank=6, owed=True, worth=timedelta(days=7)),
    near.KIND: Manners(Class.SERVICE, near.whom),
    plan_last.KIND: Manners(Class.SERVICE, plan_last.whom),
    package.KIND: Manners(Class.SERVICE, package.whom),
    rating.KIND: Manners(Class.SERVICE, rating.whom),
    referral.KIND: Manners(Class.SERVICE, referral.whom),
}
"""What a customer is told that can wait for a better hour: nobody is woken, after an outage either. Care is
counted with all else that they did not ask for. Other kinds are urgent, or told workers and staff."""
RESTS = frozenset({complaint.DAILY, day_lists.KIND, observed.KIND, papers.KIND, relayed.KIND, weekly.KIND})
"""What workers and staff are told by the clock that can wait until they have slept."""
