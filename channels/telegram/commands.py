"""What the commands in the platform's menu do, and which of them are shown to whom."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from bot.messages import Arrived, Tap, Text

CUSTOMERS = ("book", "visits", "where", "prices", "me", "person", "menu", "help", "cancel", "language")
"""Shown in private chats, in this order."""
STAFF = ("desk", "requests", "menu", "help", "cancel", "language")
"""Shown in the staff's group."""

_OPENS = {
    "book": "booking",
    "visits": "visits",
    "where": "progress",
    "prices": "prices",
    "me": "profile",
    "person": "person",
    "desk": "desk",
    "requests": "requests",
}
"""The flow or enquiry that a command begins."""
_SAYS = ("help", "cancel", "menu", "back", "skip")
"""Commands that are words which are heard at any moment."""
_CONTINUED = ("book", "prices")
"""Commands that read as the beginning of a sentence: "/book tomorrow at three"."""
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w{1,64}))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NextLanguage:
    """They want to be spoken to in another language, and did not say in which."""


@dataclass(frozen=True, slots=True)
class ForAnother:
    """A command for another bot."""


Meaning: TypeAlias = Arrived | Tap | Text | NextLanguage | ForAnother


def meaning(text: str, our_name: str) -> Meaning | None:
    """What a text asks for, if it begins with a command; one that we do not know is a text.

    `our_name` is the bot's own, without the @; "" while nobody told us, when every name is taken for ours.
    """
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return None
    name, addressee, words = found[1].lower(), found[2] or "", (found[3] or "").strip()
    if addressee and our_name and addressee.lower() != our_name.lower():
        return ForAnother()
    if name == "start":
        return Arrived(words)
    if words and name in _CONTINUED:
        return Text(f"{name} {words}")
    if name in _OPENS:
        return Tap(f"go:{_OPENS[name]}", f"/{name}")
    if name == "language":
        return Text(words) if words else NextLanguage()
    return Text(name if name in _SAYS else text.strip())


def calls_us(text: str, our_name: str) -> bool:
    """Whether a text written where others listen too is a command for us: by name, or one that we have."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return False
    if found[2]:
        return not our_name or found[2].lower() == our_name.lower()
    return found[1].lower() in (*_OPENS, *_SAYS, "start", "language")
