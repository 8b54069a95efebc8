"""What to do about a refusal of one of Tencent's platforms, told by tables of codes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

import structlog

from channels.base import (
    ContentRefused,
    Down,
    OutcomeUnknown,
    TryLater,
    Undelivered,
    WindowClosed,
)
from channels.tencent.calls import MayHaveArrived, NotSent, Refused

A_MINUTE = timedelta(minutes=1)

log = structlog.get_logger()


class Remedy(Enum):
    """A refusal that the sender itself can mend, within the same send, or need not mind."""

    IGNORE = auto()
    """Nothing is left to do: it is as we wanted it, or it does not matter."""
    SPLIT = auto()
    """Too long: send it in parts."""
    MEDIA = auto()
    """The file is gone or no good: hand it in once more; if that fails, send the words without it."""
    PLAIN = auto()
    """A menu cannot be shown: send its choices as text."""
    TEMPLATE = auto()
    """The template is not as the platform knows it, or a value does not fit: go another way."""
    CAPABILITY = auto()
    """The account may not call this: use another way, and do not call it again."""
    TASK_ID = auto()
    """The card's task id was used before: send it under a new one."""
    LOG_IN = auto()
    """The login's code is used up: begin the login again."""


Meaning = Remedy | Callable[[str], Undelivered]
"""A kind of failure is made of words for staff."""
Reaction = Undelivered | Remedy


@dataclass(frozen=True, slots=True)
class Row:
    """One code: what to do, what it says in words for staff, and whether it is an error in the log."""

    meaning: Meaning
    words: str
    alarms: bool = False


def soon(_words: str) -> TryLater:
    """Once more, after the pause that the outbox makes between tries."""
    return TryLater(timedelta(0))


def slower(_words: str) -> TryLater:
    """The whole account was too fast."""
    return TryLater(A_MINUTE, whole=True)


def react(rows: Mapping[int, Row], code: int, message: str, rid: str = "") -> Reaction:
    """What a table says about a code; a code that is in none means that the content is refused.

    A `WindowClosed` holds the code, everything else the code and words for staff.
    """
    row = rows.get(code)
    if row is None:
        log.warning("tencent.unknown_code", code=code, said=message, rid=rid)
        return ContentRefused(f"{code} {message}".rstrip())
    if row.alarms:
        log.error("tencent.alarm", code=code, what=row.words, rid=rid)
    if isinstance(row.meaning, Remedy):
        return row.meaning
    if row.meaning is WindowClosed:
        return WindowClosed(code)
    return row.meaning(f"{code} {row.words}: {message}".rstrip(": "))


def meaning(rows: Mapping[int, Row], failed: Refused | NotSent | MayHaveArrived) -> Reaction:
    """The same for anything that a call raises."""
    match failed:
        case Refused():
            return react(rows, failed.code, failed.message, failed.rid)
        case NotSent():
            return Down(str(failed))
        case MayHaveArrived():
            return OutcomeUnknown(str(failed))
