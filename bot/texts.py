"""A key and its values to a line in a person's language: wording by Fluent, figures and dates by Babel."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Self

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.builtins import BUILTINS
from fluent.syntax.ast import (
    FunctionReference,
    Junk,
    Message,
    MessageReference,
    TermReference,
    VariableReference,
)
from fluent.syntax.visitor import Visitor

from core.catalogue import Words

FOLDER = Path(__file__).resolve().parents[1] / "locales"
_ENTRY = re.compile(r"^([a-zA-Z][\w-]*) *=.*\n?(?:(?![a-zA-Z#]).*\n?)*?(?=^[a-zA-Z#]|\Z)", re.MULTILINE)
_REFERENCE = re.compile(r"\{\s*([a-zA-Z][\w-]*)")
_UNSPEAKABLE = re.compile(
    "[\u2068\u2069]"
)  # Fluent's isolation marks would stand in every record and transcript


class UnknownText(LookupError):
    """No wording for this key in this language, or it lacks a value: a mistake of ours, found by the
    tests."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in fen, to be said in yuan."""

    fen: int


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another on the same day, to be said as two times on the clock; aware."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class There:
    """A time or window at a home, said to somebody who lives by another clock; with a mark."""

    at: time | Span


@dataclass(frozen=True, slots=True)
class Yours:
    """A moment or time by the clock of somebody who lives by another than the company's; with a mark."""

    at: datetime | time


_ALIKE = frozenset({str, int, float, Money, date})
"""Kinds of values that are said alike whenever they are equal."""


@cache
def languages() -> tuple[str, ...]:
    """The languages there is wording for, as BCP 47 tags; the first is the house language."""
    found = sorted(folder.name for folder in FOLDER.iterdir() if any(folder.glob("*.ftl")))
    return tuple(sorted(found, key=lambda tag: tag != "zh-CN"))


def closest(tag: str | None) -> str | None:
    """The language of ours nearest to a BCP 47 tag such as `en-GB` or `zh-Hant-HK`; None for none of ours."""
    if not tag:
        return None
    wanted = tag.casefold().replace("_", "-")
    exact = [ours for ours in languages() if ours.casefold() == wanted]
    return next(iter(exact or [ours for ours in languages() if ours[:2] == wanted[:2]]), None)


def entries(text: str) -> dict[str, str]:
    """The messages of a file as they are written, by their keys."""
    return {found[1]: found[0] for found in _ENTRY.finditer(text)}


class Wording:
    """The messages of one language. Each is parsed when it is first said: all of them take over a second."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._parsed = FluentBundle([language], use_isolating=False)
        self._unread: dict[str, str] = {}

    def add(self, text: str) -> None:
        """Lay the messages of a file over those that are known by the same keys."""
        self._unread |= entries(text)

    def has(self, key: str) -> bool:
        """Whether there is a message of that key."""
        return key in self._unread or self._parsed.has_message(key)

    def format(self, key: str, values: Mapping[str, str | int | float]) -> str:
        """A message in words. Raises `UnknownText`."""
        if key in self._unread:
            self._read(key)
        if not self._parsed.has_message(key) or (pattern := self._parsed.get_message(key).value) is None:
            raise UnknownText(f"{key} in {self._language}")
        line, errors = self._parsed.format_pattern(pattern, dict(values))
        if errors:
            raise UnknownText(f"{key} in {self._language}: {errors[0]}")
        return str(line)

    def _read(self, key: str) -> None:
        """Parse a message and those it refers to."""
        found, wanted = dict[str, str](), [key]
        while wanted:
            if (name := wanted.pop()) not in found and (text := self._unread.get(name)):
                found[name] = text
                wanted += _REFERENCE.findall(text)
        self._parsed.add_resource(FluentResource("\n".join(found.values())), allow_overrides=True)
        for name in found:  # only now: another thread may be about to say the same
            self._unread.pop(name, None)


@cache
def wording(language: str) -> Wording:
    """The wording of one language; a company's own wording is laid over it by `overlay`."""
    made = Wording(language)
    for file in sorted((FOLDER / language).glob("*.ftl")):
        made.add(file.read_text(encoding="utf-8"))
    return made


def overlay(folder: Path) -> None:
    """Lay a company's own wording (`<folder>/<language>/*.ftl`) over ours, key by key, for this process.

    Raises `UnknownText` for a language, key or value we do not have and for what is no wording, so that a
    slip is found at the start and not by a customer.
    """
    for own in sorted(one for one in folder.iterdir() if one.is_dir()):
        if own.name not in languages():
            raise UnknownText(f"{own}: we speak {', '.join(languages())}")
        for file in sorted(own.glob("*.ftl")):
            text = file.read_text(encoding="utf-8")
            for entry in FluentResource(text).body:
                if isinstance(entry, Junk):
                    raise UnknownText(f"{file}: not understood: {(entry.content or '').strip()[:60]}")
                if isinstance(entry, Message):
                    _check(file, own.name, entry)
            wording(own.name).add(text)
    _said_before.cache_clear()


