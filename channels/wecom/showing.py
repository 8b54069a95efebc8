"""What a message of ours looks like in WeCom: a card with buttons, or text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from unicodedata import east_asian_width
from urllib.parse import quote, unquote

from bot import written
from bot.messages import Choice, Outbound, Tap
from channels import render
from channels.base import Capabilities
from channels.wecom.client import Card
from core.rates import Rate
from core.ways import Limits

PACE = (Rate(30, timedelta(minutes=1)), Rate(1_000, timedelta(hours=1)))
"""What one member gets; the platform drops what is beyond without a word, so nothing overdraws."""
CAN = Capabilities(buttons=6, label=20, text=2_048, cards=True, edits=True, limits=Limits(pace=PACE))
"""The platform's numbers; of a label, Latin letters, two of which are as wide as one of Chinese."""
TEXT = replace(CAN, buttons=0, cards=False)
"""The same for a message that cannot be a card."""

LONGEST_KEY = 1_024
"""Bytes of what comes back when a button is pressed."""
MOST_FACTS = 6
WIDEST_FACT = (20, 60)
WIDEST_TITLE, WIDEST_WORDS = 72, 320
"""The platform shortens what is wider than these, in Latin letters, when it shows it."""

Fact = tuple[str, str]

_WIDE = {ord(mark): ord(mark) + 0xFEE0 for mark in "*`[]<>"}
_HEADING = re.compile(r"^(\s*)#", re.MULTILINE)

_ANSWER, _WAY = 1, 2
"""Styles of a button: it stands out, or it does not."""


def card(message: Outbound, task: str) -> Card | None:
    """The message as a card under this task id; None without buttons, or with more than a card shows."""
    buttons = [_button(choice) for choice in message.choices]
    if not 1 <= len(buttons) <= CAN.buttons or not all(_fits(choice) for choice in message.choices):
        return None
    title, words = _headed(message)
    facts, others = _apart(message.card.lines if message.card else ())
    words = "\n".join(filter(None, (words, *(written.fact(*fact) for fact in others))))
    if not title or _width(words) > WIDEST_WORDS:
        return None
    shown: dict[str, object] = {
        "card_type": "button_interaction",
        "main_title": {"title": title},
        "task_id": task,
        "button_list": buttons,
    }
    if words:
        shown["sub_title_text"] = words
    if facts:
        shown["horizontal_content_list"] = [{"keyname": label, "value": value} for label, value in facts]
    return shown


def markdown(message: Outbound) -> str | None:
    """The message with its card's title in bold; None without a card, with choices, or if it is too long.

    Nothing of what stands in it is read as markup: the platform knows no way to say so, so the few characters
    that could be are shown as their wide forms.
    """
    card = message.card
    if card is None or not card.title.strip() or message.choices:
        return None
    facts = [_unmarked(written.fact(label, value)) for label, value in card.lines]
    title = f"**{_unmarked(' '.join(card.title.split()))}**"
    lines = "\n".join(line for line in (title, *facts, _unmarked(card.footer)) if line)
    whole = written.below(_unmarked(message.text), lines)
    return whole if CAN.size(whole) <= CAN.text else None


def texts(message: Outbound, hint: str) -> list[str]:
    """The message as text: its choices numbered, with the `hint` to type a number below them."""
    return [part.text for part in render.fit(message, TEXT, number_hint=hint)]


def pressed(key: str) -> Tap:
    """What a button that was pressed says; it carries its label, so that nobody has to remember the card."""
    data, _, label = key.partition("|")
    return Tap(unquote(data), label)


def _apart(lines: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The facts that a card shows as such, and those that are too wide or too many, to be said in words."""
    narrow = [fact for fact in lines if _is_narrow(fact)][:MOST_FACTS]
    return narrow, [fact for fact in lines if fact not in narrow]


def _unmarked(text: str) -> str:
    return _HEADING.sub(r"\1＃", text.translate(_WIDE))


def _headed(message: Outbound) -> tuple[str, str]:
    """The title that a card must have, and the words below it."""
    if message.card and message.card.title and _width(message.card.title) <= WIDEST_TITLE:
        return message.card.title, written.below(message.text, message.card.footer)
    words = message.text.strip()
    if message.card:
        words = written.below(words, "\n".join(filter(None, (message.card.title, message.card.footer))))
    title, *_ = render.split(words.partition("\n")[0], WIDEST_TITLE, _width)
    return title.strip(), words[len(title) :].strip()


def _button(choice: Choice) -> dict[str, object]:
    style = _WAY if choice.kind == "way" else _ANSWER
    return {"text": choice.label, "style": style, "key": _key(choice)}


def _key(choice: Choice) -> str:
    return f"{quote(choice.data, safe=':')}|{choice.label}"


def _fits(choice: Choice) -> bool:
    return _width(choice.label) <= CAN.label and len(_key(choice).encode()) <= LONGEST_KEY


def _is_narrow(fact: Fact) -> bool:
    """Whether a label and its value are shown whole; both must be there."""
    return all(0 < _width(text) <= most for text, most in zip(fact, WIDEST_FACT, strict=True))


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)
