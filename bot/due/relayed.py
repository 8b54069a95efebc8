"""In the morning a worker reads what a customer wrote at night."""

from bot import relaying
from bot.flow import Turn
from core import relay, visits
from core.reminders import Reminder

KIND = relaying.WAITING


def say(turn: Turn, reminder: Reminder) -> str:
    """Pass it on to whoever leads the visit by now. The words are kept no longer than that."""
    said, reminder.payload = reminder.payload["words"], {}
    turn.session.add(reminder)
    visit = visits.by_reference(turn.session, reminder.subject)
    if visit is None:
        return "not said: the visit is gone"
    try:
        worker = relay.partner(turn.session, visit, turn.now)
    except relay.RelayClosed:
        return "not said: nobody has the visit any more"
    relaying.deliver(turn, visit, worker, said)
    return "said"
