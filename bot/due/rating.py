"""Half an hour after a visit its customer is asked how it was, and a day later once more."""

from bot import afterwards, rating, rating_recovery
from bot.flow import Turn
from bot.readers import contacts
from core import ratings, visits
from core.reminders import Reminder
from core.visits import Visit

KIND = afterwards.RATING


def whom(turn: Turn, reminder: Reminder) -> int | None:
    """Whose visit it is."""
    visit = visits.by_reference(turn.session, reminder.subject)
    return visit.customer_id if visit is not None else None


def say(turn: Turn, reminder: Reminder) -> str:
    """Ask, ask once more, or pass thanks on that came at night."""
    visit = visits.by_reference(turn.session, reminder.subject)
    if visit is None:
        return "not said: the visit is gone"
    match reminder.payload["say"]:
        case rating.PRAISE:
            return _praise(turn, visit)
        case rating.NUDGE:
            return _ask(turn, visit, nudge=True)
    return _ask(turn, visit, nudge=False)


def _ask(turn: Turn, visit: Visit, *, nudge: bool) -> str:
    known = ratings.of(turn.session, visit)
    was_asked = known is not None and known.asked_at is not None
    if was_asked is not nudge or (known is not None and known.nudged_at is not None):
        return "not said: they were asked already"
    if (why := ratings.why_not(turn.session, turn.company, visit, turn.now)) is not None:
        return f"not said: {why}"
    if ratings.is_with_person(turn.session, visit.customer_id):
        return _later(turn, visit, nudge, "a person of ours talks with them")
    if rating.is_waiting(turn, visit):
        return _later(turn, visit, nudge, "they have not accepted the work yet")
    if rating.ask(turn, visit, nudge=nudge):
        return "asked once more" if nudge else "asked"
    return "not said: the customer can be written to nowhere"


def _later(turn: Turn, visit: Visit, nudge: bool, why: str) -> str:
    if not nudge:
        rating.look_again(turn, visit)
    return f"not said: {why}"


def _praise(turn: Turn, visit: Visit) -> str:
    known = ratings.of(turn.session, visit)
    if known is not None and rating_recovery.deliver(turn, visit, known, contacts.masked(known.words)):
        return "said"
    return "not said: the customer thinks otherwise by now, or the worker can be written to nowhere"
