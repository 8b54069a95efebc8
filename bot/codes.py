"""What is kept of a complaint as codes, in words: why it is that bad, and what the customer wants."""

import re

from bot.flow import Turn

_CODES = re.compile(r"[a-z_]+(?::\w+)?(?: [a-z_]+(?::\w+)?)*")


def reason(turn: Turn, kept: str) -> str:
    """Codes of ours in the language of this turn; what staff gave as their reason as it is."""
    said = []
    for part in kept.split() if _CODES.fullmatch(kept) else ():
        code, _, value = part.partition(":")
        key = f"severity-why-{code.replace('_', '-')}"
        if not turn.has(key):
            return kept
        said.append(turn.text(key, value=_valued(turn, code, value)))
    return turn.text("value-said", value=said) if said else kept


def wish(turn: Turn, kept: str) -> str:
    """What the customer wants: a remedy by name, or their own words as they are."""
    key = f"wish-{kept}"
    return turn.text(key) if kept.isalpha() and kept.isascii() and turn.has(key) else kept


def _valued(turn: Turn, code: str, value: str) -> str:
    match code:
        case "kind":
            return turn.text(f"complaint-kind-{value.replace('_', '-')}")
        case "amount":
            return f"{int(value) / 100:g}"
    return value.replace("_", " ")
