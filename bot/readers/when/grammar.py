"""How a rule is written and applied: a pattern over kinds of tokens and the function behind it.

Every kind of token has one letter, so a line of tokens is a short string and a rule is an ordinary
regular expression over it. `"INT DIAN HALF"` reads: a number, then 点, then 半.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple, TypeVar

from bot.readers.when.values import Clock, Days, Hours, Length, Moment, Part, Phrase, Stretch, Thing

_NAMES: Final = (
    # numbers
    "NUM NUM3 NUM4 CN CNVAGUE WORDNUM TENS THOUSAND ORDINAL DECIMAL SLASHED DASHED DOTTED HMS ARTICLE"
    " HALF QUARTER"
    " COUPLE FEW MINUS"
    # words of the calendar
    " RELDAY WEEKDAY WEEKEND MONTH YUE NIAN RI HAO GE UNIT REL THIS LAST PART DAYTIME EDGE"
    " RELYEAR FESTIVAL"
    " NOW WEEKLY"
    # words of the clock
    " DIAN FEN KE ZHENG OCLOCK AMPM AITCH PAST"
    # words between
    " AT ON IN FOR OF THE COMMA AROUND TO DASH AND BUT BETWEEN AMONG FROM START BEFORE AFTER AHEAD THEN"
    " WITHIN INSIDE"
    " LATER PASSING COMING OR NOT REFUSED CHANGE DOOR PRIME OTHER"
    # meanings
    " DAYS CLOCK HOURS LENGTH MOMENT PHRASE STRETCH"
).split()
_LETTERS: Final = {name: chr(0x100 + i) for i, name in enumerate(_NAMES)}
_SHORT: Final = {
    "INT": "(?:NUM|CN|WORDNUM|TENS)",
    "YEAR": "NUM4",
    "MEASURE": "(?:UNIT|YUE|NIAN|RI|AITCH)",
    "TILL": "(?:TO|DASH)",
    "SMALL": "(?:AT|ON|IN|FOR|OF|THE|COMMA|AROUND)",
}


class Token(NamedTuple):
    """Some characters of the message and what they are."""

    kind: str
    """One letter, see `kind`."""
    start: int
    end: int
    number: int = 0
    word: str = ""
    thing: Thing | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words are heard against."""

    text: str
    now: datetime
    today: date
    day_first: bool


_T = TypeVar("_T", bound=Thing)


class Found:
    """The tokens a pattern matched, with their neighbours."""

    __slots__ = ("after", "before", "setting", "tokens")

    def __init__(self, line: Sequence[Token], start: int, end: int, setting: Setting) -> None:
        self.tokens = line[start:end]
        self.before = line[start - 1] if start else None
        self.after = line[end] if end < len(line) else None
        self.setting = setting

    def numbers(self) -> list[int]:
        """The numbers said, in their order."""
        return [token.number for token in self.tokens if token.kind in _NUMBERS]

    def token(self, name: str) -> Token | None:
        """The first token of that kind."""
        letter = _LETTERS[name]
        return next((token for token in self.tokens if token.kind == letter), None)

    def number(self, name: str, default: int = 0) -> int:
        """The number of the first token of that kind."""
        token = self.token(name)
        return default if token is None else token.number

    def has(self, name: str) -> bool:
        return self.token(name) is not None

    def things(self, sort: type[_T]) -> list[_T]:
        """The meanings of that sort found so far, in their order."""
        return [token.thing for token in self.tokens if isinstance(token.thing, sort)]

    def touching(self) -> bool:
        """Whether nothing, not even a space, stands between the tokens."""
        return all(a.end == b.start for a, b in zip(self.tokens, self.tokens[1:], strict=False))

    def follows(self, *names: str) -> bool:
        """Whether the token before is one of these kinds."""
        return self.before is not None and self.before.kind in {_LETTERS[name] for name in names}

    def leads(self, *names: str) -> bool:
        """Whether the token after is one of these kinds."""
        return self.after is not None and self.after.kind in {_LETTERS[name] for name in names}

    def char_before(self) -> str:
        start = self.tokens[0].start
        return self.setting.text[start - 1] if start else ""

    def char_after(self) -> str:
        end = self.tokens[-1].end
        return self.setting.text[end : end + 1]


class Spoiled:
    """The answer of a rule that knows these words and knows that they are no time ("25:12", "31 June")."""


SPOILED: Final = Spoiled()
Answer = Thing | Spoiled | None
"""What a rule says: a meaning, that it is certainly none, or that the rule does not apply after all."""

_THINGS: Final[dict[type[Thing], str]] = {
    Days: _LETTERS["DAYS"],
    Part: _LETTERS["PART"],
    Clock: _LETTERS["CLOCK"],
    Hours: _LETTERS["HOURS"],
    Length: _LETTERS["LENGTH"],
    Moment: _LETTERS["MOMENT"],
    Phrase: _LETTERS["PHRASE"],
    Stretch: _LETTERS["STRETCH"],
}
_NUMBERS: Final = frozenset(_LETTERS[n] for n in ("NUM", "NUM3", "NUM4", "CN", "WORDNUM", "TENS", "ORDINAL"))
_OTHER: Final = _LETTERS["OTHER"]


class Rule(NamedTuple):
    """A pattern over kinds of tokens, and what the tokens it finds mean."""

    pattern: re.Pattern[str]
    meaning: Callable[[Found], Answer]


def kind(name: str) -> str:
    """The letter of a kind of token."""
    return _LETTERS[name]


def pattern(written: str) -> re.Pattern[str]:
    """The regular expression over letters behind a pattern written in names of kinds."""
    for short, long in _SHORT.items():
        written = re.sub(rf"\b{short}\b", long, written)
    return re.compile(re.sub(r"[A-Z][A-Z0-9]*", lambda found: _LETTERS[found[0]], written).replace(" ", ""))


Book = list[Rule]


def rule(book: Book, *written: str) -> Callable[[Callable[[Found], Answer]], Callable[[Found], Answer]]:
    """Add the function to the book, once for each pattern; rules are tried in the order they are written."""

    def note(meaning: Callable[[Found], Answer]) -> Callable[[Found], Answer]:
        book.extend(Rule(pattern(one), meaning) for one in written)
        return meaning

    return note


def apply(book: Iterable[Rule], line: list[Token], setting: Setting) -> list[Token]:
    """The line after each rule in turn has replaced what it understands. Linear in the line for each rule."""
    letters = "".join([token.kind for token in line])
    for one in book:
        found = one.pattern.search(letters)
        if found is None:
            continue
        line = _rewrite(one, line, letters, found, setting)
        letters = "".join([token.kind for token in line])
    return line


def _rewrite(
    one: Rule, line: list[Token], letters: str, found: re.Match[str] | None, setting: Setting
) -> list[Token]:
    fresh: list[Token] = []
    done = 0
    while found is not None and found.end() > found.start():
        start, end = found.span()
        answer = one.meaning(Found(line, start, end, setting))
        if answer is None:
            found = one.pattern.search(letters, start + 1)
            continue
        fresh += line[done:start]
        first, last = line[start].start, line[end - 1].end
        if isinstance(answer, Spoiled):
            fresh.append(Token(_OTHER, first, last))
        else:
            fresh.append(Token(_THINGS[type(answer)], first, last, 0, "", answer))
        done = end
        found = one.pattern.search(letters, end)
    return fresh + line[done:]
