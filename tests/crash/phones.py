"""The two ways people reach us here: Telegram, played by hand, and the page of the web chat."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import count
from random import Random
from typing import Protocol

from channels.telegram.webhook import PATH, SECRET_HEADER
from channels.web.session import COOKIE
from tests.crash.ledger import Ledger, Sent
from tests.crash.servers import Cluster
from tests.doubles.telegram.chats import Kept
from tests.doubles.telegram.double import Double
from tests.doubles.telegram.people import Person, Press
from tests.doubles.telegram.writing import write

SECRET = "crash-test-secret"  # noqa: S105 - opens nothing
AT_ONCE = 0.08
"""How often the same thing is brought several times at the same moment."""
ONCE_MORE = 0.04
"""How often something is brought again although it was accepted."""
SETTLES = 0.02
"""Seconds in which a second message of the same answer may follow the first."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One message of ours as a person sees it; `number` is their platform's."""

    number: int
    text: str
    buttons: tuple[Button, ...] = ()


class Phone(Protocol):
    """What a person holds in their hand."""

    name: str

    async def open(self) -> None: ...

    async def says(self, text: str) -> None:
        """Send it; returns when it is accepted."""

    async def presses(self, shown: Shown, button: Button) -> None:
        """Press it; returns when that is accepted."""

    async def look(self, patience: float) -> Sequence[Shown]:
        """What is new since the last look; waits so many seconds for it and may then be empty."""


class TelegramPhone:
    """A private chat with the bot. Updates are made here and brought again until they are accepted."""

    def __init__(
        self, cluster: Cluster, ledger: Ledger, double: Double, chance: Random, ids: "count[int]", number: int
    ) -> None:
        self._cluster, self._ledger, self._double, self._chance = cluster, ledger, double, chance
        self._ids, self._read, self._edits = ids, 0, {0: 0}
        self._person: Person = double.person(number, started=True)
        self.name = f"telegram {number}"

    async def open(self) -> None:
        """Press Start."""
        await self._sends("/start", kind="arrived", body="")

    async def says(self, text: str) -> None:
        await self._sends(text, kind="text", body=text)

    async def _sends(self, text: str, *, kind: str, body: str) -> None:
        message = write(self._double, self._person.chat, {"text": text}, sender=self._person.card).json
        await self._brings({"message": message}, str(message["date"]), kind, body)

    async def presses(self, shown: Shown, button: Button) -> None:
        """Press it where it was seen, whether or not it is still there."""
        person, chat = self._person, self._person.chat
        press = Press(f"{person.id}{next(self._ids):010}", self._double.now(), chat, person)
        self._double.presses[press.id] = press
        query = {
            "id": press.id,
            "from": person.card,
            "message": dict(chat.messages[shown.number].json),
            "chat_instance": str(chat.id),
            "data": button.data,
        }
        # The label is looked for on the message as it is now: its buttons may be gone.
        there = any(button.data == one.data for one in _buttons(chat.messages[shown.number]))
        await self._brings({"callback_query": query}, press.id, "tap", button.label if there else "")

    async def _brings(self, content: dict, stamp: str, kind: str, body: str) -> None:
        update = {"update_id": next(self._ids), **content}
        account = str(self._double.bot["id"])
        sent = self._ledger.sends(
            Sent("telegram", account, str(self._person.id), f"{update['update_id']}:{stamp}", kind, body)
        )
        headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
        await _brought(self._cluster, self._ledger, self._chance, sent, PATH, json.dumps(update), headers)

    async def look(self, patience: float) -> Sequence[Shown]:
        """New messages and changed questions, as they stand in the chat now."""
        chat = self._person.chat
        try:
            async with asyncio.timeout(patience):
                await chat.changed.until(lambda: bool(self._news()))
        except TimeoutError:
            return ()
        await asyncio.sleep(SETTLES)
        news = self._news()
        self._read = max(self._read, *(kept.json["message_id"] for kept in news))
        self._edits = {kept.json["message_id"]: _signs(kept) for kept in chat.messages.values()}
        return [Shown(kept.json["message_id"], kept.json.get("text", ""), _buttons(kept)) for kept in news]

    def _news(self) -> list[Kept]:
        """Messages that came, and questions whose buttons changed (closed ones have none)."""
        return [
            kept
            for number, kept in self._person.chat.messages.items()
            if kept.by_bot and (number > self._read or (_signs(kept) not in (0, self._edits.get(number))))
        ]


