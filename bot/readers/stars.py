"""So many stars in what people type: "5星", "五分", "four stars", ★★★, "好评"."""

import re

from bot import words
from bot.readers import typed

MOST = 5
_FIGURES = {
    **{str(n): n for n in range(1, MOST + 1)},
    **{"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "one": 1, "two": 2, "three": 3, "four": 4},
    "five": 5,
}
_NUMBER = "|".join(_FIGURES)
_CHINESE = re.compile(rf"(?<![\d.一二三四五六七八九十百])({_NUMBER})\s*(?:颗)?\s*(?:星|分)(?![钟之\d])")
_ENGLISH = re.compile(
    rf"(?<![\d.])\b({_NUMBER})(?:\s*-?\s*stars?\b|\s*/\s*5\b|\s+(?:points?|out of (?:5|five))\b)"
)
_BEYOND = re.compile(r"(?<!\w)(?:0|零|[6-9]|10|六|七|八|九|十|\d\.\d)\s*(?:颗)?\s*(?:星|分(?!\w)|stars?\b)")
_SIGNS = re.compile("[★⭐🌟]")
_HAN, _WORD = re.compile("[\u3400-\u9fff]"), re.compile("[a-z']+")
FEWEST = 4
"""So many characters besides the stars say something; of English words, more than half as many."""
NAMES = ("one", "two", "three", "four", "five")


def spot(text: str) -> int | None:
    """The stars that a message gives, wherever they stand in it; None for none or more than one number."""
    said = typed.plain(text)
    found = {_FIGURES[one] for pattern in (_CHINESE, _ENGLISH) for one in pattern.findall(said)}
    if len(found) == 1:
        return found.pop()
    signs = len(_SIGNS.findall(text))
    if not found and 1 <= signs <= MOST:
        return signs
    named = {number for number, name in enumerate(NAMES, 1) if words.stands_in(text, "stars_within", name)}
    return named.pop() if len(named) == 1 and not found else None


def read(text: str) -> int | None:
    """The stars that a whole message gives, also as a word for how it was: "一般", "great"."""
    if (found := spot(text)) is not None:
        return found
    name = words.whole(text, "stars")
    return NAMES.index(name) + 1 if name else None


def says_more(text: str) -> bool:
    """Whether a message says how it was in words of its own, besides the stars or that they want to rate."""
    said = typed.plain(text)
    for pattern in (_CHINESE, _ENGLISH, _BEYOND):
        said = pattern.sub(" ", said)
    for phrase in sorted(
        words.phrases("intents", "rating") | words.phrases("alone", "rating"), key=len, reverse=True
    ):
        said = said.replace(phrase, " ")
    return len(_HAN.findall(said)) >= FEWEST or len(_WORD.findall(said)) > FEWEST // 2


def is_beyond(text: str) -> bool:
    """Whether it gives more or fewer stars than there are, or half of one."""
    return spot(text) is None and _BEYOND.search(typed.plain(text)) is not None
