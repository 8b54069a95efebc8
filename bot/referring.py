"""Telling friends, in words: the code and the links, who came by them, and what became of the reward."""

from datetime import timedelta

from bot import cards, telling
from bot.flow import Turn
from bot.messages import Outbound
from bot.texts import Money
from core import rewards
from core.customers import Customer
from core.referrals import Referral, State

START = "invited"
"""What the links carry, before the code: `invited_ABC234`."""


def name_of(turn: Turn, customer_id: int) -> str:
    """A customer as their friends know them; "none" where they never told a name."""
    return turn.session.get_one(Customer, customer_id).name or "none"


def links(turn: Turn, code: str) -> list[str]:
    """The ways to us for a friend, each with the code inside."""
    return [turn.text(door.key, link=door.link(f"{START}_{code}")) for door in turn.doors]


def benefit(turn: Turn) -> dict[str, object]:
    """What the two get, for the wording."""
    rules = turn.company.pricing.referral
    return {
        "off": Money(rules.friend_off),
        "least": Money(rules.friend_least),
        "points": rules.points,
        "coupon": Money(rules.coupon),
        "days": rules.after_days,
    }


def tell_outcome(turn: Turn, found: Referral) -> bool:
    """The referrer hears what became of the reward, if it is settled; False if they cannot be told."""
    friend = name_of(turn, found.friend_id)
    until = turn.now + timedelta(days=turn.company.pricing.coupon_days)
    rules = turn.company.pricing.referral

    def make(their: Turn) -> Outbound:
        return their.say(
            f"told-referral-{found.state.value.replace('_', '-')}",
            friend=friend,
            points=rules.points,
            coupon=Money(rules.coupon),
            until=until,
            month=rules.per_month,
            year=rules.per_year,
            choices=[cards.go(their, "coupons"), cards.go(their, "referral")],
        )

    told = found.state in (State.REWARDED, State.CAPPED, State.TAKEN_BACK)
    return told and telling.customer(turn, found.referrer_id, make)


def tell_refunded(turn: Turn, visit_id: int | None) -> None:
    """A visit was refunded just now: whoever brought its customer hears at once if that costs the reward."""
    found = rewards.of_visit(turn.session, visit_id) if visit_id else None
    if found is None or found.closed_at != turn.now:
        return
    if found.state is State.TAKEN_BACK:
        tell_outcome(turn, found)
    elif found.state is State.REFUSED:
        friend = name_of(turn, found.friend_id)

        def make(their: Turn) -> Outbound:
            choices = [cards.go(their, "referral"), cards.go(their, "person")]
            said = their.text("told-referral-refunded", friend=friend, **benefit(their))
            return Outbound(said, tuple(choices), language=their.language)

        telling.customer(turn, found.referrer_id, make)


def tell_staff(turn: Turn, found: Referral) -> None:
    """Staff look at one that is in doubt."""
    telling.staff(turn, lambda their: doubt(their, found))


def doubt(turn: Turn, found: Referral) -> Outbound:
    """A doubted referral with the reasons, and the two ways to settle it."""
    why = [turn.text(f"referral-doubt-{one}") for one in found.doubts]
    number = str(found.id)
    return turn.say(
        "referral-doubted",
        referrer=cards.customer_name(turn, found.referrer_id),
        friend=cards.customer_name(turn, found.friend_id),
        score=found.score,
        why=why,
        choices=[cards.go(turn, "referralyes", number), cards.go(turn, "referralno", number)],
    )


def paid(turn: Turn, found: Referral | None) -> None:
    """A friend's first visit was paid: the referrer hears what comes and when."""
    if found is None:
        return
    friend = name_of(turn, found.friend_id)
    due = turn.now + timedelta(days=turn.company.pricing.referral.after_days)

    def make(their: Turn) -> Outbound:
        said = their.text("told-referral-waiting", friend=friend, due=due, **benefit(their))
        return Outbound(said, (cards.go(their, "referral"),), language=their.language)

    telling.customer(turn, found.referrer_id, make)
