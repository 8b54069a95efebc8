"""A month and a week before many points expire, their owner is told."""

from bot import cards, membership
from bot.flow import Turn
from bot.messages import Outbound
from core.members import PointLot, expiring
from core.reminders import Reminder

KIND = expiring.KIND


def say(turn: Turn, reminder: Reminder) -> str:
    """Tell the customer how many expire and when; before the last time look once more."""
    lot = turn.session.get(PointLot, int(reminder.subject))
    if lot is None:
        return "not said: there are no such points"
    if not reminder.payload["last"]:
        expiring.watch(turn.session, turn.company, lot, last=True)
    if (why := expiring.is_told_of(turn.session, turn.company, lot, turn.now)) is not None:
        return f"not said: {why}"
    count = expiring.together(turn.session, lot)

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, "redeem"), cards.go(their, "booking")]
        day = membership.last_day(their, lot.expires_at)
        return their.say("told-expiring", points=count, day=day, choices=choices)

    if membership.tell(turn, lot.customer_id, make, until=lot.expires_at):
        return "said"
    return "not said: the customer can be written to nowhere"
