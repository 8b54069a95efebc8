"""Cards as lines of text, for where there are none."""

import unicodedata

from bot.messages import Card


def written_out(card: Card) -> str:
    """A card as lines of text: its title, one line per fact, its footer."""
    facts = [fact(label, value) for label, value in card.lines]
    return "\n".join(line for line in (card.title, *facts, card.footer) if line)


def fact(label: str, value: str) -> str:
    """One line of a card, with the colon of the label's script."""
    return f"{label}{_colon(label)}{value}" if label else value


def below(text: str, card: str) -> str:
    """A card that is shown as text, set off from the text above it."""
    return "\n\n".join(part for part in (text, card) if part)


def _colon(label: str) -> str:
    return "：" if unicodedata.east_asian_width(label[-1]) in "WF" else ": "
