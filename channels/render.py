"""Make a message fit a channel that cannot show it as it is."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot import texts
from bot.messages import Choice, Outbound
from bot.written import below, written_out
from channels.base import Capabilities, utf8_bytes

_WIDEST = "\U0010ffff"  # no character takes more room, in bytes of UTF-8 or in units of UTF-16
_JOINER = "\u200d"
_SENTENCE_ENDS = frozenset(" \u3000。！？；，、!?;,")


def fit(message: Outbound, can: Capabilities, *, number_hint: str) -> list[Outbound]:
    """The message as one or several that the channel can show, in the order they must be sent.

    A card is written out below the text where there are no cards, where text and card together are longer
    than a message may be, and where choices have to follow it as text. Choices become numbered lines,
    followed by `number_hint` ("Reply with a number") in the person's language, when there are too many of
    them or their labels are too long for buttons. Numbers count the answers only, as the bot counts them
    when it reads one; amounts have none, and the ways out follow as words in brackets. Buttons and card
    stay with the last part. What became several messages takes no other's place.
    """
    text, card, choices = message.text, message.card, message.choices
    crowded = bool(choices) and not _fits_on_buttons(choices, can)
    if card and (not can.cards or crowded or can.size(below(text, written_out(card))) > can.text):
        text, card = _paragraphs(text, written_out(card)), None
    if crowded:
        text, choices = _paragraphs(text, numbered(choices, number_hint)), ()
    *head, last = [part.strip("\n") for part in split(text, can.text, can.size) if part.strip()] or [""]
    rest = replace(message, text=last, choices=choices, card=card, replaces=message.replaces and not head)
    return [*(Outbound(part) for part in head), rest]


def numbered(choices: tuple[Choice, ...], hint: str) -> str:
    """Choices as lines of text: "1. …" for each answer, one line of "[…]" for the ways out, the hint.

    Amounts stand side by side without a number, which would be an amount itself.
    """
    answers = [choice.label for choice in choices if choice.kind == "answer"]
    amounts = " / ".join(choice.label for choice in choices if choice.kind == "amount")
    ways = " ".join(f"[{choice.label}]" for choice in choices if choice.kind == "way")
    lines = [f"{number}. {label}" for number, label in enumerate(answers, start=1)]
    return "\n".join(line for line in (amounts, *lines, ways, hint if answers else "") if line)


def number_hint(language: str) -> str:
    """That a choice may be answered by its number."""
    return texts.say(language, "console-number-hint")


def split(text: str, limit: int, size: Callable[[str], int] = utf8_bytes) -> list[str]:
    """Cut `text` into parts of at most `limit`, as `size` measures; joined again they are the text.

    Cuts at the end of a line where there is one, else of a sentence or word, else between two characters
    as a reader sees them (a flag, a family, a letter with its accents stay whole), and never inside a code
    point. `limit` must have room for any character.
    """
    if limit < size(_WIDEST):
        raise ValueError(f"a message of {limit} bytes or units cannot hold every character")
    if size(text) <= limit:
        return [text]
    parts, start = [], 0
    while (full := _reach(text, start, limit, size)) < len(text):
        end = _cut(text, start, full)
        parts.append(text[start:end])
        start = end
    return [*parts, text[start:]]


def _fits_on_buttons(choices: tuple[Choice, ...], can: Capabilities) -> bool:
    return len(choices) <= can.buttons and all(len(choice.label) <= can.label for choice in choices)


def _paragraphs(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _reach(text: str, start: int, limit: int, size: Callable[[str], int]) -> int:
    """The index after the last whole code point that still fits, counted from `start`."""
    room, index = limit, start
    while index < len(text) and (room := room - size(text[index])) >= 0:
        index += 1
    return index


def _cut(text: str, start: int, full: int) -> int:
    line = text.rfind("\n", start, full) + 1
    if line > start:
        return line
    whole = list(_boundaries(text, start, full))
    words = (index for index in reversed(whole) if text[index - 1] in _SENTENCE_ENDS)
    return next(words, whole[-1] if whole else full)


def _boundaries(text: str, start: int, full: int) -> Iterator[int]:
    """Where a reader sees one character end and the next begin, after `start` and up to `full`."""
    flags = 0  # regional indicators in a row: two of them are one flag
    for index in range(start + 1, full + 1):
        before, after = text[index - 1], text[index]
        flags = flags + 1 if _is_half_flag(before) else 0
        inside_flag = flags % 2 == 1 and _is_half_flag(after)
        if not (inside_flag or before == _JOINER or _clings(after) or before + after == "\r\n"):
            yield index


def _is_half_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _clings(character: str) -> bool:
    """Whether it is drawn as a part of the character before it: accents, skin tones, joiners, tags."""
    return (
        character == _JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
    )
