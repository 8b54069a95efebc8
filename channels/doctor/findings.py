"""What an examination finds, and how it is told."""

import json
from collections.abc import Iterable, Sequence, Set
from dataclasses import asdict, dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """Somebody should look at it soon."""
    PROBLEM = "problem"
    """Something does not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and what to do; `advice` is empty when all is well."""

    what: str
    level: Level
    found: str
    advice: str = ""


def ok(what: str, found: str) -> Finding:
    """All is well."""
    return Finding(what, Level.OK, found)


def warning(what: str, found: str, advice: str) -> Finding:
    """It works, but not for long or not for everybody."""
    return Finding(what, Level.WARNING, found, advice)


def problem(what: str, found: str, advice: str) -> Finding:
    """It does not work."""
    return Finding(what, Level.PROBLEM, found, advice)


def as_text(findings: Sequence[Finding]) -> str:
    """For people: one line each, and what to do below those that need it."""
    marks = {Level.OK: "ok      ", Level.WARNING: "warning ", Level.PROBLEM: "PROBLEM "}
    lines = []
    for finding in findings:
        lines.append(f"{marks[finding.level]} {finding.what}: {finding.found}")
        if finding.advice:
            lines.append(f"          → {finding.advice}")
    bad = sum(finding.level is not Level.OK for finding in findings)
    return "\n".join([*lines, "", "All is well." if not bad else f"{bad} of {len(findings)} need attention."])


def as_json(findings: Sequence[Finding]) -> str:
    """For programs: a list of objects with what, level, found and advice."""
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2)


def listed(words: Iterable[str], most: int = 6) -> str:
    every = sorted(words) if isinstance(words, Set) else list(words)
    return ", ".join(every[:most]) + (f" and {len(every) - most} more" if len(every) > most else "")
