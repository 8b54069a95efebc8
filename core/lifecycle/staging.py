"""In which stage a customer is, and why; what they are worth, and what that comes from."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from core.lifecycle import rhythm
from core.lifecycle.reading import YEAR, History
from core.lifecycle.tables import Segment, Stage

if TYPE_CHECKING:
    from core.company import Company

HIGHEST = 5
MOST_FRIENDS = 2
"""More friends than this make nobody worth more."""


class Placed(NamedTuple):
    """A stage with its reason: a code under `why` and the figures its words name."""

    stage: Stage
    why: Mapping[str, object]


def stage(company: "Company", history: History, now: datetime) -> Placed:
    """Where a customer stands who had a finished visit at least once."""
    rules, silent = company.care, history.silent_days(now)
    if silent > rules.lost_days:
        return Placed(Stage.LOST, {"why": "silent", "days": silent})
    if silent > rules.dormant_days:
        return Placed(Stage.DORMANT, {"why": "silent", "days": silent})
    if (risk := _risk(company, history, now)) is not None:
        return Placed(Stage.AT_RISK, risk)
    days = rhythm.occasions(company.zone, history.finished)
    if len(days) <= 1:
        return Placed(Stage.NEW, {"why": "first"})
    visits, stars = history.in_a_year(now), history.stars(now - YEAR)
    is_content = bool(stars) and mean(stars) >= rules.loyal_stars
    if visits >= rules.loyal_visits and is_content and not history.was_bad(now):
        return Placed(Stage.LOYAL, {"why": "loyal", "visits": visits, "stars": f"{mean(stars):.1f}"})
    if history.ahead:
        return Placed(Stage.ACTIVE, {"why": "ahead"})
    own = history.interval(company)
    # Between this and the risk nobody is anything else yet: they are only later than usual.
    on_time = silent * 100 <= own * rules.active_percent
    return Placed(Stage.ACTIVE, {"why": "lately" if on_time else "late", "days": silent, "interval": own})


def _risk(company: "Company", history: History, now: datetime) -> Mapping[str, object] | None:
    rules, silent = company.care, history.silent_days(now)
    since = now - timedelta(days=rules.risk_window_days)
    if not history.ahead and now - history.finished[0].starts_at > rhythm.silent_too_long(
        company, history.finished
    ):
        return {"why": "silent-own", "days": silent, "interval": history.interval(company)}
    if history.is_unsolved():
        return {"why": "complaint"}
    if any(one <= rules.risk_stars for one in history.stars(since)):
        return {"why": "rating", "stars": min(history.stars(since))}
    gone = sum(one.closed_at is not None and one.closed_at > since for one in history.cancelled)
    if gone >= rules.risk_cancelled:
        return {"why": "cancelled", "times": gone, "days": rules.risk_window_days}
    return None


def value(company: "Company", history: History, now: datetime) -> tuple[Segment, Mapping[str, int]]:
    """What a customer is worth: how lately, how often, how much, whom they told, what else they may need."""
    rules = company.care
    since = max(0, (now - history.finished[0].starts_at) // timedelta(days=1))
    score = {
        "recency": HIGHEST - sum(since > limit for limit in rules.recency_days),
        "frequency": 1 + sum(history.in_a_year(now) >= limit for limit in rules.frequency_visits),
        "money": 1 + sum(history.paid >= limit for limit in rules.money_fen),
        "friends": min(history.friends, MOST_FRIENDS),
        "potential": _potential(company, history),
    }
    total = sum(score.values())
    return list(Segment)[sum(total >= limit for limit in rules.segment_from)], score


def _potential(company: "Company", history: History) -> int:
    """What they may need besides: a big home, somebody to look after, and all they have not tried yet."""
    home = history.home
    tried = {one.service_code for one in history.finished}
    looked_after = bool(home.infants or home.elderly or home.pets)
    return (history.size_m2 >= company.care.big_home_m2) + looked_after + (len(tried) == 1)
