"""What it costs to cancel or move a visit, as pure arithmetic on the rules it was placed under."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from core.policies import Policies

if TYPE_CHECKING:
    from core.company import Company

FeeRule = Literal["unassigned", "free", "free_move", "late", "last_minute", "no_access"]


@dataclass(frozen=True, slots=True)
class Fee:
    """What is due, and why. `percent` of the visit's total, at most `cap` fen; 0 and 0 where it is free."""

    amount: int
    rule: FeeRule
    percent: int
    cap: int
    free_until: datetime
    """Until then, included, it is free whoever is assigned; aware UTC."""
    waived: bool = False
    """Something would be due, but the company forgives it."""


def free_until(company: "Company", policies: Policies, starts_at: datetime) -> datetime:
    """Until when, included, cancelling a visit that starts then is free; aware UTC."""
    day_before = starts_at.astimezone(company.zone).date() - timedelta(days=1)
    evening = datetime.combine(day_before, time(policies.free_until_hour), company.zone)
    return max(evening.astimezone(UTC), starts_at.astimezone(UTC) - timedelta(hours=policies.free_hours))


def cancelling(
    company: "Company",
    policies: Policies,
    *,
    total: int,
    starts_at: datetime,
    assigned: bool,
    on_the_way: bool,
    late_before: int,
    goodwill: int | None = None,
    now: datetime,
) -> Fee:
    """What cancelling costs now. `late_before` is how many late cancellations the customer already had.

    So many of them are forgiven as `goodwill` says, as the rules do where nothing is said.
    """
    until = free_until(company, policies, starts_at)
    rule = _rule(policies, until, starts_at=starts_at, assigned=assigned, on_the_way=on_the_way, now=now)
    forgiven = policies.goodwill if goodwill is None else goodwill
    return _fee(policies, rule, total, until, waived=late_before < forgiven)


def moving(
    company: "Company",
    policies: Policies,
    *,
    total: int,
    starts_at: datetime,
    assigned: bool,
    on_the_way: bool,
    moves: int,
    now: datetime,
) -> Fee:
    """What moving costs now, after `moves` earlier moves: the first are free, unless somebody set out."""
    until = free_until(company, policies, starts_at)
    rule = _rule(policies, until, starts_at=starts_at, assigned=assigned, on_the_way=on_the_way, now=now)
    if rule in ("late", "last_minute") and moves < policies.free_moves and not on_the_way:
        rule = "free_move"
    return _fee(policies, rule, total, until, waived=False)


def no_access(company: "Company", policies: Policies, *, total: int, starts_at: datetime) -> Fee:
    """What a visit costs that could not begin because nobody opened or answered."""
    return _fee(policies, "no_access", total, free_until(company, policies, starts_at), waived=False)


def _rule(
    policies: Policies,
    until: datetime,
    *,
    starts_at: datetime,
    assigned: bool,
    on_the_way: bool,
    now: datetime,
) -> FeeRule:
    if on_the_way:
        return "last_minute"
    if not assigned:
        return "unassigned"
    if now <= until:
        return "free"
    if now <= starts_at - timedelta(minutes=policies.last_minute_minutes):
        return "late"
    return "last_minute"


def _fee(policies: Policies, rule: FeeRule, total: int, until: datetime, *, waived: bool) -> Fee:
    percent, cap = {
        "late": (policies.late_percent, policies.late_most),
        "last_minute": (policies.last_minute_percent, policies.last_minute_most),
        "no_access": (policies.no_access_percent, policies.no_access_most),
    }.get(rule, (0, 0))
    due = min(total * percent // 100, cap)
    return Fee(0 if waived else due, rule, percent, cap, until, waived and due > 0)
