"""What Chinese characters sound like, for words typed with the right sound and the wrong character."""

import os
from collections.abc import Callable
from functools import cache, lru_cache

from bot.readers import typed

_PRIVATE = 0xE000
"""The first of the signs that stand for syllables: nobody types them."""


def of(text: str) -> str:
    """The text with one character for each Chinese syllable, alike for characters that sound alike."""
    return "".join(map(_sound, text))


@lru_cache(maxsize=8_192)
def _sound(character: str) -> str:
    if not typed.is_han(character):
        return character
    syllable = _library()(character)[0]
    return chr(_PRIVATE + _syllable(_as_spoken(syllable))) if syllable != character else character


@cache
def _library() -> Callable[[str], list[str]]:
    """The library, loaded when it is first needed, and of its dictionaries only the small one.

    We ask for single characters; how phrases are read is 45 MB that nothing here would look at.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import lazy_pinyin

    return lazy_pinyin


def _as_spoken(syllable: str) -> str:
    """What many people do not tell apart: zh and z, n and l, -ing and -in."""
    for careful, careless in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(careful):
            syllable = careless + syllable[2:]
    if syllable.startswith("n"):
        syllable = "l" + syllable[1:]
    return syllable[:-1] if syllable.endswith(("ing", "eng")) else syllable


_syllables: dict[str, int] = {}


def _syllable(sound: str) -> int:
    return _syllables.setdefault(sound, len(_syllables))
