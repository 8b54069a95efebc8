"""Cuts a message into tokens: words of time, numbers in their shapes, and the rest."""

import re
from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from bot.readers.when import chinese, english, festivals, numerals
from bot.readers.when.conventions import PARTS
from bot.readers.when.grammar import Token, kind
from bot.readers.when.values import Clock, Part

_OTHER: Final = kind("OTHER")
_CHINESE: Final = chinese.WORDS | {name: [("FESTIVAL", 0, key)] for name, key in festivals.CHINESE.items()}
_WITH_HOLIDAY: Final = {"五一": "labour", "十一": "national"}
"""Festivals only before 假期 and the like: they are numbers too."""
_ENGLISH: Final = english.WORDS | {name: [("FESTIVAL", 0, key)] for name, key in festivals.ENGLISH.items()}


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SHAPES: Final = re.compile(
    rf"""
  (?P<space>\s+)
| (?P<title>《[^》]{{0,40}}》)
| (?P<word>[a-z]+(?:'[a-z]+)*)
| (?P<chinese>五一(?=假|节|长假|黄金|小长)|十一(?=假|长假|黄金)|{_longest_first(_CHINESE)})
| 第(?P<place>[{numerals.CHARACTERS}]{{1,3}}|\d{{1,2}}(?!\d))
| (?P<numeral>[{numerals.CHARACTERS}]+)
| (?P<clock>\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?![\d:]))
| (?P<slashed>\d{{1,4}}(?:/\d{{1,4}}){{1,2}}(?![/\d]))
| (?P<dashed>\d{{4}}-\d{{1,2}}-\d{{1,2}}(?![-\d])|\d{{1,2}}-\d{{1,2}}-\d{{4}}(?![-\d])
    |(?:19|20)\d{{2}}-\d{{1,2}}(?![-\d])|\d{{1,2}}-(?:19|20)\d{{2}}(?![-\d]))
| (?P<dotted>\d{{4}}\.\d{{1,2}}\.\d{{1,2}}(?![.\d])|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}(?![.\d]))
| (?P<decimal>\d{{1,3}}[.·]\d{{1,2}}(?![.·]?\d))
| (?P<serial>\d+(?P<joint>[-.+/])\d+(?:(?P=joint)\d+)+|\d{{3,}}(?:[-./:+]\d+)+|\d+[-./:+]\d{{3,}})
| (?P<digits>\d+)
| (?P<line>[-~]+)
| (?P<sign>[,:/.@'&#])
""",
    re.VERBOSE | re.ASCII,
)
_SEVERAL_WORDS: Final = (*english.PHRASES, *english.GREETINGS, *(n for n in festivals.ENGLISH if " " in n))
_PHRASE: Final = re.compile(rf"(?:{_longest_first(_SEVERAL_WORDS)})(?![a-z0-9])")
_PHRASE_STARTS: Final = frozenset(re.split(r"[ -]", words)[0] for words in _SEVERAL_WORDS)
_HALF_DAY: Final = re.compile(r"([ap])\s?\.?\s?m(?![a-z0-9])(?:\s?\.)?")
_HALF_DAY_LETTER: Final = re.compile(r"([ap])(?![a-z0-9])\.?")
_ORDINAL_END: Final = re.compile(r"(?:st|nd|rd|th)(?![a-z0-9])")
_WORD_AFTER: Final = re.compile(r"[a-z]+")
_WORD_BEFORE: Final = re.compile(r"[a-z]+$")
_SIGNS: Final = {
    ",": "COMMA",
    ".": "COMMA",
    ":": "OTHER",
    "/": "DASH",
    "@": "AT",
    "'": "PRIME",
    "&": "AND",
    "#": "DOOR",
}
_UNITS_TOUCHING: Final = {
    "h": ("AITCH", "hour"),
    "d": ("UNIT", "day"),
    "w": ("UNIT", "week"),
    "t": ("AT", ""),
}


def part(name: str) -> Part:
    """The part of the day of that name."""
    begins, ends = PARTS[name]
    return Part(name, begins * 60, ends * 60)


