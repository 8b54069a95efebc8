"""What somebody wants of what we say unasked: "别再给我发消息了", "please don't text me any more"."""

import re
from functools import cache

from bot import words
from bot.readers import typed

TABLE = "unasked-parts"
LONGEST = 60
"""Characters; whoever says more says something else as well."""
_BETWEEN = re.compile(r"[\s,，。.、!！~～…;；:：'\"“”()（）-]+")


def read(text: str) -> str | None:
    """`none`, `offers-off`, `care-off`, `fewer` or `digest`, as the words' `[unasked]` has them; else None.

    Every word of the message has to belong to it: "别发消息，叫师傅早点来" is about something else.
    """
    said = typed.join_han(typed.plain(text))
    if len(said) > LONGEST or said.endswith(("?", "？")):
        return None
    parts = _parts(said)
    if parts is None:
        return None
    if {"monthly", "thing"} <= parts:
        return "digest"
    if {"no", "offers"} <= parts:
        return "offers-off"
    if {"no", "care"} <= parts:
        return "care-off"
    if "less" in parts and parts & {"thing", "tell", "offers", "care"}:
        return "fewer"
    told = "bother" in parts or "thing" in parts or {"tell", "me"} <= parts
    return "none" if "no" in parts and told else None


def _parts(said: str) -> frozenset[str] | None:
    """The names of the parts that a message is made of; None where anything is left over."""
    found: set[str] = set()
    at = 0
    while at < len(said):
        if (gap := _BETWEEN.match(said, at)) is not None:
            at = gap.end()
            continue
        part = _pattern().match(said, at)
        if part is None:
            return None
        found.add(_meanings()[part.group()])
        at = part.end()
    return frozenset(found)


@cache
def _meanings() -> dict[str, str]:
    """Which part each phrase is; of a phrase in two, the one that is listed first."""
    return {phrase: name for name in reversed(words.names(TABLE)) for phrase in words.phrases(TABLE, name)}


@cache
def _pattern() -> re.Pattern[str]:
    """Any of the phrases, the longest first."""
    return re.compile("|".join(_bounded(one) for one in sorted(_meanings(), key=len, reverse=True)))


def _bounded(phrase: str) -> str:
    return rf"\b{re.escape(phrase)}\b" if phrase.isascii() else re.escape(phrase)
