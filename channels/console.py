"""A conversation in the terminal, with the real bot and the real database; kept as a transcript if wished."""

import contextlib
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from sqlalchemy import Engine
from starlette.routing import BaseRoute

from bot import outbox, texts, written
from bot.messages import Arrived, Choice, Content, Inbound, Outbound, Sender, Tap, Text
from bot.turn import Bot, TurnFailed
from channels import render
from channels.base import Capabilities, Receive, Unreachable
from core import clock, correspondence, customers, identities
from core.correspondence import Peer, Purpose
from core.customers import Customer
from core.database import transaction

ACCOUNT = "main"


class Console:
    """The terminal as a channel: whoever sits at it fetches what was said after each turn."""

    name = "console"
    account = ACCOUNT
    can = Capabilities(text=1_000_000, cards=True, fetched=True)

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """None: nothing comes in from the web."""
        return ()

    async def run(self) -> None:
        """Nothing: a terminal is there only while somebody sits at it."""

    async def send(
        self, to: Sender, message: Outbound, *, purpose: Purpose, replaces: str | None = None
    ) -> str | None:
        """Never arrives: a terminal cannot be written to from outside."""
        raise Unreachable("a terminal is not pushed to")

    async def close(self, to: Sender, shown: Outbound, external_id: str, *, chosen: str) -> None:
        """Nothing: what stands on a terminal stays."""


class Talk:
    """One person at the terminal. `write` gets every line that they are to see."""

    def __init__(self, bot: Bot, *, who: str, language: str, write: Callable[[str], None]) -> None:
        self._bot, self._language, self._write = bot, language, write
        self._sender = Sender(Console.name, ACCOUNT, who)
        self._choices: tuple[Choice, ...] = ()
        self._transcript: TextIO | None = None

    def hold(self, lines: Iterable[str], *, save: Path | None = None) -> None:
        """Open the conversation and take one turn for every line, until `/quit` or the end of the lines.

        With `save`, the talk is written there as a transcript while it goes on; a file that is there
        already is replaced.
        """
        if save is None:
            self._go_through(lines)
            return
        with save.open("w", encoding="utf-8") as self._transcript:
            who, today = self._sender.user, clock.today(self._bot.company.zone)
            self._keep(f"# {self._own('console-title', who=who, day=today)}")
            self._go_through(lines)
        self._write(self._own("console-saved", file=str(save)))

    def _go_through(self, lines: Iterable[str]) -> None:
        self._write(self._own("console-welcome", company=self._bot.company.name))
        self._keep("@ arrives")
        self._take(Arrived())
        for line in lines:
            if line.strip() == "/quit":
                return
            self._hear(line.rstrip("\r\n"))

    def _hear(self, line: str) -> None:
        command, _, rest = line.strip().partition(" ")
        match command:
            case "":
                return
            case "/help":
                self._write(self._own("console-help"))
            case "/buttons":
                self._show_buttons()
            case "/tap":
                self._tap(rest.strip())
            case _:
                self._keep(f"> {line}")
                self._take(Text(line))

    def _show_buttons(self) -> None:
        for choice in self._choices:
            self._write(f"  {choice.data}  {choice.label}")
        if not self._choices:
            self._write(self._own("console-no-buttons"))

    def _tap(self, data: str) -> None:
        if not data:
            self._write(self._own("console-tap-what"))
            return
        label = next((choice.label for choice in self._choices if choice.data == data), "")
        self._keep(f"> [{label or data}]")
        self._take(Tap(data, label))

    def _take(self, content: Content) -> None:
        inbound = Inbound(self._sender, uuid.uuid4().hex, clock.now(), content, self._language)
        try:
            self._bot.receive(inbound)
        except TurnFailed:
            self._write(self._own("console-trouble"))
            return
        for message in self._fetch():
            self._choices = message.choices
            for line in drawn(message):
                self._write(line)
            for line in transcribed(message):
                self._keep(line)

    def _fetch(self) -> list[Outbound]:
        """Everything that was said to this person and not shown yet; from now on it counts as sent."""
        now = clock.now()
        with transaction(self._bot.engine) as session:
            waiting = correspondence.pending(session, Peer(*_parts(self._sender)), now)
            correspondence.mark_sent(session, [message.id for message in waiting if message.id], now)
        return [outbox.outbound(message) for message in waiting]

    def _keep(self, line: str) -> None:
        if self._transcript:
            self._transcript.write(line + "\n")
            self._transcript.flush()

    def _own(self, key: str, **args: object) -> str:
        return texts.say(self._language, key, **args)


def speak(engine: Engine, who: str, language: str) -> None:
    """From now on this person, if they were here before, is spoken to in `language`."""
    with transaction(engine) as session:
        identity = identities.find(session, Console.name, ACCOUNT, who)
        if identity is not None and identity.customer_id is not None:
            customers.speak(session, session.get_one(Customer, identity.customer_id), language)


def drawn(message: Outbound) -> Iterator[str]:
    """A message as a terminal shows it: words, the card with an edge, answers by number, ways in brackets."""
    yield from message.text.splitlines()
    if message.card:
        yield from (f"  │ {line}" for line in written.written_out(message.card).splitlines())
    yield from (f"  {line}" for line in render.numbered(message.choices, "").splitlines())
    yield ""


def transcribed(message: Outbound) -> Iterator[str]:
    """A message as the transcripts of the tests have it: `< ` before each line of words, card and buttons."""
    lines = message.text.split("\n")
    if card := message.card:
        lines += [f"┌ {card.title}", *(f"│ {label}: {value}" for label, value in card.lines)]
        lines += [f"└ {card.footer}"] if card.footer else []
    if message.choices:
        lines.append(" ".join(f"[{choice.label}]" for choice in message.choices))
    yield from (f"< {line}" for line in lines)


def _parts(sender: Sender) -> tuple[str, str, str]:
    return sender.channel, sender.account, sender.user


def typed(echo: Callable[[str], None]) -> Iterator[str]:
    """The lines of whoever sits at the terminal, or those that are piped in, which are shown as well."""
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - importing it is what gives `input` its arrow keys
        with contextlib.suppress(EOFError):
            while True:
                yield input("> ")
        return
    for line in sys.stdin:
        echo(f"> {line.rstrip()}")
        yield line