class Cutter:
    """One normalised message being cut into `line`."""

    __slots__ = ("line", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.line: list[Token] = []

    def cut(self) -> list[Token]:
        """The tokens of the text, in order."""
        text, size, at = self.text, len(self.text), 0
        while at < size:
            found = _SHAPES.match(text, at)
            if found is None:
                self._other(at, at + 1)
                at += 1
            elif found.lastgroup == "space":
                at = found.end()
            else:
                at = self._shape(found.lastgroup or "", found[0], at, found.end())
        return numerals.join_english(self.line)

    def _shape(self, shape: str, words: str, start: int, end: int) -> int:
        """Note what was found; answers where to go on."""
        if shape == "word":
            return self._word(words, start, end)
        if shape == "digits":
            return self._digits(words, start, end)
        if shape == "chinese":
            self._known(_CHINESE.get(words) or [("FESTIVAL", 0, _WITH_HOLIDAY[words])], start, end)
        elif shape in ("numeral", "place"):
            self._numeral(words, start, end)
        elif shape in ("clock", "slashed", "dashed", "dotted", "decimal"):
            name = "HMS" if shape == "clock" else shape.upper()
            self._add(name if self._free(start, end) else "OTHER", start, end, 0, words)
        elif shape == "line":
            self._add("DASH", start, end)
        elif shape == "sign":
            self._add(_SIGNS[words], start, end, 0, words)
        else:
            self._other(start, end)
        return end

    def _word(self, word: str, start: int, end: int) -> int:
        if word[0] in "ap" and (half := _HALF_DAY.match(self.text, start)):
            self._add("AMPM", start, half.end(), 0, half[1])
            return half.end()
        if word in _PHRASE_STARTS and (phrase := _PHRASE.match(self.text, start)):
            self._known(_ENGLISH.get(phrase[0], [("OTHER", 0, "")]), start, phrase.end())
            return phrase.end()
        known = _ENGLISH.get(word)
        if known is None and len(word) >= 7:
            known = next(
                (_ENGLISH[n] for n in english.LONG_NAMES if OSA.distance(n, word, score_cutoff=1) < 2), None
            )
        if known is None and word == "h" and self.line and self.line[-1].end == start:
            known = [("AITCH", 0, "hour")]
        if known is None and self._touching_digits(start) and word in _UNITS_TOUCHING:
            name, unit = _UNITS_TOUCHING[word]
            known = [(name, 0, unit)]
        if known is None:
            self._other(start, end)
        else:
            self._known([(name, number, name_of or word) for name, number, name_of in known], start, end)
        return end

    def _touching_digits(self, start: int) -> bool:
        return start > 0 and self.text[start - 1].isdigit()

    def _digits(self, digits: str, start: int, end: int) -> int:
        text = self.text
        if not self._free(start, end):
            self._other(start, end)
            return end
        if len(digits) < 3:
            if ending := _ORDINAL_END.match(text, end):
                self._add("ORDINAL", start, ending.end(), int(digits), digits)
                return ending.end()
            if len(digits) == 1 and (phrase := _PHRASE.match(text, start)):
                self._known(_ENGLISH[phrase[0]], start, phrase.end())
                return phrase.end()
        if len(digits) < 5 and digits.isascii():
            self._add(("NUM", "NUM", "NUM3", "NUM4")[len(digits) - 1], start, end, int(digits), digits)
            if (half := _HALF_DAY_LETTER.match(text, end)) and not _HALF_DAY.match(text, end):
                self._add("AMPM", end, half.end(), 0, half[1])
                return half.end()
        elif len(digits) == 8 and digits.isascii() and digits.startswith("20"):
            self._add("DASHED", start, end, 0, f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
        else:
            self._other(start, end)
        return end

    def _free(self, start: int, end: int) -> bool:
        """Whether the digits are a number of their own and not part of a code such as A1B2."""
        before = _WORD_BEFORE.search(self.text, max(0, start - 12), start)
        if before and before[0] not in _ENGLISH and before[0] not in ("h", "t"):
            return False
        after = _WORD_AFTER.match(self.text, end)
        if after is None or after[0] in _ENGLISH or after[0] in _UNITS_TOUCHING:
            return True
        return bool(
            _ORDINAL_END.match(self.text, end)
            or _HALF_DAY.match(self.text, end)
            or _HALF_DAY_LETTER.match(self.text, end)
            or _PHRASE.match(self.text, start)
        )

    def _numeral(self, words: str, start: int, end: int) -> None:
        place = self.text[start] == "第"
        if place:
            words = self.text[start + 1 : end]
        number = (int(words), False) if words.isdigit() and words.isascii() else numerals.read_chinese(words)
        if number is None:
            self._other(start, end)
        elif place:
            self._add("ORDINAL", start, end, number[0], "第")
        elif number[1]:
            self._add("CNVAGUE", start, end, number[0], words)
        else:
            self._add("NUM4" if len(words) == 4 and number[0] > 999 else "CN", start, end, number[0], words)

    def _known(self, meanings: list[tuple[str, int, str]], start: int, end: int) -> None:
        for name, number, word in meanings:
            if name == "PART":
                self.line.append(Token(kind(name), start, end, 0, self.text[start:end], part(word)))
            elif name == "CLOCK":
                self.line.append(Token(kind(name), start, end, 0, "", Clock(number)))
            elif name == "OTHER":
                self._other(start, end)
            else:
                self._add(name, start, end, number, word)

    def _add(self, name: str, start: int, end: int, number: int = 0, word: str = "") -> None:
        self.line.append(Token(kind(name), start, end, number, word))

    def _other(self, start: int, end: int) -> None:
        last = self.line[-1] if self.line else None
        if last is not None and last.kind == _OTHER:
            self.line[-1] = last._replace(end=end)
        else:
            self.line.append(Token(_OTHER, start, end))
