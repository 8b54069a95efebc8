"""What every channel must be able to do, and what it may say it cannot."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from starlette.routing import BaseRoute

from bot.messages import Inbound, Outbound, Sender
from bot.turn import Receipt

Receive = Callable[[Inbound], Awaitable[Receipt]]
"""Hands one message to the bot. Raises `bot.turn.TurnFailed` when it should be delivered again."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Limits of a channel, as data; rendering is chosen from these, never from a channel's name."""

    buttons: int = 0
    """Most choices it can show as buttons; 0 means none."""
    label: int = 64
    """Longest button label, in characters."""
    text: int = 2_000
    """Longest message, in bytes of UTF-8 (safe where a channel counts characters)."""
    cards: bool = False
    fetched: bool = False
    """The person's own page reads the record, so delivery must not push to it."""


class Undelivered(Exception):
    """A message did not arrive. The subclasses say what to do about it; nothing else is raised on purpose."""


class Unreachable(Undelivered):
    """This person cannot be reached here any more: blocked, gone, unknown."""


class TryLater(Undelivered):
    """The channel is down or asks us to slow down."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(after)
        self.after = after


class WindowClosed(Undelivered):
    """The platform no longer lets us write to this person until they write again."""


class ContentRefused(Undelivered):
    """The platform refuses this content; sending it again will not help."""


class Misconfigured(Undelivered):
    """Our credentials or settings are wrong: staff must act, and the message waits."""


class Channel(Protocol):
    """One platform. The only module that compares the channel's name is the channel's own."""

    @property
    def name(self) -> str: ...

    @property
    def can(self) -> Capabilities: ...

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """Web routes. Each verifies, parses, awaits `receive`, and only then answers 200."""
        ...

    async def send(self, to: Sender, message: Outbound) -> None:
        """Deliver one message, already fitted to what the channel can show. Raises `Undelivered`."""
        ...
