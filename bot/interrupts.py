"""What may be said at any moment, in any conversation. Heard before the question is."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot import words
from bot.readers import typed

SHOUTED = re.compile(r"[!！]{2,}|[?？]{3,}")
CLAUSES = re.compile(rf"[,，。.;；!！、\n]+|(?<=[{typed.HAN}]) +(?=[{typed.HAN}])| (?:and|as|because) ")
LONGEST = 40
"""Characters of an interruption; who writes more has something to tell."""


class Interrupt(StrEnum):
    """In order of precedence: the way out to a person always works."""

    PERSON = "person"
    CANCEL = "cancel"
    RESTART = "restart"
    BACK = "back"
    CHANGE = "change"
    HELP = "help"
    MENU = "menu"
    CONTINUE = "continue"
    SKIP = "skip"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Heard:
    """An interruption, and what it is about where it says so: a question to change, a language to speak."""

    interrupt: Interrupt
    about: str = ""


def heard(text: str) -> Heard | None:
    """The interruption meant, if the whole message is one.

    "cancel" cancels; "please cancel the old filter, it leaks" is an answer.
    """
    if len(text) > LONGEST:
        return None
    if (name := words.whole(text, "interrupts")) is not None:
        return Heard(Interrupt(name))
    if _gives_up(text):
        return Heard(Interrupt.CANCEL)
    if (language := words.language_asked(text)) is not None:
        return Heard(Interrupt.LANGUAGE, language)
    if (field := words.whole(text, "change")) is not None:
        return Heard(Interrupt.CHANGE, field)
    return None


def _gives_up(text: str) -> bool:
    """Whether it cancels and otherwise only says why: "算了，太贵了", "found somebody else, cancel"."""
    clauses = [one for one in CLAUSES.split(text) if one.strip()]
    cancelling = [words.whole(one, "interrupts", {"cancel"}) is not None for one in clauses]
    return any(cancelling) and all(
        cancels or words.whole(one, "excuses") for cancels, one in zip(cancelling, clauses, strict=True)
    )


def is_call_for_help(text: str) -> bool:
    """Whether a worker calls for help with this: some words anywhere, some only as the whole message."""
    return words.within(text, "rescue", {"within"}) is not None or (
        words.whole(text, "rescue", {"whole"}) is not None
    )
