"""On a member's birthday come congratulations and points, where they told us the day; nothing is sold."""

from datetime import timedelta

from bot import cards, membership, referring
from bot.flow import Turn
from bot.messages import Outbound
from core import clock
from core.members import Membership, birthdays, points
from core.reminders import Reminder

KIND, DAY = birthdays.KIND, timedelta(days=1)


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Whose birthday it is; nobody's where they told another day since."""
    member = turn.session.get(Membership, int(reminder.subject))
    return member.customer_id if member is not None and _is_on(turn, reminder, member) else None


def give(turn: Turn, reminder: Reminder) -> None:
    """The points, and another look next year: whether or not there is a word said."""
    member = turn.session.get_one(Membership, int(reminder.subject))
    birthdays.watch(turn.session, turn.company, member, reminder.since + DAY)
    birthdays.give(turn.session, turn.company, member, turn.now)


def say(turn: Turn, reminder: Reminder) -> str:
    """Congratulate; nothing on any other day."""
    member = turn.session.get(Membership, int(reminder.subject))
    if member is None:
        return "not said: there is no such member"
    if not _is_on(turn, reminder, member):
        birthdays.watch(turn.session, turn.company, member, reminder.since + DAY)
        return "not said: it is not the birthday they told us"
    given = birthdays.given(turn.session, member, turn.now)
    if not given:
        return "not said: they had the points of this year, or as many as there are in a month"
    day, today = (at.astimezone(turn.company.zone).date() for at in (reminder.since, turn.now))
    name, late = referring.name_of(turn, member.customer_id), "yes" if today > day else "no"
    has = points.balance(turn.session, member.customer_id, turn.now)

    def make(their: Turn) -> Outbound:
        choices = [cards.go(their, "points")]
        return their.say("told-birthday", name=name, late=late, points=given, now=has.usable, choices=choices)

    until = clock.midnight(turn.now, turn.company.zone)  # it says "today", or that it was yesterday
    if membership.tell(turn, member.customer_id, make, until=until):
        return "said"
    return "not said: the customer can be written to nowhere"


def _is_on(turn: Turn, reminder: Reminder, member: Membership) -> bool:
    return birthdays.is_on(turn.session, member, reminder.since.astimezone(turn.company.zone).date())
