"""Sunday evening: workers hear what they did in the week, if they did something."""

from functools import partial

from bot import afterwards, telling, weekly
from bot.flow import Turn
from core import earnings
from core.reminders import Reminder

KIND = afterwards.WEEKLY


def say(turn: Turn, reminder: Reminder) -> str:
    """Tell a worker of the week that ends when this is due."""
    worker_id, end = int(reminder.subject), reminder.due_at
    if not earnings.of_week(turn.session, turn.company, worker_id, end).visits:
        return "not said: no visit was finished in this week"
    if telling.worker(turn, worker_id, partial(weekly.said, worker_id=worker_id, end=end, is_over=True)):
        return "said"
    return "not said: the worker can be written to nowhere"
