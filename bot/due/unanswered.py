"""Twelve hours before visits whose customers did not answer the reminder: staff get the list to call."""

from bot import cards, expecting, telling
from bot.flow import Turn
from bot.messages import Outbound
from core.customers import Customer
from core.reminders import Reminder

KIND = expecting.UNANSWERED
NAMED = 10
"""So many are named; of the others staff hear how many there are."""


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
                phone=telling.number_of(their, their.session.get_one(Customer, visit.customer_id)),
            )
            for visit in found[:NAMED]
        ]
        more = [their.text("unanswered-more", count=len(found) - NAMED)] if len(found) > NAMED else []
        day = found[0].starts_at.astimezone(their.company.zone).date()
        choices = (cards.go(their, "agenda", day.isoformat(), "job-agenda"),)
        head = their.text("unanswered-told", count=len(found))
        return Outbound("\n".join([head, *lines, *more]), choices)

    telling.staff(turn, make)
    return f"said: {len(found)}"
