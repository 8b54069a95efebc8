"""A customer is asked how a visit was: one message, one tap, and once more a day later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import attending, cards, telling
from bot.afterwards import ASK, RATING
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core import acceptance, identities, ratings, reminders
from core.acceptance import WAITING, State
from core.ratings import BLAMING, HIGH, MOST, PRAISING, Dimension, Rating
from core.visits import Visit

NUDGE, PRAISE = "nudge", "praise"
AGAIN = timedelta(hours=6)
"""So much later it is looked again whether the customer may be asked."""


def ask(turn: Turn, visit: Visit, *, nudge: bool = False) -> bool:
    """Ask in each chat of the customer's, for the first or the second time; False if there is none.

    Where messages are counted it waits until they speak, but no longer than until it is asked once more.
    """
    chats = identities.of_customer(turn.session, visit.customer_id)
    if not chats:
        return False
    until = _note(turn, visit)

    def make(their: Turn) -> Outbound:
        return replace(asked(their, visit, nudge=nudge), until=until, language=their.language)

    turn.tell(chats, telling.customer_language(turn, visit), make)
    return True


def after_acceptance(turn: Turn, visit: Visit) -> Outbound | None:
    """The question below the thanks of a customer who accepts the work some time after the visit.

    Who accepts it at the door is asked later, when the worker no longer stands beside them.
    """
    rules = turn.company.policies
    ended = visit.closed_at or visit.ends_at
    known = ratings.of(turn.session, visit)
    if turn.now < ended + timedelta(minutes=rules.rating_minutes):
        return None
    if known is not None and known.asked_at is not None:
        return None
    if ratings.why_not(turn.session, turn.company, visit, turn.now) is not None:
        return None
    _note(turn, visit)
    return asked(turn, visit)


def _note(turn: Turn, visit: Visit) -> datetime:
    """Remember that they are asked; until when that is of use."""
    last = ratings.until(turn.company, visit)
    noted = ratings.asked(turn.session, visit, turn.now)
    if noted.nudged_at is not None:
        return last
    later = turn.now + timedelta(hours=turn.company.policies.rating_nudge_hours)
    once_more = ratings.told_at(turn.company, later)
    plan(turn, visit, NUDGE, once_more)
    return min(once_more, last)


def plan(turn: Turn, visit: Visit, what: str, at: datetime) -> None:
    """Look at that moment whether there is something to say of the rating."""
    key = f"{RATING}:{visit.reference}:{what}:{at:%Y%m%d%H%M}"
    reminders.schedule(turn.session, RATING, visit.reference, at, dedupe_key=key, payload={"say": what})


def look_again(turn: Turn, visit: Visit) -> None:
    """They cannot be asked just now: look again later."""
    plan(turn, visit, ASK, ratings.told_at(turn.company, turn.now + AGAIN))


def asked(turn: Turn, visit: Visit, *, nudge: bool = False) -> Outbound:
    """The question: a tap for one to five, and what these mean. The number of a choice is its stars.

    Who has not said yet whether the work is accepted says so with the same tap.
    """
    found = acceptance.of(turn.session, visit)
    unchecked = found is not None and found.state in WAITING
    key = "rating-nudge" if nudge else "rating-asked-unchecked" if unchecked else "rating-asked"
    said = turn.text(key, worker=attending.lead(turn, visit), visit=cards.visit_line(turn, visit))
    redo = [cards.go(turn, "redoing", visit.reference)] if unchecked else []
    lines = [said, turn.text("rating-scale")]
    return Outbound("\n".join(lines), (*choices(turn, visit), *redo))


def choices(turn: Turn, visit: Visit) -> Sequence[Choice]:
    """One to five stars."""
    numbers = range(1, MOST + 1)
    return [cards.go(turn, "rating", f"{visit.reference}:{n}", "rating-stars", stars=n) for n in numbers]


def is_waiting(turn: Turn, visit: Visit) -> bool:
    """Whether the customer wants to look at the work first, or something is being done again."""
    found = acceptance.of(turn.session, visit)
    return found is not None and found.state in (State.LATER, State.REDO, State.REDONE)


def points(stars: int) -> tuple[str, ...]:
    """What may be chosen to say what was good or bad."""
    return (*Dimension, *(PRAISING if stars >= HIGH else BLAMING))


def point(turn: Turn, stars: int, what: str) -> str:
    """One thing that was good or bad, in words."""
    return turn.text(f"rating-{'good' if stars >= HIGH else 'bad'}-{what}")


def told(turn: Turn, rating: Rating) -> str:
    """Stars and what was chosen with them, in a line."""
    stars = rating.stars or 0
    named = [point(turn, stars, one) for one in (*rating.dimensions, *rating.tags)]
    line = turn.text("rating-stars", stars=stars)
    return turn.text("rating-line", stars=line, points=named) if named else line
