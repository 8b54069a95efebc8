"""On a member's birthday come congratulations and points, where they told us the day."""

from datetime import timedelta

from bot import cards, membership, referring
from bot.flow import Turn
from bot.messages import Outbound
from core.members import Membership, birthdays, points
from core.reminders import Reminder

KIND, DAY = birthdays.KIND, timedelta(days=1)


def say(turn: Turn, reminder: Reminder) -> str:
    """Give the points and congratulate, and look again next year; nothing on any other day."""
    member = turn.session.get(Membership, int(reminder.subject))
    if member is None:
        return "not said: there is no such member"
    day, today = (at.astimezone(turn.company.zone).date() for at in (reminder.due_at, turn.now))
    birthdays.watch(turn.session, turn.company, member, reminder.due_at + DAY)
    if not birthdays.is_on(turn.session, member, day):
        return "not said: it is not the birthday they told us"
    given = birthdays.give(turn.session, turn.company, member, turn.now)
    if not given:
        return "not said: they had the points of this year, or as many as there are in a month"
    name, late = referring.name_of(turn, member.customer_id), "yes" if today > day else "no"
    has = points.balance(turn.session, member.customer_id, turn.now)

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, "points"), cards.go(their, "redeem"), cards.go(their, "booking")]
        return their.say("told-birthday", name=name, late=late, points=given, now=has.usable, choices=choices)

    if membership.tell(turn, member.customer_id, make):
        return "said"
    return "not said: the customer can be written to nowhere"
