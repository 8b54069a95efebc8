"""Each customer's own rhythm: how many days apart their visits are, and which window is their usual one."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.lifecycle.rules import Rules
from core.visits import Visit

if TYPE_CHECKING:
    from core.company import Company

LOOKED_AT = 12
"""So many of the last intervals make the rhythm, so that it follows whoever changes theirs."""
WINDOWS = 6
"""Of so many of the last visits the usual window is found."""
NOTICE = timedelta(hours=12)
"""So long before a visit at least it is offered; what a service needs is looked at with its windows."""
WEEK, DAY = timedelta(days=7), timedelta(days=1)


def interval(days: Sequence[date], rules: Rules) -> int:
    """The own interval in days, of the days on which there were visits, in any order."""
    ordered = sorted(set(days))[-LOOKED_AT - 1 :]
    if len(ordered) < rules.rhythm_visits:
        return rules.rhythm_usual_days
    apart = round(median((later - sooner).days for sooner, later in pairwise(ordered)))
    return min(max(apart, rules.rhythm_least_days), rules.rhythm_most_days)


def next_after(company: "Company", finished: Sequence[Visit]) -> timedelta:
    """How long after the last visit the next one is offered. `finished`: the latest first, at least one."""
    rules, days = company.care, occasions(company.zone, finished)
    if len(days) == 1:
        return rules.slot_days * DAY
    if len(days) < rules.rhythm_visits:
        return rules.rhythm_usual_days * DAY
    return interval(days, rules) * DAY * rules.next_percent / 100


def silent_too_long(company: "Company", finished: Sequence[Visit]) -> timedelta:
    """How long after the last visit nobody expects the next one any more."""
    rules, days = company.care, occasions(company.zone, finished)
    if len(days) < rules.rhythm_visits:
        return rules.risk_few_days * DAY
    return interval(days, rules) * DAY * rules.risk_percent / 100


def occasions(zone: ZoneInfo, finished: Sequence[Visit]) -> list[date]:
    """The days on which there were visits; two on one day are one occasion."""
    return sorted({one.starts_at.astimezone(zone).date() for one in finished})


def usual(company: "Company", finished: Sequence[Visit], now: datetime) -> tuple[Visit, datetime]:
    """The visit that comes again, and when: in the usual window of its service, about an interval after the
    last visit and some hours ahead. `finished`: the latest first, at least one."""
    last = finished[0]
    same = [one for one in finished[:WINDOWS] if one.service_code == last.service_code]
    slots = Counter(_slot(company.zone, one) for one in same)
    most = max(slots.values())
    base = next(one for one in same if slots[_slot(company.zone, one)] == most)
    again = base.starts_at.astimezone(company.zone)
    days = occasions(company.zone, finished)
    wanted = last.starts_at + interval(days, company.care) * DAY - 3 * DAY
    while again < wanted or again <= now + NOTICE:
        again += WEEK
    return base, again


def _slot(zone: ZoneInfo, visit: Visit) -> tuple[int, int, int]:
    local = visit.starts_at.astimezone(zone)
    return local.weekday(), local.hour, local.minute