def _buttons(kept: Kept) -> tuple[Button, ...]:
    rows = kept.json.get("reply_markup", {}).get("inline_keyboard", [])
    return tuple(Button(one["text"], one["callback_data"]) for row in rows for one in row)


def _signs(kept: Kept) -> int:
    """Tells one set of buttons from another; 0 for none."""
    found = _buttons(kept)
    return hash(found) if found else 0


@dataclass
class WebPhone:
    """A page of the web chat, which reads the record by asking for it."""

    cluster: Cluster
    ledger: Ledger
    chance: Random
    number: int
    visitor: str = ""
    _cookie: str = ""
    _read: int = 0
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def name(self) -> str:
        return f"web {self.number}"

    @property
    def _headers(self) -> dict[str, str]:
        # As a proxy on this machine would say it, so that each of them has an address of their own.
        there = f"10.0.{self.number // 250}.{self.number % 250 + 1}"
        headers = {"X-Forwarded-For": there, "Accept-Language": "zh-CN", "Content-Type": "application/json"}
        return headers | ({"Cookie": self._cookie} if self._cookie else {})

    async def open(self) -> None:
        """Get a name, then say that the page is open."""
        if not self.visitor:
            answer = await self.cluster.insist("GET", "/chat/messages", headers=self._headers)
            crumb = SimpleCookie(answer.headers["Set-Cookie"])[COOKIE].value
            self._cookie, self.visitor = f"{COOKIE}={crumb}", crumb.rpartition(".")[0]
        await self._sends({"kind": "arrived"}, "")

    async def says(self, text: str) -> None:
        await self._sends({"kind": "text", "text": text}, text)

    async def presses(self, shown: Shown, button: Button) -> None:
        await self._sends({"kind": "tap", "data": button.data, "label": button.label}, button.label)

    async def _sends(self, shape: dict, body: str) -> None:
        id = f"m{next(self._ids)}"
        sent = self.ledger.sends(
            Sent("web", "main", self.visitor, f"{self.visitor}:{id}", shape["kind"], body)
        )
        said = json.dumps({"id": id, **shape})
        await _brought(self.cluster, self.ledger, self.chance, sent, "/chat/messages", said, self._headers)

    async def look(self, patience: float) -> Sequence[Shown]:
        """The record is complete as soon as something was accepted, so there is nothing to wait for."""
        messages, _ = await self._reads(f"?after={self._read}" if self._read else "")
        self._read = max([self._read, *(one["id"] for one in messages)])
        return [
            Shown(
                one["id"],
                one["text"],
                tuple(Button(choice["label"], choice["data"]) for choice in one["choices"]),
            )
            for one in messages
            if one["direction"] == "out"
        ]

    async def scrolls(self) -> list[int]:
        """The ids of everything the page shows, from the first message to the last."""
        messages, more = await self._reads("")
        while more:
            before, more = await self._reads(f"?before={messages[0]['id']}")
            messages = [*before, *messages]
        return [one["id"] for one in messages]

    async def _reads(self, which: str) -> tuple[list[dict], bool]:
        answer = await self.cluster.insist("GET", f"/chat/messages{which}", headers=self._headers)
        said = json.loads(answer.body)
        return said["messages"], said.get("more", False)


async def _brought(
    cluster: Cluster, ledger: Ledger, chance: Random, sent: Sent, path: str, said: str, headers: dict
) -> None:
    """Bring it until it is accepted, sometimes several times at once, sometimes once too often."""
    times = chance.choice((2, 3)) if chance.random() < AT_ONCE else 1
    answers = await asyncio.gather(
        *(cluster.insist("POST", path, data=said.encode(), headers=headers) for _ in range(times))
    )
    sent.accepted = True
    ledger.redeliveries += times - 1 + sum(answer.failures for answer in answers)
    if chance.random() < ONCE_MORE:
        await cluster.insist("POST", path, data=said.encode(), headers=headers)
        ledger.redeliveries += 1
