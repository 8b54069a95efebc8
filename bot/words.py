"""What people may say, by meaning, in every language at once: `locales/<language>/words.toml`."""

import re
import tomllib
from collections.abc import Collection, Iterable
from functools import cache

from bot import texts
from bot.readers import typed


@cache
def _tables() -> dict[str, dict[str, dict[str, list[str]]]]:
    return {
        language: tomllib.loads((texts.FOLDER / language / "words.toml").read_text(encoding="utf-8"))
        for language in texts.languages()
    }


@cache
def names(table: str) -> tuple[str, ...]:
    """The meanings a table lists, in the order the house language lists them."""
    return tuple(_tables()[texts.languages()[0]][table])


@cache
def phrases(table: str, name: str) -> frozenset[str]:
    """Every phrase for a meaning, as `typed.plain` leaves it."""
    every = (tables.get(table, {}).get(name, []) for tables in _tables().values())
    return frozenset(typed.plain(phrase) for listed in every for phrase in listed)


@cache
def raw(table: str, name: str) -> frozenset[str]:
    """Every phrase for a meaning as it is listed, signs and all."""
    return frozenset(
        phrase for tables in _tables().values() for phrase in tables.get(table, {}).get(name, [])
    )


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    return re.compile("|".join(bounded(phrases(table, name))) or r"(?!)")


def bounded(listed: Iterable[str]) -> Iterable[str]:
    """Patterns for plain phrases, the longest first; Latin letters must be whole words."""
    for phrase in sorted(listed, key=len, reverse=True):
        escaped = re.escape(phrase)
        yield rf"\b{escaped}\b" if phrase.isascii() else escaped


def whole(text: str, table: str, among: Collection[str] | None = None) -> str | None:
    """The meaning (of those `among`) whose phrase is the whole message, but for politeness; the first
    listed wins."""
    said = {typed.plain(text), typed.bare(text)}
    return next((name for name in _wanted(table, among) if said & phrases(table, name)), None)


def within(text: str, table: str, among: Collection[str] | None = None) -> str | None:
    """The meaning (of those `among`) one of whose phrases stands in the message; the first listed wins."""
    said = typed.plain(text)
    return next((name for name in _wanted(table, among) if _pattern(table, name).search(said)), None)


def _wanted(table: str, among: Collection[str] | None) -> list[str]:
    return [name for name in names(table) if among is None or name in among]


def stands_in(text: str, table: str, name: str) -> bool:
    """Whether one of the phrases for this very meaning stands in the message."""
    return bool(_pattern(table, name).search(typed.plain(text)))


def found(text: str, table: str, name: str) -> list[tuple[str, str]]:
    """What stands before and after each place where one of the phrases for this meaning stands."""
    said = typed.join_han(typed.plain(text))
    return [(said[: one.start()], said[one.end() :]) for one in _pattern(table, name).finditer(said)]


def ends_like_a_question(text: str) -> bool:
    """Whether the message ends as questions do."""
    return typed.plain(text).endswith(tuple(phrases("asking", "ends")))


def language_asked(text: str) -> str | None:
    """The language the whole message asks for ("English please", "说中文"), as our tag."""
    said = {typed.plain(text), typed.bare(text)}
    return next((tag for tag, tables in _tables().items() if said & _plain(tables["language"]["ask"])), None)


def _plain(listed: list[str]) -> set[str]:
    return {typed.plain(phrase) for phrase in listed}
