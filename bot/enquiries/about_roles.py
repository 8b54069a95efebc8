"""What somebody is to the company, and as which of it they speak."""

from bot import cards
from bot.flow import Turn
from bot.messages import Outbound


def switch(turn: Turn, _argument: str) -> list[Outbound]:
    """What else they may speak as, a button each; without anything else, how one joins."""
    others = [role for role in turn.identity.roles if role is not turn.role]
    if not others:
        return [
            turn.say(
                "switch-nothing",
                role=turn.text(f"role-{turn.role.value}"),
                choices=[cards.go(turn, "joining")],
            )
        ]
    choices = [cards.go(turn, "switch", role.value, f"go-switch-{role.value}") for role in others]
    return [turn.say("switch-which", role=turn.text(f"role-{turn.role.value}"), choices=choices)]
