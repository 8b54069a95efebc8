"""A week after a friend's first paid visit comes the reward; a month later it is looked at once more."""

from bot import referring
from bot.flow import Turn
from core import referrals, rewards
from core.referrals import State
from core.reminders import Reminder

KIND, CHECK = rewards.REWARD, rewards.CHECK


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Who told the friend of us."""
    found = referrals.find(turn.session, int(reminder.subject))
    return found.referrer_id if found is not None else None


def say(turn: Turn, reminder: Reminder) -> str:
    """Give the reward and say so; or let staff look first."""
    found = referrals.find(turn.session, int(reminder.subject))
    if found is None or found.state is not State.WAITING:
        return "not said: it is settled"
    state = rewards.weigh(turn.session, turn.company, found, turn.now)
    if state is State.DOUBTED:
        referring.tell_staff(turn, found)
        return f"staff decide: {', '.join(found.doubts)} ({found.score} of 100)"
    told = referring.tell_outcome(turn, found)
    return f"{state.value}: {'said' if told else 'not said'}"


def look_back(turn: Turn, reminder: Reminder) -> str:
    """Take the reward back where the friend's money went back."""
    found = referrals.find(turn.session, int(reminder.subject))
    if found is None or rewards.look_back(turn.session, turn.company, found, turn.now) is None:
        return "not said: the reward stays"
    referring.tell_outcome(turn, found)
    return "taken back: the friend's money went back"
