"""Good wishes on a festival, and nothing else."""

from bot import caring
from bot.flow import Turn
from bot.messages import Outbound
from core.lifecycle import planning
from core.lifecycle.tables import HERE
from core.reminders import Reminder

KIND = planning.FESTIVAL


def say(turn: Turn, reminder: Reminder) -> str:
    """Wish them well, on the day itself."""
    known, customer_id = caring.history(turn, reminder), int(reminder.subject)
    if (why := caring.why_not(turn, reminder, known)) is not None:
        return why
    if (row := caring.stands(turn.session, customer_id)).stage not in HERE:
        return f"not said: they are {row.stage.value} now"
    day, today = (at.astimezone(turn.company.zone).date() for at in (reminder.since, turn.now))
    if day != today:
        return "stale: the day is over"
    festival = reminder.payload["festival"]

    def make(their: Turn) -> Outbound:
        wishes = their.text(f"care-festival-{festival}")
        name, house = known.customer.name or "none", their.company.name
        return their.say("care-festival-told", name=name, wishes=wishes, company=house)

    return caring.tell(turn, customer_id, make, caring.until(turn, reminder))
