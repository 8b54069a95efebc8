"""The next visit is offered when it is time by the customer's own rhythm, and again once they are late."""

from bot import caring
from bot.flow import Turn
from core.lifecycle import Stage, planning
from core.reminders import Reminder

KIND, RISK = planning.NEXT, planning.RISK


def say(turn: Turn, reminder: Reminder) -> str:
    """It is about time: the usual visit in the usual window."""
    return _offer(turn, reminder, "next")


def risk(turn: Turn, reminder: Reminder) -> str:
    """They are later than they ever are: the same, in other words."""
    stage = caring.stage(turn, reminder)
    if stage is not Stage.AT_RISK:
        return f"not said: they are {stage} now"
    return _offer(turn, reminder, "risk")


def _offer(turn: Turn, reminder: Reminder, kind: str) -> str:
    known = caring.history(turn, reminder)
    if (why := caring.why_no_offer(turn, reminder, known, kind)) is not None:
        return why
    if caring.whom(turn, reminder) is None:
        return caring.NOWHERE
    suggested = caring.again(turn, reminder, known, kind)
    if suggested is None:
        return "not said: what they had is not sold by the window"
    made, base = suggested
    key = "care-risk-told" if kind == "risk" else "care-next-told"
    until = made.starts_at or caring.until(turn, reminder)
    return caring.tell(
        turn,
        made.customer_id,
        lambda their: caring.offered(their, key, made, base, known),
        min(until, caring.until(turn, reminder)),
    )
