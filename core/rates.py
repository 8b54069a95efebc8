"""How fast one of our accounts may write, as data of its channel."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Whose(StrEnum):
    """Whom a rate is counted for, each by themselves."""

    PERSON = "person"
    GROUP = "group"
    ACCOUNT = "account"
    """All people and groups together."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many messages in a span of time."""

    messages: int
    span: timedelta
    whose: Whose = Whose.PERSON
    burst: int | None = None
    """How many may come at once after a silence, before they come evenly. None: as they like, as long as
    no span anywhere holds more than `messages`."""
    debt: int = 0
    """How far answers may overdraw, with a burst; others then wait that many messages longer, and no more."""
