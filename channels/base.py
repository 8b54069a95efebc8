"""What every channel must be able to do, and what it may say it cannot."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

from starlette.routing import BaseRoute

from bot.messages import Door, Inbound, Outbound, Sender
from bot.turn import Receipt
from core.correspondence import Purpose
from core.ways import FREE, Limits

Receive = Callable[[Inbound], Awaitable[Receipt]]
"""Hands one message to the bot. Raises `bot.turn.TurnFailed` when it should be delivered again."""


def utf8_bytes(text: str) -> int:
    """The size of a text for platforms that count bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def utf16_units(text: str) -> int:
    """The size of a text for platforms that count UTF-16 code units, as JavaScript and Java do."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Limits of a channel, as data; rendering is chosen from these, never from a channel's name."""

    buttons: int = 0
    """Most choices it can show as buttons; 0 means none."""
    label: int = 64
    """Longest button label, in characters."""
    text: int = 2_000
    """Longest message, as `size` counts it."""
    size: Callable[[str], int] = utf8_bytes
    cards: bool = False
    edits: bool = False
    """Whether a message that was sent can be changed: answered questions are closed."""
    fetched: bool = False
    """The person's own page reads the record, so delivery must not push to it."""
    limits: Limits = FREE
    """How much may be said, beside the answers that the platform waits for."""


class Undelivered(Exception):
    """A message did not arrive. The subclasses say what to do about it; nothing else is raised on purpose."""


class Unreachable(Undelivered):
    """This person cannot be reached here any more: blocked, gone, unknown."""


class NoRoom(Unreachable):
    """The chat is there, but nothing can be kept apart in it: it has no topics, or we may not make them."""


class Overheard(Unreachable):
    """Somebody reads along in the chat who may not hear this, so it was not said there.

    `left` is whether what was said before still stands there, because we may not delete it.
    """

    def __init__(self, reason: str, *, left: bool = False) -> None:
        super().__init__(reason)
        self.left = left


class Moved(Undelivered):
    """The conversation goes on under another address, `user`: send it there."""

    def __init__(self, user: str) -> None:
        super().__init__(user)
        self.user = user


class TryLater(Undelivered):
    """We are asked to slow down: for this person, or with `whole` for the whole account. Nothing was sent."""

    def __init__(self, after: timedelta, *, whole: bool = False) -> None:
        super().__init__(after)
        self.after, self.whole = after, whole


class Down(Undelivered):
    """The platform does not answer or is out of order. Nothing was sent."""


class OutcomeUnknown(Undelivered):
    """The platform was cut off before it answered: the message may have arrived or not."""


class WindowClosed(Undelivered):
    """The platform no longer lets us write to this person until they write again."""


class ContentRefused(Undelivered):
    """The platform refuses this content; sending it again will not help."""


class TemplateRefused(Undelivered):
    """The platform takes nothing by this template now, whoever it is for. Nothing was sent."""

    def __init__(self, why: str, *, template: str = "") -> None:
        super().__init__(why)
        self.template = template
        """Its name, where nobody else knows which it was."""


class Misconfigured(Undelivered):
    """Our credentials or settings are wrong: staff must act, and the message waits."""


class Health(StrEnum):
    """How a channel is doing, for the person who runs it."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was asked of the platform: what came back, and what to do if it is not well."""

    health: Health
    found: str
    advice: str = ""


@runtime_checkable
class Answering(Protocol):
    """A channel whose platform takes a message in its answer to what a person did, and does not count it."""

    @property
    def can_answer(self) -> Capabilities:
        """The limits of such an answer."""
        ...

    async def answer(self, to: Sender, message: Outbound) -> bool:
        """Say this, fitted to `can_answer`, to somebody whose request is open; False if none is any more."""
        ...


@runtime_checkable
class Templating(Protocol):
    """A channel with messages of the platform's own form, into which the facts of a message are filled."""

    async def send_by_template(self, to: Sender, message: Outbound, *, once: str) -> str | None:
        """Send `message.facts` by the template for `message.news`, one of `can.limits.templates`.

        Returns the platform's id for it, and what was sent `once` is not sent again if the platform can tell.
        Raises `Undelivered`, of which `WindowClosed` means that this person agreed to no more of these.
        """
        ...


@runtime_checkable
class Keyed(Protocol):
    """A channel whose platform knows by a key of ours what it was sent before, so that it shows it once."""

    async def send_once(self, to: Sender, message: Outbound, *, key: str) -> str | None:
        """As `Channel.send`. `key` (letters, digits, -) is the same whenever the same is sent again."""
        ...


@runtime_checkable
class Open(Protocol):
    """A channel that people can be sent to by a link."""

    @property
    def door(self) -> Door | None:
        """The way in; None while we do not know the address."""
        ...


class Channel(Protocol):
    """One platform. The only module that compares the channel's name is the channel's own."""

    @property
    def name(self) -> str: ...

    @property
    def account(self) -> str:
        """Which of our accounts on the platform this is: `Sender.account` of everything it hands in."""
        ...

    @property
    def can(self) -> Capabilities: ...

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """Web routes. Each verifies, parses, awaits `receive`, and only then answers 200."""
        ...

    async def run(self) -> None:
        """Whatever the channel does by itself while the service runs, until cancelled."""
        ...

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        """Deliver one message, already fitted to what the channel can show; the platform's id for it.

        With `replaces`, the platform's id of an earlier message, that one is changed instead, or if it
        cannot be, this is sent as a new one. Raises `Undelivered`.
        """
        ...

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """Take the buttons off an answered question; `chosen` is the label pressed, "" if it was typed.

        Only ever asked of channels that can edit. Raises `Undelivered`, which nobody tries again.
        """
        ...
