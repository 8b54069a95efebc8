"""What workers reported and nobody has closed yet, for staff."""

from bot import cards, cases
from bot.flow import Turn
from bot.messages import Card, Choice, Outbound
from core import incidents


def open_ones(turn: Turn, _argument: str) -> list[Outbound]:
    """The open cases, the oldest first, each with a button to close it."""
    found = incidents.open_ones(turn.session, cases.SHOWN)
    if not found:
        return [turn.say("incidents-none", choices=[cards.go(turn, "desk")])]
    lines = tuple((cases.number(one), cases.line(turn, one)) for one in found)
    choices = [
        Choice(turn.text("incidents-close", number=cases.number(one)), f"go:closing:{one.id}")
        for one in found
    ]
    card = Card(turn.text("incidents-title"), lines)
    return [
        turn.say("incidents-told", count=len(found), card=card, choices=[*choices, cards.go(turn, "desk")])
    ]
