"""A member's tier comes to its end: they are told before, and it is kept or one step lower."""

from datetime import timedelta

from bot import cards, membership
from bot.flow import Turn
from bot.messages import Outbound
from bot.texts import Money
from core.members import Membership, Tier, climbing
from core.reminders import Reminder

KIND = climbing.KIND


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Who is warned; keeping a tier or lowering it is work, and is told as what it is: news."""
    member = turn.session.get(Membership, int(reminder.subject))
    is_warning = reminder.payload["step"] == climbing.WARN
    return member.customer_id if member is not None and is_warning else None


def say(turn: Turn, reminder: Reminder) -> str:
    """Whatever is due of a tier that has not changed since."""
    member = turn.session.get(Membership, int(reminder.subject), with_for_update=True, populate_existing=True)
    if member is None or member.tier_until is None:
        return "not said: there is no tier to lose"
    if member.tier_until.isoformat() != reminder.payload["until"]:
        return "not said: the tier began anew"
    if reminder.payload["step"] == climbing.WARN:
        return _warn(turn, member)
    return _keep_or_lower(turn, member)


def _warn(turn: Turn, member: Membership) -> str:
    assert member.tier_until is not None
    until, tier = member.tier_until, member.tier
    if turn.now >= until:
        return "stale: the tier has ended"
    stands = climbing.standing(turn.session, turn.company, member.customer_id, until)
    gap = climbing.gap(turn.company, tier, stands)
    if climbing.deserved(turn.company, stands).step >= tier.step:
        return "not said: it is kept already"

    def make(their: Turn) -> Outbound:
        return their.say(
            "told-tier-ends",
            tier=membership.tier_name(their, tier),
            day=membership.last_day(their, until),
            spend=Money(gap.spend),
            visits=gap.visits,
            choices=[cards.go(their, "booking"), cards.go(their, "points")],
        )

    return _told(membership.tell(turn, member.customer_id, make, until=until))


def _keep_or_lower(turn: Turn, member: Membership) -> str:
    before, ended = member.tier, member.tier_until
    assert ended is not None
    after = climbing.keep_or_lower(turn.session, turn.company, member, turn.now)
    if after is before and member.tier_until == ended:
        return _grace(turn, member, before)
    if after.step >= before.step:
        return "not said: it was kept"

    def make(their: Turn) -> Outbound:
        return their.say(
            "told-tier-lower",
            before=membership.tier_name(their, before),
            after=membership.tier_name(their, after),
            gap=membership.gap_line(their, membership.next_gap(their, member)),
            choices=[cards.go(their, "points"), cards.go(their, "booking")],
        )

    return _told(membership.tell(turn, member.customer_id, make))


def _grace(turn: Turn, member: Membership, tier: Tier) -> str:
    """It is over and not deserved again: they are told how long they still have it."""
    assert member.tier_until is not None
    until = member.tier_until + timedelta(days=turn.company.members.tier_grace_days)
    stands = climbing.standing(turn.session, turn.company, member.customer_id, turn.now)
    gap = climbing.gap(turn.company, tier, stands)

    def make(their: Turn) -> Outbound:
        return their.say(
            "told-tier-grace",
            tier=membership.tier_name(their, tier),
            day=membership.last_day(their, until),
            spend=Money(gap.spend),
            visits=gap.visits,
            choices=[cards.go(their, "booking"), cards.go(their, "points")],
        )

    return _told(membership.tell(turn, member.customer_id, make, until=until))


def _told(reached: bool) -> str:
    return "said" if reached else "not said: the customer can be written to nowhere"
