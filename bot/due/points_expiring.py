"""A month and a week before many points expire, their owner is told."""

from bot import cards, membership
from bot.flow import Turn
from bot.messages import Outbound
from core.members import PointLot, expiring
from core.reminders import Reminder

KIND = expiring.KIND


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Whose points they are."""
    lot = turn.session.get(PointLot, int(reminder.subject))
    return lot.customer_id if lot is not None else None


def look_once_more(turn: Turn, reminder: Reminder) -> None:
    """After the first time comes the last, whatever became of the first."""
    lot = turn.session.get(PointLot, int(reminder.subject))
    if lot is not None and not reminder.payload["last"]:
        expiring.watch(turn.session, turn.company, lot, last=True)


def say(turn: Turn, reminder: Reminder) -> str:
    """Tell the customer how many expire and when."""
    lot = turn.session.get(PointLot, int(reminder.subject))
    if lot is None:
        return "not said: there are no such points"
    if (why := expiring.is_told_of(turn.session, turn.company, lot, turn.now)) is not None:
        return f"not said: {why}"
    count, last = expiring.together(turn.session, lot)
    months = turn.company.members.extend_months

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, "redeem"), cards.go(their, "booking")]
        day = membership.last_day(their, lot.expires_at)
        said = their.text("told-expiring", points=count, day=day)
        if months and count > last:
            part = "all" if not last else "part"
            said += their.text("told-expiring-longer", points=count - last, months=months, part=part)
        return Outbound(said, tuple(choices), language=their.language)

    if membership.tell(turn, lot.customer_id, make, until=lot.expires_at):
        return "said"
    return "not said: the customer can be written to nowhere"
