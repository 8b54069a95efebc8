"""How angry a message sounds. It changes our manner, never how bad a case is."""

import re
from functools import cache

from bot import words
from bot.readers import typed

ANGRY = 3
"""From this score on somebody is angry."""
_STRONG, _MILD, _SHOUTED = 3, 2, 1
_FEWEST_CAPITALS = 8
_MARKS = re.compile(r"[!！]")
_ASKED = re.compile(r"[?？]{3,}")
_LETTERS = re.compile(r"[A-Za-z]")


def score(text: str, *, repeated: bool = False) -> int:
    """How angry it sounds: strong words count 3, mild ones 2, shouting in marks or capitals 1 each.

    `repeated`: they said the same just before. Nobody is angry by their marks alone.
    """
    said = _pattern("mended").sub("_", typed.join_han(typed.plain(text)))
    found = _STRONG * len(set(_pattern("strong").findall(said)))
    found += _MILD * len(set(_pattern("mild").findall(said)))
    shouted = (len(_MARKS.findall(text)) >= 2) + bool(_ASKED.search(text)) + _is_in_capitals(text) + repeated
    return found + _SHOUTED * min(shouted, 2)


def is_angry(text: str, *, repeated: bool = False) -> bool:
    """Whether somebody who says this should be spoken to differently."""
    return score(text, repeated=repeated) >= ANGRY


def _is_in_capitals(text: str) -> bool:
    letters = _LETTERS.findall(text)
    return len(letters) >= _FEWEST_CAPITALS and sum(one.isupper() for one in letters) > 0.8 * len(letters)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    listed = sorted(words.phrases("anger", name), key=len, reverse=True)
    parts = (rf"\b{re.escape(one)}\b" if one.isascii() else re.escape(one) for one in listed)
    return re.compile("|".join(parts) or r"(?!)")
