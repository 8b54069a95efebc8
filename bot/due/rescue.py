"""A call for help that nobody has taken: leads and managers hear it, again and again for a while."""

from bot import rescuing
from bot.flow import Turn
from core import alarms
from core.reminders import Reminder

KIND = rescuing.UNANSWERED


def say(turn: Turn, reminder: Reminder) -> str:
    """Say it again unless somebody sees to it; that the worker called it a slip does not end it."""
    alarm = alarms.find(turn.session, int(reminder.subject))
    if alarm.settled_at is not None or alarm.taken_by is not None:
        return "not said: somebody on the staff has taken it"
    time = int(reminder.payload["time"])
    rescuing.tell_staff(turn, alarm, "rescue-told-untaken", rescuing.ABOVE)
    if time < turn.company.policies.alarm_again_times:
        rescuing.look_again(turn.session, turn.company, alarm, time + 1, turn.now)
        return "said again: nobody had taken it"
    return "said for the last time: nobody had taken it, it stays on the list"
