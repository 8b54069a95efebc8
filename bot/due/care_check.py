"""A day after the very first visit we ask whether all is well; staff do where there is no chat."""

from bot import cards, caring
from bot.flow import Turn
from bot.messages import Outbound
from core import clock, ratings
from core.lifecycle import planning, tasks
from core.ratings import HALF
from core.reminders import Reminder

KIND = planning.CHECK


def say(turn: Turn, reminder: Reminder) -> str:
    """Ask once, unless they are asked to rate the visit just then, or said what was wrong."""
    known = caring.history(turn, reminder)
    if (why := caring.why_not(turn, reminder, known)) is not None:
        return why
    if len(known.finished) > 1:
        return "not said: it was not their first visit"
    first, customer_id = known.finished[0], int(reminder.subject)
    rating = ratings.of(turn.session, first)
    if rating is not None and rating.asked_at is not None and rating.stars is None:
        return "not said: they are asked to rate the visit"
    if rating is not None and rating.stars is not None and rating.stars <= HALF:
        return "not said: staff call them about what was wrong"
    if caring.whom(turn, reminder) is None:
        key, now = reminder.dedupe_key, turn.now
        task = tasks.ask(turn.session, turn.company, customer_id, what="first", key=key, now=now)
        return caring.call(turn, task)

    def make(their: Turn) -> Outbound:
        service = their.company.service(first.service_code).name
        choices = [
            cards.go(their, "carefine"),
            cards.go(their, "complaining", first.reference, "care-go-wrong"),
        ]
        return their.say(
            "care-check-told",
            name=known.customer.name or "none",
            service=service,
            taps=their.taps,
            choices=choices,
        )

    until = min(caring.until(turn, reminder), clock.midnight(turn.now, turn.company.zone))  # "yesterday"
    return caring.tell(turn, customer_id, make, until)
