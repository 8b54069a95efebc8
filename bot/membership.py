"""Members in words: their card, what a tier is good for, and what a visit brought them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot import cards, telling
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from bot.texts import Money
from core import peaks
from core.members import Membership, Tier, climbing, companions, earning, points, tiers
from core.members.climbing import Gap
from core.members.earning import Paid
from core.payments import Payment
from core.visits import Visit

INSTANT = timedelta(microseconds=1)


def tier_name(turn: Turn, tier: Tier) -> str:
    """What a tier is called."""
    return turn.text(f"tier-{tier.value}")


def last_day(turn: Turn, ends_at: datetime) -> str:
    """The last day of what ends at a moment, with the year where it is not this one."""
    return day_of(turn, ends_at - INSTANT)


def day_of(turn: Turn, at: datetime) -> str:
    """The day of a moment, as the company counts days, with the year where it is not this one."""
    day = at.astimezone(turn.company.zone).date()
    if day.year == turn.now.astimezone(turn.company.zone).year:
        return turn.text("value-said", value=day)
    return turn.text("member-day", year=str(day.year), month=day.month, day=day.day)


def card(turn: Turn, member: Membership) -> Card:
    """The member's card: number, tier, and points."""
    has = points.balance(turn.session, member.customer_id, turn.now)
    rows = [
        (turn.text("member-number"), member.number),
        (turn.text("member-tier"), _tier_line(turn, member)),
        (turn.text("member-points"), turn.text("member-points-line", points=has.usable)),
    ]
    if has.pending and has.pending_until:
        day = day_of(turn, has.pending_until)
        line = turn.text("member-pending-line", points=has.pending, day=day)
        rows.append((turn.text("member-pending"), line))
    if has.expires_at is not None:
        line = turn.text("member-expiring-line", points=has.expiring, day=last_day(turn, has.expires_at))
        rows.append((turn.text("member-expiring"), line))
    if (companion := companions.of(turn.session, turn.company, member.customer_id)) is not None:
        rows.append((turn.text("member-companion"), companion.name))
    return Card(turn.text("member-card"), tuple(rows))


def _tier_line(turn: Turn, member: Membership) -> str:
    name = tier_name(turn, member.tier)
    if member.tier_until is None:
        return name
    return turn.text("member-tier-until", tier=name, day=last_day(turn, member.tier_until))


def ways_to_earn(turn: Turn) -> str:
    """Three ways to earn points, a line each."""
    rules = turn.company.members
    return turn.text(
        "member-ways",
        rate=rules.points_per_yuan,
        day=rules.member_day,
        times=rules.member_day_times,
        profile=rules.profile,
        rating=rules.rating,
        birthday=rules.birthday,
    )


def after_member_day(turn: Turn, day: date) -> dict[str, object]:
    """The next member day, and since when it can be booked; "now" where it can be already."""
    following = peaks.next_member_day(turn.company, day)
    since = following - timedelta(days=turn.company.policies.horizon_days)
    is_open = since <= turn.now.astimezone(turn.company.zone).date()
    return {"next": following, "since": "now" if is_open else since}


def benefits(turn: Turn, tier: Tier) -> str:
    """What a tier is good for, in one line."""
    level, company = turn.company.members.of(tier), turn.company
    services = [one.name for one in company.services if one.code in company.members.discount_services]
    listed = cards.listed(turn, services) if services else turn.text("benefit-everything")
    free = [one.name for one in company.add_ons if one.code == level.quarterly_add_on]
    said = {
        "benefit-discount": {"percent": level.percent_off, "services": listed} if level.percent_off else None,
        "benefit-factor": {"factor": level.factor / 100} if level.factor > 100 else None,
        "benefit-seniors": {} if level.seniors_first else None,
        "benefit-access": {"hours": level.access_hours} if level.access_hours else None,
        "benefit-quarterly": {"add_on": free[0]} if free else None,
        "benefit-manager": {} if level.has_manager else None,
    }
    return turn.text("list-mark").join(
        turn.text(key, **values) for key, values in said.items() if values is not None
    )


def gap_line(turn: Turn, gap: Gap | None) -> str:
    """What is missing to the next tier."""
    if gap is None:
        return ""
    return turn.text("member-gap", spend=Money(gap.spend), visits=gap.visits, tier=tier_name(turn, gap.tier))


def next_gap(turn: Turn, member: Membership) -> Gap | None:
    """What is missing to a member's next tier."""
    stands = climbing.standing(turn.session, turn.company, member.customer_id, turn.now)
    return climbing.gap_to_next(turn.company, member.tier, stands)


def paid_lines(turn: Turn, brought: Paid) -> str:
    """What a paid visit brought a member, for the end of a receipt."""
    lines = []
    if brought.points and brought.usable_from:
        day = day_of(turn, brought.usable_from)
        lines.append(turn.text("member-earned", points=brought.points, day=day))
    if brought.kept and brought.kept_until:
        day = last_day(turn, brought.kept_until)
        lines.append(turn.text("member-kept", points=brought.kept, day=day))
    if brought.risen is not None:
        lines.append(turn.text("member-risen", tier=tier_name(turn, brought.risen)))
        lines.append(turn.text("member-benefits", benefits=benefits(turn, brought.risen)))
    elif brought.gap is not None:
        lines.append(gap_line(turn, brought.gap))
    return "\n".join(lines)


def taken_line(turn: Turn, visit_id: int | None) -> str:
    """What became of the points of a visit that was refunded just now; "" where it brought none."""
    visit = turn.session.get(Visit, visit_id) if visit_id else None
    if visit is None or not earning.brought(turn.session, visit):
        return ""
    taken = earning.taken_at(turn.session, visit, turn.now)
    has = points.balance(turn.session, visit.customer_id, turn.now)
    return turn.text("member-taken", points=taken, now=has.usable)


def offer(turn: Turn, visit: Visit, payment: Payment) -> str:
    """What whoever has not joined would get for this visit, for the end of the receipt of the first one; ""
    where they are not asked."""
    if not _is_first(turn, visit):
        return ""
    would = earning.worth_of(turn.company, Tier.BASIC, visit, payment.amount)
    return turn.text("member-offered", sign_up=turn.company.members.sign_up, points=would)


def _is_first(turn: Turn, visit: Visit) -> bool:
    if tiers.membership(turn.session, visit.customer_id) is not None:
        return False
    return climbing.standing(turn.session, turn.company, visit.customer_id, turn.now).visits == 1


def tell(
    turn: Turn,
    customer_id: int,
    make: Callable[[Turn], Outbound],
    *,
    until: datetime | None = None,
) -> bool:
    """Tell a customer as `telling.customer`, which is worth no call."""
    return telling.customer(
        turn, customer_id, lambda their: replace(make(their), until=until, critical=False)
    )


def to_points(turn: Turn) -> list[Choice]:
    """Where a member goes on from what they are told of points."""
    return [cards.go(turn, "points"), cards.go(turn, "redeem"), cards.go(turn, "booking")]


def completed(turn: Turn, said: Outbound) -> Outbound:
    """The same message, with the points that a member gets whose record says everything now."""
    got = earning.profile(turn.session, turn.company, turn.customer, turn.now)
    if not got:
        return said
    return replace(said, text=f"{said.text}\n{turn.text('member-profile-done', points=got)}")


def name_of(turn: Turn, customer_id: int) -> str:
    """A customer as staff know them."""
    return cards.customer_name(turn, customer_id)
