"""Reaching a tier by what was paid or how often we came in a year, keeping it, losing it a step at a time."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from core import reminders
from core.compensations import Compensation
from core.members import companions, lots
from core.members.tables import STEPS, Membership, Tier
from core.members.tiers import membership
from core.payments import Payment
from core.visits.tables import Visit

if TYPE_CHECKING:
    from core.company import Company

KIND = "tier"
"""The reminder that looks at a tier before it ends, when it ends, and after the time of grace."""
WARN, END, DOWN = "warn", "end", "down"


class Standing(NamedTuple):
    """What was finished and paid within some time, less what went back; in fen, and visits."""

    spend: int
    visits: int


class Gap(NamedTuple):
    """What is missing to a tier: so much money, in fen, or so many visits."""

    tier: Tier
    spend: int
    visits: int


def standing(session: Session, company: "Company", customer_id: int, until: datetime) -> Standing:
    """What counts for a tier at that moment."""
    since = until - timedelta(days=company.members.tier_days)
    paid = (
        select(func.count(), func.sum(Payment.amount))
        .select_from(Visit)
        .join(Payment, col(Payment.visit_id) == col(Visit.id))
        .where(Visit.customer_id == customer_id, col(Visit.starts_at) >= since)
        .where(col(Payment.paid_at).is_not(None))
    )
    back = select(func.sum(Compensation.amount)).where(
        Compensation.customer_id == customer_id,
        Compensation.kind == "refund",
        col(Compensation.remedy_id).is_not(None),
        col(Compensation.granted_at) >= since,
    )
    visits, spend = session.exec(paid).one()
    return Standing(max(0, int(spend or 0) - int(session.exec(back).one() or 0)), int(visits))


def deserved(company: "Company", stands: Standing) -> Tier:
    """The highest tier for which that is enough."""
    return max((tier for tier in STEPS if _is_enough(company, tier, stands)), key=lambda tier: tier.step)


def gap(company: "Company", tier: Tier, stands: Standing) -> Gap:
    """What is missing to a tier."""
    level = company.members.of(tier)
    return Gap(tier, max(0, level.spend - stands.spend), max(0, level.visits - stands.visits))


def gap_to_next(company: "Company", tier: Tier, stands: Standing) -> Gap | None:
    """What is missing to the next tier; None in the last one."""
    return gap(company, STEPS[tier.step + 1], stands) if tier is not STEPS[-1] else None


def rise(session: Session, company: "Company", customer_id: int, now: datetime) -> Tier | None:
    """Lift a member into the tier they deserve, which they reach or keep at once; the new one, if it is new.

    In the time of grace the tier they have begins anew when they deserve it.
    """
    member = membership(session, customer_id, lock=True)
    if member is None:
        return None
    earned = deserved(company, standing(session, company, customer_id, now))
    in_grace = member.tier_until is not None and member.tier_until <= now
    if earned.step > member.tier.step:
        enter(session, company, member, earned, now)
        return earned
    if earned is member.tier and in_grace:
        enter(session, company, member, earned, now)
    return None


def enter(session: Session, company: "Company", member: Membership, tier: Tier, now: datetime) -> None:
    """From now on a member is in that tier, for a year; it is looked at again before that is over."""
    if tier is not member.tier:
        member.tier_since = now
    member.tier = tier
    member.tier_until = (
        None if tier is Tier.BASIC else lots.month_end(company, now, company.members.tier_months)
    )
    session.add(member)
    session.flush()
    companions.name(session, company, member)
    if member.tier_until is not None:
        rules, until = company.members, member.tier_until
        watch(session, company, member, WARN, until - timedelta(days=rules.tier_warn_days))
        watch(session, company, member, END, until)
        watch(session, company, member, DOWN, until + timedelta(days=rules.tier_grace_days))


def watch(session: Session, company: "Company", member: Membership, step: str, at: datetime) -> None:
    """Look at a tier on the day of that moment, at the hour at which members are told things."""
    until = member.tier_until.isoformat() if member.tier_until else ""
    day = at.astimezone(company.zone)
    due = day.replace(hour=company.members.warn_hour, minute=0, second=0, microsecond=0)
    key = f"{KIND}:{member.id}:{member.tier.value}:{until[:10]}:{step}"
    payload = {"step": step, "until": until}
    reminders.schedule(session, KIND, str(member.id), due, dedupe_key=key, payload=payload)


def keep_or_lower(session: Session, company: "Company", member: Membership, now: datetime) -> Tier:
    """The tier is over: it begins anew if it is deserved, and is one step lower where the grace is over too.

    The membership must be locked. Returns the tier they are in then.
    """
    assert member.tier_until is not None
    earned = deserved(company, standing(session, company, member.customer_id, now))
    if earned.step >= member.tier.step:
        enter(session, company, member, earned, now)
    elif now >= member.tier_until + timedelta(days=company.members.tier_grace_days):
        enter(session, company, member, STEPS[member.tier.step - 1], now)
    return member.tier


def _is_enough(company: "Company", tier: Tier, stands: Standing) -> bool:
    level = company.members.of(tier)
    if not level.spend and not level.visits:
        return tier is Tier.BASIC
    by_money = bool(level.spend) and stands.spend >= level.spend
    return by_money or (bool(level.visits) and stands.visits >= level.visits)