def _check(file: Path, language: str, own: Message) -> None:
    """Whether a company's wording can take the place of ours. Raises `UnknownText`."""
    key, said = own.id.name, _Mentioned.by(own)
    if not has(language, key) or own.value is None:
        raise UnknownText(f"{file}: there is no {key} to say in another way")
    if slips := sorted(name for name in said.texts if not has(language, name)):
        raise UnknownText(f"{file}: in {key} there is no text {{ {slips[0]} }}; a value is {{ ${slips[0]} }}")
    if slips := sorted(said.functions - set(BUILTINS)):
        raise UnknownText(
            f"{file}: in {key} there is no {slips[0]}(); there is {', '.join(sorted(BUILTINS))}"
        )
    # Whatever one of our languages mentions is given, whichever language it is said in.
    ours = {name for each in languages() for name in _mentioned(each).get(key, ())}
    if slips := sorted(said.values - ours):
        known = ", ".join(f"{{ ${name} }}" for name in sorted(ours)) or "nothing"
        raise UnknownText(f"{file}: in {key} nothing stands for {{ ${slips[0]} }}; there is {known}")


@cache
def _mentioned(language: str) -> Mapping[str, frozenset[str]]:
    """The values that our own wording of each key mentions."""
    return {
        entry.id.name: frozenset(_Mentioned.by(entry).values)
        for file in sorted((FOLDER / language).glob("*.ftl"))
        for entry in FluentResource(file.read_text(encoding="utf-8")).body
        if isinstance(entry, Message)
    }


class _Mentioned(Visitor):
    """Collects the values, the other texts and the functions that a wording mentions."""

    def __init__(self) -> None:
        self.values: set[str] = set()
        self.texts: set[str] = set()
        self.functions: set[str] = set()

    @classmethod
    def by(cls, wording: Message) -> Self:
        """What one wording mentions."""
        seen = cls()
        seen.visit(wording)
        return seen

    def visit_VariableReference(self, node: VariableReference) -> None:
        self.values.add(node.id.name)

    def visit_MessageReference(self, node: MessageReference) -> None:
        self.texts.add(node.id.name)

    def visit_FunctionReference(self, node: FunctionReference) -> None:
        self.functions.add(node.id.name)
        self.generic_visit(node)

    def visit_TermReference(self, node: TermReference) -> None:
        self.texts.add(f"-{node.id.name}")


def has(language: str, key: str) -> bool:
    """Whether there is wording for `key`."""
    return wording(language).has(key)


def say(language: str, key: str, /, **args: object) -> str:
    """The line for `key`. Values may be words, numbers, dates, aware moments (said in their own zone),
    `Money`, `Span`, lists of words, or words by language. Raises `UnknownText`.
    """
    # Moments are left out: those that are equal may lie in different zones, which is said.
    for name, value in args.items():
        if type(value) not in _ALIKE:
            if not isinstance(value, Words):
                return _say(language, key, args)
            args[name] = value.get(language)
    return _said_before(language, key, **args)


@lru_cache(maxsize=4_096, typed=True)
def _said_before(language: str, key: str, /, **args: object) -> str:
    return _say(language, key, args)


def _say(language: str, key: str, args: Mapping[str, object]) -> str:
    spoken = {name: _spoken(language, arg) for name, arg in args.items()}
    sayable = {name: value for name, value in spoken.items() if value is not None}
    return _UNSPEAKABLE.sub("", wording(language).format(key, sayable))


def _marked(language: str, key: str, said: str) -> str:
    return wording(language).format(key, {"at": said})


def _pattern(language: str, key: str) -> str:
    return wording(language).format(key, {})


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def _spoken(language: str, value: object) -> str | int | float | None:
    """The value as the wording can use it; None for what no wording could say."""
    locale = _locale(language)
    match value:
        case bool():
            return None
        case Money(fen):
            return format_decimal(fen / 100, format=_pattern(language, "format-money"), locale=locale)
        case There(at):
            return _marked(language, "format-there", str(_spoken(language, at)))
        case Yours(at):
            return _marked(language, "format-yours", str(_spoken(language, at)))
        case Span(starts_at, ends_at):
            return f"{_clock(locale, starts_at.time())}–{_clock(locale, ends_at.time())}"
        case datetime():
            return f"{_day(language, locale, value.date())} {_clock(locale, value.time())}"
        case date():
            return _day(language, locale, value)
        case time():
            return _clock(locale, value)
        case str() | int() | float():
            return value
        case Mapping():
            return str(value[language])
        case list() | tuple():
            return format_list([str(_spoken(language, item) or "") for item in value], locale=locale)
        case None:
            return ""
        case Words():
            return value.get(language)
    return None


def _day(language: str, locale: Locale, day: date) -> str:
    return format_date(day, _pattern(language, "format-day"), locale=locale)


def _clock(locale: Locale, clock: time) -> str:
    return format_time(clock, "HH:mm", locale=locale)
