"""How to go on in another chat: a code that says there who this is."""

from bot import cards
from bot.flow import Turn
from bot.messages import Outbound
from core import bindings


def code(turn: Turn, _argument: str) -> list[Outbound]:
    """A new code, with what to do with it and until when."""
    made = bindings.offer(turn.session, turn.identity, turn.now)
    until = made.until.astimezone(turn.company.zone).time()
    return [turn.say("link-told", code=made.code, until=until, choices=[cards.go(turn, "profile")])]
