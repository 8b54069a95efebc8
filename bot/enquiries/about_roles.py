"""What somebody is to the company, and as which of it they speak."""

from bot import cards, words
from bot.flow import Turn
from bot.messages import Outbound, Text


def said(turn: Turn) -> str:
    """As what somebody says that they are: a role's value, "" where they name none."""
    return words.whole(turn.content.body, "roles") or "" if isinstance(turn.content, Text) else ""


def switch(turn: Turn, argument: str) -> list[Outbound]:
    """What else they may speak as, a button each; where they are not what they want to be, how one joins."""
    others = [role for role in turn.identity.roles if role is not turn.role]
    role = turn.text(f"role-{turn.role.value}")
    if (argument or said(turn)) and others:
        choices = [cards.go(turn, "joining"), cards.go(turn, "switch")]
        return [turn.say("role-not-yours", choices=choices)]
    if not others:
        return [turn.say("switch-nothing", role=role, choices=[cards.go(turn, "joining")])]
    choices = [cards.go(turn, "switch", one.value, f"go-switch-{one.value}") for one in others]
    return [turn.say("switch-which", role=role, choices=choices)]
