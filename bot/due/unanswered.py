"""Twelve hours before visits whose customers did not answer the reminder: staff get the list to call."""

from collections.abc import Sequence

from bot import cards, expecting, telling
from bot.flow import Turn
from bot.messages import Choice, Outbound
from core.reminders import Reminder
from core.visits import Visit

KIND = expecting.UNANSWERED
NAMED = 10
"""So many are named; of the others staff hear how many there are."""
CALLED = 5
"""So many of them have a button for their number; the others are found in the schedule of the day."""


def say(turn: Turn, _reminder: Reminder) -> str:
    """Tell staff whom to call before tomorrow, in one message."""
    found = expecting.unanswered(turn)
    if not found:
        return "not said: everybody has answered"

    def make(their: Turn) -> Outbound:
        lines = [
            their.text(
                "unanswered-line",
                name=cards.customer_name(their, visit.customer_id),
                visit=cards.visit_line(their, visit),
                phone=telling.phone_of(their, visit),
            )
            for visit in found[:NAMED]
        ]
        more = [their.text("unanswered-more", count=len(found) - NAMED)] if len(found) > NAMED else []
        day = found[0].starts_at.astimezone(their.company.zone).date()
        choices = (*_calls(their, found), cards.go(their, "agenda", day.isoformat(), "job-agenda"))
        head = their.text("unanswered-told", count=len(found))
        return Outbound("\n".join([head, *lines, *more]), choices)

    telling.staff(turn, make)
    return f"said: {len(found)}"


def _calls(turn: Turn, found: Sequence[Visit]) -> list[Choice]:
    """A button for the whole number of whoever is there, for the first few; looking is written down."""
    known = [visit for visit in found[:NAMED] if telling.to_call(turn, visit)]
    return [
        cards.go(
            turn,
            "showphone",
            visit.reference,
            "go-showphone-of",
            customer=cards.customer_name(turn, visit.customer_id),
        )
        for visit in known[:CALLED]
    ]
