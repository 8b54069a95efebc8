"""What must never be read in a log, taken out of it: keys, telephone numbers, and what people wrote."""

import re
import traceback
from collections.abc import Iterator
from types import TracebackType

from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

HIDDEN = "***"
KEPT_DIGITS = 4
"""As much of a telephone number as tells two people apart without telling who they are."""

_SECRET = "|".join(
    (
        r"x-telegram-bot-api-secret-token",
        r"(?:\w+_)?access_token",
        r"refresh_token",
        r"(?:corp|app|client|suite)_?secret",
        r"secret",
        r"authorization",
        r"password",
        r"menling_session",
    )
)
_PATTERN = re.compile(
    "|".join(
        (
            # A Telegram token, in an address or alone: the number of the bot is no secret.
            r"(?P<bot>(?<![0-9])[0-9]{5,}:)[\w-]{30,}",
            # The name of a secret in an address, a header, a dict or a list of byte pairs, then its value.
            rf"""(?P<name>(?<![\w-])(?:{_SECRET})["']?\s*[=:,]\s*(?:b?["'])?(?:(?:bearer|basic)\s+)?)[^\s&"',;)}}\]]+""",
            # The password in the address of a database or a proxy.
            r"(?P<login>://[^\s:/@]+:)[^\s/@]+(?=@)",
            # Telephone numbers, and the numbers by which platforms call people.
            r"(?P<phone>(?<![\w.+-])(?:"
            r"\+[0-9](?:[ -]?[0-9]){6,14}|1[3-9][0-9](?:[ -]?[0-9]){8}|0[0-9]{2,3}[ -]?[0-9]{7,8}|[0-9]{9,15}"
            r")(?![\w.]))",
        )
    ),
    re.IGNORECASE,
)
SUSPECT = re.compile(r"[\d=:,]")
"""What everything hidden has in it; most values of a line are words like `booking`, looked at no further."""
_HELD = re.compile(r"(exception=\w+)\(.*", re.DOTALL)
"""How asyncio shows a task that failed: with the words of its failure."""

_ABOUT_CODE = (
    ArithmeticError,
    AttributeError,
    ImportError,
    MemoryError,
    NameError,
    OSError,
    RecursionError,
    TypeError,
)
"""Failures whose words the interpreter or the system makes up from code, names of files and addresses."""
_ABOUT_TABLES = (IntegrityError, OperationalError, ProgrammingError)
"""Failures of the database that name constraints and tables in their first line, and rows only after it."""


def redact(text: str) -> str:
    """The text without keys, and with telephone numbers but for their last digits."""
    return _PATTERN.sub(_hidden, text)


def without_failures(text: str) -> str:
    """A line of somebody else's library, without the words of a failure that it quotes."""
    return _HELD.sub(r"\1(…)", text)


def failure(error: BaseException) -> str:
    """A failure in a line: its kind, and its words when they cannot be what somebody wrote."""
    kind = type(error).__qualname__
    if isinstance(error, _ABOUT_TABLES):
        words = str(error.orig).partition("\n")[0]
    elif isinstance(error, _ABOUT_CODE):
        words = str(error)
    else:
        words = "…" if str(error) else ""
    return redact(f"{kind}: {words}" if words else kind)


def trace(error: BaseException) -> str:
    """A traceback that can be kept and shown: every place in the code, no values, no words of people.

    The words of a failure may hold what was being read when it happened, so only `failure` is told of it.
    """
    return "\n".join(_chained(error, set())).rstrip()


def _hidden(found: re.Match[str]) -> str:
    if phone := found["phone"]:
        return HIDDEN + "".join(character for character in phone if character.isdigit())[-KEPT_DIGITS:]
    return f"{found['bot'] or found['name'] or found['login']}{HIDDEN}"


def _chained(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _chained(before, seen)
        yield "\nwhich led to:\n" if error.__cause__ is not None else "\nand while that was handled:\n"
    yield from _places(error.__traceback__)
    yield failure(error)
    if isinstance(error, BaseExceptionGroup):
        for number, one in enumerate(error.exceptions, start=1):
            yield f"\nnumber {number} of {len(error.exceptions)}:\n"
            yield from _chained(one, seen)


def _places(where: TracebackType | None) -> Iterator[str]:
    if where is not None:
        yield "Traceback (most recent call last):"
        yield from (redact(line.rstrip()) for line in traceback.format_tb(where))
