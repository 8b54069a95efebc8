"""What is wrong in a TOML file, for whoever wrote it: on which line, why, and what to write instead."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from pydantic_core import ErrorDetails

from core.catalogue import Section

Place: TypeAlias = tuple[str | int, ...]
"""Where in the file: keys, and positions in lists."""
Parsed: TypeAlias = dict[str, Any]  # Any: TOML as it was read, before it is checked


def explain(details: ErrorDetails) -> str:
    """What is wrong with one field, and what to write instead."""
    name, given = str(details["loc"][-1]), details["input"]
    if details["type"] == "extra_forbidden":
        known = {field for section in _sections(Section) for field in section.model_fields}
        return f"we do not know this setting{instead(name, sorted(known)) or '; remove it'}"
    if details["type"] == "missing":
        return "this is missing; add it"
    if details["type"] == "value_error":
        return details["msg"].removeprefix("Value error, ")
    reason = details["msg"][0].lower() + details["msg"][1:]
    return reason if isinstance(given, dict | list) else f"{reason}; it is {given!r}"


def _sections(base: type[Section]) -> Iterator[type[Section]]:
    for section in base.__subclasses__():
        yield section
        yield from _sections(section)


def instead(wrong: str, known: list[str]) -> str:
    likely = difflib.get_close_matches(wrong, known, n=1)
    return f"; did you mean {likely[0]!r}?" if likely else ""


def located(text: str, given: Parsed, wrong: Iterable[tuple[Place, str]]) -> list[str]:
    """Each problem behind the line and the name of its field."""
    lines = _lines(text)
    located = []
    for place, reason in wrong:
        known = next((place[:n] for n in range(len(place), 0, -1) if place[:n] in lines), None)
        where = f"line {lines[known]}, " if known else ""
        located.append(f"{where}{_named(given, place)}: {reason}")
    return located


def _lines(text: str) -> dict[Place, int]:
    """On which line each table and each key begins, as far as the start of a line tells."""
    lines: dict[Place, int] = {}
    counts: dict[str, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\[\[\s*([\w.-]+)\s*\]\]", line):
            name = header[1]
            counts[name] = counts.get(name, -1) + 1
            table = (name, counts[name])
            lines.setdefault(table, number)
        elif header := re.match(r"\[\s*([\w.-]+)\s*\]", line):
            table = tuple(header[1].split("."))
            lines.setdefault(table, number)
        elif key := re.match(r"\s*([\w.-]+)\s*=", line):
            parts = (*table, *key[1].split("."))
            for end in range(len(table) + 1, len(parts) + 1):
                lines.setdefault(parts[:end], number)
    return lines


def _named(given: object, place: Place) -> str:
    """`services DEEP, crew_steps 2, quantity`: entries of lists by their code, or counted from one."""
    words: list[str] = []
    for part in place:
        inner: object = None
        if isinstance(given, dict):
            inner = given.get(part)
        elif isinstance(given, list) and isinstance(part, int) and part < len(given):
            inner = given[part]
        if isinstance(part, int):
            code = inner.get("code") if isinstance(inner, dict) else None
            words[-1] += f" {code or part + 1}"
        else:
            words.append(part)
        given = inner
    return ", ".join(words)
